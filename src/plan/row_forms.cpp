// Tidies up behind the choice of groups: forms row by row that none took, and what only they needed.
#include "plan/groups.h"

#include <algorithm>

namespace ew {
namespace {

// Gives arrays their new numbers; those without one (-1) must not be used.
class Renumbering {
 public:
  explicit Renumbering(std::vector<int> numbers) : numbers_(std::move(numbers)) {}

  void apply(int& id) const {
    if (id >= 0) id = numbers_.at(static_cast<size_t>(id));
  }
  void apply(std::vector<int>& ids) const {
    for (int& id : ids) apply(id);
    std::erase(ids, -1);
  }
  void apply(std::vector<Call>& calls) const {
    for (Call& call : calls) for_each_array(call, [&](int& id) { apply(id); });
  }
  void apply(std::vector<CNode>& nodes) const {
    for (CNode& node : nodes) {
      for (auto* ids : {&node.inputs, &node.weights, &node.scratch, &node.outputs}) apply(*ids);
      apply(node.calls);
      for (Overlap& overlap : node.overlaps) apply(overlap.input), apply(overlap.output);
      apply(node.steps);
    }
  }

 private:
  std::vector<int> numbers_;
};

}  // namespace

void remove_row_forms(Program& program) {
  std::vector<bool> used(program.arrays.size(), false);
  for (CNode& node : program.nodes) {
    node.row_form.clear();
    for (const Call* call : calls_of(node)) for_each_array(*call, [&](int id) { used[static_cast<size_t>(id)] = true; });
  }
  for (const Array& array : program.arrays)
    if (array.view_of >= 0) used[static_cast<size_t>(array.id)] = used[static_cast<size_t>(array.view_of)] = true;
  std::vector<int> numbers;
  std::vector<Array> kept;
  for (Array& array : program.arrays) {
    const bool keep = array.role != Role::scratch || used[static_cast<size_t>(array.id)];
    numbers.push_back(keep ? static_cast<int>(kept.size()) : -1);
    if (keep) kept.push_back(std::move(array));
  }
  const Renumbering renumber(std::move(numbers));
  program.arrays = std::move(kept);
  for (Array& array : program.arrays) renumber.apply(array.id), renumber.apply(array.view_of);
  renumber.apply(program.nodes);
  renumber.apply(program.inputs);
  renumber.apply(program.outputs);
}

}  // namespace ew
