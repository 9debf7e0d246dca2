// make_cases TARGET time|ram|balanced FOLDER PARTS
// Compiles every case of the case table for TARGET and writes C files for run_cases.c into FOLDER: cases_1.c ... cases_PARTS.c (networks
// and weights), index.c (lists and memory) and data.c (inputs and expected outputs).
#include "cases.h"

#include "base/error.h"
#include "emit/c_text.h"
#include "emit/network.h"
#include "import/import.h"
#include "lower/lower.h"
#include "passes/passes.h"
#include "plan/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

namespace {

struct Refusal {
  std::string name, reason;
};

struct Files {
  std::vector<std::string> networks, rows;                 // by part
  std::vector<std::set<std::string>> includes;
  std::vector<uint8_t> data;
  std::vector<Refusal> not_implemented, broken;
  size_t cases = 0;
  int64_t largest_activations = 0, largest_outputs = 0;    // bytes, guards included
};

constexpr int64_t guard = 64;                              // ENGINE_GUARD of engine.h

// How networks are planned, and whether kernels are compiled for single layers.
struct Mode { ew::Objective objective; bool instances; };

ew::Program compile(const cases::Case& c, const std::string& target, Mode mode) {
  ew::ImportedModel model = ew::import_tflite(c.model, c.name);
  ew::optimise(model.graph);
  ew::Program program = ew::lower(model.graph, ew::find_target(target), model.info, {});
  ew::plan(program, mode.objective);
  if (mode.instances) ew::choose_instances(program);
  return program;
}

// A C identifier of its own for each case.
std::string identifier(const cases::Case& c) {
  std::string id = c.family + "_" + c.name;
  for (char& letter : id)
    if (!ew::is_c_identifier(std::string("_") + letter)) letter = '_';
  return id;
}

// All names of the file's scope begin with the case's own.
void rename(ew::Program& program, const std::string& prefix) {
  program.c_name = prefix;
  for (ew::CNode& node : program.nodes) {
    node.name = prefix + "_" + node.name;
    for (ew::CNode& step : node.steps) step.name = prefix + "_" + step.name;
  }
  for (ew::Table& table : program.tables) table.name = prefix + "_" + table.name;
}

std::vector<uint8_t> weights_of(const ew::Program& program) {
  const auto segments = program.of(ew::SegmentKind::weights);
  if (segments.size() != 1) throw std::runtime_error("one segment of weights is expected");
  std::vector<uint8_t> bytes(static_cast<size_t>(segments[0]->bytes));
  for (const ew::Array& array : program.arrays) {
    if (!array.data || array.segment < 0 || &program.segments.at(static_cast<size_t>(array.segment)) != segments[0]) continue;
    std::memcpy(bytes.data() + array.offset, array.data->data.data(), array.data->data.size());
  }
  return bytes;
}

// Appends the values to the common block; their offset.
size_t add_data(Files& files, const cases::Bytes& bytes) {
  const size_t offset = files.data.size();
  files.data.insert(files.data.end(), bytes.begin(), bytes.end());
  files.data.resize((files.data.size() + 7) / 8 * 8);
  return offset;
}

// The initialisers of the ports of one direction.
std::string ports(Files& files, const ew::Program& program, const std::vector<int>& ids, const std::vector<cases::Bytes>& values,
                  const std::vector<std::string>& types) {
  if (ids.size() != values.size()) throw std::runtime_error(fmt::format("{} inputs or outputs, expected {}", ids.size(), values.size()));
  std::string out;
  for (size_t i = 0; i < ids.size(); ++i) {
    const ew::Array& array = program.arrays.at(static_cast<size_t>(ids[i]));
    if (array.bytes != static_cast<int64_t>(values[i].size()))
      throw std::runtime_error(fmt::format("'{}' has {} bytes, expected {}", array.value_name, array.bytes, values[i].size()));
    if (array.activations_offset < 0) throw std::runtime_error(fmt::format("'{}' has no place in the activations", array.value_name));
    out += fmt::format("  {{{}, {}, {}, {}}},\n", add_data(files, values[i]), array.bytes, array.activations_offset, types[i] == "float32");
  }
  return out;
}

std::string words(const std::string& variable, const std::vector<uint8_t>& bytes) {
  return fmt::format("const uint64_t {}[{}] = {{\n{}}};\n\n", variable, ew::count_u64(bytes.size()), ew::words_u64(bytes));
}

void add_case(Files& files, size_t part, const cases::Case& c, ew::Program program) {
  const std::string id = identifier(c);
  rename(program, id);
  int64_t activations = 0, alignment = 4, outputs = 8;
  for (const ew::Segment* segment : program.of(ew::SegmentKind::activations)) activations += segment->bytes;
  for (const ew::Segment& segment : program.segments) alignment = std::max(alignment, segment.alignment);
  for (const cases::Bytes& bytes : c.outputs) outputs += (static_cast<int64_t>(bytes.size()) + 7) / 8 * 8 + 2 * guard;
  files.largest_activations = std::max(files.largest_activations, activations + 2 * guard + 8);
  files.largest_outputs = std::max(files.largest_outputs, outputs);

  std::string all_ports = ports(files, program, program.inputs, c.inputs, c.input_types);
  all_ports += ports(files, program, program.outputs, c.outputs, c.output_types);
  const std::vector<uint8_t> weights = weights_of(program);
  std::string& text = files.networks[part];
  text += fmt::format("/* ======== {}/{} ======== */\n\n{}\n", c.family, c.name, ew::network_body(program));
  if (!weights.empty()) text += "static " + words(id + "_weights_array", weights);
  text += fmt::format("static const engine_port {}_ports[] = {{\n{}}};\n\n", id, all_ports);
  const std::string weights_name = weights.empty() ? "NULL" : id + "_weights_array";
  files.rows[part] += fmt::format("  {{\"{}/{}\", {}_run_nodes, {}, {}, {}, {}, {}, {}_ports}},\n", c.family, c.name, id, weights_name,
                                  activations, alignment, c.inputs.size(), c.outputs.size(), id);
  std::istringstream includes(ew::kernel_includes(program));
  for (std::string line; std::getline(includes, line);) files.includes[part].insert(line);
  ++files.cases;
}

void add(Files& files, size_t part, const cases::Case& c, const std::string& target, Mode mode) {
  const std::string name = c.family + "/" + c.name;
  try {
    add_case(files, part, c, compile(c, target, mode));
  } catch (const ew::Error& e) {
    (e.category() == ew::Category::not_implemented ? files.not_implemented : files.broken).push_back({name, e.message()});
  } catch (const std::exception& e) {
    files.broken.push_back({name, e.what()});
  }
}

void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error(path.string() + ": cannot be written");
}

std::string refusals(const std::string& variable, const std::vector<Refusal>& list) {
  std::string rows;
  for (const Refusal& r : list) rows += fmt::format("  {{{}, {}}},\n", ew::string_literal(r.name), ew::string_literal(r.reason));
  if (rows.empty()) rows = "  {NULL, NULL},\n";
  return fmt::format("const engine_refusal {0}[] = {{\n{1}}};\nconst uint32_t {0}_count = {2};\n", variable, rows, list.size());
}

std::string index_text(const Files& files) {
  std::string text = "#include \"engine.h\"\n\n", rows;
  for (size_t p = 0; p < files.rows.size(); ++p) {
    const auto count = std::count(files.rows[p].begin(), files.rows[p].end(), '\n');
    text += fmt::format("extern const engine_case engine_cases_{}[];\n", p + 1);
    rows += fmt::format("  {{engine_cases_{}, {}}},\n", p + 1, count);
  }
  text += fmt::format("const engine_part engine_parts[] = {{\n{}}};\nconst uint32_t engine_part_count = {};\n", rows, files.rows.size());
  text += refusals("engine_not_implemented", files.not_implemented) + refusals("engine_broken", files.broken);
  return text + fmt::format("uint64_t engine_arena[{}];\nuint64_t engine_outputs[{}];\n", files.largest_activations / 8 + 1,
                            files.largest_outputs / 8 + 1);
}

void write_files(const Files& files, const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  for (size_t p = 0; p < files.networks.size(); ++p) {
    std::string text = "#include \"engine.h\"\n\n#include <math.h>\n\n#include \"nn_rows.h\"\n";
    for (const std::string& line : files.includes[p]) text += line + "\n";
    text += "\n" + files.networks[p] + fmt::format("extern const engine_case engine_cases_{}[];\n", p + 1);
    const std::string rows = files.rows[p].empty() ? "  {NULL, NULL, NULL, 0, 4, 0, 0, NULL},\n" : files.rows[p];
    text += fmt::format("const engine_case engine_cases_{}[] = {{\n{}}};\n", p + 1, rows);
    write(folder / fmt::format("cases_{}.c", p + 1), text);
  }
  write(folder / "index.c", index_text(files));
  write(folder / "data.c", "#include \"engine.h\"\n\n" + words("engine_data", files.data));
}

// Families to parts, so that the parts hold about the same number of cases.
void compile_all(Files& files, const std::string& target, Mode mode, size_t parts) {
  std::vector<std::vector<cases::Case>> families;
  size_t total = 0;
  for (const std::string& name : cases::families()) {
    families.push_back(cases::read_family(name));
    total += families.back().size();
  }
  files.networks.resize(parts);
  files.rows.resize(parts);
  files.includes.resize(parts);
  size_t done = 0;
  for (const auto& family : families)
    for (const cases::Case& c : family) add(files, done++ * parts / total, c, target, mode);
}

}  // namespace

int main(int argc, char** argv) {
  const std::map<std::string, Mode> modes{{"time", {ew::Objective::time, true}},
                                          {"ram", {ew::Objective::ram, false}},
                                          {"ram_instances", {ew::Objective::ram, true}}};
  if (argc != 5 || !modes.contains(argv[2])) {
    std::cerr << "usage: make_cases TARGET time|ram|ram_instances FOLDER PARTS\n";
    return 2;
  }
  try {
    Files files;
    compile_all(files, argv[1], modes.at(argv[2]), std::stoul(argv[4]));
    write_files(files, argv[3]);
    std::cout << fmt::format("{}: {} cases, {} not implemented, {} broken\n", argv[1], files.cases, files.not_implemented.size(),
                             files.broken.size());
    return 0;
  } catch (const std::exception& e) {
    std::cerr << "make_cases: " << e.what() << "\n";
    return 1;
  }
}
