/* float average pooling: four channels at a time. */
#include "nn_pool2d.h"

#include "arch/nn_clamp_f32.h"
#include "nn_window.h"

/* The means of `channels` (at most 4; a constant) channels, from `channel` on, of one window. */
NN_INLINE void means(const nn_pool2d_f32_params *p, const float *const rows[], int32_t row_count, nn_window window, int32_t channel,
                     int32_t channels, float *out) {
  const float count = (float)(row_count * (window.last - window.first));
  float sum[4] = {0.0f, 0.0f, 0.0f, 0.0f};
  for (int32_t r = 0; r < row_count; r++) {
    const float *in = rows[r] + window.first * p->in_pitch + channel;
    for (int32_t i = window.first; i < window.last; i++, in += p->in_pitch)
      for (int32_t c = 0; c < channels; c++) sum[c] += in[c];
  }
  for (int32_t c = 0; c < channels; c++) out[channel + c] = sum[c] / count;
}

void nn_avgpool_f32_row(const nn_pool2d_f32_params *p, const float *const rows[], int32_t row_count, float *out) {
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    const nn_window window = nn_window_at(x, p->stride_w, p->pad_left, p->kernel_w, p->in_width);
    int32_t c = 0;
    for (; c + 4 <= p->channels; c += 4) means(p, rows, row_count, window, c, 4, out);
    for (; c < p->channels; c++) means(p, rows, row_count, window, c, 1, out);
    nn_clamp_row_f32(out, p->channels, p->clamp_min, p->clamp_max);
  }
}
