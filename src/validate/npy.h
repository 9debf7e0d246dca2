// numpy's array files: .npy (versions 1.0, 2.0 and 3.0) and .npz (a zip archive of them).
#pragma once

#include "ir/tensor.h"

#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace ew {

// Element types that Type does not know arrive as the nearest one it knows: float64 and float16 as float32, uint16 as int32, uint32 and
// uint64 as int64. `stored` keeps the file's own word for messages.
struct NpyArray {
  Tensor tensor;
  std::string stored;  // "float64"
};

using NamedArrays = std::vector<std::pair<std::string, NpyArray>>;

// `what` names the file in messages. Every malformed file is a load_error that says what is wrong.
NpyArray parse_npy(std::span<const uint8_t> bytes, const std::string& what);
NpyArray read_npy(const std::filesystem::path& path);
NamedArrays read_npz(const std::filesystem::path& path);  // in the archive's order, names without ".npy"

std::vector<uint8_t> npy_bytes(const Tensor& tensor);
void write_npy(const std::filesystem::path& path, const Tensor& tensor);
void write_npz(const std::filesystem::path& path, std::span<const std::pair<std::string, const Tensor*>> arrays);  // stored, not deflated

}  // namespace ew
