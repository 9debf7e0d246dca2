// Two small networks made by hand, for the tests of the reports.
#pragma once

#include "report/report.h"

namespace ew {

struct SampleNetwork {
  Program program;
  OriginalModel original;
};

// int8: input 1x8x8x1 -> conv2d (3x3, 4 channels, fused ReLU) -> reshape -> dense (10) -> softmax; inputs and outputs in the activations.
SampleNetwork sample_int8();

// float32: two inputs 1x12, each through a dense layer (the first with ReLU6 fused), then added; inputs and outputs of the user.
SampleNetwork sample_float();

ReportInput sample_input(const SampleNetwork& network, std::string command);

}  // namespace ew
