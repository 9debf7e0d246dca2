/* What the 3x3 depthwise convolutions for Cortex-M4, M7 and M33 share. */
#include "nn_dwconv2d_3x3_dsp_s8.h"

NN_NOINLINE void nn_dw_pixels(const nn_dw_strip *s, int32_t c, uint32_t zeros, uint32_t *to) {
#define NN_ROW(offset) nn_load_s8x4((const int8_t *)((uintptr_t)in + (offset)))
  const int8_t *in = s->row + c;
  const int32_t pitch = s->p->in_pitch;
  const uintptr_t second = s->second, third = s->third;
  if (s->outside_left) {
    to = nn_store_pairs(to + 4, NN_ROW(0), NN_ROW(second));
    to = nn_store_pairs(to, zeros, NN_ROW(third));
    in += pitch;
    NN_FORGET(in);
  }
  for (int32_t i = s->pairs; i > 0; i--) {
    const uint32_t left = NN_ROW(third);
    to = nn_store_pairs(to, NN_ROW(0), NN_ROW(second));
    in += pitch;
    NN_FORGET(in); /* otherwise gcc keeps a pointer for each of the loads, and spills them */
    to = nn_store_pairs(to, NN_ROW(0), NN_ROW(second));
    to = nn_store_pairs(to, left, NN_ROW(third));
    in += pitch;
    NN_FORGET(in);
  }
  if (s->single) {
    to = nn_store_pairs(to, NN_ROW(0), NN_ROW(second));
    nn_store_pairs(to + 4, NN_ROW(third), zeros);
  }
#undef NN_ROW
}

NN_NOINLINE void nn_dw_row(const nn_dw_kernel *kernel, const nn_dwconv2d_s8_params *p, const int8_t *const rows[], nn_dw_strip *s, int8_t *out) {
  const int32_t width = p->out_width, middle = kernel->of_5 != NULL && width >= 5 ? 5 : 3;
  const int32_t stride = kernel->stride;
  s->p = p;
  s->second = (uintptr_t)rows[1] - (uintptr_t)rows[0];
  s->third = (uintptr_t)rows[2] - (uintptr_t)rows[0];
  s->outputs.pitch = p->out_pitch;
  for (int32_t x = 0, n; x < width; x += n) {
    const int32_t rest = width - x;
    n = rest >= 6 ? 6 : rest >= 4 ? middle : 3;
    if (n > rest) x = width - n;
    const int32_t left = x * stride - p->pad_left, columns = (n - 1) * stride + 3;
    s->outside_left = left < 0;
    const int32_t first = left + s->outside_left, last = left + columns < p->in_width ? left + columns : p->in_width;
    s->columns = last > first ? last - first : 0;
    s->pairs = (s->columns - s->outside_left) >> 1;
    s->single = (s->columns - s->outside_left) & 1;
    s->row = rows[0] + first * p->in_pitch;
    s->outputs.out = out + x * p->out_pitch;
    nn_dw_strip_function *strip = n == 6 ? kernel->of_6 : n == 5 ? kernel->of_5 : kernel->of_3;
    NN_FORGET(strip); /* one call, not three copies of the loop */
    strip(s);
  }
  nn_clamp_row_s8(out, width, p->in_channels, p->out_pitch, p->clamp_min, p->clamp_max);
}
