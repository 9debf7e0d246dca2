// The comparison itself: it must be able to fail.
#include "cases.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>

namespace {

template <class T> cases::Bytes bytes(std::initializer_list<T> values) {
  cases::Bytes out(values.size() * sizeof(T));
  std::memcpy(out.data(), values.begin(), out.size());
  return out;
}

TEST(CaseTable, integers_are_compared_exactly) {
  EXPECT_EQ(cases::compare("int8", bytes<int8_t>({1, -2}), bytes<int8_t>({1, -2})), "");
  EXPECT_EQ(cases::compare("int8", bytes<int8_t>({1, -2}), bytes<int8_t>({1, -1})),
            "1 of 2 elements differ; the first at 1: -1, expected -2");
  EXPECT_NE(cases::compare("int32", bytes<int32_t>({1 << 20}), bytes<int32_t>({(1 << 20) + 1})), "");
  EXPECT_EQ(cases::compare("uint8", {1, 2}, {1}), "1 bytes, expected 2");
}

TEST(CaseTable, floats_are_compared_to_the_largest_value) {
  EXPECT_EQ(cases::compare("float32", bytes<float>({100, 1}), bytes<float>({100, 1.0009F})), "");
  EXPECT_NE(cases::compare("float32", bytes<float>({100, 1}), bytes<float>({100, 1.0011F})), "");
  const float nan = std::numeric_limits<float>::quiet_NaN(), infinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(cases::compare("float32", bytes<float>({nan, infinity}), bytes<float>({nan, infinity})), "");
  EXPECT_NE(cases::compare("float32", bytes<float>({1}), bytes<float>({nan})), "");
  EXPECT_NE(cases::compare("float32", bytes<float>({infinity}), bytes<float>({-infinity})), "");
}

TEST(CaseTable, an_engine_that_gives_other_values_is_found) {
  const auto flipped = [](const cases::Case& c) {
    auto outputs = c.outputs;
    outputs[0].back() ^= 0x40;
    return outputs;
  };
  const cases::Outcome outcome = cases::run_family("relu", flipped);
  EXPECT_EQ(outcome.equal, 0);
  EXPECT_EQ(outcome.different.size(), cases::read_family("relu").size());
}

TEST(CaseTable, what_is_not_implemented_is_counted) {
  const cases::Engine none = [](const cases::Case&) -> std::vector<cases::Bytes> { throw cases::NotImplemented("x"); };
  const cases::Outcome outcome = cases::run_family("relu", none);
  EXPECT_EQ(outcome.equal, 0);
  EXPECT_TRUE(outcome.different.empty());
  EXPECT_EQ(outcome.not_implemented.size(), cases::read_family("relu").size());
}

}  // namespace
