#include "drivers/protocol_types.h"

#include <algorithm>
#include <cctype>

#include "base/error.h"
#include "drivers/device_names.h"

namespace ew {
namespace {

constexpr int64_t element_limit = int64_t{1} << 31;
constexpr int rank_limit = 16;

// The format word: type id in b20..17, sign in b23, bits in b13..7, fraction bits + 64 in b6..0.
DType element_type(uint32_t format) {
  enum { FLOAT = 1, INTEGER = 2, BOOL = 3, FIXED_POINT = 15 };
  const uint32_t kind = format >> 17 & 15, bits = format >> 7 & 127;
  const bool is_signed = (format >> 23 & 1) != 0;
  const int fraction = static_cast<int>(format & 127) - 64;
  struct Row { bool holds; DType type; };
  const bool integer = (kind == INTEGER || kind == FIXED_POINT) && fraction == 0;
  const Row rows[] = {{kind == FLOAT && bits == 32, DType::float32},          {kind == FLOAT && bits == 16, DType::float16},
                      {kind == BOOL && bits == 8, DType::boolean},            {integer && bits == 8 && is_signed, DType::int8},
                      {integer && bits == 8 && !is_signed, DType::uint8},     {integer && bits == 16 && is_signed, DType::int16},
                      {integer && bits == 32 && is_signed, DType::int32},     {integer && bits == 64 && is_signed, DType::int64}};
  for (const Row& row : rows)
    if (row.holds) return row.type;
  throw not_implemented(fmt::format("the board has a tensor of format 0x{:08x}: float32, float16, bool and whole 8 to 64 bit integers are known", format));
}

// What a shape format makes of n dimensions: for each dimension of the shape the index of the one sent, -1 for 1.
struct Layout {
  uint32_t format;
  size_t n;
  std::vector<int> order;
};

const std::vector<Layout>& layouts() {
  enum { BCWH = 1, BHWC = 2, BCHW = 3 };
  static const std::vector<Layout> rows = {
      {BCWH, 1, {-1, -1, -1, 0}}, {BCWH, 4, {0, 3, 2, 1}},      {BCWH, 5, {0, 3, 2, 4, 1}}, {BCWH, 6, {0, 3, 2, 4, 5, 1}},
      {BHWC, 1, {0}},             {BHWC, 2, {0, -1, -1, 1}},    {BHWC, 3, {0, 1, -1, 2}},   {BHWC, 4, {0, 1, 2, 3}},
      {BHWC, 5, {0, 1, 2, 3, 4}}, {BHWC, 6, {0, 1, 2, 3, 4, 5}}, {BCHW, 4, {0, 3, 1, 2}},    {BCHW, 5, {0, 1, 4, 2, 3}},
      {BCHW, 6, {0, 1, 2, 5, 3, 4}}};
  return rows;
}

[[noreturn]] void inconsistent(const wire::TensorDescription& description, std::string_view why) {
  throw connection_error(fmt::format("Received TensorDesc is not consistent: '{}', {} dimensions, {} elements: {}", description.name(),
                                     description.dimensions_size(), description.size(), why));
}

Shape shape_of(const wire::TensorDescription& description) {
  enum { FORMAT_MASK = 15, ST_AI = 4, HAS_BATCH = 64 };
  const uint32_t format = description.shape_format() >> 24;
  const auto& sent = description.dimensions();
  if (sent.size() > rank_limit) inconsistent(description, "too many dimensions");
  Shape shape(sent.begin(), sent.end());
  if ((format & FORMAT_MASK) == ST_AI) {
    if (shape.empty() || (format & HAS_BATCH) == 0 || shape[0] != 1) shape.insert(shape.begin(), 1);
    return shape;
  }
  const auto row = std::ranges::find_if(layouts(), [&](const Layout& layout) { return layout.format == format && layout.n == shape.size(); });
  if (row == layouts().end()) return shape;
  Shape ordered;
  for (int index : row->order) ordered.push_back(index < 0 ? 1 : shape[static_cast<size_t>(index)]);
  return ordered;
}

// "GCC 12.3.1 9a75ee0c", 10.0.0 -> "v10.0.0-9a75ee0c compiled with GCC 12.3.1 (GCC)": a last word in hexadecimal is the build.
std::string runtime_library(uint32_t version, std::string description, uint32_t runtime_id) {
  static constexpr std::string_view tools[] = {"", "GCC", "IAR", "AC5", "AC6", "HTC", "GHS"};
  const uint32_t tool = runtime_id >> 16 & 255;
  std::string text = fmt::format("v{}.{}.{}", version >> 24, version >> 16 & 255, version >> 8 & 255);
  const size_t space = description.rfind(' ');
  const std::string last = space == std::string::npos ? "" : description.substr(space + 1);
  if (!last.empty() && std::ranges::all_of(last, [](unsigned char c) { return std::isxdigit(c) != 0; })) {
    text += "-" + last;
    description.resize(space);
  }
  if (!description.empty()) text += " compiled with " + description;
  if (tool > 0 && tool < std::size(tools)) text += fmt::format(" ({})", tools[tool]);
  return text;
}

std::string tools_text(uint32_t version, uint32_t runtime_id) {
  enum { RELOCATABLE = 6, ST_AI = 1, LITE = 2, RELOC = 4 };
  const uint32_t runtime = runtime_id & 255, api = runtime_id >> 8 & 255;
  static constexpr std::string_view runtimes[] = {"", "ST.AI", "TFLM", "TVM", "ATONN", "GLOW", "ST.AI/RELOC"};
  std::string text{runtime < std::size(runtimes) ? runtimes[runtime] : "unknown"};
  text += (api & ST_AI) != 0 ? " (st-ai api" : " (legacy api";
  if ((api & LITE) != 0) text += "+lite";
  if ((api & RELOC) != 0) text += "+reloc";
  return text + fmt::format(") v{}.{}.{}", version >> 24, version >> 16 & 255, version >> 8 & 255);
}

std::vector<std::string> capabilities(uint32_t bits) {
  struct Row { uint32_t bit; std::string_view name; };
  static constexpr Row rows[] = {{1, "PER_LAYER"}, {1, "PER_LAYER_WITH_DATA"}, {128, "SELF_TEST"}, {2, "RELOC"}, {8, "MEMORY_RW"}};
  std::vector<std::string> names{"IO_ONLY"};
  for (const Row& row : rows)
    if ((bits & row.bit) != 0) names.emplace_back(row.name);
  return names;
}

}  // namespace

Type tensor_type(const wire::TensorDescription& description) {
  Type type;
  type.dtype = element_type(description.format());
  type.shape = shape_of(description);
  int64_t count = 1;
  for (int64_t dimension : type.shape) {
    if (dimension > element_limit || count * dimension > element_limit) inconsistent(description, "too large");
    count *= dimension;
  }
  if (std::abs(count - static_cast<int64_t>(description.size())) > 3) inconsistent(description, fmt::format("the shape {} has {}", text(type.shape), count));
  if (description.scale() != 0.0f) type.quant = Quant{{description.scale()}, {description.zero_point()}, -1};
  return type;
}

TensorInfo tensor_info(const wire::TensorDescription& description, std::string fallback) {
  return {description.name().empty() ? std::move(fallback) : description.name(), tensor_type(description),
          (description.flags() & wire::TENSOR_IN_MEMPOOL) != 0};
}

ModelDescription model_description(const wire::Sync& sync, const wire::SystemInfo& system, const wire::Model& model,
                                   const std::vector<std::string>& config, const std::string& link_name) {
  ModelDescription result;
  result.name = model.name();
  result.hash = model.signature();
  result.compile_datetime = model.compile_datetime();
  for (int i = 0; i < model.inputs_size(); i++) result.inputs.push_back(tensor_info(model.inputs(i), fmt::format("input_{}", i + 1)));
  for (int i = 0; i < model.outputs_size(); i++) result.outputs.push_back(tensor_info(model.outputs(i), fmt::format("output_{}", i + 1)));
  for (const auto& segment : model.activations()) result.activations.push_back(bytes(tensor_type(segment)));
  for (const auto& segment : model.parameters()) result.weights.push_back(bytes(tensor_type(segment)));
  if ((model.runtime_id() >> 24 & 4) == 0) result.macc = static_cast<int64_t>(model.macc());
  result.nodes = model.nodes();
  result.protocol = fmt::format("Proto-buffer driver v2.0 (msg v{}.{}) ({})", sync.version() >> 8, sync.version() & 255, link_name);
  result.tools = tools_text(model.tool_version(), model.runtime_id());
  result.runtime_library = runtime_library(model.runtime_version(), model.runtime_description(), model.runtime_id());
  result.capabilities = capabilities(sync.capability());
  result.device.text = device_text(system.device_id(), system.core_clock(), system.bus_clock());
  result.device.attributes = device_attributes(system.cache());
  result.device.core_clock = system.core_clock();
  result.device.bus_clock = system.bus_clock();
  for (std::string line : config) {
    if (const size_t colon = line.find(':'); colon != std::string::npos) line[colon] = '=';
    if (line.starts_with("virtual_board=")) {  // its clock and number are placeholders (firmware/board_qemu.c)
      result.device.text = fmt::format("virtual board - {} (QEMU)", line.substr(line.find('=') + 1));
      result.device.core_clock = result.device.bus_clock = 0;
    }
    result.device.extra.push_back(std::move(line));
  }
  return result;
}

}  // namespace ew
