// <name>_details.h of the st-ai API: every tensor and node, for tools that look inside.
#include "emit/c_text.h"
#include "emit/files.h"
#include "emit/tensors.h"

#include <fmt/format.h>

#include <map>
#include <set>

namespace ew {
namespace {

// The arrays that a client can look at as a c-node's input or output, in the order of their ids: their positions in `.tensors`.
std::map<int, size_t> tensor_positions(const Program& program) {
  std::set<int> ids(program.inputs.begin(), program.inputs.end());
  ids.insert(program.outputs.begin(), program.outputs.end());
  for (const CNode& node : program.nodes)
    for (const auto* list : {&node.inputs, &node.outputs})
      for (const int id : observable(program, *list)) ids.insert(id);
  std::map<int, size_t> positions;
  for (const int id : ids) positions.emplace(id, positions.size());
  return positions;
}

std::string flags_of(const Array& array) {
  std::string out = "STAI_FLAG_CHANNEL_LAST|STAI_FLAG_HAS_BATCH";
  if (array.input >= 0) out += "|STAI_FLAG_INPUTS";
  if (array.output >= 0) out += "|STAI_FLAG_OUTPUTS";
  return out;
}

std::string index_list(const Naming& n, const std::string& name, const std::vector<int>& ids, const std::map<int, size_t>& positions, std::string& arrays) {
  if (ids.empty()) return "{0, NULL}";
  std::vector<std::string> items;
  for (const int id : ids) items.push_back(std::to_string(positions.at(id)));
  const std::string variable = fmt::format("g_{}_{}", n.name, name);
  arrays += fmt::format("static const int32_t {}[{}] = {{{}}};\n", variable, ids.size(), joined(items));
  return fmt::format("{{{}, {}}}", ids.size(), variable);
}

}  // namespace

// Positional initialisers: the file is C++ too.
std::string stai_tensor_initialiser(const std::string& variable, const Array& array, const std::string& flags, const std::string& name,
                                    std::string& arrays) {
  const Shape shape = batch_first(array.type);
  arrays += fmt::format("static const int32_t {}_shape[{}] = {{{}}};\n", variable, shape.size(), fmt::join(shape, ", "));
  std::string scale = "{0, NULL}", zero = "{0, NULL}";
  if (array.type.quant && !array.type.quant->scale.empty()) {
    const Quant& quant = *array.type.quant;
    std::vector<std::string> scales;
    for (const float s : quant.scale) scales.push_back(float_literal(s));
    std::vector<int32_t> zeros = quant.zero;
    zeros.resize(scales.size(), 0);
    arrays += fmt::format("static const float {}_scale[{}] = {{{}}};\n", variable, scales.size(), joined(scales));
    arrays += fmt::format("static const int16_t {}_zero[{}] = {{{}}};\n", variable, scales.size(), fmt::join(zeros, ", "));
    scale = fmt::format("{{{}, {}_scale}}", scales.size(), variable);
    zero = fmt::format("{{{}, {}_zero}}", scales.size(), variable);
  }
  return fmt::format("{{{}, {}, {}, {{{}, {}_shape}}, {}, {}, {}}}", array.bytes, flags, stai_format(array.type.dtype), shape.size(), variable,
                     scale, zero, name);
}

GeneratedFile stai_details_h(const Naming& n) {
  const std::string file = n.name + "_details.h";
  const std::map<int, size_t> positions = tensor_positions(n.program);
  std::string arrays, tensors, nodes;
  for (const auto& [id, position] : positions) {
    const Array& array = n.program.arrays.at(static_cast<size_t>(id));
    const std::string initialiser = stai_tensor_initialiser(fmt::format("g_{}_t{}", n.name, position), array, flags_of(array), string_literal(array.name), arrays);
    tensors += fmt::format("  /* {} */ {},\n", position, initialiser);
  }
  for (size_t i = 0; i < n.program.nodes.size(); ++i) {
    const CNode& node = n.program.nodes[i];
    const std::string in = index_list(n, fmt::format("n{}_inputs", i), observable(n.program, node.inputs), positions, arrays);
    const std::string out = index_list(n, fmt::format("n{}_outputs", i), observable(n.program, node.outputs), positions, arrays);
    nodes += fmt::format("  /* {} */ {{{}, 0x{:x}, {}, {}}},\n", node.name, node.m_ids.empty() ? -1 : node.m_ids.front(), node.type_number, in, out);
  }
  return {file, file_banner(file, n.datetime, "Every tensor and node of the network; included once, by " + n.name + ".c") +
                    expand(R"(#ifndef STAI_@NAME@_DETAILS_H
#define STAI_@NAME@_DETAILS_H

#include "stai.h"

@arrays@
static const stai_tensor g_@name@_tensors[@n_tensors@] = {
@tensors@};

static const stai_node_details g_@name@_nodes[@n_nodes@] = {
@nodes@};

extern const stai_network_details g_@name@_details;
const stai_network_details g_@name@_details = {g_@name@_tensors, g_@name@_nodes, @n_nodes@};

#endif
)",
                           {{"name", n.name},
                            {"NAME", n.upper},
                            {"arrays", arrays},
                            {"tensors", tensors},
                            {"nodes", nodes},
                            {"n_tensors", std::to_string(positions.size())},
                            {"n_nodes", std::to_string(n.program.nodes.size())}})};
}

}  // namespace ew
