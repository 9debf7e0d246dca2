// MD5, the hash by which reports name a model ("model_hash").
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace ew {

std::string md5(std::span<const uint8_t> bytes);  // 32 lower-case hexadecimal digits

}  // namespace ew
