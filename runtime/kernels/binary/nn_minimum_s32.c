#include "nn_binary_body.h"

NN_BINARY(nn_minimum_s32, int32_t, int32_t, x < y ? x : y)
