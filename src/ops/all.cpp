// The list of operators: one line each.
#include "ops/op.h"

#include <array>

namespace ew {

extern const Op reshape_op;

namespace {

const std::array list{
    &reshape_op,
};

}  // namespace

std::span<const Op* const> all_ops() { return list; }

const Op* find_op(std::string_view name) {
  for (const Op* op : list)
    if (op->name == name) return op;
  return nullptr;
}

const Import* find_import(std::string_view framework, std::string_view name, const Op** op) {
  for (const Op* candidate : list)
    for (const Import& import : candidate->imports)
      if (import.framework == framework && import.name == name) {
        if (op != nullptr) *op = candidate;
        return &import;
      }
  return nullptr;
}

}  // namespace ew
