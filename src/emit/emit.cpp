#include "emit/emit.h"

#include "base/error.h"
#include "base/text.h"
#include "emit/c_text.h"
#include "emit/files.h"
#include "emit/tensors.h"

#include <fmt/format.h>

#include <algorithm>

namespace ew {
namespace {

using Maker = GeneratedFile (*)(const Naming&);

constexpr Maker legacy_files[] = {legacy_data_params_h, legacy_data_params_c, legacy_data_h, legacy_data_c,
                                  legacy_config_h, legacy_network_h, legacy_network_c};
constexpr Maker stai_files[] = {stai_data_h, stai_data_c, stai_network_h, stai_network_c, stai_details_h};

std::vector<GeneratedFile> make(std::span<const Maker> makers, const Naming& naming) {
  std::vector<GeneratedFile> files;
  for (const Maker maker : makers) files.push_back(maker(naming));
  if (naming.options.binary) files.push_back(weights_binary(naming));
  return files;
}

// FNV-1a, 64 bits.
struct Hash {
  uint64_t value = 0xcbf29ce484222325U;
  void add(std::span<const uint8_t> bytes) {
    for (const uint8_t b : bytes) value = (value ^ b) * 0x100000001b3U;
  }
  void add(std::string_view text) { add({reinterpret_cast<const uint8_t*>(text.data()), text.size()}); }
};

}  // namespace

std::vector<GeneratedFile> emit(const Program& program, const EmitOptions& options) {
  if (program.bytes(SegmentKind::state) > 0) throw not_implemented("networks with states: their c-nodes keep values from run to run");
  EmitOptions wanted = options;
  if (program.bytes(SegmentKind::weights) == 0) wanted.binary = false;   // nothing to load, so no address to wait for
  const Naming naming{program, wanted, program.c_name, upper_case(program.c_name),
                      options.datetime.empty() ? program.datetime : options.datetime};
  if (program.inputs.empty() || program.outputs.empty()) throw not_implemented("networks without an input or an output");
  return options.c_api == CApi::st_ai ? make(stai_files, naming) : make(legacy_files, naming);
}

uint64_t network_signature(const Program& program) {
  Hash hash;
  hash.add(program.model.hash);
  for (const CNode& node : program.nodes) {
    hash.add(node.name);
    for (const Call* call : calls_of(node)) hash.add(call->function);
  }
  for (const Array& array : program.arrays)
    if (array.data) hash.add(array.data->data);
  return hash.value;
}

std::vector<uint8_t> segment_bytes(const Program& program, const Segment& segment) {
  std::vector<uint8_t> bytes(static_cast<size_t>(segment.bytes));
  for (const Array& array : program.arrays) {
    if (!array.data || array.segment < 0) continue;
    const Segment& own = program.segments.at(static_cast<size_t>(array.segment));
    if (own.kind != SegmentKind::weights || own.index != segment.index) continue;
    const std::vector<uint8_t>& data = array.data->data;
    if (array.offset < 0 || array.offset + static_cast<int64_t>(data.size()) > segment.bytes)
      throw internal_error(fmt::format("c-array '{}' lies outside its segment", array.name));
    std::copy(data.begin(), data.end(), bytes.begin() + array.offset);
  }
  return bytes;
}

GeneratedFile weights_binary(const Naming& naming) {
  std::string text;
  for (const Segment& segment : segments_of(naming.program, SegmentKind::weights)) {
    const std::vector<uint8_t> bytes = segment_bytes(naming.program, segment);
    text.append(bytes.begin(), bytes.end());
  }
  return {naming.name + "_data.bin", text};
}

std::string weights_array_infix(const Program& program, const Segment& segment) {
  if (segments_of(program, SegmentKind::weights).size() == 1 && !program.split_weights) return "";
  for (const Array& array : program.arrays) {
    if (array.segment < 0 || !array.data) continue;
    const Segment& own = program.segments.at(static_cast<size_t>(array.segment));
    if (own.kind == SegmentKind::weights && own.index == segment.index) return array.name + "_";
  }
  return fmt::format("{}_", segment.index);
}

}  // namespace ew
