// Random data, npy, npz and csv against recorded values of numpy.
#include "base/error.h"
#include "validate/csv.h"
#include "validate/half.h"
#include "validate/npy.h"
#include "validate/random.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <fstream>

namespace ew {
namespace {

#include "validate/recorded_vectors.inc"

Tensor random_floats(uint32_t seed, RandomRange range) {
  RandomState state(seed);
  Tensor data(Type{DType::float32, {4, 3}, {}});
  fill_random(data, state, range, {});
  return data;
}

void expect_bits(const Tensor& data, const std::vector<uint32_t>& bits) {
  ASSERT_EQ(data.as<uint32_t>().size(), bits.size());
  for (size_t i = 0; i < bits.size(); ++i) EXPECT_EQ(data.as<uint32_t>()[i], bits[i]) << i;
}

std::string error_of(const std::function<void()>& function) {
  try {
    function();
  } catch (const Error& error) {
    return error.text();
  }
  return "no error";
}

std::filesystem::path temporary(const std::string& name) {
  return std::filesystem::temp_directory_path() / (name + "." + std::to_string(getpid()));
}

TEST(RandomData, FloatsEqualNumpysToTheBit) {
  expect_bits(random_floats(42, {}), uniform_42);
  expect_bits(random_floats(0, {}), uniform_0);
  expect_bits(random_floats(4294967295U, {}), uniform_4294967295);
  expect_bits(random_floats(42, {-10.0, 5.0}), uniform_range);
}

TEST(RandomData, IntegersEqualNumpys) {
  const std::vector<std::pair<IntegerRange, const std::vector<int64_t>*>> cases = {
      {whole_range(DType::int8), &integers_int8},   {whole_range(DType::uint8), &integers_uint8}, {whole_range(DType::int16), &integers_int16},
      {whole_range(DType::int32), &integers_int32}, {whole_range(DType::int64), &integers_int64}, {whole_range(DType::boolean), &integers_bool},
      {{0, 999}, &integers_index},                  {{0, int64_t{1} << 40}, &integers_wide}};
  for (const auto& [range, expected] : cases) {
    RandomState state(42);
    for (const int64_t value : *expected) EXPECT_EQ(state.integer(range.low, range.high), value) << range.high;
  }
}

TEST(RandomData, OneGeneratorServesAllInputs) {
  RandomState state(7);
  Tensor floats(Type{DType::float32, {3}, {}}), integers(Type{DType::int8, {5}, {}});
  fill_random(floats, state, {}, {});
  fill_random(integers, state, {}, whole_range(DType::int8));
  expect_bits(floats, mixed_floats);
  for (size_t i = 0; i < mixed_integers.size(); ++i) EXPECT_EQ(integers.as<int8_t>()[i], mixed_integers[i]);
}

TEST(HalfFloats, RoundAsNumpy) {
  for (size_t i = 0; i < half_bits.size(); ++i) {
    EXPECT_EQ(half_from_float(std::bit_cast<float>(half_floats[i])), half_bits[i]) << i;
    EXPECT_EQ(half_from_float(float_from_half(half_bits[i])), half_bits[i]) << i;
  }
}

TEST(Npy, ReadsWhatNumpyWrites) {
  const NpyArray plain = parse_npy(npy_float32_c, "a");
  EXPECT_EQ(plain.tensor.type, (Type{DType::float32, {2, 3}, {}}));
  EXPECT_EQ(plain.tensor.as<float>()[5], 1.25f);
  const NpyArray fortran = parse_npy(npy_float64_fortran, "a");
  EXPECT_EQ(fortran.stored, "float64");
  for (size_t i = 0; i < 6; ++i) EXPECT_EQ(fortran.tensor.as<float>()[i], static_cast<float>(i));
  const NpyArray big = parse_npy(npy_int16_big_endian, "a");
  for (size_t i = 0; i < 6; ++i) EXPECT_EQ(big.tensor.as<int16_t>()[i], static_cast<int>(i) - 2);
  EXPECT_EQ(parse_npy(npy_float16_cube, "a").tensor.as<float>()[7], 7.0f);
  EXPECT_EQ(parse_npy(npy_int64_scalar, "a").tensor.as<int64_t>()[0], -7);
  EXPECT_EQ(parse_npy(npy_bool_row, "a").tensor.type, (Type{DType::boolean, {1, 2}, {}}));
  EXPECT_EQ(parse_npy(npy_version_2, "a").tensor.as<int32_t>()[2], 2);
}

TEST(Npy, WritesWhatNumpyWrites) {
  for (const auto* file : {&npy_float32_c, &npy_uint8_vector, &npy_int64_scalar, &npy_bool_row}) {
    EXPECT_EQ(npy_bytes(parse_npy(*file, "a").tensor), *file);
  }
}

TEST(Npy, RefusesWhatIsBroken) {
  const auto with = [](const std::string& header, size_t data) {
    std::string bytes("\x93NUMPY\x01\x00", 8);
    bytes += static_cast<char>(header.size());
    bytes += '\0' + header + std::string(data, '\0');
    return std::vector<uint8_t>(bytes.begin(), bytes.end());
  };
  const std::vector<std::pair<std::vector<uint8_t>, std::string>> cases = {
      {{}, "does not begin"},
      {{'P', 'K', 3, 4, 0, 0, 0, 0, 0, 0, 0}, "does not begin"},
      {with("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 11), "cut short: shape (3) of float32 needs 12 bytes, it has 11"},
      {with("{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", 24), "type '|O'"},
      {with("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3,), }", 24), "records or objects"},
      {with("{'descr': '<f4', 'fortran_order': Maybe, 'shape': (3,), }", 24), "neither True nor False"},
      {with("{'descr': '<f4', 'fortran_order': False, 'shape': (-3,), }", 24), "not a list of numbers"},
      {with("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", 24), "too large"},
      {with("{'descr': '<f4', 'fortran_order': False, 'shape': (1048576, 1048576, 1048576), }", 24), "too large"},
      {with("{'descr': '<f4', 'fortran_order': False, ", 24), "records or objects"},
      {with("{'fortran_order': False, 'shape': (3,), }", 24), "lacks one of"}};
  for (const auto& [bytes, message] : cases) {
    const std::string error = error_of([&broken = bytes] { parse_npy(broken, "x.npy"); });
    EXPECT_NE(error.find(message), std::string::npos) << error;
  }
  for (size_t length = 0; length < npy_float64_fortran.size(); ++length) {
    const std::vector<uint8_t> cut(npy_float64_fortran.begin(), npy_float64_fortran.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_NE(error_of([&] { parse_npy(cut, "x.npy"); }), "no error") << length;
  }
}

TEST(Npz, RoundTripAndNumpysOwn) {
  const auto path = temporary("ew_test.npz");
  std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(npz_compressed.data()), static_cast<long>(npz_compressed.size()));
  const NamedArrays arrays = read_npz(path);
  ASSERT_EQ(arrays.size(), 2U);
  EXPECT_EQ(arrays[0].first, "m_inputs_1");
  EXPECT_EQ(arrays[1].second.tensor.type, (Type{DType::int8, {2, 1}, {}}));
  const std::vector<std::pair<std::string, const Tensor*>> out = {{"c_inputs_1", &arrays[0].second.tensor}, {"b", &arrays[1].second.tensor}};
  write_npz(path, out);
  const NamedArrays again = read_npz(path);
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again[0].first, "c_inputs_1");
  EXPECT_EQ(again[0].second.tensor.data, arrays[0].second.tensor.data);
  for (size_t length = 0; length < npz_compressed.size(); length += 7) {
    std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(npz_compressed.data()), static_cast<long>(length));
    EXPECT_NE(error_of([&] { read_npz(path); }), "no error") << length;
  }
  std::filesystem::remove(path);
  EXPECT_NE(error_of([&] { read_npz(path); }).find("cannot open"), std::string::npos);
}

TEST(Csv, ReadsTypesAndRefusesBrokenLines) {
  const Tensor floats = parse_csv("# a comment\n1, 2.5,-3e2\r\n\n+4,5,nan\n", "x.csv");
  EXPECT_EQ(floats.type, (Type{DType::float32, {2, 3}, {}}));
  EXPECT_EQ(floats.as<float>()[2], -300.0f);
  EXPECT_EQ(floats.as<float>()[3], 4.0f);
  const Tensor bytes = parse_csv("# file\n# dtype=int8\n-128,127\n", "x.csv");
  EXPECT_EQ(bytes.type, (Type{DType::int8, {1, 2}, {}}));
  EXPECT_EQ(bytes.as<int8_t>()[0], -128);
  const std::vector<std::pair<std::string, std::string>> cases = {{"1,2\n3\n", "line 2: 1 values, the lines before have 2"},
                                                                  {"1,x\n", "line 1: 'x' is not a number"},
                                                                  {"1,,2\n", "line 1: '' is not a number"},
                                                                  {"# nothing\n", "holds no numbers"},
                                                                  {"# dtype=uint8\n256\n", "outside the range of uint8"}};
  for (const auto& [text, message] : cases) {
    const std::string error = error_of([&broken = text] { parse_csv(broken, "x.csv"); });
    EXPECT_NE(error.find(message), std::string::npos) << error;
  }
}

TEST(Csv, WritesLimitsAndHeader) {
  Tensor data(Type{DType::float32, {130, 2}, {}});
  data.as<float>()[1] = 0.5f;
  CsvOptions options{.date = "2026-04-04 23:37:12", .summary = "summary"};
  const std::string text = csv_text(data, options);
  EXPECT_TRUE(text.starts_with("# file created : 2026-04-04 23:37:12\n# dtype=float32\n# c-model features - 128/130\n# summary\n"
                               "0.000000000000000000e+00,5.000000000000000000e-01\n"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 4 + 128);
  options.everything = true;
  EXPECT_EQ(std::ranges::count(csv_text(data, options), '\n'), 4 + 130);
  options.everything = false;
  EXPECT_NE(csv_text(Tensor(Type{DType::int8, {2, 1000}, {}}), options).find("is exceeded: 1000 > 512\n"), std::string::npos);
}

}  // namespace
}  // namespace ew
