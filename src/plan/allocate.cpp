// Placement of blocks with lifetimes in one segment: lowest fit in several orders, the best one improved by a bounded, seeded search.
#include "plan/plan.h"

#include "plan/align.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <unordered_map>

namespace ew {
namespace {

constexpr int64_t no_sharing = INT64_MAX;

bool together(const Block& a, const Block& b) { return a.first <= b.last && b.first <= a.last; }

// A neighbour of a block: another block alive at the same time, and how the two may share.
struct Conflict {
  int other;
  int64_t above = no_sharing;        // may share if offset[block] >= offset[other] + above
  int64_t below = no_sharing;        // may share if offset[block] + below <= offset[other]
};

class Placer {
 public:
  Placer(const std::vector<Block>& blocks, const std::vector<Allowance>& allowances) : blocks_(blocks), conflicts_(blocks.size()) {
    // distance[{i, j}]: block i may share with j if it lies at least so far above it
    std::unordered_map<int64_t, int64_t> distance;
    const auto key = [](size_t i, size_t j) { return static_cast<int64_t>(i << 32 | j); };
    for (const Allowance& a : allowances) {
      const auto in = static_cast<size_t>(a.in), out = static_cast<size_t>(a.out);
      if (a.ascending >= 0) distance[key(in, out)] = a.ascending;
      if (a.descending >= 0) distance[key(out, in)] = a.descending;
    }
    const auto above = [&](size_t i, size_t j) {
      const auto it = distance.find(key(i, j));
      return it == distance.end() ? no_sharing : it->second;
    };
    for (size_t i = 0; i < blocks.size(); ++i)
      for (size_t j = 0; j < blocks.size(); ++j)
        if (i != j && together(blocks[i], blocks[j])) conflicts_[i].push_back({static_cast<int>(j), above(i, j), above(j, i)});
  }

  // Places the blocks in the given order, each at the lowest offset that fits.
  Allocation place(const std::vector<int>& order) const {
    Allocation result;
    result.offsets.assign(blocks_.size(), -1);
    std::vector<int64_t> candidates;
    for (const int index : order) {
      const Block& block = blocks_[static_cast<size_t>(index)];
      const auto& conflicts = conflicts_[static_cast<size_t>(index)];
      candidates.assign(1, 0);
      for (const Conflict& c : conflicts) {
        const int64_t at = result.offsets[static_cast<size_t>(c.other)];
        if (at < 0) continue;
        candidates.push_back(align_up(at + blocks_[static_cast<size_t>(c.other)].bytes, block.alignment));
        if (c.above != no_sharing) candidates.push_back(align_up(at + c.above, block.alignment));
        if (c.below != no_sharing && at - c.below >= 0) candidates.push_back(align_down(at - c.below, block.alignment));
      }
      std::sort(candidates.begin(), candidates.end());
      for (const int64_t offset : candidates)
        if (fits(result, conflicts, block, offset)) {
          result.offsets[static_cast<size_t>(index)] = offset;
          result.bytes = std::max(result.bytes, offset + block.bytes);
          break;
        }
    }
    return result;
  }

 private:
  bool fits(const Allocation& partial, const std::vector<Conflict>& conflicts, const Block& block, int64_t offset) const {
    return std::all_of(conflicts.begin(), conflicts.end(), [&](const Conflict& c) {
      const int64_t at = partial.offsets[static_cast<size_t>(c.other)];
      if (at < 0) return true;
      if (offset >= at + blocks_[static_cast<size_t>(c.other)].bytes || offset + block.bytes <= at) return true;
      return (c.above != no_sharing && offset >= at + c.above) || (c.below != no_sharing && offset + c.below <= at);
    });
  }

  const std::vector<Block>& blocks_;
  std::vector<std::vector<Conflict>> conflicts_;
};

}  // namespace

Allocation allocate(const std::vector<Block>& blocks, const std::vector<Allowance>& allowances) {
  const Placer placer(blocks, allowances);
  std::vector<int> order(blocks.size());
  std::iota(order.begin(), order.end(), 0);
  std::vector<int> best_order = order;
  Allocation best = placer.place(order);
  const auto offer = [&](auto before) {
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return before(blocks[static_cast<size_t>(a)], blocks[static_cast<size_t>(b)]); });
    Allocation result = placer.place(order);
    if (result.bytes >= best.bytes) return;
    best = std::move(result);
    best_order = order;
  };
  const auto area = [](const Block& b) { return b.bytes * (b.last - b.first + 1); };
  offer([](const Block& a, const Block& b) { return a.bytes > b.bytes; });
  offer([](const Block& a, const Block& b) { return a.first < b.first; });
  offer([](const Block& a, const Block& b) { return a.last > b.last; });
  offer([&](const Block& a, const Block& b) { return area(a) > area(b); });
  if (blocks.size() < 3) return best;
  // Moves of one block to another place in the order; fixed seed and a bound on the work: the same result every run.
  std::mt19937 random(1);
  const size_t rounds = std::min<size_t>(400, 2'000'000 / (blocks.size() * blocks.size()));
  for (size_t round = 0; round < rounds; ++round) {
    std::vector<int> candidate = best_order;
    const size_t from = random() % candidate.size(), to = random() % candidate.size();
    const int moved = candidate[from];
    candidate.erase(candidate.begin() + static_cast<std::ptrdiff_t>(from));
    candidate.insert(candidate.begin() + static_cast<std::ptrdiff_t>(to), moved);
    Allocation result = placer.place(candidate);
    if (result.bytes > best.bytes) continue;
    best = std::move(result);
    best_order = std::move(candidate);
  }
  return best;
}

std::string check(const std::vector<Block>& blocks, const std::vector<Allowance>& allowances, const Allocation& allocation) {
  if (allocation.offsets.size() != blocks.size()) return "not every block has an offset";
  for (size_t i = 0; i < blocks.size(); ++i) {
    const int64_t a = allocation.offsets[i];
    if (a < 0 || a + blocks[i].bytes > allocation.bytes) return fmt::format("block {} lies outside", i);
    if (a % blocks[i].alignment != 0) return fmt::format("block {} is not aligned to {}", i, blocks[i].alignment);
    for (size_t j = 0; j < i; ++j) {
      const int64_t b = allocation.offsets[j];
      const bool apart_in_time = blocks[i].last < blocks[j].first || blocks[j].last < blocks[i].first;
      const bool apart_in_space = a + blocks[i].bytes <= b || b + blocks[j].bytes <= a;
      if (apart_in_time || apart_in_space) continue;
      const bool allowed = std::ranges::any_of(allowances, [&](const Allowance& x) {
        const bool i_is_input = x.in == static_cast<int>(i) && x.out == static_cast<int>(j);
        const bool j_is_input = x.in == static_cast<int>(j) && x.out == static_cast<int>(i);
        if (!i_is_input && !j_is_input) return false;
        const int64_t in = i_is_input ? a : b, out = i_is_input ? b : a;
        return (x.ascending >= 0 && out + x.ascending <= in) || (x.descending >= 0 && in + x.descending <= out);
      });
      if (allowed) continue;
      return fmt::format("blocks {} and {} overlap", j, i);
    }
  }
  return "";
}

}  // namespace ew
