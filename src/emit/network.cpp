#include "emit/network.h"

#include "base/error.h"
#include "emit/c_text.h"
#include "emit/calls.h"
#include "emit/instances.h"
#include "emit/kernel_headers.h"
#include "emit/tensors.h"

#include <fmt/format.h>

#include <set>

namespace ew {
namespace {

template <class T> std::vector<std::string> values(const Table& table) {
  std::vector<std::string> out;
  for (size_t at = 0; at + sizeof(T) <= table.data.size(); at += sizeof(T)) {
    T value;
    std::memcpy(&value, table.data.data() + at, sizeof(T));
    if constexpr (std::is_same_v<T, float>) out.push_back(float_literal(value));
    else out.push_back(integer_literal(value));
  }
  return out;
}

std::vector<std::string> values_of(const Table& table) {
  switch (table.dtype) {
    case DType::float32: return values<float>(table);
    case DType::int8: return values<int8_t>(table);
    case DType::boolean:
    case DType::uint8: return values<uint8_t>(table);
    case DType::float16: return values<uint16_t>(table);
    case DType::int16: return values<int16_t>(table);
    case DType::int32: return values<int32_t>(table);
    case DType::int64: return values<int64_t>(table);
  }
  throw internal_error("a table of an unknown element type");
}

std::string table_definition(const Table& table) {
  const std::vector<std::string> items = values_of(table);
  if (items.empty()) throw internal_error(fmt::format("table '{}' is empty", table.name));
  const size_t per_line = byte_size(table.dtype) == 1 ? 24 : table.dtype == DType::float32 ? 8 : 12;
  return fmt::format("static const {} {}[{}] = {{\n{}}};\n", c_type(table.dtype), table.name, items.size(), lines_of(items, per_line));
}

std::string field_value(const Field& field) {
  struct Printer {
    std::string operator()(int64_t v) const { return integer_literal(v); }
    std::string operator()(float v) const { return float_literal(v); }
    std::string operator()(const EnumRef& v) const { return v.constant; }
    std::string operator()(const std::vector<int64_t>& v) const {
      std::vector<std::string> items;
      for (const int64_t n : v) items.push_back(integer_literal(n));
      return fmt::format("{{{}}}", items.empty() ? "0" : joined(items));
    }
  };
  return std::visit(Printer{}, field.value);
}

std::string params_definition(const Params& params, const std::string& name) {
  std::vector<std::string> fields;
  for (const Field& field : params.fields) fields.push_back(fmt::format(".{} = {}", field.name, field_value(field)));
  return fmt::format("static const {} {} = {{\n{}}};\n", params.type, name, lines_of(fields, 4));
}

std::string array_lines(const Program& program, std::string_view word, const std::vector<int>& ids) {
  std::string out;
  for (const int id : ids) {
    const Array& array = program.arrays.at(static_cast<size_t>(id));
    out += fmt::format(" *   {:<8}{}[{}]  {}", word, name(array.type.dtype), text(array.type.shape), plain(array.name));
    if (!array.value_name.empty() && array.value_name != array.name) out += fmt::format("  \"{}\"", plain(array.value_name));
    if (array.removed) out += fmt::format("  {} channels removed", text(*array.removed));
    out += '\n';
  }
  return out;
}

std::string_view plural(int64_t count) { return count == 1 ? "" : "s"; }

// The layers of a streamed group, and how much of each intermediate is kept.
std::string steps_lines(const Program& program, const CNode& node) {
  std::string out = " *   One row at a time; an intermediate keeps only the rows that are still to be read.\n";
  for (const CNode& step : node.steps) {
    out += fmt::format(" *   step    {}: {}", step.name, plain(step.type));
    if (!step.comment.empty()) out += fmt::format(", layer \"{}\"", plain(step.comment));
    for (const int id : step.outputs)
      if (const int64_t rows = program.arrays.at(static_cast<size_t>(id)).ring_rows; rows > 0 && !step.calls.empty())
        out += fmt::format("; ring of {} row{} of {}", rows, plural(rows), step.calls[0].out_rows);
    out += '\n';
  }
  return out;
}

std::string node_comment(const Program& program, const CNode& node) {
  std::vector<std::string> m_ids;
  for (const int id : node.m_ids) m_ids.push_back(std::to_string(id));
  std::string out = fmt::format("/* {}: {}, m_id [{}]", node.name, plain(node.type), joined(m_ids));
  if (!node.steps.empty()) return out + '\n' + steps_lines(program, node) + array_lines(program, "input", node.inputs) + array_lines(program, "output", node.outputs) + " */\n";
  if (!node.comment.empty()) out += fmt::format(", layer \"{}\"", plain(node.comment));
  out += '\n';
  out += array_lines(program, "input", node.inputs) + array_lines(program, "weights", node.weights) +
         array_lines(program, "scratch", node.scratch) + array_lines(program, "output", node.outputs);
  return out + " */\n";
}

void check_names(const Program& program) {
  const auto check = [](std::string_view text) {
    if (!is_c_identifier(text)) throw internal_error(fmt::format("'{}' is no C identifier", plain(text)));
  };
  check(program.c_name);
  for (const Table& table : program.tables) check(table.name);
  for (const CNode& node : program.nodes) {
    check(node.name);
    for (const CNode& step : node.steps) check(step.name);
  }
  for (const Array& array : program.arrays) check(array.name);
}

}  // namespace

std::string kernel_includes(const Program& program) {
  std::set<std::string> headers;
  for (const CNode& node : program.nodes)
    for (const Call* call : calls_of(node)) headers.insert(call->instance ? instance_header(*call) : std::string(kernel_header(call->function)));
  std::string out;
  for (const std::string& header : headers) out += fmt::format("#include {}\n", header);
  return out;
}

bool needs_math(const Program& program) {
  const std::string body = network_body(program);
  return body.find("INFINITY") != std::string::npos || body.find("NAN") != std::string::npos;
}

std::string node_function(const Program& program, const CNode& node) {
  std::string out = node_comment(program, node);
  const auto define = [&](const CNode& of, const Call& call) {
    if (defines_params(program, of, call)) out += params_definition(*call.params, params_name(program, *call.params));
  };
  for (const Call& call : node.calls) define(node, call);
  for (const CNode& step : node.steps)
    for (const Call& call : step.calls) define(step, call);
  return out + instance_definitions(program, node) +
         fmt::format("static void {}_layer(const nn_buffers *net)\n{{\n{}}}\n", node.name, call_statements(program, node));
}

std::string network_body(const Program& program) {
  check_names(program);
  std::string out;
  if (!program.tables.empty()) out += "/* ---- Constants ---- */\n";
  for (const Table& table : program.tables) out += table_definition(table) + "\n";
  out += "/* ---- The c-nodes ---- */\n";
  for (const CNode& node : program.nodes) out += node_function(program, node) + "\n";
  out += "/* ---- The run over all of them ---- */\n";
  out += fmt::format("static void {}_run_nodes(const nn_buffers *net, const nn_listener *listener)\n{{\n", program.c_name);
  for (size_t i = 0; i < program.nodes.size(); ++i) {
    out += fmt::format("  nn_before(listener, {0});\n  {1}_layer(net);\n  nn_after(listener, {0});\n", i, program.nodes[i].name);
  }
  if (program.nodes.empty()) out += "  (void)net;\n  (void)listener;\n";
  return out + "}\n";
}

}  // namespace ew
