#include "plan/plan.h"

#include <algorithm>

namespace ew {
namespace {

// An instance takes 0.3 to 2.5 kB: it must be worth that.
constexpr double least_share = 0.03;             // of Call::work in the network's multiplications
constexpr size_t most_instances = 8;

struct Candidate {
  std::vector<Call*> calls;                      // which one instance serves
  double work = 0;
};

void add(std::vector<Candidate>& candidates, Call& call) {
  auto found = std::ranges::find_if(candidates, [&](const Candidate& c) { return same_instance(*c.calls.front(), call); });
  if (found == candidates.end()) found = candidates.insert(candidates.end(), Candidate{});
  found->calls.push_back(&call);
  found->work += call.work;
}

void add_calls(std::vector<Candidate>& candidates, CNode& node) {
  for (Call& call : node.calls)
    if (!call.body.empty()) add(candidates, call);
  for (CNode& step : node.steps) add_calls(candidates, step);
}

}  // namespace

void choose_instances(Program& program) {
  std::vector<Candidate> candidates;
  for (CNode& node : program.nodes) add_calls(candidates, node);
  std::ranges::stable_sort(candidates, std::greater{}, &Candidate::work);
  candidates.resize(std::min(candidates.size(), most_instances));
  const double least = least_share * static_cast<double>(program.macc());
  for (const Candidate& candidate : candidates)
    for (Call* call : candidate.calls) call->instance = candidate.work >= least;
}

}  // namespace ew
