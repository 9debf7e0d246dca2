// The text form of a graph:
//
//   graph "ds_cnn" {
//     input %0 "x" int8[1x49x10x1] q(0.5847029,83)
//     const %1 "w" int8[64x10x4x1] q(axis 0, 0.003:0 ...) = 0f1e2d...
//     %3 = conv2d(%0, %1, -) {stride_h=2, stride_w=2} : int8[1x25x5x64] q(0.02,-128) "conv2d/Relu" [0]
//     output %3
//   }
//
// One line per value or node; "-" is an absent input; the list at the end holds the ids in the user's model.
#include "ops/op.h"

#include "base/error.h"

#include <charconv>
#include <unordered_map>

namespace ew {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + '"';
}

// One line of the text form, read from left to right.
class Line {
 public:
  Line(std::string_view text, int number) : rest_(text), number_(number) { skip(); }

  [[nodiscard]] bool empty() const { return rest_.empty(); }
  [[nodiscard]] bool starts(std::string_view word) const { return rest_.starts_with(word); }
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    skip();
    return true;
  }
  void expect(std::string_view word) {
    if (!take(word)) bad(fmt::format("'{}' expected", word));
  }
  std::string_view until(std::string_view stops) {
    const std::string_view out = rest_.substr(0, rest_.find_first_of(stops));
    rest_.remove_prefix(out.size());
    skip();
    return out;
  }
  std::string string() {
    if (!rest_.starts_with('"')) bad("a quoted name expected");
    std::string out;
    size_t i = 1;
    for (; i < rest_.size() && rest_[i] != '"'; ++i) {
      if (rest_[i] == '\\') ++i;
      if (i < rest_.size()) out += rest_[i];
    }
    if (i >= rest_.size()) bad("a name without end");
    rest_.remove_prefix(i + 1);
    skip();
    return out;
  }
  template <class T> T number(std::string_view text) const {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) bad(fmt::format("'{}' is no number", text));
    return value;
  }
  [[noreturn]] void bad(const std::string& why) const { throw load_error(fmt::format("graph text, line {}: {}", number_, why)); }

 private:
  void skip() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }
  std::string_view rest_;
  int number_;
};

Type parse_type(Line& line) {
  Type type;
  const std::string_view dtype_name = line.until("[");
  const auto dtype = parse_dtype(dtype_name);
  if (!dtype) line.bad(fmt::format("'{}' is no element type", dtype_name));
  type.dtype = *dtype;
  line.expect("[");
  while (!line.take("]")) {
    type.shape.push_back(line.number<int64_t>(line.until("x]")));
    if (type.shape.back() < 0 || type.shape.size() > 8) line.bad("not a shape");
    line.take("x");
  }
  if (!line.take("q(")) return type;
  Quant q;
  if (line.take("axis ")) {
    q.axis = line.number<int>(line.until(","));
    line.expect(",");
    while (!line.take(")")) {
      q.scale.push_back(line.number<float>(line.until(":")));
      line.expect(":");
      q.zero.push_back(line.number<int32_t>(line.until(" )")));
    }
  } else {
    q.scale.push_back(line.number<float>(line.until(",")));
    line.expect(",");
    q.zero.push_back(line.number<int32_t>(line.until(")")));
    line.expect(")");
  }
  type.quant = std::move(q);
  return type;
}

Tensor parse_data(Line& line, const Type& type) {
  constexpr int64_t limit = int64_t{1} << 31;
  if (bytes(type) > limit) line.bad("constant is too large");
  Tensor tensor(type);
  const std::string_view hex = line.until(" ");
  if (hex.size() != 2 * tensor.data.size()) line.bad(fmt::format("{} bytes expected", tensor.data.size()));
  for (size_t i = 0; i < tensor.data.size(); ++i) {
    const auto [end, error] = std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, tensor.data[i], 16);
    if (error != std::errc{} || end != hex.data() + 2 * i + 2) line.bad("not hexadecimal");
  }
  return tensor;
}

class GraphParser {
 public:
  void line(Line& line) {
    if (line.empty() || line.take("}") || line.starts("#")) return;
    if (line.take("graph ")) {
      graph.name = line.string();
    } else if (line.take("input ")) {
      const std::string id(line.until(" "));
      std::string value_name = line.string();
      graph.inputs.push_back(define(line, id, graph.add_value(std::move(value_name), parse_type(line))));
    } else if (line.take("const ")) {
      const std::string id(line.until(" "));
      std::string value_name = line.string();
      const Type type = parse_type(line);
      line.expect("=");
      define(line, id, graph.add_constant(std::move(value_name), parse_data(line, type)));
    } else if (line.take("output ")) {
      graph.outputs.push_back(use(line, line.until(" ")));
    } else {
      node(line);
    }
  }
  Graph graph;

 private:
  Value* define(const Line& line, const std::string& id, Value* value) {
    if (!values_.emplace(id, value).second) line.bad(fmt::format("'{}' is defined twice", id));
    return value;
  }
  Value* use(const Line& line, std::string_view id) {
    if (id == "-") return nullptr;
    const auto it = values_.find(std::string(id));
    if (it == values_.end()) line.bad(fmt::format("'{}' is not defined", id));
    return it->second;
  }
  void node(Line& line) {
    std::vector<std::string> ids;
    do ids.emplace_back(line.until(" ,=")); while (line.take(","));
    line.expect("=");
    const std::string op_name(line.until("("));
    const Op* op = find_op(op_name);
    if (op == nullptr) line.bad(fmt::format("there is no operator '{}'", op_name));
    line.expect("(");
    std::vector<Value*> in;
    while (!line.take(")")) {
      in.push_back(use(line, line.until(",)")));
      line.take(",");
    }
    std::unique_ptr<Attrs> attrs = op->make_attrs();
    if (line.take("{"))
      while (!line.take("}")) {
        const std::string field(line.until("="));
        line.expect("=");
        attrs->parse(field, line.until(",}"));
        line.take(",");
      }
    line.expect(":");
    std::vector<Type> types;
    do types.push_back(parse_type(line)); while (line.take(","));
    if (types.size() != ids.size()) line.bad("as many types as values expected");
    std::string node_name = line.string();
    std::vector<int> origin;
    if (line.take("["))
      while (!line.take("]")) {
        origin.push_back(line.number<int>(line.until(" ]")));
      }
    Node* made = graph.add_node(*op, std::move(node_name), std::move(attrs), std::move(in), std::move(types), std::move(origin));
    for (size_t i = 0; i < ids.size(); ++i) define(line, ids[i], made->out[i]);
  }
  std::unordered_map<std::string, Value*> values_;
};

}  // namespace

std::string print(const Graph& graph, bool with_constants) {
  std::unordered_map<const Value*, std::string> ids;
  const auto id = [&](const Value* v) {
    return v == nullptr ? std::string("-") : ids.try_emplace(v, fmt::format("%{}", ids.size())).first->second;
  };
  std::string out = fmt::format("graph {} {{\n", quoted(graph.name));
  for (const Value* v : graph.inputs) out += fmt::format("  input {} {} {}\n", id(v), quoted(v->name), text(v->type));
  const auto constant = [&](const Value* v) {
    out += fmt::format("  const {} {} {} = ", id(v), quoted(v->name), text(v->type));
    if (with_constants)
      for (const uint8_t b : v->constant->data) fmt::format_to(std::back_inserter(out), "{:02x}", b);
    else
      out += "...";
    out += '\n';
  };
  for (const Node* node : graph.nodes()) {
    for (const Value* v : node->in)
      if (v != nullptr && v->constant && !ids.contains(v)) constant(v);
    std::vector<std::string> in, made, types, attrs;
    for (const Value* v : node->in) in.push_back(id(v));
    for (const Value* v : node->out) {
      made.push_back(id(v));
      types.push_back(text(v->type));
    }
    for (const auto& [field, value] : node->attrs->texts()) attrs.push_back(fmt::format("{}={}", field, value));
    out += fmt::format("  {} = {}({}) {{{}}} : {} {} [{}]\n", fmt::join(made, ", "), node->op->name, fmt::join(in, ", "), fmt::join(attrs, ", "),
                       fmt::join(types, ", "), quoted(node->name), fmt::join(node->origin, " "));
  }
  for (const Value* v : graph.outputs) {
    if (v->constant && !ids.contains(v)) constant(v);
    out += fmt::format("  output {}\n", id(v));
  }
  return out + "}\n";
}

Graph parse_graph(std::string_view text) {
  GraphParser parser;
  for (int number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    Line line(text.substr(0, end), number);
    parser.line(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::move(parser.graph);
}

}  // namespace ew
