/* What the int8 kernels made for Helium share: four sums as a vector, and their way to int8. The portable definitions give the same results
 * on every other core; the host runs them for networks made for a core with Helium. */
#ifndef NN_MVE_S8_H
#define NN_MVE_S8_H

#include "nn_arch.h"

/* Inline assembly with many registers: not for unoptimised builds. */
#if NN_MVE && defined(__OPTIMIZE__)
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
