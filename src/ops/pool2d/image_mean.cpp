#include "ops/pool2d/image_mean.h"

namespace ew {
namespace {

Call row_call(const Node& node, Lowering& to, std::string function, std::string params) {
  const Type& image = node.in[0]->type;
  const Shape& x = image.shape;
  Call call;
  call.function = std::move(function);
  call.out_rows = x[1];
  call.windows.push_back(row_window(to.input(0), image, Sliding{}, 1));
  call.params = Params{std::move(params), {{"width", x[2]}, {"height", x[1]}, {"channels", x[3]}, {"in_pitch", x[3]}}};
  call.args = {in_row_arg(0, ctype(image.dtype)), row_index_arg()};
  return call;
}

}  // namespace

bool is_one_image(const Shape& image) { return image.size() == 4 && image[0] == 1 && image[1] * image[2] < int64_t{1} << 23; }

void lower_image_mean_s8(const Node& node, Lowering& to, std::string_view function, const std::vector<Field>& more) {
  const int64_t channels = node.in[0]->type.shape[3];
  const bool helium = to.target().features.mve;
  Call call = row_call(node, to, fmt::format("{}{}_s8_row", function, helium ? "_mve" : ""), fmt::format("{}_s8_params", function));
  call.params->fields.insert(call.params->fields.end(), more.begin(), more.end());
  call.args.push_back(array_arg(to.scratch("sums", 4 * (helium ? (channels + 7) / 8 * 8 : channels)), "int32_t"));
  call.args.push_back(array_arg(to.output(), "int8_t"));
  to.call(std::move(call));
}

void lower_image_mean_f32(const Node& node, Lowering& to, RealRange clamp) {
  Call call = row_call(node, to, "nn_global_avgpool_f32_row", "nn_global_avgpool_f32_params");
  call.params->fields.insert(call.params->fields.end(), {{"clamp_min", clamp.low}, {"clamp_max", clamp.high}});
  call.args.push_back(array_arg(to.output(), "float"));
  to.call(std::move(call));
}

}  // namespace ew
