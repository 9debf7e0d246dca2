// What a child process does with a library, and how it tells its parent.
#pragma once

#include "drivers/dll_network.h"

namespace ew::dll {

// Where the child is; in memory that both processes see, so that it outlives a crash.
struct Place {
  int64_t sample = -1;
  int32_t c_id = -1;                             // the c-node that runs; -1: none
};

enum class Message : uint32_t { description, sample, error };
struct MessageHeader {
  Message kind = Message::error;
  uint64_t bytes = 0;                            // of the payload that follows
};

// The payload of Message::description.
std::string description_text(const ModelDescription& info, const std::vector<NodeResult>& nodes);
void parse_description(const std::string& text, ModelDescription& info, std::vector<NodeResult>& nodes);

struct Job {
  std::filesystem::path library;
  std::string name;
  const std::vector<Tensor>* inputs = nullptr;   // null: describe only
  int64_t samples = 0;
  bool per_layer = false, with_data = false;
};

// Does the job and writes messages to `pipe`: one description, or one per sample, or an error. Never throws.
// A sample's payload: milliseconds (double); per_layer: the same of each c-node; the outputs' bytes; with_data: for each output of each
// c-node one byte, 1 when it exists, and then its bytes.
void do_job(const Job& job, int pipe, Place& place) noexcept;

}  // namespace ew::dll
