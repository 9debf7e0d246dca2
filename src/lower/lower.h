// Graph -> Program: picks a kernel for every node and describes its calls. Addresses come later (plan).
#pragma once

#include "ops/op.h"
#include "program/program.h"

namespace ew {

struct LowerOptions {
  std::string c_name = "network";
  bool inputs_in_activations = true, outputs_in_activations = true;
  int64_t input_alignment = 4, output_alignment = 4;   // bytes
  bool split_weights = false;
  std::vector<std::string>* log = nullptr;             // which kernel was chosen and why (-v 3)
};

// Throws not_implemented naming the node and the rule when no kernel takes a node.
Program lower(const Graph& graph, const Target& target, const ModelInfo& model, const LowerOptions& options);

// The kernel whose rules hold and whose cost is least; null when there is none, and then `why` says which rule failed.
const Kernel* choose_kernel(const Node& node, const Target& target, std::string* why = nullptr, double share = 1);

// Whether every layer has a kernel.
bool can_lower(const Graph& graph, const Target& target);

}  // namespace ew
