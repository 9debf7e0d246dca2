// Data sets as text: one sample per line, its values separated by commas, '#' before a comment.
#pragma once

#include "ir/tensor.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace ew {

// A tensor (samples, values per sample). Numbers are read as float32 and then become the type of a tag "dtype=int8" or "dtype=uint8" in one
// of the first five comment lines, float32 without one. Malformed text is a load_error with its line.
Tensor parse_csv(std::string_view text, const std::string& what);
Tensor read_csv(const std::filesystem::path& path);

struct CsvOptions {
  bool everything = false;      // --save-csv; otherwise at most 128 samples, and none when a sample has more than 512 values
  std::string side = "c-model"; // "c-model" or "model"
  std::string date;             // "2026-04-04 23:37:12"
  std::string summary;          // "(9, 1, 1, 3)/float32, min/max=[...], mean/std=[...], action"
};

std::string csv_text(const Tensor& tensor, const CsvOptions& options);

}  // namespace ew
