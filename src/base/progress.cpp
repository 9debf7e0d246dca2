#include "base/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <utility>

namespace ew {
namespace {

constexpr int64_t draw_every_ms = 100;
constexpr int bar_width = 40;

int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

bool progress_wanted(bool quiet) { return !quiet && isatty(STDERR_FILENO) == 1; }

// The first drawing waits as well, so that quick work shows nothing.
Progress::Progress(std::string title, int64_t total, bool wanted)
    : title_(std::move(title)), total_(std::max<int64_t>(total, 1)), wanted_(wanted), next_draw_(now_ms() + draw_every_ms) {}

Progress::~Progress() {
  if (wanted_) std::fputs("\r\033[K", stderr);
}

void Progress::advance(int64_t steps) {
  done_ = std::min(done_ + steps, total_);
  if (wanted_ && now_ms() >= next_draw_) draw();
}

void Progress::draw() {
  const auto filled = static_cast<size_t>(done_ * bar_width / total_);
  const auto line = fmt::format("\r{} [{:<{}}] {:3}%", title_, std::string(filled, '#'), bar_width, done_ * 100 / total_);
  std::fputs(line.c_str(), stderr);
  std::fflush(stderr);
  next_draw_ = now_ms() + draw_every_ms;
}

}  // namespace ew
