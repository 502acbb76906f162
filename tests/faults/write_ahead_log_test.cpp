// SPDX-License-Identifier: GPL-3.0-or-later
// A byte flipped anywhere in the write-ahead log: everything is there, or exactly the torn last commit is missing, or a sentence says so.
#include "core/store/write_ahead_log.h"

#include "tests/core/store/small_organisation.h"
#include "tests/support/file_content.h"

namespace huisbord {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t header_bytes = 32;
constexpr std::size_t frame_bytes = 24 + 4096;

/// A store as a kill leaves it: the file, and in its log one commit after the other.
class WriteAheadLogTest : public ::testing::Test {
 protected:
  WriteAheadLogTest() : device_(organisation_.add_device(DeviceClass::desk)) {
    const std::vector<Bytes> charters = {organisation_.sign(organisation_.org()), organisation_.sign(organisation_.house())};
    (void)organisation_.make_vault(living_, device_, charters);
    auto vault = must(Vault::open(living_, SmallOrganisation::store_key(), organisation_.options()));
    commits_.push_back({header_bytes, 0});
    for (int i = 0; i < 6; ++i) {
      record(*vault, 1);
      (void)drain(*vault, organisation_.house());  // a segment, and a receipt that changes one page
      commits_.push_back({fs::file_size(log_of(living_)), rooms_});
    }
    record(*vault, 60);
    for (int i = 0; i < 8; ++i) record(*vault, 1);
    main_ = content(living_);
    log_ = content(log_of(living_));
  }
  void record(Vault& vault, int count) {
    std::vector<ChangeToRecord> changes;
    for (int i = 0; i < count; ++i)
      changes.push_back({organisation_.house(), Actor::none(),
                         Room{organisation_.random().id<RoomTag>(), organisation_.random().id<WoongroepTag>(), std::to_string(i)}});
    must(vault.record_all(changes));
    rooms_ += changes.size();
    commits_.push_back({fs::file_size(log_of(living_)), rooms_});
  }
  static fs::path log_of(const fs::path& path) { return path.string() + "-wal"; }
  void put(ByteView log) {
    fs::remove(path_.string() + "-shm");
    put_content(path_, main_);
    put_content(log_of(path_), log);
  }
  /// Whether damage at this byte is no other than what a power cut leaves (SCHEMA.md 1.1).
  [[nodiscard]] bool may_be_torn(std::size_t at) const {
    if (at >= last_commit()) return true;
    const std::size_t last_before = last_commit() - frame_bytes;
    return last_before % 512 == 504 && at >= last_before + 16;
  }
  /// Where the last commit begins.
  [[nodiscard]] std::size_t last_commit() const { return commits_[commits_.size() - 2].end; }
  Result<std::size_t> rooms() {
    TRY_ASSIGN(const auto vault, Vault::open(path_, SmallOrganisation::store_key(), organisation_.options()));
    TRY_ASSIGN(const auto all, vault->rooms(organisation_.house()));
    const VerifyReport report = must(vault->verify());
    EXPECT_TRUE(report.sound());
    return all.size();
  }

  struct Commit {
    std::size_t end = 0;    ///< the log's size after it
    std::size_t rooms = 0;  ///< and how many rooms there are then
  };
  TestFolder folder_;
  fs::path living_ = folder_ / "living.db";
  fs::path path_ = folder_ / "vault.db";
  SmallOrganisation organisation_;
  TestDevice device_;
  std::vector<Commit> commits_;
  std::size_t rooms_ = 0;
  Bytes main_;
  Bytes log_;
};

TEST_F(WriteAheadLogTest, AsItWasWrittenItIsSoundAndEverythingIsThere) {
  ASSERT_EQ((log_.size() - header_bytes) % frame_bytes, 0u);
  ASSERT_GT(log_.size() / frame_bytes, 40u);
  put(log_);
  EXPECT_TRUE(check_write_ahead_log(path_, SectorFill::none));
  EXPECT_EQ(must(rooms()), rooms_);
}

TEST_F(WriteAheadLogTest, AFlippedByteBeforeTheLastCommitIsSaid) {
  std::size_t flips = 0;
  for (std::size_t at = 0; at < log_.size(); ++flips) {
    for (const std::uint8_t with : {std::uint8_t{1}, std::uint8_t{0x80}, std::uint8_t{0xff}}) {
      Bytes flipped = log_;
      flipped[at] ^= with;
      put_content(log_of(path_), flipped);
      const Status checked = check_write_ahead_log(path_, SectorFill::none);
      if (!may_be_torn(at)) {
        ASSERT_FALSE(checked) << "byte " << at << " of frame " << (at - header_bytes) / frame_bytes;
        ASSERT_EQ(checked.error().code, ErrorCode::damaged);
        ASSERT_NE(checked.error().sentence.find("log"), std::string::npos);
      }
    }
    // Every byte of the headers, and of the pages every 149th.
    const std::size_t in_frame = at < header_bytes ? 0 : (at - header_bytes) % frame_bytes;
    at += in_frame < 24 ? 1 : std::min<std::size_t>(149, frame_bytes - in_frame);
  }
  EXPECT_GT(flips, 2000u);
}

TEST_F(WriteAheadLogTest, OpeningSaysItAndTouchesNothingOrLosesExactlyTheTornCommit) {
  std::size_t torn = 0;
  std::size_t said = 0;
  for (std::size_t at = 0; at < log_.size(); at += at < last_commit() ? 4999 : 331) {
    Bytes flipped = log_;
    flipped[at] ^= 4;
    put(flipped);
    const auto found = rooms();
    if (found) {
      EXPECT_TRUE(may_be_torn(at)) << "byte " << at;
      const auto torn_one = std::ranges::find_if(commits_, [&](const Commit& commit) { return commit.end > at; });
      EXPECT_EQ(*found, std::prev(torn_one)->rooms) << "byte " << at;
      ++torn;
    } else {
      EXPECT_EQ(found.error().code, ErrorCode::damaged) << found.error().sentence;
      EXPECT_EQ(content(log_of(path_)), flipped);
      EXPECT_EQ(content(path_), main_);
      ++said;
    }
  }
  EXPECT_GT(torn, 10u);
  EXPECT_GT(said, 20u);
}

TEST_F(WriteAheadLogTest, CutOffAnywhereItEndsWithAWholeCommit) {
  for (std::size_t size = 0; size <= log_.size(); size += size == 0 ? header_bytes : frame_bytes) {
    put(ByteView(log_).first(size));
    std::size_t expected = 0;
    for (const Commit& commit : commits_) {
      if (commit.end <= size) expected = commit.rooms;
    }
    const auto found = rooms();
    ASSERT_TRUE(found) << found.error().sentence;
    EXPECT_EQ(*found, expected) << "cut to " << size;
  }
}

TEST_F(WriteAheadLogTest, WhatIsLeftOfAnOlderLogOrOfNothingRaisesNoAlarm) {
  // Frames of the log before this one lie behind its end.
  Bytes longer = log_;
  Bytes older(log_.begin() + header_bytes, log_.begin() + header_bytes + 3 * frame_bytes);
  for (std::size_t frame = 0; frame < 3; ++frame) older[frame * frame_bytes + 8] ^= 0x55;
  longer.insert(longer.end(), older.begin(), older.end());
  put(longer);
  EXPECT_EQ(must(rooms()), rooms_);
  SeededRandom random(5);
  Bytes garbage(5 * frame_bytes);
  random.fill(garbage);
  longer = log_;
  longer.insert(longer.end(), garbage.begin(), garbage.end());
  put(longer);
  EXPECT_EQ(must(rooms()), rooms_);
  // A header torn when the log began anew, before frames that were folded into the file long ago.
  Bytes anew = log_;
  random.fill(std::span(anew).first(512));
  put(anew);
  EXPECT_TRUE(check_write_ahead_log(path_, SectorFill::none));
}

}  // namespace
}  // namespace huisbord
