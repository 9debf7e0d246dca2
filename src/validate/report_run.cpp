#include "validate/report_run.h"

#include "base/text.h"
#include "validate/metrics.h"
#include "validate/plain_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ew {
namespace {

constexpr size_t block_width = 100;
const std::string rule = std::string(block_width, '-') + "\n";

std::string line(std::string_view key, std::string_view value) { return fmt::format("{:<20}:   {}\n", key, value); }

std::string short_dtype(DType dtype) {
  switch (dtype) {
    case DType::float32: return "f32";
    case DType::float16: return "f16";
    case DType::int8: return "i8";
    case DType::uint8: return "u8";
    case DType::int16: return "i16";
    case DType::int32: return "i32";
    case DType::int64: return "i64";
    case DType::boolean: return "bool";
  }
  return "";
}

std::string tensor_line(std::string_view side, size_t index, size_t count, const TensorInfo& info) {
  const bool real = info.type.dtype == DType::float32;
  std::string text = fmt::format("{}[{}], {}", real ? "f32" : std::string(name(info.type.dtype)), fmt::join(info.type.shape, ","),
                                 tensor_size_text(bytes(info.type)));
  if (info.type.quant && !info.type.quant->scale.empty()) {
    text += fmt::format(", QLinear({:.9f},{},{})", info.type.quant->scale[0], info.type.quant->zero.empty() ? 0 : info.type.quant->zero[0],
                        name(info.type.dtype));
  }
  return line(fmt::format("{}[{}/{}] '{}'", side, index + 1, count, info.name), text + (info.in_activations ? ", activations" : ", user"));
}

struct Spread {
  double mean = 0, min = 0, max = 0, std = 0;
};

template <class T> Spread spread(const std::vector<T>& values) {
  Spread out;
  if (values.empty()) return out;
  out.mean = mean(values);
  out.min = static_cast<double>(*std::ranges::min_element(values));
  out.max = static_cast<double>(*std::ranges::max_element(values));
  for (const T value : values) out.std += (static_cast<double>(value) - out.mean) * (static_cast<double>(value) - out.mean);
  out.std = std::sqrt(out.std / static_cast<double>(values.size()));
  return out;
}

std::string count_text(double count) { return thousands(static_cast<int64_t>(std::llround(count))); }

// The words for what a board counted. A virtual board counts instructions and has no time.
std::string per_macc_word(Unit unit) { return unit == Unit::cycles ? "cycles/MACC" : "instructions/MACC"; }

struct NodeShare {
  double total = 0, nodes = 0;                   // milliseconds, or counts where there is no time
};

double share_of(const Measurement& measured, bool has_time) { return has_time ? mean(measured.milliseconds) : mean(measured.counts); }

NodeShare shares(const RunResult& result, bool has_time) {
  NodeShare out;
  out.total = share_of(result.whole, has_time);
  for (const NodeResult& node : result.nodes) out.nodes += share_of(node.measured, has_time);
  return out;
}

std::string node_table(const RunResult& result) {
  const bool has_time = !result.whole.milliseconds.empty(), has_counts = !result.whole.counts.empty();
  std::vector<PlainColumn> columns = {{"c_id"}, {"m_id"}, {"type"}};
  if (has_time) columns.push_back({"dur (ms)", true});
  columns.insert(columns.end(), {{"%", true}, {"cumul", true}});
  if (has_counts) columns.push_back({std::string(name(result.unit)), true});
  columns.push_back({"name"});
  PlainTable table(columns);
  const NodeShare all = shares(result, has_time);
  const double total = std::max(all.total, all.nodes);
  const auto row = [&](std::vector<std::string> head, double part, double cumulated, const std::string& count, const std::string& last) {
    if (has_time) head.push_back(fmt::format("{:.3f}", part));
    head.insert(head.end(), {percent_text(part, total), percent_text(cumulated, total)});
    if (has_counts) head.push_back(count);
    head.push_back(last);
    table.row(head);
  };
  double cumulated = 0;
  for (const NodeResult& node : result.nodes) {
    const double part = share_of(node.measured, has_time);
    cumulated += part;
    row({std::to_string(node.c_id), node.m_id < 0 ? "n/a" : std::to_string(node.m_id), fmt::format("{} (0x{:x})", node.type_name, node.layer_type)}, part,
        cumulated, "[ " + count_text(mean(node.measured.counts)) + " ]", node.name);
  }
  table.rule();
  row({"n/a", "n/a", "Inter-nodal"}, total - all.nodes, total, has_time ? "n/a" : "[ " + count_text(total - all.nodes) + " ]", "n/a");
  table.rule();
  std::vector<std::string> last = {"total", "", ""};
  if (has_time) last.push_back(fmt::format("{:.3f}", total));
  last.insert(last.end(), {"", ""});
  if (has_counts) last.push_back("[ " + count_text(mean(result.whole.counts)) + " ]");
  table.row(last);
  return "Inference time per node\n" + table.text();
}

void statistics_row(PlainTable& table, const std::string& label, int64_t samples, const Tensor& tensor, const TensorInfo& info) {
  const Statistics s = statistics(tensor);
  const bool real = tensor.type.dtype == DType::float32 || tensor.type.dtype == DType::float16;
  const auto end = [&](double value) { return real ? fmt::format("{:.3f}", value) : fmt::format("{:.0f}", value); };
  table.row({label, std::to_string(samples),
             fmt::format("{}[{}]:{}", short_dtype(info.type.dtype), fmt::join(info.type.shape, ","), bytes(info.type)), end(s.min), end(s.max),
             fmt::format("{:.3f}", s.mean), fmt::format("{:.3f}", s.std), info.name});
}

}  // namespace

std::string running_text(const RunReport& run) {
  return fmt::format(" Running the ST.AI c-model (AI RUNNER)...(name={}, mode={})\n\n {} ['{}']\n\n", run.c_name, run.target ? "TARGET" : "HOST",
                     run.model->protocol, run.model->name);
}

std::string device_text(const RunReport& run) {
  const ModelDescription& m = *run.model;
  std::string out = fmt::format("Summary '{}' - ['{}']\n{}", m.name, run.c_name, rule);
  for (size_t i = 0; i < m.inputs.size(); ++i) out += tensor_line("I", i, m.inputs.size(), m.inputs[i]);
  for (size_t i = 0; i < m.outputs.size(); ++i) out += tensor_line("O", i, m.outputs.size(), m.outputs[i]);
  out += line("n_nodes", std::to_string(m.nodes));
  out += line("activations", fmt::format("{}", fmt::join(m.activations, ", ")));
  out += line("weights", fmt::format("{}", fmt::join(m.weights, ", ")));
  if (m.macc) out += line("macc", std::to_string(*m.macc));
  if (!m.hash.empty()) out += line("hash", m.hash);
  out += line("compile_datetime", m.compile_datetime) + rule;
  out += line("protocol", m.protocol) + line("tools", m.tools) + line("runtime lib", m.runtime_library);
  out += line("capabilities", fmt::format("{}", fmt::join(m.capabilities, ", ")));
  out += line("device.desc", m.device.text);
  if (!m.device.attributes.empty()) out += line("device.attrs", fmt::format("{}", fmt::join(m.device.attributes, ",")));
  for (const std::string& extra : m.device.extra) out += line("device.config", extra);
  out += rule;
  if (!run.target) {
    out += "NOTE: The duration and execution time per layer are just indications. They depend on the host machine's workload.\n";
  }
  return out + "\n";
}

std::string profile_text(const RunReport& run) {
  const RunResult& result = *run.result;
  const bool has_time = !result.whole.milliseconds.empty();
  std::string out = fmt::format("ST.AI Profiling results v2.0 - \"{}\"\n{}", run.c_name, rule);
  out += line("nb sample(s)", std::to_string(run.samples));
  if (has_time) {
    const Spread s = spread(result.whole.milliseconds);
    out += line("duration", fmt::format("{:.3f} ms by sample ({:.3f}/{:.3f}/{:.3f})", s.mean, s.min, s.max, s.std));
  }
  const int64_t macc = run.model->macc.value_or(0);
  if (run.model->macc) out += line("macc", std::to_string(macc));
  if (!result.whole.counts.empty()) {
    const Spread s = spread(result.whole.counts);
    if (macc > 0) out += line(per_macc_word(result.unit), fmt::format("{:.2f}", s.mean / static_cast<double>(macc)));
    out += line(name(result.unit), fmt::format("[{}]", count_text(s.mean)));
    if (!has_time && s.max > s.min) out += line("", fmt::format("by sample ({}/{}/{})", count_text(s.min), count_text(s.max), count_text(s.std)));
  }
  if (result.stack_used >= 0) out += line("used stack/heap", fmt::format("{}/{} bytes", result.stack_used, std::max<int64_t>(result.heap_used, 0)));
  out += rule;
  if (!run.target && run.nodes) {
    out += line("HOST duration", fmt::format("{:.3f} s (total)", result.host_seconds)) + line("used mode", "Mode.PER_LAYER") +
           line("number of c-node", std::to_string(run.model->nodes)) + rule;
  }
  if (run.nodes && !result.nodes.empty()) out += "\n" + node_table(result);
  return out + "\n";
}

std::string statistics_text(const RunReport& run) {
  PlainTable table({{"tensor"}, {"#"}, {"type[shape]:size"}, {"min", true}, {"max", true}, {"mean", true}, {"std", true}, {"name"}});
  for (size_t i = 0; i < run.inputs.size(); ++i) {
    statistics_row(table, fmt::format("I.{}", i), run.samples, run.inputs[i], run.model->inputs[i]);
  }
  for (size_t i = 0; i < run.outputs.size(); ++i) {
    statistics_row(table, fmt::format("O.{}", i), run.samples, run.outputs[i], run.model->outputs[i]);
  }
  return "Statistic per tensor\n" + table.text() + "\n";
}

}  // namespace ew
