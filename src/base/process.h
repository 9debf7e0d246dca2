// Child programs: started by argument list (never through a shell), in a process group of their own, killed on Ctrl-C.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/interrupt.h"

namespace ew {

// An executable file: `name` itself if it holds a '/', else the first match in PATH.
std::optional<std::filesystem::path> find_program(std::string_view name);

struct ProcessOptions {
  std::filesystem::path folder;                                    // working folder; empty: ours
  std::vector<std::pair<std::string, std::string>> environment;    // set in addition to ours
  std::string input;                                               // given on its standard input, which is then closed
  std::chrono::milliseconds timeout{0};                            // 0: none. When it is over the whole process group is killed
  int64_t output_limit = int64_t{64} << 20;                        // bytes kept of stdout and of stderr each; the rest is read and dropped
};

struct ProcessResult {
  int status = 0;                                                  // exit status; 128 + signal when a signal ended it
  bool timed_out = false;
  std::string out, err;
  [[nodiscard]] bool ok() const { return status == 0 && !timed_out; }
};

// Runs `argv` to its end and captures what it prints. Throws tools_error when argv[0] is not found or cannot be started; a failing program
// is the caller's business.
ProcessResult run_process(const std::vector<std::string>& argv, const ProcessOptions& options = {});

// The same, but a program that fails or times out is a tools_error with its name, status and the last lines it printed.
// `remedy` ends the message: "install the package gcc".
std::string run_tool(const std::vector<std::string>& argv, std::string_view remedy, const ProcessOptions& options = {});

// A program that runs beside us (an emulator, an interpreter) and talks over pipes. Killed with its process group when the object goes.
class ChildProcess {
 public:
  // `options.input`, `timeout` and `output_limit` are not used. Throws tools_error.
  explicit ChildProcess(const std::vector<std::string>& argv, const ProcessOptions& options = {});
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  [[nodiscard]] int in() const { return in_; }                     // write end of its stdin; -1 after close_in()
  [[nodiscard]] int out() const { return out_; }                   // read end of its stdout
  [[nodiscard]] int err() const { return err_; }                   // read end of its stderr
  void close_in();
  std::optional<int> status();                                     // as in ProcessResult; none: still running
  int wait();                                                      // until it ends
  void kill();                                                     // SIGKILL to the group, and wait

 private:
  std::mutex starting_;
  pid_t pid_ = -1;
  int in_ = -1, out_ = -1, err_ = -1;
  std::optional<int> status_;
  std::optional<AtInterrupt> at_interrupt_;
};

}  // namespace ew
