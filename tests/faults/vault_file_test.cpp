// SPDX-License-Identifier: GPL-3.0-or-later
// A wrong key, damage anywhere, a cut-off file, a newer schema, another process, a read-only folder, a kill: a clear sentence, no harm.
#include "core/store/vault_file.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <csignal>

#include "core/store/database.h"
#include "core/store/migrations.h"
#include "tests/core/store/small_organisation.h"
#include "tests/support/file_content.h"

namespace huisbord {
namespace {

namespace fs = std::filesystem;

class VaultFileTest : public ::testing::Test {
 protected:
  VaultFileTest() : device_(organisation_.add_device(DeviceClass::desk)) {
    charters_ = {organisation_.sign(organisation_.org()), organisation_.sign(organisation_.house())};
    auto vault = organisation_.make_vault(path_, device_, charters_);
    for (int i = 0; i < 30; ++i) must(vault->record(organisation_.house(), Actor::none(), room(i)));
    (void)drain(*vault, organisation_.house());
    must(vault->record(organisation_.house(), Actor::none(), room(30)));
    vault.reset();
    bytes_ = content(path_);
  }
  OpenChange room(int number) {
    return Room{organisation_.random().id<RoomTag>(), organisation_.random().id<WoongroepTag>(), std::to_string(number)};
  }
  Result<std::unique_ptr<Vault>> open(const crypto::SecretBytes& key = SmallOrganisation::store_key()) {
    return Vault::open(path_, key, organisation_.options());
  }
  ErrorCode refused(const crypto::SecretBytes& key = SmallOrganisation::store_key()) {
    const auto opened = open(key);
    EXPECT_FALSE(opened);
    return opened ? ErrorCode::io : opened.error().code;
  }

  TestFolder folder_;
  fs::path path_ = folder_ / "vault.db";
  SmallOrganisation organisation_;
  TestDevice device_;
  std::vector<Bytes> charters_;
  Bytes bytes_;
};

TEST_F(VaultFileTest, AWrongKeyIsToldFromDamage) {
  EXPECT_EQ(refused(SmallOrganisation::store_key(1)), ErrorCode::wrong_key);
  EXPECT_EQ(refused(crypto::SecretBytes::of_size(16)), ErrorCode::wrong_key);
  EXPECT_EQ(content(path_), bytes_);
  EXPECT_TRUE(open());
}

TEST_F(VaultFileTest, AnyFlippedByteIsFoundAndTheFileStaysAsItIs) {
  // All of the first page, then of each sixteen bytes one.
  SeededRandom random(16);
  for (std::size_t next = 0; next < bytes_.size(); next += next < 4096 ? 1 : 16) {
    const std::size_t at = next < 4096 ? next : next + random.below(16);
    Bytes flipped = bytes_;
    flipped[at] ^= static_cast<std::uint8_t>(1u << (at % 8));
    put_content(path_, flipped);
    auto opened = open();
    if (!opened) {
      EXPECT_EQ(opened.error().code, ErrorCode::damaged) << "byte " << at << ": " << opened.error().sentence;
      EXPECT_NE(opened.error().sentence.find("damaged"), std::string::npos);
    } else {
      // What is read on the way must fail cleanly or be right.
      const auto rooms = (*opened)->rooms(organisation_.house());
      if (rooms) {
        EXPECT_EQ(rooms->size(), 31u);
      } else {
        EXPECT_EQ(rooms.error().code, ErrorCode::damaged) << rooms.error().sentence;
      }
      const auto report = (*opened)->verify();
      EXPECT_FALSE(report && report->sound()) << "byte " << at;
    }
    opened = fail(ErrorCode::io, "closed");
    ASSERT_EQ(content(path_), flipped) << "byte " << at;
  }
}

TEST_F(VaultFileTest, WritingMeetsADamagedPageWithoutACrash) {
  {
    auto vault = must(open());
    std::vector<ChangeToRecord> many;
    for (int i = 0; i < 2000; ++i) many.push_back({organisation_.house(), Actor::none(), room(i)});
    must(vault->record_all(many));
  }
  bytes_ = content(path_);
  unsigned met = 0;
  for (std::size_t page = 1; page * 4096 < bytes_.size(); page += 3) {
    Bytes flipped = bytes_;
    flipped[page * 4096 + 100] ^= 4;
    put_content(path_, flipped);
    if (auto opened = open()) {
      for (int i = 0; i < 40; ++i) {
        const auto recorded = (*opened)->record(organisation_.house(), Actor::none(), room(i));
        if (recorded) continue;
        ++met;
        EXPECT_EQ(recorded.error().code, ErrorCode::damaged) << recorded.error().sentence;
      }
    }
  }
  EXPECT_GT(met, 0u);
}

TEST_F(VaultFileTest, ATruncatedFileIsSaidToBeDamaged) {
  for (std::size_t size = 0; size < bytes_.size(); size += size < 4096 ? 512 : 1777) {
    put_content(path_, ByteView(bytes_).first(size));
    EXPECT_EQ(refused(), ErrorCode::damaged) << "cut to " << size;
    EXPECT_EQ(content(path_).size(), size);
  }
}

TEST_F(VaultFileTest, ANewerSchemaIsLeftAlone) {
  {
    const auto key = SmallOrganisation::store_key();
    auto database = must(Database::open(path_, key, vault_salt(key), {}));
    database->fold_log_on_close(true);
    must(database->execute("PRAGMA user_version = " + std::to_string(newest_schema() + 1)));
  }
  const Bytes newer = content(path_);
  EXPECT_EQ(refused(), ErrorCode::newer_version);
  EXPECT_EQ(content(path_), newer);
}

TEST_F(VaultFileTest, AVaultThatIsNotThereOrIsThereAlready) {
  EXPECT_EQ(Vault::open(folder_ / "other.db", SmallOrganisation::store_key()).error().code, ErrorCode::not_found);
  EXPECT_EQ(Vault::create(path_, SmallOrganisation::store_key(), organisation_.founding(device_)).error().code, ErrorCode::already_exists);
  EXPECT_EQ(content(path_), bytes_);
}

/// Runs in a process of its own; true when it says so.
bool in_child(const std::function<bool()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    const bool right = work();
    std::fflush(stdout);
    ::_exit(right ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST_F(VaultFileTest, AnotherProcessIsToldThatItIsLocked) {
  auto held = must(open());
  EXPECT_TRUE(in_child([&] { return refused() == ErrorCode::locked; }));
  EXPECT_EQ(refused(), ErrorCode::locked) << "also a second time in this one";
  must(held->record(organisation_.house(), Actor::none(), room(5)));
  held.reset();
  EXPECT_TRUE(in_child([&] { return open().has_value(); }));
}

TEST_F(VaultFileTest, AReadOnlyFolderIsSaid) {
  const auto all_read = fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read;
  fs::permissions(path_, all_read);
  fs::permissions(folder_.path(), all_read | fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec);
  EXPECT_TRUE(in_child([&] {
    // Permissions bind everybody but root.
    if (::geteuid() == 0 && ::setuid(65534) != 0) return false;
    const auto opened = open();
    EXPECT_FALSE(opened);
    EXPECT_EQ(opened ? ErrorCode::io : opened.error().code, ErrorCode::read_only);
    return !HasFailure();
  }));
  fs::permissions(folder_.path(), fs::perms::owner_all);
  EXPECT_EQ(content(path_), bytes_);
}

TEST_F(VaultFileTest, AFileThatMayNotGrowIsAFullDisk) {
  EXPECT_TRUE(in_child([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes_.size() + 8192, bytes_.size() + 8192};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto vault = open();
    if (!vault) return vault.error().code == ErrorCode::disk_full;
    for (int i = 0; i < 2000; ++i) {
      const auto recorded = (*vault)->record(organisation_.house(), Actor::none(), room(i));
      if (!recorded) return recorded.error().code == ErrorCode::disk_full;
    }
    return false;
  }));
  auto vault = must(open());
  EXPECT_GE(must(vault->rooms(organisation_.house())).size(), 31u);
  EXPECT_TRUE(must(vault->verify()).sound());
}

TEST_F(VaultFileTest, AKillInTheMiddleLosesNothingThatWasAcknowledged) {
  SeededRandom random(11);
  std::size_t known = 31;
  for (int round = 0; round < 12; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(ends[0]);
      auto vault = must(open());
      for (;;) {
        must(vault->record(organisation_.house(), Actor::none(), room(1)));
        // Said after the commit; one in a few also seals.
        if (::write(ends[1], "k", 1) != 1) ::_exit(1);
        if (organisation_.random().below(5) == 0) (void)must(vault->next_segment_to_send(organisation_.house()));
      }
    }
    ::close(ends[1]);
    ::usleep(20'000 + random.below(60'000));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    std::size_t said = 0;
    char one = 0;
    while (::read(ends[0], &one, 1) == 1) ++said;
    ::close(ends[0]);
    auto vault = must(open());
    const std::size_t there = must(vault->rooms(organisation_.house())).size();
    // The child and this process draw the same random identifiers again: what counts is the chain.
    const std::size_t operations = vault->waiting_count();
    EXPECT_GE(operations, known - 30 + said);
    EXPECT_LE(operations, known - 30 + said + 1);
    EXPECT_GE(there, 31u);
    known = operations + 30;
    EXPECT_TRUE(must(vault->verify()).sound());
  }
  EXPECT_GT(known, 60u);
}

}  // namespace
}  // namespace huisbord
