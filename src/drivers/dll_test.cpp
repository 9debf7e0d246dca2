// The host library driver, on a network written by hand: what crashes or fails must be told, not taken over.
#include "drivers/dll.h"

#include "base/error.h"
#include "base/files.h"
#include "base/process.h"
#include "base/resources.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace ew {
namespace {

// Two c-nodes: t = x + 1, y = 2 t, on 4 int8 values. An input that begins with 99 crashes in the second, one with 98 is an error.
constexpr std::string_view tiny_network = R"(
#include "stai.h"
#include "stai_events.h"
#include <stddef.h>

typedef struct { stai_ptr act; stai_event_cb cb; void *cookie; } context;
static const int32_t shape[] = {1, 4}, bytes_shape[] = {16}, index_0[] = {0}, index_1[] = {1}, index_2[] = {2};
static const float scale[] = {0.5f};
static const int16_t zero[] = {-3};
#define TENSOR(flags_, name_) {4, flags_, STAI_FORMAT_S8, {2, (int32_t *)shape}, {1, scale}, {1, zero}, name_}
#define IO (STAI_FLAG_PREALLOCATED | STAI_FLAG_HAS_BATCH)
static const stai_tensor input = TENSOR(IO, "x"), output = TENSOR(IO, NULL);
static const stai_tensor activations = {16, STAI_FLAG_ACTIVATIONS, STAI_FORMAT_U8, {1, (int32_t *)bytes_shape}, {0, NULL}, {0, NULL}, NULL};
static const stai_tensor tensors[] = {TENSOR(IO, "x"), TENSOR(IO, "t"), TENSOR(IO, "y")};
static const stai_node_details nodes[] = {{7, 0x113, {1, (int32_t *)index_0}, {1, (int32_t *)index_1}},
                                          {8, 0x103, {1, (int32_t *)index_1}, {1, (int32_t *)index_2}}};
const stai_network_details g_tiny_details = {tensors, nodes, 2};

stai_size stai_tiny_get_context_size(void) { return sizeof(context); }
stai_return_code stai_tiny_init(stai_network *n) { *(context *)n = (context){NULL, NULL, NULL}; return STAI_SUCCESS; }
stai_return_code stai_tiny_get_info(stai_network *n, stai_network_info *i)
{
  (void)n;
  *i = (stai_network_info){.model_signature = "0x12", .c_compile_datetime = "now", .c_model_name = "tiny", .c_model_datetime = "then",
    .runtime_version = {10, 2, 0, 0}, .tool_version = {2, 2, 0, 0}, .n_macc = 12, .n_nodes = 2,
    .flags = STAI_FLAG_INPUTS | STAI_FLAG_OUTPUTS, .n_inputs = 1, .n_outputs = 1, .n_activations = 1, .inputs = &input,
    .outputs = &output, .activations = &activations};
  return STAI_SUCCESS;
}
stai_return_code stai_tiny_set_activations(stai_network *n, const stai_ptr *a, const stai_size c)
{
  (void)c; ((context *)n)->act = a[0]; return STAI_SUCCESS;
}
stai_return_code stai_tiny_get_inputs(stai_network *n, stai_ptr *p, stai_size *c) { p[0] = ((context *)n)->act; *c = 1; return STAI_SUCCESS; }
stai_return_code stai_tiny_get_outputs(stai_network *n, stai_ptr *p, stai_size *c) { p[0] = ((context *)n)->act + 8; *c = 1; return STAI_SUCCESS; }
stai_return_code stai_tiny_set_callback(stai_network *n, const stai_event_cb cb, void *cookie)
{
  ((context *)n)->cb = cb; ((context *)n)->cookie = cookie; return STAI_SUCCESS;
}
static void event(context *c, int type, int id, stai_ptr p)
{
  stai_ptr list[1] = {p};
  stai_event_node_start_stop payload = {id, {1, list}};
  if (c->cb != NULL) c->cb(c->cookie, type, &payload);
}
stai_return_code stai_tiny_run(stai_network *n, const stai_run_mode mode)
{
  context *c = (context *)n;
  int8_t *x = (int8_t *)c->act, *t = x + 4, *y = x + 8;
  (void)mode;
  if (x[0] == 98) return STAI_ERROR_NETWORK_INVALID_RUN;
  event(c, STAI_EVENT_NODE_START, 7, (stai_ptr)x);
  for (int i = 0; i < 4; i++) t[i] = (int8_t)(x[i] + 1);
  event(c, STAI_EVENT_NODE_STOP, 7, (stai_ptr)t);
  event(c, STAI_EVENT_NODE_START, 8, (stai_ptr)t);
  if (x[0] == 99) *(volatile int *)(c->cookie == NULL ? NULL : NULL) = 1;
  for (int i = 0; i < 4; i++) y[i] = (int8_t)(2 * t[i]);
  event(c, STAI_EVENT_NODE_STOP, 8, (stai_ptr)y);
  return STAI_SUCCESS;
}
)";

class Dll : public testing::Test {
 protected:
  void SetUp() override {
    if (!find_program("cc")) GTEST_SKIP() << "no C compiler";
    if (!find_runtime_library("Host", "Host")) GTEST_SKIP() << "the host's runtime is not built";
    OutputFiles files;
    files.add(folder_.path() / "c" / "tiny.c", tiny_network);
    files.commit();
    library_ = build_library(folder_.path() / "c", "tiny", folder_.path() / "lib");
  }
  static Tensor input(const std::vector<int>& values) {
    Tensor tensor(Type{DType::int8, {static_cast<int64_t>(values.size()) / 4, 4}, {}});
    std::transform(values.begin(), values.end(), tensor.as<int8_t>().begin(), [](int v) { return static_cast<int8_t>(v); });
    return tensor;
  }
  static std::vector<int> integers_of(const Tensor& tensor) { return {tensor.as<int8_t>().begin(), tensor.as<int8_t>().end()}; }
  std::string error_of(const std::vector<int>& values, RunOptions options = {}) {
    try {
      DllRunner(library_, "tiny").run({input(values)}, options);
    } catch (const Error& error) {
      return error.text();
    }
    return "no error";
  }
  TemporaryFolder folder_;
  std::filesystem::path library_;
};

TEST_F(Dll, DescribesTheNetwork) {
  DllRunner runner(library_, "tiny");
  const ModelDescription& info = runner.info();
  EXPECT_EQ(library_.filename(), "libai_tiny.so");
  EXPECT_EQ(info.name, "tiny");
  EXPECT_EQ(info.tools, "ST.AI (st-ai api) v2.2.0");
  EXPECT_EQ(info.runtime_library, "v10.2.0");
  EXPECT_EQ(info.inputs[0].name, "x");
  EXPECT_EQ(info.outputs[0].name, "output_1");
  EXPECT_EQ(info.inputs[0].type, (Type{DType::int8, {1, 4}, Quant{{0.5f}, {-3}, -1}}));
  EXPECT_EQ(info.activations, std::vector<int64_t>{16});
  EXPECT_EQ(info.macc, 12);
  EXPECT_EQ(info.capabilities, (std::vector<std::string>{"IO_ONLY", "PER_LAYER", "PER_LAYER_WITH_DATA"}));
}

TEST_F(Dll, RunsSamplesAlikeWithAndWithoutLayers) {
  DllRunner runner(library_, "tiny");
  const std::vector<Tensor> inputs = {input({1, 2, 3, 4, -5, 6, 7, 8})};
  int64_t progress = 0;
  const RunResult plain = runner.run(inputs, {false, false, [&](int64_t done, int64_t) { progress = done; }});
  EXPECT_EQ(integers_of(plain.outputs[0]), (std::vector<int>{4, 6, 8, 10, -8, 14, 16, 18}));
  EXPECT_EQ(plain.outputs[0].type.shape, (Shape{2, 4}));
  EXPECT_EQ(plain.whole.milliseconds.size(), 2U);
  EXPECT_TRUE(plain.nodes.empty());
  EXPECT_EQ(progress, 2);
  const RunResult layers = runner.run(inputs, {.per_layer = true, .with_data = true, .progress = {}});
  EXPECT_EQ(layers.outputs[0].data, plain.outputs[0].data);
  ASSERT_EQ(layers.nodes.size(), 2U);
  EXPECT_EQ(layers.nodes[0].m_id, 7);
  EXPECT_EQ(layers.nodes[1].type_name, "Conv2D");
  EXPECT_EQ(layers.nodes[1].measured.milliseconds.size(), 2U);
  EXPECT_EQ(integers_of(layers.nodes[0].data.at(0)), (std::vector<int>{2, 3, 4, 5, -4, 7, 8, 9}));
}

TEST_F(Dll, TellsWhereGeneratedCodeCrashes) {
  EXPECT_EQ(error_of({1, 2, 3, 4, 99, 2, 3, 4}, {.per_layer = true, .with_data = false, .progress = {}}),
            "INTERNAL ERROR: E501(InternalError): the generated code of 'tiny' crashed with signal 11 (Segmentation fault) in sample 1, c-node 1");
}

TEST_F(Dll, PassesTheNetworksErrorsOn) { EXPECT_NE(error_of({98, 0, 0, 0}).find("stai_tiny_run failed: 0x030020"), std::string::npos); }

TEST_F(Dll, RefusesInputsThatDoNotFit) {
  EXPECT_THROW(DllRunner(library_, "tiny").run({Tensor(Type{DType::int8, {1, 5}, {}})}, {}), Error);
  EXPECT_THROW(DllRunner(library_, "tiny").run({Tensor(Type{DType::float32, {1, 4}, {}})}, {}), Error);
}

TEST_F(Dll, SaysWhatTheCompilerSaid) {
  OutputFiles files;
  files.add(folder_.path() / "bad" / "bad.c", "int broken(;\n");
  files.commit();
  try {
    build_library(folder_.path() / "bad", "bad", folder_.path() / "lib");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.category(), Category::tools);
    EXPECT_NE(error.text().find("bad.c"), std::string::npos) << error.text();
  }
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "lib" / "libai_bad.so"));
}

TEST(DllCompiler, MissingOneNamesThePackage) {
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nonexistent", 1);
  try {
    build_library(".", "x", ".");
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_NE(error.text().find("package gcc"), std::string::npos) << error.text();
  }
  setenv("PATH", path.c_str(), 1);
}

}  // namespace
}  // namespace ew
