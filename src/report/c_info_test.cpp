#include "report/c_info.h"

#include "report/sample_networks.h"

#include "golden.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace ew {
namespace {

using nlohmann::json;

std::string sample_c_info(const SampleNetwork& network) {
  ReportInput report = sample_input(network, "generate");
  report.runtime.emplace();
  report.runtime->modules = {{"network.o", {100, 20, 4, 8}}, {"lib (toolchain)*", {10, 2, 0, 1}}};
  report.runtime->toolchain = {10, 2, 0, 1};
  report.runtime->compiler = "arm-none-eabi-gcc 12.2.1";
  CInfoInput in;
  in.report = &report;
  in.network_signature = 0x4f242043e71ea0d4;
  in.generated_files = {{"network.h", "0x00112233445566778899aabbccddeeff"}};
  return c_info(in);
}

void expect_keys(const json& object, std::initializer_list<const char*> keys) {
  for (const char* key : keys) EXPECT_TRUE(object.contains(key)) << key << " is missing in " << object.dump().substr(0, 200);
}

// The keys that schema 2.0 requires.
void expect_schema(const json& info) {
  EXPECT_EQ(info.at("json_schema_version"), "2.0");
  const json& environment = info.at("environment");
  expect_keys(environment, {"tools", "generated_model", "network_signature"});
  for (const json& tool : environment.at("tools")) expect_keys(tool, {"name", "version", "arguments", "input_model"});
  expect_keys(environment.at("tools").at(0).at("input_model"), {"name", "type", "size", "n_params", "model_files"});
  for (const json& pool : info.at("memory_pools"))
    expect_keys(pool, {"name", "id", "alignment", "address", "offset_start", "size_bytes", "used_size_bytes", "buffers", "user_allocated", "persistent"});
  for (const json& buffer : info.at("buffers"))
    expect_keys(buffer, {"name", "id", "alignment", "offset_start", "size_bytes", "is_param", "epochs", "shape", "format", "nbits"});
  for (const json& graph : info.at("graphs")) {
    expect_keys(graph, {"name", "id", "inputs", "outputs", "nodes", "edges", "original_inputs", "original_outputs"});
    for (const json& node : graph.at("nodes"))
      expect_keys(node, {"name", "id", "inputs", "outputs", "scratchs", "mapping", "macc", "original_nodes", "description", "attributes", "sw_functions"});
    for (const json& edge : graph.at("edges")) expect_keys(edge, {"name", "id", "edge_kind", "buffer", "start", "end"});
  }
  expect_keys(info.at("memory_footprint"),
              {"activations", "weights", "io", "kernel_flash", "kernel_ram", "series", "toolchain", "toolchain_flash", "toolchain_ram"});
}

TEST(CInfo, HasWhatTheSchemaRequires) {
  expect_schema(json::parse(sample_c_info(sample_int8())));
  expect_schema(json::parse(sample_c_info(sample_float())));
}

TEST(CInfo, Golden) {
  expect_golden("report/int8_c_info.json", sample_c_info(sample_int8()));
  expect_golden("report/float_c_info.json", sample_c_info(sample_float()));
}

TEST(CInfo, EveryBufferLiesInItsPool) {
  for (const SampleNetwork& network : {sample_int8(), sample_float()}) {
    const json info = json::parse(sample_c_info(network));
    size_t listed = 0;
    for (const json& pool : info.at("memory_pools")) {
      for (const int id : pool.at("buffers")) {
        const json& buffer = info.at("buffers").at(static_cast<size_t>(id));
        EXPECT_EQ(buffer.at("mpool_id"), pool.at("id"));
        EXPECT_LE(buffer.at("offset_start").get<int64_t>() + buffer.at("size_bytes").get<int64_t>(), pool.at("used_size_bytes").get<int64_t>());
        ++listed;
      }
    }
    EXPECT_EQ(listed, network.program.arrays.size());
  }
}

TEST(CInfo, EdgesJoinProducersAndUsers) {
  const json edges = json::parse(sample_c_info(sample_float())).at("graphs").at(0).at("edges");
  ASSERT_EQ(edges.size(), 2U);
  EXPECT_EQ(edges.at(0).at("name"), "n0-p0_n2-p0");
  EXPECT_EQ(edges.at(1).at("name"), "n1-p0_n2-p1");
}

TEST(CInfo, WithoutACompilerTheSeriesIsGeneric) {
  const SampleNetwork network = sample_int8();
  const ReportInput report = sample_input(network, "analyze");
  CInfoInput in;
  in.report = &report;
  const json footprint = json::parse(c_info(in)).at("memory_footprint");
  EXPECT_TRUE(footprint.at("kernel_flash").is_null());
  EXPECT_EQ(footprint.at("series"), "generic");
}

TEST(CInfo, ValidationAndTimes) {
  const SampleNetwork network = sample_int8();
  const ReportInput report = sample_input(network, "validate");
  CInfoInput in;
  in.report = &report;
  in.validation.emplace();
  in.validation->val_error_desc = "x-cross (l2r) #1";
  in.validation->val_metrics = {{"x-cross #1", 1.0, 0.5, 0, std::numeric_limits<double>::infinity()}};
  in.validation->node_times.resize(3);
  in.validation->node_times[1].cycles = 77;
  const json info = json::parse(c_info(in));
  EXPECT_EQ(info.at("validation").at("val_metrics").at(0).at("acc"), "100.0%");
  EXPECT_TRUE(info.at("validation").at("val_metrics").at(0).at("l2r").is_null());
  EXPECT_EQ(info.at("graphs").at(0).at("nodes").at(1).at("exec_time").at("cycles"), 77);
}

TEST(CInfo, NamesThatAreNoTextAreReplaced) {
  SampleNetwork network = sample_int8();
  network.program.model.name = "bad\xff name";
  const json info = json::parse(sample_c_info(network));
  EXPECT_EQ(info.at("graphs").at(0).at("name"), "bad\xEF\xBF\xBD name");
}

TEST(CInfo, AStreamedGroupTellsItsStepsAndRings) {
  SampleNetwork network = sample_int8();
  Program& p = network.program;
  CNode group = p.nodes[0];
  group.steps = {p.nodes[0]};
  group.steps[0].calls[0].out_array = group.outputs[0];
  group.steps[0].calls[0].delay = 2;
  group.steps[0].calls[0].period = 3;
  p.nodes[0] = group;
  Array& ring = p.arrays[static_cast<size_t>(group.outputs[0])];
  ring.ring_rows = 3;
  ring.first_step = ring.last_step = 0;
  const json info = json::parse(sample_c_info(network));
  expect_schema(info);
  const json &node = info.at("graphs").at(0).at("nodes").at(0), &step = node.at("subgraph_nodes").at(0);
  EXPECT_EQ(step.at("delay"), 2);
  EXPECT_EQ(step.at("period"), 3);
  EXPECT_EQ(step.at("sw_functions"), json::array({"nn_conv2d_s8_row"}));
  EXPECT_EQ(step.at("original_nodes"), json::array({"0"}));
  EXPECT_TRUE(node.contains("ticks"));
  EXPECT_FALSE(info.at("graphs").at(0).at("nodes").at(1).contains("ticks"));
  const json& buffer = info.at("buffers").at(static_cast<size_t>(group.outputs[0]));
  EXPECT_EQ(buffer.at("ring"), json({{"rows", 3}, {"height", 8}}));
  EXPECT_EQ(buffer.at("epochs").at("steps"), json({{"start", 0}, {"end", 0}}));
}

}  // namespace
}  // namespace ew
