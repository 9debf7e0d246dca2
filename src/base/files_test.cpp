#include "base/files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>

#include "base/error.h"

namespace ew {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  TemporaryFolder folder_;
  fs::path at(std::string_view name) const { return folder_.path() / name; }
  void write(std::string_view name, std::string_view text) const { std::ofstream(at(name)) << text; }
  size_t entries() const { return static_cast<size_t>(std::distance(fs::recursive_directory_iterator(folder_.path()), {})); }
  static std::string message_of(const std::function<void()>& action) {
    try {
      action();
    } catch (const Error& error) {
      return error.text();
    }
    return "no error";
  }
};

TEST_F(Files, ReadsWholeFiles) {
  write("a", std::string("x\0y", 3));
  EXPECT_EQ(read_text(at("a")), std::string("x\0y", 3));
  EXPECT_EQ(read_bytes(at("a")), (std::vector<uint8_t>{'x', 0, 'y'}));
}

TEST_F(Files, ReadingErrorsNameThePath) {
  write("long", "12345");
  EXPECT_THAT(message_of([&] { read_text(at("none")); }), testing::HasSubstr("LOAD ERROR: E202(FileError): cannot open '" + at("none").string()));
  EXPECT_THAT(message_of([&] { read_text(folder_.path()); }), testing::HasSubstr("no regular file"));
  EXPECT_THAT(message_of([&] { read_text(at("long"), 4); }), testing::HasSubstr("too large: 5 bytes, at most 4"));
  ASSERT_EQ(mkfifo(at("pipe").c_str(), 0600), 0);
  EXPECT_THAT(message_of([&] { read_text(at("pipe")); }), testing::HasSubstr("no regular file"));
}

TEST_F(Files, CommitMakesAllFilesAppear) {
  OutputFiles files;
  files.add(at("new/one.c"), "one");
  files.add(at("two.c"), "two");
  std::ofstream(files.reserve(at("three.c"))) << "three";
  EXPECT_FALSE(fs::exists(at("new/one.c")));
  files.commit();
  EXPECT_EQ(read_text(at("new/one.c")), "one");
  EXPECT_EQ(read_text(at("two.c")), "two");
  EXPECT_EQ(read_text(at("three.c")), "three");
  EXPECT_EQ(files.paths().size(), 3u);
  EXPECT_EQ(entries(), 4u);
}

TEST_F(Files, WithoutCommitNothingChanges) {
  write("old.c", "old");
  {
    OutputFiles files;
    files.add(at("old.c"), "new");
    files.add(at("deep/er/new.c"), "new");
    EXPECT_EQ(read_text(at("old.c")), "old");
  }
  EXPECT_EQ(read_text(at("old.c")), "old");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(Files, AddingTwiceKeepsTheLast) {
  OutputFiles files;
  files.add(at("a"), "first");
  files.add(at("a"), "second");
  files.commit();
  EXPECT_EQ(read_text(at("a")), "second");
  EXPECT_EQ(files.paths().size(), 1u);
}

TEST_F(Files, PathsThatCannotBeWrittenAreErrors) {
  write("file", "");
  OutputFiles files;
  EXPECT_THAT(message_of([&] { files.add(folder_.path(), "x"); }), testing::HasSubstr("it is a folder"));
  EXPECT_THAT(message_of([&] { files.add(at("file/below"), "x"); }), testing::HasSubstr("E202(FileError)"));
}

TEST_F(Files, TemporaryFoldersGoWithTheirContent) {
  fs::path path;
  {
    const TemporaryFolder folder;
    path = folder.path();
    std::ofstream(path / "x") << "x";
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST_F(Files, FullPathIsAbsoluteWithoutDots) { EXPECT_EQ(full_path(at("a/../b/./c/")), at("b/c").string()); }

}  // namespace
}  // namespace ew
