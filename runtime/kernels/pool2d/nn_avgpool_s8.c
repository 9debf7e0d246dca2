/* int8 average pooling. */
#include "nn_pool2d.h"

#include "nn_window.h"

/* offset: a compile-time constant added to every value before the division and taken off after it. */
NN_INLINE void average_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *out, int32_t offset) {
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    const nn_window window = nn_window_at(x, p->stride_w, p->pad_left, p->kernel_w, p->in_width);
    const int32_t width = window.last - window.first, count = row_count * width;
    for (int32_t c = 0; c < p->channels; c++) {
      int32_t sum = offset * count;
      for (int32_t r = 0; r < row_count; r++) {
        const int8_t *in = rows[r] + window.first * p->in_pitch + c;
        for (int32_t i = 0; i < width; i++, in += p->in_pitch) sum += *in;
      }
      const int32_t half = sum > 0 ? count / 2 : -(count / 2);
      out[c] = (int8_t)nn_clamp((sum + half) / count - offset, p->clamp_min, p->clamp_max);
    }
  }
}

void nn_avgpool_s8_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *out) {
  average_row(p, rows, row_count, out, 0);
}

void nn_avgpool_u8_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *out) {
  average_row(p, rows, row_count, out, 128);
}
