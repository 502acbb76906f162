// SPDX-License-Identifier: GPL-3.0-or-later
// Killed at any call that changes a file: pairing, another store key, ways into a store, backup and restore end as before or as after.
#include "tests/support/killed.h"

#include <algorithm>

#include "core/crypto/memory.h"
#include "core/crypto/words.h"
#include "core/joining/paired_store.h"
#include "core/office/backup_restore.h"
#include "core/office/invitation.h"
#include "core/office/person_keys.h"
#include "core/store/store_key.h"
#include "tests/core/office/small_office.h"

namespace huisbord {
namespace {

namespace fs = std::filesystem;

constexpr crypto::Argon2Parameters cheap{1, std::size_t{8} * 1024};

class KilledTest : public SmallOffice {
 protected:
  void SetUp() override {
    SmallOffice::SetUp();
    for (const char* title : {"Noord", "Zuid"}) must(vault->record(scope(), Actor::none(), Woongroep{random.id<WoongroepTag>(), title, 1}));
    (void)must(make_person_key(*office, random.id<PersonTag>()));
  }
  /// Runs \p work in a folder like \p before, killed at every call (of more than sixty at a seeded choice of them), and looks at each time.
  /// How often it was killed.
  std::uint64_t killed_everywhere(const fs::path& before, const std::function<Status(const fs::path&)>& work,
                                  const std::function<void(const fs::path&, const std::string& when)>& look) {
    const auto run = [&](std::uint64_t nth) {
      fs::remove_all(at());
      fs::create_directory(at());
      if (!before.empty()) fs::copy(before, at(), fs::copy_options::recursive);
      return run_killed_at(nth, [&] { return work(at()).has_value(); });
    };
    const KilledRun whole = run(0);
    EXPECT_TRUE(whole.ended && whole.right) << "left alone it goes well";
    EXPECT_GT(whole.calls, 3u);
    look(at(), "not killed");
    std::vector<std::uint64_t> places(whole.calls);
    for (std::uint64_t i = 0; i < places.size(); ++i) places[i] = i + 1;
    for (std::size_t i = 0; i < places.size(); ++i) std::swap(places[i], places[random.below(static_cast<std::uint32_t>(places.size()))]);
    places.resize(std::min<std::size_t>(places.size(), 60));
    std::ranges::sort(places);
    std::uint64_t kills = 0;
    for (const std::uint64_t place : places) {
      const KilledRun killed = run(place);
      if (!killed.ended) ++kills;
      look(at(), "killed at call " + std::to_string(place) + " of " + std::to_string(whole.calls));
    }
    return kills;
  }
  [[nodiscard]] fs::path at() const { return folder / "at"; }
  /// A store's folder: vault and key file.
  fs::path stored() {
    const fs::path made = folder / "stored";
    fs::create_directory(made);
    office.reset();
    vault.reset();
    fs::copy_file(folder / "office.db", vault_path(made));
    must(must(crypto::KeyslotFile::make(key, phrase, cheap, random)).save(keyslots_path(made)));
    return made;
  }
  std::unique_ptr<Vault> open(const fs::path& where, const std::string& when) {
    auto opened_key = open_store_key(where, crypto::FactorInput::with_phrase(phrase));
    EXPECT_TRUE(opened_key) << when << ": " << sentence(opened_key);
    if (!opened_key) return nullptr;
    auto opened = Vault::open(vault_path(where), *opened_key, options());
    EXPECT_TRUE(opened) << when << ": " << sentence(opened);
    return opened ? std::move(*opened) : nullptr;
  }
  void expect_whole(const Vault& store, const std::string& when) {
    EXPECT_EQ(must(store.woongroepen(scope())).size(), 2u) << when;
    EXPECT_TRUE(must(store.verify()).sound()) << when;
  }

  crypto::SecretBytes phrase = crypto::make_house_phrase(random);
};

TEST_F(KilledTest, WhilePairedThereIsNoStoreOrOneThatWaitsToBeAdmitted) {
  const NewDeviceKeys keys = make_new_device_keys(random);
  const PairingOffer offer = must(make_offer(*office, house, random.id<StaffTag>()));
  const auto make = [&](const fs::path& where) -> Status {
    TRY_ASSIGN(const auto made, make_paired_store(vault_path(where), key, keys, offer, nullptr, random, options()));
    return {};
  };
  int stores = 0;
  const std::uint64_t kills = killed_everywhere({}, make, [&](const fs::path& where, const std::string& when) {
    if (fs::exists(vault_path(where))) ++stores;
    // Asked again, as the person before the kiosk would.
    if (!fs::exists(vault_path(where))) {
      const Status again = make(where);
      ASSERT_TRUE(again) << when << ": " << sentence(again);
    }
    const auto kiosk = must(Vault::open(vault_path(where), key, options()));
    EXPECT_EQ(kiosk->founding().device, keys.device) << when;
    EXPECT_TRUE(must(awaited_admission(*kiosk)).has_value()) << when;
  });
  EXPECT_GT(kills, 10u);
  EXPECT_GT(stores, 1) << "some kills came after it stood there";
}

TEST_F(KilledTest, WhileItsKeyIsRenewedAStoreOpensByItsPhrase) {
  const fs::path before = stored();
  const auto renew = [&](const fs::path& where) -> Status {
    TRY_ASSIGN(const auto opened_key, open_store_key(where, crypto::FactorInput::with_phrase(phrase)));
    TRY_ASSIGN(const auto store, Vault::open(vault_path(where), opened_key, options()));
    return renew_store_key(*store, where, random);
  };
  int former = 0;
  const std::uint64_t kills = killed_everywhere(before, renew, [&](const fs::path& where, const std::string& when) {
    const auto store = open(where, when);
    ASSERT_NE(store, nullptr);
    expect_whole(*store, when);
    former += crypto::equal(store->store_key().view(), key.view()) ? 1 : 0;
    EXPECT_FALSE(fs::exists(where / "keyslots.next")) << when;
    const Status again = renew_store_key(*store, where, random);
    EXPECT_TRUE(again) << when << ": and once more: " << sentence(again);
  });
  EXPECT_GT(kills, 20u);
  EXPECT_GT(former, 0);
  EXPECT_LT(former, static_cast<int>(kills));
}

TEST_F(KilledTest, WhileAWayInIsAddedOrRemovedTheOthersOpen) {
  const fs::path before = stored();
  const crypto::SecretBytes other = crypto::make_house_phrase(random);
  const auto change = [&](const fs::path& where) -> Status {
    TRY_ASSIGN(auto file, crypto::KeyslotFile::load(keyslots_path(where)));
    TRY_ASSIGN(const std::uint32_t added, file.add_phrase_slot(key, other, cheap, random));
    TRY_STATUS(file.save(keyslots_path(where)));
    TRY_STATUS(file.remove(file.slots().front().id, key));
    if (added == 0) return fail(ErrorCode::invalid, "no slot");
    return file.save(keyslots_path(where));
  };
  bool seen[4] = {};
  const std::uint64_t kills = killed_everywhere(before, change, [&](const fs::path& where, const std::string& when) {
    const auto file = crypto::KeyslotFile::load(keyslots_path(where));
    ASSERT_TRUE(file) << when << ": " << sentence(file);
    const bool first = file->open(crypto::FactorInput::with_phrase(phrase)).has_value();
    const bool second = file->open(crypto::FactorInput::with_phrase(other)).has_value();
    seen[(first ? 1 : 0) + (second ? 2 : 0)] = true;
  });
  EXPECT_GT(kills, 5u);
  EXPECT_FALSE(seen[0]) << "some phrase opens always";
  EXPECT_TRUE(seen[1] && seen[2] && seen[3]) << "before, between the two changes, after";
}

TEST_F(KilledTest, WhileBackedUpThereIsNoCopyOrAWholeOneWithoutKeys) {
  const crypto::SecretBytes copy_key = crypto::make_key(random);
  const crypto::SigningKeyPair delegated = crypto::make_signing_key(random);
  const Founding founding = make_founding(vault->organisation(), root.public_key, random);
  const Delegation delegation = delegate(vault->organisation(), 2, in_days(400), delegated.public_key, root);
  const fs::path before = stored();
  const auto back_up = [&](const fs::path& where) -> Status {
    TRY_ASSIGN(const auto store, Vault::open(vault_path(where), key, options()));
    return store->back_up(where / "copy.db", copy_key);
  };
  int copies = 0;
  const std::uint64_t kills = killed_everywhere(before, back_up, [&](const fs::path& where, const std::string& when) {
    expect_whole(*must(Vault::open(vault_path(where), key, options())), when);
    if (!fs::exists(where / "copy.db")) return;
    ++copies;
    // What lives is not restored: a copy that still had its keys would be refused here.
    const Status restored = restore_desk(where / "copy.db", copy_key, founding, nullptr, {}, delegated, delegation, clock.now());
    ASSERT_TRUE(restored) << when << ": " << sentence(restored);
    const auto copy = must(Vault::open(where / "copy.db", copy_key, options()));
    expect_whole(*copy, when);
    EXPECT_TRUE(must(copy->people_with_keys()).empty()) << when;
  });
  EXPECT_GT(kills, 10u);
  EXPECT_GT(copies, 0);
}

TEST_F(KilledTest, WhileItsKeysAreBackedUpTheFormerFileStandsOrTheNew) {
  const fs::path before = folder / "before";
  fs::create_directory(before);
  must(back_up_keys(*office, before / "keys", phrase, cheap));
  (void)must(make_person_key(*office, random.id<PersonTag>()));
  bool seen[3] = {};
  const std::uint64_t kills = killed_everywhere(
      before, [&](const fs::path& where) { return back_up_keys(*office, where / "keys", phrase, cheap); },
      [&](const fs::path& where, const std::string& when) {
        const auto read = read_key_backup(where / "keys", phrase);
        ASSERT_TRUE(read) << when << ": " << sentence(read);
        ASSERT_LE(read->people.size(), 2u);
        seen[read->people.size()] = true;
      });
  EXPECT_GT(kills, 3u);
  EXPECT_TRUE(!seen[0] && seen[1] && seen[2]);
}

TEST_F(KilledTest, WhileRestoredACopyIsStillOneOrIsTheNewDesk) {
  const crypto::SecretBytes copy_key = crypto::make_key(random);
  const fs::path before = folder / "before";
  fs::create_directory(before);
  must(vault->back_up(before / "copy.db", copy_key));
  const crypto::SigningKeyPair delegated = crypto::make_signing_key(random);
  const Delegation delegation = delegate(vault->organisation(), 2, in_days(400), delegated.public_key, root);
  const Founding first = make_founding(vault->organisation(), root.public_key, random);
  const Founding second = make_founding(vault->organisation(), root.public_key, random);
  const auto restore = [&](const fs::path& where, const Founding& founding) {
    return restore_desk(where / "copy.db", copy_key, founding, nullptr, {}, delegated, delegation, clock.now());
  };
  bool seen[2] = {};
  const std::uint64_t kills = killed_everywhere(
      before, [&](const fs::path& where) { return restore(where, first); },
      [&](const fs::path& where, const std::string& when) {
        // Restored again, as yet another device: it goes well, or says that this was done.
        const Status again = restore(where, second);
        if (!again) {
          EXPECT_EQ(again.error().code, ErrorCode::forbidden) << when << ": " << again.error().sentence;
        }
        seen[again ? 0 : 1] = true;
        const auto store = must(Vault::open(where / "copy.db", copy_key, options()));
        EXPECT_EQ(store->founding().device, (again ? second : first).device) << when;
        EXPECT_EQ(must(store->held_charter(scope())).delegation.number, 2u) << when;
        expect_whole(*store, when);
      });
  EXPECT_GT(kills, 5u);
  EXPECT_TRUE(seen[0] && seen[1]);
}

}  // namespace
}  // namespace huisbord
