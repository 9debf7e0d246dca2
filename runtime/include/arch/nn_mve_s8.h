/* What the int8 kernels made for Helium share: four sums as a vector, and their way to int8. The portable definitions give the same results
 * on every other core; the host runs them for networks made for a core with Helium. */
#ifndef NN_MVE_S8_H
#define NN_MVE_S8_H

#include "nn_arch.h"

#if NN_MVE && NN_ASSEMBLY
#define NN_HELIUM 1
typedef int32x4_t nn_s32x4;
#else
#define NN_HELIUM 0
typedef struct {
  int32_t lane[4];
} nn_s32x4;
#endif

/* How sums become int8. ties: 0 when the lower clamp is not below the zero point, so that it does not matter whether negative halves are
 * rounded up or down; a compile-time constant. */
typedef struct {
  const int32_t *bias, *multiplier;
  const int8_t *shift;
  int32_t zero, low, high;
} nn_requantise_s8;

NN_INLINE int nn_ties_matter(int32_t zero, int32_t low) { return low < zero; }

/* Bias, multiplier and shift of four channels. */
typedef struct {
  nn_s32x4 bias, multiplier, shift;
} nn_factors_s8x4;

#if NN_HELIUM

NN_INLINE nn_factors_s8x4 nn_factors_of(const nn_requantise_s8 *to, int32_t channel) {
  const nn_factors_s8x4 f = {vldrwq_s32(to->bias + channel), vldrwq_s32(to->multiplier + channel), vldrbq_s32(to->shift + channel)};
  return f;
}

/* The four results, not yet clamped. */
NN_INLINE nn_s32x4 nn_scaled_s32x4(nn_s32x4 sum, nn_s32x4 multiplier, nn_s32x4 shift, int32_t zero, int ties) {
  int32x4_t high = vqrdmulhq_s32(sum, multiplier);
  if (ties) high = vaddq_s32(high, vshrq_n_s32(high, 31));
  return vaddq_n_s32(vrshlq_s32(high, shift), zero);
}

/* Four sums without bias. */
NN_INLINE void nn_finish_s8x4(const nn_requantise_s8 *to, const nn_factors_s8x4 *f, nn_s32x4 sum, int ties, int8_t *out) {
  const int32x4_t value = nn_scaled_s32x4(vaddq_s32(sum, f->bias), f->multiplier, f->shift, to->zero, ties);
  vstrbq_s32(out, vminq_s32(vmaxq_s32(value, vdupq_n_s32(to->low)), vdupq_n_s32(to->high)));
}

/* Eight sums without bias, of the channels that `at` points at; moves `at` on. In assembly: gcc keeps no pointer between two blocks. */
#define NN_FINISH_EIGHT_S8(ties)                                                           \
  "vldrw.32 %q[u], [%[bias]], #16\n"                                                       \
  "vadd.i32 %q[x], %q[x], %q[u]\n"                                                         \
  "vldrw.32 %q[v], [%[multiplier]], #16\n"                                                 \
  "vqrdmulh.s32 %q[x], %q[x], %q[v]\n"                                                     \
  "vldrw.32 %q[u], [%[bias]], #16\n"                                                       \
  "vadd.i32 %q[y], %q[y], %q[u]\n"                                                         \
  "vldrw.32 %q[v], [%[multiplier]], #16\n"                                                 \
  "vqrdmulh.s32 %q[y], %q[y], %q[v]\n"                                                     \
  "vldrb.s32 %q[u], [%[shift]], #4\n" ties("%q[x]")                                        \
  "vrshl.s32 %q[x], %q[x], %q[u]\n"                                                        \
  "vldrb.s32 %q[u], [%[shift]], #4\n" ties("%q[y]")                                        \
  "vrshl.s32 %q[y], %q[y], %q[u]\n"                                                        \
  "vadd.i32 %q[x], %q[x], %[zero]\n"                                                       \
  "vadd.i32 %q[y], %q[y], %[zero]\n"                                                       \
  "vmax.s32 %q[x], %q[x], %q[low]\n"                                                       \
  "vmax.s32 %q[y], %q[y], %q[low]\n"                                                       \
  "vmin.s32 %q[x], %q[x], %q[high]\n"                                                      \
  "vstrb.32 %q[x], [%[out]]\n"                                                             \
  "vmin.s32 %q[y], %q[y], %q[high]\n"                                                      \
  "vstrb.32 %q[y], [%[out], #4]\n"
#define NN_FINISH_TIES_S8(q) "vshr.s32 %q[v], " q ", #31\n vadd.i32 " q ", " q ", %q[v]\n"
#define NN_FINISH_NO_TIES_S8(q) ""

NN_INLINE void nn_finish_s8x8(nn_requantise_s8 *at, nn_s32x4 first, nn_s32x4 second, int ties, int8_t *out) {
  const int32x4_t low = vdupq_n_s32(at->low), high = vdupq_n_s32(at->high);
  int32x4_t u, v;
#define NN_FINISH_S8(ties)                                                                                                               \
  __asm volatile(NN_FINISH_EIGHT_S8(ties)                                                                                                \
                 : [x] "+w"(first), [y] "+w"(second), [u] "=&w"(u), [v] "=&w"(v), [bias] "+r"(at->bias), [multiplier] "+r"(at->multiplier), \
                   [shift] "+l"(at->shift)                                                                                               \
                 : [zero] "r"(at->zero), [low] "w"(low), [high] "w"(high), [out] "l"(out)                                                \
                 : "memory")
  if (ties)
    NN_FINISH_S8(NN_FINISH_TIES_S8);
  else
    NN_FINISH_S8(NN_FINISH_NO_TIES_S8);
#undef NN_FINISH_S8
}

/* The dot product of two vectors of k int8. */
NN_INLINE int32_t nn_dot_s8(const int8_t *a, const int8_t *b, int32_t k) {
  int32_t sum = 0;
  int8x16_t u, v;
  __asm volatile(
      "wlstp.8 lr, %[k], 2f\n"
      "1:\n"
      "vldrb.8 %q[u], [%[a]], #16\n"
      "vldrb.8 %q[v], [%[b]], #16\n"
      "vmladava.s8 %[sum], %q[u], %q[v]\n"
      "letp lr, 1b\n"
      "2:\n"
      : [sum] "+Te"(sum), [a] "+r"(a), [b] "+r"(b), [u] "=&w"(u), [v] "=&w"(v)
      : [k] "r"(k)
      : "lr", "memory");
  return sum;
}

/* Copies `bytes` int8, also none. */
NN_INLINE void nn_copy_s8(int8_t *to, const int8_t *from, int32_t bytes) {
  int8x16_t v;
  __asm volatile(
      "wlstp.8 lr, %[bytes], 2f\n"
      "1:\n"
      "vldrb.8 %q[v], [%[from]], #16\n"
      "vstrb.8 %q[v], [%[to]], #16\n"
      "letp lr, 1b\n"
      "2:\n"
      : [from] "+r"(from), [to] "+r"(to), [v] "=&w"(v)
      : [bytes] "r"(bytes)
      : "lr", "memory");
}

/* Sets `bytes` int8 to `value`. */
NN_INLINE void nn_set_s8(int8_t *to, int8_t value, int32_t bytes) {
  const int8x16_t v = vdupq_n_s8(value);
  __asm volatile(
      "wlstp.8 lr, %[bytes], 2f\n"
      "1:\n"
      "vstrb.8 %q[v], [%[to]], #16\n"
      "letp lr, 1b\n"
      "2:\n"
      : [to] "+r"(to)
      : [v] "w"(v), [bytes] "r"(bytes)
      : "lr", "memory");
}

#else

NN_INLINE nn_factors_s8x4 nn_factors_of(const nn_requantise_s8 *to, int32_t channel) {
  nn_factors_s8x4 f;
  for (int32_t i = 0; i < 4; i++) {
    f.bias.lane[i] = to->bias[channel + i];
    f.multiplier.lane[i] = to->multiplier[channel + i];
    f.shift.lane[i] = to->shift[channel + i];
  }
  return f;
}

NN_INLINE void nn_finish_s8x4(const nn_requantise_s8 *to, const nn_factors_s8x4 *f, nn_s32x4 sum, int ties, int8_t *out) {
  (void)ties;
  for (int32_t i = 0; i < 4; i++) {
    const int32_t value = nn_multiply_double(sum.lane[i] + f->bias.lane[i], f->multiplier.lane[i], f->shift.lane[i]) + to->zero;
    out[i] = (int8_t)nn_clamp(value, to->low, to->high);
  }
}

NN_INLINE void nn_finish_s8x8(nn_requantise_s8 *at, nn_s32x4 first, nn_s32x4 second, int ties, int8_t *out) {
  const nn_factors_s8x4 f = nn_factors_of(at, 0), g = nn_factors_of(at, 4);
  nn_finish_s8x4(at, &f, first, ties, out);
  nn_finish_s8x4(at, &g, second, ties, out + 4);
  at->bias += 8;
  at->multiplier += 8;
  at->shift += 8;
}

NN_INLINE int32_t nn_dot_s8(const int8_t *a, const int8_t *b, int32_t k) {
  int32_t sum = 0;
  for (int32_t i = 0; i < k; i++) sum += a[i] * b[i];
  return sum;
}

NN_INLINE void nn_copy_s8(int8_t *to, const int8_t *from, int32_t bytes) { memcpy(to, from, (size_t)bytes); }

NN_INLINE void nn_set_s8(int8_t *to, int8_t value, int32_t bytes) { memset(to, (uint8_t)value, (size_t)bytes); }

#endif

/* One sum without bias. */
NN_INLINE int8_t nn_finish_one_s8(const nn_requantise_s8 *to, int32_t sum, int32_t channel) {
  const int32_t value = nn_multiply_double(sum + to->bias[channel], to->multiplier[channel], to->shift[channel]) + to->zero;
  return (int8_t)nn_clamp(value, to->low, to->high);
}

#endif
