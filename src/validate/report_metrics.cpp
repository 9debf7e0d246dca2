#include "validate/report_metrics.h"

#include "base/table.h"
#include "base/text.h"

#include <fmt/format.h>

namespace ew {
namespace {

std::string acc_text(const Metrics& m) { return m.acc ? fmt::format("{:.2f}%", *m.acc * 100) : "n.a."; }

std::string title(const MetricsLine& line, bool target) {
  switch (line.kind) {
    case MetricsLine::Kind::c_model:
      return fmt::format("Accuracy report #{} for the generated {} C-model", line.output + 1, target ? "TARGET" : "HOST");
    case MetricsLine::Kind::original: return fmt::format("Accuracy report #{} for the reference model", line.output + 1);
    case MetricsLine::Kind::cross: break;
  }
  return fmt::format("Cross accuracy report #{} (reference vs C-model)", line.output + 1);
}

// Rows: the reference's class. A zero off the diagonal is a dot.
std::string confusion_text(const ConfusionMatrix& cm) {
  if (cm.counts.empty()) return "";
  std::string out = fmt::format("  {} classes ({} samples)\n  {}\n", cm.counts.size(), cm.samples, std::string(8 + 6 * cm.counts.size(), '-'));
  for (size_t r = 0; r < cm.counts.size(); ++r) {
    out += fmt::format("  {:<8}", fmt::format("C{}", r));
    for (size_t p = 0; p < cm.counts.size(); ++p) {
      const int64_t count = cm.counts[r][p];
      out += pad_left(count == 0 && r != p ? "." : std::to_string(count), 5) + " ";
    }
    out += "\n";
  }
  return out + "\n";
}

std::string section(const MetricsLine& line, bool target) {
  std::string out = fmt::format(" {}\n {}\n", title(line, target), std::string(100, '-'));
  for (size_t i = 0; i < line.notes.size(); ++i) out += fmt::format(" {}- {}\n", i == 0 ? "notes: " : "       ", line.notes[i]);
  const Metrics& m = line.metrics;
  out += fmt::format("\n  acc={} rmse={:.9f} mae={:.9f} l2r={:.9f} mean={:.6f} std={:.6f} nse={:.6f} cos={:.6f} \n\n", acc_text(m), m.rmse, m.mae, m.l2r,
                     m.mean, m.std, m.nse, m.cos);
  return out + confusion_text(line.confusion);
}

}  // namespace

std::string line_name(const MetricsLine& line, bool target) {
  switch (line.kind) {
    case MetricsLine::Kind::c_model: return fmt::format("{} c-model #{}", target ? "TARGET" : "HOST", line.output + 1);
    case MetricsLine::Kind::original: return fmt::format("original model #{}", line.output + 1);
    case MetricsLine::Kind::cross: break;
  }
  return fmt::format("X-cross #{}", line.output + 1);
}

std::string metrics_text(const std::vector<MetricsLine>& lines, bool target) {
  std::string out = "Computing the metrics...\n\n";
  for (const MetricsLine& line : lines) out += section(line, target);
  if (lines.empty()) out += " nothing to compare with: the original model was not run and no reference values were given\n\n";
  return out;
}

std::string summary_text(const std::vector<MetricsLine>& lines, bool target) {
  if (lines.empty()) return "";
  TextTable table({{"Output"}, {"acc"}, {"rmse"}, {"mae"}, {"l2r"}, {"mean"}, {"std"}, {"nse"}, {"cos"}, {"tensor"}});
  for (const MetricsLine& line : lines) {
    const Metrics& m = line.metrics;
    table.row({line_name(line, target), acc_text(m), fmt::format("{:.9f}", m.rmse), fmt::format("{:.9f}", m.mae), fmt::format("{:.9f}", m.l2r),
               fmt::format("{:.6f}", m.mean), fmt::format("{:.6f}", m.std), fmt::format("{:.6f}", m.nse), fmt::format("{:.6f}", m.cos), line.tensor});
  }
  return "Evaluation report (summary)\n" + table.text() +
         "\n"
         "  acc  : Accuracy (class, axis=-1)\n"
         "  rmse : Root Mean Squared Error\n"
         "  mae  : Mean Absolute Error\n"
         "  l2r  : L2 relative error\n"
         "  mean : Mean error\n"
         "  std  : Standard deviation of the error\n"
         "  nse  : Nash-Sutcliffe efficiency criterion, bigger is better, best=1, range=(-inf, 1]\n"
         "  cos  : Cosine similarity, bigger is better, best=1, range=[-1, 1]\n\n";
}

}  // namespace ew
