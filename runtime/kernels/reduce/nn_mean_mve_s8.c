/* int8 mean for Helium: 8 neighbouring elements at a time, or 16 of one sum where the reduced dimension is the last. */
#include "nn_reduce.h"

#include "arch/nn_mve_s8.h"
#include "../pool2d/nn_sums_mve_s8.h"

#if NN_HELIUM

/* `double` rounding of the differences from the zero point. */
NN_INLINE int32x4_t scaled(const nn_reduce_s8_params *p, int32x4_t sum) {
  const int32x4_t difference = vsubq_n_s32(sum, p->count * p->in_zero);
  const int32x4_t high = vqrdmulhq_n_s32(vshlq_r_s32(difference, p->shift > 0 ? p->shift : 0), p->multiplier);
  const int32x4_t value = p->shift < 0 ? vrshlq_n_s32(vaddq_s32(high, vshrq_n_s32(high, 31)), p->shift) : high;
  return vaddq_n_s32(value, p->out_zero);
}

static void eight_means(const nn_reduce_s8_params *p, const int8_t *in, int32_t count, int8_t *out) {
  int32x4_t even = vdupq_n_s32(0), odd = even;
  for (int32_t k = 0; k < p->count; k += NN_MOST_PIXELS) {
    const int32_t some = p->count - k < NN_MOST_PIXELS ? p->count - k : NN_MOST_PIXELS;
    const int16x8_t sum = nn_add_pixels_s8(vdupq_n_s16(0), in + k * p->inner, p->inner, some, count);
    even = vaddq_s32(even, vmovlbq_s16(sum));
    odd = vaddq_s32(odd, vmovltq_s16(sum));
  }
  even = scaled(p, even);
  odd = scaled(p, odd);
  const int16x8_t value = vqmovntq_s32(vqmovnbq_s32(vreinterpretq_s16_s32(even), even), odd);
  vstrbq_p_s16(out, vminq_s16(vmaxq_s16(value, vdupq_n_s16(-128)), vdupq_n_s16(127)), vctp16q((uint32_t)count));
}

NN_INLINE int32_t total(const int8_t *in, int32_t count) {
  int32_t sum = 0;
  int8x16_t x;
  __asm volatile(
      "wlstp.8 lr, %[count], 2f\n"
      "1:\n"
      "vldrb.8 %q[x], [%[in]], #16\n"
      "vaddva.s8 %[sum], %q[x]\n"
      "letp lr, 1b\n"
      "2:\n"
      : [sum] "+Te"(sum), [in] "+r"(in), [x] "=&w"(x)
      : [count] "r"(count)
      : "lr", "memory");
  return sum;
}

#else

static void eight_means(const nn_reduce_s8_params *p, const int8_t *in, int32_t count, int8_t *out) {
  int32_t sums[8] = {0};
  for (int32_t k = 0; k < p->count; k++)
    for (int32_t i = 0; i < count; i++) sums[i] += in[k * p->inner + i];
  for (int32_t i = 0; i < count; i++)
    out[i] = (int8_t)nn_clamp(nn_multiply_double(sums[i] - p->count * p->in_zero, p->multiplier, p->shift) + p->out_zero, -128, 127);
}

static int32_t total(const int8_t *in, int32_t count) {
  int32_t sum = 0;
  for (int32_t k = 0; k < count; k++) sum += in[k];
  return sum;
}

#endif

void nn_mean_mve_s8(const nn_reduce_s8_params *p, const int8_t *in, int8_t *out) {
  for (int32_t o = 0; o < p->outer; o++, in += p->count * p->inner, out += p->inner) {
    if (p->inner == 1) {
      const int32_t difference = total(in, p->count) - p->count * p->in_zero;
      *out = (int8_t)nn_clamp(nn_multiply_double(difference, p->multiplier, p->shift) + p->out_zero, -128, 127);
      continue;
    }
    for (int32_t i = 0; i < p->inner; i += 8) eight_means(p, in + i, p->inner - i < 8 ? p->inner - i : 8, out + i);
  }
}
