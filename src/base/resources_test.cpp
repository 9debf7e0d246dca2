#include "base/resources.h"

#include "base/error.h"

#include <gtest/gtest.h>

namespace ew {

TEST(Resources, FindsTheHeadersBesideTheProgram) {
  EXPECT_TRUE(std::filesystem::exists(resource("AI/Inc/nn_types.h")));
  EXPECT_TRUE(std::filesystem::exists(resource("runtime/include/nn_types.h")));
}

TEST(Resources, NamesWhatIsMissing) {
  EXPECT_FALSE(find_resource("AI/Inc/no_such_header.h"));
  try {
    resource("AI/Inc/no_such_header.h");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(error.text().find("share/edgewright/AI/Inc/no_such_header.h"), std::string::npos);
  }
}

}  // namespace ew
