#include "ops/affine_output.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ew {

namespace {

constexpr int64_t one = int64_t{1} << 32;          // of the result
constexpr int64_t most_changes = 200;              // of the multiplier
constexpr int64_t limit = int64_t{1} << 30;        // of a sum

// Least sum in (least, most] whose result is at least `result`; there is one.
int64_t threshold(const WeightedQuant& quant, int64_t channel, int64_t least, int64_t most, int32_t result) {
  const Multiplier factor = quant.factors[static_cast<size_t>(channel)];
  const double estimate = std::ldexp((result - quant.out_zero - 0.5) / factor.value, 31 - factor.shift);
  auto sum = static_cast<int64_t>(std::clamp(estimate, static_cast<double>(least + 1), static_cast<double>(most)));
  while (sum > least + 1 && requantised(sum - 1, quant, channel) >= result) --sum;
  while (requantised(sum, quant, channel) < result) ++sum;
  return sum;
}

int64_t round_up(int64_t a, int64_t b) { return a / b + (a % b != 0 && (a > 0) == (b > 0) ? 1 : 0); }

// What multiplier and constant of a channel whose sums lie in [least, most] must keep to.
class Constraints {
 public:
  Constraints(const WeightedQuant& quant, int64_t channel, int64_t least, int64_t most) : least_(least), most_(most) {
    const Multiplier factor = quant.factors[static_cast<size_t>(channel)];
    slope_ = std::llround(std::ldexp(factor.value, factor.shift + 1));
    const int32_t lowest = requantised(least, quant, channel), highest = requantised(most, quant, channel);
    for (int32_t result = lowest + 1; result <= highest; ++result) steps_.push_back({threshold(quant, channel, least, most, result), result * one});
    // A result that is the clamp's end may be exceeded.
    if (lowest > quant.clamp.low) first_ = lowest * one;
    if (highest < quant.clamp.high) last_ = (highest + 1) * one;
  }

  // The least and the largest constant for a multiplier: sum * multiplier + constant must be at least result * 2^32 from the sum `from` on, and
  // less for the sum before.
  [[nodiscard]] std::pair<int64_t, int64_t> constants(int64_t multiplier) const {
    int64_t low = -(int64_t{1} << 62), high = int64_t{1} << 62;
    for (const Step& step : steps_) {
      low = std::max(low, step.result - step.from * multiplier);
      high = std::min(high, step.result - (step.from - 1) * multiplier - 1);
    }
    if (first_) low = std::max(low, *first_ - least_ * multiplier);
    if (last_) high = std::min(high, *last_ - most_ * multiplier - 1);
    return {low, high};
  }

  // The one that leaves most constants. Their number is a concave function of it, so that halving finds its top.
  [[nodiscard]] int64_t roomiest_multiplier() const {
    int64_t left = slope_ - (slope_ >> 6) - 8, right = slope_ + (slope_ >> 6) + 8;
    while (left < right) {
      const int64_t middle = left + (right - left) / 2;
      if (room(middle) < room(middle + 1)) left = middle + 1;
      else right = middle;
    }
    return left;
  }

 private:
  struct Step { int64_t from, result; };

  [[nodiscard]] int64_t room(int64_t multiplier) const {
    const auto [low, high] = constants(multiplier);
    return high - low;
  }

  int64_t least_, most_, slope_ = 0;
  std::vector<Step> steps_;
  std::optional<int64_t> first_, last_;
};

}  // namespace

std::optional<AffineChannel> affine_channel(const WeightedQuant& quant, int64_t channel, int64_t least, int64_t most) {
  if (least <= -limit || most >= limit) return {};
  const int32_t lowest = requantised(least, quant, channel), highest = requantised(most, quant, channel);
  if (lowest == highest) return AffineChannel{0, 0, static_cast<int8_t>(lowest)};
  const Constraints constraints(quant, channel, least, most);
  const int64_t best = constraints.roomiest_multiplier();
  for (int64_t change = 0; change <= most_changes; ++change) {
    const int64_t multiplier = best + (change % 2 == 0 ? change / 2 : -(change + 1) / 2);
    if (multiplier < 1 || multiplier > std::numeric_limits<int32_t>::max()) continue;
    const auto [low, high] = constraints.constants(multiplier);
    for (int64_t offset = -128; low <= high && offset < 128; ++offset) {
      const int64_t bias = round_up(low - offset * one, multiplier);
      const int64_t constant = bias * multiplier + offset * one;
      if (constant < low || constant > high || least + bias <= -limit || most + bias >= limit) continue;
      return AffineChannel{static_cast<int32_t>(multiplier), static_cast<int32_t>(bias), static_cast<int8_t>(offset)};
    }
  }
  return {};
}

std::optional<AffineChannel> affine_channel(const Node& node, const WeightedQuant& quant, const WeightLayout& layout, int64_t channel, int64_t bias) {
  const auto weights = node.in[1]->constant->as<int8_t>();
  int64_t least = bias, most = bias;
  for (int64_t i = 0; i < layout.count; ++i) {
    const int64_t w = weights[static_cast<size_t>(channel * layout.channel_stride + i * layout.tap_stride)];
    least += std::min(w * -128, w * 127);
    most += std::max(w * -128, w * 127);
  }
  return affine_channel(quant, channel, least, most);
}

std::optional<AffineOutput> affine_output(const Node& node, const WeightedQuant& quant, const WeightLayout& layout) {
  AffineOutput output{folded_bias(node, quant, layout), {}, {}};
  for (int64_t c = 0; c < layout.channels; ++c) {
    int32_t& bias = output.bias.as<int32_t>()[static_cast<size_t>(c)];
    const auto channel = affine_channel(node, quant, layout, c, bias);
    if (!channel) return {};
    bias += channel->bias;
    output.multipliers.push_back(channel->multiplier);
    output.offsets.push_back(channel->offset);
  }
  return output;
}

}  // namespace ew
