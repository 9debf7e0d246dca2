// Generated networks with real clients around them: compiled, linked, run. EDGEWRIGHT_SOURCE_DIR is the root of the source tree.
#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "emit/emit.h"
#include "emit/example_program.h"
#include "emit/runtime_copy.h"

#include <gtest/gtest.h>

#include <fstream>

namespace ew {
namespace {

namespace fs = std::filesystem;

const fs::path root = EDGEWRIGHT_SOURCE_DIR;
const std::vector<std::string> c_flags{"-std=c11", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Werror"};
const std::vector<std::string> cpp_flags{"-std=c++17", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror"};

// The 4x3x2 image 0, 1, 2, ... after a 3x3 maximum pooling, with its last ten bytes replaced.
constexpr std::string_view expected = "output 0: 08 09 0a 0b 0a 0b 0e 0f 10 11 10 11 14 15 00 0b 16 21 2c 37 42 4d 58 63\n";

std::string twice(std::string_view text) { return std::string(text) + std::string(text); }

void write(const fs::path& folder, const std::vector<GeneratedFile>& files) {
  for (const GeneratedFile& file : files) {
    fs::create_directories((folder / file.name).parent_path());
    std::ofstream(folder / file.name, std::ios::binary) << file.text;
  }
}

ProcessResult run(std::vector<std::string> argv) { return run_process(argv); }

class Clients : public testing::Test {
 protected:
  TemporaryFolder temporary;

  fs::path generate(const std::string& name, const EmitOptions& options, const ExampleOptions& example = {}) {
    const fs::path folder = temporary.path() / name;
    generate_into(folder, name, options, example);
    return folder;
  }

  void generate_into(const fs::path& folder, const std::string& name, const EmitOptions& options, const ExampleOptions& example = {}) {
    const Program program = example_program(name, example);
    write(folder, emit(program, options));
    write(folder, copy_runtime(program, options.c_api, root / "runtime"));
  }

  // make in the folder of a network.
  void make(const fs::path& folder, const std::string& cc, const std::string& cflags) {
    const ProcessResult made = run({"make", "-s", "-C", folder.string(), "CC=" + cc, "CFLAGS=" + cflags});
    EXPECT_TRUE(made.ok()) << made.out << made.err;
  }

  // The client's output on stdout, linked with the libraries of the folders.
  std::string build_and_run(const fs::path& client, const std::vector<std::string>& names, std::string compiler = "gcc") {
    const bool is_cpp = client.extension() == ".cpp";
    std::vector<std::string> argv{compiler};
    argv.insert(argv.end(), (is_cpp ? cpp_flags : c_flags).begin(), (is_cpp ? cpp_flags : c_flags).end());
    for (const std::string& name : names) argv.insert(argv.end(), {"-I" + (temporary.path() / name).string(), "-I" + (temporary.path() / name / "runtime/include").string()});
    argv.push_back(client.string());
    for (const std::string& name : names) argv.push_back((temporary.path() / name / ("lib" + name + ".a")).string());
    argv.insert(argv.end(), {"-lm", "-o", (temporary.path() / "client").string()});
    const ProcessResult built = run(argv);
    EXPECT_TRUE(built.ok()) << built.err;
    const ProcessResult ran = run({(temporary.path() / "client").string()});
    EXPECT_TRUE(ran.ok()) << "status " << ran.status << ": " << ran.out << ran.err;
    return ran.out;
  }
};

const std::string strict = "-O1 -Wall -Wextra -Wpedantic -Wconversion -Werror";

TEST_F(Clients, LegacyRunsWithBuffersInsideAndOutsideTheActivations) {
  make(generate("network", {}), "gcc", strict);
  EXPECT_EQ(build_and_run(root / "examples/clients/legacy.c", {"network"}), expected);
  EXPECT_EQ(build_and_run(root / "examples/clients/legacy_params.c", {"network"}), twice(expected) + std::string(expected));
  EXPECT_EQ(build_and_run(root / "examples/clients/client.cpp", {"network"}, "g++"), twice(expected));
  EXPECT_EQ(build_and_run(root / "tests/clients/legacy_semantics.c", {"network"}), "");
  fs::remove_all(temporary.path() / "network");
  make(generate("network", {}, {.io_in_activations = false}), "clang", strict);
  EXPECT_EQ(build_and_run(root / "examples/clients/legacy.c", {"network"}, "clang"), expected);
}

TEST_F(Clients, LegacyRunsWithSplitWeights) {
  make(generate("network", {}, {.split_weights = true}), "gcc", strict);
  EXPECT_EQ(build_and_run(root / "examples/clients/legacy.c", {"network"}), expected);
  EXPECT_EQ(build_and_run(root / "examples/clients/legacy_params.c", {"network"}), twice(expected));
  EXPECT_EQ(build_and_run(root / "examples/clients/client.cpp", {"network"}, "g++"), twice(expected));
}

TEST_F(Clients, ObserverSeesEveryNode) {
  make(generate("network", {}), "gcc", strict);
  const std::string seen = build_and_run(root / "examples/clients/observer.c", {"network"});
  EXPECT_EQ(seen,
            "first 0 Pool 0x10b m_id 0\n"
            "  tensor 0: 24 elements, h 4 w 3 c 2, signed 1, scale 0.5 zero -3\n"
            "  node 0: 08 09 0a 0b 0a 0b 0e 0f 10 11 10 11 14 15 16 17 16 17 14 15 16 17 16 17\n"
            "1 Conv2D 0x103 m_id 1\n"
            "  tensor 0: 24 elements, h 4 w 3 c 2, signed 1, scale 0.5 zero -3\n"
            "  node 1: 08 09 0a 0b 0a 0b 0e 0f 10 11 10 11 14 15 16 17 16 17 14 15 16 17 16 17\n"
            "2 Base 0x100 m_id 2 last\n"
            "  tensor 0: 24 elements, h 4 w 3 c 2, signed 1, scale 0.5 zero -3\n"
            "  node 2: 08 09 0a 0b 0a 0b 0e 0f 10 11 10 11 14 15 00 0b 16 21 2c 37 42 4d 58 63\n"
            "3 of 3 nodes started\n");
}

TEST_F(Clients, StaiRunsWithBuffersInsideAndOutsideTheActivations) {
  const EmitOptions options{.c_api = CApi::st_ai, .datetime = {}};
  make(generate("network", options), "gcc", strict);
  EXPECT_EQ(build_and_run(root / "examples/clients/stai.c", {"network"}), twice(expected));
  EXPECT_EQ(build_and_run(root / "tests/clients/stai_semantics.c", {"network"}), "");
  fs::remove_all(temporary.path() / "network");
  make(generate("network", options, {.io_in_activations = false, .split_weights = true}), "clang", strict);
  EXPECT_EQ(build_and_run(root / "examples/clients/stai.c", {"network"}, "clang"), twice(expected));
}

TEST_F(Clients, TwoNetworksLiveInOneProgram) {
  make(generate("first", {}), "gcc", strict);
  make(generate("second", {}), "gcc", strict);
  EXPECT_EQ(build_and_run(root / "examples/clients/two_networks.c", {"first", "second"}), twice(expected));
}

// Networks generated one after the other into one folder: `make` and CMake build a library of each, which live in one program. The third
// has the other API, and so other files of the runtime.
TEST_F(Clients, NetworksShareAFolder) {
  const fs::path folder = temporary.path() / "both";
  generate_into(folder, "third", {.c_api = CApi::st_ai, .datetime = {}});
  generate_into(folder, "first", {});
  generate_into(folder, "second", {});
  const auto run_both = [&](const fs::path& libraries) {
    std::vector<std::string> argv{"gcc", "-I" + folder.string(), "-I" + (folder / "runtime/include").string(), (root / "examples/clients/two_networks.c").string()};
    for (const char* library : {"libfirst.a", "libsecond.a"}) argv.push_back((libraries / library).string());
    argv.insert(argv.end(), {"-lm", "-o", (folder / "client").string()});
    const ProcessResult built = run(argv);
    ASSERT_TRUE(built.ok()) << built.err;
    EXPECT_EQ(run({(folder / "client").string()}).out, twice(expected));
    EXPECT_TRUE(fs::exists(libraries / "libthird.a"));
  };
  make(folder, "gcc", strict);
  run_both(folder);
  const ProcessResult cleaned = run({"make", "-s", "-C", folder.string(), "clean"});
  EXPECT_TRUE(cleaned.ok()) << cleaned.err;
  EXPECT_FALSE(fs::exists(folder / "libfirst.a") || fs::exists(folder / "libthird.a"));

  const ProcessResult configured = run({"cmake", "-S", folder.string(), "-B", (folder / "out").string()});
  ASSERT_TRUE(configured.ok()) << configured.out << configured.err;
  const ProcessResult built = run({"cmake", "--build", (folder / "out").string()});
  EXPECT_TRUE(built.ok()) << built.out << built.err;
  run_both(folder / "out");
}

// Objects of other flags or of another compiler are compiled again, all of them and only then.
TEST_F(Clients, MakeCompilesAgainWhenItsFlagsChange) {
  const fs::path folder = generate("network", {});
  const auto compiled = [&](const std::string& cc, const std::string& cflags) {
    const ProcessResult made = run({"make", "-C", folder.string(), "CC=" + cc, "CFLAGS=" + cflags});
    EXPECT_TRUE(made.ok()) << made.out << made.err;
    size_t count = 0;
    for (size_t at = made.out.find(" -c "); at != std::string::npos; at = made.out.find(" -c ", at + 1)) ++count;
    return count;
  };
  const std::string quoted = "-O1 -DTEXT='\"a $$b\"'";
  const size_t all = compiled("gcc", "-O1");
  EXPECT_GT(all, 3U);
  EXPECT_EQ(compiled("gcc", "-O1"), 0U);
  EXPECT_EQ(compiled("gcc", quoted), all);
  EXPECT_EQ(compiled("gcc", quoted), 0U);
  EXPECT_EQ(compiled("clang", quoted), all);
}

TEST_F(Clients, WeightsInAFile) {
  for (const CApi api : {CApi::legacy, CApi::st_ai}) {
    const std::vector<GeneratedFile> files = emit(example_program(), {.c_api = api, .binary = true, .datetime = {}});
    ASSERT_EQ(files.back().name, "network_data.bin");
    EXPECT_EQ(files.back().text.size(), 32U);
    write(temporary.path() / "network", files);
    write(temporary.path() / "network", copy_runtime(example_program(), api, root / "runtime"));
    make(temporary.path() / "network", "gcc", strict);
    fs::remove_all(temporary.path() / "network");
  }
}

TEST_F(Clients, HeadersAreCppAndTheLibraryIsForArmToo) {
  const bool has_arm = find_program("arm-none-eabi-gcc").has_value();
  for (const CApi api : {CApi::legacy, CApi::st_ai}) {
    const fs::path folder = generate("network", {.c_api = api, .datetime = {}});
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const std::string parent = entry.path().parent_path().filename().string();
      const bool kernels_only = parent == "arch" || parent == "bodies" || entry.path().string().find("/src/") != std::string::npos;
      if (entry.path().extension() != ".h" || kernels_only) continue;
      std::vector<std::string> argv{"g++", "-x", "c++", "-fsyntax-only", "-I" + folder.string(), "-I" + (folder / "runtime/include").string(), "-include", entry.path().string()};
      argv.insert(argv.end(), cpp_flags.begin(), cpp_flags.end());
      argv.emplace_back("/dev/null");
      if (entry.path().filename().string().starts_with("nn_stai")) continue;    // generated C only
      const ProcessResult result = run(argv);
      EXPECT_TRUE(result.ok()) << entry.path() << result.err;
    }
    if (has_arm) {
      make(folder, "arm-none-eabi-gcc", strict + " -mcpu=cortex-m0 -mthumb");
      std::ofstream(folder / "app.c") << (api == CApi::legacy ? "#include \"network.h\"\nint main(void) { return ai_network_run(0, 0, 0); }\n"
                                                              : "#include \"network.h\"\nint main(void) { return (int)stai_network_run(0, STAI_MODE_SYNC); }\n");
      const ProcessResult linked = run({"arm-none-eabi-gcc", "-mcpu=cortex-m0", "-mthumb", "--specs=nosys.specs", "-I" + folder.string(),
                                        "-I" + (folder / "runtime/include").string(), (folder / "app.c").string(), (folder / "libnetwork.a").string(),
                                        "-lm", "-o", (folder / "app.elf").string()});
      EXPECT_TRUE(linked.ok()) << linked.err;
    }
    fs::remove_all(folder);
  }
  if (!has_arm) GTEST_SKIP() << "arm-none-eabi-gcc was not found";
}

// What gcc sees of a kernel only when linking optimises, or in an instance: with the constants of its layer, its loops must still end for it.
TEST_F(Clients, LinkTimeOptimizationFindsNothingToWarnOf) {
  if (!find_program("arm-none-eabi-gcc")) GTEST_SKIP() << "arm-none-eabi-gcc was not found";
  const std::vector<std::pair<std::string, std::vector<std::string>>> targets{
      {"stm32f4", {"-mthumb", "-mcpu=cortex-m4", "-mfpu=fpv4-sp-d16", "-mfloat-abi=hard"}},
      {"stm32n6", {"-mthumb", "-mcpu=cortex-m55", "-mfloat-abi=hard"}},
  };
  const fs::path app = temporary.path() / "app.c";
  std::ofstream(app) << "#include \"network.h\"\nint main(void) { return (int)stai_network_run(0, STAI_MODE_SYNC); }\n";
  const std::vector<std::pair<std::string, std::string>> builds{
      {"digits_float32.tflite", "-O2"}, {"digits_float32.tflite", "-O3"}, {"digits_int8.tflite", "-O2"}};
  for (const auto& [model, level] : builds)
    for (const auto& [target, core] : targets) {
      SCOPED_TRACE(model + " " + target + " " + level);
      const fs::path folder = temporary.path() / "network";
      fs::remove_all(folder);
      const ProcessResult generated = run({EDGEWRIGHT_EXECUTABLE, "generate", "-m", (root / "examples/models" / model).string(), "--target", target, "-O", "time",
                                           "--c-api", "st-ai", "--with-runtime", "--no-workspace", "--quiet", "-o", folder.string()});
      ASSERT_TRUE(generated.ok()) << generated.out << generated.err;
      std::vector<std::string> argv{"arm-none-eabi-gcc", level, "-flto", "-Wall", "-Wextra", "-Werror"};
      argv.insert(argv.end(), core.begin(), core.end());
      std::string cflags;
      for (size_t i = 1; i < argv.size(); ++i) cflags += argv[i] + " ";
      make(folder, "arm-none-eabi-gcc", cflags);
      argv.insert(argv.end(), {"--specs=nosys.specs", "-I" + folder.string(), "-I" + (folder / "runtime/include").string(), app.string(),
                               (folder / "libnetwork.a").string(), "-lm", "-o", (folder / "app.elf").string()});
      const ProcessResult linked = run(argv);
      EXPECT_TRUE(linked.ok()) << linked.err;
    }
}

TEST_F(Clients, CMakeBuildsTheSame) {
  const fs::path folder = generate("network", {});
  const ProcessResult configured = run({"cmake", "-S", folder.string(), "-B", (folder / "out").string(), "-DCMAKE_BUILD_TYPE=Release"});
  ASSERT_TRUE(configured.ok()) << configured.out << configured.err;
  const ProcessResult built = run({"cmake", "--build", (folder / "out").string()});
  EXPECT_TRUE(built.ok()) << built.out << built.err;
  fs::copy_file(folder / "out/libnetwork.a", folder / "libnetwork.a");
  EXPECT_EQ(build_and_run(root / "examples/clients/legacy.c", {"network"}), expected);
}

// Real models through the executable: both APIs must give the same bytes.
TEST_F(Clients, BothApisAgreeOnRealModels) {
  const fs::path models = root / "../shared/models/tflite/mlcommons+tiny";
  if (!fs::exists(models)) GTEST_SKIP() << models << " is not there";
  for (const char* model : {"kws_ref_model.tflite", "pretrainedResnet.tflite", "model_ToyCar_quant_fullint_micro_intio.tflite"}) {
    const auto output_of = [&](const std::string& api, const std::string& client, const std::string& compiler) {
      const fs::path folder = temporary.path() / "network";
      fs::remove_all(folder);
      const ProcessResult generated = run({EDGEWRIGHT_EXECUTABLE, "generate", "-m", (models / model).string(), "--target", "stm32f4", "-o", folder.string(),
                                           "--c-api", api, "--with-runtime", "--no-workspace", "--quiet"});
      EXPECT_TRUE(generated.ok()) << generated.out << generated.err;
      make(folder, compiler, strict);
      const std::string out = build_and_run(root / "examples/clients" / client, {"network"}, compiler);
      return out.substr(0, out.find('\n'));
    };
    const std::string legacy = output_of("legacy", "legacy.c", "gcc");
    EXPECT_EQ(legacy, output_of("st-ai", "stai.c", "clang")) << model;
    EXPECT_GT(legacy.size(), 12U) << model;
  }
}

}  // namespace
}  // namespace ew
