#include "emit/observer_legacy.h"

#include "emit/c_text.h"
#include "emit/tensors.h"

#include <fmt/format.h>

#include <map>
#include <set>

namespace ew {
namespace {

// Definitions that are equal share one name: shapes and quantisations repeat from tensor to tensor.
class Shared {
 public:
  Shared(std::string prefix) : prefix_(std::move(prefix)) {}

  template <class Define> std::string name(const std::string& key, Define define) {
    const auto [found, is_new] = names_.try_emplace(key, fmt::format("{}_{}", prefix_, names_.size()));
    if (is_new) text_ += define(found->second);
    return found->second;
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string prefix_, text_;
  std::map<std::string, std::string> names_;
};

std::string_view zero_type(DType dtype) { return dtype == DType::uint8 ? "ai_u8" : dtype == DType::int16 || dtype == DType::int32 ? "ai_i16" : "ai_i8"; }
std::string_view zero_flag(DType dtype) { return dtype == DType::uint8 ? "U8" : dtype == DType::int16 || dtype == DType::int32 ? "S16" : "S8"; }

std::string numbers(const std::vector<int64_t>& values) {
  std::vector<std::string> items;
  for (const int64_t v : values) items.push_back(std::to_string(v));
  return joined(items);
}

class Tables {
 public:
  explicit Tables(const Program& program) : program_(program), prefix_(program.c_name), shapes_(prefix_ + "_shape"), quants_(prefix_ + "_intq"), lists_(prefix_ + "_observed") {}

  std::string print() {
    std::string nodes;
    for (size_t i = 0; i < program_.nodes.size(); ++i) {
      const CNode& node = program_.nodes[i];
      const int m_id = node.m_ids.empty() ? 0 : node.m_ids.front();
      nodes += fmt::format("  {{.c_idx = {}, .type = 0x{:x}, .id = {}, .tensors = &{}}},\n", i, node.type_number, m_id, chain(node));
    }
    return fmt::format("{}{}{}{}{}static const ai_observer_node {}_nodes[] = {{\n{}}};\n", shapes_.text(), quants_.text(), tensors_, lists_.text(), chains_,
                       prefix_, nodes);
  }

 private:
  std::string tensor(int id) {
    const Array& array = program_.arrays.at(static_cast<size_t>(id));
    const std::string variable = array.name + "_tensor";
    if (!defined_.insert(id).second) return variable;
    const std::vector<int64_t> dims = legacy_shape(array.type);
    const std::string dims_text = numbers(dims);
    const std::string shape = shapes_.name(dims_text, [&](const std::string& n) {
      return fmt::format("static const ai_shape_dimension {}[] = {{{}}};\n", n, dims_text);
    });
    std::string quant = "NULL";
    if (array.type.quant && !array.type.quant->scale.empty()) {
      const std::string key = intq_definition(array.type, "");
      quant = "&" + quants_.name(key, [&](const std::string& n) { return intq_definition(array.type, n); });
    }
    const Address address = address_of(program_, array);
    tensors_ += fmt::format(
        "static const ai_tensor {} = {{\n"
        "  .shape = {{.type = AI_SHAPE_BCWH, .size = {}, .data = (ai_shape_dimension *){}}},\n"
        "  .format = {}, .size = {}, .intq = {}, .base = &{}_{}, .offset = {}\n}};\n",
        variable, dims.size(), shape, legacy_format(array.type.dtype), elements(array.type.shape), quant, prefix_, slot(address),
        address.offset);
    return variable;
  }

  std::string list(const std::vector<int>& ids) {
    if (ids.empty()) return "{0}";
    std::vector<std::string> pointers;
    for (const int id : ids) pointers.push_back(fmt::format("(ai_tensor *)&{}", tensor(id)));
    const std::string items = joined(pointers);
    const std::string name = lists_.name(items, [&](const std::string& n) { return fmt::format("static ai_tensor *const {}[] = {{{}}};\n", n, items); });
    return fmt::format("{{.size = {}, .tensor = {}}}", ids.size(), name);
  }

  std::string chain(const CNode& node) {
    const std::string in = list(observable(program_, node.inputs)), out = list(observable(program_, node.outputs));
    chains_ += fmt::format("static const ai_tensor_list {}_lists[2] = {{{}, {}}};\n", node.name, in, out);
    chains_ += fmt::format("static const ai_tensor_chain {0}_chain = {{.size = 2, .chain = (ai_tensor_list *){0}_lists}};\n", node.name);
    return node.name + "_chain";
  }

  const Program& program_;
  std::string prefix_;
  Shared shapes_, quants_, lists_;
  std::set<int> defined_;
  std::string tensors_, chains_;
};

}  // namespace

std::string intq_definition(const Type& type, const std::string& name) {
  const Quant& quant = *type.quant;
  std::vector<std::string> scales, zeros;
  for (const float s : quant.scale) scales.push_back(float_literal(s));
  for (size_t i = 0; i < quant.scale.size(); ++i) zeros.push_back(std::to_string(i < quant.zero.size() ? quant.zero[i] : 0));
  return fmt::format(
      "static const ai_float {0}_scale[] = {{{1}}};\n"
      "static const {2} {0}_zero[] = {{{3}}};\n"
      "static const ai_intq_info {0}_info = {{.scale = {0}_scale, .zeropoint = (ai_handle){0}_zero}};\n"
      "static const ai_intq_info_list {0} = {{.flags = AI_BUFFER_META_FLAG_SCALE_FLOAT | AI_BUFFER_META_FLAG_ZEROPOINT_{4}, .size = {5},\n"
      "  .info = &{0}_info}};\n",
      name, joined(scales), zero_type(type.dtype), joined(zeros), zero_flag(type.dtype), scales.size());
}

std::string observer_tables(const Program& program) { return Tables(program).print(); }

}  // namespace ew
