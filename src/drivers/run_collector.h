// What a board answers to NETWORK_RUN, put together over all samples.
#pragma once

#include "drivers/protocol_client.h"
#include "drivers/protocol_types.h"

#include <functional>

namespace ew {

namespace wire {
using Payload = Response::PayloadCase;
}

// E803 "receive 'ack' instead 'op' [10,7]", E801 "Invalid state: 4 instead 1".
void check_payload(const wire::Response& response, wire::Payload wanted);
void check_state(const wire::Response& response, uint32_t wanted);

// Where the answers of a run come from: the link, or a bulk file. The limit is of silence.
using NextResponse = std::function<wire::Response(std::chrono::milliseconds limit)>;

// The answers of steps 3 to 5 of NETWORK_RUN, sample after sample. A board that sends something else, something that does not fit the
// first sample, or something without end is a connection_error.
class RunCollector {
 public:
  RunCollector(const ModelDescription& model, const RunOptions& options, bool instructions);
  void take_sample(const NextResponse& next, const ProtocolLimits& limits);
  RunResult result() &&;

 private:
  // Several samples of one tensor, one behind the other.
  struct Collected {
    Type type;
    std::vector<uint8_t> bytes;
    bool absent = false;                         // the board does not have it as a whole: no bytes
    void add(const wire::Tensor& tensor);
    Tensor tensor(int64_t samples) &&;
  };

  void measure(Measurement& measurement, const wire::Operator& op);
  void take_node(size_t index, const wire::Operator& op, const NextResponse& next, const ProtocolLimits& limits);
  bool take_node_tensor(size_t index, size_t position, const wire::Tensor& tensor);
  void take_outputs(const NextResponse& next, const ProtocolLimits& limits);

  const ModelDescription& model_;
  bool per_layer_, with_data_;
  int64_t samples_ = 0;
  RunResult result_;
  std::vector<Collected> outputs_;
  std::vector<std::vector<Collected>> data_;     // by node
};

}  // namespace ew
