#include "plan/replay.h"

#include "plan/random_program.h"

#include <gtest/gtest.h>

namespace ew {
namespace {

TEST(Replay, EveryByteThatIsReadIsTheRightOne) {
  int groups = 0, pieces = 0, rings = 0;
  for (uint32_t seed = 0; seed < 400; ++seed)
    for (const char* target : {"stm32f0", "stm32f4", "stm32n6"})
      for (const Objective objective : {Objective::time, Objective::balanced, Objective::ram}) {
        const std::optional<Program> found = random_program(seed, target, objective);
        if (!found) continue;
        const Program& p = *found;
        ASSERT_EQ(replay(p), "") << "seed " << seed << ", " << target << ", objective " << static_cast<int>(objective);
        for (const CNode& node : p.nodes) groups += node.steps.empty() ? 0 : 1;
        for (const Array& array : p.arrays) {
          pieces += array.view_run > 0 ? 1 : 0;
          rings += array.view_run > 0 && array.ring_rows > 0 ? 1 : 0;
        }
      }
  EXPECT_GT(groups, 100);
  EXPECT_GT(pieces, 1000);
  EXPECT_GT(rings, 30);
}

// What it must notice: arrays moved over each other, a ring a row too short.
TEST(Replay, FindsWhatIsWrong) {
  int noticed = 0, moved = 0, shortened = 0;
  for (uint32_t seed = 0; seed < 400; ++seed) {
    const std::optional<Program> found = random_program(seed, "stm32f4", Objective::ram);
    if (!found) continue;
    const Program& good = *found;
    for (size_t a = 0; a < good.arrays.size(); ++a) {
      const Array& array = good.arrays[a];
      if (array.role == Role::weights || array.role == Role::bias || array.view_of >= 0 || array.segment < 0) continue;
      Program bad = good;
      if (array.ring_rows > 1) {
        for (Array& other : bad.arrays)
          if (location(bad, other.id).root == array.id) --other.ring_rows;
        ++shortened;
        noticed += replay(bad).empty() ? 0 : 1;
      } else if (array.offset >= 4 && array.input < 0 && array.output < 0) {
        bad.arrays[a].offset = 0;
        ++moved;
        noticed += replay(bad).empty() ? 0 : 1;
      }
    }
  }
  EXPECT_GT(shortened, 8);
  EXPECT_GT(moved, 100);
  EXPECT_GT(noticed, (shortened + moved) * 2 / 3);   // the others moved to where nothing else lived
}

}  // namespace
}  // namespace ew
