/* What the depthwise kernels for Helium share: per output pixel a list of pointers to the pixels under the window, kernel column after kernel
 * column (a constant pixel for those left and right of the row); and up to 8 channels over such a list. */
#ifndef NN_TAP_LIST_MVE_S8_H
#define NN_TAP_LIST_MVE_S8_H

#include "nn_dwconv2d.h"

#include "nn_depthwise_s8_mve.h"

/* The list in the scratch. */
typedef struct {
  const int8_t *const *row;
  const int8_t **tap;
  const int8_t *outside;
  int32_t taps, rows;
} nn_tap_list;

/* A 4-byte aligned scratch of kernel_h * kernel_w * 8 + 4 + in_channels bytes. */
NN_INLINE nn_tap_list nn_tap_list_at(void *scratch, const nn_dwconv2d_s8_params *p, const int8_t *const rows[]) {
  const uintptr_t mask = sizeof(void *) - 1; /* moved up to where pointers may lie */
  nn_tap_list list = {.row = rows, .taps = p->kernel_h * p->kernel_w, .rows = p->kernel_h};
  list.tap = (const int8_t **)(((uintptr_t)scratch + mask) & ~mask);
  int8_t *const outside = (int8_t *)(list.tap + list.taps);
  list.outside = outside;
  const int32_t last = (p->out_width - 1) * p->stride_w - p->pad_left + (p->kernel_w - 1) * p->dilation_w;
  if (p->pad_left > 0 || last >= p->in_width) nn_set_s8(outside, p->in_zero, p->in_channels);
  return list;
}

#if NN_HELIUM

/* The pixels under the window of output x. */
NN_INLINE void nn_list_columns(const nn_tap_list *list, const nn_dwconv2d_s8_params *p, int32_t x) {
  const int8_t **tap = list->tap;
  int32_t from = x * p->stride_w - p->pad_left;
  for (int32_t kx = p->kernel_w; kx > 0; kx--, from += p->dilation_w, tap += list->rows) {
    const int8_t *const *row = list->row;
    const int8_t **to = tap;
    uint32x4_t pointers;
    if ((uint32_t)from < (uint32_t)p->in_width)
      __asm volatile(
          "dlstp.32 lr, %[rows]\n"
          "1:\n"
          "vldrw.32 %q[pointers], [%[row]], #16\n"
          "vadd.i32 %q[pointers], %q[pointers], %[at]\n"
          "vstrw.32 %q[pointers], [%[to]], #16\n"
          "letp lr, 1b\n"
          : [row] "+r"(row), [to] "+r"(to), [pointers] "=&w"(pointers)
          : [rows] "r"(list->rows), [at] "r"(from * p->in_pitch)
          : "lr", "memory");
    else
      __asm volatile(
          "vdup.32 %q[pointers], %[outside]\n"
          "dlstp.32 lr, %[rows]\n"
          "1:\n"
          "vstrw.32 %q[pointers], [%[to]], #16\n"
          "letp lr, 1b\n"
          : [to] "+r"(to), [pointers] "=&w"(pointers)
          : [rows] "r"(list->rows), [outside] "r"(list->outside)
          : "lr", "memory");
  }
}

#else

NN_INLINE void nn_list_columns(const nn_tap_list *list, const nn_dwconv2d_s8_params *p, int32_t x) {
  const int8_t **tap = list->tap;
  int32_t from = x * p->stride_w - p->pad_left;
  for (int32_t kx = p->kernel_w; kx > 0; kx--, from += p->dilation_w)
    for (int32_t ky = 0; ky < list->rows; ky++) *tap++ = from >= 0 && from < p->in_width ? list->row[ky] + from * p->in_pitch : list->outside;
}

#endif

#if NN_HELIUM

/* `count` channels from c on, at most 8; w is the first one's weight. */
__attribute__((noinline)) static void nn_eight_channels(const nn_requantise_s8 *to, const nn_tap_list *in, int32_t c, const int8_t *w, int32_t stride, int32_t count,
                                     int ties, int8_t *out) {
  const mve_pred16_t evens = vctp32q((uint32_t)(count + 1) >> 1), odds = vctp32q((uint32_t)count >> 1);
  const uint32x4_t place = vidupq_n_u32(0, 2); /* 0, 2, 4, 6 */
  const int32_t *const bias = to->bias + c, *const multiplier = to->multiplier + c;
  const int8_t *const shift = to->shift + c;
  int32x4_t even = vldrwq_gather_shifted_offset_z_s32(bias, place, evens), odd = vldrwq_gather_shifted_offset_z_s32(bias + 1, place, odds);
  nn_depthwise_sums_s8(in->tap, in->taps, c, w, stride, count, &even, &odd);
  even = vqrdmulhq_s32(even, vldrwq_gather_shifted_offset_z_s32(multiplier, place, evens));
  odd = vqrdmulhq_s32(odd, vldrwq_gather_shifted_offset_z_s32(multiplier + 1, place, odds));
  if (ties) even = vaddq_s32(even, vshrq_n_s32(even, 31)), odd = vaddq_s32(odd, vshrq_n_s32(odd, 31));
  even = vrshlq_s32(even, vldrbq_gather_offset_z_s32(shift, place, evens));
  odd = vrshlq_s32(odd, vldrbq_gather_offset_z_s32(shift + 1, place, odds));
  int16x8_t value = vqmovntq_s32(vqmovnbq_s32(vreinterpretq_s16_s32(even), even), odd);
  value = vmaxq_s16(vqaddq_n_s16(value, (int16_t)to->zero), vdupq_n_s16((int16_t)to->low));
  vstrbq_p_s16(out + c, vminq_s16(value, vdupq_n_s16((int16_t)to->high)), vctp16q((uint32_t)count));
}

NN_INLINE nn_limits_s8x16 nn_limits_of(const nn_requantise_s8 *to) {
  const nn_limits_s8x16 limits = {vdupq_n_s8((int8_t)to->low), vdupq_n_s8((int8_t)to->high), to->zero};
  return limits;
}

#else

/* Sum of channel c; w is its first weight. */
NN_INLINE int32_t nn_one_channel(const nn_tap_list *in, int32_t c, const int8_t *w, int32_t stride) {
  int32_t sum = 0;
  for (int32_t t = 0; t < in->taps; t++, w += stride) sum += in->tap[t][c] * *w;
  return sum;
}

#endif

#endif
