#include "base/text.h"

#include <gtest/gtest.h>

#include <limits>

namespace ew {
namespace {

TEST(Text, ThousandsGroupsDigits) {
  EXPECT_EQ(thousands(0), "0");
  EXPECT_EQ(thousands(999), "999");
  EXPECT_EQ(thousands(1000), "1,000");
  EXPECT_EQ(thousands(-123), "-123");
  EXPECT_EQ(thousands(-123456), "-123,456");
  EXPECT_EQ(thousands(12534896), "12,534,896");
  EXPECT_EQ(thousands(std::numeric_limits<int64_t>::min()), "-9,223,372,036,854,775,808");
}

TEST(Text, SizesChangeUnitAt1024) {
  EXPECT_EQ(size_text(740), "740 B");
  EXPECT_EQ(size_text(1023), "1023 B");
  EXPECT_EQ(size_text(1024), "1.00 KiB");
  EXPECT_EQ(size_text(55552), "54.25 KiB");
  EXPECT_EQ(size_text(1024 * 1024), "1.00 MiB");
  EXPECT_EQ(bytes_and_size_text(3316), "3,316 B (3.24 KiB)");
  EXPECT_EQ(tensor_size_text(784), "784 Bytes");
  EXPECT_EQ(tensor_size_text(1228800), "1200.00 KBytes");
}

TEST(Text, DifferencesAreSignedWithPercentage) {
  EXPECT_EQ(difference_text(100, 100), "");
  EXPECT_EQ(difference_text(12052, 3316), "-8,736(-72.5%)");
  EXPECT_EQ(difference_text(960, 1920), "+960(+100.0%)");
  EXPECT_EQ(difference_text(704, 0), "-704(-100.0%)");
  EXPECT_EQ(difference_text(0, 16), "+16(+100.0%)");
}

TEST(Text, PercentOfNothingIsZero) {
  EXPECT_EQ(percent_text(1, 0), "0.0%");
  EXPECT_EQ(percent_text(21571, 38259), "56.4%");
}

TEST(Text, LongNamesKeepBothEnds) {
  EXPECT_EQ(shorten("short"), "short");
  const std::string name = "abcdefghijklmnopqrstuvwxyz0123456789";
  EXPECT_EQ(shorten(name, 30), "abcdefghijklmnopqr..0123456789");
  EXPECT_EQ(shorten(name, 30).size(), 30u);
  EXPECT_EQ(shorten(name, 40), name);
  EXPECT_EQ(shorten(std::string(30, 'x'), 30), std::string(30, 'x'));
}

TEST(Text, WidthsCountCharacters) {
  EXPECT_EQ(characters("größe"), 5u);
  EXPECT_EQ(pad_left("größe", 7), "  größe");
  EXPECT_EQ(pad_right("größe", 3), "größe");
}

TEST(Text, WrapBreaksAtBlanks) {
  EXPECT_EQ(wrap("one two three", 7, "  "), "one two\n  three");
  EXPECT_EQ(wrap("unbreakable x", 4, ""), "unbreakable\nx");
}

TEST(Text, NearestFindsMisspellingsOnly) {
  const std::vector<std::string> names{"stm32h7", "stm32f4", "ispu"};
  EXPECT_EQ(nearest("stm32h", names), "stm32h7");
  EXPECT_EQ(nearest("arduino", names), "");
}

TEST(Text, SplitKeepsEmptyParts) { EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"})); }
TEST(Text, TrimLeavesTheMiddle) { EXPECT_EQ(trim(" \t a b\n"), "a b"); }

}  // namespace
}  // namespace ew
