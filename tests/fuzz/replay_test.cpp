// The fuzzer's corpus (the models of the case table, and the files that once broke something) and systematic damage to them, on any compiler.
#include "cases.h"
#include "plan_target.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace {

std::vector<uint8_t> read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// A small network with convolutions, pooling, a dense layer and a softmax.
std::vector<uint8_t> small_model() {
  for (cases::Case& c : cases::read_family("graphs")) {
    if (c.name == "cnn_int8_channel") return std::move(c.model);
  }
  throw std::runtime_error("graphs/cnn_int8_channel is not recorded");
}

TEST(FuzzReplay, every_recorded_model) {
  for (const std::string& family : cases::families()) {
    for (const cases::Case& c : cases::read_family(family)) {
      SCOPED_TRACE(c.family + "/" + c.name);
      EXPECT_NO_THROW(fuzz::import_anything(c.model));
    }
  }
}

TEST(FuzzReplay, every_recorded_model_is_planned) {
  int planned = 0;
  for (const std::string& family : cases::families()) {
    for (const cases::Case& c : cases::read_family(family)) {
      SCOPED_TRACE(c.family + "/" + c.name);
      EXPECT_NO_THROW(planned += fuzz::plan_anything(c.model) ? 1 : 0);
    }
  }
  EXPECT_GT(planned, 1500);
}

TEST(FuzzReplay, files_that_once_broke_something) {
  for (const auto& entry : std::filesystem::directory_iterator(REGRESSIONS_FOLDER)) {
    SCOPED_TRACE(entry.path().filename().string());
    EXPECT_NO_THROW(fuzz::import_anything(read_file(entry.path())));
    EXPECT_NO_THROW(fuzz::plan_anything(read_file(entry.path())));
  }
}

TEST(FuzzReplay, truncated_at_every_byte) {
  const std::vector<uint8_t> model = small_model();
  for (size_t size = 0; size < model.size(); ++size) {
    const std::string message = fuzz::import_anything({model.begin(), model.begin() + static_cast<std::ptrdiff_t>(size)});
    EXPECT_NE(message, "") << "taken although cut at byte " << size << " of " << model.size();
  }
}

TEST(FuzzReplay, every_byte_damaged) {
  const std::vector<uint8_t> model = small_model();
  constexpr std::array<uint8_t, 5> masks{0x01, 0x10, 0x7f, 0x80, 0xff};
  for (size_t at = 0; at < model.size(); ++at) {
    for (const uint8_t mask : masks) {
      std::vector<uint8_t> damaged = model;
      damaged[at] ^= mask;
      EXPECT_NO_THROW(fuzz::import_anything(std::move(damaged))) << "byte " << at << " xor " << +mask;
    }
  }
}

TEST(FuzzReplay, every_word_replaced) {
  const std::vector<uint8_t> model = small_model();
  constexpr std::array<int32_t, 8> words{0, 1, -1, 127, 65536, 0x7fffffff, -0x7fffffff - 1, 0x10000000};
  for (size_t at = 0; at + 4 <= model.size(); at += 4) {
    for (const int32_t word : words) {
      std::vector<uint8_t> damaged = model;
      std::memcpy(&damaged[at], &word, 4);
      EXPECT_NO_THROW(fuzz::import_anything(std::move(damaged))) << "word at " << at << " replaced by " << word;
    }
  }
}

}  // namespace
