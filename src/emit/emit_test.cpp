// The text of generated files; what they do when they run is tested in tests/clients.
#include "emit/emit.h"

#include "base/error.h"
#include "base/files.h"
#include "emit/c_text.h"
#include "emit/example_program.h"
#include "emit/kernel_headers.h"
#include "emit/network.h"
#include "emit/runtime_copy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <random>
#include <set>

namespace ew {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::filesystem::path root = EDGEWRIGHT_SOURCE_DIR;

std::string text_of(const std::vector<GeneratedFile>& files, std::string_view name) {
  for (const GeneratedFile& file : files)
    if (file.name == name) return file.text;
  ADD_FAILURE() << "no file " << name;
  return "";
}

TEST(CText, FloatsRoundTrip) {
  std::mt19937 random(1);
  for (int i = 0; i < 20000; ++i) {
    const auto value = std::bit_cast<float>(static_cast<uint32_t>(random()));
    if (!std::isfinite(value)) continue;
    const std::string text = float_literal(value);
    ASSERT_EQ(text.back(), 'f');
    ASSERT_NE(text.find_first_of(".e"), std::string::npos) << text;
    ASSERT_EQ(std::bit_cast<uint32_t>(std::strtof(text.c_str(), nullptr)), std::bit_cast<uint32_t>(value)) << text;
  }
  EXPECT_EQ(float_literal(3.0F), "3.0f");
  EXPECT_EQ(float_literal(-0.0F), "-0.0f");
  EXPECT_EQ(float_literal(-std::numeric_limits<float>::infinity()), "-INFINITY");
}

TEST(CText, CommentsAndStringsCannotEndEarly) {
  EXPECT_EQ(plain("a*/b\n\"c\\ ?\?/ \xc3\xa9"), "a_/b__c_ __/ __");
  EXPECT_EQ(plain(std::string(300, 'x')).size(), 203U);
  EXPECT_EQ(string_literal("q\"\\"), "\"q__\"");
}

TEST(CText, WordsAreLittleEndianAndFilledWithZeros) {
  const std::vector<uint8_t> bytes{1, 2, 3, 4, 5, 6, 7, 0x80, 0xff};
  EXPECT_EQ(words_u64(bytes), "  0x8007060504030201U, 0xffU,\n");
  EXPECT_EQ(words_u64({}), "  0x0U,\n");
  EXPECT_EQ(count_u64(9), 2U);
}

TEST(CText, IntegersOfEveryWidth) {
  EXPECT_EQ(integer_literal(-5), "-5");
  EXPECT_EQ(integer_literal(std::numeric_limits<int32_t>::min()), "INT32_MIN");
  EXPECT_EQ(integer_literal(4000000000), "4000000000U");
  EXPECT_EQ(integer_literal(-4000000000), "-4000000000LL");
}

TEST(CText, ExpandRefusesUnknownNames) {
  EXPECT_EQ(expand("a@b@c $@ @d", {{"b", "x"}}), "axc $@ @d");
  EXPECT_THROW(expand("@b@", {{"c", "x"}}), Error);
}

TEST(Emit, FilesInTheOrderOfTheReports) {
  const auto names = [](const EmitOptions& options) {
    std::vector<std::string> out;
    for (const GeneratedFile& file : emit(example_program("kws"), options)) out.push_back(file.name);
    return out;
  };
  EXPECT_THAT(names({}), testing::ElementsAre("kws_data_params.h", "kws_data_params.c", "kws_data.h", "kws_data.c", "kws_config.h", "kws.h", "kws.c"));
  EXPECT_THAT(names({.c_api = CApi::st_ai, .datetime = {}}), testing::ElementsAre("kws_data.h", "kws_data.c", "kws.h", "kws.c", "kws_details.h"));
}

// Run with EDGEWRIGHT_UPDATE_GOLDEN=1 to write the files anew.
TEST(Emit, GoldenFiles) {
  for (const CApi api : {CApi::legacy, CApi::st_ai}) {
    for (const GeneratedFile& file : emit(example_program(), {.c_api = api, .datetime = {}})) {
      const std::filesystem::path golden = root / "tests/golden/emit" / (api == CApi::legacy ? "legacy" : "stai") / file.name;
      if (std::getenv("EDGEWRIGHT_UPDATE_GOLDEN") != nullptr) {
        std::filesystem::create_directories(golden.parent_path());
        std::ofstream(golden, std::ios::binary) << file.text;
      }
      EXPECT_EQ(file.text, read_text(golden)) << golden;
    }
  }
}

TEST(Emit, OnlyTheDateDiffers) {
  for (const CApi api : {CApi::legacy, CApi::st_ai}) {
    const auto first = emit(example_program(), {.c_api = api, .datetime = "2026-01-01T00:00:00+0000"});
    const auto second = emit(example_program(), {.c_api = api, .datetime = "2027-02-02T11:11:11+0000"});
    ASSERT_EQ(first.size(), second.size());
    for (size_t i = 0; i < first.size(); ++i) {
      std::string text = second[i].text;
      for (size_t at = text.find("2027-02-02T11:11:11+0000"); at != std::string::npos; at = text.find("2027-02-02T11:11:11+0000")) text.replace(at, 24, "2026-01-01T00:00:00+0000");
      EXPECT_EQ(first[i].text, text);
    }
  }
}

TEST(Emit, EverySymbolCarriesTheName) {
  for (const CApi api : {CApi::legacy, CApi::st_ai})
    for (const GeneratedFile& file : emit(example_program("kws_small"), {.c_api = api, .datetime = {}})) {
      EXPECT_THAT(file.text, Not(HasSubstr("NETWORK_H"))) << file.name;
      EXPECT_THAT(file.text, Not(HasSubstr("_network_data"))) << file.name;
    }
}

TEST(Emit, SplitWeightsAreOneArrayEach) {
  const std::string data = text_of(emit(example_program("n", {.split_weights = true})), "n_data_params.c");
  EXPECT_THAT(data, HasSubstr("s_n_conv2d_1_weights_array_u64[2]"));
  EXPECT_THAT(data, HasSubstr("s_n_conv2d_1_bias_array_u64[2]"));
  EXPECT_THAT(text_of(emit(example_program("n", {.split_weights = true})), "n_data_params.h"), HasSubstr("AI_N_DATA_WEIGHTS_COUNT (3)"));
}

TEST(Emit, BinaryWeightsLeaveTheC) {
  const auto files = emit(example_program(), {.binary = true, .datetime = {}});
  const std::vector<uint8_t> expected = segment_bytes(example_program(), *example_program().of(SegmentKind::weights).front());
  EXPECT_EQ(files.back().text, std::string(expected.begin(), expected.end()));
  EXPECT_THAT(text_of(files, "network_data_params.c"), Not(HasSubstr("array_u64")));
  EXPECT_THAT(text_of(files, "network_data.c"), HasSubstr("return AI_HANDLE_NULL;"));
  const auto stai = emit(example_program(), {.c_api = CApi::st_ai, .binary = true, .datetime = {}});
  EXPECT_THAT(text_of(stai, "network.h"), HasSubstr("STAI_NETWORK_FLAGS (STAI_FLAG_INPUTS|STAI_FLAG_OUTPUTS)"));
}

TEST(Emit, SignatureFollowsTheWeights) {
  Program program = example_program();
  const uint64_t before = network_signature(program);
  auto changed = std::make_shared<Tensor>(*program.arrays[4].data);
  changed->data[0] ^= 1U;
  program.arrays[4].data = changed;
  EXPECT_NE(network_signature(program), before);
}

TEST(Emit, BrokenProgramsAreInternalErrors) {
  Program bad_name = example_program();
  bad_name.nodes[0].name = "a b;";
  EXPECT_THROW(emit(bad_name), Error);
  Program bad_function = example_program();
  bad_function.nodes[0].calls[0].function = "nn_unheard_of";
  EXPECT_THROW(emit(bad_function), Error);
  Program outside = example_program();
  outside.arrays[1].offset = 1000;
  EXPECT_THROW(emit(outside), Error);
  Program writes_input = example_program();
  writes_input.nodes[2].calls[0].args[1].index = 0;
  EXPECT_THROW(emit(writes_input), Error);
}

// Rows that always lie inside need no check; strides and dilations stand in the index.
TEST(Emit, RowLoops) {
  Program program = example_program();
  RowWindow& window = program.nodes[1].calls[0].windows[0];
  window.first = 0;
  window.stride = 2;
  window.dilation = 3;
  EXPECT_THAT(network_body(program), HasSubstr("rows[k] = nn_row(pool_0_output_array, 2 * y + 3 * k, 4, 6, conv2d_1_pad);"));
  window = RowWindow{.array = window.array, .kernel = 1, .height = 4, .row_bytes = 6, .pad_table = {}};
  EXPECT_THAT(network_body(program), HasSubstr("rows[k] = (const int8_t *)(pool_0_output_array + (y + k) * 6);"));
}

// An instance is compiled once for all calls that have its constants, and called without them.
TEST(Emit, Instances) {
  Program program = example_program();
  Call& call = program.nodes[1].calls[0];
  ASSERT_TRUE(call.params);
  call.body = "nn_conv2d_dsp_s8";
  call.instance = true;
  const std::string function = fmt::format("{}(", call.function);
  CNode other = program.nodes[1];
  other.name = "conv2d_9";
  program.nodes.push_back(other);
  const std::string text = network_body(program);
  EXPECT_THAT(text, HasSubstr("NN_INSTANCE void conv2d_1_kernel(const int8_t *const rows[], const int8_t *weights, const int32_t *bias"));
  EXPECT_THAT(text, HasSubstr("  nn_conv2d_dsp_s8_body(&conv2d_1_params, rows, weights, bias, "));
  EXPECT_THAT(text, HasSubstr("    conv2d_1_kernel(rows, conv2d_1_weights_array, "));
  EXPECT_THAT(text, Not(HasSubstr("conv2d_9_kernel")));
  EXPECT_THAT(text, Not(HasSubstr(function)));
  EXPECT_THAT(kernel_includes(program), HasSubstr("#include \"bodies/nn_conv2d_dsp_s8.h\"\n"));
  std::get<int64_t>(program.nodes.back().calls[0].params->fields[0].value) += 1;   // now it has other constants
  EXPECT_THAT(network_body(program), HasSubstr("NN_INSTANCE void conv2d_9_kernel("));

  std::set<std::string> names;
  for (const GeneratedFile& file : copy_runtime(program, CApi::st_ai, root / "runtime")) names.insert(file.name);
  EXPECT_TRUE(names.contains("runtime/include/bodies/nn_conv2d_dsp_s8.h") && names.contains("runtime/include/arch/nn_pairs_s8_dsp.h"));
  EXPECT_TRUE(names.contains("runtime/src/kernels/conv2d/nn_conv2d_dsp_s8.c"));   // the parts that instances share
}

// The sources of every function that a header declares are found, and their quoted includes with them.
TEST(RuntimeCopy, KnowsTheSourceOfEveryFunction) {
  std::set<std::string, std::less<>> defined;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "runtime"))
    if (entry.path().extension() == ".c")
      for (const std::string& function : defined_functions(read_text(entry.path()))) defined.insert(function);
  for (size_t i = 0; i < kernel_header_count; ++i) {
    const std::string_view quoted = kernel_headers[i].header;
    const std::string header = read_text(root / "runtime/include" / quoted.substr(1, quoted.size() - 2));
    const size_t at = header.find(std::string(kernel_headers[i].function) + "(");
    const std::string line = header.substr(header.rfind('\n', at) + 1, 20);
    if (line.starts_with("static") || line.starts_with("NN_INLINE")) continue;
    EXPECT_TRUE(defined.contains(kernel_headers[i].function)) << kernel_headers[i].function;
  }
}

TEST(RuntimeCopy, TakesWhatTheNetworkCalls) {
  std::set<std::string> names;
  for (const GeneratedFile& file : copy_runtime(example_program(), CApi::legacy, root / "runtime")) names.insert(file.name);
  EXPECT_TRUE(names.contains("runtime/include/ai_platform.h") && names.contains("Makefile") && names.contains("CMakeLists.txt"));
  EXPECT_TRUE(names.contains("runtime/src/kernels/pool2d/nn_maxpool_s8.c") && names.contains("runtime/src/kernels/pool2d/nn_window.h"));
  EXPECT_FALSE(names.contains("runtime/src/kernels/dense/nn_dense_s8.c") || names.contains("runtime/src/core/stai_network.c"));
  EXPECT_TRUE(names.contains("runtime/include/arch/nn_arch.h"));
  EXPECT_FALSE(names.contains("runtime/include/arch/nn_pairs_s8.h"));
  EXPECT_THROW(copy_runtime(example_program(), CApi::legacy, root / "docs"), Error);
}

}  // namespace
}  // namespace ew
