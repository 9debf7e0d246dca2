/* The dot products of nn_dot_s8.h with NEON: eight products an instruction, added in pairs to four sums of 32 bits. */
#ifndef NN_DOT_S8_NEON_H
#define NN_DOT_S8_NEON_H

/* The four sums of the lanes of a, b, c and d. */
NN_INLINE int32x4_t nn_lane_sums(int32x4_t a, int32x4_t b, int32x4_t c, int32x4_t d) {
  const int32x2_t a2 = vadd_s32(vget_low_s32(a), vget_high_s32(a)), b2 = vadd_s32(vget_low_s32(b), vget_high_s32(b));
  const int32x2_t c2 = vadd_s32(vget_low_s32(c), vget_high_s32(c)), d2 = vadd_s32(vget_low_s32(d), vget_high_s32(d));
  return vcombine_s32(vpadd_s32(a2, b2), vpadd_s32(c2, d2));
}

/* Sixteen products. */
NN_INLINE int32x4_t nn_products_s8x16(int32x4_t sum, int8x16_t a, int8x16_t b) {
  return vpadalq_s16(vpadalq_s16(sum, vmull_s8(vget_low_s8(a), vget_low_s8(b))), vmull_s8(vget_high_s8(a), vget_high_s8(b)));
}

NN_INLINE void nn_dot_2x2_s8(const int8_t *w0, const int8_t *w1, const int8_t *x0, const int8_t *x1, int32_t k, int32_t sum[4]) {
  int32x4_t s00 = vdupq_n_s32(0), s01 = s00, s10 = s00, s11 = s00;
  for (; k >= 16; k -= 16, w0 += 16, w1 += 16, x0 += 16, x1 += 16) {
    const int8x16_t a0 = vld1q_s8(x0), a1 = vld1q_s8(x1), b0 = vld1q_s8(w0), b1 = vld1q_s8(w1);
    s00 = nn_products_s8x16(s00, a0, b0);
    s01 = nn_products_s8x16(s01, a1, b0);
    s10 = nn_products_s8x16(s10, a0, b1);
    s11 = nn_products_s8x16(s11, a1, b1);
  }
  if (k >= 8) {
    const int8x8_t a0 = vld1_s8(x0), a1 = vld1_s8(x1), b0 = vld1_s8(w0), b1 = vld1_s8(w1);
    s00 = vpadalq_s16(s00, vmull_s8(a0, b0));
    s01 = vpadalq_s16(s01, vmull_s8(a1, b0));
    s10 = vpadalq_s16(s10, vmull_s8(a0, b1));
    s11 = vpadalq_s16(s11, vmull_s8(a1, b1));
    k -= 8, w0 += 8, w1 += 8, x0 += 8, x1 += 8;
  }
  vst1q_s32(sum, vaddq_s32(vld1q_s32(sum), nn_lane_sums(s00, s01, s10, s11)));
  for (; k > 0; k--, w0++, w1++, x0++, x1++) {
    sum[0] += *w0 * *x0;
    sum[1] += *w0 * *x1;
    sum[2] += *w1 * *x0;
    sum[3] += *w1 * *x1;
  }
}

NN_INLINE void nn_dot_4x1_s8(const int8_t *w0, const int8_t *w1, const int8_t *w2, const int8_t *w3, const int8_t *x, int32_t k,
                             int32_t sum[4]) {
  int32x4_t s0 = vdupq_n_s32(0), s1 = s0, s2 = s0, s3 = s0;
  for (; k >= 16; k -= 16, w0 += 16, w1 += 16, w2 += 16, w3 += 16, x += 16) {
    const int8x16_t a = vld1q_s8(x);
    s0 = nn_products_s8x16(s0, a, vld1q_s8(w0));
    s1 = nn_products_s8x16(s1, a, vld1q_s8(w1));
    s2 = nn_products_s8x16(s2, a, vld1q_s8(w2));
    s3 = nn_products_s8x16(s3, a, vld1q_s8(w3));
  }
  if (k >= 8) {
    const int8x8_t a = vld1_s8(x);
    s0 = vpadalq_s16(s0, vmull_s8(a, vld1_s8(w0)));
    s1 = vpadalq_s16(s1, vmull_s8(a, vld1_s8(w1)));
    s2 = vpadalq_s16(s2, vmull_s8(a, vld1_s8(w2)));
    s3 = vpadalq_s16(s3, vmull_s8(a, vld1_s8(w3)));
    k -= 8, w0 += 8, w1 += 8, w2 += 8, w3 += 8, x += 8;
  }
  vst1q_s32(sum, vaddq_s32(vld1q_s32(sum), nn_lane_sums(s0, s1, s2, s3)));
  for (; k > 0; k--) {
    const int32_t a = *x++;
    sum[0] += *w0++ * a;
    sum[1] += *w1++ * a;
    sum[2] += *w2++ * a;
    sum[3] += *w3++ * a;
  }
}

NN_INLINE void nn_dot_2x1_s8(const int8_t *w0, const int8_t *w1, const int8_t *x, int32_t k, int32_t sum[2]) {
  int32x4_t s0 = vdupq_n_s32(0), s1 = s0;
  for (; k >= 8; k -= 8, w0 += 8, w1 += 8, x += 8) {
    const int8x8_t a = vld1_s8(x);
    s0 = vpadalq_s16(s0, vmull_s8(a, vld1_s8(w0)));
    s1 = vpadalq_s16(s1, vmull_s8(a, vld1_s8(w1)));
  }
  const int32x4_t sums = nn_lane_sums(s0, s1, s0, s1);
  sum[0] += vgetq_lane_s32(sums, 0);
  sum[1] += vgetq_lane_s32(sums, 1);
  for (; k > 0; k--) {
    const int32_t a = *x++;
    sum[0] += *w0++ * a;
    sum[1] += *w1++ * a;
  }
}

#endif
