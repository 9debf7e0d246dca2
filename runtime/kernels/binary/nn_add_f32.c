#include "nn_binary_body.h"

NN_BINARY_F32(nn_add_f32, x + y)
