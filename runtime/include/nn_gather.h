/* Picking slices by index. */
#ifndef NN_GATHER_H
#define NN_GATHER_H

#include "nn_types.h"

NN_BEGIN

/* out[o][i] = in[o][indices[i]], slices of `inner` bytes; in is [outer][axis], out [outer][count].
 * An index outside [0, axis) is moved to the nearest valid one, so that no memory beyond `in` is read. */
typedef struct {
  int32_t outer;
  int32_t axis;
  int32_t count;
  int32_t inner;
} nn_gather_params;

void nn_gather(const nn_gather_params *p, const uint8_t *in, const int32_t *indices, uint8_t *out);

NN_END

#endif
