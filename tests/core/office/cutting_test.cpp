// SPDX-License-Identifier: GPL-3.0-or-later
// A device that is cut, closed or wiped: nothing past its cut counts anywhere, what it hands in waits for a person, and a closed store
// ends.
#include "core/office/cutting.h"

#include <algorithm>
#include <fstream>

#include "core/store/closing.h"
#include "tests/core/office/small_office.h"

namespace huisbord {
namespace {

class Cutting : public SmallOffice {
 protected:
  void SetUp() override {
    SmallOffice::SetUp();
    kiosk = admit("kiosk");
    other = admit("other");
    bring(*vault, *kiosk.vault);
  }
  Result<Recorded> write(Vault& store, const std::string& title) {
    Activity activity;
    activity.id = random.id<ActivityTag>();
    activity.title = title;
    activity.day = today();
    return store.record(scope(), Actor::none(), activity);
  }
  [[nodiscard]] Day today() const { return Day{static_cast<std::int32_t>(clock.now().value / TestClock::day)}; }
  /// What the kiosk would push now; the receipt comes only with `deliver`.
  Bytes seal() { return must(kiosk.vault->next_segment_to_send(scope())).value_or(Bytes{}); }
  void receipt(const Bytes& segment) {
    const SegmentView view = must(parse_segment(segment));
    must(kiosk.vault->acknowledged(scope(), kiosk.number, view.header.last(), view.hash()));
  }
  TakeReport give(const Bytes& segment, Vault& store) { return must(store.take_segments(scope(), std::span(&segment, 1))); }
  Bytes written_and_delivered(const std::string& title) {
    must(write(*kiosk.vault, title));
    const Bytes segment = seal();
    receipt(segment);
    give(segment, *vault);
    give(segment, *other.vault);
    return segment;
  }
  [[nodiscard]] std::vector<std::string> board(const Vault& store) {
    std::vector<std::string> titles;
    for (const Activity& activity : must(store.activities(scope(), Day{0}, Day{50'000}))) titles.push_back(activity.title);
    std::ranges::sort(titles);
    return titles;
  }
  void end(DeviceState state, const CutChoice& choice = {}) {
    must(end_everywhere(*office, kiosk.founding.device, state, scope(), choice));
  }
  void tell(Vault& store) {
    for (const ScopeId& each : scopes()) must(store.take_charter(*must(vault->charter(each))));
  }
  void expect_equal_tables() {
    const auto office_digest = must(other.vault->digest(scope()));
    EXPECT_EQ(must(kiosk.vault->digest(scope())), office_digest);
    EXPECT_EQ(board(*vault), board(*other.vault));
    EXPECT_EQ(board(*kiosk.vault), board(*other.vault));
  }
  using Titles = std::vector<std::string>;

  AdmittedKiosk kiosk;
  AdmittedKiosk other;
};

TEST_F(Cutting, InMidFlightLeavesTheLateSegmentQuarantinedEverywhere) {
  written_and_delivered("first");
  must(write(*kiosk.vault, "second"));
  const Bytes late = seal();
  must(write(*kiosk.vault, "third, not sealed"));
  end(DeviceState::cut);
  tell(*other.vault);
  EXPECT_EQ(give(late, *other.vault).quarantined, 1u);
  EXPECT_EQ(give(late, *vault).quarantined, 1u);
  EXPECT_EQ(board(*kiosk.vault), (Titles{"first", "second", "third, not sealed"})) << "it has not heard of it";
  tell(*kiosk.vault);
  EXPECT_EQ(board(*kiosk.vault), Titles{"first"});
  expect_equal_tables();
  EXPECT_TRUE(must(vault->verify()).sound());
  EXPECT_TRUE(must(kiosk.vault->verify()).sound());
}

TEST_F(Cutting, WhereItCountedBeforeTakesItBackOnEveryReplica) {
  const OperationNumber first = must(parse_segment(written_and_delivered("first"))).header.last();
  written_and_delivered("second");
  written_and_delivered("third");
  EXPECT_EQ(board(*other.vault), (Titles{"first", "second", "third"}));
  end(DeviceState::cut, {first, {}});
  tell(*other.vault);
  tell(*kiosk.vault);
  EXPECT_EQ(board(*other.vault), Titles{"first"});
  expect_equal_tables();
}

TEST_F(Cutting, ADeviceThatWasCutWritesNothingNew) {
  written_and_delivered("first");
  end(DeviceState::cut);
  tell(*kiosk.vault);
  EXPECT_EQ(kiosk.vault->own_state(), DeviceState::cut);
  EXPECT_FALSE(kiosk.vault->must_be_destroyed());
  const auto refused = write(*kiosk.vault, "second");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::forbidden);
  EXPECT_EQ(must(kiosk.vault->next_segment_to_send(scope())), std::nullopt);
}

TEST_F(Cutting, WhatItHadSealedIsHandedInAndCountsWhenAPersonAcceptsIt) {
  written_and_delivered("first");
  must(write(*kiosk.vault, "second"));
  (void)seal();
  end(DeviceState::cut);
  tell(*other.vault);
  tell(*kiosk.vault);
  EXPECT_EQ(kiosk.vault->waiting_count(), 1u);
  const Bytes handed = seal();
  ASSERT_FALSE(handed.empty()) << "exact bytes, sealed before the cut";
  receipt(handed);
  EXPECT_EQ(kiosk.vault->waiting_count(), 0u);
  give(handed, *vault);
  EXPECT_EQ(board(*vault), Titles{"first"});
  const auto waiting = must(handed_in(*vault, scope(), kiosk.number));
  ASSERT_EQ(waiting.size(), 1u);
  const Cut raised = must(accept_handed_in(*office, scope(), kiosk.number, std::nullopt));
  EXPECT_EQ(raised.number, waiting[0].last);
  EXPECT_TRUE(must(handed_in(*vault, scope(), kiosk.number)).empty());
  give(handed, *other.vault);
  tell(*other.vault);
  tell(*kiosk.vault);
  EXPECT_EQ(board(*other.vault), (Titles{"first", "second"}));
  expect_equal_tables();
  EXPECT_EQ(kiosk.vault->own_state(), DeviceState::cut) << "accepted, and still cut";
  EXPECT_EQ(sentence(accept_handed_in(*office, scope(), kiosk.number, std::nullopt)),
            "That device handed nothing in that waits for a decision.");
}

TEST_F(Cutting, APersonMayAcceptAPartOfWhatWasHandedIn) {
  written_and_delivered("first");
  std::vector<Bytes> sealed;
  for (const char* title : {"second", "third"}) {
    must(write(*kiosk.vault, title));
    sealed.push_back(must(kiosk.vault->segments_after(scope(), must(kiosk.vault->heads(scope())), 1 << 20)).back());
  }
  end(DeviceState::cut);
  tell(*kiosk.vault);
  for (int i = 0; i < 2; ++i) {
    const Bytes handed = seal();
    EXPECT_EQ(handed, sealed[static_cast<std::size_t>(i)]);
    receipt(handed);
    give(handed, *vault);
  }
  const OperationNumber second = must(parse_segment(sealed[0])).header.last();
  EXPECT_EQ(sentence(accept_handed_in(*office, scope(), kiosk.number, second + 50)),
            "Nothing that the device handed in ends at that number.");
  EXPECT_EQ(must(accept_handed_in(*office, scope(), kiosk.number, second)).number, second);
  EXPECT_EQ(board(*vault), (Titles{"first", "second"}));
  EXPECT_EQ(must(handed_in(*vault, scope(), kiosk.number)).size(), 1u) << "the third waits on";
}

TEST_F(Cutting, IsChosenAtTheEndOfASegment) {
  written_and_delivered("first");
  EXPECT_EQ(must(find_cut(*vault, scope(), kiosk.number, {0, {}})), Cut{});
  EXPECT_EQ(sentence(find_cut(*vault, scope(), kiosk.number, {40, {}})),
            "No segment of that device ends at number 40 here; the nearest before it ends at 1.");
  EXPECT_EQ(must(find_cut(*vault, scope(), kiosk.number, {})).number, 1u);
  EXPECT_EQ(sentence(end_everywhere(*office, vault->founding().device, DeviceState::cut, scope(), {})),
            "This desk cannot end itself: another desk does that.");
  EXPECT_EQ(sentence(end_everywhere(*office, random.id<DeviceTag>(), DeviceState::cut, scope(), {})), "No charter lists that device.");
}

TEST_F(Cutting, ThatIsRefusedInOneScopeIsMadeInNone) {
  written_and_delivered("first");
  EXPECT_FALSE(end_everywhere(*office, kiosk.founding.device, DeviceState::cut, scope(), {40, {}}));
  for (const ScopeId& each : scopes()) EXPECT_EQ(must(vault->held_charter(each)).device(kiosk.number)->state, DeviceState::active);
}

TEST_F(Cutting, AForkedDeviceCountsOnTheBranchThatAPersonChose) {
  written_and_delivered("first");
  // A copy of the kiosk's store writes on: two segments follow the first.
  const std::filesystem::path path = folder / "kiosk.db";
  kiosk.vault.reset();
  std::filesystem::copy_file(path, folder / "copy.db");
  kiosk.vault = must(Vault::open(path, key, options()));
  must(write(*kiosk.vault, "here"));
  const Bytes here = seal();
  kiosk.vault.reset();
  kiosk.vault = must(Vault::open(folder / "copy.db", key, options()));
  must(write(*kiosk.vault, "there"));
  const Bytes there = seal();
  for (Vault* store : {vault.get(), other.vault.get()}) {
    give(here, *store);
    give(there, *store);
    EXPECT_EQ(board(*store), Titles{"first"}) << "neither branch counts until a person chose";
  }
  const SegmentView chosen = must(parse_segment(there));
  const CutChoice without{chosen.header.last(), {}};
  EXPECT_TRUE(
      sentence(find_cut(*vault, scope(), kiosk.number, without)).starts_with("Two segments of that device end at number 2; choose"));
  end(DeviceState::cut, {chosen.header.last(), to_hex(chosen.hash()).substr(0, 8)});
  tell(*other.vault);
  EXPECT_EQ(board(*vault), (Titles{"first", "there"}));
  EXPECT_EQ(board(*other.vault), board(*vault));
}

TEST_F(Cutting, AClosedStoreEndsOnceWhatItHadSealedIsHandedIn) {
  written_and_delivered("first");
  must(write(*kiosk.vault, "second"));
  const Bytes sealed = seal();
  end(DeviceState::closed);
  tell(*kiosk.vault);
  EXPECT_EQ(kiosk.vault->own_state(), DeviceState::closed);
  EXPECT_FALSE(kiosk.vault->must_be_destroyed());
  receipt(seal());
  EXPECT_TRUE(kiosk.vault->must_be_destroyed());
}

TEST_F(Cutting, AClosedStoreWaitsAWeekAtTheLongest) {
  must(write(*kiosk.vault, "first"));
  (void)seal();
  end(DeviceState::closed);
  tell(*kiosk.vault);
  EXPECT_FALSE(kiosk.vault->must_be_destroyed());
  clock.pass(8 * TestClock::day);
  EXPECT_TRUE(kiosk.vault->must_be_destroyed());
}

TEST_F(Cutting, AWipedStoreEndsAtOnceAndAlsoAfterARestart) {
  must(write(*kiosk.vault, "first"));
  (void)seal();
  end(DeviceState::wiped);
  tell(*kiosk.vault);
  EXPECT_TRUE(kiosk.vault->must_be_destroyed());
  kiosk.vault.reset();
  kiosk.vault = must(Vault::open(folder / "kiosk.db", key, options()));
  EXPECT_TRUE(kiosk.vault->must_be_destroyed());
}

TEST_F(Cutting, ClosingAfterACutKeepsTheCut) {
  written_and_delivered("first");
  end(DeviceState::cut);
  written_and_delivered("second");
  end(DeviceState::wiped);
  EXPECT_EQ(charter().device(kiosk.number)->cut->number, 1u);
  EXPECT_EQ(charter().device(kiosk.number)->state, DeviceState::wiped);
}

class Destroying : public testing::Test {
 protected:
  void put(const std::string& name, std::size_t size = 300) { std::ofstream(folder / name) << std::string(size, 'k'); }
  [[nodiscard]] std::vector<std::string> left() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
  }
  TestFolder folder;
};

TEST_F(Destroying, LeavesTheMarkAndTheProgramsOwnSettings) {
  for (const char* name : {"vault.db", "vault.db-wal", "vault.db.lock", "keyslots", "keyslots.next", "kiosk.toml", "anything"}) put(name);
  EXPECT_FALSE(is_destroyed(folder.path()));
  ASSERT_TRUE(destroy_store(folder.path()));
  EXPECT_TRUE(is_destroyed(folder.path()));
  EXPECT_EQ(left(), (std::vector<std::string>{"closed", "kiosk.toml"}));
}

TEST_F(Destroying, OverwritesAKeyFileBeforeItGoes) {
  put("keyslots");
  std::filesystem::create_hard_link(folder / "keyslots", folder / "kiosk.toml");  // the same bytes under a name that stays
  ASSERT_TRUE(destroy_store(folder.path()));
  std::ifstream file(folder / "kiosk.toml");
  const std::string bytes((std::istreambuf_iterator<char>(file)), {});
  EXPECT_EQ(bytes, std::string(300, '\0'));
}

TEST_F(Destroying, IsFinishedByDoingItAgain) {
  put("closed", 6);
  put("vault.db");
  EXPECT_TRUE(is_destroyed(folder.path())) << "a crash after the mark: the store is closed already";
  ASSERT_TRUE(destroy_store(folder.path()));
  EXPECT_EQ(left(), std::vector<std::string>{"closed"});
  ASSERT_TRUE(destroy_store(folder.path()));
}

}  // namespace
}  // namespace huisbord
