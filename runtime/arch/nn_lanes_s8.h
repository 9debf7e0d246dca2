/* Sums of eight output channels over one vector of int8, for cores that multiply a word at a time (Cortex-M0, M3). The weights of an
 * input element stand in two words of four, three of four plus 128, as in nn_triples_s8.h:
 *   v = (w0 + 128) + (w1 + 128) * 2^8 + (w2 + 128) * 2^16 + w3 * 2^24
 * and the sums Rc of x times v >> 8 * c give S3 = R3, Sc = Rc - 2^8 * R(c+1) - 128 * (sum of x).
 */
#ifndef NN_LANES_S8_H
#define NN_LANES_S8_H

#include "nn_arch.h"

#if NN_THUMB
#include "nn_lanes_s8_thumb.h"
#else
/* The sums R0 to R3 of both words over n elements of x, n >= 1. */
NN_INLINE void nn_lane_products_s8(const int8_t *x, const int8_t *w, int32_t n, uint32_t raw[8]) {
  uint32_t sum[8] = {0, 0, 0, 0, 0, 0, 0, 0};
  for (; n > 0; n--, x++, w += 8) {
    const int32_t v0 = (int32_t)nn_load_s8x4(w), v1 = (int32_t)nn_load_s8x4(w + 4);
    for (int32_t c = 0; c < 4; c++) {
      sum[c] += (uint32_t)(int32_t)*x * (uint32_t)(v0 >> 8 * c);
      sum[4 + c] += (uint32_t)(int32_t)*x * (uint32_t)(v1 >> 8 * c);
    }
  }
  memcpy(raw, sum, sizeof sum);
}
#endif

/* The sums S of the eight channels; total: the sum of x. */
NN_INLINE void nn_eight_sums_s8(const int8_t *x, const int8_t *w, int32_t n, int32_t total, int32_t sum[8]) {
  uint32_t raw[8];
  nn_lane_products_s8(x, w, n, raw);
  const uint32_t offset = (uint32_t)total * 128u;
  for (int32_t c = 0; c < 8; c++) sum[c] = (int32_t)((c & 3) == 3 ? raw[c] : raw[c] - (raw[c + 1] << 8) - offset);
}

/* The sum of n elements. */
static NN_NOINLINE int32_t nn_total_of_s8(const int8_t *x, int32_t n) {
  int32_t sum = 0;
  for (const int8_t *const end = x + n; x != end;) sum += *x++;
  return sum;
}

/* The sum of one channel with weights as they come. */
static NN_NOINLINE int32_t nn_one_sum_s8(const int8_t *x, const int8_t *w, int32_t n) {
  int32_t sum = 0;
  for (const int8_t *const end = x + n; x != end;) sum += *x++ * *w++;
  return sum;
}

#endif
