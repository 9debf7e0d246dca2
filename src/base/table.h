// The one table all reports share.
//
//   ------------- --------
//   module            text
//   ------------- --------
//   network.o        1,234
//   ------------- --------
//
// A group of dashes is as wide as the widest cell of its column + 2; groups and cells are separated, and every line is ended, by one blank.
// Widths are counted in characters (UTF-8), not bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ew {

enum class Align { left, right };

struct Column {
  std::string title;
  Align align = Align::left;
};

class TextTable {
 public:
  explicit TextTable(std::vector<Column> columns);
  void row(std::vector<std::string> cells);        // missing cells at the end are empty
  void rule();                                     // a line of dash groups between rows; the three around the header and at the end are made by lines()
  [[nodiscard]] std::vector<std::string> lines() const;
  [[nodiscard]] std::string text(std::string_view indent = "") const;  // every line with `indent` before it and '\n' after it
  [[nodiscard]] size_t width() const;              // of a line, the blank at its end included

 private:
  [[nodiscard]] std::vector<size_t> widths() const;
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;     // an empty row is a rule
};

}  // namespace ew
