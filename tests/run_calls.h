// Runs the kernel calls of a lowered node on the host, every array in memory of its own (so that a sanitizer sees every stray access).
// A test registers the C functions it needs:  machine.add("nn_dense_s8", nn_dense_s8, {FIELD(nn_dense_s8_params, rows), ...});
#pragma once

#include "base/error.h"
#include "program/program.h"

#include <cstddef>
#include <cstring>
#include <functional>
#include <map>
#include <string>
#include <type_traits>

namespace ew::test {

// A field of a parameter struct.
struct StructField { std::string name; size_t offset = 0, size = 0; bool real = false; };
#define FIELD(type, field) \
  ew::test::StructField { #field, offsetof(type, field), sizeof(type::field), std::is_floating_point_v<decltype(type::field)> }

class Machine {
 public:
  template <class P, class... A>
  void add(std::string function, void (*f)(const P*, A...), std::vector<StructField> fields) {
    functions_[std::move(function)] = [f, fields = std::move(fields)](const Params& params, const std::vector<Value>& args) {
      P p{};
      fill(&p, params, fields);
      call(f, &p, args, std::index_sequence_for<A...>{});
    };
  }

  // Runs every call of the c-node. `memory`: the bytes of each array by id; arrays with data are filled in, the others made as large as they say.
  void run(const Program& program, const CNode& node, std::map<int, std::vector<uint8_t>>& memory) const {
    for (const Array& array : program.arrays) {
      auto& bytes = memory[array.id];
      if (array.data) bytes = array.data->data;
      bytes.resize(static_cast<size_t>(array.bytes));
    }
    for (const Call& c : node.calls) {
      const int64_t rows = c.out_rows == 0 ? 1 : c.out_rows;
      for (int64_t y = 0; y < rows; ++y) run_row(program, c, y, memory);
    }
  }

 private:
  struct Value { const void* pointer = nullptr; int64_t number = 0; };

  static void fill(void* to, const Params& params, const std::vector<StructField>& fields) {
    if (params.fields.size() != fields.size()) throw internal_error(params.type + " has another number of fields");
    for (const Field& f : params.fields) {
      const StructField* place = nullptr;
      for (const StructField& candidate : fields)
        if (candidate.name == f.name) place = &candidate;
      if (place == nullptr) throw internal_error(params.type + " has no field " + f.name);
      auto* address = static_cast<uint8_t*>(to) + place->offset;
      if (place->real) {
        std::memcpy(address, &std::get<float>(f.value), sizeof(float));
      } else {
        const int64_t value = std::get<int64_t>(f.value);
        std::memcpy(address, &value, place->size);  // little-endian hosts only
      }
    }
  }

  template <class T> static T argument(const Value& v) {
    if constexpr (std::is_pointer_v<T>) return static_cast<T>(const_cast<void*>(v.pointer));
    else return static_cast<T>(v.number);
  }

  template <class P, class... A, size_t... I>
  static void call(void (*f)(const P*, A...), const P* p, const std::vector<Value>& args, std::index_sequence<I...>) {
    if (args.size() != sizeof...(A)) throw internal_error("a call has another number of arguments than its function");
    f(p, argument<A>(args[I])...);
  }

  void run_row(const Program& program, const Call& c, int64_t y, std::map<int, std::vector<uint8_t>>& memory) const {
    std::vector<std::vector<const void*>> rows(c.windows.size()), inside(c.windows.size());
    for (size_t i = 0; i < c.windows.size(); ++i) {
      const RowWindow& w = c.windows[i];
      for (int64_t k = 0; k < w.kernel; ++k) {
        const int64_t row = w.first + y * w.stride + k * w.dilation;
        if (row >= 0 && row < w.height) {
          inside[i].push_back(memory.at(w.array).data() + w.offset + row * w.row_bytes);
          rows[i].push_back(inside[i].back());
        } else {
          rows[i].push_back(w.pad_table ? program.tables.at(static_cast<size_t>(*w.pad_table)).data.data() : nullptr);
        }
      }
    }
    std::vector<Value> args;
    for (const Arg& arg : c.args) {
      const auto index = static_cast<size_t>(arg.index);
      switch (arg.kind) {
        case Arg::Kind::array: args.push_back({memory.at(arg.index).data() + arg.byte_offset}); break;
        case Arg::Kind::table: args.push_back({program.tables.at(index).data.data()}); break;
        case Arg::Kind::rows: args.push_back({rows[index].data()}); break;
        case Arg::Kind::rows_inside: args.push_back({inside[index].data()}); break;
        case Arg::Kind::row_count: args.push_back({nullptr, static_cast<int64_t>(inside[index].size())}); break;
        case Arg::Kind::in_row: args.push_back({rows[index].at(0)}); break;
        case Arg::Kind::out_row: args.push_back({memory.at(c.out_array).data() + c.out_offset + y * c.out_row_bytes}); break;
        case Arg::Kind::row_index: args.push_back({nullptr, y}); break;
        case Arg::Kind::number: args.push_back({nullptr, arg.byte_offset}); break;
        case Arg::Kind::null: args.push_back({}); break;
      }
    }
    const auto f = functions_.find(c.function);
    if (f == functions_.end()) throw internal_error("the test does not know " + c.function);
    f->second(c.params.value(), args);
  }

  std::map<std::string, std::function<void(const Params&, const std::vector<Value>&)>> functions_;
};

}  // namespace ew::test
