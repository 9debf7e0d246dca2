// Bytes of code and data by kind of section.
#pragma once

#include <cstdint>

namespace ew {

struct SectionSizes {
  int64_t text = 0, rodata = 0, data = 0, bss = 0;
  SectionSizes& operator+=(const SectionSizes& other) {
    text += other.text;
    rodata += other.rodata;
    data += other.data;
    bss += other.bss;
    return *this;
  }
  bool operator==(const SectionSizes&) const = default;
  [[nodiscard]] int64_t flash() const { return text + rodata + data; }  // initial values of .data lie in flash
  [[nodiscard]] int64_t ram() const { return data + bss; }
};

}  // namespace ew
