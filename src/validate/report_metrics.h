// The parts of a validation's report about accuracy.
#pragma once

#include "ir/tensor.h"
#include "validate/metrics.h"

#include <string>
#include <vector>

namespace ew {

// One comparison of an output: "X-cross #1".
struct MetricsLine {
  enum class Kind { c_model, original, cross };  // predictions against the user's values; the reference against them; predictions against the reference
  Kind kind = Kind::cross;
  size_t output = 0;
  Metrics metrics;
  ConfusionMatrix confusion;                     // empty: none is shown
  std::vector<std::string> notes;
  std::string tensor;                            // "'action', 9 x f32(1x3), m_id=[6]"
};

std::string line_name(const MetricsLine& line, bool target);                            // "HOST c-model #1", "original model #1", "X-cross #1"
std::string metrics_text(const std::vector<MetricsLine>& lines, bool target);           // "Computing the metrics..." with a section for each
std::string summary_text(const std::vector<MetricsLine>& lines, bool target);           // "Evaluation report (summary)" and its legend

}  // namespace ew
