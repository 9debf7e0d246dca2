#include "nn_binary_body.h"

NN_BINARY_F32(nn_squared_difference_f32, (x - y) * (x - y))
