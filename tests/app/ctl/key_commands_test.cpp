// SPDX-License-Identifier: GPL-3.0-or-later
// Erasing, backing up, restoring and the ways into a store as an operator meets them, with every refusal.
#include <algorithm>
#include <cstdlib>

#include "core/crypto/pin.h"
#include "core/store/pin_secret.h"
#include "core/tpm/pin_keeper.h"
#include "tests/app/ctl/command_line.h"
#include "tests/core/tpm/software_tpm.h"

namespace huisbord {
namespace {

class KeyCommands : public CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    fill_house();
  }
  [[nodiscard]] std::string erase(const std::string& person = "1/fiets") const { return "erase" + access() + " --person " + person; }
  [[nodiscard]] std::string back_up() const {
    return "backup" + access() + " --out " + path("copy") + " --phrase-out " + path("copy-phrase") + " --keys-out " + path("keys") +
           " --keys-phrase-out " + path("keys-phrase");
  }
  [[nodiscard]] std::string restore(const std::string& more = {}) const {
    return "restore --dir " + path("new") + " --from " + path("copy") + " --phrase-file " + path("copy-phrase") + " --root-dir " +
           path("root") + more;
  }
  [[nodiscard]] std::string with_keys() const { return " --keys " + path("keys") + " --keys-phrase-file " + path("keys-phrase"); }
  [[nodiscard]] std::string slots(const std::string& what) const {
    return "keyslot " + what + " --dir " + path("kiosk") + " --phrase-file " + path("kiosk-phrase");
  }
  [[nodiscard]] bool new_store_is_there() const {
    return std::filesystem::exists(vault_path(path("new"))) || std::filesystem::exists(keyslots_path(path("new")));
  }
};

TEST_F(KeyCommands, EraseAPersonAndSayWhoIsWaitedFor) {
  EXPECT_NE(refused("erase" + access()).find("--person"), std::string::npos);
  EXPECT_NE(refused(erase("9/fiets")), "");
  EXPECT_NE(refused(erase("00112233445566778899aabbccddeeff")), "");
  const PersonId person = [this] {
    Desk desk = open_desk();
    return desk.vault().placings(desk.find_house("huis zuid")->id.as<ScopeTag>())->front().person;
  }();
  expect_done(erase(person.hex()));
  EXPECT_TRUE(has_said("waiting for kiosk 2")) << said;
  EXPECT_TRUE(has_said("Kiosks hear of it at their next contact")) << said;
  EXPECT_NE(refused(erase(person.hex())), "") << "once is for ever";
  expect_done("status" + access());
  EXPECT_TRUE(has_said("erasure  " + person.hex())) << said;
  EXPECT_TRUE(has_said("waiting for kiosk 2")) << said;
  expect_done("device wipe --house 'huis zuid' --device 2" + access());
  expect_done("status" + access());
  EXPECT_FALSE(has_said("waiting for kiosk 2")) << said;
  EXPECT_TRUE(has_said("may still hold what it held: kiosk 2")) << said;
}

TEST_F(KeyCommands, ASnapshotSaysWhenNoCopyHasWhatRelaysLetGo) {
  expect_done("snapshot" + access());
  EXPECT_FALSE(has_said("no copy of this store has it")) << "the first: nothing is let go";
  expect_done("snapshot" + access());
  EXPECT_TRUE(has_said("no copy of this store has it: make one (huisbordctl backup --out)")) << said;
  expect_done(back_up());
  expect_done("snapshot" + access());
  EXPECT_FALSE(has_said("no copy of this store has it")) << said;
  expect_done("snapshot" + access());
  EXPECT_TRUE(has_said("no copy of this store has it")) << "of what came after that copy";
}

TEST_F(KeyCommands, EraseReplacesTheBackupOfKeysOrDoesNothing) {
  expect_done(back_up());
  const std::string sentence = refused(erase());
  EXPECT_NE(sentence.find("--phrase-out"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find(path("keys")), std::string::npos) << sentence;
  EXPECT_NE(refused(erase() + " --phrase-out " + path("keys-phrase")).find("never written over an old one"), std::string::npos);
  const Bytes before = read_source(path("keys"), 1 << 20).value();
  expect_done(erase() + " --phrase-out " + path("next-phrase"));
  EXPECT_TRUE(has_said("Destroy every other copy of the former backup of keys")) << said;
  EXPECT_NE(read_source(path("keys"), 1 << 20).value(), before);
  EXPECT_NE(refused(restore(with_keys())), "") << "the phrase of before opens nothing of it";
  EXPECT_FALSE(new_store_is_there());
}

TEST_F(KeyCommands, BackUpIntoNewFilesAlone) {
  EXPECT_NE(refused("backup" + access() + " --out " + path("copy")).find("--phrase-out"), std::string::npos);
  EXPECT_NE(refused("backup" + access() + " --keys-out " + path("keys")).find("--keys-phrase-out"), std::string::npos);
  expect_done(back_up());
  EXPECT_TRUE(has_said("(no key is in it)")) << said;
  EXPECT_EQ(refused(back_up()), path("copy") + " is there already; name a new one");
  const std::string keys = "backup" + access() + " --keys-out " + path("keys") + " --keys-phrase-out ";
  EXPECT_EQ(refused(keys + path("keys-phrase")), path("keys-phrase") + " is there already; name a new one");
  expect_done(keys + path("keys-phrase-2"));
}

TEST_F(KeyCommands, RestoreMakesADeskThatIsAnotherDevice) {
  expect_done(back_up());
  expect_done(restore(with_keys()));
  EXPECT_TRUE(has_said("a device of its own; the former desk is cut")) << said;
  EXPECT_TRUE(has_said("people   4 whose records open here")) << said;
  EXPECT_EQ(refused(restore(with_keys())), vault_path(path("new")).string() + " is there already; name a new one");
  const std::string there = " --dir " + path("new") + " --phrase-file " + path("copy-phrase") + " --today 2026-11-21";
  expect_done("show people" + there);
  EXPECT_TRUE(has_said("Amanuel")) << said;
  expect_done("device list" + there);
  EXPECT_TRUE(has_said("desk   cut at")) << said;
  expect_done("task add --house 'huis zuid' --place keuken" + there);
  expect_done("verify --dir " + path("new") + " --phrase-file " + path("copy-phrase"));
}

TEST_F(KeyCommands, RestoreWithoutTheKeysReadsNobody) {
  expect_done(back_up());
  expect_done(restore());
  EXPECT_TRUE(has_said("people   0 whose records open here")) << said;
}

TEST_F(KeyCommands, RestoreIsRefusedAndLeavesNothingHalf) {
  expect_done(back_up());
  EXPECT_NE(refused("restore --dir " + path("new") + " --from " + path("copy")).find("--root-dir"), std::string::npos);
  EXPECT_NE(refused(restore(" --keys " + path("keys"))).find("--keys-phrase-file"), std::string::npos);
  EXPECT_EQ(refused("restore --dir " + path("new") + " --from " + path("nowhere") + " --root-dir " + path("root")),
            "there is no copy of a store in " + path("nowhere"));
  EXPECT_FALSE(new_store_is_there());
  const std::string wrong = "restore --dir " + path("new") + " --from " + path("copy") + " --root-dir " + path("root") + " --phrase-file ";
  EXPECT_NE(refused(wrong + path("keys-phrase")), "") << "the phrase of the keys is not that of the copy";
  EXPECT_NE(refused(restore(" --keys " + path("keys") + " --keys-phrase-file " + path("copy-phrase"))), "");
  EXPECT_FALSE(new_store_is_there());
  std::filesystem::rename(path("root"), path("away"));
  EXPECT_EQ(refused(restore(with_keys())), "There is no root key in " + path("root") + ".");
  EXPECT_FALSE(new_store_is_there());
  expect_done("root make --root-dir " + path("root") + " --root-dir " + path("other"));
  EXPECT_EQ(refused(restore(with_keys())), "the root key in " + path("root") + " is another organisation's");
  EXPECT_FALSE(new_store_is_there());
  std::filesystem::remove_all(path("root"));
  std::filesystem::rename(path("away"), path("root"));

  EXPECT_NE(refused(restore(with_keys() + " --relay http://127.0.0.1:1")), "") << "it asks before it takes a number";
  EXPECT_FALSE(new_store_is_there());

  // A byte of the keys, then one in the middle of the copy.
  std::string keys = to_string(read_source(path("keys"), 1 << 20).value());
  keys[keys.size() / 2] = static_cast<char>(keys[keys.size() / 2] ^ 1);
  write(path("damaged"), keys);
  EXPECT_NE(refused(restore(" --keys " + path("damaged") + " --keys-phrase-file " + path("keys-phrase"))), "");
  EXPECT_FALSE(new_store_is_there());
  std::string store = to_string(read_source(vault_path(path("copy")), 1 << 26).value());
  store[100] = static_cast<char>(store[100] ^ 1);
  write(vault_path(path("copy")).string(), store);
  EXPECT_NE(refused(restore(with_keys())), "");
  EXPECT_FALSE(new_store_is_there());
}

TEST_F(KeyCommands, AStoreThatLivesIsNotRestored) {
  const std::string living =
      "restore --dir " + path("new") + " --from " + dir() + " --phrase-file " + path("phrase") + " --root-dir " + path("root");
  EXPECT_EQ(refused(living), "This is a store that lives, or was restored before: only a backup becomes another device.");
  EXPECT_FALSE(new_store_is_there());
}

TEST_F(KeyCommands, KeepTheWaysIntoAStore) {
  expect_done("keyslot list --dir " + path("kiosk"));
  EXPECT_EQ(said, "1  house phrase\n");
  EXPECT_NE(refused("keyslot list --dir " + path("nowhere")), "");
  EXPECT_NE(refused(slots("add")).find("--kind"), std::string::npos);
  EXPECT_NE(refused(slots("add") + " --kind sleutelbos").find("--kind"), std::string::npos);
  EXPECT_NE(refused(slots("add") + " --kind phrase").find("--new-phrase-file"), std::string::npos);
  EXPECT_NE(refused(slots("add") + " --kind phrase --new-phrase-file " + path("phrase")).find("is there already"), std::string::npos);
  EXPECT_NE(refused(slots("add") + " --kind share").find("--i-understand"), std::string::npos);
  EXPECT_NE(refused(slots("add") + " --kind share --i-understand").find("--relay is needed"), std::string::npos);
  EXPECT_NE(refused(slots("add") + " --kind tpm+share").find("--relay is needed"), std::string::npos);
  EXPECT_NE(
      refused("keyslot add --kind phrase --new-phrase-file " + path("x") + " --dir " + path("kiosk") + " --phrase-file " + path("phrase")),
      "");
  expect_done(slots("add") + " --kind phrase --new-phrase-file " + path("second"));
  expect_done("keyslot list --dir " + path("kiosk"));
  EXPECT_EQ(said, "1  house phrase\n2  house phrase\n");
  EXPECT_NE(refused(slots("remove") + " --slot 7"), "");
  EXPECT_NE(refused(slots("remove")).find("--slot"), std::string::npos);
  expect_done(slots("remove") + " --slot 1");
  EXPECT_NE(refused(slots("list-nothing")), "");
  EXPECT_NE(refused(slots("remove") + " --slot 2"), "") << "the phrase of before opens nothing any more";
  EXPECT_NE(refused("keyslot remove --slot 2 --dir " + path("kiosk") + " --phrase-file " + path("second")), "") << "the last one stays";
}

/// Which TPM huisbordctl finds, while this lives.
class MachineWith {
 public:
  explicit MachineWith(const std::string& tpm) { ::setenv("HUISBORD_TPM", tpm.c_str(), 1); }
  ~MachineWith() { ::unsetenv("HUISBORD_TPM"); }
  MachineWith(const MachineWith&) = delete;
  MachineWith& operator=(const MachineWith&) = delete;
};

class PinCommand : public KeyCommands {
 protected:
  [[nodiscard]] std::string pin(const std::string& resident, const std::string& more = {}) const {
    return "kiosk pin --dir " + path("kiosk") + " --phrase-file " + path("kiosk-phrase") + " --staff-passphrase-file " + path("staff") +
           " --room " + resident.substr(0, resident.find('/')) + " --symbol " + resident.substr(resident.find('/') + 1) + more;
  }
  /// Of the codes that this kiosk keeps those that lean on a TPM, and the others.
  std::pair<int, int> wraps() {
    std::pair<int, int> count;
    const auto stored = open_kiosk()->settings("pin.").value();
    for (const auto& [name, bytes] : stored)
      if (const auto wrap = crypto::PinWrap::parse(bytes)) ++(wrap->object.empty() ? count.second : count.first);
    return count;
  }
  SoftwareTpm machine;
  static constexpr const char* nowhere = "device:/dev/no-such-tpm";
};

TEST_F(PinCommand, LeansOnNoTpmWhereTheStoreDoesNot) {
  const MachineWith here(machine.where());  // the office's, perhaps: the store is carried away
  expect_done(pin("1/fiets"));
  EXPECT_EQ(said.size(), 7u) << said;
  EXPECT_EQ(wraps(), std::pair(0, 1));
}

TEST_F(PinCommand, LeansOnTheTpmThatIsNamedAndFromThenOnOnNothingLess) {
  expect_done(pin("1/fiets", " --tpm " + machine.where()));
  const std::string digits = said.substr(0, 6);
  EXPECT_EQ(wraps(), std::pair(1, 0));
  {
    const auto kiosk = open_kiosk();
    const auto stored = kiosk->settings("pin.").value();
    const auto found = std::ranges::find_if(stored, [](const auto& one) { return one.first != "pin.secret"; });
    const auto wrap = crypto::PinWrap::parse(found->second).value();
    const Bytes id = from_hex(found->first.substr(4)).value();
    const auto typed = crypto::SecretBytes::copy_of(view(digits));
    const auto mixed_with = pin_secret(*kiosk, crypto::system_random()).value();
    EXPECT_EQ(crypto::open_pin_wrap(wrap, typed, mixed_with, id).error().code, ErrorCode::unavailable);
    const auto keeper = pin_keeper(machine.where());
    EXPECT_TRUE(crypto::open_pin_wrap(wrap, typed, mixed_with, id, keeper.get()));
  }
  {
    const MachineWith none(nowhere);
    const std::string sentence = refused(pin("1/berg"));
    EXPECT_NE(sentence.find("on the kiosk's own glass"), std::string::npos) << sentence;
    EXPECT_NE(sentence.find("none at"), std::string::npos) << sentence;
    EXPECT_NE(refused(pin("1/berg", std::string(" --tpm ") + nowhere)), "");
  }
  {
    SoftwareTpm other;
    const MachineWith office(other.where());
    const std::string sentence = refused(pin("1/berg"));
    EXPECT_NE(sentence.find("is not that"), std::string::npos) << sentence;
  }
  EXPECT_EQ(wraps(), std::pair(1, 0)) << "what was refused left nothing";
  const MachineWith here(machine.where());
  expect_done(pin("1/berg"));
  EXPECT_EQ(wraps(), std::pair(2, 0));
}

TEST_F(PinCommand, LeansOnTheTpmThatOpensTheStore) {
  write(path("passphrase"), "een andere zin van staf");
  expect_done(slots("add") + " --kind tpm+staff --staff-passphrase-file " + path("passphrase") + " --tpm " + machine.where());
  {
    const MachineWith none(nowhere);
    EXPECT_NE(refused(pin("1/fiets")).find("on the kiosk's own glass"), std::string::npos);
  }
  const MachineWith here(machine.where());
  expect_done(pin("1/fiets"));
  EXPECT_EQ(wraps(), std::pair(1, 0));
}

TEST_F(KeyCommands, UnlockAsksForAKioskThatIsThere) {
  const std::string unlock = "unlock" + access() + " --house 'huis zuid' --relay http://127.0.0.1:1";
  EXPECT_EQ(refused(unlock + " --device 9"), "\"9\" is no device of Huis Zuid; see huisbordctl status");
  EXPECT_NE(refused("unlock" + access() + " --house 'huis zuid'").find("--relay"), std::string::npos);
  EXPECT_NE(refused(unlock + " --device 2"), "") << "nobody answers there";
  EXPECT_NE(refused("unlock" + access() + " --house elders --relay http://127.0.0.1:1").find("elders"), std::string::npos);
}

}  // namespace
}  // namespace huisbord
