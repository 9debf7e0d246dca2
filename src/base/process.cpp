#include "base/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/error.h"
#include "base/text.h"

extern char** environ;

namespace ew {
namespace fs = std::filesystem;
namespace {

bool is_executable_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && access(path.c_str(), X_OK) == 0;
}

struct Pipe {
  int read_end = -1, write_end = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) throw tools_error(fmt::format("cannot make a pipe: {}", std::strerror(errno)));
    read_end = ends[0];
    write_end = ends[1];
  }
  ~Pipe() {
    if (read_end >= 0) close(read_end);
    if (write_end >= 0) close(write_end);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  static int release(int& end) { return std::exchange(end, -1); }
};

// Ours with `extra` set.
std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& extra) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto name = text.substr(0, text.find('='));
    if (std::ranges::none_of(extra, [&](const auto& pair) { return pair.first == name; })) result.emplace_back(text);
  }
  for (const auto& [name, value] : extra) result.push_back(name + "=" + value);
  return result;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (auto& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

// posix_spawn with the three pipes, its own process group and default signal handling. Returns an errno.
int spawn(const fs::path& program, std::vector<std::string> argv, const ProcessOptions& options, const Pipe& in, const Pipe& out,
          const Pipe& err, pid_t& pid) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, in.read_end, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, out.write_end, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&files, err.write_end, STDERR_FILENO);
  if (!options.folder.empty()) posix_spawn_file_actions_addchdir_np(&files, options.folder.c_str());

  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

  auto environment = environment_with(options.environment);
  const int error = posix_spawn(&pid, program.c_str(), &files, &attributes, pointers(argv).data(), pointers(environment).data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return error;
}

int exit_status(int wait_status) { return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status); }

using Clock = std::chrono::steady_clock;

// Reads once from a pipe that poll() calls ready; false at its end.
bool read_some(int descriptor, std::string& into, int64_t limit) {
  std::array<char, 65536> buffer;
  const ssize_t count = read(descriptor, buffer.data(), buffer.size());
  if (count < 0) return errno == EINTR || errno == EAGAIN;
  const auto room = static_cast<size_t>(std::max<int64_t>(0, limit - static_cast<int64_t>(into.size())));
  into.append(buffer.data(), std::min(static_cast<size_t>(count), room));
  return count > 0;
}

// Writes what fits of input[done...]; true when there is no more to write (or nobody reads).
bool write_some(int descriptor, const std::string& input, size_t& done) {
  const ssize_t count = write(descriptor, input.data() + done, input.size() - done);
  if (count < 0) return errno != EINTR && errno != EAGAIN;
  done += static_cast<size_t>(count);
  return done == input.size();
}

// Feeds the input and reads both outputs until the child closes them or the time is over; true when it was over.
bool exchange(ChildProcess& child, const ProcessOptions& options, ProcessResult& result) {
  size_t written = 0;
  if (options.input.empty()) child.close_in();
  else fcntl(child.in(), F_SETFL, O_NONBLOCK);
  bool out_open = true, err_open = true;
  const auto end = Clock::now() + options.timeout;
  while (out_open || err_open) {
    // poll() skips descriptors below 0
    std::array<pollfd, 3> waiting{{{out_open ? child.out() : -1, POLLIN, 0}, {err_open ? child.err() : -1, POLLIN, 0}, {child.in(), POLLOUT, 0}}};
    int patience = -1;
    if (options.timeout.count() > 0) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
      if (left <= 0) return true;
      patience = static_cast<int>(std::min<int64_t>(left, 1000));
    }
    if (poll(waiting.data(), waiting.size(), patience) <= 0) continue;
    if (waiting[0].revents != 0) out_open = read_some(child.out(), result.out, options.output_limit);
    if (waiting[1].revents != 0) err_open = read_some(child.err(), result.err, options.output_limit);
    if (waiting[2].revents != 0 && write_some(child.in(), options.input, written)) child.close_in();
  }
  return false;
}

}  // namespace

std::optional<fs::path> find_program(std::string_view name) {
  if (name.empty()) return std::nullopt;
  if (name.find('/') != std::string_view::npos) return is_executable_file(name) ? std::optional<fs::path>(name) : std::nullopt;
  const char* path = std::getenv("PATH");
  for (const auto& folder : split(path != nullptr ? path : "/usr/bin:/bin", ':')) {
    const auto program = fs::path(folder.empty() ? "." : folder) / name;
    if (is_executable_file(program)) return program;
  }
  return std::nullopt;
}

ChildProcess::ChildProcess(const std::vector<std::string>& argv, const ProcessOptions& options) {
  signal(SIGPIPE, SIG_IGN);  // a child that ends early must not end us
  const auto program = find_program(argv.at(0));
  if (!program) throw tools_error(fmt::format("the program '{}' is not found in PATH; install it or add its folder to PATH", argv[0]));
  Pipe in, out, err;
  // Registered first: a child must not start while the program ends.
  at_interrupt_.emplace([this] {
    const std::scoped_lock lock(starting_);
    if (pid_ > 0) ::kill(-pid_, SIGKILL);
  });
  std::unique_lock lock(starting_);
  const int error = spawn(fs::absolute(*program), argv, options, in, out, err, pid_);
  if (error != 0) throw tools_error(fmt::format("cannot start '{}': {}", argv[0], std::strerror(error)));
  lock.unlock();
  in_ = Pipe::release(in.write_end);
  out_ = Pipe::release(out.read_end);
  err_ = Pipe::release(err.read_end);
}

ChildProcess::~ChildProcess() {
  kill();
  close_in();
  close(out_);
  close(err_);
}

void ChildProcess::close_in() {
  if (in_ >= 0) close(std::exchange(in_, -1));
}

std::optional<int> ChildProcess::status() {
  int wait_status = 0;
  if (!status_ && waitpid(pid_, &wait_status, WNOHANG) == pid_) {
    status_ = exit_status(wait_status);
    at_interrupt_.reset();
  }
  return status_;
}

int ChildProcess::wait() {
  int wait_status = 0;
  while (!status_) {
    if (waitpid(pid_, &wait_status, 0) == pid_) status_ = exit_status(wait_status);
    else if (errno != EINTR) throw internal_error(fmt::format("waiting for a child program failed: {}", std::strerror(errno)));
  }
  at_interrupt_.reset();
  return *status_;
}

void ChildProcess::kill() {
  if (status()) return;
  ::kill(-pid_, SIGKILL);
  wait();
}

ProcessResult run_process(const std::vector<std::string>& argv, const ProcessOptions& options) {
  ChildProcess child(argv, options);
  ProcessResult result;
  result.timed_out = exchange(child, options, result);
  if (result.timed_out) child.kill();
  result.status = child.wait();
  return result;
}

std::string run_tool(const std::vector<std::string>& argv, std::string_view remedy, const ProcessOptions& options) {
  if (!find_program(argv.at(0))) throw tools_error(fmt::format("the program '{}' is not found in PATH; {}", argv[0], remedy));
  auto result = run_process(argv, options);
  if (result.ok()) return std::move(result.out);
  const auto how = result.timed_out ? fmt::format("did not end within {} s", options.timeout.count() / 1000)
                                    : fmt::format("failed with status {}", result.status);
  throw tools_error(fmt::format("'{}' {}; {}\n{}", argv[0], how, remedy, last_lines(result.err.empty() ? result.out : result.err, 20)));
}

}  // namespace ew
