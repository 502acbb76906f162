// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk starts from a snapshot and is like one that took every segment; one that lapsed hands in its own and starts again.
#include "core/office/snapshots.h"

#include <algorithm>

#include "core/journal/envelope/charter_edit.h"
#include "core/journal/snapshot.h"
#include "core/office/cutting.h"
#include "tests/core/office/small_office.h"

namespace huisbord {
namespace {

class Snapshots : public SmallOffice {
 protected:
  void SetUp() override {
    SmallOffice::SetUp();
    kiosk = admit("kiosk");
    for (const char* title : {"first", "second", "third"}) write(*vault, title);
    bring(*vault, *kiosk.vault);
    write(*kiosk.vault, "by the kiosk");
    bring_segments(*kiosk.vault, *vault, scope());
  }
  void write(Vault& store, const std::string& title) {
    Activity activity;
    activity.id = random.id<ActivityTag>();
    activity.title = title;
    activity.day = Day{static_cast<std::int32_t>(clock.now().value / TestClock::day)};
    must(store.record(scope(), Actor::none(), activity));
  }
  /// Admitted, with the charters and nothing else.
  AdmittedKiosk empty_kiosk(const std::string& name) {
    AdmittedKiosk made;
    made.founding = make_founding(vault->organisation(), root.public_key, random);
    for (const ScopeId& each : scopes()) made.number = must(office->admit(each, listed(made.founding, DeviceClass::kiosk)));
    made.vault = must(Vault::create(folder / (name + ".db"), key, made.founding, options()));
    return made;
  }
  void tell(Vault& store) {
    for (const ScopeId& each : scopes()) must(store.take_charter(*must(vault->charter(each))));
  }
  Bytes renewed() {
    must(renew_snapshot(*office, scope()));
    return must(kept_snapshot(*vault, scope())).value();
  }
  [[nodiscard]] std::vector<std::string> board(const Vault& store) {
    std::vector<std::string> titles;
    for (const Activity& activity : must(store.activities(scope(), Day{0}, Day{50'000}))) titles.push_back(activity.title);
    std::ranges::sort(titles);
    return titles;
  }

  AdmittedKiosk kiosk;
};

TEST_F(Snapshots, ANewKioskStartsFromOneAndIsLikeAnyOther) {
  AdmittedKiosk fresh = empty_kiosk("fresh");
  const Bytes snapshot = renewed();
  tell(*fresh.vault);
  ASSERT_EQ(fresh.vault->wanted_snapshot(scope(), PullSoFar::something), snapshot_hash(snapshot));
  must(fresh.vault->load_snapshot(scope(), snapshot));
  EXPECT_EQ(fresh.vault->wanted_snapshot(scope(), PullSoFar::something), std::nullopt);
  EXPECT_EQ(must(fresh.vault->heads(scope())), must(vault->heads(scope())));
  tell(*kiosk.vault);
  EXPECT_EQ(must(fresh.vault->digest(scope())), must(kiosk.vault->digest(scope())));
  EXPECT_TRUE(must(fresh.vault->verify()).sound());

  // The chain goes on after it, also when what came before comes again, and after a restart.
  write(*vault, "fourth");
  EXPECT_EQ(must(fresh.vault->take_segments(scope(), must(vault->segments_after(scope(), {}, 1 << 20)))).segments, 1u);
  fresh.vault.reset();
  fresh.vault = must(Vault::open(folder / "fresh.db", key, options()));
  write(*vault, "fifth");
  bring_segments(*vault, *fresh.vault, scope());
  bring_segments(*vault, *kiosk.vault, scope());
  EXPECT_EQ(board(*fresh.vault), (std::vector<std::string>{"by the kiosk", "fifth", "first", "fourth", "second", "third"}));
  EXPECT_EQ(must(fresh.vault->digest(scope())), must(kiosk.vault->digest(scope())));
  write(*fresh.vault, "by the fresh one");
  bring_segments(*fresh.vault, *vault, scope());
  EXPECT_EQ(board(*vault).size(), 7u);
  EXPECT_TRUE(must(fresh.vault->verify()).sound());
}

TEST_F(Snapshots, ALapsedKioskHandsInItsOwnAndStartsAgain) {
  write(*kiosk.vault, "before the silence");
  must(kiosk.vault->set_last_contact(clock.now()));
  for (int week = 0; week < 9; ++week) {
    clock.pass(7 * TestClock::day);
    write(*vault, "week " + std::to_string(week));
    must(vault->segments_after(scope(), {}, 1 << 20));
  }
  const Bytes snapshot = renewed();
  tell(*kiosk.vault);
  EXPECT_EQ(kiosk.vault->wanted_snapshot(scope(), PullSoFar::something), std::nullopt) << "first what it wrote";
  while (const auto segment = must(kiosk.vault->next_segment_to_send(scope()))) {
    const SegmentView view = must(parse_segment(*segment));
    must(vault->take_segments(scope(), std::span(&*segment, 1)));
    must(kiosk.vault->acknowledged(scope(), kiosk.number, view.header.last(), view.hash()));
  }
  ASSERT_EQ(kiosk.vault->wanted_snapshot(scope(), PullSoFar::something), snapshot_hash(snapshot));
  must(kiosk.vault->load_snapshot(scope(), snapshot));
  must(kiosk.vault->pass_time());
  bring_segments(*vault, *kiosk.vault, scope());
  EXPECT_EQ(must(kiosk.vault->heads(scope())), must(vault->heads(scope())));
  const auto now = board(*kiosk.vault);
  EXPECT_NE(std::ranges::find(now, "week 8"), now.end());
  EXPECT_EQ(std::ranges::find(now, "week 0"), now.end()) << "past its term";
  EXPECT_TRUE(must(kiosk.vault->verify()).sound());
}

TEST_F(Snapshots, AKioskWhoseNextSegmentsTheRelayLetGoStartsFromItAsWell) {
  write(*vault, "let go");
  must(vault->segments_after(scope(), {}, 1 << 20));
  const Bytes snapshot = renewed();
  tell(*kiosk.vault);
  EXPECT_EQ(kiosk.vault->wanted_snapshot(scope(), PullSoFar::something), std::nullopt) << "it may still come";
  write(*vault, "after it");
  const auto segments = must(vault->segments_after(scope(), must(kiosk.vault->heads(scope())), 1 << 20));
  must(kiosk.vault->take_segments(scope(), std::span(segments).last(1)));
  while (const auto own = must(kiosk.vault->next_segment_to_send(scope()))) {
    const SegmentView view = must(parse_segment(*own));
    must(kiosk.vault->acknowledged(scope(), kiosk.number, view.header.last(), view.hash()));
  }
  ASSERT_EQ(kiosk.vault->wanted_snapshot(scope(), PullSoFar::everything), snapshot_hash(snapshot));
  must(kiosk.vault->load_snapshot(scope(), snapshot));
  EXPECT_EQ(must(kiosk.vault->heads(scope())), must(vault->heads(scope()))) << "what waited behind the gap counts now";
  EXPECT_EQ(must(kiosk.vault->digest(scope())), must(vault->digest(scope())));
  EXPECT_TRUE(must(kiosk.vault->verify()).sound());
}

TEST_F(Snapshots, AKioskThatWasGivenEverythingStartsFromItWhenSomethingIsMissing) {
  write(*vault, "let go");
  must(vault->segments_after(scope(), {}, 1 << 20));
  const Bytes snapshot = renewed();
  tell(*kiosk.vault);
  while (const auto own = must(kiosk.vault->next_segment_to_send(scope()))) {
    const SegmentView view = must(parse_segment(*own));
    must(kiosk.vault->acknowledged(scope(), kiosk.number, view.header.last(), view.hash()));
  }
  EXPECT_EQ(kiosk.vault->wanted_snapshot(scope(), PullSoFar::something), std::nullopt) << "it may still come";
  ASSERT_EQ(kiosk.vault->wanted_snapshot(scope(), PullSoFar::everything), snapshot_hash(snapshot));
  must(kiosk.vault->load_snapshot(scope(), snapshot));
  EXPECT_EQ(must(kiosk.vault->digest(scope())), must(vault->digest(scope())));
  EXPECT_EQ(kiosk.vault->wanted_snapshot(scope(), PullSoFar::everything), std::nullopt);
}

TEST_F(Snapshots, AKioskThatFollowsWantsNone) {
  (void)renewed();
  tell(*kiosk.vault);
  EXPECT_EQ(kiosk.vault->wanted_snapshot(scope(), PullSoFar::everything), std::nullopt);
}

TEST_F(Snapshots, OnlyTheOneThatTheCharterNamesIsTakenAndAFailedOneLeavesNothing) {
  AdmittedKiosk fresh = empty_kiosk("fresh");
  const Bytes former = renewed();
  write(*vault, "fourth");
  const Bytes snapshot = renewed();
  tell(*fresh.vault);
  EXPECT_EQ(sentence(fresh.vault->load_snapshot(scope(), former)), "A snapshot is another one than the charter names.");
  EXPECT_EQ(sentence(fresh.vault->load_snapshot(office->org(), snapshot)), "The charter names no snapshot.");
  for (std::size_t at = 0; at < snapshot.size(); at += 13) {
    Bytes changed = snapshot;
    changed[at] ^= 1;
    EXPECT_FALSE(fresh.vault->load_snapshot(scope(), changed)) << at;
  }
  EXPECT_TRUE(must(fresh.vault->heads(scope())).empty());
  EXPECT_TRUE(board(*fresh.vault).empty());
  EXPECT_EQ(sentence(vault->load_snapshot(scope(), snapshot)), "A desk keeps everything and starts from no snapshot.");
  EXPECT_EQ(sentence(kiosk.vault->make_snapshot(scope())), "Snapshots are made by desks.");
  must(fresh.vault->load_snapshot(scope(), snapshot));
}

TEST_F(Snapshots, ACutInsideOfOneBringsTheNextAndWithItWhatCounts) {
  const Cut first{must(vault->heads(scope())).back().number, must(vault->heads(scope())).back().header_hash};
  write(*kiosk.vault, "past the cut");
  bring_segments(*kiosk.vault, *vault, scope());
  AdmittedKiosk fresh = empty_kiosk("fresh");
  const Bytes snapshot = renewed();
  tell(*fresh.vault);
  must(fresh.vault->load_snapshot(scope(), snapshot));
  EXPECT_EQ(board(*fresh.vault).size(), 5u);
  must(end_everywhere(*office, kiosk.founding.device, DeviceState::cut, scope(), {first.number, {}}));
  tell(*fresh.vault);
  EXPECT_EQ(board(*fresh.vault), (std::vector<std::string>{"first", "second", "third"})) << "nothing here says which of it counts";
  const auto wanted = fresh.vault->wanted_snapshot(scope(), PullSoFar::everything);
  ASSERT_TRUE(wanted) << "though the relay may have let the device's segments go";
  const Bytes next = must(kept_snapshot(*vault, scope())).value();
  EXPECT_EQ(*wanted, snapshot_hash(next));
  must(fresh.vault->load_snapshot(scope(), next));
  EXPECT_EQ(board(*fresh.vault), (std::vector<std::string>{"by the kiosk", "first", "second", "third"}));
  EXPECT_EQ(must(fresh.vault->digest(scope())), must(vault->digest(scope())));
  EXPECT_FALSE(fresh.vault->wanted_snapshot(scope(), PullSoFar::everything));
  EXPECT_TRUE(must(fresh.vault->verify()).sound());
}

TEST_F(Snapshots, ACutInsideOfOneTakesItsPartAwayUntilTheNext) {
  AdmittedKiosk fresh = empty_kiosk("fresh");
  const Bytes snapshot = renewed();
  tell(*fresh.vault);
  must(fresh.vault->load_snapshot(scope(), snapshot));
  must(end_everywhere(*office, kiosk.founding.device, DeviceState::cut, scope(), {0, {}}));
  const auto heads = charter().snapshot.value().heads;
  EXPECT_EQ(std::ranges::find(heads, kiosk.number, &SnapshotHead::device), heads.end()) << "it held more than counts";
  tell(*fresh.vault);
  EXPECT_EQ(board(*fresh.vault), (std::vector<std::string>{"first", "second", "third"}));
  EXPECT_EQ(must(fresh.vault->heads(scope())), must(vault->heads(scope())));
  EXPECT_TRUE(must(fresh.vault->verify()).sound());
}

TEST_F(Snapshots, AreReadOnlyByWhoHasTheEpochKeyAndInTheRightOrder) {
  const crypto::SecretBytes epoch = must(office->epoch_key(scope()));
  SnapshotWriter writer(scope(), 1, epoch, random);
  must(writer.add(1, 4, view(std::string_view("four"))));
  EXPECT_EQ(sentence(writer.add(1, 4, view(std::string_view("again")))), "A snapshot is to hold operations out of order.");
  must(writer.add(2, 1, view(std::string_view("one"))));
  const SealedSnapshot sealed = must(writer.finish());
  SnapshotReference named{sealed.hash, sealed.digest, {{1, {4, {}, 7}}, {2, {1, {}, 7}}}};
  const auto reading = [&](const crypto::SecretBytes& with) {
    return sentence(read_snapshot(sealed.bytes, named, with, [](DeviceNumber, OperationNumber, ByteView) { return Status{}; }));
  };
  EXPECT_EQ(reading(epoch), "");
  EXPECT_EQ(reading(crypto::make_key(random)), "A snapshot is sealed under another epoch's key.");
  named.digest[0] ^= 1;
  EXPECT_EQ(reading(epoch), "A snapshot holds something else than the charter names.");
  named.digest[0] ^= 1;
  named.heads[0].head.number = 3;
  EXPECT_EQ(reading(epoch), "A snapshot holds more of a device than the charter names.");
  named.heads.erase(named.heads.begin());
  EXPECT_EQ(reading(epoch), "") << "a later charter cut the first inside of it";
}

TEST_F(Snapshots, SayWhichOfTwoBranchesCountsUpToWhereTheyEnd) {
  const Bytes sent = must(kiosk.vault->next_segment_to_send(scope())).value();
  const SegmentView common = must(parse_segment(sent));
  must(kiosk.vault->acknowledged(scope(), kiosk.number, common.header.last(), common.hash()));
  kiosk.vault.reset();
  std::filesystem::copy_file(folder / "kiosk.db", folder / "copy.db");
  kiosk.vault = must(Vault::open(folder / "kiosk.db", key, options()));
  auto copy = must(Vault::open(folder / "copy.db", key, options()));
  write(*kiosk.vault, "here");
  bring_segments(*kiosk.vault, *vault, scope());
  AdmittedKiosk fresh = empty_kiosk("fresh");
  AdmittedKiosk follower = admit("follower");
  const Bytes snapshot = renewed();
  tell(*fresh.vault);
  must(fresh.vault->load_snapshot(scope(), snapshot));
  tell(*follower.vault);

  write(*copy, "there");
  const Bytes there = must(copy->next_segment_to_send(scope())).value();
  for (Vault* store : {vault.get(), fresh.vault.get(), follower.vault.get()}) {
    must(store->take_segments(scope(), std::span(&there, 1)));
    EXPECT_EQ(board(*store), (std::vector<std::string>{"by the kiosk", "first", "here", "second", "third"}));
    EXPECT_EQ(must(store->digest(scope())), must(vault->digest(scope())));
  }
  EXPECT_EQ(vault->forks().size(), 1u) << "it is told all the same";

  const SegmentView chosen = must(parse_segment(there));
  must(end_everywhere(*office, kiosk.founding.device, DeviceState::cut, scope(), {chosen.header.last(), to_hex(chosen.hash())}));
  const std::vector<std::string> other_branch{"by the kiosk", "first", "second", "there", "third"};
  EXPECT_EQ(board(*vault), other_branch);
  const Bytes next = must(kept_snapshot(*vault, scope())).value();
  EXPECT_EQ(charter().snapshot_end(kiosk.number), (Cut{chosen.header.last(), chosen.hash()}));
  for (Vault* store : {fresh.vault.get(), follower.vault.get()}) {
    tell(*store);
    if (store->wanted_snapshot(scope(), PullSoFar::everything)) must(store->load_snapshot(scope(), next));
    EXPECT_EQ(board(*store), other_branch);
    EXPECT_EQ(must(store->digest(scope())), must(vault->digest(scope())));
    EXPECT_TRUE(must(store->verify()).sound());
  }
}

TEST_F(Snapshots, LeaveOutWhatWaitsForItsTimeWithEverybodyElse) {
  AdmittedKiosk fresh = empty_kiosk("fresh");
  const auto of_desk = [&](const Vault& store) { return must(store.heads(scope())).front().number; };
  const OperationNumber before = of_desk(*vault);
  clock.pass(40 * TestClock::day);
  write(*vault, "ahead");
  must(vault->segments_after(scope(), {}, 1 << 20));
  clock.pass(-40 * TestClock::day);
  ASSERT_GT(of_desk(*vault), before);
  const Bytes snapshot = renewed();
  EXPECT_EQ(charter().snapshot_end(must(vault->identity(scope())).device)->number, before);
  tell(*fresh.vault);
  must(fresh.vault->load_snapshot(scope(), snapshot));
  bring_segments(*vault, *fresh.vault, scope());
  EXPECT_EQ(of_desk(*fresh.vault), before);
  EXPECT_EQ(board(*fresh.vault), (std::vector<std::string>{"by the kiosk", "first", "second", "third"}));
  clock.pass(40 * TestClock::day);
  must(fresh.vault->pass_time());
  EXPECT_EQ(of_desk(*fresh.vault), of_desk(*vault)) << "its time has come";
}

TEST_F(Snapshots, OfADeskWhoseClockRanAheadGiveNothingOfWhatIsNotYetDue) {
  AdmittedKiosk fresh = empty_kiosk("fresh");
  tell(*fresh.vault);
  write(*vault, "of today");
  must(vault->segments_after(scope(), {}, 1 << 20));
  MadeSnapshot made = must(vault->make_snapshot(scope()));
  for (SnapshotHead& head : made.named.heads) head.head.stamp += std::uint64_t{40 * 96} << 32;
  must(office->amend(scope(), [&](Charter& next) { return name_snapshot(next, made.named); }));
  tell(*fresh.vault);
  EXPECT_EQ(fresh.vault->wanted_snapshot(scope(), PullSoFar::everything), std::nullopt);
  must(fresh.vault->load_snapshot(scope(), made.bytes));
  EXPECT_TRUE(board(*fresh.vault).empty());
  bring_segments(*vault, *fresh.vault, scope());
  EXPECT_EQ(must(fresh.vault->digest(scope())), must(vault->digest(scope()))) << "by segments, which say when they were written";
}

TEST_F(Snapshots, ArePutInTheFormersPlaceOnlyWhenEveryDeskHoldsWhatThatCovered) {
  AdmittedKiosk desk;
  desk.founding = make_founding(vault->organisation(), root.public_key, random);
  for (const ScopeId& each : scopes()) desk.number = must(office->admit(each, listed(desk.founding, DeviceClass::desk)));
  desk.vault = must(Vault::create(folder / "desk.db", key, desk.founding, options()));
  const Bytes former = renewed();
  EXPECT_EQ(
      sentence(renew_snapshot(*office, scope())),
      "Desk " + std::to_string(desk.number) +
          " has not confirmed yet that it holds what the present snapshot covers, and could get it nowhere after the next one: let it "
          "run with the relay for a day (huisbordctl replica), or cut it.");
  EXPECT_EQ(must(kept_snapshot(*vault, scope())), former) << "which stays";
  bring(*vault, *desk.vault);
  EXPECT_FALSE(renew_snapshot(*office, scope())) << "it has not said so";
  must(desk.vault->record_witness(scope()));
  bring_segments(*desk.vault, *vault, scope());
  EXPECT_NE(renewed(), former);
}

TEST_F(Snapshots, OfManyPartsComesBackWhole) {
  const crypto::SecretBytes epoch = must(office->epoch_key(scope()));
  SnapshotWriter writer(scope(), 1, epoch, random);
  Bytes raw(16'000);
  for (OperationNumber number = 1; number <= 300; ++number) {
    random.fill(std::span(raw).first(64));
    must(writer.add(1, number, raw));
  }
  const SealedSnapshot sealed = must(writer.finish());
  EXPECT_GT(must(parse_snapshot(sealed.bytes)).parts, 4u);
  OperationNumber last = 0;
  must(read_snapshot(sealed.bytes, {sealed.hash, sealed.digest, {{1, {300, {}, 7}}}}, epoch,
                     [&](DeviceNumber, OperationNumber number, ByteView bytes) -> Status {
                       EXPECT_EQ(bytes.size(), raw.size());
                       last = number;
                       return {};
                     }));
  EXPECT_EQ(last, 300u);
}

}  // namespace
}  // namespace huisbord
