// One GoogleTest per family of the case table, for an engine. A family with cases that the engine does not take yet is never "passed":
// it is shown as skipped, with the numbers.
#pragma once

#include "cases.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cases {

inline std::string lines(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += "\n  " + text;
  return out;
}

// `gaps`: beginnings of the names ("div/int8_") of the cases that may be not implemented; without it, any may.
inline void check_family(const std::string& family, const Engine& engine, const std::vector<std::string>* gaps = nullptr) {
  const Outcome outcome = run_family(family, engine);
  for (const std::string& text : outcome.not_implemented) {
    const auto known = [&](const std::string& gap) { return text.starts_with(gap); };
    EXPECT_TRUE(gaps == nullptr || std::any_of(gaps->begin(), gaps->end(), known)) << "not implemented, and not a known gap: " << text;
  }
  const size_t total = static_cast<size_t>(outcome.equal) + outcome.different.size() + outcome.not_implemented.size();
  ASSERT_GT(total, 0U);
  EXPECT_TRUE(outcome.different.empty()) << outcome.different.size() << " of " << total << " cases differ:" << lines(outcome.different);
  if (!outcome.not_implemented.empty()) {
    GTEST_SKIP() << family << ": " << outcome.equal << " of " << total << " cases equal, " << outcome.not_implemented.size()
                 << " not implemented:" << lines(outcome.not_implemented);
  }
}

}  // namespace cases

// Defines the tests NAME/<family>.
#define CHECK_ALL_FAMILIES(NAME, ENGINE, GAPS)                                                                                \
  class NAME : public testing::TestWithParam<std::string> {};                                                                 \
  TEST_P(NAME, family) { cases::check_family(GetParam(), ENGINE, GAPS); }                                                     \
  INSTANTIATE_TEST_SUITE_P(cases, NAME, testing::ValuesIn(cases::families()), [](const auto& test) { return test.param; })
