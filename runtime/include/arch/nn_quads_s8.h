/* Products of four output channels, two pairs of nn_pairs_s8.h, with two columns: the body of int8 convolutions one pixel wide.
 *
 * All is as there, but words of weights of the two pairs take turns, `half` is 0, and outputs are affine for all four channels or for none.
 */
#ifndef NN_QUADS_S8_H
#define NN_QUADS_S8_H

#include "nn_pairs_s8.h"

#if NN_ARM_DSP && NN_ASSEMBLY
#include "nn_quads_s8_dsp.h"
#else

/* `quads` times four channels of two pixels, `pitch` apart (0: both are the same one). steps > 0. */
NN_INLINE void nn_multiply_quads_s8(const nn_pairs_s8 *p, const uint32_t *x, int32_t quads, int8_t *out, int32_t pitch) {
  const int8_t *w = p->weights;
  for (int32_t c = 0; c < 4 * quads; c += 4, w += 16 * p->steps)
    for (int32_t j = 0; j < 2; j++)
      for (int32_t k = 0; k < 4; k += 2) nn_multiply_pair_s8(p, c + k, w + 2 * k, 8, x + j, 2, out + j * pitch);
}

#endif

#endif
