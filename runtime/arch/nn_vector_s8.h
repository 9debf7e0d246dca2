/* One vector of int8 times the weights of many output channels, for cores with SMLAD: dense layers, and convolutions one pixel wide.
 *
 * Weights and bias are those of pairs of channels as in nn_pairs_s8.h, but the inputs lie as they are, zeros fill the weights' last step, and
 * the steps of four pairs take turns (channels 8i to 8i + 7) as long as there are eight channels more; then come single pairs.
 */
#ifndef NN_VECTOR_S8_H
#define NN_VECTOR_S8_H

#include "nn_arch.h"

/* The sums of one pair: sum[0] of the first channel, sum[1] of the second. `tail`: four inputs for a last step, or null.
 * `distance`: bytes from one step of the weights to the next. Returns the weights after the last step. */
NN_INLINE const int8_t *nn_sum_pair_s8(const int8_t *w, const int32_t bias[2], const int8_t *x, int32_t steps, const int8_t *tail,
                                       int32_t distance, int32_t sum[2]) {
  int32_t low = bias[0], both = bias[1];
  for (; steps > 0 || tail; steps--, x += 4, w += distance) {
    if (steps == 0) {
      x = tail;
      tail = 0;
    }
    const uint32_t inputs = nn_load_s8x4(x), even = nn_sxtb16(inputs), odd = nn_sxtb16_ror8(inputs);
    const uint32_t a = nn_load_s8x4(w), b = nn_load_s8x4(w + 4);
    both = nn_smlad(b, odd, nn_smlad(a, even, both));
    low = nn_smlad(nn_sxtb16(b), odd, nn_smlad(nn_sxtb16(a), even, low));
  }
  sum[0] = low;
  sum[1] = (int32_t)((uint32_t)both - (uint32_t)low) >> 8;
  return w;
}

#if NN_ARM_DSP && defined(__OPTIMIZE__)

#define NN_STEP_PAIR(low, both)                                                 \
  "ldmia r2!, {r0, r1}\n"                                                       \
  "smlad " both ", r0, r12, " both "\n smlad " both ", r1, lr, " both "\n"      \
  "sxtb16 r0, r0\n sxtb16 r1, r1\n"                                             \
  "smlad " low ", r0, r12, " low "\n smlad " low ", r1, lr, " low "\n"
#define NN_STEP_4_PAIRS                                                         \
  "ldr r12, [r3], #4\n sxtb16 lr, r12, ror #8\n sxtb16 r12, r12\n"              \
  NN_STEP_PAIR("r4", "r5") NN_STEP_PAIR("r6", "r7") NN_STEP_PAIR("r8", "r9") NN_STEP_PAIR("r10", "r11")
#define NN_SECOND_SUM(low, both) "sub " both ", " both ", " low "\n asr " both ", " both ", #8\n"

/* The same for the steps of four pairs that take turns. 31 instructions for 32 products; two steps make a turn of the loop. */
NN_INLINE const int8_t *nn_sum_4_pairs_s8(const int8_t *w, const int32_t bias[8], const int8_t *x, int32_t steps, const int8_t *tail,
                                          int32_t sum[8]) {
  register const int8_t *weights __asm__("r2") = w;
  register const int8_t *inputs __asm__("r3") = x;
  const int8_t *const end = x + 4 * steps;
  __asm volatile(
      "ldr r0, %[bias]\n ldr r1, %[steps]\n"
      "ldm r0, {r4, r5, r6, r7, r8, r9, r10, r11}\n"
      "cmp r1, #0\n beq 3f\n"
      "lsls r1, r1, #31\n bne 2f\n"
      "1:\n" NN_STEP_4_PAIRS "2:\n" NN_STEP_4_PAIRS
      "ldr r0, %[end]\n cmp r3, r0\n bne 1b\n"
      "3: ldr r3, %[tail]\n"
      "cmp r3, #0\n beq 4f\n" NN_STEP_4_PAIRS
      "4:\n" NN_SECOND_SUM("r4", "r5") NN_SECOND_SUM("r6", "r7") NN_SECOND_SUM("r8", "r9") NN_SECOND_SUM("r10", "r11")
      "ldr r0, %[sum]\n"
      "stm r0, {r4, r5, r6, r7, r8, r9, r10, r11}\n"
      : "+r"(weights), "+r"(inputs)
      : [bias] "m"(bias), [steps] "m"(steps), [end] "m"(end), [tail] "m"(tail), [sum] "m"(sum)
      : "r0", "r1", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory");
  return weights;
}

#else

NN_INLINE const int8_t *nn_sum_4_pairs_s8(const int8_t *w, const int32_t bias[8], const int8_t *x, int32_t steps, const int8_t *tail,
                                          int32_t sum[8]) {
  for (int32_t i = 0; i < 8; i += 2) nn_sum_pair_s8(w + 4 * i, bias + i, x, steps, tail, 32, sum + i);
  return w + 32 * (steps + (tail ? 1 : 0));
}

#endif

/* What becomes of `count` sums, those of `channel` and the next. */
typedef void nn_take_sums_s8(const void *context, int32_t channel, const int32_t *sum, int32_t count);

/* The sums of every channel of a vector of k inputs; bias: in pairs. */
NN_INLINE void nn_vector_s8(const int8_t *w, const int32_t *bias, const int8_t *x, int32_t k, int32_t channels, nn_take_sums_s8 *take,
                            const void *context) {
  const int32_t steps = k >> 2, rest = k & 3;
  int8_t last[4] = {0, 0, 0, 0};
  for (int32_t i = 0; i < rest; i++) last[i] = x[4 * steps + i];
  const int8_t *const tail = rest ? last : 0;
  for (int32_t c = 0, count; c < channels; c += count) {
    int32_t sum[8];
    if (channels - c > 7) {
      count = 8;
      w = nn_sum_4_pairs_s8(w, bias + c, x, steps, tail, sum);
    } else {
      count = channels - c > 1 ? 2 : 1;
      w = nn_sum_pair_s8(w, bias + c, x, steps, tail, 8, sum);
    }
    take(context, c, sum, count);
  }
}

#endif
