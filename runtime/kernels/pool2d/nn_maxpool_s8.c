/* int8 maximum pooling. */
#include "nn_pool2d.h"

#include "nn_window.h"

void nn_maxpool_s8_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *out) {
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    const nn_window window = nn_window_at(x, p->stride_w, p->pad_left, p->kernel_w, p->in_width);
    for (int32_t c = 0; c < p->channels; c++) {
      int32_t most = INT8_MIN;
      for (int32_t r = 0; r < row_count; r++) {
        const int8_t *in = rows[r] + window.first * p->in_pitch + c;
        for (int32_t i = window.first; i < window.last; i++, in += p->in_pitch) most = *in > most ? *in : most;
      }
      out[c] = (int8_t)nn_clamp(most, p->clamp_min, p->clamp_max);
    }
  }
}
