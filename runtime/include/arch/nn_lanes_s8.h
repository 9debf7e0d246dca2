/* Sums of eight output channels over one vector of int8, for cores that multiply a word at a time (Cortex-M0, M3). The weights of an
 * input element stand in two words of four, three of four plus 128, as in nn_triples_s8.h:
 *   v = (w0 + 128) + (w1 + 128) * 2^8 + (w2 + 128) * 2^16 + w3 * 2^24
 * and the sums Rc of x times v >> 8 * c give S3 = R3, Sc = Rc - 2^8 * R(c+1) - 128 * (sum of x).
 */
#ifndef NN_LANES_S8_H
#define NN_LANES_S8_H

#include "nn_arch.h"

/* In kernels/dense/nn_lanes_s8.c: */

/* The sums S of the eight channels over n elements of x, n >= 1; sum[0] comes in as -128 * (sum of x). */
void nn_eight_sums_s8(const int8_t *x, const int8_t *w, int32_t n, int32_t sum[8]);

/* The sum of one channel with weights as they come. */
int32_t nn_one_sum_s8(const int8_t *x, const int8_t *w, int32_t n);

/* The sum of n elements. */
int32_t nn_total_of_s8(const int8_t *x, int32_t n);

#endif
