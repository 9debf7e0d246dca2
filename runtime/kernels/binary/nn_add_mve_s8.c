/* int8 addition with Helium, eight elements at a time. */
#include "nn_add_s8.h"

#include "../../arch/nn_mve_s8.h"

#if NN_HELIUM

/* b on the common scale, with its sign, added to a. */
NN_INLINE int32x4_t added(const nn_add_factors *f, int32x4_t constant, int32x4_t a, int32x4_t b) {
  int32x4_t h = vqrdmulhq_n_s32(vshlq_n_s32(vsubq_n_s32(b, f->b_zero), 20), f->b_multiplier);
  if (f->b_shift > 0) h = vrshlq_n_s32(vaddq_s32(h, vshrq_n_s32(h, 31)), -f->b_shift);
  return vmlaq_n_s32(vmlaq_n_s32(constant, a, f->a_factor), h, f->b_sign);
}

NN_INLINE int32x4_t scaled(const nn_add_factors *f, int32x4_t sum) {
  const int32x4_t h = vqrdmulhq_n_s32(sum, f->out_multiplier);
  return vaddq_n_s32(vrshlq_n_s32(vaddq_s32(h, vshrq_n_s32(h, 31)), -f->out_shift), f->out_zero);
}

/* As many elements as eights make. Two vectors at a time, so that a core that overlaps instructions can. */
static int32_t add_eights(const nn_add_factors *factors, const int8_t *a, const int8_t *b, int8_t *out, int32_t count) {
  const nn_add_factors f = *factors;
  const int32x4_t constant = vdupq_n_s32(f.constant);
  const int16x8_t low = vdupq_n_s16((int16_t)f.low), high = vdupq_n_s16((int16_t)f.high);
  for (int32_t eights = count >> 3; eights > 0; eights--, a += 8, b += 8, out += 8) {
    const int16x8_t a8 = vldrbq_s16(a), b8 = vldrbq_s16(b);
    const int32x4_t even = added(&f, constant, vmovlbq_s16(a8), vmovlbq_s16(b8)), odd = added(&f, constant, vmovltq_s16(a8), vmovltq_s16(b8));
    const int32x4_t even_scaled = scaled(&f, even), odd_scaled = scaled(&f, odd);
    const int16x8_t value = vqmovntq_s32(vqmovnbq_s32(vreinterpretq_s16_s32(even_scaled), even_scaled), odd_scaled);
    vstrbq_s16(out, vminq_s16(vmaxq_s16(value, low), high));
  }
  return count & ~7;
}

#else

static int32_t add_eights(const nn_add_factors *f, const int8_t *a, const int8_t *b, int8_t *out, int32_t count) {
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
  const int32_t done = a_step != 0 && b_step != 0 ? add_eights(factors, a, b, out, count) : 0;
  nn_add_elements_s8(factors, a + done * a_step, b + done * b_step, out + done, count - done, a_step, b_step);
}

void nn_add_mve_s8(const nn_add_s8_params *p, const int8_t *a, const int8_t *b, int8_t *out) {
  const nn_add_factors f = nn_add_factors_of(p);
  nn_broadcast_rows(&p->shape, compute_row, &f, a, b, 1, out, 1);
}
