#include "plan/stream.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace ew {
namespace {

constexpr int64_t largest_period = 1 << 12;

// The writer of every array of the run.
std::map<int, size_t> writers_of(const std::vector<StreamLayer>& layers) {
  std::map<int, size_t> writers;
  for (size_t l = 0; l < layers.size(); ++l)
    if (layers[l].output >= 0) writers[layers[l].output] = l;
  return writers;
}

// The last row that row y needs, of those the image has.
int64_t last_row(const StreamInput& in, int64_t y) {
  return std::min(in.height - 1, y * in.stride + in.first + (in.kernel - 1) * in.dilation);
}

// Ticks from row to row, so that every layer keeps up with those it reads from. 0: not known yet.
bool set_periods(const std::vector<StreamLayer>& layers, const std::map<int, size_t>& writers, std::vector<Pace>& paces) {
  std::vector<std::pair<int64_t, int64_t>> rate(layers.size(), {0, 1});    // period as a fraction
  rate[0] = {1, 1};
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
      for (const StreamInput& in : layers[l].inputs) {
        const auto writer = writers.find(in.array);
        if (writer == writers.end()) continue;
        const size_t w = writer->second;
        if (rate[w].first == 0 && rate[l].first == 0) continue;
        const bool known = rate[w].first != 0 && rate[l].first != 0;
        const bool fits = rate[w].first != 0 ? settle(l, rate[w].first * in.stride, rate[w].second) : settle(w, rate[l].first, rate[l].second * in.stride);
        if (!fits) return false;
        changed = changed || !known;
      }
  }
  int64_t common = 1;
  for (const auto& [numerator, denominator] : rate) {
    if (numerator == 0) return false;              // not connected with the first layer
    common = std::lcm(common, denominator);
    if (common > largest_period) return false;
  }
  for (size_t l = 0; l < layers.size(); ++l) paces[l].period = rate[l].first * (common / rate[l].second);
  return true;
}

// The least delay at which layer l finds its rows.
int64_t least_delay(const std::vector<StreamLayer>& layers, const std::map<int, size_t>& writers, const std::vector<Pace>& paces, size_t l) {
  int64_t delay = 0;
  for (const StreamInput& in : layers[l].inputs) {
    const auto writer = writers.find(in.array);
    if (writer == writers.end()) continue;
    const Pace& from = paces[writer->second];
    for (int64_t y = 0; y < layers[l].rows; ++y)
      if (const int64_t row = last_row(in, y); row >= 0) delay = std::max(delay, from.delay + row * from.period - y * paces[l].period);
  }
  return delay;
}

// The largest delay at which every reader of layer l's rows still finds them; -1: nobody in the run reads them.
int64_t largest_delay(const std::vector<StreamLayer>& layers, const std::vector<Pace>& paces, size_t l) {
  int64_t delay = -1;
  for (size_t c = l + 1; c < layers.size(); ++c)
    for (const StreamInput& in : layers[c].inputs) {
      if (in.array != layers[l].output) continue;
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

// By row of an array: the last event that reads it; -1: none.
std::vector<int64_t> last_reads(const std::vector<StreamLayer>& layers, const std::vector<Pace>& paces, int array, int64_t height) {
  std::vector<int64_t> last(static_cast<size_t>(height), -1);
  for (size_t l = 0; l < layers.size(); ++l)
    for (const StreamInput& in : layers[l].inputs) {
      if (in.array != array) continue;
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

Ring ring_of(const std::vector<StreamLayer>& layers, const std::vector<Pace>& paces, size_t writer) {
  const StreamLayer& layer = layers[writer];
  const std::vector<int64_t> last = last_reads(layers, paces, layer.output, layer.rows);
  Ring ring{1, true};
  int64_t oldest = 0;                              // the first row that is still to be read
  for (int64_t y = 0; y < layer.rows; ++y) {
    const int64_t now = event(layers, paces[writer], writer, y);
    while (oldest < y && last[static_cast<size_t>(oldest)] < now) ++oldest;
    ring.rows = std::max(ring.rows, y - oldest + 1);
    const int64_t end_of_tick = (paces[writer].delay + y * paces[writer].period + 1) * static_cast<int64_t>(layers.size());
    ring.transient = ring.transient && last[static_cast<size_t>(y)] < end_of_tick;
  }
  ring.transient = ring.transient && ring.rows == 1;
  return ring;
}

}  // namespace

std::optional<Schedule> schedule(const std::vector<StreamLayer>& layers) {
  Schedule result;
  result.paces.resize(layers.size());
  const std::map<int, size_t> writers = writers_of(layers);
  if (!set_periods(layers, writers, result.paces)) return std::nullopt;
  for (size_t l = 0; l < layers.size(); ++l) result.paces[l].delay = least_delay(layers, writers, result.paces, l);
  // A layer that reads only whole tensors may wait until its rows are wanted.
  for (size_t l = layers.size(); l-- > 0;) {
    const bool reads_rings = std::ranges::any_of(layers[l].inputs, [&](const StreamInput& in) { return writers.contains(in.array); });
    if (!reads_rings) result.paces[l].delay = std::max(result.paces[l].delay, largest_delay(layers, result.paces, l));
  }
  for (size_t l = 0; l < layers.size(); ++l)
    result.ticks = std::max(result.ticks, result.paces[l].delay + (layers[l].rows - 1) * result.paces[l].period + 1);
  for (const auto& [array, writer] : writers) result.rings[array] = ring_of(layers, result.paces, writer);
  return result;
}

int64_t stream_overlap(const std::vector<StreamLayer>& layers, const Schedule& schedule, int in, int64_t in_row_bytes, int out, int64_t out_row_bytes) {
  int64_t height = 0;
  for (const StreamLayer& layer : layers)
    for (const StreamInput& input : layer.inputs)
      if (input.array == in) height = std::max(height, input.height);
  const std::vector<int64_t> last = last_reads(layers, schedule.paces, in, height);
  const size_t writer = writers_of(layers).at(out);
  int64_t distance = 0, oldest = 0;
  for (int64_t y = 0; y < layers[writer].rows; ++y) {
    const int64_t now = event(layers, schedule.paces[writer], writer, y);
    while (oldest < height && last[static_cast<size_t>(oldest)] < now) ++oldest;
    distance = std::max(distance, (y + 1) * out_row_bytes - oldest * in_row_bytes);
  }
  return distance;
}

std::string check(const std::vector<StreamLayer>& layers, const Schedule& schedule) {
  const std::map<int, size_t> writers = writers_of(layers);
  std::map<int, std::vector<int64_t>> held;        // by array: the row each place of its ring holds
  for (const auto& [array, writer] : writers) held[array].assign(static_cast<size_t>(schedule.rings.at(array).rows), -1);
  std::vector<int64_t> done(layers.size(), 0);
  for (int64_t tick = 0; tick < schedule.ticks; ++tick) {
    for (const auto& [array, writer] : writers)
      if (schedule.rings.at(array).transient) held[array].assign(held[array].size(), -1);
    for (size_t l = 0; l < layers.size(); ++l) {
      const Pace& pace = schedule.paces[l];
      const int64_t y = done[l];
      if (y >= layers[l].rows || tick != pace.delay + y * pace.period) continue;
      for (const StreamInput& in : layers[l].inputs) {
        const auto ring = held.find(in.array);
        for (int64_t k = 0; ring != held.end() && k < in.kernel; ++k) {
          const int64_t row = y * in.stride + in.first + k * in.dilation;
          if (row < 0 || row >= in.height) continue;
          const int64_t found = ring->second[static_cast<size_t>(row % static_cast<int64_t>(ring->second.size()))];
          if (found != row) return fmt::format("layer {} reads row {} of array {} at tick {}, where row {} lies", l, row, in.array, tick, found);
        }
      }
      if (layers[l].output >= 0) {
        std::vector<int64_t>& ring = held.at(layers[l].output);
        ring[static_cast<size_t>(y % static_cast<int64_t>(ring.size()))] = y;
      }
      ++done[l];
    }
  }
  for (size_t l = 0; l < layers.size(); ++l)
    if (done[l] != layers[l].rows) return fmt::format("layer {} computes {} of {} rows", l, done[l], layers[l].rows);
  return "";
}

}  // namespace ew
