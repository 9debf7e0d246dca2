/* int8 maximum pooling, with DSP instructions four channels at a time. */
#include "nn_pool2d.h"

#include "arch/nn_output_s8.h"
#include "nn_window.h"

typedef struct {
  const int8_t *const *rows;
  int32_t row_count, first, last, pitch; /* the window: columns [first, last) */
} pixels;

static int8_t most_of_one(const pixels *w, int32_t c) {
  int8_t most = INT8_MIN;
  for (int32_t r = 0; r < w->row_count; r++) {
    const int8_t *in = w->rows[r] + w->first * w->pitch + c;
    for (int32_t i = w->first; i < w->last; i++, in += w->pitch) most = *in > most ? *in : most;
  }
  return most;
}

#if NN_DSP
/* Channels c to c + 3. */
static uint32_t most_of_four(const pixels *w, int32_t c) {
  uint32_t most = 0x80808080u;
  for (int32_t r = 0; r < w->row_count; r++) {
    const int8_t *in = w->rows[r] + w->first * w->pitch + c;
    for (int32_t i = w->last - w->first; i > 0; i--, in += w->pitch) most = nn_max_s8x4(most, nn_load_s8x4(in));
  }
  return most;
}
#endif

void nn_maxpool_s8_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *row_out) {
  int8_t *out = row_out;
  for (int32_t x = 0; x < p->out_width; x++, out += p->out_pitch) {
    const nn_window window = nn_window_at(x, p->stride_w, p->pad_left, p->kernel_w, p->in_width);
    const pixels w = {rows, row_count, window.first, window.last, p->in_pitch};
    int32_t c = 0;
#if NN_DSP
    for (; c + 3 < p->channels; c += 4) nn_store_s8x4(out + c, most_of_four(&w, c));
#endif
    for (; c < p->channels; c++) out[c] = most_of_one(&w, c);
  }
  nn_clamp_row_s8(row_out, p->out_width, p->channels, p->out_pitch, p->clamp_min, p->clamp_max);
}
