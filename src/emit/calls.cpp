#include "emit/calls.h"

#include "base/error.h"
#include "emit/c_text.h"
#include "emit/instances.h"
#include "emit/tensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace ew {
namespace {

// The pointers a function works with, each a local constant at its top.
class Locals {
 public:
  Locals(const Program& program) : program_(program) {}

  // The name of a pointer of type `ctype *` to byte `offset` of the array.
  std::string pointer(int id, const std::string& ctype, int64_t offset) {
    const Array& array = program_.arrays.at(static_cast<size_t>(id));
    const std::string type = ctype.empty() ? "uint8_t" : ctype;
    const bool is_const = type.starts_with("const ");
    Address address = address_of(program_, array);
    if (!is_const && (address.kind == SegmentKind::input || address.kind == SegmentKind::weights))
      throw internal_error(fmt::format("c-array '{}' is written through, but may not be", array.name));
    address.offset += offset;
    const std::string place = fmt::format("net->{}{}", slot(address), address.offset == 0 ? "" : fmt::format(" + {}", address.offset));
    const auto key = std::make_pair(type, place);
    if (const auto found = names_.find(key); found != names_.end()) return found->second;
    std::string name = array.name + "_array";
    for (int n = 2; !used_.insert(name).second; ++n) name = fmt::format("{}_array_{}", array.name, n);
    names_[key] = name;
    const bool bytes = type == "uint8_t" || type == "const uint8_t";
    const std::string value = bytes ? place : fmt::format("({} *)({})", type, place);
    text_ += fmt::format("  {} *const {} = {};\n", type, name, value);
    return name;
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  const Program& program_;
  std::map<std::pair<std::string, std::string>, std::string> names_;
  std::set<std::string> used_;
  std::string text_;
};

// "2 * y + k - 1"
std::string row_expression(const RowWindow& window, bool with_k) {
  std::string out = window.stride == 1 ? "y" : fmt::format("{} * y", window.stride);
  if (with_k) out += window.dilation == 1 ? " + k" : fmt::format(" + {} * k", window.dilation);
  if (window.first > 0) out += fmt::format(" + {}", window.first);
  if (window.first < 0) out += fmt::format(" - {}", -window.first);
  return out;
}

bool always_inside(const RowWindow& window, int64_t out_rows) {
  return window.first >= 0 && (out_rows - 1) * window.stride + window.first + (window.kernel - 1) * window.dilation < window.height;
}

// The statements of one call.
class CallPrinter {
 public:
  CallPrinter(const Program& program, const CNode& node, size_t index, Locals& locals)
      : program_(program), node_(node), call_(node.calls.at(index)), locals_(locals), several_(call_.windows.size() > 1) {}

  // The step of a streamed group: in the loop over ticks.
  std::string print_step() {
    const std::string call = call_text("    ", all_arguments());
    const std::string tick = call_.delay == 0 ? "t" : fmt::format("t - {}", call_.delay);
    const std::string when = call_.delay == 0 ? "" : fmt::format("{} + ", call_.delay);
    const std::string row = call_.period == 1 ? tick : fmt::format("nn_row_due({}, {})", tick, call_.period);
    std::string out = fmt::format("  {{ /* {}: row y at tick {}{}y */\n", node_.name, when, call_.period == 1 ? "" : fmt::format("{} * ", call_.period));
    out += fmt::format("    const int32_t y = {};\n    if (nn_row_inside(y, {})) {{\n", row, call_.out_rows);
    return indented(out + indented(prepare_ + pixel_loop(call)) + "    }\n  }\n");
  }

  std::string print() {
    const std::vector<std::string> arguments = all_arguments();
    if (call_.out_rows == 0) return call_text("  ", arguments);
    const std::string loop = call_.descending ? fmt::format("  for (int32_t y = {}; y >= 0; --y) {{\n", call_.out_rows - 1)
                                              : fmt::format("  for (int32_t y = 0; y < {}; ++y) {{\n", call_.out_rows);
    return loop + prepare_ + pixel_loop(call_text("    ", arguments)) + "  }\n";
  }

 private:
  std::string pixel_loop(const std::string& call) {
    return call_.pixels == 0 ? call : fmt::format("    for (int32_t x = 0; x < {}; ++x) {{\n{}    }}\n", call_.pixels, indented(call));
  }

  // Of a call for every pixel: " + x * 16".
  std::string pixel(int64_t bytes) { return call_.pixels == 0 ? "" : fmt::format(" + x * {}", bytes); }

  std::vector<std::string> all_arguments() {
    std::vector<std::string> arguments;
    if (call_.params && !call_.instance) arguments.push_back("&" + params_name(program_, *call_.params));
    for (const Arg& arg : call_.args)
      if (!call_.instance || !is_instance_constant(arg)) arguments.push_back(argument(arg));
    return arguments;
  }

  // Two columns further in.
  static std::string indented(const std::string& text) {
    std::string out;
    for (size_t at = 0; at < text.size();) {
      const size_t end = text.find('\n', at) + 1;
      out += "  " + text.substr(at, end - at);
      at = end;
    }
    return out;
  }

  std::string call_text(std::string_view indent, const std::vector<std::string>& arguments) {
    const std::string function = call_.instance ? instance_name(program_, call_) : call_.function;
    return wrapped_call(fmt::format("{}{}(", indent, function), arguments, ");\n");
  }

  std::string argument(const Arg& arg) {
    switch (arg.kind) {
      case Arg::Kind::array: return locals_.pointer(arg.index, arg.ctype, arg.byte_offset);
      case Arg::Kind::table: return table(arg.index);
      case Arg::Kind::rows: return rows(arg);
      case Arg::Kind::rows_inside: return rows_inside(arg);
      case Arg::Kind::row_count: return fmt::format("count{}", suffix(arg.index));
      case Arg::Kind::in_row: return in_row(arg);
      case Arg::Kind::out_row: return out_row(arg);
      case Arg::Kind::row_index: return "y";
      case Arg::Kind::number: return integer_literal(arg.byte_offset);
      case Arg::Kind::null: return "NULL";
    }
    throw internal_error("an argument of an unknown kind");
  }

  std::string table(int index) { return program_.tables.at(static_cast<size_t>(index)).name; }
  std::string suffix(int window) { return several_ ? fmt::format("_{}", window) : ""; }
  const RowWindow& window_of(const Arg& arg) { return call_.windows.at(static_cast<size_t>(arg.index)); }

  // Where in the array a row lies: "3 * 64", "(y + 1) * 64", of a ring "nn_ring_place(y + 1, 3) * 64"; empty: at its start.
  std::string place(int array, const std::string& row, int64_t row_bytes) {
    const int64_t ring = program_.arrays.at(static_cast<size_t>(array)).ring_rows;
    if (ring == 1) return "";
    if (ring > 1) return fmt::format(" + nn_ring_place({}, {}) * {}", row, ring, row_bytes);
    const std::string index = row.find(' ') == std::string::npos ? row : fmt::format("({})", row);
    return fmt::format(" + {} * {}", index, row_bytes);
  }

  // The address of a row that the image has.
  std::string inside_row(const RowWindow& window, const std::string& ctype, const std::string& row) {
    const std::string address = locals_.pointer(window.array, "const uint8_t", window.offset) + place(window.array, row, window.row_bytes) + pixel(window.pixel_bytes);
    return ctype == "const uint8_t" ? address : fmt::format("({} *)({})", ctype, address);
  }

  // The address of the row that `row` says, as an expression of type const void * or of the row's own type.
  std::string any_row(const RowWindow& window, const std::string& ctype, const std::string& row) {
    if (always_inside(window, call_.out_rows)) return inside_row(window, ctype, row);
    const std::string image = locals_.pointer(window.array, "const uint8_t", window.offset);
    const std::string outside = window.pad_table ? table(*window.pad_table) : "NULL";
    if (const int64_t ring = program_.arrays.at(static_cast<size_t>(window.array)).ring_rows; ring > 0)
      return fmt::format("nn_ring_row({}, {}, {}, {}, {}, {})", image, row, window.height, ring, window.row_bytes, outside);
    return fmt::format("nn_row({}, {}, {}, {}, {})", image, row, window.height, window.row_bytes, outside);
  }

  static std::string const_type(const std::string& ctype) { return ctype.starts_with("const ") ? ctype : "const " + ctype; }

  std::string rows(const Arg& arg) {
    const RowWindow& window = window_of(arg);
    const std::string name = "rows" + suffix(arg.index), type = const_type(arg.ctype);
    prepare_ += fmt::format("    {} *{}[{}];\n", type, name, window.kernel);
    prepare_ += fmt::format("    for (int32_t k = 0; k < {}; ++k) {}[k] = {};\n", window.kernel, name,
                            any_row(window, type, row_expression(window, true)));
    return name;
  }

  std::string rows_inside(const Arg& arg) {
    const RowWindow& window = window_of(arg);
    const std::string name = "rows" + suffix(arg.index), count = "count" + suffix(arg.index), type = const_type(arg.ctype);
    const std::string index = row_expression(window, true);
    prepare_ += fmt::format("    {} *{}[{}];\n    int32_t {} = 0;\n", type, name, window.kernel, count);
    prepare_ += fmt::format("    for (int32_t k = 0; k < {}; ++k) {{\n      const int32_t row = {};\n", window.kernel, index);
    const std::string_view only = always_inside(window, call_.out_rows) ? "" : "if (nn_row_inside(row, {})) ";
    prepare_ += fmt::format("      {}{}[{}++] = {};\n    }}\n", fmt::format(fmt::runtime(only), window.height), name, count,
                            inside_row(window, type, "row"));
    return name;
  }

  std::string in_row(const Arg& arg) {
    const RowWindow& window = window_of(arg);
    return any_row(window, const_type(arg.ctype), row_expression(window, false));
  }

  std::string out_row(const Arg& arg) {
    const std::string address = locals_.pointer(call_.out_array, "uint8_t", call_.out_offset) + place(call_.out_array, "y", call_.out_row_bytes) + pixel(call_.out_pixel_bytes);
    return arg.ctype == "uint8_t" ? address : fmt::format("({} *)({})", arg.ctype, address);
  }

  const Program& program_;
  const CNode& node_;
  const Call& call_;
  Locals& locals_;
  bool several_;
  std::string prepare_;                          // statements before the call, in the loop
};

}  // namespace

namespace {

std::string own_name(const CNode& node, const Call& call) {
  const auto index = &call - node.calls.data();
  return index == 0 ? fmt::format("{}_params", node.name) : fmt::format("{}_params_{}", node.name, index + 1);
}

// The first call of a c-node and its steps that has these parameters.
std::optional<std::string> definer(const CNode& node, const Params& params) {
  for (const Call& call : node.calls)
    if (call.params == params) return own_name(node, call);
  for (const CNode& step : node.steps)
    if (auto name = definer(step, params)) return name;
  return std::nullopt;
}

}  // namespace

std::string params_name(const Program& program, const Params& params) {
  for (const CNode& node : program.nodes)
    if (auto name = definer(node, params)) return *name;
  throw internal_error("parameters of no call");
}

bool defines_params(const Program& program, const CNode& node, const Call& call) {
  return call.params && params_name(program, *call.params) == own_name(node, call);
}

std::string wrapped_call(const std::string& start, const std::vector<std::string>& parts, std::string_view end) {
  std::string out = start;
  const std::string next_line(out.size(), ' ');
  size_t column = out.size();
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 && column + parts[i].size() > 136) {
      out += ",\n" + next_line;
      column = next_line.size();
    } else if (i > 0) {
      out += ", ";
    }
    out += parts[i];
    column += parts[i].size() + 2;
  }
  return out.append(end);
}

std::string call_statements(const Program& program, const CNode& node) {
  Locals locals(program);
  std::string statements;
  for (size_t i = 0; i < node.calls.size(); ++i) statements += CallPrinter(program, node, i, locals).print();
  if (!node.steps.empty()) {
    statements += fmt::format("  for (int32_t t = 0; t < {}; ++t) {{\n", node.ticks);
    for (const CNode& step : node.steps)
      for (size_t i = 0; i < step.calls.size(); ++i) statements += CallPrinter(program, step, i, locals).print_step();
    statements += "  }\n";
  }
  if (locals.text().empty()) return "  (void)net;\n" + statements;
  return locals.text() + statements;
}

}  // namespace ew
