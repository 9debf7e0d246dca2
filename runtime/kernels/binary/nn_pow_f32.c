#include "nn_binary_body.h"

#include <math.h>

NN_BINARY_F32(nn_pow_f32, powf(x, y))
