#include "validate/dataset.h"

#include "base/error.h"
#include "base/files.h"
#include "validate/convert.h"
#include "validate/user_files.h"

#include <algorithm>
#include <numeric>

namespace ew {
namespace {

constexpr int64_t default_samples = 10;

// The array that `id` is a plain copy, cast or view of, as far back as a network input; -1 when it is computed.
int source_input(const Program& program, int id) {
  for (size_t step = 0; step <= program.nodes.size(); ++step) {
    const Array& array = program.arrays[static_cast<size_t>(id)];
    if (array.input >= 0) return array.input;
    const auto producer = std::ranges::find_if(program.nodes, [&](const CNode& node) { return std::ranges::count(node.outputs, id) > 0; });
    if (producer == program.nodes.end() || producer->inputs.size() != 1) return -1;
    id = producer->inputs[0];
  }
  return -1;
}

std::optional<int64_t> number_field(const Call& call, std::string_view name) {
  if (!call.params) return std::nullopt;
  for (const Field& field : call.params->fields) {
    if (field.name == name && std::holds_alternative<int64_t>(field.value)) return std::get<int64_t>(field.value);
  }
  return std::nullopt;
}

const Array& input_array(const Program& program, size_t index) { return program.arrays[static_cast<size_t>(program.inputs[index])]; }
const Array& output_array(const Program& program, size_t index) { return program.arrays[static_cast<size_t>(program.outputs[index])]; }

template <class Ranges> RandomRange float_range(const Ranges& ranges, size_t inputs, size_t index) {
  if (ranges.empty()) return {};
  if (ranges.size() != 1 && ranges.size() != inputs) {
    throw cli_error(fmt::format("--range: {} ranges are given for {} inputs; give one for all or one for each", ranges.size(), inputs));
  }
  const auto& [low, high] = ranges.size() == 1 ? ranges[0] : ranges[index];
  return {low, high};
}

// A number as Python prints a float: "0.0", "-10.0", "0.25".
std::string python_float(double value) {
  std::string text = fmt::format("{}", value);
  return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

std::string range_text(const DataOptions& options) {
  if (options.ranges.empty()) return "(0, 1)";
  std::string text;
  for (const auto& [low, high] : options.ranges) {
    text += fmt::format("{}({}, {})", text.empty() ? "" : ", ", python_float(low), python_float(high));
  }
  return text;
}

DataSet random_data(const Program& program, const DataOptions& options) {
  const int64_t samples = options.batches.value_or(default_samples);
  DataSet data;
  data.log = fmt::format(" generating random data, size={}, seed={}, range={}\n", samples, options.seed, range_text(options));
  RandomState state(static_cast<uint32_t>(options.seed));
  for (size_t i = 0; i < program.inputs.size(); ++i) {
    const Type& type = input_array(program, i).type;
    Tensor tensor(Type{type.dtype, c_shape(type.shape, samples), type.quant});
    const bool real = type.dtype == DType::float32 || type.dtype == DType::float16;
    fill_random(tensor, state, float_range(options.ranges, program.inputs.size(), i), real ? IntegerRange{} : integer_range(program, i));
    data.inputs.push_back(std::move(tensor));
  }
  return data;
}

// How many samples an array holds, if it fits tensors of this many values.
int64_t samples_in(const Shape& given, int64_t values) {
  if (values <= 0) return 0;
  const int64_t total = elements(given);
  if (!given.empty() && given[0] > 0 && total == given[0] * values) return given[0];
  return total == values ? 1 : 0;
}

[[noreturn]] void unfit(std::string_view what, size_t index, const NpyArray& array, const Type& wanted, std::string_view hint) {
  const std::string shape = tuple_text(c_shape(wanted.shape, 1)).substr(2);
  throw cli_error(fmt::format("{} #{} - invalid data: '{}' {}, expected '{}' (n{}{}", what, index + 1, array.stored,
                              tuple_text(array.tensor.type.shape), name(wanted.dtype), shape, hint));
}

// The user's array as data of an input or output of this type.
Tensor fit(const NpyArray& array, const Type& wanted, std::string_view what, size_t index, std::string& log) {
  const int64_t samples = samples_in(array.tensor.type.shape, elements(c_shape(wanted.shape, 1)));
  if (samples == 0) unfit(what, index, array, wanted, what == "output" ? "; class labels must be one-hot" : "");
  const Shape shape = c_shape(wanted.shape, samples);
  if (shape != array.tensor.type.shape) {
    log += fmt::format("  - samples are reshaped: {} -> {}\n", tuple_text(array.tensor.type.shape), tuple_text(shape));
  }
  Tensor tensor = reshaped(array.tensor, shape);
  const DType given = tensor.type.dtype;
  if (given == wanted.dtype) {
    tensor.type.quant = wanted.quant;
    return tensor;
  }
  const bool output = what == "output";
  if (given == DType::float32 && output) return tensor;              // metrics are computed on real numbers
  if (given == DType::float32 && wanted.quant) return converted(tensor, wanted);
  const bool widths = (given == DType::int64 && wanted.dtype == DType::int32) || (given == DType::int32 && wanted.dtype == DType::int64);
  if (!widths || wanted.quant) unfit(what, index, array, wanted, "; no conversion is made");
  const std::vector<int64_t> values = integers(tensor);
  if (wanted.dtype == DType::int32 && std::ranges::any_of(values, [](int64_t v) { return v < INT32_MIN || v > INT32_MAX; })) {
    unfit(what, index, array, wanted, "; a value is beyond int32");
  }
  Tensor out(Type{wanted.dtype, tensor.type.shape, {}});
  if (wanted.dtype == DType::int64) std::ranges::copy(values, out.as<int64_t>().begin());
  else std::ranges::transform(values, out.as<int32_t>().begin(), [](int64_t v) { return static_cast<int32_t>(v); });
  return out;
}

// numpy's RandomState(seed).permutation(n)[:count].
std::vector<int64_t> choose(int64_t n, int64_t count, int64_t seed) {
  RandomState state(static_cast<uint32_t>(seed));
  std::vector<int64_t> order(static_cast<size_t>(n));
  std::iota(order.begin(), order.end(), 0);
  for (int64_t i = n - 1; i > 0; --i) std::swap(order[static_cast<size_t>(i)], order[static_cast<size_t>(state.integer(0, i))]);
  order.resize(static_cast<size_t>(count));
  return order;
}

Tensor pick(const Tensor& tensor, const std::vector<int64_t>& which) {
  Tensor out = samples_of(tensor, 0, 0);
  for (const int64_t sample : which) {
    const Tensor one = samples_of(tensor, sample, 1);
    out.data.insert(out.data.end(), one.data.begin(), one.data.end());
  }
  out.type.shape[0] = static_cast<int64_t>(which.size());
  return out;
}

void check_counts(const UserArrays& arrays, const Program& program) {
  if (arrays.inputs.size() != program.inputs.size()) {
    throw cli_error(fmt::format("invalid input number -> {}, expected {}", arrays.inputs.size(), program.inputs.size()));
  }
  if (!arrays.outputs.empty() && arrays.outputs.size() != program.outputs.size()) {
    throw cli_error(fmt::format("invalid output number -> {}, expected {}", arrays.outputs.size(), program.outputs.size()));
  }
}

void check_samples(const DataSet& data) {
  const int64_t samples = data.samples();
  const auto check = [&](const std::vector<Tensor>& tensors, std::string_view what) {
    for (size_t i = 0; i < tensors.size(); ++i) {
      if (tensors[i].type.shape[0] == samples) continue;
      throw cli_error(fmt::format("{} #{} holds {} samples, input #1 holds {}", what, i + 1, tensors[i].type.shape[0], samples));
    }
  };
  check(data.inputs, "input");
  check(data.outputs, "output");
}

DataSet user_data(const Program& program, const DataOptions& options) {
  DataSet data;
  for (const auto& path : options.inputs) data.log += fmt::format(" loading file: {}\n", full_path(path));
  for (const auto& path : options.outputs) data.log += fmt::format(" loading file: {}\n", full_path(path));
  const UserArrays arrays = read_user_files(options.inputs, options.outputs);
  check_counts(arrays, program);
  for (size_t i = 0; i < arrays.inputs.size(); ++i) data.inputs.push_back(fit(arrays.inputs[i], input_array(program, i).type, "input", i, data.log));
  for (size_t i = 0; i < arrays.outputs.size(); ++i) data.outputs.push_back(fit(arrays.outputs[i], output_array(program, i).type, "output", i, data.log));
  check_samples(data);
  if (options.batches && *options.batches < data.samples()) {
    data.log += fmt::format("  - {} of {} samples are chosen at random, seed={}\n", *options.batches, data.samples(), options.seed);
    const std::vector<int64_t> which = choose(data.samples(), *options.batches, options.seed);
    for (Tensor& tensor : data.inputs) tensor = pick(tensor, which);
    for (Tensor& tensor : data.outputs) tensor = pick(tensor, which);
  }
  return data;
}

}  // namespace

IntegerRange integer_range(const Program& program, size_t index) {
  const DType dtype = input_array(program, index).type.dtype;
  if (dtype != DType::int32 && dtype != DType::int64) return whole_range(dtype);
  for (const CNode& node : program.nodes) {
    for (const Call* call : calls_of(node)) {
      const std::optional<int64_t> rows = number_field(*call, "axis");
      if (call->function != "nn_gather" || call->args.size() < 2 || !rows) continue;
      const Array& indices = program.arrays[static_cast<size_t>(call->args[1].index)];
      if (indices.role == Role::activation && source_input(program, indices.id) == static_cast<int>(index)) return {0, *rows - 1};
    }
  }
  return whole_range(dtype);
}

DataSet make_data_set(const Program& program, const DataOptions& options) {
  if (options.batches && *options.batches < 1) throw cli_error(fmt::format("-b/--batches: at least 1 sample is needed, {} is given", *options.batches));
  if (options.inputs.empty() && !options.outputs.empty())
    throw cli_error("-vo/--valoutput: expected outputs belong to given inputs; give those too (-vi/--valinput)");
  DataSet data = options.inputs.empty() ? random_data(program, options) : user_data(program, options);
  if (data.samples() < 1 && !data.inputs.empty()) throw cli_error("the files of -vi hold no samples");
  for (size_t i = 0; i < data.inputs.size(); ++i) {
    data.log += fmt::format("   I[{}]: {}\n", i + 1, data_text(data.inputs[i], input_array(program, i).value_name));
  }
  for (size_t i = 0; i < data.outputs.size(); ++i) {
    data.log += fmt::format("   O[{}]: {}\n", i + 1, data_text(data.outputs[i], output_array(program, i).value_name));
  }
  if (data.outputs.empty()) data.log += " no output/reference samples are provided\n";
  return data;
}

}  // namespace ew
