// <name>_data_params.h/.c and <name>_data.h/.c of the legacy API: sizes, tables of addresses, weights.
#include "emit/c_text.h"
#include "emit/files.h"
#include "emit/tensors.h"

#include <fmt/format.h>

namespace ew {
namespace {

// "s_network_weights_array_u64", "s_network_conv2d_1_weights_array_u64"
std::string array_name(const Naming& n, const Segment& segment) {
  const std::string infix = weights_array_infix(n.program, segment);
  return fmt::format("s_{}_{}array_u64", n.name, infix.empty() ? "weights_" : infix);
}

// The five macros of the sizes of `kind` ("ACTIVATION", "WEIGHT").
std::string size_macros(const Naming& n, SegmentKind kind, std::string_view word) {
  const std::vector<Segment> segments = segments_of(n.program, kind);
  std::vector<std::string> sizes;
  int64_t total = 0;
  for (const Segment& s : segments) {
    sizes.push_back(std::to_string(s.bytes));
    total += s.bytes;
  }
  const std::string prefix = fmt::format("#define AI_{}_DATA_{}", n.upper, word);
  std::string out = fmt::format("{}S_SIZES \\\n  {{ {}, }}\n", prefix, joined(sizes));
  out += fmt::format("{}S_SIZE ({})\n{}S_COUNT ({})\n", prefix, total, prefix, segments.size());
  for (size_t i = 0; i < sizes.size(); ++i) out += fmt::format("{}_{}_SIZE ({})\n", prefix, i + 1, sizes[i]);
  return out;
}

// The elements of ai_buffer g_<name>_data_map_...[].
std::string map_entries(const Naming& n, SegmentKind kind, std::string_view flag) {
  std::string out;
  size_t index = 0;
  for (const Segment& s : segments_of(n.program, kind)) {
    const std::string_view word = kind == SegmentKind::weights ? "weights" : "activations";
    out += fmt::format("  /* memory pool: {} */\n", s.pool.empty() ? "default" : plain(s.pool));
    out += fmt::format("  {{.format = AI_BUFFER_FORMAT_U8{0}, .size = {1},\n   .shape = {{.type = AI_SHAPE_BCWH, .size = 4, .data = {2}_shapes[{3}]}}}},\n",
                       flag, s.bytes, word, index++);
  }
  return out;
}

std::string shape_rows(const Naming& n, SegmentKind kind) {
  std::vector<std::string> rows;
  for (const Segment& s : segments_of(n.program, kind)) rows.push_back(fmt::format("{{1, {}, 1, 1}}", s.bytes));
  return joined(rows);
}

}  // namespace

GeneratedFile legacy_data_params_h(const Naming& n) {
  const std::string file = n.name + "_data_params.h";
  return {file, file_banner(file, n.datetime, "Sizes of the activations and the weights") +
                    expand(R"(#ifndef @NAME@_DATA_PARAMS_H
#define @NAME@_DATA_PARAMS_H

#include "ai_platform.h"

#define AI_@NAME@_DATA_CONFIG (NULL)

@activations@
@weights@
AI_API_DECLARE_BEGIN

/* Addresses of the segments, between two markers. */
extern ai_handle g_@name@_activations_table[1 + AI_@NAME@_DATA_ACTIVATIONS_COUNT + 1];
extern ai_handle g_@name@_weights_table[1 + AI_@NAME@_DATA_WEIGHTS_COUNT + 1];

#define AI_@NAME@_DATA_ACTIVATIONS_TABLE_GET() (&g_@name@_activations_table[1])
#define AI_@NAME@_DATA_WEIGHTS_TABLE_GET() (&g_@name@_weights_table[1])

AI_API_DECLARE_END

#endif
)",
                           {{"name", n.name},
                            {"NAME", n.upper},
                            {"activations", size_macros(n, SegmentKind::activations, "ACTIVATION")},
                            {"weights", size_macros(n, SegmentKind::weights, "WEIGHT")}})};
}

GeneratedFile legacy_data_params_c(const Naming& n) {
  const std::string file = n.name + "_data_params.c";
  std::string activations, weights, arrays;
  for (size_t i = 0; i < segments_of(n.program, SegmentKind::activations).size(); ++i) activations += "  AI_HANDLE_NULL,\n";
  for (const Segment& segment : segments_of(n.program, SegmentKind::weights)) {
    if (n.options.binary) {
      weights += "  AI_HANDLE_NULL,\n";
      continue;
    }
    const std::vector<uint8_t> bytes = segment_bytes(n.program, segment);
    weights += fmt::format("  AI_HANDLE_PTR({}),\n", array_name(n, segment));
    arrays += fmt::format("\nAI_ALIGNED(32)\nconst ai_u64 {}[{}] = {{\n{}}};\n", array_name(n, segment), count_u64(bytes.size()), words_u64(bytes));
  }
  return {file, file_banner(file, n.datetime, "The weights and the tables of addresses") +
                    expand(R"(#include "@name@_data_params.h"

#include "@name@_data.h"
@arrays@
ai_handle g_@name@_activations_table[1 + AI_@NAME@_DATA_ACTIVATIONS_COUNT + 1] = {
  AI_HANDLE_PTR(AI_MAGIC_MARKER),
@activations@  AI_HANDLE_PTR(AI_MAGIC_MARKER)
};

ai_handle g_@name@_weights_table[1 + AI_@NAME@_DATA_WEIGHTS_COUNT + 1] = {
  AI_HANDLE_PTR(AI_MAGIC_MARKER),
@weights@  AI_HANDLE_PTR(AI_MAGIC_MARKER)
};
)",
                           {{"name", n.name}, {"NAME", n.upper}, {"arrays", arrays}, {"activations", activations}, {"weights", weights}})};
}

GeneratedFile legacy_data_h(const Naming& n) {
  const std::string file = n.name + "_data.h";
  std::string arrays;
  for (const Segment& segment : segments_of(n.program, SegmentKind::weights)) {
    if (n.options.binary) break;
    arrays += fmt::format("extern const ai_u64 {}[{}];\n", array_name(n, segment), count_u64(static_cast<size_t>(segment.bytes)));
  }
  return {file, file_banner(file, n.datetime, "Access to the weights and the activations") +
                    expand(R"(#ifndef @NAME@_DATA_H
#define @NAME@_DATA_H

#include "@name@_config.h"
#include "@name@_data_params.h"

AI_API_DECLARE_BEGIN

@arrays@
#define AI_@NAME@_DATA_ACTIVATIONS(ptr_) ai_@name@_data_activations_buffer_get(AI_HANDLE_PTR(ptr_))
#define AI_@NAME@_DATA_WEIGHTS(ptr_) ai_@name@_data_weights_buffer_get(AI_HANDLE_PTR(ptr_))

/* A buffer per segment. */
extern ai_buffer g_@name@_data_map_activations[AI_@NAME@_DATA_ACTIVATIONS_COUNT];
extern ai_buffer g_@name@_data_map_weights[AI_@NAME@_DATA_WEIGHTS_COUNT];

/* One buffer over all activations, all weights, that starts at `ptr`. */
AI_API_ENTRY ai_buffer ai_@name@_data_activations_buffer_get(const ai_handle ptr);
AI_API_ENTRY ai_buffer ai_@name@_data_weights_buffer_get(const ai_handle ptr);

/* The table of the weights' addresses@binary@. */
AI_API_ENTRY ai_handle ai_@name@_data_weights_get(void);

/* Fills `params` with a buffer per segment at its default address. False on NULL. */
AI_API_ENTRY ai_bool ai_@name@_data_params_get(ai_network_params *params);

AI_API_DECLARE_END

#endif
)",
                           {{"name", n.name},
                            {"NAME", n.upper},
                            {"arrays", arrays},
                            {"binary", n.options.binary ? "; NULL: the weights are not in the program, the client gives their address" : ""}})};
}

GeneratedFile legacy_data_c(const Naming& n) {
  const std::string file = n.name + "_data.c";
  return {file, file_banner(file, n.datetime, "Access to the weights and the activations") +
                    expand(R"(#include "@name@_data.h"

#include "nn_legacy.h"

static ai_shape_dimension activations_shapes[AI_@NAME@_DATA_ACTIVATIONS_COUNT][4] = {@activations_shapes@};
static ai_shape_dimension weights_shapes[AI_@NAME@_DATA_WEIGHTS_COUNT][4] = {@weights_shapes@};

ai_buffer g_@name@_data_map_activations[AI_@NAME@_DATA_ACTIVATIONS_COUNT] = {
@activations@};

ai_buffer g_@name@_data_map_weights[AI_@NAME@_DATA_WEIGHTS_COUNT] = {
@weights@};

static ai_buffer buffer_at(ai_handle ptr, ai_size bytes, ai_u32 flags, ai_shape_dimension *shape)
{
  const ai_buffer buffer = {
    .format = (ai_buffer_format)(AI_BUFFER_FORMAT_U8 | flags),
    .data = ptr,
    .size = bytes,
    .shape = {.type = AI_SHAPE_BCWH, .size = 4, .data = shape}
  };
  return buffer;
}

AI_API_ENTRY ai_buffer ai_@name@_data_activations_buffer_get(const ai_handle ptr)
{
  static ai_shape_dimension shape[4] = {1, AI_@NAME@_DATA_ACTIVATIONS_SIZE, 1, 1};
  return buffer_at(ptr, AI_@NAME@_DATA_ACTIVATIONS_SIZE, 0, shape);
}

AI_API_ENTRY ai_buffer ai_@name@_data_weights_buffer_get(const ai_handle ptr)
{
  static ai_shape_dimension shape[4] = {1, AI_@NAME@_DATA_WEIGHTS_SIZE, 1, 1};
  return buffer_at(ptr, AI_@NAME@_DATA_WEIGHTS_SIZE, AI_BUFFER_FMT_FLAG_CONST, shape);
}

AI_API_ENTRY ai_handle ai_@name@_data_weights_get(void)
{
  return @weights_get@;
}

AI_API_ENTRY ai_bool ai_@name@_data_params_get(ai_network_params *params)
{
  return nn_legacy_data_params(params, g_@name@_data_map_weights, AI_@NAME@_DATA_WEIGHTS_COUNT, g_@name@_weights_table,
                               g_@name@_data_map_activations, AI_@NAME@_DATA_ACTIVATIONS_COUNT, g_@name@_activations_table);
}
)",
                           {{"name", n.name},
                            {"NAME", n.upper},
                            {"activations_shapes", shape_rows(n, SegmentKind::activations)},
                            {"weights_shapes", shape_rows(n, SegmentKind::weights)},
                            {"activations", map_entries(n, SegmentKind::activations, "")},
                            {"weights", map_entries(n, SegmentKind::weights, " | (ai_buffer_format)AI_BUFFER_FMT_FLAG_CONST")},
                            {"weights_get", n.options.binary ? "AI_HANDLE_NULL" : fmt::format("AI_HANDLE_PTR(g_{}_weights_table)", n.name)}})};
}

}  // namespace ew
