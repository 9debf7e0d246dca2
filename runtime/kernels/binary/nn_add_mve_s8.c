/* int8 addition with Helium, four elements at a time. */
#include "nn_add_s8.h"

#include "arch/nn_mve_s8.h"

#if NN_HELIUM

/* As many elements as fours make. */
static int32_t add_fours(const nn_add_factors *f, const int8_t *a, const int8_t *b, int8_t *out, int32_t count) {
  const nn_add_factors g = *f;
  const int32x4_t constant = vdupq_n_s32(g.constant), low = vdupq_n_s32(g.low), high = vdupq_n_s32(g.high);
  int32_t fours = count >> 2;
  for (; fours > 0; fours--, a += 4, b += 4, out += 4) {
    int32x4_t h = vqrdmulhq_n_s32(vshlq_n_s32(vsubq_n_s32(vldrbq_s32(b), g.b_zero), 20), g.b_multiplier);
    if (g.b_shift > 0) h = vrshlq_n_s32(vaddq_s32(h, vshrq_n_s32(h, 31)), -g.b_shift);
    const int32x4_t sum = vmlaq_n_s32(vmlaq_n_s32(constant, vldrbq_s32(a), g.a_factor), h, g.b_sign);
    h = vqrdmulhq_n_s32(sum, g.out_multiplier);
    h = vaddq_n_s32(vrshlq_n_s32(vaddq_s32(h, vshrq_n_s32(h, 31)), -g.out_shift), g.out_zero);
    vstrbq_s32(out, vminq_s32(vmaxq_s32(h, low), high));
  }
  return count & ~3;
}

#else

static int32_t add_fours(const nn_add_factors *f, const int8_t *a, const int8_t *b, int8_t *out, int32_t count) {
  (void)f;
  (void)a;
  (void)b;
  (void)out;
  (void)count;
  return 0;
}

#endif

static void compute_row(const void *factors, const void *a_row, const void *b_row, void *out_row, int32_t count, int32_t a_step,
                        int32_t b_step) {
  const int8_t *a = a_row, *b = b_row;
  int8_t *out = out_row;
  const int32_t done = a_step != 0 && b_step != 0 ? add_fours(factors, a, b, out, count) : 0;
  nn_add_elements_s8(factors, a + done * a_step, b + done * b_step, out + done, count - done, a_step, b_step);
}

void nn_add_mve_s8(const nn_add_s8_params *p, const int8_t *a, const int8_t *b, int8_t *out) {
  const nn_add_factors f = nn_add_factors_of(p);
  nn_broadcast_rows(&p->shape, compute_row, &f, a, b, 1, out, 1);
}
