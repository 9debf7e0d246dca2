// SPACE_TO_DEPTH, DEPTH_TO_SPACE: blocks of pixels become channels and back. SPACE_TO_BATCH_ND, BATCH_TO_SPACE_ND: blocks of pixels become
// batches and back; around a convolution they mean dilation (passes/fold_dilation).
#include "ops/movement/space.h"

#include "base/error.h"
#include "ops/movement/movement.h"

#include <array>

namespace ew {
namespace {

struct Block : AttrsOf<Block> {
  int64_t block = 1;
  template <class V> void fields(V& v) { v("block", block); }
};

void require_image(const Node& node) {
  if (node.in.at(0)->type.shape.size() != 4) throw load_error(fmt::format("layer '{}': its input must have 4 dimensions", node.name));
}

std::vector<Type> infer_space_to_depth(const Node& node) {
  require_image(node);
  const Shape& s = node.in[0]->type.shape;
  const int64_t b = node.as<Block>().block;
  if (b < 1 || s[1] % b != 0 || s[2] % b != 0) throw load_error(fmt::format("layer '{}': {} does not divide into blocks of {}", node.name, text(s), b));
  return {{node.in[0]->type.dtype, {s[0], s[1] / b, s[2] / b, s[3] * b * b}, {}}};
}

std::vector<Type> infer_depth_to_space(const Node& node) {
  require_image(node);
  const Shape& s = node.in[0]->type.shape;
  const int64_t b = node.as<Block>().block;
  if (b < 1 || b > 65535 || s[3] % (b * b) != 0) throw load_error(fmt::format("layer '{}': {} channels do not make blocks of {}", node.name, s[3], b));
  return {{node.in[0]->type.dtype, {s[0], s[1] * b, s[2] * b, s[3] / (b * b)}, {}}};
}

// space[n][y * b + i][x * b + j][c] <-> depth[n][y][x][(i * b + j) * C + c]
Piece blocks(const Shape& space, const Shape& depth, int64_t b, bool to_depth) {
  const std::vector<int64_t> s = strides(space), d = strides(depth);
  const int64_t channels = space[3];
  const std::vector<int64_t> in_space{s[0], s[1] * b, s[1], s[2] * b, s[2], 1};
  const std::vector<int64_t> in_depth{d[0], d[1], b * channels, d[2], channels, 1};
  Piece piece;
  piece.size = {space[0], depth[1], b, depth[2], b, channels};
  piece.in_stride = to_depth ? in_space : in_depth;
  piece.out_stride = to_depth ? in_depth : in_space;
  return piece;
}

Movement space_to_depth(const Node& node) { return {{blocks(node.in[0]->type.shape, node.out[0]->type.shape, node.as<Block>().block, true)}, {}}; }
Movement depth_to_space(const Node& node) { return {{blocks(node.out[0]->type.shape, node.in[0]->type.shape, node.as<Block>().block, false)}, {}}; }

void import_block(TfliteContext& context, const Op& op, int64_t block) {
  auto attrs = std::make_unique<Block>();
  attrs->block = block;
  context.finish(op, std::move(attrs), {context.input(0)});
}

// SPACE_TO_BATCH_ND on dimensions 1 and 2: batch (i * block_w + j) * N + n, row y, column x is padded pixel (y * block_h + i, x * block_w + j) of n.
std::vector<Type> infer_space_to_batch(const Node& node) {
  require_image(node);
  const Shape& s = node.in[0]->type.shape;
  const auto& a = node.as<SpaceBatch>();
  const int64_t h = s[1] + a.top + a.bottom, w = s[2] + a.left + a.right;
  if (a.block_h < 1 || a.block_w < 1 || a.block_h > 65535 || a.block_w > 65535 || a.top < 0 || a.bottom < 0 || a.left < 0 || a.right < 0 ||
      h % a.block_h != 0 || w % a.block_w != 0)
    throw load_error(fmt::format("layer '{}': blocks and paddings do not suit {}", node.name, text(s)));
  return {{node.in[0]->type.dtype, {s[0] * a.block_h * a.block_w, h / a.block_h, w / a.block_w, s[3]}, {}}};
}

// The first row (column) of one batch whose pixel lies inside the image behind `border` pixels, and how many do.
std::pair<int64_t, int64_t> inside(int64_t offset, int64_t block, int64_t border, int64_t size) {
  const int64_t first = offset >= border ? 0 : (border - offset + block - 1) / block;
  const int64_t end = (size + border - offset + block - 1) / block;
  return {first, std::max<int64_t>(end - first, 0)};
}

Movement space_to_batch(const Node& node) {
  const Shape& in = node.in[0]->type.shape;
  const Shape& out = node.out[0]->type.shape;
  const auto& a = node.as<SpaceBatch>();
  const std::vector<int64_t> is = strides(in), os = strides(out);
  Movement movement;
  movement.fill = a.value;
  for (int64_t i = 0; i < a.block_h; ++i)
    for (int64_t j = 0; j < a.block_w; ++j) {
      const auto [y, rows] = inside(i, a.block_h, a.top, in[1]);
      const auto [x, columns] = inside(j, a.block_w, a.left, in[2]);
      Piece piece;
      piece.size = {in[0], rows, columns, in[3]};
      piece.in_stride = {is[0], is[1] * a.block_h, is[2] * a.block_w, 1};
      piece.out_stride = os;
      piece.in_offset = (y * a.block_h + i - a.top) * is[1] + (x * a.block_w + j - a.left) * is[2];
      piece.out_offset = (i * a.block_w + j) * in[0] * os[0] + y * os[1] + x * os[2];
      if (rows > 0 && columns > 0) movement.pieces.push_back(std::move(piece));
    }
  return movement;
}

std::vector<Type> infer_batch_to_space(const Node& node) {
  require_image(node);
  const Shape& s = node.in[0]->type.shape;
  const auto& a = node.as<SpaceBatch>();
  const int64_t blocks_count = a.block_h * a.block_w;
  const int64_t h = s[1] * a.block_h - a.top - a.bottom, w = s[2] * a.block_w - a.left - a.right;
  if (a.block_h < 1 || a.block_w < 1 || a.block_h > 65535 || a.block_w > 65535 || s[0] % blocks_count != 0 || h < 1 || w < 1 || a.top < 0 ||
      a.bottom < 0 || a.left < 0 || a.right < 0)
    throw load_error(fmt::format("layer '{}': blocks and crops do not suit {}", node.name, text(s)));
  return {{node.in[0]->type.dtype, {s[0] / blocks_count, h, w, s[3]}, {}}};
}

// The inverse of SPACE_TO_BATCH_ND with crops for paddings.
Movement batch_to_space(const Node& node) {
  const Shape& out = node.out[0]->type.shape;
  const auto& a = node.as<SpaceBatch>();
  const std::vector<int64_t> is = strides(node.in[0]->type.shape), os = strides(out);
  Movement movement;
  for (int64_t i = 0; i < a.block_h; ++i)
    for (int64_t j = 0; j < a.block_w; ++j) {
      const auto [y, rows] = inside(i, a.block_h, a.top, out[1]);
      const auto [x, columns] = inside(j, a.block_w, a.left, out[2]);
      Piece piece;
      piece.size = {out[0], rows, columns, out[3]};
      piece.in_stride = is;
      piece.out_stride = {os[0], os[1] * a.block_h, os[2] * a.block_w, 1};
      piece.in_offset = (i * a.block_w + j) * out[0] * is[0] + y * is[1] + x * is[2];
      piece.out_offset = (y * a.block_h + i - a.top) * os[1] + (x * a.block_w + j - a.left) * os[2];
      if (rows > 0 && columns > 0) movement.pieces.push_back(std::move(piece));
    }
  return movement;
}

void import_space_batch(TfliteContext& context, const Op& op) {
  const std::vector<int64_t> block = context.integers(1), borders = context.integers(2);
  if (context.input(0)->type.shape.size() != 4) context.refuse("only images of 4 dimensions are built");
  if (block.size() != 2 || borders.size() != 4) context.bad("it needs 2 block sizes and 4 borders");
  auto attrs = std::make_unique<SpaceBatch>();
  attrs->block_h = block[0];
  attrs->block_w = block[1];
  attrs->top = borders[0];
  attrs->bottom = borders[1];
  attrs->left = borders[2];
  attrs->right = borders[3];
  if (const auto& quant = context.input(0)->type.quant) attrs->value = quant->zero.at(0);
  context.finish(op, std::move(attrs), {context.input(0)});
}

constexpr std::string_view types = "float32, int8, uint8";
constexpr std::array s2d_imports{Import{"tflite", "SPACE_TO_DEPTH", types, [](TfliteContext& c) {
  import_block(c, *find_op("space_to_depth"), c.options<tflite::SpaceToDepthOptions>().block_size());
}}};
constexpr std::array d2s_imports{Import{"tflite", "DEPTH_TO_SPACE", types, [](TfliteContext& c) {
  import_block(c, *find_op("depth_to_space"), c.options<tflite::DepthToSpaceOptions>().block_size());
}}};
constexpr std::array s2b_imports{Import{"tflite", "SPACE_TO_BATCH_ND", types, [](TfliteContext& c) { import_space_batch(c, *find_op("space_to_batch")); }}};
constexpr std::array b2s_imports{Import{"tflite", "BATCH_TO_SPACE_ND", types, [](TfliteContext& c) { import_space_batch(c, *find_op("batch_to_space")); }}};

template <Movement (*movement)(const Node&)>
constexpr std::array kernels{Kernel{"nn_copy_nd", {}, nullptr, [](const Node& n, Lowering& l) { lower_movement(movement(n), n, l); }}};

template <Movement (*movement)(const Node&)>
void eval(const Node& n, std::span<const Tensor* const> in, std::span<Tensor> out) { move(movement(n), in, out); }

int64_t no_macc(const Node&) { return 0; }
LayerType layer(const Node&) { return {"Transpose", 0x10a}; }
std::unique_ptr<Attrs> block_attrs() { return std::make_unique<Block>(); }
std::unique_ptr<Attrs> space_batch_attrs() { return std::make_unique<SpaceBatch>(); }

}  // namespace

extern const Op space_to_depth_op{"space_to_depth", block_attrs, infer_space_to_depth, no_macc, eval<space_to_depth>, s2d_imports,
                                  kernels<space_to_depth>, layer, "space_to_depth"};
extern const Op depth_to_space_op{"depth_to_space", block_attrs, infer_depth_to_space, no_macc, eval<depth_to_space>, d2s_imports,
                                  kernels<depth_to_space>, layer, "depth_to_space"};
extern const Op space_to_batch_op{"space_to_batch", space_batch_attrs, infer_space_to_batch, no_macc, eval<space_to_batch>, s2b_imports,
                                  kernels<space_to_batch>, layer, "space_to_batch"};
extern const Op batch_to_space_op{"batch_to_space", space_batch_attrs, infer_batch_to_space, no_macc, eval<batch_to_space>, b2s_imports,
                                  kernels<batch_to_space>, layer, "batch_to_space"};

}  // namespace ew
