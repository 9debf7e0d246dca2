#include "nn_binary_body.h"

NN_BINARY(nn_maximum_s8, int8_t, int8_t, x > y ? x : y)
