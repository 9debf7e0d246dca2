// Random and user data fitted to a network.
#include "base/error.h"
#include "base/files.h"
#include "validate/convert.h"
#include "validate/dataset.h"
#include "validate/user_files.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace ew {
namespace {

int add_array(Program& program, Type type, const std::string& name) {
  Array array;
  array.id = static_cast<int>(program.arrays.size());
  array.value_name = name;
  array.type = std::move(type);
  program.arrays.push_back(array);
  return array.id;
}

// One input "x", one output "y".
Program network(Type input, Type output) {
  Program program;
  program.inputs = {add_array(program, std::move(input), "x")};
  program.arrays[0].input = 0;
  program.outputs = {add_array(program, std::move(output), "y")};
  return program;
}

const Type int8_input{DType::int8, {1, 4}, Quant{{0.5f}, {3}, -1}};
const Type float_output{DType::float32, {1, 2}, {}};

class UserData : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, const Tensor& tensor) {
    write_npy(folder_.path() / name, tensor);
    return folder_.path() / name;
  }
  static Tensor floats(Shape shape, const std::vector<float>& values) {
    Tensor tensor(Type{DType::float32, std::move(shape), {}});
    std::ranges::copy(values, tensor.as<float>().begin());
    return tensor;
  }
  std::string error_of(const Program& program, const DataOptions& options) {
    try {
      make_data_set(program, options);
    } catch (const Error& error) {
      return error.text();
    }
    return "no error";
  }
  TemporaryFolder folder_;
};

TEST(Shapes, OfTheCModel) {
  EXPECT_EQ(c_shape({1, 10}, 5), (Shape{5, 1, 1, 10}));
  EXPECT_EQ(c_shape({1, 49, 10}, 5), (Shape{5, 49, 1, 10}));
  EXPECT_EQ(c_shape({1, 32, 32, 3}, 5), (Shape{5, 32, 32, 3}));
  EXPECT_EQ(c_shape({1, 2, 3, 4, 5}, 5), (Shape{5, 2, 3, 4, 5}));
  EXPECT_EQ(c_shape({3, 4}, 5), (Shape{5, 3, 1, 4}));
  EXPECT_EQ(c_shape({}, 5), (Shape{5, 1, 1, 1}));
}

TEST(Conversion, QuantisesRoundsAndClamps) {
  Tensor real(Type{DType::float32, {1, 5}, {}});
  std::ranges::copy(std::vector<float>{0.25f, -0.25f, 1e9f, -1e9f, NAN}, real.as<float>().begin());
  const Tensor q = converted(real, Type{DType::int8, {1, 5}, Quant{{0.5f}, {3}, -1}});
  EXPECT_EQ(std::vector<int>(q.as<int8_t>().begin(), q.as<int8_t>().end()), (std::vector<int>{4, 2, 127, -128, 3}));
  const Tensor u = converted(q, Type{DType::uint8, {1, 5}, Quant{{0.5f}, {131}, -1}});
  EXPECT_EQ(std::vector<int>(u.as<uint8_t>().begin(), u.as<uint8_t>().end()), (std::vector<int>{132, 130, 255, 0, 131}));
}

TEST(RandomDataSet, FillsEveryInputAndSaysSo) {
  const DataSet data = make_data_set(network(int8_input, float_output), {});
  EXPECT_EQ(data.samples(), 10);
  EXPECT_EQ(data.inputs[0].as<int8_t>()[0], -26);  // RandomState(42).randint(-128, 128)
  EXPECT_TRUE(data.log.starts_with(" generating random data, size=10, seed=42, range=(0, 1)\n   I[1]: (10, 1, 1, 4)/int8, min/max=["));
  EXPECT_NE(data.log.find("scale=0.50000000 zp=3, x\n no output/reference samples are provided\n"), std::string::npos) << data.log;
  const DataSet floats = make_data_set(network({DType::float32, {1, 4}, {}}, float_output), {{}, {}, 20, {{-10, 5}}, 42});
  EXPECT_TRUE(floats.log.starts_with(" generating random data, size=20, seed=42, range=(-10.0, 5.0)\n")) << floats.log;
}

TEST(RandomDataSet, IndicesStayInsideTheirTable) {
  Program program = network({DType::int32, {1, 50}, {}}, float_output);
  CNode node;
  node.inputs = {0};
  node.outputs = {program.outputs[0]};
  Call call;
  call.function = "nn_gather";
  call.params = Params{"nn_gather_params", {{"axis", int64_t{7}}}};
  call.args = {Arg{}, Arg{}};
  call.args[1].index = 0;
  node.calls.push_back(call);
  program.nodes.push_back(node);
  EXPECT_EQ(integer_range(program, 0).high, 6);
  const DataSet data = make_data_set(program, {});
  for (const int32_t index : data.inputs[0].as<int32_t>()) EXPECT_TRUE(index >= 0 && index < 7) << index;
}

TEST_F(UserData, IsReshapedAndQuantised) {
  DataOptions options;
  options.inputs = {write("x.npy", floats({2, 4}, {0, 0.5f, 1, -1, 2, 2, 2, 2}))};
  options.outputs = {write("y.npy", floats({2, 2}, {1, 2, 3, 4}))};
  const DataSet data = make_data_set(network(int8_input, float_output), options);
  EXPECT_EQ(data.inputs[0].type, (Type{DType::int8, {2, 1, 1, 4}, int8_input.quant}));
  EXPECT_EQ(data.inputs[0].as<int8_t>()[1], 4);
  EXPECT_EQ(data.outputs[0].type.shape, (Shape{2, 1, 1, 2}));
  EXPECT_NE(data.log.find("  - samples are reshaped: (2, 4) -> (2, 1, 1, 4)\n"), std::string::npos) << data.log;
}

TEST_F(UserData, ChosenSamplesAreNumpysPermutation) {
  DataOptions options;
  std::vector<float> values(40);
  for (size_t i = 0; i < values.size(); ++i) values[i] = static_cast<float>(i / 4);
  options.inputs = {write("x.npy", floats({10, 4}, values))};
  options.batches = 4;
  const DataSet data = make_data_set(network({DType::float32, {1, 4}, {}}, float_output), options);
  std::vector<float> chosen;
  for (size_t i = 0; i < 4; ++i) chosen.push_back(data.inputs[0].as<float>()[i * 4]);
  EXPECT_EQ(chosen, (std::vector<float>{8, 1, 5, 0}));  // numpy.random.RandomState(42).permutation(10)[:4]
}

TEST_F(UserData, ThatDoesNotFitIsRefused) {
  const Program program = network(int8_input, float_output);
  const auto x = write("x.npy", floats({2, 4}, std::vector<float>(8)));
  EXPECT_NE(error_of(program, {{write("a.npy", floats({2, 5}, std::vector<float>(10)))}, {}, {}, {}, 42})
                .find("input #1 - invalid data: 'float32' (2, 5), expected 'int8' (n, 1, 1, 4)"),
            std::string::npos);
  EXPECT_NE(error_of(program, {{write("b.npy", Tensor(Type{DType::uint8, {2, 4}, {}}))}, {}, {}, {}, 42}).find("'uint8' (2, 4), expected 'int8'"),
            std::string::npos);
  EXPECT_NE(error_of(program, {{x}, {write("c.npy", Tensor(Type{DType::int64, {3}, {}}))}, {}, {}, 42}).find("must be one-hot"), std::string::npos);
  EXPECT_NE(error_of(program, {{x}, {write("d.npy", floats({3, 2}, std::vector<float>(6)))}, {}, {}, 42}).find("output #1 holds 3 samples"), std::string::npos);
  EXPECT_NE(error_of(program, {{x, x}, {}, {}, {}, 42}).find("invalid input number -> 2, expected 1"), std::string::npos);
  EXPECT_NE(error_of(program, {{"model.pb"}, {}, {}, {}, 42}).find("NOT IMPLEMENTED"), std::string::npos);
  EXPECT_NE(error_of(program, {{"model.jpg"}, {}, {}, {}, 42}).find("is no data file"), std::string::npos);
  EXPECT_NE(error_of(program, {{}, {}, 0, {}, 42}).find("at least 1 sample"), std::string::npos);
  EXPECT_NE(error_of(network({DType::float32, {1, 4}, {}}, float_output), {{}, {}, {}, {{0, 1}, {0, 1}}, 42}).find("--range"), std::string::npos);
}

TEST(Npz, KeysMakePairs) {
  const auto array = [](float value) {
    Tensor tensor(Type{DType::float32, {1}, {}});
    tensor.as<float>()[0] = value;
    return NpyArray{tensor, "float32"};
  };
  const UserArrays pairs = pair_arrays({{"y_test", array(2)}, {"x_test", array(1)}});
  ASSERT_EQ(pairs.inputs.size(), 1U);
  EXPECT_EQ(pairs.inputs[0].tensor.as<float>()[0], 1);
  EXPECT_EQ(pairs.outputs[0].tensor.as<float>()[0], 2);
  const UserArrays own = pair_arrays({{"c_inputs_1", array(5)}, {"m_inputs_2", array(2)}, {"m_inputs_1", array(1)}, {"m_outputs_1", array(3)}});
  ASSERT_EQ(own.inputs.size(), 2U);
  EXPECT_EQ(own.inputs[1].tensor.as<float>()[0], 2);
  EXPECT_EQ(own.outputs.size(), 1U);
  const UserArrays others = pair_arrays({{"b", array(1)}, {"a", array(2)}});
  EXPECT_EQ(others.inputs.size(), 2U);
  EXPECT_TRUE(others.outputs.empty());
}

}  // namespace
}  // namespace ew
