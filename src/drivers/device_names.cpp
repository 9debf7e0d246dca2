#include "drivers/device_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

namespace ew {
namespace {

struct Device {
  uint32_t id;  // DEV_ID of the debug unit
  std::string_view family, name;
};

constexpr Device devices[] = {
    {0x155, "stm32", "Corstone SSE-300 FVP"},
    {0x413, "stm32", "STM32F4x"},
    {0x415, "stm32", "STM32L4x6xx"},
    {0x417, "stm32", "STM32L0x3"},
    {0x419, "stm32", "STM32F4x7"},
    {0x421, "stm32", "STM32F446"},
    {0x422, "stm32", "STM32F30xB/C"},
    {0x423, "stm32", "STM32F401xB/C"},
    {0x425, "stm32", "STM32L0x2"},
    {0x42a, "stm32", "STM32U3xx"},
    {0x431, "stm32", "STM32F411xC/E"},
    {0x432, "stm32", "STM32F37x"},
    {0x433, "stm32", "STM32F401xD/E"},
    {0x434, "stm32", "STM32F469"},
    {0x435, "stm32", "STM32L43xxx"},
    {0x438, "stm32", "STM32F30x/F33x"},
    {0x439, "stm32", "STM32F301"},
    {0x440, "stm32", "STM32F03x/F05x"},
    {0x441, "stm32", "STM32F412"},
    {0x442, "stm32", "STM32F091"},
    {0x444, "stm32", "STM32F03x"},
    {0x445, "stm32", "STM32F04x"},
    {0x446, "stm32", "STM32F303D/E"},
    {0x447, "stm32", "STM32L0x5"},
    {0x448, "stm32", "STM32F07x"},
    {0x449, "stm32", "STM32F746"},
    {0x450, "stm32", "STM32H743/53/50xx and STM32H745/55/47/57xx"},
    {0x451, "stm32", "STM32F76x/F77x"},
    {0x452, "stm32", "STM32F72x/F73x"},
    {0x456, "stm32", "STM32G051/61"},
    {0x457, "stm32", "STM32L0x1"},
    {0x458, "stm32", "STM32F410"},
    {0x460, "stm32", "STM32G07x/8x"},
    {0x461, "stm32", "STM32L49xxx"},
    {0x462, "stm32", "STM32L45xxx"},
    {0x463, "stm32", "STM32F413"},
    {0x464, "stm32", "STM32L4x2"},
    {0x466, "stm32", "STM32G031/41"},
    {0x467, "stm32", "STM32G0B1/C1"},
    {0x468, "stm32", "STM32G454"},
    {0x469, "stm32", "STM32G474"},
    {0x470, "stm32", "STM32L4R/S"},
    {0x471, "stm32", "STM32L4Q"},
    {0x472, "stm32", "STM32L5[5,6]2xx"},
    {0x474, "stm32", "STM32H503"},
    {0x479, "stm32", "STM32G491"},
    {0x47b, "stm32", "STM32H7Pxxx"},
    {0x480, "stm32", "STM32H7A/7B"},
    {0x482, "stm32", "STM32U575/585"},
    {0x483, "stm32", "STM32H7[2,3]x"},
    {0x484, "stm32", "STM32H5x"},
    {0x485, "stm32", "STM32H7[R,]Sxx"},
    {0x486, "stm32", "STM32N6xx"},
    {0x494, "stm32", "STM32WB1"},
    {0x495, "stm32", "STM32WBxx"},
    {0x497, "stm32", "STM32WLx"},
    {0x499, "stm32", "STM32V8xx"},
    {0x500, "stm32", "STM32MP1"},
    {0x2511, "stellar", "SR5E1"},
    {0x2633, "stellar", "SR6G3"},
    {0x2636, "stellar", "SR6G6"},
    {0x2637, "stellar", "SR6G7"},
    {0x2643, "stellar", "SR6P3"},
    {0x2646, "stellar", "SR6P6"},
    {0x2647, "stellar", "SR6P7"},
    {0x2663, "stellar", "SR6P3E"},
    {0x2a47, "stellar", "SR6P7G7"},
};

// Series in b31..24 of the cache word.
enum class Series : uint32_t { none = 0, f4 = 1, f7 = 2, h7 = 3, l5 = 4, n6 = 5, stellar_pg = 6 };

struct CacheBit {
  Series series;
  unsigned bit;
  std::string_view name;
};

constexpr CacheBit cache_bits[] = {
    {Series::f4, 8, "art_prefetch"},       {Series::f4, 9, "art_icache"},          {Series::f4, 10, "art_dcache"},
    {Series::f7, 10, "core_icache"},       {Series::f7, 11, "core_dcache"},        {Series::f7, 8, "art_prefetch"},
    {Series::f7, 9, "art_en"},             {Series::h7, 10, "core_icache"},        {Series::h7, 11, "core_dcache"},
    {Series::l5, 9, "icache"},             {Series::n6, 10, "core_icache"},        {Series::n6, 11, "core_dcache"},
    {Series::n6, 0, "npu_cache"},          {Series::stellar_pg, 10, "core_icache"}, {Series::stellar_pg, 11, "core_dcache"},
};

}  // namespace

std::string device_text(uint32_t device_id, int64_t core_clock, int64_t bus_clock) {
  const auto* known = std::ranges::find(devices, device_id, &Device::id);
  const bool found = known != std::end(devices);
  return fmt::format("{} family - 0x{:03x} - {} @{}/{}MHz", found ? known->family : "stm32", device_id, found ? known->name : "UNKNOW",
                     core_clock / 1000000, bus_clock / 1000000);
}

std::vector<std::string> device_attributes(uint32_t cache) {
  const auto series = static_cast<Series>(cache >> 24);
  std::vector<std::string> result{(cache >> 16 & 1) != 0 ? "fpu" : "no_fpu"};
  if (series != Series::none && series != Series::l5 && series != Series::n6) result.push_back(fmt::format("art_lat={}", cache & 0xFF));
  for (const CacheBit& row : cache_bits)
    if (row.series == series && (cache >> row.bit & 1) != 0) result.emplace_back(row.name);
  return result;
}

}  // namespace ew
