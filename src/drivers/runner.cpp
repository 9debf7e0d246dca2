#include "drivers/runner.h"

#include "base/error.h"

#include <array>
#include <numeric>
#include <utility>

namespace ew {

std::string_view name(Unit unit) {
  switch (unit) {
    case Unit::cycles: return "CPU cycles";
    case Unit::instructions: return "instructions";
    case Unit::none: break;
  }
  return "";
}

double mean(const std::vector<double>& values) {
  return values.empty() ? 0.0 : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double mean(const std::vector<uint64_t>& values) {
  double sum = 0;
  for (uint64_t value : values) sum += static_cast<double>(value);
  return values.empty() ? 0.0 : sum / static_cast<double>(values.size());
}

Type batched(const Type& one, int64_t samples) {
  Type type = one;
  const bool has_batch = !type.shape.empty() && type.shape[0] == 1;
  if (has_batch) type.shape[0] = samples;
  if (!has_batch) {
    type.shape.insert(type.shape.begin(), samples);
    if (type.quant && type.quant->axis >= 0) type.quant->axis++;
  }
  return type;
}

int64_t count_samples(const std::vector<Tensor>& inputs, const std::vector<TensorInfo>& expected) {
  if (inputs.size() != expected.size())
    throw cli_error(fmt::format("invalid input number -> {}, expected {}", inputs.size(), expected.size()));
  int64_t samples = -1;
  for (size_t i = 0; i < inputs.size(); i++) {
    const Type& given = inputs[i].type;
    const Type& want = expected[i].type;
    if (given.dtype != want.dtype)
      throw cli_error(fmt::format("input #{} - invalid dtype -> '{}', expected '{}'", i + 1, name(given.dtype), name(want.dtype)));
    const int64_t here = given.shape.empty() ? 0 : given.shape[0];
    if (here <= 0 || batched(want, here).shape != given.shape || static_cast<int64_t>(inputs[i].data.size()) != bytes(given))
      throw cli_error(fmt::format("input #{} - invalid shape -> ({}), expected ({}) for each sample", i + 1, text(given.shape), text(want.shape)));
    if (samples >= 0 && here != samples)
      throw cli_error(fmt::format("input #{} holds {} samples, input #1 holds {}", i + 1, here, samples));
    samples = here;
  }
  return samples;
}

std::string_view layer_type_name(int layer_type) {
  // Numbers and words of the reports; stateful layers have bit 7 set.
  static constexpr std::pair<int, std::string_view> names[] = {
      {0x100, "Base"},       {0x101, "Add"},        {0x102, "BN"},        {0x103, "Conv2D"},    {0x104, "Dense"},      {0x106, "LRN"},
      {0x107, "NL"},         {0x108, "Norm"},       {0x109, "Conv2dPool"}, {0x10a, "Transpose"}, {0x10b, "Pool"},       {0x10c, "Softmax"},
      {0x10d, "Split"},      {0x10e, "TimeDelay"},  {0x10f, "TimeDistributed"}, {0x110, "Concat"}, {0x111, "Gemm"},    {0x112, "Upsample"},
      {0x113, "Eltwise"},    {0x114, "EltwiseInteger"}, {0x115, "InstanceNormalization"}, {0x116, "Pad"}, {0x117, "Slice"}, {0x118, "Tile"},
      {0x119, "Reduce"},     {0x11a, "RNN"},        {0x11b, "Resize"},    {0x11c, "Gather"},    {0x11d, "Pack"},       {0x11e, "Unpack"},
      {0x11f, "ArgMinMax"},  {0x121, "Cast"},       {0x122, "IForest"},   {0x123, "SVMReg"},    {0x127, "Where"},      {0x12a, "TopK"},
      {0x133, "Reverse"},    {0x143, "GatherND"},   {0x144, "MatMul"},    {0x145, "ScatterND"}, {0x146, "GatherElements"},
      {0x180, "Stateful"},   {0x181, "LSTM"},       {0x182, "Custom"},    {0x183, "GRU"}};
  for (const auto& [number, word] : names)
    if (number == layer_type) return word;
  return "Layer";
}

}  // namespace ew
