#include "nn_binary_body.h"

NN_BINARY_F32(nn_sub_f32, x - y)
