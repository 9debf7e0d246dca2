#include "validate/plain_table.h"

#include "base/text.h"

#include <algorithm>

namespace ew {

std::string PlainTable::text() const {
  constexpr size_t gap = 3;
  std::vector<size_t> widths;
  for (const PlainColumn& column : columns_) widths.push_back(characters(column.title));
  for (const auto& row : rows_) {
    for (size_t i = 0; i < row.size() && i < widths.size(); ++i) widths[i] = std::max(widths[i], characters(row[i]));
  }
  size_t width = 0;
  for (const size_t w : widths) width += w + gap;
  const std::string rule = std::string(width, '-') + "\n";
  const auto line = [&](const std::vector<std::string>& cells) {
    std::string out;
    for (size_t i = 0; i < columns_.size(); ++i) {
      const std::string cell = i < cells.size() ? cells[i] : "";
      out += (columns_[i].right ? pad_left(cell, widths[i]) : pad_right(cell, widths[i])) + std::string(gap, ' ');
    }
    return out.substr(0, out.find_last_not_of(' ') + 1) + "\n";
  };
  std::vector<std::string> titles;
  for (const PlainColumn& column : columns_) titles.push_back(column.title);
  std::string out = rule + line(titles) + rule;
  for (const auto& row : rows_) out += row.empty() ? rule : line(row);
  return out + rule;
}

}  // namespace ew
