// SPDX-License-Identifier: GPL-3.0-or-later
// A store put back an hour, a store that runs twice, a crash between put and receipt: the first two become new devices, the third does not.
#include <algorithm>

#include "tests/core/store/house_test.h"

namespace huisbord {
namespace {

class RenewingTest : public HouseTest {
 protected:
  /// The kiosk's file as it is now, opened as if it had been put back later or elsewhere.
  std::unique_ptr<Vault> copy(const std::string& name) {
    must(kiosk_->fold_log());
    std::filesystem::copy_file(folder_ / "kiosk.db", folder_ / name);
    return open(name);
  }
  std::unique_ptr<Vault> open(const std::string& name) {
    return must(Vault::open(folder_ / name, SmallOrganisation::store_key(), organisation_.options()));
  }
  void done_at(Vault& vault, int days) { must(vault.record(house(), Actor::none(), DutyDone{duty(days), true})); }
  /// The next segment, sealed and put; the receipt did not come.
  Bytes put(Vault& vault) { return must(vault.next_segment_to_send(house())).value(); }
  static void receipt(Vault& vault, const ScopeId& scope, const Bytes& segment) {
    const SegmentView view = must(parse_segment(segment));
    must(vault.acknowledged(scope, view.header.device, view.header.last(), view.hash()));
  }
  static ByteView header_of(const Bytes& segment) { return ByteView(segment).first(signed_header_size); }
  static Cut cut_at(const Bytes& segment) {
    const SegmentView view = must(parse_segment(segment));
    return {view.header.last(), view.hash()};
  }
  /// Lists the new device in both scopes, next to the old one or instead of it.
  void admit(Vault& vault, const std::optional<Cut>& old_cut, Vault* also = nullptr) {
    CharterDevice device = must(vault.new_identity());
    device.number = ++last_number_;
    for (const ScopeId& scope : {organisation_.org(), house()}) {
      Charter& charter = organisation_.charter(scope);
      charter.devices.push_back(device);
      const auto next = next_epochs_.find(scope);
      const crypto::SecretBytes& key = next == next_epochs_.end() ? organisation_.epoch_key(scope) : next->second;
      charter.epochs.back().grants.push_back(seal_grant(scope, key, device, organisation_.random()));
    }
    if (old_cut) organisation_.cut(house(), kiosk_device_.number, *old_cut);
    for (const ScopeId& scope : {organisation_.org(), house()}) {
      const Bytes signed_charter = organisation_.sign(scope);
      for (Vault* each : {&vault, desk_.get(), also}) {
        if (each != nullptr) must(each->take_charter(signed_charter));
      }
    }
  }
  /// Both scopes have another epoch, granted to the keys that their charters list by now.
  std::vector<Bytes> begin_epochs() {
    std::vector<Bytes> charters;
    for (const ScopeId& scope : {organisation_.org(), house()}) {
      Charter& charter = organisation_.charter(scope);
      const crypto::SecretBytes& key = next_epochs_.emplace(scope, crypto::make_key(organisation_.random())).first->second;
      Epoch& epoch = charter.epochs.emplace_back(Epoch{crypto::key_id(key), 2, {}});
      for (const CharterDevice& device : charter.devices) epoch.grants.push_back(seal_grant(scope, key, device, organisation_.random()));
      charters.push_back(organisation_.sign(scope));
    }
    return charters;
  }
  std::set<int> done_days(const Vault& vault) {
    std::set<int> days;
    for (int day = 0; day < 7; ++day) {
      if (duty_at(vault, day).duty.done) days.insert(day);
    }
    return days;
  }

  DeviceNumber last_number_ = 2;
  std::map<ScopeId, crypto::SecretBytes> next_epochs_;
};

TEST_F(RenewingTest, AStoreThatWasPutBackAnHourBecomesANewDeviceAndLosesNothing) {
  done_at(*kiosk_, 0);
  const Bytes first = put(*kiosk_);
  receipt(*kiosk_, house(), first);
  must(desk_->take_segments(house(), std::vector<Bytes>{first}));
  auto restored = copy("restored.db");
  done_at(*kiosk_, 1);
  const Bytes lost = put(*kiosk_);
  must(desk_->take_segments(house(), std::vector<Bytes>{lost}));
  kiosk_.reset();

  done_at(*restored, 2);
  // It pulls before it seals, and meets a segment of its own that it does not have.
  EXPECT_EQ(must(restored->take_segments(house(), std::vector<Bytes>{lost})).refused.size(), 1u);
  EXPECT_TRUE(restored->must_become_new());
  EXPECT_FALSE(must(restored->next_segment_to_send(house())));
  done_at(*restored, 3);
  EXPECT_EQ(done_days(*restored), (std::set<int>{0, 2, 3})) << "the house goes on";
  const CharterDevice asked = must(restored->new_identity());
  restored.reset();
  restored = open("restored.db");
  EXPECT_TRUE(restored->must_become_new()) << "also after it was switched off and on";
  EXPECT_EQ(must(restored->new_identity()).id, asked.id) << "and under the same new keys";

  admit(*restored, cut_at(lost));
  EXPECT_FALSE(restored->must_become_new());
  EXPECT_EQ(restored->waiting_count(), 2u);
  EXPECT_EQ(must(restored->identity(house())).device, 3u);
  must(restored->take_segments(house(), std::vector<Bytes>{lost}));
  const Bytes moved = put(*restored);
  EXPECT_EQ(must(parse_segment(moved)).header.device, 3u);
  EXPECT_EQ(must(desk_->take_segments(house(), std::vector<Bytes>{moved})).operations, 2u);
  receipt(*restored, house(), moved);
  EXPECT_EQ(done_days(*desk_), (std::set<int>{0, 1, 2, 3}));
  EXPECT_EQ(must(restored->digests(house())), must(desk_->digests(house())));
  restored.reset();
  restored = open("restored.db");
  EXPECT_EQ(must(restored->identity(house())).device, 3u);
  EXPECT_EQ(done_days(*restored), (std::set<int>{0, 1, 2, 3}));
  done_at(*restored, 4);
  EXPECT_EQ(must(parse_segment(put(*restored))).header.device, 3u);
  for (const Vault* vault : {restored.get(), desk_.get()}) EXPECT_EQ(must(vault->verify()).faults, std::vector<std::string>{});
}

TEST_F(RenewingTest, WhatACopyHadSealedMovesToo) {
  auto clone = copy("clone.db");
  done_at(*kiosk_, 1);
  const Bytes ours = put(*kiosk_);
  done_at(*clone, 2);
  const Bytes theirs = put(*clone);
  done_at(*clone, 3);
  // The relay took the first that came and shows both headers to whoever asks.
  must(desk_->take_segments(house(), std::vector<Bytes>{ours}));
  receipt(*kiosk_, house(), ours);
  must(clone->saw_own_evidence(house(), header_of(ours)));
  must(kiosk_->saw_own_evidence(house(), header_of(theirs)));
  EXPECT_TRUE(clone->must_become_new());
  EXPECT_TRUE(kiosk_->must_become_new()) << "which of two is the copy nobody can say: both are";
  EXPECT_FALSE(must(clone->next_segment_to_send(house())));

  admit(*clone, cut_at(ours));
  EXPECT_EQ(clone->waiting_count(), 2u);
  must(clone->take_segments(house(), std::vector<Bytes>{ours}));
  admit(*kiosk_, std::nullopt, clone.get());
  done_at(*kiosk_, 4);
  const Bytes of_clone = put(*clone);
  const Bytes of_kiosk = put(*kiosk_);
  EXPECT_NE(must(parse_segment(of_clone)).header.device, must(parse_segment(of_kiosk)).header.device);
  for (Vault* vault : {desk_.get(), clone.get(), kiosk_.get()})
    must(vault->take_segments(house(), std::vector<Bytes>{ours, of_clone, of_kiosk}));
  for (const Vault* vault : {desk_.get(), clone.get(), kiosk_.get()}) {
    EXPECT_EQ(done_days(*vault), (std::set<int>{1, 2, 3, 4}));
    EXPECT_EQ(must(vault->digests(house())), must(desk_->digests(house())));
    EXPECT_EQ(must(vault->verify()).faults, std::vector<std::string>{});
  }
}

TEST_F(RenewingTest, WhatACopySealedUnderALaterCharterIsNoReceiptForWhatWaitsHere) {
  auto clone = copy("clone.db");
  done_at(*clone, 2);
  const Bytes later = organisation_.sign(house());
  must(kiosk_->take_charter(later));
  must(desk_->take_charter(later));
  done_at(*kiosk_, 1);
  const Bytes ours = put(*kiosk_);
  receipt(*kiosk_, house(), ours);
  must(desk_->take_segments(house(), std::vector<Bytes>{ours}));

  EXPECT_EQ(must(clone->take_segments(house(), std::vector<Bytes>{ours})).refused.size(), 1u);
  EXPECT_TRUE(clone->must_become_new()) << "its own signature it knows without that charter";
  const SegmentView view = must(parse_segment(ours));
  must(clone->relay_holds_own(house(), {view.header.device, view.header.last(), view.hash()}));
  admit(*clone, cut_at(ours));
  EXPECT_EQ(clone->waiting_count(), 1u);
  must(clone->take_segments(house(), std::vector<Bytes>{ours}));
  must(desk_->take_segments(house(), std::vector<Bytes>{put(*clone)}));
  for (const Vault* vault : {desk_.get(), clone.get()}) {
    EXPECT_EQ(done_days(*vault), (std::set<int>{1, 2}));
    EXPECT_EQ(must(vault->digests(house())), must(desk_->digests(house())));
    EXPECT_EQ(must(vault->verify()).faults, std::vector<std::string>{});
  }
}

TEST_F(RenewingTest, AStoreFromBeforeItsSealingKeyTurnedKnowsByTheCharterThatItIsACopy) {
  must(kiosk_->tend_keys());
  for (int i = 0; i < 7; ++i) must(desk_->record(house(), Actor::none(), DutyPlanned{task_, today() + 31 + i, rooms_[0]}));
  exchange();
  auto former = copy("former.db");
  organisation_.clock.pass(31 * TestClock::day);
  must(kiosk_->tend_keys());
  must(desk_->take_segments(house(), drain(*kiosk_, house())));
  for (const ScopeId& scope : {organisation_.org(), house()})
    for (CharterDevice& device : organisation_.charter(scope).devices)
      if (device.number == kiosk_device_.number) device.sealing_key = kiosk_->sealing_key();
  for (const Bytes& charter : begin_epochs())
    for (Vault* each : {kiosk_.get(), desk_.get(), former.get()}) must(each->take_charter(charter));
  EXPECT_FALSE(kiosk_->must_become_new());
  EXPECT_TRUE(former->must_become_new()) << "nobody else announces a sealing key for it";

  mark_done(1);
  const std::vector<Bytes> of_next = drain(*kiosk_, house());
  done_at(*former, 2);
  EXPECT_EQ(must(former->take_segments(house(), of_next)).refused.size(), 1u);
  must(desk_->take_segments(house(), of_next));
  admit(*former, cut_at(of_next.back()));
  for (const ScopeId& scope : {organisation_.org(), house()})
    must(former->take_segments(scope, must(desk_->segments_after(scope, must(former->heads(scope)), std::size_t{1} << 24))));
  must(desk_->take_segments(house(), drain(*former, house())));
  for (const Vault* vault : {desk_.get(), former.get()}) {
    EXPECT_EQ(done_days(*vault), (std::set<int>{1, 2}));
    EXPECT_EQ(must(vault->digests(house())), must(desk_->digests(house())));
    EXPECT_EQ(must(vault->verify()).faults, std::vector<std::string>{});
  }
}

TEST_F(RenewingTest, ACutThatComesBeforeTheAdmissionLosesNothingEither) {
  auto clone = copy("clone.db");
  done_at(*kiosk_, 1);
  const Bytes ours = put(*kiosk_);
  must(desk_->take_segments(house(), std::vector<Bytes>{ours}));
  done_at(*clone, 2);
  (void)put(*clone);
  done_at(*clone, 3);
  must(clone->saw_own_evidence(house(), header_of(ours)));
  organisation_.cut(house(), kiosk_device_.number, cut_at(ours));
  const Bytes cut = organisation_.sign(house());
  for (Vault* vault : {clone.get(), desk_.get()}) must(vault->take_charter(cut));
  clone.reset();
  clone = open("clone.db");
  admit(*clone, std::nullopt);
  EXPECT_EQ(clone->waiting_count(), 2u);
  must(desk_->take_segments(house(), std::vector<Bytes>{put(*clone)}));
  EXPECT_EQ(done_days(*desk_), (std::set<int>{1, 2, 3}));
}

TEST_F(RenewingTest, ACrashBetweenPutAndReceiptIsNoCopy) {
  done_at(*kiosk_, 0);
  const Bytes sent = put(*kiosk_);
  must(desk_->take_segments(house(), std::vector<Bytes>{sent}));
  kiosk_.reset();  // killed before the receipt
  kiosk_ = open("kiosk.db");
  done_at(*kiosk_, 1);
  EXPECT_EQ(put(*kiosk_), sent) << "the exact bytes were kept";
  must(kiosk_->saw_own_evidence(house(), header_of(sent)));
  EXPECT_EQ(must(kiosk_->take_segments(house(), std::vector<Bytes>{sent})).held, 1u);
  EXPECT_FALSE(kiosk_->must_become_new());
  const SegmentView view = must(parse_segment(sent));
  must(kiosk_->relay_holds_own(house(), {view.header.device, view.header.last(), view.hash()}));
  EXPECT_EQ(kiosk_->waiting_count(), 1u) << "what the relay holds needs no second sending";
  EXPECT_NE(put(*kiosk_), sent);
  EXPECT_EQ(kiosk_->new_identity().error().code, ErrorCode::forbidden);
}

TEST_F(RenewingTest, NobodyElseCanTalkAStoreOutOfItsName) {
  done_at(*kiosk_, 0);
  const Bytes own = put(*kiosk_);
  must(kiosk_->relay_holds_own(house(), {kiosk_device_.number, 99, HeaderHash{}}));
  Bytes forged = to_bytes(header_of(own));
  forged[header_size - 1] ^= 1;
  must(kiosk_->saw_own_evidence(house(), forged));
  must(kiosk_->saw_own_evidence(house(), Bytes{1, 2, 3}));
  must(kiosk_->saw_own_evidence(organisation_.org(), header_of(own)));
  must(kiosk_->saw_own_evidence(house(), header_of(sent_by_desk_[house()].at(0))));
  EXPECT_FALSE(kiosk_->must_become_new());
}

TEST_F(RenewingTest, ADesksWitnessOfWhatThisStoreLacksIsEnough) {
  auto restored = copy("restored.db");
  done_at(*kiosk_, 0);
  exchange();
  must(desk_->record_witness(house()));
  const std::vector<Bytes> witness = drain(*desk_, house());
  must(kiosk_->take_segments(house(), witness));
  EXPECT_FALSE(kiosk_->must_become_new());
  must(restored->take_segments(house(), witness));
  EXPECT_TRUE(restored->must_become_new());
}

TEST_F(RenewingTest, ARestoredStoreIsToldAndKeepsWhatItHadNotSent) {
  const auto person = fresh<PersonTag>();
  const crypto::SecretBytes key = crypto::make_key(organisation_.random());
  Appointment appointment;
  appointment.id = fresh<AppointmentTag>();
  appointment.day = appointment.end_day = today() + 3;
  must(desk_->record(house(), Actor::none(), person, key, {appointment}));
  exchange();
  must(kiosk_->record(house(), Actor::of(person), person, key, {AppointmentAnswered{appointment.id, Answer::coming}}));
  must(kiosk_->mark_copied());
  organisation_.clock.pass(60 * TestClock::day);
  must(kiosk_->pass_time());
  admit(*kiosk_, Cut{});
  EXPECT_EQ(kiosk_->waiting_count(), 1u) << "past its term, and still not sent";
  must(desk_->take_segments(house(), std::vector<Bytes>{put(*kiosk_)}));
  const PersonRecord record = must(desk_->open_person(house(), person, key));
  EXPECT_EQ(record.appointments.at(0).appointment.answer, Answer::coming);
  EXPECT_EQ(must(kiosk_->verify()).faults, std::vector<std::string>{});
}

}  // namespace
}  // namespace huisbord
