// SPDX-License-Identifier: GPL-3.0-or-later
// Key files on a disk: whole or not at all, and each failure in its own words.
#include "core/crypto/durable_file.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/crypto/keyslot.h"
#include "core/crypto/memory.h"
#include "tests/core/crypto/counting_random.h"

namespace huisbord::crypto {

class DurableFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "huisbord-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder = pattern;
    path = folder / "store.keys";
  }
  void TearDown() override { std::filesystem::remove_all(folder); }
  [[nodiscard]] std::size_t files() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
  }
  std::filesystem::path folder;
  std::filesystem::path path;
};

TEST_F(DurableFile, ReplacesTheOldOneAndLeavesNothingElse) {
  ASSERT_TRUE(replace_file(path, view("old")));
  ASSERT_TRUE(replace_file(path, view("newer")));
  EXPECT_EQ(to_string(read_small_file(path, 100).value()), "newer");
  EXPECT_EQ(files(), 1u);
}

TEST_F(DurableFile, IsItsOwnersAlone) {
  ASSERT_TRUE(replace_file(path, view("x")));
  struct stat about{};
  ASSERT_EQ(stat(path.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
}

TEST_F(DurableFile, WritesOverATemporaryThatAPowerCutLeft) {
  std::ofstream(path.string() + ".new") << "half a fi";
  ASSERT_TRUE(replace_file(path, view("whole")));
  EXPECT_EQ(to_string(read_small_file(path, 100).value()), "whole");
  EXPECT_EQ(files(), 1u);
}

TEST_F(DurableFile, KeepsTheOldOneWhenThereIsNoRoom) {
  ASSERT_TRUE(replace_file(path, view("old")));
  const auto former = std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{64, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const Status full = replace_file(path, Bytes(1000));
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  static_cast<void>(std::signal(SIGXFSZ, former));
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, ErrorCode::disk_full);
  EXPECT_EQ(to_string(read_small_file(path, 100).value()), "old");
  EXPECT_EQ(files(), 1u);
}

TEST_F(DurableFile, SaysThatAFolderCannotBeWritten) {
  EXPECT_EQ(replace_file("/sys/huisbord", view("x")).error().code, ErrorCode::read_only);
}

TEST_F(DurableFile, SaysThatAFolderIsNotThereOrNone) {
  EXPECT_EQ(replace_file(folder / "no" / "keys", view("x")).error().code, ErrorCode::not_found);
  ASSERT_TRUE(replace_file(path, view("x")));
  EXPECT_EQ(replace_file(path / "keys", view("x")).error().code, ErrorCode::io);
}

TEST_F(DurableFile, FollowsNoLinkThatSomebodyPutInItsPlace) {
  std::ofstream(folder / "other") << "precious";
  std::filesystem::create_symlink(folder / "other", path.string() + ".new");
  EXPECT_FALSE(replace_file(path, view("x")));
  EXPECT_EQ(to_string(read_small_file(folder / "other", 100).value()), "precious");
}

TEST_F(DurableFile, ReadsNoMoreThanItsLimit) {
  ASSERT_TRUE(replace_file(path, Bytes(100)));
  EXPECT_EQ(read_small_file(path, 100).value().size(), 100u);
  EXPECT_EQ(read_small_file(path, 99).error().code, ErrorCode::too_large);
  EXPECT_EQ(read_small_file(folder / "none", 99).error().code, ErrorCode::not_found);
  EXPECT_EQ(read_small_file(folder, 99).error().code, ErrorCode::io);
}

TEST_F(DurableFile, BringsAKeyFileBack) {
  SeededRandom random(4);
  const SecretBytes store_key = counting_key(1);
  const SecretBytes phrase = secret("aarde accu acteur actie adelaar adem");
  KeyslotFile file = KeyslotFile::make(store_key, phrase, cheap, random).value();
  ASSERT_TRUE(file.save(path));
  EXPECT_TRUE(equal(KeyslotFile::load(path).value().open(FactorInput::with_phrase(phrase)).value().view(), store_key.view()));
  EXPECT_EQ(KeyslotFile::load(folder / "none").error().code, ErrorCode::not_found);
  std::filesystem::resize_file(path, 50);
  EXPECT_EQ(KeyslotFile::load(path).error().code, ErrorCode::damaged);
  std::filesystem::resize_file(path, 1 << 20);
  EXPECT_EQ(KeyslotFile::load(path).error().code, ErrorCode::damaged);
}

}  // namespace huisbord::crypto
