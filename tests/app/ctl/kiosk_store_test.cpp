// SPDX-License-Identifier: GPL-3.0-or-later
// A kiosk made by files opens, holds the house, and lets a resident in with a PIN; a store that rots is found out.
#include "app/ctl/kiosk_store.h"

#include <gtest/gtest.h>

#include <fstream>

#include "core/crypto/pin.h"
#include "core/office/root_key.h"
#include "core/store/pin_secret.h"
#include "tests/app/ctl/temporary_desk.h"

namespace huisbord {
namespace {

class Kiosk : public TemporaryDesk {
 protected:
  void SetUp() override {
    TemporaryDesk::SetUp();
    people(fixture("people.csv"));
    leefgeld(fixture("leefgeld.csv"));
    const KioskPlan plan{folder.path() / "kiosk", house(), &kiosk_phrase, &passphrase, StaffId{{7}}, "http://127.0.0.1:1"};
    const auto made = make_kiosk(*desk, plan, test_day);
    ASSERT_TRUE(made) << made.error().sentence;
    store_key = open_store_key(folder.path() / "kiosk", kiosk_phrase).value();
    auto opened = Vault::open(vault_path(folder.path() / "kiosk"), store_key);
    ASSERT_TRUE(opened) << opened.error().sentence;
    kiosk = std::move(*opened);
  }
  crypto::SecretBytes kiosk_phrase = crypto::make_house_phrase(crypto::system_random());
  crypto::SecretBytes passphrase = crypto::SecretBytes::copy_of(view("welkom in dit huis"));
  crypto::SecretBytes store_key;
  std::unique_ptr<Vault> kiosk;
};

TEST_F(Kiosk, HoldsWhatTheDeskHoldsOfItsHouse) {
  EXPECT_EQ(kiosk->houses()->size(), 1u);
  EXPECT_EQ(kiosk->digest(scope()).value(), desk->vault().digest(scope()).value());
  EXPECT_TRUE(kiosk->verify()->sound());
  EXPECT_TRUE(kiosk->people_with_keys()->empty());
}

TEST_F(Kiosk, OpensAResidentsRecordByTheFirstPinAndNoOther) {
  const PersonId amanuel = person("Amanuel");
  const auto pin = set_first_pin(*kiosk, house(), amanuel, passphrase, nullptr);
  ASSERT_TRUE(pin) << pin.error().sentence;
  EXPECT_EQ(pin->size(), crypto::pin_digits);
  const auto wrap = crypto::PinWrap::parse(*kiosk->setting(pin_setting(amanuel)).value());
  const auto mixed_with = pin_secret(*kiosk, crypto::system_random());
  ASSERT_TRUE(mixed_with);
  const auto key = crypto::open_pin_wrap(wrap.value(), *pin, *mixed_with, amanuel.view());
  ASSERT_TRUE(key);
  EXPECT_EQ(kiosk->open_person(scope(), amanuel, *key)->identity->called, "Amanuel");
  EXPECT_EQ(kiosk->open_person(scope(), amanuel, *key)->entries.size(), 5u);
  const auto wrong = crypto::SecretBytes::copy_of(view(text_view(pin->view()) == "271828" ? "314159" : "271828"));
  EXPECT_FALSE(crypto::open_pin_wrap(*wrap, wrong, *mixed_with, amanuel.view()));
}

TEST_F(Kiosk, SetsNoPinWithoutTheStaffPassphrase) {
  const auto refused = set_first_pin(*kiosk, house(), person("Amanuel"), crypto::SecretBytes::copy_of(view("geraden woord")), nullptr);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::wrong_key);
}

TEST_F(Kiosk, GetsTheKeysOfPeopleWhoComeLater) {
  people(to_bytes(view("huis;woongroep;kamer;roepnaam;instroom\nHuis Zuid;Groep 1;1;Nieuw;20-11-2026\n")));
  ASSERT_TRUE(kiosk->take_charter(desk->vault().charter(scope()).value().value()));
  const auto segments = desk->vault().segments_after(scope(), kiosk->heads(scope()).value(), 1 << 20);
  ASSERT_TRUE(segments);
  EXPECT_FALSE(segments->empty());
  ASSERT_TRUE(kiosk->take_segments(scope(), *segments));
  EXPECT_TRUE(set_first_pin(*kiosk, house(), person("Nieuw"), passphrase, nullptr));
}

TEST_F(Kiosk, IsNotMadeOverAnotherStore) {
  const KioskPlan plan{folder.path() / "kiosk", house(), &kiosk_phrase, &passphrase, StaffId{{7}}, ""};
  const auto again = make_kiosk(*desk, plan, test_day);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::already_exists);
}

TEST_F(Kiosk, WithAFlippedByteIsFoundOut) {
  kiosk.reset();
  const auto path = vault_path(folder.path() / "kiosk");
  const auto size = std::filesystem::file_size(path);
  SeededRandom random(11);
  for (int i = 0; i < 24; ++i) {
    const auto place = static_cast<std::streamoff>(random.next() % size);
    const auto flip = [&] {
      std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
      file.seekg(place);
      const auto byte = static_cast<char>(file.get() ^ 1);
      file.seekp(place);
      file.put(byte);
    };
    flip();
    auto opened = Vault::open(path, store_key);
    if (opened) {
      const auto report = (*opened)->verify();
      EXPECT_TRUE(!report || !report->sound()) << "byte " << place;
      if (report) {
        for (const std::string& fault : report->faults) EXPECT_FALSE(fault.empty());
      }
    } else {
      EXPECT_FALSE(opened.error().sentence.empty());
    }
    opened = fail(ErrorCode::io, "");
    flip();
  }
  const auto whole = Vault::open(path, store_key);
  ASSERT_TRUE(whole);
  EXPECT_TRUE((*whole)->verify()->sound());
}

using DeskStore = TemporaryDesk;

TEST_F(DeskStore, OpensWithItsPhraseAlone) {
  desk.reset();
  const auto other = crypto::make_house_phrase(crypto::system_random());
  const auto refused = Desk::open(folder.path() / "desk", other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::wrong_key);
  reopen();
  EXPECT_TRUE(desk->vault().verify()->sound());
}

TEST_F(DeskStore, IsMadeOnceAndKeepsTheRootKeyOutside) {
  const auto again = Desk::create({folder.path() / "desk", {folder.path() / "other-root"}}, phrase);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::already_exists);
  EXPECT_FALSE(std::filesystem::exists(root_key_path(folder.path() / "other-root")));
  const auto root = root_key_path(folder.path() / "root");
  EXPECT_EQ(std::filesystem::status(root).permissions() & std::filesystem::perms::all,
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(DeskStore, OfAnotherOrganisationMayHaveTheSameRootKey) {
  const auto other = Desk::create({folder.path() / "other", {folder.path() / "root"}}, phrase);
  ASSERT_TRUE(other) << other.error().sentence;
  EXPECT_EQ(read_root_key(folder.path() / "root")->public_key, desk->vault().founding().root);
}

TEST_F(DeskStore, FindsAHouseByNameInAnyCaseAndTellsWhichThereAre) {
  const auto founded = desk->found_house("Huis De Test");
  ASSERT_TRUE(founded);
  EXPECT_EQ(desk->found_house("huis de test").value(), *founded);
  EXPECT_EQ(desk->find_house("HUIS DE TEST")->id, *founded);
  EXPECT_EQ(desk->find_house(founded->hex())->name, "Huis De Test");
  EXPECT_NE(desk->find_house("elders").error().sentence.find("Huis De Test"), std::string::npos);
}

}  // namespace
}  // namespace huisbord
