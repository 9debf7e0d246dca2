#include "base/interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/error.h"

namespace ew {
namespace {

struct Registry {
  std::mutex mutex;
  int next_id = 0;
  std::vector<std::pair<int, std::function<void()>>> actions;
};

// Never destroyed: the watching thread may still use it while the program ends.
Registry& registry() {
  static auto* it = new Registry;
  return *it;
}

[[noreturn]] void clean_up_and_end(int signal_number) {
  // The lock is never given back: nobody may register or forget an action while the program ends.
  registry().mutex.lock();
  auto& actions = registry().actions;
  for (auto action = actions.rbegin(); action != actions.rend(); ++action) action->second();
  const Error error(Category::interrupt, 901, "KeyboardInterrupt",
                    signal_number == SIGINT ? "the command was interrupted (Ctrl-C); no file was changed"
                                            : "the command was ended by a signal (SIGTERM or SIGHUP); no file was changed");
  std::fprintf(stderr, "\n%s\n", error.text().c_str());
  std::fflush(stderr);
  _exit(255);
}

}  // namespace

void watch_interrupts() {
  signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGHUP);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([signals] {
    int signal_number = 0;
    while (sigwait(&signals, &signal_number) != 0) {}
    clean_up_and_end(signal_number);
  }).detach();
}

AtInterrupt::AtInterrupt(std::function<void()> action) {
  const std::scoped_lock lock(registry().mutex);
  id_ = registry().next_id++;
  registry().actions.emplace_back(id_, std::move(action));
}

AtInterrupt::~AtInterrupt() {
  const std::scoped_lock lock(registry().mutex);
  std::erase_if(registry().actions, [this](const auto& entry) { return entry.first == id_; });
}

}  // namespace ew
