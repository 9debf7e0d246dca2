#include "ops/lowering.h"

#include "base/error.h"

#include <algorithm>
#include <cstdlib>

namespace ew {

Lowering::Lowering(Program& program, CNode& cnode, const Target& target, const Node& node,
                   const std::vector<std::pair<const Value*, int>>& arrays)
    : program_(program), cnode_(cnode), target_(target), node_(node), arrays_(&arrays) {}

int Lowering::id_of(const Value* value) const {
  for (const auto& [v, id] : *arrays_)
    if (v == value) return id;
  for (const auto& [v, id] : constants_)
    if (v == value) return id;
  return -1;
}

int Lowering::input(size_t index) {
  const Value* value = node_.in.at(index);
  if (const int id = id_of(value); id >= 0) return id;
  if (!value->constant) throw internal_error(fmt::format("'{}' reads '{}', which has no array", node_.name, value->name));
  const int id = weights(fmt::format("const{}", index), *value->constant);
  constants_.emplace_back(value, id);
  return id;
}

int Lowering::output(size_t index) {
  for (const auto& [v, id] : *arrays_)
    if (v == node_.out.at(index)) return id;
  throw internal_error(fmt::format("output {} of '{}' has no array", index, node_.name));
}

namespace {

// Parameters with the same bytes share one array, whichever c-nodes use them.
int find_equal(const Program& program, Role role, const Tensor& data) {
  for (const Array& array : program.arrays)
    if (array.role == role && array.data && array.type == data.type && array.data->data == data.data) return array.id;
  return -1;
}

int add_array(Program& program, CNode& cnode, std::string_view suffix, Role role, Tensor data) {
  if (const int id = find_equal(program, role, data); id >= 0) {
    if (std::ranges::find(cnode.weights, id) == cnode.weights.end()) cnode.weights.push_back(id);
    return id;
  }
  Array array;
  array.id = static_cast<int>(program.arrays.size());
  array.name = fmt::format("{}_{}", cnode.name, suffix);
  array.type = data.type;
  array.bytes = static_cast<int64_t>(data.data.size());
  array.role = role;
  array.m_id = -1;
  array.data = std::make_shared<const Tensor>(std::move(data));
  program.arrays.push_back(std::move(array));
  cnode.weights.push_back(program.arrays.back().id);
  return program.arrays.back().id;
}

}  // namespace

int Lowering::weights(std::string_view suffix, Tensor data) { return add_array(program_, cnode_, suffix, Role::weights, std::move(data)); }
int Lowering::bias(std::string_view suffix, Tensor data) { return add_array(program_, cnode_, suffix, Role::bias, std::move(data)); }

int Lowering::scratch(std::string_view suffix, int64_t size, int64_t alignment) {
  Array array;
  array.id = static_cast<int>(program_.arrays.size());
  array.name = fmt::format("{}_{}", cnode_.name, suffix);
  array.type = {DType::int8, {size}, {}};
  array.bytes = size;
  array.alignment = alignment;
  array.role = Role::scratch;
  program_.arrays.push_back(std::move(array));
  cnode_.scratch.push_back(program_.arrays.back().id);
  return program_.arrays.back().id;
}

int Lowering::table(std::string_view suffix, DType dtype, const void* data, size_t size) {
  const auto* first = static_cast<const uint8_t*>(data);
  std::vector<uint8_t> bytes(first, first + size);
  for (size_t i = 0; i < program_.tables.size(); ++i)
    if (program_.tables[i].dtype == dtype && program_.tables[i].data == bytes) return static_cast<int>(i);
  program_.tables.push_back({fmt::format("{}_{}", cnode_.name, suffix), dtype, std::move(bytes)});
  return static_cast<int>(program_.tables.size()) - 1;
}

int Lowering::pad_row(int8_t zero, int64_t size) {
  const std::string name = fmt::format("pad_row_{}{}", zero < 0 ? "minus_" : "", std::abs(zero));
  auto row = std::ranges::find(program_.tables, name, &Table::name);
  if (row == program_.tables.end()) row = program_.tables.insert(row, {name, DType::int8, {}});
  row->data.resize(std::max(row->data.size(), static_cast<size_t>(size)), static_cast<uint8_t>(zero));
  return static_cast<int>(row - program_.tables.begin());
}

void Lowering::call(Call call) { cnode_.calls.push_back(std::move(call)); }

void Lowering::overlap(size_t input, int64_t ascending, size_t output_index) {
  if (node_.in.at(input)->constant) return;
  cnode_.overlaps.push_back({this->input(input), output(output_index), ascending, -1});
}

void Lowering::overlap_rows(size_t input, const Call& loop, size_t window, size_t output_index) {
  if (node_.in.at(input)->constant) return;
  const RowOverlap o = row_overlap(loop.windows.at(window), loop.out_rows, loop.out_row_bytes);
  cnode_.overlaps.push_back({this->input(input), output(output_index), o.ascending, o.descending});
}

void Lowering::row_form(Call flat) {
  const Type& out = node_.out.at(0)->type;
  if (out.shape.size() != 4 || out.shape[0] != 1) return;
  const int64_t rows = out.shape[1], count = elements(out.shape);
  flat.out_rows = rows;
  flat.out_array = output();
  flat.out_row_bytes = bytes(out) / rows;
  flat.row_elements = count / rows;
  for (Arg& arg : flat.args) {
    if (arg.kind == Arg::Kind::number && arg.byte_offset == count) arg.byte_offset = count / rows;
    if (arg.kind != Arg::Kind::array) continue;
    if (arg.index == flat.out_array) {
      arg = out_row_arg(arg.ctype);
      continue;
    }
    const auto read = std::ranges::find_if(node_.in, [&](const Value* v) { return v != nullptr && id_of(v) == arg.index; });
    if (read == node_.in.end() || elements((*read)->type.shape) != count) continue;
    const Type& in = (*read)->type;
    RowWindow window;
    window.array = arg.index;
    window.height = rows;
    window.row_bytes = bytes(in) / rows;
    flat.windows.push_back(window);
    arg = in_row_arg(static_cast<int>(flat.windows.size()) - 1, arg.ctype);
  }
  cnode_.row_form = {std::move(flat)};
}

void Lowering::attribute(std::string name, std::string value) { cnode_.attributes.emplace_back(std::move(name), std::move(value)); }

Arg array_arg(int id, std::string ctype, int64_t byte_offset) { return {Arg::Kind::array, id, byte_offset, std::move(ctype)}; }
Arg table_arg(int table, std::string ctype) { return {Arg::Kind::table, table, 0, std::move(ctype)}; }
Arg rows_arg(int window, std::string ctype) { return {Arg::Kind::rows, window, 0, std::move(ctype)}; }
Arg rows_inside_arg(int window, std::string ctype) { return {Arg::Kind::rows_inside, window, 0, std::move(ctype)}; }
Arg row_count_arg(int window) { return {Arg::Kind::row_count, window, 0, {}}; }
Arg in_row_arg(int window, std::string ctype) { return {Arg::Kind::in_row, window, 0, std::move(ctype)}; }
Arg out_row_arg(std::string ctype) { return {Arg::Kind::out_row, 0, 0, std::move(ctype)}; }
Arg row_index_arg() { return {Arg::Kind::row_index, 0, 0, {}}; }
Arg number_arg(int64_t value) { return {Arg::Kind::number, 0, value, {}}; }
Arg null_arg() { return {Arg::Kind::null, 0, 0, {}}; }

std::string ctype(DType dtype) {
  switch (dtype) {
    case DType::float32: return "float";
    case DType::float16: return "uint16_t";
    case DType::int8: return "int8_t";
    case DType::uint8:
    case DType::boolean: return "uint8_t";
    case DType::int16: return "int16_t";
    case DType::int32: return "int32_t";
    case DType::int64: return "int64_t";
  }
  throw internal_error("unknown element type");
}

RowOverlap row_overlap(const RowWindow& window, int64_t out_rows, int64_t out_row_bytes) {
  RowOverlap o{0, 0};
  for (int64_t y = 0; y < out_rows; ++y) {
    // Row y is written to [y, y + 1) * out_row_bytes while input rows [first, end) and, upwards, all behind them are still to be read;
    // downwards all before them.
    const int64_t first = window.first + y * window.stride, end = first + (window.kernel - 1) * window.dilation + 1;
    o.ascending = std::max(o.ascending, (y + 1) * out_row_bytes - std::clamp<int64_t>(first, 0, window.height) * window.row_bytes);
    o.descending = std::max(o.descending, std::clamp<int64_t>(end, 0, window.height) * window.row_bytes - y * out_row_bytes);
  }
  return o;
}

}  // namespace ew
