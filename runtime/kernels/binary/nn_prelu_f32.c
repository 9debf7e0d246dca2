#include "nn_binary_body.h"

NN_BINARY(nn_prelu_f32, float, float, x >= 0.0f ? x : x * y)
