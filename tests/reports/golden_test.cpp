// The reports of the example models, whole. Code sizes are left out: they are those of the compiler that happens to be installed.
#include "emit/emit.h"
#include "commands/compile.h"
#include "commands/output.h"
#include "report/c_info.h"

#include "golden.h"

#include <nlohmann/json.hpp>

namespace ew {
namespace {

struct Example {
  Options options;
  Compiled compiled;
};

Example example(const std::string& model, Command command, CApi c_api, Optimization optimization = Optimization::balanced) {
  Example e;
  e.options.command = command;
  e.options.models = {std::filesystem::path(EDGEWRIGHT_SOURCE_DIR) / "examples" / "models" / (model + ".tflite")};
  e.options.type = Framework::tflite;
  e.options.target = "stm32f4";
  e.options.series = &find_target(e.options.target);
  e.options.c_api = c_api;
  e.options.optimization = optimization;
  e.compiled = compile(e.options);
  e.compiled.program.datetime = "2026-11-22T10:00:00+0000";
  return e;
}

// What differs from run to run and from machine to machine, fixed.
ReportInput fixed_input(const Example& e, const std::string& model) {
  ReportInput in = report_input(e.options, e.compiled, Workspace(e.options));
  in.version = "ST Edge AI Core v2.2.0";
  in.created = "2026-11-22 10:00:00";
  in.model_files = {"/examples/models/" + model + ".tflite"};
  in.arguments = in.command + " -m " + in.model_files.front() + " --target stm32f4";
  in.workspace = "/st_ai_ws";
  in.output = "/st_ai_output";
  return in;
}

TEST(GoldenReport, DigitsInt8) {
  const Example e = example("digits_int8", Command::analyze, CApi::legacy);
  expect_golden("report/digits_int8_analyze.txt", report_file(fixed_input(e, "digits_int8")));
}

TEST(GoldenReport, DigitsFloat32ForStAi) {
  const Example e = example("digits_float32", Command::generate, CApi::st_ai);
  expect_golden("report/digits_float32_generate.txt", report_file(fixed_input(e, "digits_float32")));
}

TEST(GoldenReport, SineInt8CInfo) {
  const Example e = example("sine_int8", Command::generate, CApi::legacy);
  const ReportInput report = fixed_input(e, "sine_int8");
  CInfoInput in;
  in.report = &report;
  expect_golden("report/sine_int8_c_info.json", c_info(in));
}

// A streamed group is one node; its layers are nodes inside it.
TEST(CInfo, AGroupHasItsLayersInside) {
  const Example e = example("digits_float32", Command::generate, CApi::st_ai, Optimization::ram);
  const ReportInput report = fixed_input(e, "digits_float32");
  CInfoInput in;
  in.report = &report;
  const nlohmann::json info = nlohmann::json::parse(c_info(in));
  int groups = 0;
  for (const nlohmann::json& node : info.at("graphs").at(0).at("nodes")) {
    const nlohmann::json& layers = node.at("subgraph_nodes");
    EXPECT_EQ(layers.empty(), node.at("description") != "Streamed");
    if (layers.empty()) continue;
    groups++;
    int64_t macc = 0;
    for (const nlohmann::json& layer : layers) {
      macc += layer.at("macc").get<int64_t>();
      EXPECT_EQ(layer.at("sw_functions").size(), 1u) << layer.at("name");
      EXPECT_EQ(layer.at("original_nodes").size(), 1u) << layer.at("name");
      EXPECT_TRUE(layer.at("subgraph_nodes").empty());
    }
    EXPECT_EQ(macc, node.at("macc"));
    EXPECT_GT(layers.size(), 1u);
  }
  EXPECT_GT(groups, 0);
}

// The network as C, whole: what a change of lowering, planning or printing does to it is seen here.
void expect_golden_network(const std::string& model, CApi api, const std::string& golden) {
  Example e = example(model, Command::generate, api);
  EmitOptions options;
  options.c_api = api;
  options.datetime = "2026-11-22T10:00:00+0000";
  for (const GeneratedFile& file : emit(e.compiled.program, options))
    if (file.name == "network.c") return expect_golden("emit/" + golden, file.text);
  FAIL() << "there is no network.c";
}

TEST(GoldenNetwork, DigitsInt8) { expect_golden_network("digits_int8", CApi::legacy, "digits_int8_legacy.c"); }
TEST(GoldenNetwork, DigitsFloat32) { expect_golden_network("digits_float32", CApi::st_ai, "digits_float32_st_ai.c"); }
TEST(GoldenNetwork, SineInt8) { expect_golden_network("sine_int8", CApi::st_ai, "sine_int8_st_ai.c"); }

}  // namespace
}  // namespace ew
