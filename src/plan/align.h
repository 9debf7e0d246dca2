#pragma once

#include <cstdint>

namespace ew {

inline int64_t align_up(int64_t value, int64_t alignment) { return (value + alignment - 1) / alignment * alignment; }
inline int64_t align_down(int64_t value, int64_t alignment) { return value / alignment * alignment; }

}  // namespace ew
