// From the protocol's messages to ours.
#pragma once

#include "drivers/runner.h"

#include <protocol.pb.h>

namespace ew {

// The numbers of the protocol (version 3.1).
namespace wire {
enum Command : uint32_t { SYNC = 0, SYS_INFO = 1, NETWORK_INFO = 10, NETWORK_RUN = 11, MEMORY_READ = 20, MEMORY_WRITE = 21, MEMORY_CHECKSUM = 22, TEST = 100 };
enum State : uint32_t { IDLE = 0, WAITING = 1, PROCESSING = 2, DONE = 3, ERROR = 4 };
enum AckError : uint32_t { NO_ERROR = 0, GENERIC = 10 };
enum RunParam : uint32_t { IO_ONLY = 1, PER_LAYER = 2, PER_LAYER_WITH_DATA = 4 };
enum TensorFlag : uint32_t { TENSOR_LAST = 256, TENSOR_NO_DATA = 512, TENSOR_IN_MEMPOOL = 1024 };
enum OperatorFlag : uint32_t { OPERATOR_INTERNAL = 1, OPERATOR_LAST = 2, OPERATOR_WITHOUT_TENSOR = 4 };  // b31..24 of the type
enum Test : uint32_t { TEST_ECHO = 50, TEST_BULK_RUN = 0x4557 };
}  // namespace wire

// Our type of a described tensor, the batch in front. Throws E801 when the description contradicts itself or is absurdly large, and
// not_implemented on element types that we have no word for.
Type tensor_type(const wire::TensorDescription& description);

// The same with its name, `fallback` when it has none.
TensorInfo tensor_info(const wire::TensorDescription& description, std::string fallback);

// The answers to SYS_INFO and NETWORK_INFO together. `config`: the "key:value" lines logged in between.
ModelDescription model_description(const wire::Sync& sync, const wire::SystemInfo& system, const wire::Model& model,
                                   const std::vector<std::string>& config, const std::string& link_name);

}  // namespace ew
