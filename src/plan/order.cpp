// The order of the c-nodes with the least peak, by the plain sum of the arrays alive. A search over the sets of c-nodes that can have run:
// level by level, equal sets once, the best of each level kept. Exact as long as no level has more sets than are kept, which is so for all
// but wide graphs; the same result every run.
#include "plan/groups.h"

#include <algorithm>
#include <functional>
#include <map>
#include <numeric>

namespace ew {
namespace {

constexpr size_t kept = 128;                     // sets of a level

// What the search needs of a c-node: arrays by dense index, views counted as what they lie in.
struct Task {
  std::vector<size_t> reads, writes;
  int64_t scratch = 0;
  std::vector<size_t> after;                     // c-nodes that must have run
};

struct Network {
  std::vector<Task> tasks;
  std::vector<int64_t> bytes;                    // by array
  std::vector<int> readers;                      // by array: how many c-nodes read it; one more for a network output
};

struct State {
  std::vector<bool> done;                        // by c-node
  std::vector<bool> alive_arrays;                // by array
  std::vector<int> left;                         // by array: readers still to run
  std::vector<size_t> order;
  int64_t alive = 0, peak = 0;
};

size_t base_of(const Program& program, int id) {
  while (program.arrays[static_cast<size_t>(id)].view_of >= 0) id = program.arrays[static_cast<size_t>(id)].view_of;
  return static_cast<size_t>(id);
}

void add_unique(std::vector<size_t>& list, size_t value) {
  if (std::ranges::find(list, value) == list.end()) list.push_back(value);
}

Network network_of(const Program& program) {
  Network network;
  network.bytes.resize(program.arrays.size(), 0);
  network.readers.resize(program.arrays.size(), 0);
  for (const Array& array : program.arrays) {
    if (array.role == Role::activation && in_activations(program, array) && array.view_of < 0)
      network.bytes[static_cast<size_t>(array.id)] = array.bytes;
  }
  std::map<size_t, std::vector<size_t>> writers;
  for (size_t n = 0; n < program.nodes.size(); ++n) {
    const CNode& node = program.nodes[n];
    Task task;
    for (const int id : node.inputs) {
      add_unique(task.reads, base_of(program, id));
      for (const size_t writer : writers[static_cast<size_t>(id)]) add_unique(task.after, writer);
      for (const size_t writer : writers[base_of(program, id)]) add_unique(task.after, writer);
    }
    for (const int id : node.outputs) {
      add_unique(task.writes, base_of(program, id));
      writers[static_cast<size_t>(id)].push_back(n);
      if (base_of(program, id) != static_cast<size_t>(id)) writers[base_of(program, id)].push_back(n);
    }
    for (const int id : node.scratch)
      if (uses(node.calls, id)) task.scratch += array_of(program, id).bytes;
    for (const size_t id : task.reads) ++network.readers[id];
    network.tasks.push_back(std::move(task));
  }
  for (const int id : program.outputs) ++network.readers[base_of(program, id)];
  return network;
}

void begin(const Network& network, State& state, size_t array) {
  if (state.alive_arrays[array]) return;
  state.alive_arrays[array] = true;
  state.alive += network.bytes[array];
}

void end_unless_read(const Network& network, State& state, size_t array) {
  if (state.left[array] > 0 || !state.alive_arrays[array]) return;
  state.alive_arrays[array] = false;
  state.alive -= network.bytes[array];
}

// The state after `task` ran as well.
State after(const Network& network, const State& before, size_t task) {
  State state = before;
  const Task& t = network.tasks[task];
  state.done[task] = true;
  state.order.push_back(task);
  for (const size_t id : t.writes) begin(network, state, id);
  state.peak = std::max(state.peak, state.alive + t.scratch);
  for (const size_t id : t.reads) --state.left[id];
  for (const auto* list : {&t.reads, &t.writes})
    for (const size_t id : *list) end_unless_read(network, state, id);
  return state;
}

State start(const Program& program, const Network& network) {
  State state;
  state.done.resize(network.tasks.size(), false);
  state.alive_arrays.resize(network.bytes.size(), false);
  state.left = network.readers;
  for (const int id : program.inputs) begin(network, state, static_cast<size_t>(id));
  state.peak = state.alive;
  return state;
}

bool ready(const Network& network, const State& state, size_t task) {
  return !state.done[task] && std::ranges::all_of(network.tasks[task].after, [&](size_t before) { return state.done[before]; });
}

}  // namespace

std::vector<size_t> best_order(const Program& program) {
  const Network network = network_of(program);
  State given = start(program, network);
  for (size_t n = 0; n < network.tasks.size(); ++n) given = after(network, given, n);
  std::vector<State> level{start(program, network)};
  for (size_t depth = 0; depth < network.tasks.size(); ++depth) {
    std::map<std::vector<bool>, State, std::greater<>> next;  // of equally good ones those that keep the given order longer
    for (const State& state : level)
      for (size_t task = 0; task < network.tasks.size(); ++task) {
        if (!ready(network, state, task)) continue;
        State candidate = after(network, state, task);
        if (candidate.peak >= given.peak) continue;
        const auto [found, is_new] = next.try_emplace(candidate.done, candidate);
        if (!is_new && candidate.peak < found->second.peak) found->second = std::move(candidate);
      }
    level.clear();
    for (auto& [done, state] : next) level.push_back(std::move(state));
    std::ranges::stable_sort(level, [](const State& a, const State& b) { return std::pair{a.peak, a.alive} < std::pair{b.peak, b.alive}; });
    if (level.size() > kept) level.resize(kept);
    if (level.empty()) return given.order;       // none is better
  }
  return level.front().order;
}

}  // namespace ew
