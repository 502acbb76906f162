// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl kiosk make, kiosk pin: a kiosk by files, and a resident's first PIN on it.
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/enrolled_staff.h"
#include "app/ctl/kiosk_store.h"
#include "app/ctl/resident.h"
#include "app/ctl/secret_file.h"
#include "core/crypto/durable_file.h"
#include "core/crypto/memory.h"
#include "core/crypto/words.h"

namespace huisbord {
namespace {

struct MakeOptions {
  DeskOptions desk;
  std::string house;
  std::filesystem::path out;
  std::filesystem::path kiosk_phrase_file;
  std::filesystem::path staff_passphrase_file;
  std::filesystem::path store_key_out;
  std::string staff = "woonbegeleider";
  std::string relay;
  std::string authorities;
};

struct PinOptions {
  std::filesystem::path directory;
  std::filesystem::path phrase_file;
  std::filesystem::path staff_passphrase_file;
  std::string room;
  std::string symbol;
  std::string tpm;
};

// The phrase in the file, or a new one written there.
Result<crypto::SecretBytes> kiosk_phrase(const std::filesystem::path& file) {
  if (std::filesystem::exists(file)) return read_phrase(file);
  crypto::SecretBytes phrase = crypto::make_house_phrase(crypto::system_random());
  TRY_STATUS(crypto::replace_file(file, phrase.view()));
  return phrase;
}

Status make(const MakeOptions& options) {
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(const Day today, today_of(options.desk, desk.zone()));
  TRY_ASSIGN(const House house, desk.find_house(options.house));
  TRY_ASSIGN(const crypto::SecretBytes phrase, kiosk_phrase(options.kiosk_phrase_file));
  TRY_ASSIGN(const crypto::SecretBytes passphrase, read_passphrase(options.staff_passphrase_file, "staff passphrase for this kiosk"));
  TRY_ASSIGN(const StaffId staff, enrolled_staff(desk, options.staff, house.id));
  const KioskPlan plan{options.out, house.id, &phrase, &passphrase, staff, options.relay, options.authorities};
  TRY_ASSIGN(const DeviceId device, make_kiosk(desk, plan, today));
  if (!options.store_key_out.empty()) {
    TRY_ASSIGN(const crypto::SecretBytes store_key, open_store_key(options.out, phrase));
    std::string hex = to_hex(store_key.view());
    TRY_STATUS(crypto::replace_file(options.store_key_out, view(hex)));
    crypto::wipe({reinterpret_cast<std::uint8_t*>(hex.data()), hex.size()});
    std::fprintf(stderr, "warning: %s opens this kiosk's store to anybody who reads it; for measuring only, on a tmpfs\n",
                 options.store_key_out.c_str());
  }
  std::printf("kiosk   %s\nhouse   %s\nstore   %s\nphrase  %s  (write the six words on paper, then remove the file)\n",
              device.hex().c_str(), house.name.c_str(), options.out.c_str(), options.kiosk_phrase_file.c_str());
  return {};
}

Status pin(const PinOptions& options) {
  TRY_ASSIGN(const crypto::SecretBytes phrase, read_phrase(options.phrase_file));
  TRY_ASSIGN(const crypto::SecretBytes store_key, open_store_key(options.directory, phrase));
  TRY_ASSIGN(const auto vault, Vault::open(vault_path(options.directory), store_key));
  TRY_ASSIGN(const auto zone, i18n::HouseZone::open());
  const Day today = zone.day(system_clock().now());
  for (const ScopeId& scope : vault->scopes()) {
    if (scope == vault->organisation().as<ScopeTag>()) continue;
    TRY_ASSIGN(const Resident resident, find_resident(*vault, scope.hex(), options.room + "/" + options.symbol, today));
    TRY_ASSIGN(const crypto::SecretBytes passphrase, read_passphrase(options.staff_passphrase_file, "staff passphrase of this kiosk"));
    TRY_ASSIGN(const auto keeper, kiosk_pin_keeper(*vault, options.directory, options.tpm));
    TRY_ASSIGN(const crypto::SecretBytes digits, set_first_pin(*vault, resident.house, resident.person, passphrase, keeper.get()));
    std::printf("%s\n", to_string(digits.view()).c_str());
    return {};
  }
  return fail(ErrorCode::not_found, options.directory.string() + " is no kiosk's store: it holds no house");
}

}  // namespace

void add_kiosk(CLI::App& program, Chosen& chosen) {
  CLI::App* kiosk = program.add_subcommand("kiosk", "make a kiosk's store by pairing or by files, or set a first PIN on one");
  kiosk->require_subcommand(1);

  const auto making = std::make_shared<MakeOptions>();
  CLI::App* make_command = kiosk->add_subcommand("make", "a new kiosk for a house");
  add_desk_options(*make_command, making->desk);
  make_command->add_option("--house", making->house, "the house, by name or identifier")->required();
  make_command->add_option("--out", making->out, "where the kiosk's store comes")->required();
  make_command
      ->add_option("--kiosk-phrase-file", making->kiosk_phrase_file,
                   "the kiosk's own house phrase; made and written there when the file is not there yet")
      ->required();
  make_command->add_option("--staff-passphrase-file", making->staff_passphrase_file,
                           "file with the staff passphrase, - for standard input (else asked for)");
  make_command->add_option("--staff", making->staff, "whose passphrase that is");
  make_command->add_option("--relay", making->relay, "URL of the relay");
  make_command->add_option("--authorities", making->authorities, "file of certificates to trust instead of the system's");
  make_command->add_option("--store-key-out", making->store_key_out, "write the raw store key to this file (for measuring, on a tmpfs)");
  make_command->callback([making, &chosen] { chosen.run = [making] { return make(*making); }; });

  add_kiosk_pair(*kiosk, chosen);
  add_kiosk_renew(*kiosk, chosen);
  add_kiosk_readmit(*kiosk, chosen);
  const auto pins = std::make_shared<PinOptions>();
  CLI::App* pin_command = kiosk->add_subcommand("pin", "set a resident's first PIN and print it");
  pin_command->add_option("--dir", pins->directory, "the kiosk's store")->required();
  pin_command->add_option("--phrase-file", pins->phrase_file, "file with the kiosk's house phrase (else HUISBORD_PHRASE, else asked for)");
  pin_command->add_option("--staff-passphrase-file", pins->staff_passphrase_file,
                          "file with the staff passphrase, - for standard input (else asked for)");
  pin_command->add_option("--room", pins->room, "the room, as on its door")->required();
  pin_command->add_option("--symbol", pins->symbol, "the symbol, as paw or poot; with the colour where that is needed: paw/sky")
      ->required();
  pin_command->add_option("--tpm", pins->tpm,
                          "this machine's TPM, as tpm2-tools name it, when the store stays here; one that leans on a TPM already wants "
                          "that one (HUISBORD_TPM, else device:/dev/tpmrm0)");
  pin_command->callback([pins, &chosen] { chosen.run = [pins] { return pin(*pins); }; });
}

}  // namespace huisbord
