#include "cases.h"

#include <nlohmann/json.hpp>
#include <zip.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <memory>
#include <sstream>

namespace cases {
namespace {

using Archive = std::unique_ptr<zip_t, void (*)(zip_t*)>;

Archive open_archive(const std::filesystem::path& path) {
  int error = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_RDONLY, &error);
  if (archive == nullptr) throw std::runtime_error(path.string() + ": cannot be opened");
  return {archive, &zip_discard};
}

Bytes read_entry(const Archive& archive, const std::string& name) {
  zip_stat_t stat;
  zip_stat_init(&stat);
  if (zip_stat(archive.get(), name.c_str(), 0, &stat) != 0) throw std::runtime_error(name + ": missing in the archive");
  Bytes bytes(stat.size);
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen(archive.get(), name.c_str(), 0), &zip_fclose);
  if (!file || zip_fread(file.get(), bytes.data(), bytes.size()) != static_cast<zip_int64_t>(bytes.size())) {
    throw std::runtime_error(name + ": cannot be read");
  }
  return bytes;
}

template <class T> std::vector<T> values(const Bytes& bytes) {
  std::vector<T> out(bytes.size() / sizeof(T));
  if (!out.empty()) std::memcpy(out.data(), bytes.data(), out.size() * sizeof(T));
  return out;
}

template <class T, class Agree> std::string differences(const std::vector<T>& expected, const std::vector<T>& actual, Agree agree) {
  size_t count = 0, first = 0;
  for (size_t i = 0; i < expected.size(); ++i) {
    if (agree(expected[i], actual[i])) continue;
    if (count++ == 0) first = i;
  }
  if (count == 0) return "";
  std::ostringstream text;
  text.precision(9);
  text << count << " of " << expected.size() << " elements differ; the first at " << first << ": " << +actual[first] << ", expected "
       << +expected[first];
  return text.str();
}

std::string compare_floats(const std::vector<float>& expected, const std::vector<float>& actual) {
  float largest = 0;
  for (const float e : expected) {
    if (std::isfinite(e)) largest = std::max(largest, std::fabs(e));
  }
  const float tolerance = 1e-5F * largest;
  return differences(expected, actual, [&](float e, float a) {
    if (!std::isfinite(e)) return (std::isnan(e) && std::isnan(a)) || e == a;
    return std::isfinite(a) && std::fabs(e - a) <= tolerance;
  });
}

template <class T> std::string compare_exactly(const Bytes& expected, const Bytes& actual) {
  return differences(values<T>(expected), values<T>(actual), [](T e, T a) { return e == a; });
}

std::string compare_outputs(const Case& c, const std::vector<Bytes>& actual) {
  if (actual.size() != c.outputs.size()) return std::to_string(actual.size()) + " outputs, expected " + std::to_string(c.outputs.size());
  for (size_t i = 0; i < actual.size(); ++i) {
    const std::string difference = compare(c.output_types[i], c.outputs[i], actual[i]);
    if (!difference.empty()) return "output " + std::to_string(i) + " (" + c.output_types[i] + "): " + difference;
  }
  return "";
}

}  // namespace

std::vector<std::string> families() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(CASES_FOLDER)) {
    if (entry.path().extension() == ".zip") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<Case> read_family(const std::string& family) {
  const Archive archive = open_archive(std::filesystem::path(CASES_FOLDER) / (family + ".zip"));
  const Bytes index = read_entry(archive, "cases.json");
  std::vector<Case> cases;
  for (const nlohmann::json& row : nlohmann::json::parse(index)) {
    Case c;
    c.family = family;
    c.name = row.at("name");
    c.operators = row.at("operators").get<std::vector<std::string>>();
    c.reference = row.at("reference");
    c.input_types = row.at("inputs").get<std::vector<std::string>>();
    c.output_types = row.at("outputs").get<std::vector<std::string>>();
    c.model = read_entry(archive, c.name + "/model.tflite");
    const auto read_all = [&](const std::string& kind, size_t count) {
      std::vector<Bytes> out;
      for (size_t i = 0; i < count; ++i) out.push_back(read_entry(archive, c.name + "/" + kind + "_" + std::to_string(i) + ".bin"));
      return out;
    };
    c.inputs = read_all("input", c.input_types.size());
    c.outputs = read_all("output", c.output_types.size());
    cases.push_back(std::move(c));
  }
  return cases;
}

std::string compare(const std::string& type, const Bytes& expected, const Bytes& actual) {
  if (expected.size() != actual.size()) return std::to_string(actual.size()) + " bytes, expected " + std::to_string(expected.size());
  if (type == "float32") return compare_floats(values<float>(expected), values<float>(actual));
  if (type == "int8") return compare_exactly<int8_t>(expected, actual);
  if (type == "int32") return compare_exactly<int32_t>(expected, actual);
  if (type == "int64") return compare_exactly<int64_t>(expected, actual);
  return compare_exactly<uint8_t>(expected, actual);
}

Outcome run_family(const std::string& family, const Engine& engine) {
  Outcome outcome;
  for (const Case& c : read_family(family)) {
    const std::string name = c.family + "/" + c.name + ": ";
    try {
      const std::string difference = compare_outputs(c, engine(c));
      if (difference.empty()) ++outcome.equal;
      else outcome.different.push_back(name + difference);
    } catch (const NotImplemented& e) {
      outcome.not_implemented.push_back(name + e.what());
    } catch (const std::exception& e) {
      outcome.different.push_back(name + e.what());
    }
  }
  return outcome;
}

}  // namespace cases
