#include "bodies/nn_conv2d_dsp_s8.h"

static NN_NOINLINE uint32_t *expand(const int8_t *x, int32_t distance, int32_t count, int32_t columns, int32_t words, uint32_t *to) {
  return nn_dsp_expand_here(x, distance, count, columns, words, to);
}

NN_SMALL NN_NOINLINE void nn_dsp_copy_pixels(const nn_conv2d_s8_params *p, const int8_t *row, int32_t channels, int32_t x, int32_t step, int32_t count, int8_t *to) {
  if (step == 1 && p->in_pitch == channels) {
    const int32_t first = x < 0 ? -x : 0, end = x + count > p->in_width ? p->in_width - x : count;
    memset(to, (uint8_t)p->in_zero, (size_t)(count * channels));
    if (first < end) memcpy(to + first * channels, row + (x + first) * channels, (size_t)((end - first) * channels));
    return;
  }
  for (; count > 0; count--, x += step, to += channels) {
    if (x < 0 || x >= p->in_width)
      memset(to, (uint8_t)p->in_zero, (size_t)channels);
    else
      memcpy(to, row + x * p->in_pitch, (size_t)channels);
  }
}

NN_NOINLINE void nn_dsp_expand_windows(const nn_conv2d_s8_params *p, const nn_dsp_layout *l, const int8_t *const rows[], int32_t first_channel,
                                       int32_t left, int32_t step, int32_t pixels, int32_t distance, int32_t count, int32_t columns,
                                       uint32_t *to) {
  nn_dsp_expand_windows_here(p, l, rows, first_channel, left, step, pixels, distance, count, columns, to, expand);
}

NN_ALL_REGISTERS
NN_NOINLINE void nn_dsp_multiply_2(const nn_pairs_s8 *pairs, const uint32_t *x, int32_t count, int8_t *out, int32_t pitch) {
  nn_multiply_pairs_s8(pairs, x, 2, count, out, pitch);
}

NN_ALL_REGISTERS
NN_NOINLINE void nn_dsp_multiply_3(const nn_pairs_s8 *pairs, const uint32_t *x, int32_t count, int8_t *out, int32_t pitch) {
  nn_multiply_pairs_s8(pairs, x, 3, count, out, pitch);
}

NN_SMALL NN_NOINLINE void nn_dsp_multiply_last(const nn_pairs_s8 *pairs, nn_dsp_multiply *function, const uint32_t *x, int32_t columns, int32_t before,
                                      int8_t *out, int32_t pitch) {
  nn_pairs_s8 last = *pairs;
  int8_t both[6];
  last.weights += before * 2 * (2 * pairs->steps + pairs->half);
  last.bias += before;
  last.multiplier += before;
  last.shift += before;
  function(&last, x, 1, both, 2);
  for (int32_t j = 0; j < columns; j++) out[j * pitch + before] = both[2 * j];
}

void nn_conv2d_dsp_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                          const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out) {
  nn_conv2d_dsp_s8_body(p, rows, weights, bias, multiplier, shift, scratch, out);
}
