// Where <name>_c_info.json says that every tensor lives, against the addresses that the generated C uses.
#include "emit/tensors.h"
#include "plan/random_program.h"
#include "report/c_info_memory.h"

#include <gtest/gtest.h>

namespace ew {
namespace {

using nlohmann::json;

struct Spot {
  std::string pool;
  int64_t offset = 0;
  bool operator==(const Spot&) const = default;
};
void PrintTo(const Spot& spot, std::ostream* out) { *out << spot.pool << " + " << spot.offset; }

Spot spot_in_c(const Program& program, const Array& array) {
  const Address address = address_of(program, array);
  if (address.kind == SegmentKind::weights) return {"weights_array", address.offset};
  if (address.kind == SegmentKind::activations) return {"heap_overlay_pool", address.offset};
  const std::vector<int>& tensors = address.kind == SegmentKind::input ? program.inputs : program.outputs;
  const Array& tensor = array_of(program, tensors.at(static_cast<size_t>(address.index)));
  const Place place = default_place(program, tensor);
  return place.segment < 0 ? Spot{tensor.name + "_array_pool", address.offset} : Spot{"heap_overlay_pool", place.offset + address.offset};
}

struct Seen { int views = 0, spread = 0, of_the_user = 0, steps = 0; };

void compare(const Program& program, Seen& seen) {
  const CInfoMemory memory = c_info_memory(program);
  for (const Array& array : program.arrays) {
    const json& buffer = memory.buffers.at(static_cast<size_t>(array.id));
    const json& pool = memory.pools.at(buffer.at("mpool_id").get<size_t>());
    ASSERT_EQ((Spot{pool.at("name"), buffer.at("offset_start")}), spot_in_c(program, array)) << array.name;
    ASSERT_LE(buffer.at("offset_start").get<int64_t>() + buffer.at("size_bytes").get<int64_t>(), pool.at("used_size_bytes")) << array.name;
    ASSERT_EQ(pool.at("user_allocated"), buffer.at("flags").get<std::string>().find("ACTIVATIONS") == std::string::npos && !array.data) << array.name;
    ASSERT_EQ(buffer.contains("view"), array.view_of >= 0) << array.name;
    if (array.view_of < 0) continue;
    const json &view = buffer.at("view"), &base = memory.buffers.at(view.at("of").get<size_t>());
    ASSERT_EQ(buffer.at("mpool_id"), base.at("mpool_id")) << array.name;
    ASSERT_EQ(buffer.at("offset_start"), base.at("offset_start").get<int64_t>() + view.at("offset").get<int64_t>()) << array.name;
    ASSERT_EQ(buffer.at("epochs").contains("steps"), base.at("epochs").contains("steps")) << array.name;
    seen.views += 1;
    seen.spread += view.contains("pitch") ? 1 : 0;
    seen.of_the_user += pool.at("user_allocated") ? 1 : 0;
    seen.steps += buffer.at("epochs").contains("steps") ? 1 : 0;
  }
}

TEST(CInfo, EveryBufferLiesWhereTheGeneratedCHasIt) {
  Seen seen;
  for (uint32_t seed = 0; seed < 300; ++seed)
    for (const Objective objective : {Objective::time, Objective::ram})
      for (const bool in_activations : {true, false}) {
        LowerOptions options;
        options.inputs_in_activations = options.outputs_in_activations = in_activations;
        if (const std::optional<Program> program = random_program(seed, "stm32f4", objective, options)) {
          compare(*program, seen);
          if (testing::Test::HasFatalFailure()) FAIL() << "seed " << seed << ", objective " << static_cast<int>(objective) << ", in activations " << in_activations;
        }
      }
  EXPECT_GT(seen.views, 500);
  EXPECT_GT(seen.spread, 100);
  EXPECT_GT(seen.of_the_user, 50);
  EXPECT_GT(seen.steps, 20);
}

}  // namespace
}  // namespace ew
