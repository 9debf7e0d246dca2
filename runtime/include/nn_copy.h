/* Moving and filling bytes. */
#ifndef NN_COPY_H
#define NN_COPY_H

#include "nn_types.h"

NN_BEGIN

/* Copies `bytes` bytes; the blocks do not overlap. */
void nn_copy(const uint8_t *in, uint8_t *out, int32_t bytes);

/* For every index i below `size`: copies `unit` bytes from in + i . in_stride to out + i . out_stride. Strides in bytes; those of the
 * input may be negative or zero. Unused dimensions come first and have size 1. The blocks do not overlap. */
typedef struct {
  int32_t size[6];
  int32_t in_stride[6];
  int32_t out_stride[6];
  int32_t unit;
} nn_copy_nd_params;

void nn_copy_nd(const nn_copy_nd_params *p, const uint8_t *in, uint8_t *out);

/* Sets `count` elements to one value; nn_fill_u32 takes any 4-byte element by its address. */
void nn_fill_u8(uint8_t *out, int32_t count, uint8_t value);
void nn_fill_u32(void *out, int32_t count, const void *value);

/* One row of an image with constant elements around it: `left` and `right` pixels of `value`, and in every pixel between them `front`
 * and `back` channels of `value` around those of the input. in NULL: a row above or below the image, `value` throughout. The blocks do not overlap. */
typedef struct {
  int32_t width;               /* pixels of the input row */
  int32_t left, right;         /* pixels */
  int32_t channels;            /* of the input */
  int32_t front, back;         /* channels */
  int32_t in_pitch, out_pitch; /* elements from one pixel to the next */
  uint32_t value;              /* the bits of one element */
} nn_pad_params;

void nn_pad_8_row(const nn_pad_params *p, const uint8_t *in, uint8_t *out);
void nn_pad_32_row(const nn_pad_params *p, const uint32_t *in, uint32_t *out);

/* Each of `count` elements `times` times, one behind the other: out[i * times + j] = in[i]. The blocks do not overlap. */
void nn_repeat_8(const uint8_t *in, int32_t count, int32_t times, uint8_t *out);
void nn_repeat_32(const uint32_t *in, int32_t count, int32_t times, uint32_t *out);

NN_END

#endif
