#include "plan/stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace ew {
namespace {

constexpr int64_t largest_period = 1 << 12;

// One output of one layer of the run.
struct Writer {
  size_t layer = 0;
  StreamOutput output;
};

std::vector<Writer> writers_of(const std::vector<StreamLayer>& layers) {
  std::vector<Writer> writers;
  for (size_t l = 0; l < layers.size(); ++l)
    for (const StreamOutput& output : layers[l].outputs) writers.push_back({l, output});
  return writers;
}

bool feeds(const Writer& writer, const StreamInput& in) { return writer.output.array == in.array && meet(writer.output.part, in.part); }

// The last row that row y needs, of those the image has.
int64_t last_row(const StreamInput& in, int64_t y) {
  return std::min(in.height - 1, y * in.stride + in.first + (in.kernel - 1) * in.dilation);
}

// Ticks from row to row, so that every layer keeps up with those it reads from. 0: not known yet.
bool set_periods(const std::vector<StreamLayer>& layers, const std::vector<Writer>& writers, std::vector<Pace>& paces) {
  std::vector<std::pair<int64_t, int64_t>> rate(layers.size(), {0, 1});    // period as a fraction
  const auto start = std::ranges::find_if(layers, [](const StreamLayer& layer) { return layer.rows > 0; });
  if (start == layers.end()) return false;
  rate[static_cast<size_t>(start - layers.begin())] = {1, 1};
  const auto settle = [&](size_t layer, int64_t numerator, int64_t denominator) {
    const int64_t divisor = std::gcd(numerator, denominator);
    const std::pair<int64_t, int64_t> value{numerator / divisor, denominator / divisor};
    if (value.first > largest_period || value.second > largest_period) return false;
    if (rate[layer].first == 0) rate[layer] = value;
    return rate[layer] == value;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t l = 0; l < layers.size(); ++l)
      for (const StreamInput& in : layers[l].inputs)
        for (const Writer& writer : writers) {
          const size_t w = writer.layer;
          if (!feeds(writer, in) || (rate[w].first == 0 && rate[l].first == 0)) continue;
          const bool known = rate[w].first != 0 && rate[l].first != 0;
          const bool fits = rate[w].first != 0 ? settle(l, rate[w].first * in.stride, rate[w].second) : settle(w, rate[l].first, rate[l].second * in.stride);
          if (!fits) return false;
          changed = changed || !known;
        }
  }
  int64_t common = 1;
  for (size_t l = 0; l < layers.size(); ++l) {
    auto& [numerator, denominator] = rate[l];
    if (layers[l].rows == 0) numerator = 1;
    if (numerator == 0) return false;              // not connected with the first layer
    common = std::lcm(common, denominator);
    if (common > largest_period) return false;
  }
  for (size_t l = 0; l < layers.size(); ++l) paces[l].period = rate[l].first * (common / rate[l].second);
  return true;
}

// The least delay at which layer l finds its rows.
int64_t least_delay(const std::vector<StreamLayer>& layers, const std::vector<Writer>& writers, const std::vector<Pace>& paces, size_t l) {
  int64_t delay = 0;
  for (const StreamInput& in : layers[l].inputs)
    for (const Writer& writer : writers) {
      if (!feeds(writer, in)) continue;
      const Pace& from = paces[writer.layer];
      for (int64_t y = 0; y < layers[l].rows; ++y)
        if (const int64_t row = last_row(in, y); row >= 0) delay = std::max(delay, from.delay + row * from.period - y * paces[l].period);
    }
  return delay;
}

// The largest delay at which every reader of layer l's rows still finds them; -1: nobody in the run reads them.
int64_t largest_delay(const std::vector<StreamLayer>& layers, const std::vector<Writer>& writers, const std::vector<Pace>& paces, size_t l) {
  int64_t delay = -1;
  for (size_t c = l + 1; c < layers.size(); ++c)
    for (const StreamInput& in : layers[c].inputs) {
      if (std::ranges::none_of(writers, [&](const Writer& writer) { return writer.layer == l && feeds(writer, in); })) continue;
      for (int64_t y = 0; y < layers[c].rows; ++y) {
        const int64_t row = last_row(in, y);
        if (row < 0) continue;
        const int64_t latest = paces[c].delay + y * paces[c].period - row * paces[l].period;
        delay = delay < 0 ? latest : std::min(delay, latest);
      }
    }
  return delay;
}

// Events in time: layer l at tick t.
int64_t event(const std::vector<StreamLayer>& layers, const Pace& pace, size_t l, int64_t y) {
  return (pace.delay + y * pace.period) * static_cast<int64_t>(layers.size()) + static_cast<int64_t>(l);
}

// By row of an array: the last event that reads the part of it; -1: none.
std::vector<int64_t> last_reads(const std::vector<StreamLayer>& layers, const std::vector<Pace>& paces, int array, const RowPart& part, int64_t height) {
  std::vector<int64_t> last(static_cast<size_t>(height), -1);
  for (size_t l = 0; l < layers.size(); ++l)
    for (const StreamInput& in : layers[l].inputs) {
      if (in.array != array || !meet(in.part, part)) continue;
      for (int64_t y = 0; y < layers[l].rows; ++y)
        for (int64_t k = 0; k < in.kernel; ++k) {
          const int64_t row = y * in.stride + in.first + k * in.dilation;
          if (row < 0 || row >= height) continue;
          int64_t& when = last[static_cast<size_t>(row)];
          when = std::max(when, event(layers, paces[l], l, y));
        }
    }
  return last;
}

// What the rows of one writer need.
Ring ring_of(const std::vector<StreamLayer>& layers, const std::vector<Pace>& paces, const Writer& writer) {
  const StreamLayer& layer = layers[writer.layer];
  const Pace& pace = paces[writer.layer];
  const std::vector<int64_t> last = last_reads(layers, paces, writer.output.array, writer.output.part, layer.rows);
  Ring ring{1, true};
  int64_t oldest = 0;                              // the first row that is still to be read
  for (int64_t y = 0; y < layer.rows; ++y) {
    const int64_t now = event(layers, pace, writer.layer, y);
    while (oldest < y && last[static_cast<size_t>(oldest)] < now) ++oldest;
    ring.rows = std::max(ring.rows, y - oldest + 1);
    const int64_t end_of_tick = (pace.delay + y * pace.period + 1) * static_cast<int64_t>(layers.size());
    ring.transient = ring.transient && last[static_cast<size_t>(y)] < end_of_tick;
  }
  return ring;
}

// Of every array what the most demanding of its writers needs.
std::map<int, Ring> rings_of(const std::vector<StreamLayer>& layers, const std::vector<Pace>& paces, const std::vector<Writer>& writers) {
  std::map<int, Ring> rings;
  for (const Writer& writer : writers) {
    const Ring one = ring_of(layers, paces, writer);
    Ring& ring = rings.try_emplace(writer.output.array, Ring{1, true}).first->second;
    ring.rows = std::max(ring.rows, one.rows);
    ring.transient = ring.transient && one.transient;
  }
  for (auto& [array, ring] : rings) ring.transient = ring.transient && ring.rows == 1;
  return rings;
}

// Whether every row that is read was written by an earlier layer.
bool in_order(const std::vector<StreamLayer>& layers, const std::vector<Writer>& writers) {
  return std::ranges::all_of(writers, [&](const Writer& writer) {
    for (size_t l = 0; l <= writer.layer; ++l)
      if (std::ranges::any_of(layers[l].inputs, [&](const StreamInput& in) { return feeds(writer, in); })) return false;
    return true;
  });
}

}  // namespace

bool meet(const RowPart& a, const RowPart& b) {
  return a.pitch == 0 || b.pitch == 0 || a.pitch != b.pitch || (a.begin < b.end && b.begin < a.end);
}

std::optional<Schedule> schedule(const std::vector<StreamLayer>& layers) {
  Schedule result;
  result.paces.resize(layers.size());
  const std::vector<Writer> writers = writers_of(layers);
  if (!in_order(layers, writers) || !set_periods(layers, writers, result.paces)) return std::nullopt;
  for (size_t l = 0; l < layers.size(); ++l) result.paces[l].delay = least_delay(layers, writers, result.paces, l);
  // A layer that reads only whole tensors may wait until its rows are wanted.
  for (size_t l = layers.size(); l-- > 0;) {
    const bool reads_rings = std::ranges::any_of(layers[l].inputs, [&](const StreamInput& in) {
      return std::ranges::any_of(writers, [&](const Writer& writer) { return feeds(writer, in); });
    });
    if (!reads_rings) result.paces[l].delay = std::max(result.paces[l].delay, largest_delay(layers, writers, result.paces, l));
  }
  for (size_t l = 0; l < layers.size(); ++l)
    result.ticks = std::max(result.ticks, result.paces[l].delay + (layers[l].rows - 1) * result.paces[l].period + 1);
  result.rings = rings_of(layers, result.paces, writers);
  return result;
}

int64_t stream_overlap(const std::vector<StreamLayer>& layers, const Schedule& schedule, int in, int64_t in_row_bytes, int out, int64_t out_row_bytes) {
  int64_t height = 0;
  for (const StreamLayer& layer : layers)
    for (const StreamInput& input : layer.inputs)
      if (input.array == in) height = std::max(height, input.height);
  const std::vector<int64_t> last = last_reads(layers, schedule.paces, in, {}, height);
  int64_t distance = 0;
  for (const Writer& writer : writers_of(layers)) {
    if (writer.output.array != out) continue;
    int64_t oldest = 0;
    for (int64_t y = 0; y < layers[writer.layer].rows; ++y) {
      const int64_t now = event(layers, schedule.paces[writer.layer], writer.layer, y);
      while (oldest < height && last[static_cast<size_t>(oldest)] < now) ++oldest;
      distance = std::max(distance, (y + 1) * out_row_bytes - oldest * in_row_bytes);
    }
  }
  return distance;
}

namespace {

// What the places of a ring hold of one writer: numbers of rows, -1 before the first one.
struct Held {
  Writer writer;
  std::vector<int64_t> rows;
};

std::string wrong_part(const std::vector<Held>& held) {
  for (size_t i = 0; i < held.size(); ++i)
    for (size_t j = 0; j < i; ++j) {
      const StreamOutput &a = held[i].writer.output, &b = held[j].writer.output;
      if (a.array == b.array && (a.part.pitch != b.part.pitch || meet(a.part, b.part)))
        return fmt::format("layers {} and {} write the same bytes of array {}", held[j].writer.layer, held[i].writer.layer, a.array);
    }
  return "";
}

std::string wrong_read(const std::vector<Held>& held, const StreamLayer& layer, size_t l, int64_t y, int64_t tick) {
  for (const StreamInput& in : layer.inputs)
    for (const Held& h : held)
      for (int64_t k = 0; feeds(h.writer, in) && k < in.kernel; ++k) {
        const int64_t row = y * in.stride + in.first + k * in.dilation;
        if (row < 0 || row >= in.height) continue;
        const int64_t found = h.rows[static_cast<size_t>(row % static_cast<int64_t>(h.rows.size()))];
        if (found != row) return fmt::format("layer {} reads row {} of array {} at tick {}, where row {} lies", l, row, in.array, tick, found);
      }
  return "";
}

}  // namespace

std::string check(const std::vector<StreamLayer>& layers, const Schedule& schedule) {
  std::vector<Held> held;
  for (const Writer& writer : writers_of(layers))
    held.push_back({writer, std::vector<int64_t>(static_cast<size_t>(schedule.rings.at(writer.output.array).rows), -1)});
  if (std::string wrong = wrong_part(held); !wrong.empty()) return wrong;
  std::vector<int64_t> done(layers.size(), 0);
  for (int64_t tick = 0; tick < schedule.ticks; ++tick) {
    for (Held& h : held)
      if (schedule.rings.at(h.writer.output.array).transient) h.rows.assign(h.rows.size(), -1);
    for (size_t l = 0; l < layers.size(); ++l) {
      const Pace& pace = schedule.paces[l];
      const int64_t y = done[l];
      if (y >= layers[l].rows || tick != pace.delay + y * pace.period) continue;
      if (std::string wrong = wrong_read(held, layers[l], l, y, tick); !wrong.empty()) return wrong;
      for (Held& h : held)
        if (h.writer.layer == l) h.rows[static_cast<size_t>(y % static_cast<int64_t>(h.rows.size()))] = y;
      ++done[l];
    }
  }
  for (size_t l = 0; l < layers.size(); ++l)
    if (done[l] != layers[l].rows) return fmt::format("layer {} computes {} of {} rows", l, done[l], layers[l].rows);
  return "";
}

}  // namespace ew
