#include "nn_quantize.h"

void nn_quantize_u8(const nn_scale_params *p, const float *in, uint8_t *out, int32_t count) {
  const float scale = p->scale;
  const int32_t zero = p->zero;
  const float low = (float)(0 - zero), high = (float)(255 - zero);
  for (int32_t i = 0; i < count; ++i) {
    float steps = in[i] / scale;
    steps = steps > low ? steps : low; /* NaN too */
    steps = steps < high ? steps : high;
    int32_t q = (int32_t)steps;
    const float rest = steps - (float)q; /* exact */
    if (rest >= 0.5f) ++q;
    if (rest <= -0.5f) --q;
    out[i] = (uint8_t)(q + zero);
  }
}
