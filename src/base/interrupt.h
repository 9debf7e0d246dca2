// Ctrl-C and SIGTERM: what must be undone before the program ends.
#pragma once

#include <functional>

namespace ew {

// From here on SIGINT and SIGTERM are taken by a thread of their own, which runs what is registered below (last registered first), prints
// the INTERRUPT error to stderr and ends the program with status 255. Called once, by main, before any other thread exists.
// SIGPIPE is ignored: writing to a closed pipe fails as writing to a full disk does. Child programs get the default handling of all signals
// back (base/process.h).
void watch_interrupts();

// Registers `action` for as long as the object lives. The action runs on another thread while the registering thread goes on, so it
// locks what it shares with it; it must not throw.
class AtInterrupt {
 public:
  explicit AtInterrupt(std::function<void()> action);
  ~AtInterrupt();
  AtInterrupt(const AtInterrupt&) = delete;
  AtInterrupt& operator=(const AtInterrupt&) = delete;

 private:
  int id_;
};

}  // namespace ew
