#include "nn_unary.h"

void nn_clip_f32(const nn_clip_f32_params *p, const float *in, float *out, int32_t count) {
  const float low = p->low, high = p->high;
  for (int32_t i = 0; i < count; ++i) {
    const float x = in[i] < low ? low : in[i];
    out[i] = x > high ? high : x;
  }
}
