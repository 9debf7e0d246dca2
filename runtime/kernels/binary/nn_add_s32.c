#include "nn_binary_body.h"

NN_BINARY(nn_add_s32, int32_t, int32_t, (int32_t)((uint32_t)x + (uint32_t)y))
