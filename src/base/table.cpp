#include "base/table.h"

#include <algorithm>
#include <numeric>

#include "base/text.h"

namespace ew {

TextTable::TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

void TextTable::row(std::vector<std::string> cells) {
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

void TextTable::rule() { rows_.emplace_back(); }

std::vector<size_t> TextTable::widths() const {
  std::vector<size_t> result;
  for (size_t c = 0; c < columns_.size(); ++c) {
    size_t widest = characters(columns_[c].title);
    for (const auto& row : rows_)
      if (!row.empty()) widest = std::max(widest, characters(row[c]));
    result.push_back(widest + 2);
  }
  return result;
}

size_t TextTable::width() const {
  const auto all = widths();
  return std::accumulate(all.begin(), all.end(), all.size());
}

std::vector<std::string> TextTable::lines() const {
  const auto width = widths();
  std::string dashes;
  for (const size_t w : width) dashes += std::string(w, '-') + ' ';
  const auto line = [&](auto&& cell) {
    std::string result;
    for (size_t c = 0; c < columns_.size(); ++c)
      result += (columns_[c].align == Align::left ? pad_right(cell(c), width[c]) : pad_left(cell(c), width[c])) + ' ';
    return result;
  };

  std::vector<std::string> result{dashes, line([&](size_t c) -> const std::string& { return columns_[c].title; }), dashes};
  for (const auto& row : rows_) result.push_back(row.empty() ? dashes : line([&](size_t c) -> const std::string& { return row[c]; }));
  if (rows_.empty() || !rows_.back().empty()) result.push_back(dashes);
  return result;
}

std::string TextTable::text(std::string_view indent) const {
  std::string result;
  for (const auto& line : lines()) result.append(indent).append(line).append("\n");
  return result;
}

}  // namespace ew
