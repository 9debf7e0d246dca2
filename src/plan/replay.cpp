#include "plan/replay.h"

#include "plan/pixels.h"

#include <fmt/format.h>

#include <algorithm>

namespace ew {
namespace {

bool is_accumulating(const Call& call) {
  return call.out_array < 0 && std::ranges::any_of(call.args, [](const Arg& arg) { return arg.kind == Arg::Kind::row_index; });
}

// Bytes of one array: runs of `run` bytes, `stride` apart, `count` of them.
struct Runs {
  int64_t count = 1, run = 0, stride = 0;
};

class Replay {
 public:
  explicit Replay(const Program& program) : program_(program), memory_(static_cast<size_t>(program.bytes(SegmentKind::activations)), 0) {}

  std::string run() {
    for (const int id : program_.inputs) whole(id, true);
    for (const CNode& node : program_.nodes) {
      node_ = &node;
      if (node.steps.empty()) layer(node);
      else group(node);
      if (!wrong_.empty()) return wrong_;
    }
    for (const int id : program_.outputs) whole(id, false);
    return wrong_;
  }

 private:
  // Where a root array lies in the activations; -1: elsewhere.
  int64_t start_of(const Array& root) const {
    if (root.activations_offset >= 0) return root.activations_offset;
    const bool there = root.segment >= 0 && program_.segments[static_cast<size_t>(root.segment)].kind == SegmentKind::activations;
    return there && root.input < 0 && root.output < 0 ? root.offset : -1;
  }

  // Reads or writes bytes [at, at + bytes) of a root array that lie `place` bytes behind its start.
  void touch(const Array& root, int64_t at, int64_t place, int64_t bytes, bool writes) {
    const int64_t start = start_of(root);
    if (start < 0 || !wrong_.empty()) return;
    if (start + place < 0 || start + place + bytes > static_cast<int64_t>(memory_.size())) {
      wrong_ = fmt::format("{}: bytes of {} lie outside the activations", node_ == nullptr ? "" : node_->name, root.name);
      return;
    }
    for (int64_t i = 0; i < bytes; ++i) {
      uint64_t& byte = memory_[static_cast<size_t>(start + place + i)];
      const uint64_t value = (static_cast<uint64_t>(root.id) + 1) << 40 | static_cast<uint64_t>(at + i);
      if (writes) byte = value;
      else if (byte != value) return report(root, at + i, byte);
    }
  }

  void report(const Array& root, int64_t at, uint64_t found) {
    const std::string there = found == 0 ? "nothing" : fmt::format("byte {} of {}", found & ((uint64_t{1} << 40) - 1), array_of(program_, static_cast<int>(found >> 40) - 1).name);
    wrong_ = fmt::format("{} needs byte {} of {}, where {} lies", node_ == nullptr ? "the end" : node_->name, at, root.name, there);
  }

  void runs(const Array& root, int64_t at, int64_t place, const Runs& r, bool writes) {
    for (int64_t n = 0; n < r.count; ++n) touch(root, at + n * r.stride, place + n * r.stride, r.run, writes);
  }

  void whole(int id, bool writes) {
    const Location place = location(program_, id);
    const int64_t bytes = array_of(program_, id).bytes;
    const Runs all = place.run > 0 ? Runs{bytes / place.run, place.run, place.pitch} : Runs{1, bytes, 0};
    runs(array_of(program_, place.root), place.offset, place.offset, all, writes);
  }

  // One row, as far as the array or the copy has bytes of it.
  void row(int id, int64_t y, int64_t row_bytes, int64_t offset, const Runs* copied, bool writes) {
    const Location place = location(program_, id);
    const Array& root = array_of(program_, place.root);
    const int64_t ring = root.ring_rows > 0 ? root.ring_rows : INT64_MAX, start = place.offset + offset;
    const Runs all = copied != nullptr ? *copied : place.run > 0 ? Runs{row_bytes / place.pitch, place.run, place.pitch} : Runs{1, row_bytes, 0};
    runs(root, start + y * row_bytes, start + y % ring * row_bytes, all, writes);
  }

  void row_call(const CNode& layer, const Call& call, int64_t y) {
    const std::optional<RowCopy> copy = row_copy_of(call);
    for (const RowWindow& window : call.windows) {
      if (array_of(program_, window.array).data) continue;
      const Runs copied{copy ? window.row_bytes / copy->from_stride : 0, copy ? copy->run : 0, copy ? copy->from_stride : 0};
      for (int64_t k = 0; k < window.kernel; ++k) {
        const int64_t at = y * window.stride + window.first + k * window.dilation;
        if (at >= 0 && at < window.height) row(window.array, at, window.row_bytes, window.offset, copy ? &copied : nullptr, false);
      }
    }
    const bool accumulates = is_accumulating(call);
    std::vector<int> kept = layer.scratch;         // from row to row when it accumulates
    if (accumulates) kept.insert(kept.end(), layer.outputs.begin(), layer.outputs.end());
    for (const int id : kept) {
      if (accumulates && y > 0) whole(id, false);
      whole(id, true);
    }
    const Runs copied{copy ? call.out_row_bytes / copy->to_stride : 0, copy ? copy->run : 0, copy ? copy->to_stride : 0};
    if (call.out_array >= 0) row(call.out_array, y, call.out_row_bytes, call.out_offset, copy ? &copied : nullptr, true);
  }

  void group(const CNode& node) {
    for (int64_t tick = 0; tick < node.ticks; ++tick)
      for (const CNode& step : node.steps)
        for (const Call& call : step.calls)
          if (const int64_t since = tick - call.delay; since >= 0 && since % call.period == 0 && since / call.period < call.out_rows)
            row_call(step, call, since / call.period);
  }

  void layer(const CNode& node) {
    if (only_copies(node) && std::ranges::all_of(node.calls, [](const Call& call) { return pixel_copy(call).has_value(); })) {
      for (const Call& call : node.calls) copy(*pixel_copy(call));
    } else if (!node.calls.empty() && std::ranges::all_of(node.calls, [](const Call& call) { return call.out_rows > 0; })) {
      for (const Call& call : node.calls)
        for (int64_t n = 0; n < call.out_rows; ++n) row_call(node, call, call.descending ? call.out_rows - 1 - n : n);
    } else if (!node.calls.empty()) {
      for (const int id : node.inputs) whole(id, false);
      for (const int id : node.scratch) whole(id, true);
      for (const int id : node.outputs) whole(id, true);
    }
  }

  void copy(const PixelCopy& copy) {
    const auto side = [&](const PixelCopy::Side& s, bool writes) {
      if (array_of(program_, s.array).data) return;
      const Location place = location(program_, s.array);
      const int64_t at = place.offset + s.offset;
      runs(array_of(program_, place.root), at, at, {copy.pixels, copy.run, s.stride}, writes);
    };
    side(copy.from, false);
    side(copy.to, true);
  }

  const Program& program_;
  const CNode* node_ = nullptr;
  std::vector<uint64_t> memory_;
  std::string wrong_;
};

}  // namespace

std::string replay(const Program& program) { return Replay(program).run(); }

}  // namespace ew
