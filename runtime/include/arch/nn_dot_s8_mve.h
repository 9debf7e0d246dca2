/* The dot products of nn_dot_s8.h with Helium: 16 products an instruction; lanes past the end are loaded as zeros. */
#ifndef NN_DOT_S8_MVE_H
#define NN_DOT_S8_MVE_H

NN_INLINE void nn_dot_2x2_s8(const int8_t *w0, const int8_t *w1, const int8_t *x0, const int8_t *x1, int32_t k, int32_t sum[4]) {
  int32_t s00 = sum[0], s01 = sum[1], s10 = sum[2], s11 = sum[3];
  for (int32_t n = k >> 4; n > 0; n--) {
    const int8x16_t a0 = vldrbq_s8(x0), a1 = vldrbq_s8(x1);
    const int8x16_t b0 = vldrbq_s8(w0);
    s00 = vmladavaq_s8(s00, a0, b0);
    s01 = vmladavaq_s8(s01, a1, b0);
    const int8x16_t b1 = vldrbq_s8(w1);
    s10 = vmladavaq_s8(s10, a0, b1);
    s11 = vmladavaq_s8(s11, a1, b1);
    x0 += 16;
    x1 += 16;
    w0 += 16;
    w1 += 16;
  }
  if (k & 15) {
    const mve_pred16_t rest = vctp8q((uint32_t)k & 15u);
    const int8x16_t a0 = vldrbq_z_s8(x0, rest), a1 = vldrbq_z_s8(x1, rest);
    const int8x16_t b0 = vldrbq_z_s8(w0, rest), b1 = vldrbq_z_s8(w1, rest);
    s00 = vmladavaq_s8(s00, a0, b0);
    s01 = vmladavaq_s8(s01, a1, b0);
    s10 = vmladavaq_s8(s10, a0, b1);
    s11 = vmladavaq_s8(s11, a1, b1);
  }
  sum[0] = s00;
  sum[1] = s01;
  sum[2] = s10;
  sum[3] = s11;
}

NN_INLINE void nn_dot_2x1_s8(const int8_t *w0, const int8_t *w1, const int8_t *x, int32_t k, int32_t sum[2]) {
  int32_t s0 = sum[0], s1 = sum[1];
  for (int32_t n = k >> 4; n > 0; n--, x += 16, w0 += 16, w1 += 16) {
    const int8x16_t a = vldrbq_s8(x);
    s0 = vmladavaq_s8(s0, a, vldrbq_s8(w0));
    s1 = vmladavaq_s8(s1, a, vldrbq_s8(w1));
  }
  if (k & 15) {
    const mve_pred16_t rest = vctp8q((uint32_t)k & 15u);
    const int8x16_t a = vldrbq_z_s8(x, rest);
    s0 = vmladavaq_s8(s0, a, vldrbq_z_s8(w0, rest));
    s1 = vmladavaq_s8(s1, a, vldrbq_z_s8(w1, rest));
  }
  sum[0] = s0;
  sum[1] = s1;
}

NN_INLINE void nn_dot_4x1_s8(const int8_t *w0, const int8_t *w1, const int8_t *w2, const int8_t *w3, const int8_t *x, int32_t k,
                             int32_t sum[4]) {
  int32_t s0 = sum[0], s1 = sum[1], s2 = sum[2], s3 = sum[3];
  for (int32_t n = k >> 4; n > 0; n--) {
    const int8x16_t a = vldrbq_s8(x);
    s0 = vmladavaq_s8(s0, a, vldrbq_s8(w0));
    s1 = vmladavaq_s8(s1, a, vldrbq_s8(w1));
    s2 = vmladavaq_s8(s2, a, vldrbq_s8(w2));
    s3 = vmladavaq_s8(s3, a, vldrbq_s8(w3));
    x += 16;
    w0 += 16;
    w1 += 16;
    w2 += 16;
    w3 += 16;
  }
  if (k & 15) {
    const mve_pred16_t rest = vctp8q((uint32_t)k & 15u);
    const int8x16_t a = vldrbq_z_s8(x, rest);
    s0 = vmladavaq_s8(s0, a, vldrbq_z_s8(w0, rest));
    s1 = vmladavaq_s8(s1, a, vldrbq_z_s8(w1, rest));
    s2 = vmladavaq_s8(s2, a, vldrbq_z_s8(w2, rest));
    s3 = vmladavaq_s8(s3, a, vldrbq_z_s8(w3, rest));
  }
  sum[0] = s0;
  sum[1] = s1;
  sum[2] = s2;
  sum[3] = s3;
}

#endif
