// Where the generated network and the original model part ways.
#pragma once

#include "drivers/runner.h"
#include "program/program.h"
#include "reference/reference.h"

#include <optional>
#include <string>
#include <vector>

namespace ew {

// How two tensors of the same values differ. Integers must be equal; uint8 and int8 are compared without their zero points.
// Real numbers may differ by 1e-5 times the largest reference value (docs/design.md: what "equal" means).
struct Difference {
  int64_t values = 0;                            // how many differ
  int64_t of = 0;
  int64_t first = -1;                            // index of the first that differs
  double largest = 0;                            // integer steps, or real numbers
  [[nodiscard]] bool any() const { return values > 0; }
};
Difference difference(const Tensor& r, const Tensor& p);

// What a c-node computed against what the original model's operator computed.
struct LayerComparison {
  int c_id = 0;
  std::string name;                              // "conv2d_3"
  std::string group;                             // of the streamed c-node it is a step of: "stream_0"; empty: it is a c-node
  std::string tensor;                            // the user's name of it
  int m_id = -1;
  Difference difference;
  double error = 0;                              // l2r for real numbers, rmse for integers
};

// One entry for each c-node output whose tensor the reference has by the same name and number of values, in order of execution.
std::vector<LayerComparison> compare_layers(const Program& program, const std::vector<NodeResult>& nodes, const std::vector<ReferenceLayer>& layers);

std::string difference_text(const LayerComparison& layer);  // "c-node 3 'conv2d_3' (m_id 3, tensor 'x'): 12 of 1600 values differ, ..."

}  // namespace ew
