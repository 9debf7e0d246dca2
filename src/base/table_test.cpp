#include "base/table.h"

#include <gtest/gtest.h>

namespace ew {
namespace {

// The widths are those of the specification's sample: 27 + 2, 6 + 2, 5 + 2.
TEST(TextTable, HasTheReportsLayout) {
  TextTable table({{"module"}, {"text", Align::right}, {"data", Align::right}});
  table.row({"NetworkRuntime910_CM7_GCC.a", "19,100", "0"});
  table.rule();
  table.row({"RT total**", "19,734", "1,608"});
  EXPECT_EQ(table.text(),
            "----------------------------- -------- ------- \n"
            "module                            text    data \n"
            "----------------------------- -------- ------- \n"
            "NetworkRuntime910_CM7_GCC.a     19,100       0 \n"
            "----------------------------- -------- ------- \n"
            "RT total**                      19,734   1,608 \n"
            "----------------------------- -------- ------- \n");
  EXPECT_EQ(table.width(), 47u);
}

TEST(TextTable, MissingCellsAreEmptyAndIndentStartsEveryLine) {
  TextTable table({{"a"}, {"b"}});
  table.row({"x"});
  EXPECT_EQ(table.text(" "), " --- --- \n a   b   \n --- --- \n x       \n --- --- \n");
}

TEST(TextTable, RuleAtTheEndIsNotDoubled) {
  TextTable table({{"a"}});
  table.row({"x"});
  table.rule();
  EXPECT_EQ(table.lines().size(), 5u);
}

}  // namespace
}  // namespace ew
