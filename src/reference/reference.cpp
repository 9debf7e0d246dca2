#include "reference/reference.h"

#include "base/error.h"
#include "base/process.h"
#include "base/resources.h"
#include "base/text.h"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <span>

namespace ew {
namespace {

using Json = nlohmann::json;

constexpr std::string_view remedy =
    "run ./demo or ./check, which make the Python environment of the reference, name an interpreter that has ai-edge-litert in the "
    "environment variable EDGEWRIGHT_PYTHON, or leave the original model out with --no-exec-model";
constexpr int64_t max_answer = int64_t{8} << 30;

[[noreturn]] void failed(std::string_view why) {
  throw tools_error(fmt::format("the original model could not be run in LiteRT: {}; --no-exec-model leaves it out", why));
}

int64_t sample_count(const ReferenceRequest& request) {
  int64_t samples = -1;
  for (const Tensor& input : request.inputs) {
    const int64_t here = input.type.shape.empty() ? 0 : input.type.shape[0];
    if (here <= 0 || (samples >= 0 && here != samples)) throw internal_error("the inputs of the reference hold different numbers of samples");
    samples = here;
  }
  return samples < 0 ? 1 : samples;
}

std::string request_text(const ReferenceRequest& request, int64_t samples) {
  Json header = {{"model", request.model.string()}, {"samples", samples}, {"layers", request.layers}, {"inputs", Json::array()}};
  size_t bytes = 0;
  for (const Tensor& input : request.inputs) {
    header["inputs"].push_back(static_cast<int64_t>(input.data.size()) / samples);
    bytes += input.data.size();
  }
  std::string text = header.dump(-1, ' ', true, Json::error_handler_t::replace) + "\n";
  text.reserve(text.size() + bytes);
  for (const Tensor& input : request.inputs) text.append(reinterpret_cast<const char*>(input.data.data()), input.data.size());
  return text;
}

// The last lines that the program printed, for messages.
std::string last_lines(const std::string& text) {
  const std::vector<std::string> lines = split(trim(text), '\n');
  const size_t begin = lines.size() > 4 ? lines.size() - 4 : 0;
  return join(std::span(lines).subspan(begin), " | ");
}

Tensor read_tensor(const Json& described, int64_t samples, std::string_view bytes) {
  const auto dtype = parse_dtype(described.at("dtype").get<std::string>());
  if (!dtype) failed("a tensor has the type " + described.at("dtype").get<std::string>());
  Type type{*dtype, described.at("shape").get<Shape>(), {}};
  Quant quant{described.at("scale").get<std::vector<float>>(), described.at("zero").get<std::vector<int32_t>>(), -1};
  const bool has_batch = !type.shape.empty() && type.shape[0] == 1;
  if (quant.scale.size() > 1) quant.axis = described.at("axis").get<int>() + (has_batch ? 0 : 1);
  if (has_batch) type.shape[0] = samples;
  else type.shape.insert(type.shape.begin(), samples);
  if (*dtype != DType::float32 && !quant.scale.empty()) type.quant = std::move(quant);
  Tensor out;
  out.type = std::move(type);
  if (static_cast<int64_t>(bytes.size()) != ew::bytes(out.type)) failed("its answer has tensors of another size than it says");
  out.data.assign(bytes.begin(), bytes.end());
  return out;
}

ReferenceResult parse_answer(const std::string& answer, int64_t samples) {
  const size_t line = std::min(answer.find('\n'), answer.size());
  const Json header = Json::parse(answer.begin(), answer.begin() + static_cast<std::ptrdiff_t>(line));
  if (header.contains("error")) failed(header.at("error").get<std::string>());
  ReferenceResult result;
  result.framework = fmt::format("LiteRT {} ({})", header.at("version").get<std::string>(), header.at("kernels").get<std::string>());
  result.notes = header.at("notes").get<std::vector<std::string>>();
  std::string_view data = std::string_view(answer).substr(std::min(line + 1, answer.size()));
  for (const Json& described : header.at("tensors")) {
    const auto size = described.at("bytes").get<size_t>();
    if (size > data.size()) failed("its answer is cut short");
    Tensor value = read_tensor(described, samples, data.substr(0, size));
    data.remove_prefix(size);
    const int m_id = described.at("m_id").get<int>();
    if (m_id < 0) result.outputs.push_back(std::move(value));
    else result.layers.push_back({m_id, described.at("name").get<std::string>(), std::move(value)});
  }
  return result;
}

}  // namespace

std::optional<std::filesystem::path> reference_python() {
  if (const char* named = std::getenv("EDGEWRIGHT_PYTHON"); named != nullptr && *named != '\0') return find_program(named);
  std::error_code error;
  const auto executable = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    const auto python = executable.parent_path().parent_path() / "venv" / "bin" / "python";
    if (std::filesystem::exists(python, error)) return python;
  }
  return find_resource("venv/bin/python");
}

ReferenceResult run_reference(const ReferenceRequest& request) {
  const auto python = reference_python();
  if (!python) throw tools_error(fmt::format("no Python environment for the original model was found: {}", remedy));
  const std::filesystem::path program = resource("python/reference/run_tflite.py");
  const int64_t samples = sample_count(request);
  ProcessOptions options;
  options.input = request_text(request, samples);
  options.timeout = request.timeout;
  options.output_limit = max_answer;
  options.environment = {{"PYTHONDONTWRITEBYTECODE", "1"}, {"TF_CPP_MIN_LOG_LEVEL", "3"}};
  const ProcessResult process = run_process({python->string(), "-s", program.string()}, options);
  if (process.timed_out) failed(fmt::format("no answer within {} seconds", request.timeout.count() / 1000));
  if (process.err.find("ModuleNotFoundError") != std::string::npos) {
    throw tools_error(fmt::format("'{}' lacks a package ({}): {}", python->string(), last_lines(process.err), remedy));
  }
  if (process.status != 0) failed(fmt::format("the program ended with status {}: {}", process.status, last_lines(process.err)));
  try {
    return parse_answer(process.out, samples);
  } catch (const Json::exception& error) {
    failed(fmt::format("its answer cannot be read ({}): {}", error.what(), last_lines(process.err)));
  }
}

}  // namespace ew
