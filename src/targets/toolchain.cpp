#include "targets/toolchain.h"

namespace ew {

SectionSizes& SectionSizes::operator+=(const SectionSizes& other) {
  text += other.text;
  rodata += other.rodata;
  data += other.data;
  bss += other.bss;
  return *this;
}

SectionSizes RuntimeSizes::total() const {
  SectionSizes sum;
  for (const ModuleSizes& module : modules) sum += module.sizes;
  return sum;
}

}  // namespace ew
