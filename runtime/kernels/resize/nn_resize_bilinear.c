#include "nn_resize.h"

void nn_resize_bilinear_f32(const nn_resize_params *p, const float *in, const int16_t *ys, const float *fys, const int16_t *xs, const float *fxs,
                            float *out) {
  const int32_t row = p->in_width * p->in_pitch;
  for (int32_t y = 0; y < p->out_height; ++y) {
    const float *low = in + ys[2 * y] * row, *high = in + ys[2 * y + 1] * row;
    const float fy = fys[y];
    for (int32_t x = 0; x < p->out_width; ++x, out += p->out_pitch) {
      const int32_t left = xs[2 * x] * p->in_pitch, right = xs[2 * x + 1] * p->in_pitch;
      const float fx = fxs[x];
      for (int32_t c = 0; c < p->pixel; ++c)
        out[c] = low[left + c] * (1.0f - fy) * (1.0f - fx) + high[left + c] * fy * (1.0f - fx) + low[right + c] * (1.0f - fy) * fx +
                 high[right + c] * fy * fx;
    }
  }
}

void nn_resize_bilinear_s8(const nn_resize_params *p, const int8_t *in, const int16_t *ys, const int32_t *fys, const int16_t *xs,
                           const int32_t *fxs, int8_t *out) {
  const int32_t row = p->in_width * p->in_pitch;
  for (int32_t y = 0; y < p->out_height; ++y) {
    const int8_t *low = in + ys[2 * y] * row, *high = in + ys[2 * y + 1] * row;
    const int32_t fy = fys[y], gy = 1024 - fy;
    for (int32_t x = 0; x < p->out_width; ++x, out += p->out_pitch) {
      const int32_t left = xs[2 * x] * p->in_pitch, right = xs[2 * x + 1] * p->in_pitch;
      const int32_t fx = fxs[x], gx = 1024 - fx;
      for (int32_t c = 0; c < p->pixel; ++c) {
        const int32_t sum = low[left + c] * gy * gx + high[left + c] * fy * gx + low[right + c] * gy * fx + high[right + c] * fy * fx;
        out[c] = (int8_t)((sum + (sum > 0 ? 1 << 19 : -(1 << 19))) / (1 << 20));
      }
    }
  }
}

void nn_resize_bilinear_u8(const nn_resize_params *p, const int8_t *in, const int16_t *ys, const float *fys, const int16_t *xs, const float *fxs,
                           int8_t *out) {
  const int32_t row = p->in_width * p->in_pitch;
  for (int32_t y = 0; y < p->out_height; ++y) {
    const int8_t *low = in + ys[2 * y] * row, *high = in + ys[2 * y + 1] * row;
    const float fy = fys[y];
    for (int32_t x = 0; x < p->out_width; ++x, out += p->out_pitch) {
      const int32_t left = xs[2 * x] * p->in_pitch, right = xs[2 * x + 1] * p->in_pitch;
      const float fx = fxs[x];
      for (int32_t c = 0; c < p->pixel; ++c) {
        const float value = (float)(low[left + c] + 128) * (1.0f - fy) * (1.0f - fx) + (float)(high[left + c] + 128) * fy * (1.0f - fx) +
                            (float)(low[right + c] + 128) * (1.0f - fy) * fx + (float)(high[right + c] + 128) * fy * fx;
        out[c] = (int8_t)((int32_t)(value + 0.5f) - 128);
      }
    }
  }
}
