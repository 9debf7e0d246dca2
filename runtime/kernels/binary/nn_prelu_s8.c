#include "nn_binary.h"
#include "nn_requantize.h"

static void compute_row(const void *params, const void *in_row, const void *slope_row, void *out_row, int32_t count, int32_t in_step,
                        int32_t slope_step) {
  const nn_prelu_s8_params *p = params;
  const int8_t *in = in_row, *slope = slope_row;
  int8_t *out = out_row;
  for (int32_t i = 0; i < count; ++i, in += in_step, slope += slope_step) {
    const int32_t x = *in - p->in_zero;
    const int32_t y = x >= 0 ? nn_multiply_double(x, p->multiplier, p->shift)
                             : nn_multiply_double(x * (*slope - p->slope_zero), p->slope_multiplier, p->slope_shift);
    out[i] = (int8_t)nn_clamp(y + p->out_zero, -128, 127);
  }
}

void nn_prelu_s8(const nn_prelu_s8_params *p, const int8_t *in, const int8_t *slope, int8_t *out) {
  nn_broadcast_rows(&p->shape, compute_row, p, in, slope, 1, out, 1);
}
