#include "nn_binary_body.h"

#include <math.h>

NN_BINARY_F32(nn_floor_div_f32, floorf(x / y))
