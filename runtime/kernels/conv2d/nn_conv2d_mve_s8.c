/* int8 convolution for Helium: the columns under the windows of a few output pixels are copied into a strip, in which every window is one
 * contiguous vector and neighbouring windows overlap; a column outside the row is filled with the zero point. */
#include "nn_conv2d.h"

#include "nn_pixels_mve_s8.h"

#define THIN_CHANNELS 8 /* so few can be copied several pixels at once */

/* Output pixels of one strip, as nn_conv2d.h says. */
static int32_t strip_pixels(const nn_conv2d_s8_params *p, int32_t column) {
  const int32_t fit = (768 / column - p->kernel_w) / p->stride_w + 1;
  return fit < 4 ? 4 : fit > 16 ? 16 : fit & ~1;
}

/* The pixels of a strip: a column is kernel_h * channels int8. */
typedef struct {
  int32_t channels, column, first_channel;
  int32_t at_once; /* pixels that are copied with one vector; 0: each by itself */
  uint8_t place[16]; /* where the elements of that vector belong */
} strip_shape;

static strip_shape shape_of(const nn_conv2d_s8_params *p, int32_t channels) {
  strip_shape s = {.channels = channels, .column = p->kernel_h * channels};
#if NN_HELIUM
  const int32_t pixels = channels <= THIN_CHANNELS && channels == p->in_pitch ? 16 / channels : 0;
  if (pixels == 0 || (pixels - 1) * s.column + channels > 256) return s;
  s.at_once = pixels;
  uint8_t *place = s.place;
  for (int32_t i = 0; i < pixels; i++)
    for (int32_t c = 0; c < channels; c++) *place++ = (uint8_t)(i * s.column + c);
#endif
  return s;
}

/* `count` pixels, `pitch` apart, of one row. */
static void copy_pixels(const strip_shape *s, const int8_t *from, int32_t pitch, int8_t *to, int32_t count) {
  const int32_t step = s->column;
  int32_t channels = s->channels;
#if NN_HELIUM
  if (s->at_once != 0) {
    const uint8x16_t places = vldrbq_u8(s->place);
    for (int32_t bytes = count * channels, most = s->at_once * channels; bytes > 0; bytes -= most, from += most, to += s->at_once * step) {
      const mve_pred16_t lanes = vctp8q((uint32_t)(bytes < most ? bytes : most));
      vstrbq_scatter_offset_p_s8(to, places, vldrbq_z_s8(from, lanes), lanes);
    }
    return;
  }
  for (; channels > 15; channels -= 16, from += 16, to += 16) {
    const int8_t *source = from;
    int8_t *target = to;
    for (int32_t i = count; i > 0; i--, source += pitch, target += step) vstrbq_s8(target, vldrbq_s8(source));
  }
  if (channels == 0) return;
#endif
  for (; count > 0; count--, from += pitch, to += step) nn_copy_s8(to, from, channels);
}

/* Columns [left, left + count) of the image. */
static void fill_strip(const nn_conv2d_s8_params *p, const strip_shape *s, const int8_t *const rows[], int32_t left, int32_t count,
                       int8_t *strip) {
  const int32_t room = p->in_width - left;
  const int32_t first = left >= 0 ? 0 : -left < count ? -left : count, last = room >= count ? count : room > first ? room : first;
  if (first > 0) nn_set_s8(strip, p->in_zero, first * s->column);
  if (last < count) nn_set_s8(strip + last * s->column, p->in_zero, (count - last) * s->column);
  const int32_t from = (left + first) * p->in_pitch + s->first_channel;
  int8_t *to = strip + first * s->column;
  for (int32_t ky = 0; ky < p->kernel_h; ky++, to += s->channels) copy_pixels(s, rows[ky] + from, p->in_pitch, to, last - first);
}

void nn_conv2d_mve_s8_row(const nn_conv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, const int32_t *bias,
                          const int32_t *multiplier, const int8_t *shift, int8_t *scratch, int8_t *out) {
  const int32_t channels = p->in_channels / p->groups, out_channels = p->out_channels / p->groups;
  strip_shape strip = shape_of(p, channels);
  const int32_t k = p->kernel_w * strip.column, most = strip_pixels(p, strip.column);
  for (int32_t g = 0; g < p->groups; g++, strip.first_channel += channels) {
    const int32_t o = g * out_channels;
    const nn_requantise_s8 to = {bias + o, multiplier + o, shift + o, p->out_zero, p->clamp_min, p->clamp_max};
    for (int32_t x = 0; x < p->out_width; x += most) {
      const int32_t pixels = p->out_width - x < most ? p->out_width - x : most;
      const nn_pixels_s8 in = {scratch, k, p->stride_w * strip.column, pixels, out + x * p->out_pitch + o, p->out_pitch};
      fill_strip(p, &strip, rows, x * p->stride_w - p->pad_left, (pixels - 1) * p->stride_w + p->kernel_w, scratch);
      nn_pixels_mve_s8(&to, &in, weights + o * k, out_channels);
    }
  }
}
