#include "base/text.h"
#include "report/join.h"
#include "report/memory_map.h"
#include "report/report.h"
#include "report/sample_networks.h"

#include "golden.h"

#include <gmock/gmock.h>

namespace ew {
namespace {

RuntimeSizes sample_sizes() {
  RuntimeSizes sizes;
  sizes.toolchain = {1400, 0, 8, 4};
  sizes.modules = {{"NetworkRuntime1020_CM4_GCC.a", {19100, 12, 0, 0}},
                   {"network.o", {482, 213, 1520, 116}},
                   {"network_data.o", {48, 16, 88, 0}},
                   {"lib (toolchain)*", sizes.toolchain}};
  return sizes;
}

TEST(Report, AnalyzeOfAnInt8Network) {
  const SampleNetwork network = sample_int8();
  ReportInput in = sample_input(network, "analyze");
  in.runtime = sample_sizes();
  expect_golden("report/int8_analyze.txt", report_file(in));
}

TEST(Report, GenerateOfAFloatNetworkForStAi) {
  const SampleNetwork network = sample_float();
  ReportInput in = sample_input(network, "generate");
  in.c_api = "st-ai";
  in.options = "split-weights, use-st-ai";
  in.runtime = sample_sizes();
  in.runtime->modules.erase(in.runtime->modules.begin() + 2);
  in.generated_files = {"/home/user/st_ai_output/sum_data.h", "/home/user/st_ai_output/sum_data.c", "/home/user/st_ai_output/sum.h"};
  expect_golden("report/float_generate.txt", report_file(in));
}

TEST(Report, ValidateInsertsItsBlocks) {
  const SampleNetwork network = sample_float();
  ReportInput in = sample_input(network, "validate");
  in.vinput_files = {"/data/x.npz"};
  in.blocks = {"Setting validation data...\n\n", "Evaluation report (summary)\n\n", {1.0, 2.0, 1.0}, {{"dense_1", 1.5e-7}, {"eltwise_2", 3.95458301e-07}}, "l2r"};
  expect_golden("report/float_validate.txt", report_file(in));
}

TEST(Report, ConsoleIsIndentedAndLeavesTheCGraphToVerbosity2) {
  const SampleNetwork network = sample_int8();
  const ReportInput in = sample_input(network, "analyze");
  const std::string summary = report_console(in, 0), usual = report_console(in, 1), all = report_console(in, 2);
  EXPECT_THAT(summary, testing::StartsWith(" Exec/report summary (analyze)"));
  EXPECT_THAT(summary, testing::Not(testing::HasSubstr("Model name - ")));
  EXPECT_THAT(usual, testing::HasSubstr("\n Model name - digits\n"));
  EXPECT_THAT(usual, testing::HasSubstr("\n Complexity report (model)\n"));
  EXPECT_THAT(usual, testing::Not(testing::HasSubstr("C-Arrays")));
  EXPECT_THAT(all, testing::HasSubstr("\n C-Arrays (9)\n"));
}

TEST(Report, SaysWhyThereAreNoRuntimeSizes) {
  const SampleNetwork network = sample_int8();
  ReportInput in = sample_input(network, "analyze");
  in.runtime.emplace();
  in.runtime->missing = "arm-none-eabi-gcc was not found; install the package gcc-arm-none-eabi";
  EXPECT_EQ(memory_block(in), " Requested memory size by section - \"stm32f4\" target: arm-none-eabi-gcc was not found; install the package gcc-arm-none-eabi\n\n");
}

// The formulas verified on published reports: c-api.md, section 10.
TEST(Report, MemorySummaryAddsUp) {
  const SampleNetwork network = sample_float();
  ReportInput in = sample_input(network, "analyze");
  in.runtime = sample_sizes();
  const int64_t rt_flash = (19100 + 482 + 48 + 1400) + (12 + 213 + 16) + (1520 + 88 + 8), weights = 768;
  const int64_t rt_ram = (1520 + 88 + 8) + (116 + 4), activations = 2 * 48 + 3 * 32, io = 2 * 48 + 32;
  const auto line = [](std::string_view name, int64_t flash, std::string_view flash_share, int64_t ram, std::string_view ram_share) {
    return fmt::format("  {:<11}{:>12}{:>9}{:>12}{:>7}\n", name, thousands(flash), flash_share, thousands(ram), ram_share);
  };
  EXPECT_THAT(memory_block(in), testing::HasSubstr(line("RT total", rt_flash, "96.8%", rt_ram, "84.4%")));
  EXPECT_THAT(memory_block(in), testing::HasSubstr(line("TOTAL", rt_flash + weights, "", rt_ram + activations + io, "")));
}

// conv2d_0 and dense_2 become a group: the rows between them are a ring, and their scratch memory lives for one step.
SampleNetwork sample_streamed() {
  SampleNetwork network = sample_int8();
  Program& p = network.program;
  CNode group;
  group.name = "stream_0";
  group.type = "Streamed";
  group.ticks = 9;
  group.macc = p.nodes[0].macc + p.nodes[1].macc;
  group.m_ids = {0, 2};
  group.inputs = p.nodes[0].inputs;
  group.outputs = p.nodes[1].outputs;
  group.steps = {p.nodes[0], p.nodes[1]};
  group.steps[0].calls[0].out_array = p.nodes[0].outputs[0];
  group.steps[1].calls.push_back({"nn_dense_s8", {}, {}, {}, 8, false, 10, -1, 0, 1, 1});
  p.nodes = {group, p.nodes[2]};
  for (Array& array : p.arrays) array.first = array.last = 0;
  Array& ring = p.arrays[static_cast<size_t>(group.steps[0].outputs[0])];
  ring.ring_rows = 2;
  ring.type.shape[1] = 2;
  ring.bytes /= 4;
  ring.role = Role::scratch;
  ring.first_step = 0;
  ring.last_step = 1;
  Array& scratch = p.arrays[static_cast<size_t>(group.steps[0].scratch[0])];
  scratch.first_step = scratch.last_step = 0;
  Array &input = p.arrays[static_cast<size_t>(p.inputs[0])], &logits = p.arrays[static_cast<size_t>(group.outputs[0])],
        &output = p.arrays[static_cast<size_t>(p.outputs[0])];
  input.first = -1;
  input.value_name = "<&\"'\xff\x01\xC3\xA4>";  // a name may hold anything
  logits.last = output.first = 1;
  output.last = 2;
  output.offset = logits.offset - 4;             // rows over rows
  return network;
}

TEST(Report, ShowsTheLayersOfAStreamedGroup) {
  const SampleNetwork network = sample_streamed();
  expect_golden("report/streamed_analyze.txt", report_file(sample_input(network, "analyze")));
}

TEST(Report, AGroupHasOneDurationAndItsLayersHaveErrors) {
  const SampleNetwork network = sample_streamed();
  ReportInput in = sample_input(network, "validate");
  in.blocks.c_durations = {3.0, 1.0};
  in.blocks.errors = {{"conv2d_0", 0.25}, {"nl_3", 0.125}};
  const std::string text = complexity_block(in);
  EXPECT_THAT(text, testing::ContainsRegex("stream_0 \\(2 layers, streamed\\) +\\[0\\] +75.0%"));
  EXPECT_THAT(text, testing::ContainsRegex("0 +conv +\\|.*\\[0\\] +2.50000000e-01 \\*"));
}

TEST(MemoryMap, KnowsThePeakAndWhatIsShared) {
  const SampleNetwork network = sample_streamed();
  const MemoryMap map = memory_map(network.program);
  ASSERT_EQ(map.moments.size(), 3U);             // two steps, one c-node
  EXPECT_EQ(map.peak, 0);
  EXPECT_THAT(map.used, testing::ElementsAre(64 + 64 + 72 + 10, 64 + 64 + 10, 10 + 10 - 6));
  const auto entry = [&](int array) { return *std::ranges::find(map.entries, array, &MapEntry::array); };
  const MapEntry output = entry(network.program.outputs[0]);
  ASSERT_EQ(output.over.size(), 1U);
  EXPECT_EQ(map.entries[static_cast<size_t>(output.over[0])].array, network.program.nodes[0].outputs[0]);
  EXPECT_EQ(role_word(network.program, network.program.arrays[static_cast<size_t>(network.program.nodes[0].steps[0].outputs[0])]), "ring");
}

TEST(MemoryMap, ThePictureIsTheSameEveryTime) {
  expect_golden("report/streamed_memory.svg", memory_svg(sample_streamed().program));
}

TEST(MemoryMap, NamesInThePictureAreEscaped) {
  SampleNetwork network = sample_streamed();
  network.program.model.name = "</svg>";
  const std::string svg = memory_svg(network.program);
  EXPECT_THAT(svg, testing::HasSubstr("tensor &apos;&lt;&amp;&quot;&apos;\xEF\xBF\xBD\xEF\xBF\xBD\xC3\xA4&gt;&apos;"));
  EXPECT_EQ(svg.find("</svg>"), svg.size() - 7);
}

// An array that is overwritten everywhere, and two that share all of their bytes: each has its label, at a place of its own.
TEST(MemoryMap, ArraysWithoutBytesOfTheirOwnHaveLabels) {
  SampleNetwork network = sample_int8();
  Program& program = network.program;
  Array& input = program.arrays[static_cast<size_t>(program.inputs[0])];
  Array& conv = program.arrays[static_cast<size_t>(program.nodes[0].outputs[0])];
  Array& output = program.arrays[static_cast<size_t>(program.outputs[0])];
  input.name = "image";
  input.offset = conv.offset + 64;
  input.last = 0;
  const auto places = [&](const std::string& name) {
    const std::string svg = memory_svg(program), label = ">" + name + "</text>";
    std::vector<std::string> found;
    for (size_t at = svg.find(label); at != std::string::npos; at = svg.find(label, at + 1)) {
      const size_t start = svg.rfind("<text ", at);
      found.push_back(svg.substr(start, svg.find(" font-size", start) - start));
    }
    return found;
  };
  EXPECT_THAT(places("image"), testing::SizeIs(1));
  EXPECT_THAT(places(conv.name), testing::SizeIs(1));
  output.name = "result";
  for (const auto member : {&Array::offset, &Array::bytes}) output.*member = input.*member;
  output.first = input.first = 0;
  output.last = input.last = 0;
  EXPECT_THAT(places("image"), testing::SizeIs(1));
  EXPECT_THAT(places("result"), testing::SizeIs(1));
  EXPECT_NE(places("image"), places("result"));
}

TEST(MemoryMap, ANetworkWithoutCNodesHasAPicture) {
  EXPECT_THAT(memory_svg(Program{}), testing::EndsWith("</svg>\n"));
}

TEST(Join, EveryCNodeStandsOnOneRow) {
  const SampleNetwork network = sample_int8();
  EXPECT_THAT(m_id_by_c_layer(network.original, network.program), testing::ElementsAre(0, 2, 3));
  size_t shown = 0;
  for (const auto& layers : c_layers_by_row(network.original, network.program)) shown += layers.size();
  EXPECT_EQ(shown, network.program.nodes.size());
}

TEST(Join, AFusedNodeStandsWithTheOperatorOfItsType) {
  SampleNetwork network = sample_int8();
  network.program.nodes[1].m_ids = {1, 2};
  network.program.nodes[1].comment.clear();
  EXPECT_EQ(m_id_by_c_layer(network.original, network.program)[1], 2);
}

TEST(Join, ASharedArrayIsCountedOnce) {
  SampleNetwork network = sample_float();
  network.program.nodes[1].weights = network.program.nodes[0].weights;
  EXPECT_EQ(rom_bytes(network.program.nodes[0], network.program), 384);
  EXPECT_EQ(rom_bytes(network.program.nodes[1], network.program), 0);
}

TEST(Original, ShapesAreNamedFromTheChannelsBackwards) {
  EXPECT_EQ(oshape_text({}), "[]");
  EXPECT_EQ(oshape_text({12}), "[c:12]");
  EXPECT_EQ(oshape_text({64, 11}), "[b:64,c:11]");
  EXPECT_EQ(oshape_text({1, 20, 6}), "[b:1,h:20,c:6]");
  EXPECT_EQ(oshape_text({1, 49, 10, 8}), "[b:1,h:49,w:10,c:8]");
  EXPECT_EQ(oshape_text({1, 2, 3, 4, 5}), "[b:1,d:2,h:3,w:4,c:5]");
}

TEST(Original, ActivationsOfFloatLayersAreUnfused) {
  const OriginalModel original = sample_float().original;
  const auto nl = std::ranges::find(original.rows, "left_nl", &OriginalRow::name);
  ASSERT_NE(nl, original.rows.end());
  EXPECT_EQ(nl->m_id, 0);
  EXPECT_EQ(nl->macc, 8);
  EXPECT_THAT(nl->connected, testing::ElementsAre("left"));
  EXPECT_THAT(original.rows.back().connected, testing::ElementsAre("left_nl", "right"));
  EXPECT_EQ(original.macc, 2 * 8 * 13 + 8 + 8);
  EXPECT_EQ(original.params, 192);
}

}  // namespace
}  // namespace ew
