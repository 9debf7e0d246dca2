/* Depthwise convolution with Helium, up to 16 outputs at a time. `tap` lists where the pixels under the window lie, `taps` of them, from byte
 * `at` on; `w` holds the weights of the outputs, tap after tap, `stride` bytes apart. The products of one tap are 16 bits; those of a pair of
 * taps are added before they are widened, which no weight of -128 may spoil. In assembly: the sums leave four registers for all else, and
 * gcc spills.
 */
#ifndef NN_DEPTHWISE_S8_MVE_H
#define NN_DEPTHWISE_S8_MVE_H

#include "nn_mve_s8.h"

#if NN_HELIUM

/* What is the same for all outputs. */
typedef struct {
  int8x16_t low, high;
  int32_t zero;
} nn_limits_s8x16;

/* q0 to q3 are the sums of the outputs {0, 4, 8, 12}, {1, 5, 9, 13}, {2, 6, 10, 14}, {3, 7, 11, 15}; q4 holds the weights and q5 the pixel of the
 * next tap. The other tap's weights are loaded twice: there is no register left to keep them in. `next` ends a load of weights, or `skip`
 * goes past a tap. Ordered so that loads, products and sums overlap. */
#define NN_LOAD_TAP_16_S8(next, skip)                                                      \
  "ldr %[a], [%[tap]], #4\n"                                                               \
  "vldrb.8 q4, [%[w]]" next "\n" skip                                                      \
  "add %[a], %[a], %[at]\n"                                                                \
  "vldrb.8 q5, [%[a]]\n"

/* Adds the loaded tap and the one behind it, loads the next one. */
#define NN_TWO_TAPS_16_S8(next, skip)                                                      \
  "vmullb.s8 q6, q5, q4\n"                                                                 \
  "ldrd %[a], %[b], [%[tap]], #8\n"                                                        \
  "vldrb.8 q7, [%[w]]\n"                                                                   \
  "vmullt.s8 q4, q5, q4\n"                                                                 \
  "add %[a], %[a], %[at]\n"                                                                \
  "vldrb.8 q5, [%[a]]\n"                                                                   \
  "vmullb.s8 q7, q5, q7\n"                                                                 \
  "vadd.i16 q6, q6, q7\n"                                                                  \
  "vldrb.8 q7, [%[w]]" next "\n" skip                                                      \
  "vmullt.s8 q5, q5, q7\n"                                                                 \
  "vmovlb.s16 q7, q6\n"                                                                    \
  "vmovlt.s16 q6, q6\n"                                                                    \
  "vadd.i16 q4, q4, q5\n"                                                                  \
  "vmovlb.s16 q5, q4\n"                                                                    \
  "vadd.i32 q1, q1, q5\n"                                                                  \
  "add %[b], %[b], %[at]\n"                                                                \
  "vadd.i32 q0, q0, q7\n"                                                                  \
  "vmovlt.s16 q7, q4\n"                                                                    \
  "vldrb.8 q4, [%[w]]" next "\n" skip                                                      \
  "vadd.i32 q2, q2, q6\n"                                                                  \
  "vldrb.8 q5, [%[b]]\n"                                                                   \
  "vadd.i32 q3, q3, q7\n"

/* Adds the loaded tap. */
#define NN_ONE_TAP_16_S8                                                                   \
  "vmullb.s8 q6, q5, q4\n"                                                                 \
  "vmullt.s8 q4, q5, q4\n"                                                                 \
  "vmovlb.s16 q7, q6\n"                                                                    \
  "vmovlt.s16 q6, q6\n"                                                                    \
  "vadd.i32 q0, q0, q7\n"                                                                  \
  "vmovlb.s16 q7, q4\n"                                                                    \
  "vadd.i32 q2, q2, q6\n"                                                                  \
  "vmovlt.s16 q4, q4\n"                                                                    \
  "vadd.i32 q1, q1, q7\n"                                                                  \
  "vadd.i32 q3, q3, q4\n"

/* An even number of taps begins with one by itself, so that one is left at the end. */
#define NN_ALL_TAPS_16_S8(next, skip)                                                      \
  "tst %[taps], #1\n" NN_LOAD_TAP_16_S8(next, skip)                                        \
  "bne 1f\n" NN_ONE_TAP_16_S8 NN_LOAD_TAP_16_S8(next, skip)                                \
  "1:\n"                                                                                   \
  "sub %[a], %[taps], #1\n"                                                                \
  "lsr %[a], %[a], #1\n"                                                                   \
  "wls lr, %[a], 3f\n"                                                                     \
  "2:\n" NN_TWO_TAPS_16_S8(next, skip)                                                     \
  "le lr, 2b\n"                                                                            \
  "3:\n" NN_ONE_TAP_16_S8

/* Negative halves away from zero: `ties` of the functions below. */
#define NN_TIES_S8(q) "vshr.s32 q5, " q ", #31\n vadd.i32 " q ", " q ", q5\n"
#define NN_NO_TIES_S8(q) ""

/* The four vectors of scaled sums to int8. */
#define NN_NARROW_16_S8                                                                    \
  "ldr %[a], [%[limits], #32]\n"                                                           \
  "vqmovnb.s32 q0, q0\n"                                                                   \
  "vqmovnt.s32 q0, q2\n"                                                                   \
  "vqmovnb.s32 q1, q1\n"                                                                   \
  "vqmovnt.s32 q1, q3\n"                                                                   \
  "vqadd.s16 q0, q0, %[a]\n"                                                               \
  "vldrb.8 q4, [%[limits]]\n"                                                              \
  "vqadd.s16 q1, q1, %[a]\n"                                                               \
  "vqmovnb.s16 q0, q0\n"                                                                   \
  "vldrb.8 q5, [%[limits], #16]\n"                                                         \
  "vqmovnt.s16 q0, q1\n"                                                                   \
  "vmax.s8 q0, q0, q4\n"                                                                   \
  "vmin.s8 q0, q0, q5\n"

/* 16 channels. The tables (of these channels) are in the order of the sums. */
#define NN_SCALE_IN_ORDER_S8(q, ties)                                                      \
  "vldrw.32 q4, [%[multiplier]], #16\n"                                                    \
  "vqrdmulh.s32 " q ", " q ", q4\n"                                                        \
  "vldrb.s32 q6, [%[shift]], #4\n" ties(q)                                                 \
  "vrshl.s32 " q ", " q ", q6\n"
#define NN_CHANNELS_16_S8(ties)                                                            \
  "vldrw.32 q0, [%[bias]], #16\n"                                                          \
  "vldrw.32 q1, [%[bias]], #16\n"                                                          \
  "vldrw.32 q2, [%[bias]], #16\n"                                                          \
  "vldrw.32 q3, [%[bias]], #16\n" NN_ALL_TAPS_16_S8(", #16", "")                           \
  NN_SCALE_IN_ORDER_S8("q0", ties) NN_SCALE_IN_ORDER_S8("q1", ties)                        \
  NN_SCALE_IN_ORDER_S8("q2", ties) NN_SCALE_IN_ORDER_S8("q3", ties) NN_NARROW_16_S8        \
  "vstrb.8 q0, [%[out]], #16\n"

/* All whole blocks of 16 channels. Returns their number. */
NN_INLINE int32_t nn_depthwise_blocks_s8(const nn_requantise_s8 *to, const nn_limits_s8x16 *limits, const int8_t *const *taps_list, int32_t taps,
                                         const int8_t *w, int32_t channels, int ties, int8_t *out) {
  const int32_t *bias = to->bias, *multiplier = to->multiplier;
  const int8_t *shift = to->shift;
  int32_t c = 0;
  for (; c + 15 < channels; c += 16) {
    const int8_t *const *tap = taps_list;
    uint32_t a, b;
#define NN_BLOCK_S8(ties)                                                                                                             \
  __asm volatile(NN_CHANNELS_16_S8(ties)                                                                                              \
                 : [tap] "+r"(tap), [w] "+r"(w), [bias] "+r"(bias), [multiplier] "+r"(multiplier), [shift] "+l"(shift), [out] "+r"(out), \
                   [a] "=&r"(a), [b] "=&r"(b)                                                                                         \
                 : [taps] "r"(taps), [at] "r"(c), [limits] "r"(limits)                                                                \
                 : "q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "lr", "cc", "memory")
    if (ties)
      NN_BLOCK_S8(NN_TIES_S8);
    else
      NN_BLOCK_S8(NN_NO_TIES_S8);
#undef NN_BLOCK_S8
  }
  return c;
}

/* 16 outputs; the tables in the order of the outputs. */
#define NN_OUTPUTS_16_S8(ties)                                                             \
  "vld40.32 {q0, q1, q2, q3}, [%[bias]]\n"                                                 \
  "vld41.32 {q0, q1, q2, q3}, [%[bias]]\n"                                                 \
  "vld42.32 {q0, q1, q2, q3}, [%[bias]]\n"                                                 \
  "vld43.32 {q0, q1, q2, q3}, [%[bias]]\n"                                                 \
  NN_ALL_TAPS_16_S8("", "add %[w], %[w], %[stride]\n")                            \
  "ldr %[a], %[multiplier]\n"                                                              \
  "vld40.32 {q4, q5, q6, q7}, [%[a]]\n"                                                    \
  "vld41.32 {q4, q5, q6, q7}, [%[a]]\n"                                                    \
  "vld42.32 {q4, q5, q6, q7}, [%[a]]\n"                                                    \
  "vld43.32 {q4, q5, q6, q7}, [%[a]]\n"                                                    \
  "ldr %[b], %[shift]\n"                                                                   \
  "vqrdmulh.s32 q0, q0, q4\n"                                                              \
  "vldrb.8 q4, [%[b]]\n"                                                                   \
  "vqrdmulh.s32 q1, q1, q5\n"                                                              \
  "vqrdmulh.s32 q2, q2, q6\n"                                                              \
  "vqrdmulh.s32 q3, q3, q7\n" ties("q0") ties("q1") ties("q2") ties("q3")                  \
  "vmovlb.s8 q5, q4\n"                                                                     \
  "vmovlt.s8 q4, q4\n"                                                                     \
  "vmovlb.s16 q6, q5\n"                                                                    \
  "vmovlt.s16 q5, q5\n"                                                                    \
  "vrshl.s32 q0, q0, q6\n"                                                                 \
  "vmovlb.s16 q6, q4\n"                                                                    \
  "vrshl.s32 q2, q2, q5\n"                                                                 \
  "vmovlt.s16 q4, q4\n"                                                                    \
  "vrshl.s32 q1, q1, q6\n"                                                                 \
  "vrshl.s32 q3, q3, q4\n" NN_NARROW_16_S8                                                 \
  "ldr %[b], %[out]\n"                                                                     \
  "vstrb.8 q0, [%[b]]\n"

/* 16 outputs from byte `at` of the taps on; `first` is the place of their first one in the weights and tables. */
NN_INLINE void nn_depthwise_outputs_s8(const nn_requantise_s8 *to, const nn_limits_s8x16 *limits, const int8_t *const *tap, int32_t taps, int32_t at,
                                       const int8_t *w, int32_t stride, int32_t first, int ties, int8_t *out) {
  const int32_t *const bias = to->bias + first, *const multiplier = to->multiplier + first;
  const int8_t *const shift = to->shift + first;
  uint32_t a, b;
  w += first;
#define NN_OUTPUTS_S8(ties)                                                                                                           \
  __asm volatile(NN_OUTPUTS_16_S8(ties)                                                                                               \
                 : [tap] "+r"(tap), [w] "+r"(w), [a] "=&r"(a), [b] "=&r"(b)                                                           \
                 : [taps] "r"(taps), [at] "r"(at), [stride] "r"(stride), [bias] "r"(bias), [multiplier] "m"(multiplier), [shift] "m"(shift), \
                   [limits] "r"(limits), [out] "m"(out)                                                                               \
                 : "q0", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "lr", "cc", "memory")
  if (ties)
    NN_OUTPUTS_S8(NN_TIES_S8);
  else
    NN_OUTPUTS_S8(NN_NO_TIES_S8);
#undef NN_OUTPUTS_S8
}

/* Adds to the sums of `count` outputs, at most 8: the even ones of them and the odd ones. Only `count` bytes of each tap are read. */
NN_INLINE void nn_depthwise_sums_s8(const int8_t *const *tap, int32_t taps, int32_t at, const int8_t *w, int32_t stride, int32_t count,
                                    int32x4_t *even, int32x4_t *odd) {
  int32x4_t s0 = *even, s1 = *odd, t, u, v, x;
  uint32_t a, b;
  mve_pred16_t lanes;
  __asm volatile(
      "vctp.16 %[count]\n"
      "lsr %[a], %[taps], #1\n"
      "wls lr, %[a], 2f\n"
      "1:\n"
      "ldrd %[a], %[b], [%[tap]], #8\n"
      "add %[a], %[a], %[at]\n"
      "add %[b], %[b], %[at]\n"
      "vpsttt\n"
      "vldrbt.s16 %q[t], [%[a]]\n"
      "vldrbt.s16 %q[u], [%[w]]\n"
      "vldrbt.s16 %q[v], [%[b]]\n"
      "add %[w], %[w], %[stride]\n"
      "vmul.i16 %q[t], %q[t], %q[u]\n"
      "vpst\n"
      "vldrbt.s16 %q[x], [%[w]]\n"
      "add %[w], %[w], %[stride]\n"
      "vmul.i16 %q[v], %q[v], %q[x]\n"
      "vadd.i16 %q[t], %q[t], %q[v]\n"
      "vmovlb.s16 %q[u], %q[t]\n"
      "vadd.i32 %q[s0], %q[s0], %q[u]\n"
      "vmovlt.s16 %q[t], %q[t]\n"
      "vadd.i32 %q[s1], %q[s1], %q[t]\n"
      "le lr, 1b\n"
      "2:\n"
      "tst %[taps], #1\n"
      "beq 3f\n"
      "ldr %[a], [%[tap]]\n"
      "add %[a], %[a], %[at]\n"
      "vpstt\n"
      "vldrbt.s16 %q[t], [%[a]]\n"
      "vldrbt.s16 %q[u], [%[w]]\n"
      "vmul.i16 %q[t], %q[t], %q[u]\n"
      "vmovlb.s16 %q[u], %q[t]\n"
      "vadd.i32 %q[s0], %q[s0], %q[u]\n"
      "vmovlt.s16 %q[t], %q[t]\n"
      "vadd.i32 %q[s1], %q[s1], %q[t]\n"
      "3:\n"
      : [s0] "+w"(s0), [s1] "+w"(s1), [t] "=&w"(t), [u] "=&w"(u), [v] "=&w"(v), [x] "=&w"(x), [tap] "+r"(tap), [w] "+l"(w), [a] "=&l"(a),
        [b] "=&l"(b), [lanes] "=&Up"(lanes)
      : [taps] "r"(taps), [at] "r"(at), [stride] "r"(stride), [count] "r"(count)
      : "lr", "cc", "memory");
  *even = s0;
  *odd = s1;
}

#endif

#endif
