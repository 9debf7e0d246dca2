// A progress bar for long work.
#pragma once

#include <cstdint>
#include <string>

namespace ew {

// --quiet and a standard error that is no terminal switch the bar off.
bool progress_wanted(bool quiet);

// Draws "title [######    ]  60%" on standard error, at most ten times a second, and wipes the line at its end.
class Progress {
 public:
  Progress(std::string title, int64_t total, bool wanted);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void advance(int64_t steps = 1);

 private:
  void draw();
  std::string title_;
  int64_t total_, done_ = 0;
  bool wanted_;
  int64_t next_draw_ = 0;  // milliseconds of the steady clock
};

}  // namespace ew
