// <name>_data.h and <name>_data.c of the st-ai API: the weights.
#include "emit/c_text.h"
#include "emit/files.h"
#include "emit/tensors.h"

#include <fmt/format.h>

namespace ew {

std::string stai_weights_name(const Naming& n, const Segment& segment) {
  const std::string infix = weights_array_infix(n.program, segment);
  return fmt::format("g_{}_{}array", n.name, infix.empty() ? "weights_" : infix);
}

GeneratedFile stai_data_h(const Naming& n) {
  const std::string file = n.name + "_data.h";
  std::string arrays = n.options.binary ? fmt::format("/* The weights are in {}_data.bin: the client gives their address. */\n", n.name) : "";
  for (const Segment& segment : segments_of(n.program, SegmentKind::weights)) {
    if (n.options.binary) break;
    arrays += fmt::format("STAI_ALIGNED(8)\nextern const uint64_t {}[{}];\n", stai_weights_name(n, segment),
                          count_u64(static_cast<size_t>(segment.bytes)));
  }
  return {file, file_banner(file, n.datetime, "The weights") +
                    expand("#ifndef STAI_@NAME@_DATA_H\n#define STAI_@NAME@_DATA_H\n\n#include \"stai.h\"\n\nSTAI_API_DECLARE_BEGIN\n\n@arrays@\n"
                           "STAI_API_DECLARE_END\n\n#endif\n",
                           {{"NAME", n.upper}, {"arrays", arrays}})};
}

GeneratedFile stai_data_c(const Naming& n) {
  const std::string file = n.name + "_data.c";
  std::string text = file_banner(file, n.datetime, "The weights") + fmt::format("#include \"{}_data.h\"\n", n.name);
  for (const Segment& segment : segments_of(n.program, SegmentKind::weights)) {
    if (n.options.binary) break;
    const std::vector<uint8_t> bytes = segment_bytes(n.program, segment);
    text += fmt::format("\nSTAI_ALIGNED(8)\nconst uint64_t {}[{}] = {{\n{}}};\n", stai_weights_name(n, segment), count_u64(bytes.size()),
                        words_u64(bytes));
  }
  return {file, text};
}

}  // namespace ew
