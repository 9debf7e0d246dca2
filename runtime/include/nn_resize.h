/* Resizing images. The source rows and columns of every output row and column are known at compile time and come as tables. */
#ifndef NN_RESIZE_H
#define NN_RESIZE_H

#include "nn_types.h"

NN_BEGIN

typedef struct {
  int32_t in_width;
  int32_t out_height;
  int32_t out_width;
  int32_t pixel;           /* nearest: bytes of a pixel; bilinear: its channels */
  int32_t in_pitch, out_pitch; /* from one pixel to the next, in the same unit */
} nn_resize_params;

/* out[y][x] = in[ys[y]][xs[x]], pixels of any type. */
void nn_resize_nearest(const nn_resize_params *p, const uint8_t *in, const int16_t *ys, const int16_t *xs, uint8_t *out);

/* `ys` holds pairs (lower row, upper row), `fys` the weight of the upper one; `xs`, `fxs` likewise for columns.
 * f32: weights are float, possibly outside [0, 1] where both rows are the same one.
 * s8: weights are 1/1024; the sum of the four products is rounded half away from zero, as LiteRT's ResizeBilinearInteger does.
 * u8: elements are int8 of unsigned origin (q + 128); weights are float and the result floor(x + 1/2), as LiteRT's ResizeBilinear<uint8_t>. */
void nn_resize_bilinear_f32(const nn_resize_params *p, const float *in, const int16_t *ys, const float *fys, const int16_t *xs, const float *fxs,
                            float *out);
void nn_resize_bilinear_s8(const nn_resize_params *p, const int8_t *in, const int16_t *ys, const int32_t *fys, const int16_t *xs,
                           const int32_t *fxs, int8_t *out);
void nn_resize_bilinear_u8(const nn_resize_params *p, const int8_t *in, const int16_t *ys, const float *fys, const int16_t *xs, const float *fxs,
                           int8_t *out);

NN_END

#endif
