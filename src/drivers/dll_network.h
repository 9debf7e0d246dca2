// A generated network in a shared library, through whichever client API it has. Works in the calling process: DllRunner calls it in a child
// of its own, so that a crash in generated code does not take the tool down.
#pragma once

#include "drivers/runner.h"

#include <filesystem>
#include <memory>
#include <span>

namespace ew {

// Told before and after each c-node; `outputs` are the addresses of what it computed, null where there is none.
class NodeListener {
 public:
  virtual ~NodeListener() = default;
  virtual void before(int c_id) = 0;
  virtual void after(int c_id, std::span<const uint8_t* const> outputs) = 0;
};

class DllNetwork {
 public:
  virtual ~DllNetwork() = default;
  [[nodiscard]] virtual ModelDescription describe() const = 0;
  [[nodiscard]] virtual std::vector<NodeResult> nodes() const = 0;   // what is known of the c-nodes before a run
  virtual void listen(NodeListener* listener) = 0;                   // null: nobody
  // One sample: bytes of each input and output. Throws internal_error with the library's own error.
  virtual void run(std::span<const uint8_t* const> inputs, std::span<uint8_t* const> outputs) = 0;
};

// Loads the library and prepares the network `name` in it: its legacy API if it has one, else st-ai. Throws internal_error.
std::unique_ptr<DllNetwork> open_network(const std::filesystem::path& library, const std::string& name);

namespace dll {

// A symbol of the library, or null.
void* find_symbol(void* library, const std::string& symbol);
// The same, but it must be there.
void* need_symbol(void* library, const std::string& symbol);
template <class F> F* need_function(void* library, const std::string& symbol) {
  return reinterpret_cast<F*>(need_symbol(library, symbol));
}

std::unique_ptr<DllNetwork> open_legacy(void* library, const std::string& name);
std::unique_ptr<DllNetwork> open_stai(void* library, const std::string& name);

// The element type of a format word (spec: legacy ai_buffer_format and st-ai stai_format are the same).
DType dtype_of_format(uint32_t format);

// Memory for a segment, aligned for any kernel.
struct FreeDeleter {
  void operator()(void* pointer) const;
};
using Memory = std::unique_ptr<uint8_t, FreeDeleter>;
Memory allocate(int64_t bytes);

std::string host_description();                                      // "x86_64, AMD EPYC 7763 64-Core Processor, Linux"
std::string version_text(int major, int minor, int micro);           // "2.2.0"

}  // namespace dll
}  // namespace ew
