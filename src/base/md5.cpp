#include "base/md5.h"

#include <fmt/format.h>
#include <md5.h>  // libmd

#include <array>

namespace ew {

std::string md5(std::span<const uint8_t> bytes) {
  MD5_CTX context;
  MD5Init(&context);
  MD5Update(&context, bytes.data(), bytes.size());
  std::array<uint8_t, MD5_DIGEST_LENGTH> digest{};
  MD5Final(digest.data(), &context);
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

}  // namespace ew
