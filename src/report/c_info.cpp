#include "report/c_info.h"

#include "base/text.h"
#include "report/c_info_memory.h"

#include <algorithm>
#include <cmath>

namespace ew {

using nlohmann::json;

namespace {

json exec_time(const ExecTime& time) {
  return {{"duration_ms", time.duration_ms}, {"cycles", time.cycles}, {"cycles_by_macc", time.cycles_by_macc}, {"percentage", time.percentage},
          {"counters", time.counters}};
}

json files(const std::vector<SignedFile>& list) {
  json array = json::array();
  for (const SignedFile& file : list) array.push_back({{"name", file.name}, {"signature", file.signature}});
  return array;
}

json environment(const CInfoInput& in) {
  const ReportInput& report = *in.report;
  const ModelInfo& model = report.program->model;
  constexpr std::string_view product = "ST Edge AI Core v";
  std::vector<SignedFile> models;
  for (const std::string& file : report.model_files) models.push_back({file, model.hash});
  const json tool = {{"name", "ST.EdgeAI.Core"},
                     {"version", report.version.starts_with(product) ? report.version.substr(product.size()) : report.version},
                     {"arguments", report.arguments},
                     {"environment", json::array()},
                     {"input_model",
                      {{"name", model.name},
                       {"type", report.type},
                       {"n_params", report.original->params},
                       {"size", report.program->bytes(SegmentKind::weights)},
                       {"model_files", files(models)}}}};
  json result = {{"generated_model",
                  {{"name", report.program->c_name}, {"generated_time", report.program->datetime}, {"model_files", files(in.generated_files)}}},
                 {"network_signature", fmt::format("0x{:016x}", in.network_signature)},
                 {"test_name", ""},
                 {"tools", json::array({tool})}};
  if (in.validation) {
    result["device"] = in.validation->device;
    result["target"] = report.target;
  }
  return result;
}

json data_format(const Type& type) {
  const bool real = type.dtype == DType::float32 || type.dtype == DType::float16;
  json scale = json::array(), zero = json::array();
  if (type.quant) {
    scale = type.quant->scale;
    zero = type.quant->zero;
  }
  const bool is_unsigned = type.dtype == DType::uint8;
  return {{"type", real ? "FLOAT" : type.dtype == DType::boolean ? "BOOL" : is_unsigned ? "UNSIGNED" : "SIGNED"},
          {"quantizer", type.quant ? "UNIFORM" : "NONE"},
          {"size", 8 * byte_size(type.dtype)},
          {"scale", scale},
          {"zero", zero}};
}

json originals(const Program& program, const std::vector<int>& ids) {
  json result = json::array();
  for (const int id : ids) {
    const Array& array = program.arrays[static_cast<size_t>(id)];
    result.push_back({{"name", array.value_name},
                      {"shape", array.type.shape},
                      {"shape_map", shape_map(array.type, false, true)},
                      {"c_shape_map", shape_map(array.type, false, true)},
                      {"data_format", data_format(array.type)}});
  }
  return result;
}

// The layers of a streamed group are nodes inside it: row y of each is computed in turn `delay` + y * `period` of the group's loop.
json node_of(const CNode& c, size_t id) {
  std::vector<int> inputs = c.inputs;
  inputs.insert(inputs.end(), c.weights.begin(), c.weights.end());
  std::vector<std::string> functions, originals;
  for (const Call* call : calls_of(c))
    if (std::ranges::find(functions, call->function) == functions.end()) functions.push_back(call->function);
  for (const int m_id : c.m_ids) originals.push_back(fmt::format("{}", m_id));
  json attributes = json::object(), steps = json::array();
  for (const auto& [key, value] : c.attributes) attributes[key] = value;
  for (size_t i = 0; i < c.steps.size(); ++i) {
    json& step = steps.emplace_back(node_of(c.steps[i], i));
    if (c.steps[i].calls.empty()) continue;      // its copies became views
    const Call& call = c.steps[i].calls[0];
    step["rows"] = call.out_rows;
    step["delay"] = call.delay;
    step["period"] = call.period;
  }
  json result = {{"id", id},            {"name", c.name},       {"description", c.type}, {"macc", c.macc},         {"mapping", "NODE_SW"},
          {"inputs", inputs},    {"outputs", c.outputs}, {"scratchs", c.scratch}, {"original_nodes", originals}, {"subgraph_nodes", steps},
          {"sw_functions", functions}, {"attributes", attributes}};
  if (!c.steps.empty()) result["ticks"] = c.ticks;
  return result;
}

json node(const CInfoInput& in, size_t index) {
  json result = node_of(in.report->program->nodes[index], index);
  if (in.validation && index < in.validation->node_times.size()) result["exec_time"] = exec_time(in.validation->node_times[index]);
  return result;
}

// One edge for each use of a c-node's output by a later c-node.
json edges(const Program& program) {
  struct Port { size_t node, port; };
  std::vector<std::optional<Port>> made(program.arrays.size());
  json result = json::array();
  for (size_t n = 0; n < program.nodes.size(); ++n) {
    const CNode& c = program.nodes[n];
    for (size_t port = 0; port < c.inputs.size(); ++port) {
      const int buffer = c.inputs[port];
      const std::optional<Port>& start = made[static_cast<size_t>(buffer)];
      if (!start) continue;
      result.push_back({{"id", result.size()},
                        {"name", fmt::format("n{}-p{}_n{}-p{}", start->node, start->port, n, port)},
                        {"buffer", buffer},
                        {"edge_kind", "EDGE_MEMORY"},
                        {"start", {{"node_id", start->node}, {"port", start->port}}},
                        {"end", {{"node_id", n}, {"port", port}}}});
    }
    for (size_t port = 0; port < c.outputs.size(); ++port) made[static_cast<size_t>(c.outputs[port])] = Port{n, port};
  }
  return result;
}

json graph(const CInfoInput& in) {
  const Program& program = *in.report->program;
  json nodes = json::array();
  for (size_t i = 0; i < program.nodes.size(); ++i) nodes.push_back(node(in, i));
  json result = {{"id", 0},
                 {"name", program.model.name},
                 {"inputs", program.inputs},
                 {"outputs", program.outputs},
                 {"original_inputs", originals(program, program.inputs)},
                 {"original_outputs", originals(program, program.outputs)},
                 {"nodes", nodes},
                 {"edges", edges(program)}};
  if (in.validation && in.validation->graph_time) result["exec_time"] = exec_time(*in.validation->graph_time);
  return result;
}

json footprint(const ReportInput& report) {
  const Program& program = *report.program;
  json result = {{"activations", program.bytes(SegmentKind::activations)}, {"weights", program.bytes(SegmentKind::weights)}};
  json io = json::array();
  for (const auto* ids : {&program.inputs, &program.outputs}) {
    int64_t sum = 0;
    for (const int id : *ids) sum += program.arrays[static_cast<size_t>(id)].bytes;
    io.push_back(sum);
  }
  result["io"] = io;
  const bool measured = report.runtime && report.runtime->missing.empty();
  const SectionSizes total = measured ? report.runtime->total() : SectionSizes{}, tool = measured ? report.runtime->toolchain : SectionSizes{};
  const auto number = [&](int64_t value) { return measured ? json(value) : json(nullptr); };
  result["kernel_flash"] = number(total.flash());
  result["kernel_ram"] = number(total.ram());
  result["toolchain_flash"] = number(tool.flash());
  result["toolchain_ram"] = number(tool.ram());
  result["toolchain"] = measured ? json(report.runtime->compiler) : json(nullptr);
  result["series"] = measured ? report.target : "generic";
  return result;
}

// JSON has no infinities: they become null.
json number(double value) { return std::isfinite(value) ? json(value) : json(nullptr); }

json validation(const ValidationEntry& entry) {
  json metrics = json::array();
  for (const MetricsEntry& m : entry.val_metrics)
    metrics.push_back({{"desc", m.desc},
                       {"acc", m.acc ? fmt::format("{:.1f}%", 100 * *m.acc) : "n.a."},
                       {"rmse", number(m.rmse)},
                       {"mae", number(m.mae)},
                       {"l2r", number(m.l2r)},
                       {"mean", number(m.mean)},
                       {"std", number(m.std)},
                       {"nse", number(m.nse)},
                       {"cos", number(m.cos)}});
  return {{"device", entry.device}, {"val_error", number(entry.val_error)}, {"val_error_desc", entry.val_error_desc}, {"val_metrics", metrics}};
}

}  // namespace

std::string c_info(const CInfoInput& in) {
  CInfoMemory memory = c_info_memory(*in.report->program);
  json result = {{"json_schema_version", "2.0"},
                 {"environment", environment(in)},
                 {"graphs", json::array({graph(in)})},
                 {"buffers", std::move(memory.buffers)},
                 {"memory_pools", std::move(memory.pools)},
                 {"memory_footprint", footprint(*in.report)}};
  if (in.validation) result["validation"] = validation(*in.validation);
  // Names come from the user's model file: bytes that are no UTF-8 are replaced, never refused.
  return result.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace ew
