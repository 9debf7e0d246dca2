/* The body of the 3x3 depthwise convolutions for Cortex-M4, M7 and M33.
 *
 * The output row is cut into strips of up to six pixels. Of a strip, four channels at a time, the pixels are first written to the stack as
 * pairs of halfwords: of the upper two rows those above each other, of the third row two neighbouring columns. Then every output takes
 * five multiplications of pairs.
 */
#ifndef NN_DWCONV2D_3X3_DSP_S8_H
#define NN_DWCONV2D_3X3_DSP_S8_H

#include "nn_dwconv2d.h"

#include "arch/nn_output_s8.h"

/* Pixels of a strip: for two columns 2k, 2k + 1 first the upper pairs of both, then the pair of the third row; each of four channels. */
#define NN_DW_PAIR_WORDS 12
#define NN_DW_PIXEL_WORDS(n, stride) (((n) * (stride) - (stride) + 4) / 2 * NN_DW_PAIR_WORDS)

/* Hides from the compiler where a value comes from. */
#if NN_ARM_DSP
#define NN_FORGET(value) __asm("" : "+r"(value))
#else
#define NN_FORGET(value) (void)(value)
#endif

/* Where the outputs of a strip go. */
typedef struct {
  nn_output_s8 to;
  int8_t *out;
  int32_t pitch;
} nn_dw_outputs;

#if NN_ARM_DSP && NN_ASSEMBLY
#include "nn_dwconv2d_3x3_asm_s8.h"
#else

/* n outputs of channels c to c + 3; n (3, 5, 6), stride and affine are compile-time constants. Weights packed as nn_dwconv2d.h says. */
NN_INLINE void nn_dw_four_channels(const nn_dw_outputs *o, const uint32_t *pixels, const int8_t *w, int32_t c, int32_t n, int32_t stride,
                                   int affine) {
  for (int32_t k = 0; k < 4; k++, c++, pixels++, w += 9) {
    const uint32_t a = nn_load_s8x4(w), b = nn_load_s8x4(w + 4);
    const uint32_t u0 = nn_sxtb16(a), u1 = nn_sxtb16_ror8(a), u2 = nn_sxtb16(b), h12 = nn_sxtb16_ror8(b);
    const uint32_t h01 = nn_pack_low((uint32_t)(int32_t)w[8], h12);
    for (int32_t i = 0; i < n; i++) {
      uint32_t upper[3];
      for (int32_t j = 0; j < 3; j++) {
        const int32_t column = i * stride + j;
        upper[j] = pixels[column / 2 * NN_DW_PAIR_WORDS + column % 2 * 4];
      }
      int32_t sum = nn_smlad(upper[2], u2, nn_smlad(upper[1], u1, nn_smlad(upper[0], u0, o->to.bias[c])));
      const uint32_t *const third = pixels + i * stride / 2 * NN_DW_PAIR_WORDS + 8;
      if (i * stride % 2 == 0)
        sum = nn_smlabt(third[NN_DW_PAIR_WORDS], h12, nn_smlad(third[0], h01, sum));
      else
        sum = nn_smlad(third[NN_DW_PAIR_WORDS], h12, nn_smlatb(third[0], h01, sum));
      o->out[i * o->pitch + c] = affine ? nn_affine_s8(sum, o->to.multiplier[c], o->to.offset[c]) : nn_finish_s8(&o->to, sum, c);
    }
  }
}

#endif

typedef struct {
  const nn_dwconv2d_s8_params *p;
  const int8_t *row;             /* the first column inside the image, first row */
  uintptr_t second, third;       /* from there to the other rows */
  int32_t outside_left;          /* the first column is outside */
  int32_t pairs, single;         /* behind a first pair with a column outside: pairs inside the image; a last one that is half inside */
  int32_t columns;               /* inside the image */
  const int8_t *weights;
  nn_dw_outputs outputs;
} nn_dw_strip;

/* Writes the pixels of channels c to c + 3 that are not wholly outside. One copy serves all strips, with registers of its own. */
void nn_dw_pixels(const nn_dw_strip *s, int32_t c, uint32_t zeros, uint32_t *to);

/* n output pixels of all channels. */
NN_INLINE void nn_dw_strip_of(const nn_dw_strip *s, int32_t n, int32_t stride, int affine, uint32_t *pixels) {
  const int32_t last = s->p->in_channels - 4; /* the last four channels begin here: some may be computed twice */
  const uint32_t zeros = (uint8_t)s->p->in_zero * 0x01010101u;
  const nn_dw_outputs outputs = s->outputs;
  if (s->columns < (n - 1) * stride + 3)
    for (int32_t i = 0; i < NN_DW_PIXEL_WORDS(n, stride); i++) pixels[i] = nn_sxtb16(zeros);
  for (int32_t c = 0;; c += 4) {
    c = c < last ? c : last;
    NN_FORGET(c); /* otherwise gcc makes two copies of what follows */
    nn_dw_pixels(s, c, zeros, pixels);
    nn_dw_four_channels(&outputs, pixels, s->weights + 9 * c, c, n, stride, affine);
    if (c == last) break;
  }
}

/* A strip of N pixels as a function. */
#define NN_DW_STRIP(name, N, STRIDE, AFFINE)                     \
  static __attribute__((noinline)) void name(const nn_dw_strip *s) { \
    uint32_t pixels[NN_DW_PIXEL_WORDS(N, STRIDE)];             \
    nn_dw_strip_of(s, N, STRIDE, AFFINE, pixels);                \
  }

typedef void nn_dw_strip_function(const nn_dw_strip *s);

/* A kernel: its horizontal stride and strips. of_5 may be NULL. */
typedef struct {
  int32_t stride;
  nn_dw_strip_function *of_3, *of_5, *of_6;
} nn_dw_kernel;

/* A row of outputs; s: weights and outputs, the rest is still to be set. The last strip goes back over pixels already computed where the rest is
 * narrower than the strips are. */
void nn_dw_row(const nn_dw_kernel *kernel, const nn_dwconv2d_s8_params *p, const int8_t *const rows[], nn_dw_strip *s, int8_t *out);

/* The kernel itself. */
NN_INLINE void nn_dw_run(const nn_dw_kernel *kernel, const nn_dwconv2d_s8_params *p, const int8_t *const rows[], const int8_t *weights, nn_output_s8 to,
                         int8_t *out) {
  nn_dw_strip s;
  s.weights = weights;
  s.outputs.to = to;
  nn_dw_row(kernel, p, rows, &s, out);
}

#endif
