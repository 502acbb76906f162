// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl backup, restore: the desk's store without keys, its keys in a file of their own, and a new desk out of both.
#include <algorithm>
#include <cstdio>
#include <map>
#include <memory>
#include <stop_token>

#include "app/ctl/command.h"
#include "app/ctl/desk_keys.h"
#include "app/ctl/secret_file.h"
#include "core/crypto/keyslot.h"
#include "core/crypto/words.h"
#include "core/office/backup_restore.h"
#include "core/office/device.h"
#include "core/office/root_key.h"
#include "core/office/snapshots.h"
#include "core/store/store_key.h"
#include "core/sync/charter_question.h"
#include "core/sync/https_relay.h"
#include "core/sync/sync_round.h"

namespace huisbord {
namespace {

struct BackupOptions {
  DeskOptions desk;
  std::filesystem::path out;
  std::filesystem::path keys_out;
  std::filesystem::path phrase_out;
  std::filesystem::path keys_phrase_out;
};

struct RestoreOptions {
  std::filesystem::path directory;
  std::filesystem::path from;
  std::filesystem::path phrase_file;
  std::filesystem::path keys;
  std::filesystem::path keys_phrase_file;
  std::filesystem::path root_directory;
  HttpsRelay::Settings relay;
};

Status absent(const std::filesystem::path& path) {
  if (path.empty() || !std::filesystem::exists(path)) return {};
  return fail(ErrorCode::already_exists, path.string() + " is there already; name a new one");
}

Status backup(const BackupOptions& options) {
  for (const auto& path : {options.out, options.phrase_out, options.keys_phrase_out}) TRY_STATUS(absent(path));
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  if (!options.out.empty()) {
    const crypto::SecretBytes phrase = crypto::make_house_phrase(crypto::system_random());
    TRY_ASSIGN(const crypto::SecretBytes key, make_store_key(options.out, phrase));
    TRY_STATUS(desk.vault().back_up(vault_path(options.out), key));
    TRY_STATUS(remember_copy(desk.vault()));
    TRY_STATUS(hand_over_phrase(phrase, options.phrase_out, "store phrase"));
    std::printf("store         %s  (no key is in it)\n", options.out.c_str());
  }
  if (!options.keys_out.empty()) {
    TRY_ASSIGN(const crypto::SecretBytes phrase, replace_keys_backup(desk, options.keys_out));
    TRY_STATUS(hand_over_phrase(phrase, options.keys_phrase_out, "keys phrase"));
    std::printf("keys          %s  (one copy, replaced at every erasure: whoever has it and its phrase reads everybody)\n",
                options.keys_out.c_str());
  }
  return {};
}

/// Everything that the relay has, before this desk writes a word.
Status pull_all(Vault& vault, const HttpsRelay::Settings& settings) {
  TRY_ASSIGN(const auto relay, HttpsRelay::open(settings, vault, system_clock()));
  SyncRound rounds(vault, *relay, system_clock());
  for (int again = 0; again < 2; ++again) {
    const RoundReport round = rounds.run(std::stop_token{});
    if (round.failure) return std::unexpected(*round.failure);
    if (!round.clean())
      return fail(ErrorCode::refused,
                  "the relay refused this desk's charter or a segment: somebody else wrote charters meanwhile. Run restore again");
  }
  return {};
}

/// The former desk's store as a file of ours, its key, and whose it is.
struct Copied {
  crypto::SecretBytes key;
  Vault::Origin origin;
};

/// The copy stays as it is: the new store is made beside it, under the same phrase.
Result<Copied> copy_store(const RestoreOptions& options) {
  TRY_ASSIGN(const crypto::SecretBytes phrase, read_phrase(options.phrase_file));
  TRY_ASSIGN(crypto::SecretBytes key, open_store_key(options.from, phrase));
  std::error_code error;
  std::filesystem::create_directories(options.directory, error);
  if (!error) std::filesystem::permissions(options.directory, std::filesystem::perms::owner_all, error);
  if (!error) std::filesystem::copy_file(vault_path(options.from), vault_path(options.directory), error);
  if (!error) std::filesystem::copy_file(keyslots_path(options.from), keyslots_path(options.directory), error);
  if (error) return fail(ErrorCode::io, "cannot make the new store in " + options.directory.string() + ": " + error.message());
  TRY_ASSIGN(Vault::Origin origin, Vault::origin(vault_path(options.directory), key));
  return Copied{std::move(key), std::move(origin)};
}

/// What a restored desk has to show wherever it asks.
struct Taking {
  crypto::SigningKeyPair delegated;
  Delegation delegation;
  RelayAtUrl relay;
};

Result<Taking> take_delegation(const Vault::Origin& origin, const RestoreOptions& options) {
  DelegationRequest asked{origin.organisation, 1, {}};
  for (const Bytes& bytes : origin.charters) {
    TRY_ASSIGN(const Charter charter, Charter::verify(bytes, origin.root, nullptr));
    asked.number = std::max(asked.number, charter.delegation.number + 1);
  }
  Taking taking{.delegated = crypto::make_signing_key(crypto::system_random()),
                .delegation = {},
                .relay = {.url = options.relay.url, .https = {.authorities = options.relay.authorities}}};
  asked.key = taking.delegated.public_key;
  TRY_ASSIGN(const OrganisationDelegation made,
             make_delegation(options.root_directory, asked, {system_clock().now().value + delegation_term.value}));
  if (!verify_delegation(origin.organisation, made.delegation, origin.root))
    return fail(ErrorCode::invalid, "the root key in " + options.root_directory.string() + " is another organisation's");
  taking.delegation = made.delegation;
  return taking;
}

Result<std::map<ScopeId, Bytes>> ask_newest(const Vault::Origin& origin, const Taking& taking) {
  std::map<ScopeId, Bytes> newest;
  if (taking.relay.url.empty()) return newest;
  for (const Bytes& bytes : origin.charters) {
    TRY_ASSIGN(const CharterName name, charter_name(bytes));
    TRY_ASSIGN(auto answer,
               ask_newest_charter(taking.relay, origin.organisation, name.scope, taking.delegation, taking.delegated, system_clock()));
    if (answer) newest[name.scope] = std::move(*answer);
  }
  return newest;
}

/// Houses that were founded after the copy was made: of their newest charters either the backup of keys knows, or the relay. How many.
Result<std::size_t> join_later_houses(Office& office, const KeyBackup* keys, const Taking& taking) {
  const Vault& vault = office.vault();
  std::size_t entered = 0;
  TRY_ASSIGN(const auto houses, vault.houses());
  for (const House& house : houses) {
    const auto scope = house.id.as<ScopeTag>();
    if (vault.charter_number(scope) != 0) continue;
    std::optional<Bytes> newest;
    if (!taking.relay.url.empty()) {
      TRY_ASSIGN(newest,
                 ask_newest_charter(taking.relay, vault.organisation(), scope, taking.delegation, taking.delegated, system_clock()));
    }
    if (!newest && keys != nullptr && keys->charters.contains(scope)) newest = keys->charters.at(scope);
    if (!newest) {
      std::fprintf(stderr, "warning: %s was founded after the backup, and nobody has its charter: run restore again with --relay\n",
                   house.name.c_str());
      continue;
    }
    TRY_STATUS(join_later_scope(office, *newest, keys));
    ++entered;
  }
  return entered;
}

Status show_restored(const Vault& vault, const std::filesystem::path& directory) {
  std::size_t away = 0;
  for (const ScopeId& scope : vault.scopes()) {
    TRY_ASSIGN(const auto segments, vault.ended_away(scope));
    away += segments.size();
  }
  TRY_ASSIGN(const auto people, vault.people_with_keys());
  std::printf("store    %s  (a device of its own; the former desk is cut)\npeople   %zu whose records open here\n", directory.c_str(),
              people.size());
  if (away > 0) std::printf("missing  %zu segments under keys that are in no backup: their days stay closed\n", away);
  return {};
}

Status make_restored(const RestoreOptions& options) {
  if (!std::filesystem::exists(vault_path(options.from)))
    return fail(ErrorCode::not_found, "there is no copy of a store in " + options.from.string());
  std::optional<KeyBackup> keys;
  if (!options.keys.empty()) {
    TRY_ASSIGN(const crypto::SecretBytes keys_phrase, read_secret_line(options.keys_phrase_file));
    TRY_ASSIGN(const crypto::SecretBytes normalised, crypto::normalise_phrase(text_view(keys_phrase.view())));
    TRY_ASSIGN(keys, read_key_backup(options.keys, normalised));
  }
  const KeyBackup* held = keys ? &*keys : nullptr;
  Random& random = crypto::system_random();
  TRY_ASSIGN(const Copied copy, copy_store(options));
  TRY_ASSIGN(const Taking taking, take_delegation(copy.origin, options));
  TRY_ASSIGN(const auto newest, ask_newest(copy.origin, taking));
  const Founding founding = make_founding(copy.origin.organisation, copy.origin.root, random);
  TRY_STATUS(restore_desk(vault_path(options.directory), copy.key, founding, held, newest, taking.delegated, taking.delegation,
                          system_clock().now()));
  TRY_ASSIGN(const auto vault, Vault::open(vault_path(options.directory), copy.key));
  TRY_ASSIGN(Office office, take_up_desk(*vault, held, taking.delegated.clone(), taking.delegation, random));
  const bool online = !options.relay.url.empty();
  if (online) TRY_STATUS(pull_all(*vault, options.relay));
  TRY_ASSIGN(const std::size_t entered, join_later_houses(office, held, taking));
  if (online && entered > 0) TRY_STATUS(pull_all(*vault, options.relay));
  TRY_STATUS(replace_former_desks(office));
  if (online) TRY_STATUS(pull_all(*vault, options.relay));
  return show_restored(*vault, options.directory);
}

Status restore(const RestoreOptions& options) {
  for (const auto& path : {vault_path(options.directory), keyslots_path(options.directory)}) TRY_STATUS(absent(path));
  Status made = make_restored(options);
  if (made) return made;
  // The copy is whole: what was half made of it is made anew next time, as another device.
  std::error_code ignored;
  for (const char* file : {"vault.db", "vault.db-wal", "vault.db-shm", "vault.db.lock", "keyslots"})
    std::filesystem::remove(options.directory / file, ignored);
  return made;
}

}  // namespace

void add_backup(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<BackupOptions>();
  CLI::App* command =
      program.add_subcommand("backup", "copy the organisation's store without its keys, and its keys into a file of their own");
  add_desk_options(*command, options->desk);
  auto* phrase = command->add_option("--phrase-out", options->phrase_out, "new file for the phrase of the copy");
  command->add_option("--out", options->out, "new folder for the copy of the store")->needs(phrase);
  auto* keys_phrase = command->add_option("--keys-phrase-out", options->keys_phrase_out, "new file for the phrase of the keys");
  command->add_option("--keys-out", options->keys_out, "file for the keys; one that is there is replaced")->needs(keys_phrase);
  command->callback([options, &chosen] { chosen.run = [options] { return backup(*options); }; });
}

void add_restore(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<RestoreOptions>();
  CLI::App* command = program.add_subcommand("restore", "make a new desk out of backups; the former one is cut");
  command->add_option("--dir", options->directory, "where the new store comes")->required();
  command->add_option("--from", options->from, "the copy of the store")->required();
  command->add_option("--phrase-file", options->phrase_file, "file with the phrase of the copy (else HUISBORD_PHRASE, else asked for)");
  auto* keys_phrase = command->add_option("--keys-phrase-file", options->keys_phrase_file, "file with the phrase of the keys");
  command->add_option("--keys", options->keys, "the backup of keys; without it nobody's record opens")->needs(keys_phrase);
  command->add_option("--root-dir", options->root_directory, "the medium with the root key: the new desk gets a new delegation")
      ->required();
  command->add_option("--relay", options->relay.url, "URL of the relay, to pull from first");
  command->add_option("--authorities", options->relay.authorities, "file of certificates to trust instead of the system's");
  command->callback([options, &chosen] { chosen.run = [options] { return restore(*options); }; });
}

}  // namespace huisbord
