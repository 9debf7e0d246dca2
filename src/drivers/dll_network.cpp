#include "drivers/dll_network.h"

#include "base/error.h"

#include <dlfcn.h>
#include <sys/utsname.h>

#include <cstdlib>
#include <fstream>

namespace ew {

std::unique_ptr<DllNetwork> open_network(const std::filesystem::path& library, const std::string& name) {
  // RTLD_LOCAL: several networks, each with a runtime of its own. Never unloaded: the child ends soon.
  void* handle = dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) throw internal_error(fmt::format("the library of the generated network cannot be loaded: {}", dlerror()));
  if (dll::find_symbol(handle, "ai_" + name + "_create") != nullptr) return dll::open_legacy(handle, name);
  return dll::open_stai(handle, name);
}

namespace dll {

void* find_symbol(void* library, const std::string& symbol) { return dlsym(library, symbol.c_str()); }

void* need_symbol(void* library, const std::string& symbol) {
  void* address = find_symbol(library, symbol);
  if (address == nullptr) throw internal_error(fmt::format("the library of the generated network lacks the symbol '{}'", symbol));
  return address;
}

DType dtype_of_format(uint32_t format) {
  constexpr uint32_t float_type = 1, integer_type = 2, bool_type = 3;
  const uint32_t type = (format >> 17) & 0xf, bits = (format >> 7) & 0x7f;
  const bool has_sign = ((format >> 23) & 1) != 0;
  if (type == float_type && bits == 32) return DType::float32;
  if (type == float_type && bits == 16) return DType::float16;
  if (type == bool_type) return DType::boolean;
  if (type == integer_type && bits == 8) return has_sign ? DType::int8 : DType::uint8;
  if (type == integer_type && bits == 16 && has_sign) return DType::int16;
  if (type == integer_type && bits == 32 && has_sign) return DType::int32;
  if (type == integer_type && bits == 64 && has_sign) return DType::int64;
  throw internal_error(fmt::format("the generated network has a tensor of the format 0x{:08x}, which no host run can handle", format));
}

void FreeDeleter::operator()(void* pointer) const { std::free(pointer); }

Memory allocate(int64_t bytes) {
  constexpr int64_t alignment = 4096;            // the largest that --input-memory-alignment takes
  const int64_t rounded = std::max<int64_t>((bytes + alignment - 1) / alignment * alignment, alignment);
  Memory memory(static_cast<uint8_t*>(std::aligned_alloc(alignment, static_cast<size_t>(rounded))));
  if (!memory) throw internal_error(fmt::format("no memory for {} bytes of the network", rounded));
  std::fill_n(memory.get(), rounded, uint8_t{0});
  return memory;
}

std::string host_description() {
  utsname system{};
  if (uname(&system) != 0) return "host";
  std::string processor;
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; processor.empty() && std::getline(info, line);) {
    if (line.starts_with("model name") && line.find(": ") != std::string::npos) processor = line.substr(line.find(": ") + 2);
  }
  return fmt::format("{}, {}{}", system.machine, processor.empty() ? "" : processor + ", ", system.sysname);
}

std::string version_text(int major, int minor, int micro) { return fmt::format("{}.{}.{}", major, minor, micro); }

}  // namespace dll
}  // namespace ew
