#include "drivers/dll.h"

#include "base/error.h"
#include "base/files.h"
#include "drivers/dll_child.h"

#include <nlohmann/json.hpp>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstring>

namespace ew {
namespace {

constexpr int silence_limit = 10 * 60 * 1000;  // milliseconds without a message from the child

struct Unmap {
  void operator()(dll::Place* place) const { munmap(place, sizeof *place); }
};

// A child process that does a job, and the pipe it writes to.
class Child {
 public:
  explicit Child(const dll::Job& job) : name_(job.name) {
    void* shared = mmap(nullptr, sizeof(dll::Place), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int ends[2];
    if (shared == MAP_FAILED || pipe(ends) != 0) throw internal_error(fmt::format("no memory or pipe for a child process: {}", std::strerror(errno)));
    place_.reset(new (shared) dll::Place);
    pipe_ = ends[0];
    pid_ = fork();
    if (pid_ == 0) {
      close(ends[0]);
      sigset_t none;
      sigemptyset(&none);
      sigprocmask(SIG_SETMASK, &none, nullptr);  // our parent may take signals in a thread, which did not come along
      for (const int number : {SIGINT, SIGTERM, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) std::signal(number, SIG_DFL);
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      dll::do_job(job, ends[1], *place_);
      _exit(0);
    }
    close(ends[1]);
    if (pid_ < 0) throw internal_error(fmt::format("no child process: {}", std::strerror(errno)));
  }
  ~Child() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    close(pipe_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The payload of the next message, which must be of this kind.
  std::string receive(dll::Message kind) {
    dll::MessageHeader header;
    read_all(&header, sizeof header);
    std::string payload(header.bytes, '\0');
    read_all(payload.data(), payload.size());
    if (header.kind == dll::Message::error) throw internal_error(payload);
    if (header.kind != kind) throw internal_error("the child process that runs the network answered out of turn");
    return payload;
  }

 private:
  void read_all(void* data, size_t size) {
    auto* at = static_cast<char*>(data);
    while (size > 0) {
      pollfd waiting{pipe_, POLLIN, 0};
      const int ready = poll(&waiting, 1, silence_limit);
      if (ready < 0 && errno == EINTR) continue;
      if (ready == 0) throw internal_error(fmt::format("the generated code of '{}' does not end{}", name_, where()));
      const ssize_t got = ::read(pipe_, at, size);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) ended();
      at += got;
      size -= static_cast<size_t>(got);
    }
  }
  [[noreturn]] void ended() {
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = -1;
    if (WIFSIGNALED(status)) {
      throw internal_error(fmt::format("the generated code of '{}' crashed with signal {} ({}){}", name_, WTERMSIG(status),
                                       strsignal(WTERMSIG(status)), where()));
    }
    throw internal_error(fmt::format("the child process that runs '{}' ended with status {}{}", name_, WEXITSTATUS(status), where()));
  }
  [[nodiscard]] std::string where() const {
    if (place_->sample < 0) return " while it was loaded";
    const std::string node = place_->c_id < 0 ? "" : fmt::format(", c-node {}", place_->c_id);
    return fmt::format(" in sample {}{}", place_->sample, node);
  }

  std::string name_;
  std::unique_ptr<dll::Place, Unmap> place_;
  int pipe_ = -1;
  pid_t pid_ = -1;
};

// Cuts a sample's payload into its parts.
class Reader {
 public:
  explicit Reader(const std::string& payload) : payload_(payload) {}
  double number() {
    double value = 0;
    copy(&value, sizeof value);
    return value;
  }
  bool flag() {
    uint8_t value = 0;
    copy(&value, 1);
    return value != 0;
  }
  void copy(void* to, size_t size) {
    if (size > payload_.size() - at_) throw internal_error("the child process that runs the network sent too little");
    std::memcpy(to, payload_.data() + at_, size);
    at_ += size;
  }

 private:
  const std::string& payload_;
  size_t at_ = 0;
};

uint8_t* sample_of(Tensor& tensor, int64_t sample, int64_t samples) {
  return tensor.data.data() + sample * (static_cast<int64_t>(tensor.data.size()) / samples);
}

void read_sample(const std::string& payload, int64_t sample, int64_t samples, bool with_data, RunResult& result) {
  Reader reader(payload);
  result.whole.milliseconds.push_back(reader.number());
  for (NodeResult& node : result.nodes) node.measured.milliseconds.push_back(reader.number());
  for (Tensor& output : result.outputs) reader.copy(sample_of(output, sample, samples), output.data.size() / static_cast<size_t>(samples));
  if (!with_data) return;
  for (NodeResult& node : result.nodes) {
    for (Tensor& output : node.data) {
      if (!reader.flag()) output.data.clear();  // it never exists whole
      else reader.copy(sample_of(output, sample, samples), output.data.size() / static_cast<size_t>(samples));
    }
  }
}

}  // namespace

DllRunner::DllRunner(std::filesystem::path library, std::string name) : library_(std::move(library)), name_(std::move(name)) {
  dll::Job job;
  job.library = library_;
  job.name = name_;
  Child child(job);
  dll::parse_description(child.receive(dll::Message::description), info_, nodes_);
  info_.protocol = fmt::format("DLL Driver v2.0 - Direct binding ({})", full_path(library_));
  info_.capabilities = {"IO_ONLY"};
  if (!nodes_.empty()) info_.capabilities.insert(info_.capabilities.end(), {"PER_LAYER", "PER_LAYER_WITH_DATA"});
  info_.device.text = dll::host_description();
}

RunResult DllRunner::run(const std::vector<Tensor>& inputs, const RunOptions& options) {
  const auto begin = std::chrono::steady_clock::now();
  const int64_t samples = count_samples(inputs, info_.inputs);
  dll::Job job{library_, name_, &inputs, samples, options.per_layer || options.with_data, options.with_data};
  RunResult result;
  for (const TensorInfo& output : info_.outputs) result.outputs.emplace_back(batched(output.type, samples));
  if (job.per_layer) result.nodes = nodes_;
  if (job.with_data) {
    for (NodeResult& node : result.nodes) {
      for (const TensorInfo& output : node.outputs) node.data.emplace_back(batched(output.type, samples));
    }
  }
  Child child(job);
  for (int64_t sample = 0; sample < samples; ++sample) {
    read_sample(child.receive(dll::Message::sample), sample, samples, job.with_data, result);
    if (options.progress) options.progress(sample + 1, samples);
  }
  result.host_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return result;
}

}  // namespace ew
