#include "cli/option_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/error.h"
#include "base/text.h"
#include "cli/help.h"
#include "golden.h"

namespace ew {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(OptionTable, NamesAreUniqueAndRowsAreWhole) {
  std::set<std::string> names;
  for (const OptionRow& row : option_table()) {
    EXPECT_TRUE(names.insert(std::string(row.flag)).second) << row.flag;
    for (const auto& other : split(row.other, ' '))
      EXPECT_TRUE(other.empty() || names.insert(other).second) << other;
    EXPECT_TRUE(row.flag.starts_with("--")) << row.flag;
    EXPECT_EQ(row.argument.empty(), row.arity == Arity::none) << row.flag;
    EXPECT_EQ(row.reason.empty(), row.state != State::not_implemented) << row.flag;
    EXPECT_NE(row.commands, 0u) << row.flag;
    EXPECT_NE(row.families, 0u) << row.flag;
    EXPECT_TRUE(row.help.ends_with('.')) << row.flag;
  }
}

// The synopsis of the specification.
TEST(OptionTable, HoldsEveryOptionOfTheSpecification) {
  std::set<std::string> names;
  for (const OptionRow& row : option_table()) {
    names.insert(std::string(row.flag));
    for (const auto& other : split(row.other, ' ')) names.insert(other);
  }
  for (const auto* flag :
       {"--model", "-m", "--target", "--type", "-t", "--name", "-n", "--compression", "-c", "--allocate-inputs", "--allocate-outputs",
        "--no-inputs-allocation", "--no-outputs-allocation", "--input-memory-alignment", "--output-memory-alignment", "--workspace", "-w", "--output",
        "-o", "--split-weights", "--optimization", "-O", "--memory-pool", "--no-onnx-optimizer", "--use-onnx-simplifier", "--fix-parametric-shapes",
        "--input-data-type", "--output-data-type", "--inputs-ch-position", "--outputs-ch-position", "--prefetch-compressed-weights", "--custom",
        "--c-api", "--cut-input-tensors", "--cut-output-tensors", "--cut-input-layers", "--cut-output-layers", "--allocate-activations",
        "--allocate-states", "--st-neural-art", "--quantize", "-q", "--binary", "--dll", "--ihex", "--address", "--copy-weights-at", "--relocatable",
        "-r", "--lib", "--no-c-files", "--batch-size", "--batches", "-b", "--mode", "--desc", "-d", "--val-json", "--valinput", "-vi", "--valoutput",
        "-vo", "--range", "--full", "--io-only", "--save-csv", "--classifier", "--no-check", "--no-exec-model", "--seed", "--with-report",
        "--no-report", "--no-workspace", "-h", "--help", "--version", "--tools-version", "--verbosity", "-v", "--quiet"})
    EXPECT_TRUE(names.contains(flag)) << flag;
}

TEST(Help, ListsEveryOption) {
  const auto text = help_text("");
  for (const OptionRow& row : option_table()) EXPECT_THAT(text, HasSubstr(std::string(row.flag)));
}

TEST(Help, OfATargetLeavesOutWhatItDoesNotTake) {
  EXPECT_THAT(help_text("stm32f4"), testing::AllOf(HasSubstr("--relocatable"), Not(HasSubstr("--st-neural-art")), Not(HasSubstr("--arff"))));
  EXPECT_THAT(help_text("stm32n6"), HasSubstr("--st-neural-art"));
  EXPECT_THAT(help_text("mlc"), testing::AllOf(HasSubstr("--arff"), Not(HasSubstr("--c-api"))));
  EXPECT_THROW(help_text("esp32"), Error);
}

TEST(Help, LinesFitATerminal) {
  for (const auto& line : split(help_text(""), '\n')) EXPECT_LE(line.size(), 112u) << line;
}

TEST(Help, TheDocumentAgreesWithTheTable) { expect_golden("../../docs/cli.md", markdown_help()); }

TEST(Version, BeginsAsScriptsExpect) { EXPECT_THAT(version_text(), testing::StartsWith("ST Edge AI Core v2.2.0-")); }

}  // namespace
}  // namespace ew
