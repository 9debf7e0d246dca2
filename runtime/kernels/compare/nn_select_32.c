#include "nn_compare.h"

#include <string.h>

void nn_select_32(const nn_select_params *p, const uint8_t *condition, const uint32_t *a, const uint32_t *b, uint32_t *out) {
  int32_t index[NN_MAX_DIMS] = {0};
  int32_t d;
  do {
    memcpy(out++, *condition != 0 ? a : b, sizeof(*out));   /* the elements may be float */
    for (d = p->rank - 1; d >= 0; --d) {
      condition += p->condition_stride[d];
      a += p->a_stride[d];
      b += p->b_stride[d];
      if (++index[d] < p->size[d]) break;
      condition -= p->condition_stride[d] * p->size[d];
      a -= p->a_stride[d] * p->size[d];
      b -= p->b_stride[d] * p->size[d];
      index[d] = 0;
    }
  } while (d >= 0);
}
