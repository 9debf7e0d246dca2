// The macros of <name>.h of the st-ai API.
#include "emit/stai_macros.h"

#include "emit/c_text.h"
#include "emit/tensors.h"

#include <fmt/format.h>

namespace ew {
namespace {

int64_t align_up_4(int64_t bytes) { return (bytes + 3) / 4 * 4; }

struct Lists {
  std::vector<std::string> alignments, names, formats, sizes, bytes;
};

std::string one_port(const std::string& macro, std::string_view kind, const Array& array, bool allocated, Lists& lists) {
  const Shape shape = batch_first(array.type);
  const NamedShape named = named_shape(array.type);
  const int64_t count = elements(array.type.shape);
  std::string out = fmt::format("#define {0}_ALIGNMENT ({1})\n#define {0}_NAME (NULL)\n", macro, array.alignment);
  out += fmt::format("#define {}_FLAGS (STAI_FLAG_{}{}|STAI_FLAG_CHANNEL_LAST|STAI_FLAG_HAS_BATCH)\n", macro, kind,
                     allocated ? "|STAI_FLAG_PREALLOCATED" : "");
  out += fmt::format("#define {0}_FORMAT ({1})\n#define {0}_SHAPE {{{2}}}\n#define {0}_BATCH ({3})\n#define {0}_CHANNEL ({4})\n", macro,
                     stai_format(array.type.dtype), fmt::join(shape, ","), named.batch, named.channel);
  if (named.height) out += fmt::format("#define {}_HEIGHT ({})\n", macro, *named.height);
  if (named.width) out += fmt::format("#define {}_WIDTH ({})\n", macro, *named.width);
  if (named.depth) out += fmt::format("#define {}_DEPTH ({})\n", macro, *named.depth);
  if (named.extension) out += fmt::format("#define {}_EXTENSION ({})\n", macro, *named.extension);
  out += fmt::format("#define {0}_RANK ({1})\n#define {0}_SIZE ({2})\n#define {0}_SIZE_BYTES ({3})\n", macro, shape.size() - 1, count, array.bytes);
  if (array.type.quant && !array.type.quant->scale.empty()) {
    out += fmt::format("#define {0}_SCALE ({1})\n#define {0}_ZERO_POINT ({2})\n", macro, float_literal(array.type.quant->scale.front()),
                       array.type.quant->zero.empty() ? 0 : array.type.quant->zero.front());
  }
  lists.alignments.push_back(std::to_string(array.alignment));
  lists.names.emplace_back("NULL");
  lists.formats.push_back(stai_format(array.type.dtype));
  lists.sizes.push_back(std::to_string(count));
  lists.bytes.push_back(std::to_string(array.bytes));
  return out;
}

}  // namespace

std::string stai_port_macros(const Program& program, const std::string& prefix, std::string_view word, const std::vector<int>& ids, bool allocated) {
  Lists lists;
  std::string each;
  int64_t total = 4;
  for (size_t i = 0; i < ids.size(); ++i) {
    const Array& array = program.arrays.at(static_cast<size_t>(ids[i]));
    each += one_port(fmt::format("{}{}_{}", prefix, word, i + 1), word == "IN" ? "INPUTS" : "OUTPUTS", array, allocated, lists);
    total += align_up_4(array.bytes);
  }
  const std::string head = fmt::format("#define {}{}", prefix, word);
  return fmt::format(
      "{0}_NUM ({1})\n{0}_SIZE_BYTES ({2})\n{0}_ALIGNMENTS {{ {3}}}\n{0}_NAMES {{ {4}}}\n{0}_FORMATS {{ {5}}}\n{0}_SIZES {{{6}}}\n{0}_SIZES_BYTES {{{7}}}\n{8}",
      head, ids.size(), total, joined(lists.alignments), joined(lists.names), joined(lists.formats), joined(lists.sizes), joined(lists.bytes), each);
}

std::string stai_segment_macros(const std::string& prefix, const std::vector<Segment>& segments, std::string_view flags) {
  const bool weights = segments.front().kind == SegmentKind::weights;
  const std::string_view word = weights ? "WEIGHT" : "ACTIVATION";
  std::vector<std::string> sizes, alignments;
  std::string each;
  int64_t total = 0;
  for (size_t i = 0; i < segments.size(); ++i) {
    const Segment& s = segments[i];
    sizes.push_back(std::to_string(s.bytes));
    alignments.push_back(std::to_string(s.alignment));
    total += s.bytes;
    each += fmt::format("#define {0}{1}_{2}_FLAGS ({3})\n#define {0}{1}_{2}_SIZE ({4})\n#define {0}{1}_{2}_SIZE_BYTES ({4})\n", prefix, word, i + 1, flags, s.bytes);
    if (!weights) each += fmt::format("#define {}{}_{}_ALIGNMENT ({})\n", prefix, word, i + 1, s.alignment);
  }
  const std::string head = fmt::format("#define {}{}S", prefix, word);
  return fmt::format("{0}_SIZE ({1})\n{0}_SIZE_BYTES ({1})\n{0}_ALIGNMENTS {{ {2}}}\n{0}_SIZES {{ {3}}}\n{0}_NUM ({4})\n{5}", head, total, joined(alignments),
                     joined(sizes), segments.size(), each);
}

}  // namespace ew
