// SPDX-License-Identifier: GPL-3.0-or-later
// The office writes charters that everybody takes, and nothing when an edit refuses.
#include "core/office/office.h"

#include "core/journal/envelope/charter_edit.h"
#include "core/office/person_keys.h"
#include "tests/core/office/small_office.h"

namespace huisbord {
namespace {

using OfficeTest = SmallOffice;

TEST_F(OfficeTest, AdmitsAKioskThatThenReadsTheHouse) {
  must(vault->record(scope(), Actor::none(), Woongroep{random.id<WoongroepTag>(), "Noord", 1}));
  const AdmittedKiosk kiosk = admit("kiosk");
  EXPECT_EQ(kiosk.number, 2u);
  EXPECT_EQ(must(kiosk.vault->woongroepen(scope())).size(), 1u);
  EXPECT_EQ(must(kiosk.vault->houses()).size(), 1u);
}

TEST_F(OfficeTest, WritesNothingWhenAnEditRefuses) {
  const CharterNumber before = vault->charter_number(scope());
  const Status refused = office->amend(scope(), [](Charter& charter) { return cut_device(charter, 9, {}); });
  EXPECT_EQ(sentence(refused), "The charter lists no such device.");
  EXPECT_EQ(vault->charter_number(scope()), before);
}

TEST_F(OfficeTest, NumbersAndLinksWhatItWrites) {
  const Charter before = charter();
  must(office->amend(scope(), [](Charter&) { return Status{}; }));
  EXPECT_EQ(charter().number, before.number + 1);
  EXPECT_EQ(charter().previous, before.hash);
}

TEST_F(OfficeTest, IsThereAgainWhenTheVaultIsOpenedAnew) {
  const crypto::SigningPublicKey before = office->delegation().key;
  office.reset();
  vault.reset();
  vault = must(Vault::open(folder / "office.db", key, options()));
  office.emplace(must(Office::open(*vault, random)));
  EXPECT_EQ(office->delegation().key, before);
  must(office->amend(scope(), [](Charter&) { return Status{}; }));
}

TEST_F(OfficeTest, AKioskIsNoOffice) {
  const AdmittedKiosk kiosk = admit("kiosk");
  EXPECT_EQ(sentence(Office::open(*kiosk.vault, random)), "This store is no desk's: it holds no key that writes charters.");
}

TEST_F(OfficeTest, GivesAKioskTheKeysOfWhoStaysThereOnce) {
  const AdmittedKiosk kiosk = admit("kiosk");
  const crypto::SealingKeyPair custody = crypto::make_sealing_key(random);
  const WoongroepId woongroep = random.id<WoongroepTag>();
  const Room room{random.id<RoomTag>(), woongroep, "12"};
  Placing placing;
  placing.person = random.id<PersonTag>();
  placing.room = room.id;
  placing.from = Day{20'000};
  must(vault->record(scope(), Actor::none(), Woongroep{woongroep, "Noord", 1}));
  must(vault->record(scope(), Actor::none(), room));
  must(vault->record(scope(), Actor::none(), placing));
  const crypto::SecretBytes person_key = must(make_person_key(*office, placing.person));
  must(hand_out_person_keys(*office, house, Day{20'100}));
  EXPECT_TRUE(charter().keyring.empty()) << "nobody knows the kiosk's custody key yet";
  must(remember_custody(*office, kiosk.founding.device, custody.public_key));
  must(hand_out_person_keys(*office, house, Day{20'100}));
  const Charter held = charter();
  const auto opened = open_person_key(held, placing.person, kiosk.number, custody, kiosk.founding.sealing);
  ASSERT_TRUE(opened) << opened.error().sentence;
  EXPECT_TRUE(std::ranges::equal(opened->view(), person_key.view()));
  must(hand_out_person_keys(*office, house, Day{20'100}));
  EXPECT_EQ(charter().number, held.number) << "nothing was missing, nothing is written";
}

}  // namespace
}  // namespace huisbord
