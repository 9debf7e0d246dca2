// What convolutions and poolings share: a window that slides over the image, and the int8 parameters of operators with weights.
#pragma once

#include "ops/lowering.h"
#include "ops/quantization.h"

namespace ew {

// Explicit padding; the window's size comes from the weights or the attributes.
struct Sliding {
  int64_t stride_h = 1, stride_w = 1, dilation_h = 1, dilation_w = 1;
  int64_t pad_top = 0, pad_bottom = 0, pad_left = 0, pad_right = 0;

  template <class V> void fields(V& v) {
    v("stride_h", stride_h), v("stride_w", stride_w), v("dilation_h", dilation_h), v("dilation_w", dilation_w);
    v("pad_top", pad_top), v("pad_bottom", pad_bottom), v("pad_left", pad_left), v("pad_right", pad_right);
  }
};

// Attributes of CONV_2D and DEPTHWISE_CONV_2D.
struct Convolution : AttrsOf<Convolution> {
  Sliding sliding;
  Activation activation = Activation::none;
  bool float_product = false;                    // see weighted_quant
  template <class V> void fields(V& v) {
    sliding.fields(v);
    v("activation", activation), v("float_product", float_product);
  }
  [[nodiscard]] Activation fused() const override { return activation; }
  bool fuse(Activation a) override {
    if (activation != Activation::none) return false;
    activation = a;
    return true;
  }
};

struct Extent { int64_t h = 1, w = 1; };

// TFLite's SAME: the output has ceil(input / stride) pixels, the odd pixel of padding is below and right.
void pad_same(Sliding& sliding, Extent image, Extent kernel);

// Pixels of the output. Throws load_error when an attribute makes no sense or the window does not fit the padded image.
Extent output_extent(const Node& node, const Sliding& sliding, Extent image, Extent kernel);

// The rows an output row reads, of c-array `array`.
RowWindow row_window(int array, const Type& image, const Sliding& sliding, int64_t kernel_h);

// Adds the call, written for the first image, for every image of the batch.
void call_each_image(Lowering& to, const Call& call, int64_t images);

// Shown in c_info.json.
void window_attributes(Lowering& to, const Sliding& sliding, Extent kernel);
void convolution_attributes(Lowering& to, const Convolution& attrs, Extent kernel);

// A call of a convolution's row kernel with its window and output rows; the arguments are still to be filled in. The second one says, too, how far
// input and output may overlap.
Call row_call(const Node& node, Lowering& to, Extent kernel, std::string_view function);
Call convolution_call(const Node& node, Lowering& to, Extent kernel, std::string_view function);

// element(n, y, x, o, index) for every element of the node's output, an image, in order.
template <class Element>
void for_each_output(const Node& node, Element element) {
  const Shape& out = node.out[0]->type.shape;
  size_t index = 0;
  for (int64_t n = 0; n < out[0]; ++n)
    for (int64_t y = 0; y < out[1]; ++y)
      for (int64_t x = 0; x < out[2]; ++x)
        for (int64_t o = 0; o < out[3]; ++o) element(n, y, x, o, index++);
}

// Checks input `index` of a node; throw load_error naming the layer.
void check_rank(const Node& node, size_t index, size_t rank);
void check_bias(const Node& node, size_t index, int64_t channels);

// The integers of an int8 operator with weights; input 0 the activations, 1 the weights (axis: dimension of the output channels).
struct WeightedQuant {
  int32_t in_zero = 0, weight_zero = 0, out_zero = 0;
  std::vector<Multiplier> factors;               // one per output channel
  IntegerRange clamp;
};
// float_product: scale_in * scale_weights is rounded to float first, as TFLite does for uint8 and for dense layers per tensor.
WeightedQuant weighted_quant(const Node& node, int64_t channels, Activation activation, bool float_product);

// A sum of channel `channel` as int8: wrapped to 32 bits as the reference's, `double` (`single`) rounding, zero point, clamp.
int8_t requantised(int64_t sum, const WeightedQuant& quant, int64_t channel, bool single = false);

// A float sum after the fused activation.
float activated(float x, Activation activation, RealRange range);

// Bias with the zero points folded in, exactly: bias - in_zero * sum(w - weight_zero), w running over `weights_of` each channel's weights.
// Throws not_implemented when a sum could leave the range the kernels are made for (2^30).
// channel_stride, tap_stride: where weight i of channel c stands, c * channel_stride + i * tap_stride.
struct WeightLayout { int64_t channels = 1, count = 1, channel_stride = 1, tap_stride = 1; };
Tensor folded_bias(const Node& node, const WeightedQuant& quant, const WeightLayout& layout);

// in_zero, weight_zero, out_zero, clamp_min, clamp_max.
void add_fields(std::vector<Field>& fields, const WeightedQuant& quant);

// Tables of multipliers and shifts as the kernels want them: 2^30 <= multiplier < 2^31, -30 <= shift <= 30.
struct FactorTables { std::vector<int32_t> multipliers; std::vector<int8_t> shifts; };
FactorTables factor_tables(const std::vector<Multiplier>& factors);

// The padding row of an int8 window, when it needs one.
void add_pad_row(Lowering& to, RowWindow& window, int64_t out_rows, int32_t zero);

// Rules for kernels.
bool is_float(const Node& node, const Target&);
bool is_int8(const Node& node, const Target&);
bool batch_is_small(const Node& node, const Target&);
bool weights_are_constant(const Node& node, const Target&);
bool weights_have_no_zero_point(const Node& node, const Target&);
bool multipliers_below_half(const Node& node, const Target&);   // of a Convolution
bool no_fused_tanh(const Node& node, const Target&);

inline constexpr Rule int8_rule{"int8 input and output", is_int8};
inline constexpr Rule float_rule{"float32 input and output", is_float};
inline constexpr Rule batch_rule{"a batch of at most 16", batch_is_small};
inline constexpr Rule constant_rule{"constant weights and bias", weights_are_constant};
inline constexpr Rule zero_rule{"weights without zero point", weights_have_no_zero_point};
inline constexpr Rule multiplier_rule{"every factor scale_in * scale_weights / scale_out below 1/2", multipliers_below_half};
inline constexpr Rule tanh_rule{"a fused activation other than tanh", no_fused_tanh};

}  // namespace ew
