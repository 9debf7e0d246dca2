// "Exec/report summary", memory pools, generated files.
#include "base/table.h"
#include "base/text.h"
#include "report/join.h"
#include "report/report.h"

#include <algorithm>

namespace ew {
namespace {

constexpr size_t key_width = 19;

using Lines = std::vector<std::string>;

void add(Lines& lines, std::string_view key, std::string_view value) { lines.push_back(fmt::format("{}:   {}", pad_right(key, key_width), value)); }

Lines argument_lines(const ReportInput& in) {
  Lines lines;
  for (const std::string& file : in.model_files) add(lines, "model file", file);
  add(lines, "type", in.type);
  add(lines, "c_name", in.program->c_name);
  add(lines, "compression", in.compression);
  add(lines, "options", in.options);
  add(lines, "optimization", in.optimization);
  add(lines, "target/series", in.target);
  if (!in.memory_pool.empty()) add(lines, "memory pool", in.memory_pool);
  add(lines, "workspace dir", in.workspace);
  add(lines, "output dir", in.output);
  if (!in.vinput_files.empty()) add(lines, "vinput files", join(in.vinput_files, ", "));
  if (!in.voutput_files.empty()) add(lines, "voutput files", join(in.voutput_files, ", "));
  add(lines, "model_fmt", in.program->model.format);
  add(lines, "model_name", in.program->model.name);
  add(lines, "model_hash", in.program->model.hash);
  add(lines, "params #", fmt::format("{} items ({})", thousands(in.original->params), size_text(in.original->param_bytes)));
  return lines;
}

// "'obs', int8(1x11), 11 Bytes, QLinear(0.071320593,78,int8), activations"
std::string tensor_line(const Array& array, bool in_activations) {
  std::string text = fmt::format("'{}', {}, {}", array.value_name, shaped_text(array.type), tensor_size_text(array.bytes));
  if (const std::optional<Quant>& q = array.type.quant; q && !q->scale.empty())
    text += fmt::format(", QLinear({:.9f},{},{})", q->scale.front(), q->zero.empty() ? 0 : q->zero.front(), name(array.type.dtype));
  return text + (in_activations ? ", activations" : ", user");
}

void add_tensors(Lines& lines, const Program& program, const std::vector<int>& ids, std::string_view what, bool in_activations) {
  int64_t total = 0;
  for (size_t i = 0; i < ids.size(); ++i) {
    const Array& array = program.arrays[static_cast<size_t>(ids[i])];
    total += array.bytes;
    add(lines, fmt::format("{} {}/{}", what, i + 1, ids.size()), tensor_line(array, in_activations));
  }
  if (ids.size() > 1) add(lines, fmt::format("{}s (total)", what), tensor_size_text(total));
}

std::string segments_text(const Program& program, SegmentKind kind) {
  const size_t count = std::max<size_t>(1, program.of(kind).size());
  return fmt::format("({} segment{})", count, count == 1 ? "" : "s");
}

std::string weights_text(const ReportInput& in) {
  const int64_t weights = in.program->bytes(SegmentKind::weights);
  std::string text = fmt::format("{} {}", bytes_and_size_text(weights), segments_text(*in.program, SegmentKind::weights));
  if (const std::string gain = difference_text(4 * in.original->params, weights); !gain.empty()) text += " / " + gain + " vs float model";
  return text;
}

Lines metric_lines(const ReportInput& in) {
  const Program& program = *in.program;
  Lines lines;
  add_tensors(lines, program, program.inputs, "input", program.inputs_in_activations);
  add_tensors(lines, program, program.outputs, "output", program.outputs_in_activations);
  add(lines, "macc", thousands(in.original->macc));
  add(lines, "weights (ro)", weights_text(in));
  const int64_t activations = program.bytes(SegmentKind::activations);
  const bool footnote = program.inputs_in_activations || program.outputs_in_activations;
  add(lines, "activations (rw)",
      fmt::format("{} {}{}", bytes_and_size_text(activations), segments_text(program, SegmentKind::activations), footnote ? " *" : ""));
  const int64_t inputs = user_bytes(program, true), outputs = user_bytes(program, false);
  add(lines, "ram (total)", fmt::format("{} = {} + {} + {}", bytes_and_size_text(activations + inputs + outputs), thousands(activations),
                                        thousands(inputs), thousands(outputs)));
  return lines;
}

std::string footnote(const Program& program) {
  const bool in = program.inputs_in_activations, out = program.outputs_in_activations;
  if (!in && !out) return "";
  return fmt::format("(*) {} buffers are allocated in the activations buffer\n", in && out ? "'input'/'output'" : in ? "'input'" : "'output'");
}

}  // namespace

std::string header_block(const ReportInput& in) {
  return fmt::format("{}\n{}: {}\n{}: {}\n\n", in.version, pad_right("Created date", 22), in.created, pad_right("Parameters", 22), in.arguments);
}

std::string summary_block(const ReportInput& in) {
  const Lines arguments = argument_lines(in), metrics = metric_lines(in);
  const std::string title = fmt::format("Exec/report summary ({})", in.command);
  size_t width = characters(title);
  for (const Lines* lines : {&arguments, &metrics})
    for (const std::string& line : *lines) width = std::max(width, characters(line));
  const std::string dashes = std::string(width, '-') + "\n";
  const auto block = [&](const Lines& lines) {
    std::string text;
    for (const std::string& line : lines) text += pad_right(line, width) + "\n";
    return text;
  };
  return pad_right(title, width) + "\n" + dashes + block(arguments) + dashes + block(metrics) + dashes + footnote(*in.program) + "\n";
}

std::string memory_pools_block(const ReportInput& in) {
  if (in.memory_pool.empty()) return "";
  TextTable table({{"name"}, {"id"}, {"used"}, {"buffer#"}});
  int id = 0;
  for (size_t s = 0; s < in.program->segments.size(); ++s) {
    const Segment& segment = in.program->segments[s];
    if (segment.kind != SegmentKind::activations && segment.kind != SegmentKind::weights) continue;
    const auto buffers = std::ranges::count_if(in.program->arrays, [&](const Array& a) { return a.segment == static_cast<int>(s); });
    const std::string fallback = segment.kind == SegmentKind::weights ? "weights_array" : "heap_overlay_pool";
    table.row({segment.pool.empty() ? fallback : segment.pool, fmt::format("{}", id++), size_text(segment.bytes), fmt::format("{}", buffers)});
  }
  return " Memory-pools summary (activations/ domain)\n" + table.text(" ") + "\n";
}

std::string generated_files_block(const ReportInput& in) {
  if (in.generated_files.empty()) return "";
  size_t width = 0;
  for (const std::string& file : in.generated_files) width = std::max(width, characters(file));
  std::string text = fmt::format("Generated files ({})\n{}\n", in.generated_files.size(), std::string(width, '-'));
  for (const std::string& file : in.generated_files) text += file + "\n";
  return text + "\n";
}

}  // namespace ew
