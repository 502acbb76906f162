// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl kiosk pair: the kiosk's side of pairing without a screen; run again on the same folder, it goes on where it stopped.
#include <cstdio>
#include <memory>
#include <thread>

#include "app/ctl/command.h"
#include "app/ctl/guest_talk.h"
#include "app/ctl/kiosk_store.h"
#include "app/ctl/secret_file.h"
#include "core/crypto/durable_file.h"
#include "core/crypto/words.h"
#include "core/joining/joining.h"
#include "core/joining/paired_store.h"
#include "core/sync/https_relay.h"
#include "core/sync/sync_round.h"

namespace huisbord {
namespace {

struct PairOptions {
  std::filesystem::path directory;
  std::string code;
  std::filesystem::path phrase_file;
  std::filesystem::path staff_passphrase_file;
  HttpsRelay::Settings relay;
  bool typed = false;
};

/// Until the charters list this kiosk, then once everything that the relay has.
Status wait_and_join(Vault& kiosk, const HttpsRelay::Settings& settings) {
  {
    JoiningLog log(kiosk);
    TRY_ASSIGN(const auto relay, HttpsRelay::open(settings, log, system_clock()));
    for (int waits = 0;; ++waits) {
      auto joined = join(kiosk, *relay, {});
      if (!joined && joined.error().code != ErrorCode::network) return std::unexpected(joined.error());
      if (joined && *joined == Joined::yes) break;
      if (waits == 0) std::fprintf(stderr, "waiting until the desk admits this kiosk\n");
      if (waits == most_looks)
        return fail(ErrorCode::unavailable,
                    "the desk has not admitted this kiosk yet; run huisbordctl kiosk pair on this folder again later");
      std::this_thread::sleep_for(between_looks);
    }
  }
  TRY_ASSIGN(const auto relay, HttpsRelay::open(settings, kiosk, system_clock()));
  SyncRound rounds(kiosk, *relay, system_clock());
  const RoundReport round = rounds.run({});
  if (round.failure) return std::unexpected(*round.failure);
  std::printf("joined: %zu operations taken\n", round.operations_pulled());
  return {};
}

/// Until the desk has said yes as well. With its no the store goes again: it pins a root key that nobody at the desk vouched for.
Status wait_for_desk(const GuestTalk& talk, std::unique_ptr<Vault>& vault, const std::filesystem::path& directory) {
  Status said = talk.wait_for_yes();
  if (said) return said;
  vault.reset();
  std::error_code ignored;
  for (const char* file : {"vault.db", "vault.db-wal", "vault.db-shm", "vault.db.lock", "keyslots", "kiosk.toml"})
    std::filesystem::remove(directory / file, ignored);
  return said;
}

Result<std::unique_ptr<Vault>> paired_vault(const PairOptions& options, const crypto::SecretBytes& phrase) {
  if (options.code.empty())
    return fail(ErrorCode::invalid,
                "a code is needed: --code, as huisbordctl invite shows it (there is no kiosk that waits in this folder)");
  TRY_ASSIGN(const PairingCode code, parse_code(options.code));
  TRY_ASSIGN(const crypto::SecretBytes passphrase, read_passphrase(options.staff_passphrase_file, "staff passphrase for this kiosk"));
  Random& random = crypto::system_random();
  const NewDeviceKeys keys = make_new_device_keys(random);
  GuestTalk talk(options.relay, code, public_half(keys));
  TRY_ASSIGN(const PairingOffer offer, talk.compare(options.typed));
  TRY_ASSIGN(const crypto::SecretBytes store_key, make_store_key(options.directory, phrase));
  // Before the store, which asked again only joins.
  TRY_STATUS(write_kiosk_settings(options.directory, options.relay.url, options.relay.authorities));
  TRY_ASSIGN(auto vault, make_paired_store(vault_path(options.directory), store_key, keys, offer, &passphrase, random));
  TRY_STATUS(wait_for_desk(talk, vault, options.directory));
  return vault;
}

Status pair(const PairOptions& options) {
  std::unique_ptr<Vault> vault;
  if (std::filesystem::exists(vault_path(options.directory))) {
    TRY_ASSIGN(const crypto::SecretBytes phrase, read_phrase(options.phrase_file));
    TRY_ASSIGN(const crypto::SecretBytes store_key, open_store_key(options.directory, phrase));
    TRY_ASSIGN(vault, Vault::open(vault_path(options.directory), store_key));
  } else {
    crypto::SecretBytes phrase;
    if (!std::filesystem::exists(options.phrase_file)) {
      phrase = crypto::make_house_phrase(crypto::system_random());
      TRY_STATUS(crypto::replace_file(options.phrase_file, phrase.view()));
    } else {
      TRY_ASSIGN(phrase, read_phrase(options.phrase_file));
    }
    TRY_ASSIGN(vault, paired_vault(options, phrase));
  }
  TRY_STATUS(wait_and_join(*vault, options.relay));
  std::printf("kiosk   %s\nstore   %s\nphrase  %s  (write the six words on paper, then remove the file)\n",
              vault->founding().device.hex().c_str(), options.directory.c_str(), options.phrase_file.c_str());
  return {};
}

}  // namespace

void add_kiosk_pair(CLI::App& kiosk, Chosen& chosen) {
  const auto options = std::make_shared<PairOptions>();
  CLI::App* command = kiosk.add_subcommand("pair", "a new kiosk that a desk invites: type its code, compare six words");
  command->add_option("--dir", options->directory, "where the kiosk's store comes, or waits")->required();
  command->add_option("--code", options->code, "as huisbordctl invite shows it; not for a store that waits to be admitted");
  command->add_option("--relay", options->relay.url, "URL of the relay")->required();
  command->add_option("--authorities", options->relay.authorities, "file of certificates to trust instead of the system's");
  command
      ->add_option("--kiosk-phrase-file", options->phrase_file,
                   "the kiosk's own house phrase; made and written there when the file is not there yet")
      ->required();
  command->add_option("--staff-passphrase-file", options->staff_passphrase_file,
                      "file with the staff passphrase, - for standard input (else asked for)");
  command->add_flag("--typed", options->typed, "do not show the words: they are to be typed as they stand at the desk");
  command->callback([options, &chosen] { chosen.run = [options] { return pair(*options); }; });
}

}  // namespace huisbord
