/* float average pooling: sums kept in the output row. */
#include "nn_pool2d.h"

#include "../../arch/nn_dot_f32.h"
#include "nn_window.h"

void nn_avgpool_f32_row(const nn_pool2d_f32_params *p, const float *const rows[], int32_t row_count, float *out) {
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    const nn_window window = nn_window_at(x, p->stride_w, p->pad_left, p->kernel_w, p->in_width);
    for (int32_t c = 0; c < p->channels; c++) out[c] = 0.0f;
    for (int32_t r = 0; r < row_count; r++) {
      const float *in = rows[r] + window.first * p->in_pitch;
      for (int32_t i = window.first; i < window.last; i++, in += p->in_pitch)
        for (int32_t c = 0; c < p->channels; c++) out[c] += in[c];
    }
    const float count = (float)(row_count * (window.last - window.first));
    for (int32_t c = 0; c < p->channels; c++) out[c] = nn_clamp_f32(out[c] / count, p->clamp_min, p->clamp_max);
  }
}
