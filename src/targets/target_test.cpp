#include "targets/target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/error.h"

namespace ew {
namespace {

using testing::HasSubstr;

std::string message_of(std::string_view typed) {
  try {
    find_target(typed);
  } catch (const Error& error) {
    return error.text();
  }
  return "found";
}

TEST(Target, Stm32MeansStm32h7InAnyCase) {
  EXPECT_EQ(find_target("stm32").name, "stm32h7");
  EXPECT_EQ(find_target("STM32H7").name, "stm32h7");
  EXPECT_EQ(find_target("stm32").library_folder, "STM32H7");
  EXPECT_THAT(find_target("stm32h7").flags, testing::ElementsAre("-mthumb", "-mcpu=cortex-m7", "-mfpu=fpv5-d16", "-mfloat-abi=hard"));
}

TEST(Target, AliasesAgree) {
  EXPECT_EQ(find_target("stm32l4+").name, "stm32l4p");
  EXPECT_EQ(find_target("stm32l4r").name, "stm32l4p");
  EXPECT_EQ(find_target("stellar-pg").name, "stellar-pg-r52");
}

TEST(Target, FeaturesFollowTheCoreAndItsFlags) {
  EXPECT_FALSE(find_target("stm32wl").features.fpu);
  EXPECT_TRUE(find_target("stm32wl").features.dsp);
  EXPECT_TRUE(find_target("stm32f4").features.fpu);
  EXPECT_FALSE(find_target("stm32f1").features.dsp);
  EXPECT_TRUE(find_target("stm32n6").features.mve);
  EXPECT_TRUE(find_target("stellar-pg").features.neon);
}

TEST(Target, EveryTargetIsWhole) {
  std::set<std::string_view> names;
  for (const Target& target : all_targets()) {
    EXPECT_TRUE(names.insert(target.name).second) << target.name;
    EXPECT_EQ(&find_target(target.name), &target);
    EXPECT_FALSE(target.library_folder.empty()) << target.name;
    EXPECT_FALSE(target.library_suffix.empty()) << target.name;
    EXPECT_THAT(target.flags, testing::Contains("-mcpu=" + std::string(name(target.core)))) << target.name;
    EXPECT_EQ(target.machine.empty(), target.core == Core::r52) << target.name;
  }
}

TEST(Target, TargetsOfTheSpecificationThatAreMissingSayWhy) {
  for (const auto* typed : {"ispu", "mlc", "stm32mp", "stm32mp157c", "stm32mp25"})
    EXPECT_THAT(message_of(typed), HasSubstr("NOT IMPLEMENTED: E301(NotImplementedError): the target '" + std::string(typed) + "': "));
}

TEST(Target, UnknownOnesListWhatExists) {
  EXPECT_THAT(message_of("esp32"), testing::AllOf(HasSubstr("E102(CliArgumentError): argument --target: unknown target 'esp32'"), HasSubstr("stm32f4"),
                                                  HasSubstr("stellar-e")));
}

}  // namespace
}  // namespace ew
