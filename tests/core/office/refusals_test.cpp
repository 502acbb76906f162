// SPDX-License-Identifier: GPL-3.0-or-later
// Every way in which a charter, a key in it or a segment under it is not what it should be: refused, each with its own sentence.
#include "core/journal/envelope/charter_edit.h"
#include "core/journal/segment.h"
#include "tests/core/office/small_office.h"

namespace huisbord {
namespace {

class Refusals : public SmallOffice {
 protected:
  void SetUp() override {
    SmallOffice::SetUp();
    kiosk = admit("kiosk");
  }
  /// Signed by the hand that writes charters, outside of the office.
  Bytes signed_by_office(Charter next) {
    const auto stored = must(vault->setting("desk.delegated"));
    return must(next.sign(crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(ByteView(*stored).first(32)))));
  }
  std::string taking(ByteView charter) { return sentence(kiosk.vault->take_charter(charter)); }

  AdmittedKiosk kiosk;
};

TEST_F(Refusals, ALowerNumberIsRollback) {
  const Bytes before = *must(vault->charter(scope()));
  must(office->amend(scope(), [](Charter&) { return Status{}; }));
  bring(*vault, *kiosk.vault);
  EXPECT_EQ(taking(before), "A charter has a lower number than the one held.");
  EXPECT_TRUE(kiosk.vault->forks().empty());
}

TEST_F(Refusals, TwoOfOneNumberAreAnAlarmAndBothAreKept) {
  Charter aside = next_charter(charter(), clock.now());
  must(raise_rule_number(aside, 2));
  const Bytes second = signed_by_office(aside);
  Charter third = aside;
  must(raise_rule_number(third, 3));
  must(office->amend(scope(), [](Charter&) { return Status{}; }));
  bring(*vault, *kiosk.vault);
  EXPECT_EQ(taking(second), "There are two charters of one number.");
  EXPECT_EQ(taking(signed_by_office(third)), "There are two charters of one number.") << "and a third fills no disk";
  ASSERT_EQ(kiosk.vault->forks().size(), 1u);
  EXPECT_EQ(kiosk.vault->forks()[0].kind, ForkEvidence::Kind::charter);
  EXPECT_EQ(kiosk.vault->forks()[0].number, aside.number);
  EXPECT_EQ(must(kiosk.vault->held_charter(scope())).hash, charter().hash) << "the one held stays";
}

TEST_F(Refusals, ASecondOneOfAnEarlierNumberIsAnAlarmAsWell) {
  Charter aside = next_charter(charter(), clock.now());
  must(raise_rule_number(aside, 2));
  for (int i = 0; i < 3; ++i) {
    must(office->amend(scope(), [](Charter&) { return Status{}; }));
    bring(*vault, *kiosk.vault);
  }
  EXPECT_EQ(taking(signed_by_office(aside)), "There are two charters of one number.");
  EXPECT_EQ(kiosk.vault->forks().size(), 1u);
}

TEST_F(Refusals, AForgedOneSaysWhichSignatureFails) {
  must(office->amend(scope(), [](Charter&) { return Status{}; }));
  Bytes changed = *must(vault->charter(scope()));
  changed.back() ^= 1;
  EXPECT_EQ(taking(changed), "A charter is not signed by the delegated key.");
  Charter usurped = next_charter(charter(), clock.now());
  const auto stranger = crypto::make_signing_key(random);
  usurped.delegation = delegate(vault->organisation(), 9, in_days(400), stranger.public_key, stranger);
  EXPECT_EQ(taking(must(usurped.sign(stranger))), "A charter's delegation is not signed by the organisation's root key.");
}

TEST_F(Refusals, AnotherOrganisationsOrScopesCharterIsMixedIn) {
  const auto hand = crypto::make_signing_key(random);
  const OrganisationId other = random.id<OrganisationTag>();
  Charter mixed = first_charter(other, random.id<ScopeTag>(), delegate(other, 1, in_days(9), hand.public_key, root), clock.now());
  must(add_device(mixed, listed(kiosk.founding, DeviceClass::kiosk)));
  EXPECT_EQ(taking(must(mixed.sign(hand))), "That charter is of another organisation.");
  mixed.scope = scope();
  mixed.number = 9;
  EXPECT_EQ(taking(must(mixed.sign(hand))), "A charter is of another organisation.");
  const Charter house_charter = charter();
  EXPECT_EQ(sentence(Charter::verify(*must(vault->charter(office->org())), root.public_key, &house_charter)),
            "A charter is of another scope.");
}

TEST_F(Refusals, OneThatDoesNotNameThisDeviceIsNotForIt) {
  const ScopeId unknown = random.id<ScopeTag>();
  must(office->begin_scope(unknown));
  EXPECT_EQ(taking(*must(vault->charter(unknown))), "That charter does not name this device.");
}

TEST_F(Refusals, ADelegationThatHasEndedWritesNoMore) {
  must(office->amend(scope(), [](Charter&) { return Status{}; }));
  clock.pass(401 * TestClock::day);
  EXPECT_EQ(taking(*must(vault->charter(scope()))), "A charter's delegation has ended: the organisation must make a new one.");
  EXPECT_EQ(sentence(office->amend(scope(), [](Charter&) { return Status{}; })), "A charter was written after its delegation ended.");
}

TEST_F(Refusals, SuiteAndRulesNeverGoBack) {
  must(office->amend(scope(), [](Charter& next) { return raise_rule_number(next, 2); }));
  bring(*vault, *kiosk.vault);
  Charter older = next_charter(charter(), clock.now());
  older.rule_number = 1;
  EXPECT_EQ(taking(signed_by_office(older)), "A charter goes back to older rules of merging.");
  Charter held = charter();
  held.lowest_suite = 2;  // as a later release would raise it
  EXPECT_EQ(sentence(Charter::verify(signed_by_office(next_charter(charter(), clock.now())), root.public_key, &held)),
            "A charter accepts an older suite again.");
}

TEST_F(Refusals, ASealedKeyFromAnotherCharterOpensNowhere) {
  const Charter of_org = must(vault->held_charter(office->org()));
  Charter moved = charter();
  moved.epochs.push_back(of_org.epochs.front());
  EXPECT_EQ(name(open_grant(moved, of_org.epochs.front().id, kiosk.number, kiosk.founding.sealing).error().code), std::string("seal"));
  EXPECT_EQ(sentence(open_grant(charter(), of_org.epochs.front().id, kiosk.number, kiosk.founding.sealing)),
            "The charter lists no such epoch.");
}

TEST_F(Refusals, ASegmentUnderAnEpochThatIsNotListedOrAnUnknownCharterOrAnOldSuite) {
  const crypto::SecretBytes stray = crypto::make_key(random);
  const Day today{static_cast<std::int32_t>(clock.now().value / TestClock::day)};
  must(kiosk.vault->record(scope(), Actor::none(),
                           Activity{random.id<ActivityTag>(), ActivityKind::other, "Koken", "Keuken", today, {}, {}, false}));
  const Bytes good = *must(kiosk.vault->next_segment_to_send(scope()));
  const auto opened = must(open_segment(must(parse_segment(good)), must(office->epoch_key(scope()))));
  std::vector<Bytes> operations;
  for (const OpenedOperation& operation : opened) operations.push_back(to_bytes(operation.raw));
  const auto sealed = [&](CharterNumber charter_number, const crypto::SecretBytes& epoch) {
    return must(
        seal_segment({scope(), kiosk.number, charter_number, {}}, operations, epoch, kiosk.founding.signing, random, Padding::none));
  };
  const auto judged = [&](const Bytes& segment, const Charter& by) { return sentence(by.check_segment(must(parse_segment(segment)))); };
  EXPECT_EQ(judged(good, charter()), "");
  EXPECT_EQ(judged(sealed(1, stray), charter()), "A segment is sealed under an epoch that is not in the charter.");
  EXPECT_EQ(judged(sealed(99, must(office->epoch_key(scope()))), charter()), "A segment names a newer charter than the one held.");
  EXPECT_EQ(judged(good, must(vault->held_charter(office->org()))), "A segment is of another scope than the charter.");
  Charter later = charter();
  later.lowest_suite = 2;
  EXPECT_EQ(judged(good, later), "A segment is of a suite that the charter no longer accepts.");
  later = charter();
  std::erase_if(later.devices, [&](const CharterDevice& device) { return device.number == kiosk.number; });
  EXPECT_EQ(judged(good, later), "A segment is of a device that the charter does not list.");
  const TakeReport report = must(vault->take_segments(scope(), std::vector<Bytes>{sealed(1, stray)}));
  EXPECT_EQ(report.segments, 0u);
  ASSERT_EQ(report.refused.size(), 1u);
  EXPECT_EQ(report.refused[0].error.code, ErrorCode::epoch);
}

}  // namespace
}  // namespace huisbord
