/* 2-D pooling, one output row at a time, NHWC. `rows`: only the rows of the window that lie inside the image, row_count of them (at
 * least 1); every window holds at least one pixel. Pixels outside do not count: the average divides by the number of pixels inside.
 * `out` must not overlap the input rows.
 */
#ifndef NN_POOL2D_H
#define NN_POOL2D_H

#include "nn_types.h"

NN_BEGIN

typedef struct {
  int32_t in_width, channels, in_pitch;
  int32_t out_width, out_pitch;
  int32_t kernel_w, stride_w, pad_left;
  int8_t clamp_min, clamp_max;
} nn_pool2d_s8_params;

/* Mean of the raw integers, rounded half away from zero. */
void nn_avgpool_s8_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *out);

/* Mean of value + 128, rounded half up, - 128: what uint8 models compute. */
void nn_avgpool_u8_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *out);

void nn_maxpool_s8_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *out);

/* For Helium; the average of at most 256 pixels. */
void nn_avgpool_mve_s8_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *out);
void nn_maxpool_mve_s8_row(const nn_pool2d_s8_params *p, const int8_t *const rows[], int32_t row_count, int8_t *out);

typedef struct {
  int32_t width, height, channels, in_pitch;
  int8_t clamp_min, clamp_max;
} nn_global_avgpool_s8_params;

/* The mean of a whole image, rounded as nn_avgpool_s8_row: called once for every row y = 0, 1, ... height - 1 in this order. `sums`, one for
 * each channel, carries the sums from row to row; `out`, one pixel, is written with the last row. width * height * 128 < 2^31. */
void nn_global_avgpool_s8_row(const nn_global_avgpool_s8_params *p, const int8_t *row, int32_t y, int32_t *sums, int8_t *out);

/* For Helium; the number of sums is that of the channels rounded up to a multiple of 8. */
void nn_global_avgpool_mve_s8_row(const nn_global_avgpool_s8_params *p, const int8_t *row, int32_t y, int32_t *sums, int8_t *out);

typedef struct {
  int32_t in_width, channels, in_pitch;
  int32_t out_width, out_pitch;
  int32_t kernel_w, stride_w, pad_left;
  float clamp_min, clamp_max;
} nn_pool2d_f32_params;

typedef struct {
  int32_t width, height, channels, in_pitch;
  float clamp_min, clamp_max;
} nn_global_avgpool_f32_params;

/* The mean of a whole image: called once for every row y = 0, 1, ... height - 1 in this order. `out`, one pixel, carries the sums from row to row. */
void nn_global_avgpool_f32_row(const nn_global_avgpool_f32_params *p, const float *row, int32_t y, float *out);

void nn_avgpool_f32_row(const nn_pool2d_f32_params *p, const float *const rows[], int32_t row_count, float *out);
void nn_maxpool_f32_row(const nn_pool2d_f32_params *p, const float *const rows[], int32_t row_count, float *out);

NN_END

#endif
