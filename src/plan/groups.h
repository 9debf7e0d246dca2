// Chooses which runs of c-nodes are streamed, and what follows from it for the memory of their arrays.
#pragma once

#include "plan/plan.h"
#include "plan/stream.h"

#include <map>
#include <vector>

namespace ew {

// The c-nodes [first, last] of Program::nodes as one streamed group.
struct Group {
  int first = 0, last = 0;
  std::vector<StreamLayer> layers;   // by c-node
  Schedule schedule;
  std::map<int, int> in_place;       // array whose rows are computed where those of another one go: an elementwise layer makes these of them at once
};

// What must fit into the activations at the same time, and who may share: the input of allocate(). `arrays` says whose block is which.
struct MemoryProblem {
  std::vector<Block> blocks;
  std::vector<Allowance> allowances;
  std::vector<int> arrays;           // array id by block
};
MemoryProblem memory_problem(const Program& program, const std::vector<Group>& groups);

// Partitions worth trying, each a list of groups in order: the first without any group, the others with ever smaller estimated peaks.
// Lifetimes must be set. `most_cost`: instructions that streaming may cost at most, by estimate; below 0: no streaming at all.
std::vector<std::vector<Group>> candidate_groups(const Program& program, int64_t most_cost);

// Whether the group writes the array (or what it lies in) row by row and nobody outside it does or reads it: a ring of rows is enough.
bool is_inner(const Program& program, const Group& group, int array);

// Instructions that the loop over ticks and the ring addresses cost, an estimate.
int64_t streaming_cost(const Group& group);

// Arrays that are computed in the place of others become views of those.
void set_places(Program& program, const std::vector<Group>& groups);

// Makes each group one c-node with steps. The arrays inside become scratch memory of the ring's rows.
void merge_groups(Program& program, const std::vector<Group>& groups);

// Takes away the row forms that no group took up and the scratch arrays that only they used; the other arrays get new numbers.
void remove_row_forms(Program& program);

// The order of the c-nodes with the least peak without streaming and overlaps; the given one unless another is better.
std::vector<size_t> best_order(const Program& program);

}  // namespace ew
