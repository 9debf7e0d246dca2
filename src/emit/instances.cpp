#include "emit/instances.h"

#include "base/error.h"
#include "emit/c_text.h"
#include "emit/calls.h"

#include <fmt/format.h>

#include <set>
#include <vector>

namespace ew {
namespace {

std::string own_name(const CNode& node, const Call& call) {
  const auto index = &call - node.calls.data();
  return index == 0 ? fmt::format("{}_kernel", node.name) : fmt::format("{}_kernel_{}", node.name, index + 1);
}

// The first call of a c-node and its steps that has this instance.
std::string definer(const CNode& node, const Call& call) {
  for (const Call& own : node.calls)
    if (own.instance && same_instance(own, call)) return own_name(node, own);
  for (const CNode& step : node.steps)
    if (std::string name = definer(step, call); !name.empty()) return name;
  return "";
}

// What the argument is in the layer, without the layer's name: "weights", "multiplier".
std::string word_of(const Program& program, const Arg& arg) {
  switch (arg.kind) {
    case Arg::Kind::rows:
    case Arg::Kind::rows_inside: return "rows";
    case Arg::Kind::in_row: return "row";
    case Arg::Kind::out_row: return "out";
    case Arg::Kind::row_count: return "count";
    case Arg::Kind::row_index: return "y";
    case Arg::Kind::array: {
      const Array& array = program.arrays.at(static_cast<size_t>(arg.index));
      if (!array.data && array.role == Role::activation) return arg.ctype.starts_with("const ") ? "in" : "out";
      return array.name.substr(array.name.rfind('_') + 1);
    }
    case Arg::Kind::table: {
      const std::string& name = program.tables.at(static_cast<size_t>(arg.index)).name;
      return name.substr(name.rfind('_') + 1);
    }
    case Arg::Kind::number: return integer_literal(arg.byte_offset);
    case Arg::Kind::null: return "NULL";
  }
  throw internal_error("an argument of an unknown kind");
}

std::string declaration(const Arg& arg, const std::string& name) {
  const std::string type = arg.ctype.starts_with("const ") ? arg.ctype : "const " + arg.ctype;
  switch (arg.kind) {
    case Arg::Kind::rows:
    case Arg::Kind::rows_inside: return fmt::format("{} *const {}[]", type, name);
    case Arg::Kind::in_row:
    case Arg::Kind::table: return fmt::format("{} *{}", type, name);
    case Arg::Kind::row_count:
    case Arg::Kind::row_index: return "int32_t " + name;
    default: return fmt::format("{} *{}", arg.ctype, name);
  }
}

std::string definition(const Program& program, const Call& call, const std::string& name) {
  std::set<std::string> used;
  std::vector<std::string> declarations, arguments{"&" + params_name(program, *call.params)};
  for (const Arg& arg : call.args) {
    const std::string word = word_of(program, arg);
    std::string own = word;
    if (!is_instance_constant(arg)) {
      for (int n = 2; !used.insert(own).second; ++n) own = fmt::format("{}_{}", word, n);
      declarations.push_back(declaration(arg, own));
    }
    arguments.push_back(own);
  }
  return fmt::format("/* {}, compiled for these parameters */\n{}{}", call.function,
                     wrapped_call(fmt::format("NN_INSTANCE void {}(", name), declarations, ")\n{\n"),
                     wrapped_call(fmt::format("  {}_body(", call.body), arguments, ");\n}\n"));
}

}  // namespace

bool is_instance_constant(const Arg& arg) { return arg.kind == Arg::Kind::number || arg.kind == Arg::Kind::null; }

std::string instance_name(const Program& program, const Call& call) {
  for (const CNode& node : program.nodes)
    if (std::string name = definer(node, call); !name.empty()) return name;
  throw internal_error("an instance of no call");
}

std::string instance_definitions(const Program& program, const CNode& node) {
  std::string out;
  for (const Call& call : node.calls)
    if (call.instance && instance_name(program, call) == own_name(node, call)) out += definition(program, call, own_name(node, call));
  for (const CNode& step : node.steps) out += instance_definitions(program, step);
  return out;
}

std::string instance_header(const Call& call) { return fmt::format("\"bodies/{}.h\"", call.body); }

}  // namespace ew
