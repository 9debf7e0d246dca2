/* int8 multiplication with Helium, four elements at a time. */
#include "nn_mul_s8.h"

#include "arch/nn_mve_s8.h"

#if NN_HELIUM

/* As many elements as fours make. A step of 0 repeats the operand's first element. */
static int32_t multiply_fours(const nn_mul_factors *f, const int8_t *a, const int8_t *b, int8_t *out, int32_t count, int32_t a_step,
                              int32_t b_step) {
  const nn_mul_factors g = *f;
  const int32x4_t low = vdupq_n_s32(g.low), high = vdupq_n_s32(g.high), all_a = vdupq_n_s32(a[0]), all_b = vdupq_n_s32(b[0]);
  int32_t fours = count >> 2;
  for (; fours > 0; fours--, a += 4 * a_step, b += 4 * b_step, out += 4) {
    const int32x4_t x = vsubq_n_s32(a_step != 0 ? vldrbq_s32(a) : all_a, g.a_zero), y = vsubq_n_s32(b_step != 0 ? vldrbq_s32(b) : all_b, g.b_zero);
    int32x4_t h = vqrdmulhq_n_s32(vshlq_r_s32(vmulq_s32(x, y), g.left), g.multiplier);
    if (g.right > 0) h = vrshlq_n_s32(vaddq_s32(h, vshrq_n_s32(h, 31)), -g.right);
    vstrbq_s32(out, vminq_s32(vmaxq_s32(vaddq_n_s32(h, g.out_zero), low), high));
  }
  return count & ~3;
}

#else

static int32_t multiply_fours(const nn_mul_factors *f, const int8_t *a, const int8_t *b, int8_t *out, int32_t count, int32_t a_step,
                              int32_t b_step) {
  (void)f;
  (void)a;
  (void)b;
  (void)out;
  (void)count;
  (void)a_step;
  (void)b_step;
  return 0;
}

#endif

static void compute_row(const void *factors, const void *a_row, const void *b_row, void *out_row, int32_t count, int32_t a_step,
                        int32_t b_step) {
  const int8_t *a = a_row, *b = b_row;
  int8_t *out = out_row;
  const int32_t done = multiply_fours(factors, a, b, out, count, a_step, b_step);
  nn_mul_elements_s8(factors, a + done * a_step, b + done * b_step, out + done, count - done, a_step, b_step);
}

void nn_mul_mve_s8(const nn_mul_s8_params *p, const int8_t *a, const int8_t *b, int8_t *out) {
  const nn_mul_factors f = nn_mul_factors_of(p);
  nn_broadcast_rows(&p->shape, compute_row, &f, a, b, 1, out, 1);
}
