// libFuzzer entry. `tests/fuzz/run` builds and starts it.
#include "plan_target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  fuzz::plan_anything({data, data + size});
  return 0;
}
