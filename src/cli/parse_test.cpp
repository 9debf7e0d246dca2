#include "cli/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "base/error.h"
#include "base/text.h"
#include "cli/option_table.h"

namespace ew {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

Request parse(std::string_view line) { return parse_command_line(split(line, ' ')); }
Options options_of(std::string_view line) { return parse(line).options; }

std::string error_of(std::string_view line) {
  try {
    parse(line);
  } catch (const Error& error) {
    return error.text();
  }
  return "no error";
}

TEST(Parse, DefaultsAreThoseOfTheSpecification) {
  const auto options = options_of("analyze -m net.tflite --target stm32");
  EXPECT_EQ(options.command, Command::analyze);
  EXPECT_EQ(options.type, Framework::tflite);
  EXPECT_EQ(options.target, "stm32");
  EXPECT_EQ(options.series->name, "stm32h7");
  EXPECT_EQ(options.name, "network");
  EXPECT_EQ(options.workspace, "st_ai_ws");
  EXPECT_EQ(options.output, "st_ai_output");
  EXPECT_EQ(options.compression, "lossless");
  EXPECT_EQ(options.c_api, CApi::legacy);
  EXPECT_EQ(options.optimization, Optimization::balanced);
  EXPECT_TRUE(options.inputs_in_activations);
  EXPECT_EQ(options.seed, 42);
  EXPECT_EQ(options.verbosity, 1);
  EXPECT_EQ(options.parameters, "analyze -m net.tflite --target stm32");
  EXPECT_THAT(options.notes, testing::IsEmpty());
}

TEST(Parse, TakesTheGenerateOptions) {
  const auto options = options_of(
      "generate --model net.tflite --target stm32f4 -n kws -o out -w ws -O time --c-api st-ai --no-inputs-allocation --no-outputs-allocation "
      "--input-memory-alignment 8 --output-memory-alignment 32 --split-weights --binary --with-runtime --input-data-type int8,float32 "
      "--output-data-type uint8 -c none --quiet --no-report --no-workspace --with-report -v 3");
  EXPECT_EQ(options.command, Command::generate);
  EXPECT_EQ(options.name, "kws");
  EXPECT_EQ(options.output, "out");
  EXPECT_EQ(options.workspace, "ws");
  EXPECT_EQ(options.optimization, Optimization::time);
  EXPECT_EQ(options.c_api, CApi::st_ai);
  EXPECT_FALSE(options.inputs_in_activations);
  EXPECT_FALSE(options.outputs_in_activations);
  EXPECT_EQ(options.input_alignment, 8);
  EXPECT_EQ(options.output_alignment, 32);
  EXPECT_TRUE(options.split_weights && options.binary && options.with_runtime && options.quiet && options.no_report && options.no_workspace &&
              options.with_report);
  EXPECT_THAT(options.input_types, ElementsAre(DType::int8, DType::float32));
  EXPECT_THAT(options.output_types, ElementsAre(DType::uint8));
  EXPECT_EQ(options.compression, "none");
  EXPECT_EQ(options.verbosity, 3);
}

TEST(Parse, TakesTheValidateOptions) {
  const auto options = options_of(
      "validate -m net.tflite --target stm32 --mode target-io-only -d qemu:microbit -vi a.csv b.csv -vo c.npy -b 20 --range -1 1 0 2.5e1 --seed 7 "
      "--classifier --no-exec-model --save-csv --full");
  EXPECT_EQ(options.mode, Mode::target);
  EXPECT_TRUE(options.io_only && options.classifier && options.no_exec_model && options.save_csv && options.full);
  EXPECT_EQ(options.description, "qemu:microbit");
  EXPECT_THAT(options.inputs, ElementsAre("a.csv", "b.csv"));
  EXPECT_THAT(options.outputs, ElementsAre("c.npy"));
  EXPECT_EQ(options.batches, 20);
  EXPECT_THAT(options.ranges, ElementsAre(std::pair(-1.0, 1.0), std::pair(0.0, 25.0)));
  EXPECT_EQ(options.seed, 7);
}

TEST(Parse, OrderAndSpellingAreFree) {
  const std::string_view lines[] = {
      "generate -m net.tflite --target stm32 -v2 -b20", "--model=net.tflite -v 2 --batch-size 20 generate --target=stm32",
      "--model net.tflite --targ stm32 --verbose=2 --batches=20 generate", "generate net.tflite --target stm32 -b 20 -v",
      "--target stm32 -b 20 -v generate -- net.tflite", "--target stm32 -v -v2 -b 3 -b 20 generate -m net.tflite"};
  for (const auto line : lines) {
    const auto options = options_of(line);
    EXPECT_EQ(options.command, Command::generate) << line;
    EXPECT_THAT(options.models, ElementsAre("net.tflite")) << line;
    EXPECT_EQ(options.verbosity, 2) << line;
  }
  const auto swallowed = options_of("--target stm32 -m net.tflite -vi a.csv b.csv validate");
  EXPECT_EQ(swallowed.command, Command::validate);
  EXPECT_THAT(swallowed.inputs, ElementsAre("a.csv", "b.csv"));
}

TEST(Parse, RepeatedModelsAreKeptInOrder) {
  EXPECT_THAT(options_of("analyze net.h5 -m net.json --target stm32").models, ElementsAre("net.json", "net.h5"));
  EXPECT_THAT(options_of("analyze -m net.json -m net.h5 --target stm32").models, ElementsAre("net.json", "net.h5"));
}

TEST(Parse, FrameworkComesFromExtensionOrType) {
  EXPECT_EQ(options_of("analyze -m net.ONNX --target stm32").type, Framework::onnx);
  EXPECT_EQ(options_of("analyze -m net.bin -t tflite --target stm32").type, Framework::tflite);
  EXPECT_EQ(error_of("validate net.tflite --target stm32 -t keras"), "E102(CliArgumentError): Wrong model files for 'keras'");
  EXPECT_EQ(error_of("analyze -m a.tflite -m b.tflite --target stm32"), "E102(CliArgumentError): Wrong model files for 'tflite'");
  EXPECT_THAT(error_of("analyze -m net.bin --target stm32"), HasSubstr("give it with -t/--type"));
}

struct Wrong {
  std::string_view line, message;
};

class WrongLine : public testing::TestWithParam<Wrong> {};

TEST_P(WrongLine, IsACliError) { EXPECT_THAT(error_of(GetParam().line), StartsWith("E102(CliArgumentError): " + std::string(GetParam().message))); }

INSTANTIATE_TEST_SUITE_P(
    Parse, WrongLine,
    testing::Values(Wrong{"-m net.tflite --target stm32", "the following arguments are required: command"},
                    Wrong{"analyze --target stm32", "the following arguments are required: -m/--model"},
                    Wrong{"analyze -m net.tflite", "the following arguments are required: --target"},
                    Wrong{"analyze generate -m net.tflite --target stm32", "two commands: 'analyze' and 'generate'"},
                    Wrong{"optimize -m net.tflite --target stm32", "invalid command: 'optimize' (choose from 'analyze',"},
                    Wrong{"analyze -m net.tflite --target stm32 --sped 3", "unrecognized arguments: --sped (did you mean --seed?)"},
                    Wrong{"analyze -m net.tflite --target stm32 -x", "unrecognized arguments: -x"},
                    Wrong{"analyze -m net.tflite --target stm32 --allocate", "ambiguous option: --allocate could match"},
                    Wrong{"analyze -m net.tflite --target stm32 -O", "argument -O/--optimization: expected one argument"},
                    Wrong{"analyze -m net.tflite --target stm32 -O fast", "argument -O/--optimization: invalid choice: 'fast' (choose from 'time', 'ram', 'balanced')"},
                    Wrong{"analyze -m net.tflite --target stm32 -v 4", "argument -v/--verbosity: invalid choice: '4'"},
                    Wrong{"analyze -m net.tflite --target stm32 -v4", "argument -v/--verbosity: invalid choice: '4'"},
                    Wrong{"analyze -m net.tflite --target stm32 --name=", "argument -n/--name: the value is empty"},
                    Wrong{"analyze -m net.tflite --target stm32 -n 9lives", "argument -n/--name: '9lives' is no C name"},
                    Wrong{"analyze -m net.tflite --target stm32 -n ../x", "argument -n/--name: '../x' is no C name"},
                    Wrong{"analyze -m net.tflite --target stm32 -c extreme", "argument -c/--compression: invalid choice: 'extreme'"},
                    Wrong{"analyze -m net.tflite --target stm32 --quiet=yes", "argument --quiet: takes no value"},
                    Wrong{"analyze -m net.tflite --target stm32 --input-data-type int4", "argument --input-data-type: invalid choice: 'int4'"},
                    Wrong{"analyze -m net.tflite --target stm32 --input-memory-alignment 6", "argument --input-memory-alignment: 6 is no power of two"},
                    Wrong{"analyze -m net.tflite --target stm32 --allocate-inputs --no-inputs-allocation", "arguments --no-inputs-allocation and --allocate-inputs"},
                    Wrong{"analyze -m net.tflite --target stm32 --st-neural-art", "argument --st-neural-art: not supported by the target 'stm32'"},
                    Wrong{"validate -m net.tflite --target stm32 -b 0", "argument -b/--batches: 0 is not from 1 to 1000000"},
                    Wrong{"validate -m net.tflite --target stm32 -b ten", "argument -b/--batches: 'ten' is no integer"},
                    Wrong{"validate -m net.tflite --target stm32 --seed -1", "argument --seed: -1 is not from 0 to 4294967295"},
                    Wrong{"validate -m net.tflite --target stm32 --range 1", "argument --range: expected pairs MIN MAX, got 1 values"},
                    Wrong{"validate -m net.tflite --target stm32 --range 2 1", "argument --range: 2 is greater than 1"},
                    Wrong{"validate -m net.tflite --target stm32 --range 0 1e999", "argument --range: '1e999' is no finite number"},
                    Wrong{"validate -m net.tflite --target stm32 --range --full", "argument --range: expected at least one argument"},
                    Wrong{"validate -m net.tflite --target esp32", "argument --target: unknown target 'esp32'"}));

TEST(Parse, OptionsOfAnotherCommandAreNoted) {
  EXPECT_THAT(options_of("generate -m net.tflite --target stm32 --seed 3").notes, ElementsAre("--seed has no effect on 'generate'"));
}

TEST(Parse, OptionsWithoutEffectAndHarmlessValuesAreTaken) {
  const auto options = options_of(
      "validate -m net.tflite --target stm32 -c lossless --no-check --no-onnx-optimizer --use-onnx-simplifier --inputs-ch-position chlast "
      "--allocate-inputs --allocate-outputs --lib /opt/lib");
  EXPECT_THAT(options.notes, testing::IsEmpty());
}

// Every row of the table that is not implemented says so when used.
TEST(Parse, MissingOptionsSayWhy) {
  size_t tried = 0;
  for (const OptionRow& row : option_table()) {
    const std::string target = (row.families & family::stm32) != 0 ? "stm32" : "stm32n6";
    if (row.state != State::not_implemented || (row.families & (family::stm32 | family::neural_art)) == 0) continue;
    const std::string_view command = (row.commands & on_generate) != 0 ? "generate" : "validate";
    const auto allowed = choices(row);
    const std::string value = row.arity == Arity::none || row.arity == Arity::optional ? "" : " " + (allowed.empty() ? "x" : allowed[0]);
    const auto line = fmt::format("{} -m net.tflite --target {} {}{}", command, target, row.flag, value);
    EXPECT_EQ(error_of(line), fmt::format("NOT IMPLEMENTED: E301(NotImplementedError): the option {}: {}", title(row), row.reason)) << line;
    ++tried;
  }
  EXPECT_GT(tried, 15u);
  EXPECT_THAT(error_of("analyze -m net.tflite --target stm32 -c low"), StartsWith("NOT IMPLEMENTED: E301(NotImplementedError): -c/--compression low"));
  EXPECT_THAT(error_of("analyze -m net.tflite --target stm32 -c layers.json"), StartsWith("NOT IMPLEMENTED: "));
  EXPECT_THAT(error_of("analyze -m net.tflite --target ispu -c layers.json"), StartsWith("NOT IMPLEMENTED: E301(NotImplementedError): the target 'ispu'"));
}

// Whatever is typed becomes a request or an Error.
TEST(Parse, AnyWordsAreARequestOrAnError) {
  std::vector<std::string> words{"analyze", "generate", "validate", "supported-ops", "net.tflite", "stm32", "stm32n6", "mlc", "", "-", "--", "---", "=", "-=",
                                 "--=", "-v=", "-1", "1e3", "int8,", "\xff\xfe", "%s{}", "[a,b]", "\n", "--help-as-markdownx"};
  for (const OptionRow& row : option_table()) {
    words.emplace_back(row.flag);
    words.push_back(std::string(row.flag) + "=");
    words.push_back(std::string(row.flag) + "=net.tflite");
    words.push_back(std::string(row.flag).substr(0, 5));
    for (const auto& other : split(row.other, ' ')) words.push_back(other);
  }
  std::mt19937 random(1);
  size_t requests = 0;
  for (int i = 0; i < 1000; ++i) {
    std::vector<std::string> line;
    if (i % 2 == 0) line = {"validate", "-m", "net.tflite", "--target", "stm32"};
    for (auto left = random() % 6; left > 0; --left) line.push_back(words[random() % words.size()]);
    try {
      parse_command_line(line);
      ++requests;
    } catch (const Error&) {  // any other exception fails the test
    }
  }
  EXPECT_GT(requests, 20u);
}

TEST(Parse, WishesNeedNothingElse) {
  EXPECT_EQ(parse("--help").wish, Wish::help);
  EXPECT_EQ(parse("analyze -h").wish, Wish::help);
  EXPECT_EQ(parse("--target mlc --help").options.target, "mlc");
  EXPECT_EQ(parse("--version").wish, Wish::version);
  EXPECT_EQ(parse("--tools-version").wish, Wish::tools_version);
}

TEST(Parse, SupportedOpsNeedsNoModel) {
  const auto options = options_of("supported-ops -t tflite --with-report -o out");
  EXPECT_EQ(options.command, Command::supported_ops);
  EXPECT_EQ(options.type, Framework::tflite);
  EXPECT_TRUE(options.with_report);
}

}  // namespace
}  // namespace ew
