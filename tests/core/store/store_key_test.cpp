// SPDX-License-Identifier: GPL-3.0-or-later
// Another store key for vault and key file: after each step of the change, and a power cut there, one phrase opens the whole store.
#include "core/store/store_key.h"

#include <fstream>

#include "core/crypto/words.h"
#include "core/store/vault_file.h"
#include "tests/core/store/house_test.h"

namespace huisbord {
namespace {

namespace fs = std::filesystem;

class StoreKey : public HouseTest {
 protected:
  StoreKey() {
    fs::create_directory(folder());
    kiosk_.reset();
    fs::copy_file(folder_ / "kiosk.db", vault_path(folder()));
    phrase_ = crypto::make_house_phrase(organisation_.random());
    auto slots =
        must(crypto::KeyslotFile::make(SmallOrganisation::store_key(), phrase_, {1, std::size_t{8} * 1024}, organisation_.random()));
    must(slots.save(keyslots_path(folder())));
  }
  [[nodiscard]] fs::path folder() const { return folder_ / "store"; }
  [[nodiscard]] fs::path at(const std::string& name) const { return folder() / name; }
  Result<crypto::SecretBytes> key() { return open_store_key(folder(), crypto::FactorInput::with_phrase(phrase_)); }
  std::unique_ptr<Vault> open() { return must(Vault::open(vault_path(folder()), must(key()), organisation_.options())); }
  void expect_whole() {
    const auto vault = open();
    EXPECT_EQ(must(vault->rooms(house())).size(), 2u);
    EXPECT_TRUE(must(vault->verify()).sound());
    EXPECT_FALSE(fs::exists(at("keyslots.next")));
  }

  crypto::SecretBytes phrase_;
};

TEST_F(StoreKey, IsRenewedWithNoPhraseAtHandAndTheFormerOpensNothing) {
  const crypto::SecretBytes former = must(key());
  fs::copy_file(keyslots_path(folder()), at("keyslots.old"));
  {
    const auto vault = open();
    must(renew_store_key(*vault, folder(), organisation_.random()));
    EXPECT_EQ(must(vault->rooms(house())).size(), 2u) << "the open vault goes on";
    must(vault->record(house(), Actor::none(), DutyDone{duty(3), true}));
  }
  EXPECT_FALSE(fs::exists(at("vault.db.making")));
  EXPECT_EQ(Vault::open(vault_path(folder()), former, organisation_.options()).error().code, ErrorCode::wrong_key);
  expect_whole();
  // The old key file, put back: it opens its own key, and that opens nothing here.
  fs::rename(at("keyslots.old"), keyslots_path(folder()));
  EXPECT_EQ(Vault::open(vault_path(folder()), must(key()), organisation_.options()).error().code, ErrorCode::wrong_key);
}

TEST_F(StoreKey, SurvivesACutAfterEachStepOfTheChange) {
  const auto copy_of = [&](const char* name) {
    std::ifstream in(at(name), std::ios::binary);
    return Bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  };
  const auto put = [&](const char* name, const Bytes& bytes) {
    std::ofstream(at(name), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  };
  const Bytes old_slots = copy_of("keyslots"), old_vault = copy_of("vault.db");
  {
    const auto vault = open();
    must(renew_store_key(*vault, folder(), organisation_.random()));
  }
  const Bytes new_slots = copy_of("keyslots"), new_vault = copy_of("vault.db");
  // The next key file is there, and perhaps a copy half made: the former store stands.
  put("keyslots", old_slots), put("keyslots.next", new_slots), put("vault.db", old_vault);
  put("vault.db.making", Bytes(new_vault.begin(), new_vault.begin() + 5000));
  expect_whole();
  // The vault is in place, the key file not yet.
  put("keyslots", old_slots), put("keyslots.next", new_slots), put("vault.db", new_vault);
  expect_whole();
  // Both are in place, the next key file is not removed yet; and one that was cut short.
  put("keyslots", new_slots), put("keyslots.next", new_slots), put("vault.db", new_vault);
  expect_whole();
  put("keyslots", new_slots), put("keyslots.next", Bytes(new_slots.begin(), new_slots.begin() + 40)), put("vault.db", new_vault);
  expect_whole();
}

TEST_F(StoreKey, ACopyHoldsEverythingAndTheEditAndOpensWithItsKeyAlone) {
  const auto vault = open();
  const auto before = must(vault->digest(house()));
  must(vault->rekey(SmallOrganisation::store_key(0x31)));
  EXPECT_EQ(must(vault->digest(house())), before);
  EXPECT_EQ(vault->rekey(crypto::SecretBytes::of_size(31)).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace huisbord
