// The tables of a run's report: unbroken lines of dashes around the header, the rows and the sections.
#pragma once

#include <string>
#include <vector>

namespace ew {

struct PlainColumn {
  std::string title;
  bool right = false;                            // aligned to the right
};

class PlainTable {
 public:
  explicit PlainTable(std::vector<PlainColumn> columns) : columns_(std::move(columns)) {}
  void row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }  // missing cells at the end are empty
  void rule() { rows_.emplace_back(); }
  [[nodiscard]] std::string text() const;

 private:
  std::vector<PlainColumn> columns_;
  std::vector<std::vector<std::string>> rows_;   // an empty one is a line of dashes
};

}  // namespace ew
