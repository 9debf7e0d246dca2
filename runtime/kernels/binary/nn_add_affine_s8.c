#include "nn_binary.h"

#include "arch/nn_output_s8.h"

/* sum + (factor * x >> 8), for int8 x. */
NN_INLINE int32_t add_product(int32_t factor, int32_t x, int32_t sum) {
#if NN_ARM_DSP
  return nn_smlawb(factor, (uint32_t)x << 8, sum);
#else
  return sum + (factor >> 8) * x + (((factor & 255) * x) >> 8);
#endif
}

/* An operand that is repeated goes into the constant, and the other one stands in for it with the factor 0. */
static void compute_row(const void *params, const void *a_row, const void *b_row, void *out_row, int32_t count, int32_t a_step,
                        int32_t b_step) {
  const nn_add_affine_s8_params *const p = params;
  const int8_t *a = a_row, *b = b_row;
  int8_t *out = out_row;
  int32_t a_factor = p->a_factor, b_factor = p->b_factor, constant = p->constant;
  if (count > 1 && a_step == 0) {
    constant = add_product(a_factor, *a, constant);
    a_factor = 0;
    a = b;
  }
  if (count > 1 && b_step == 0) {
    constant = add_product(b_factor, *b, constant);
    b_factor = 0;
    b = a;
  }
  const int8_t *const end = out + count;
#if NN_DSP
  uint32_t mask = 0xff00ff00u;
#if NN_ARM_DSP
  __asm("" : "+r"(mask)); /* in a register: the shift of x then costs nothing */
#endif
  for (; end - out >= 4; a += 4, b += 4, out += 4) {
    const uint32_t x = nn_load_s8x4(a), y = nn_load_s8x4(b);
    const uint32_t x02 = mask & (x << 8), x13 = mask & x, y02 = mask & (y << 8), y13 = mask & y;
    const int32_t s0 = nn_smlawb(b_factor, y02, nn_smlawb(a_factor, x02, constant));
    const int32_t s1 = nn_smlawb(b_factor, y13, nn_smlawb(a_factor, x13, constant));
    const int32_t s2 = nn_smlawt(b_factor, y02, nn_smlawt(a_factor, x02, constant));
    const int32_t s3 = nn_smlawt(b_factor, y13, nn_smlawt(a_factor, x13, constant));
    nn_store_s8x4(out, nn_word_of(nn_shifted_s8(s0, 20), nn_shifted_s8(s1, 20), nn_shifted_s8(s2, 20), nn_shifted_s8(s3, 20)));
  }
#endif
  while (out != end) *out++ = (int8_t)nn_shifted_s8(add_product(b_factor, *b++, add_product(a_factor, *a++, constant)), 20);
  nn_clamp_row_s8(out_row, 1, count, count, p->low, p->high);
}

void nn_add_affine_s8(const nn_add_affine_s8_params *p, const int8_t *a, const int8_t *b, int8_t *out) {
  nn_broadcast_rows(&p->shape, compute_row, p, a, b, 1, out, 1);
}
