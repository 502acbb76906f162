// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl keyslot list, add, remove: the ways into a store; kiosk lock: only a person opens it from now on.
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/secret_file.h"
#include "core/crypto/durable_file.h"
#include "core/crypto/random.h"
#include "core/crypto/words.h"
#include "core/unlock/opening.h"

namespace huisbord {
namespace {

struct SlotOptions {
  std::filesystem::path directory;
  std::filesystem::path phrase_file;
  std::filesystem::path staff_passphrase_file;
  std::filesystem::path new_phrase_file;
  std::string kind;
  std::string tpm;
  RelayAtUrl relay;
  bool understood = false;
  std::uint32_t slot = 0;
};

const char* words_for(SlotKind kind) {
  switch (kind) {
    case SlotKind::phrase:
      return "house phrase";
    case SlotKind::tpm_and_share:
      return "TPM and the relay's share: opens alone";
    case SlotKind::tpm_and_passphrase:
      return "TPM and a passphrase of staff";
    case SlotKind::share_alone:
      return "the relay's share ALONE: opens for whoever has the disk while the relay gives it";
    case SlotKind::later:
      return "of a later release";
  }
  return "unknown";
}

Status list(const SlotOptions& options) {
  TRY_ASSIGN(const auto file, crypto::KeyslotFile::load(keyslots_path(options.directory)));
  for (const crypto::Keyslot& slot : file.slots()) std::printf("%u  %s\n", slot.id, words_for(kind_of(slot)));
  if (std::filesystem::exists(unlock_key_path(options.directory))) std::printf("this store may open alone\n");
  return {};
}

/// The store key by the phrase, or by TPM and passphrase when a passphrase file is named for a store.
Result<crypto::SecretBytes> open_by_person(const SlotOptions& options) {
  TRY_ASSIGN(const crypto::SecretBytes phrase, read_phrase(options.phrase_file));
  return open_store_key(options.directory, phrase);
}

std::string tpm_of(const SlotOptions& options) { return options.tpm.empty() ? usual_tpm() : options.tpm; }

/// Makes a share, leaves it at the relay, and then the way in that needs it: a stop in between leaves a share that nothing asks for.
Result<std::uint32_t> add_with_share(const SlotOptions& options, crypto::KeyslotFile& file, const crypto::SecretBytes& store_key) {
  if (options.relay.url.empty()) return fail(ErrorCode::invalid, "--relay is needed: the share is kept there");
  Random& random = crypto::system_random();
  TRY_ASSIGN(const auto vault, Vault::open(vault_path(options.directory), store_key));
  std::optional<ScopeId> house;
  for (const ScopeId& scope : vault->scopes())
    if (scope != vault->organisation().as<ScopeTag>()) house = scope;
  if (!house) return fail(ErrorCode::not_found, "this store is no kiosk's: it holds no house");
  const UnlockKey key = UnlockKey::make(vault->organisation(), *house, vault->founding().device, random);
  crypto::SecretBytes share = crypto::SecretBytes::of_size(32);
  random.fill(share.mutable_view());
  TRY_STATUS(leave_share(options.relay, *vault, system_clock(), key, share, random));
  TRY_STATUS(key.save(unlock_key_path(options.directory)));
  if (options.kind == "share") return add_share_alone(file, store_key, share, key.parameters(), random);
  TRY_ASSIGN(Tpm tpm, Tpm::open(tpm_of(options)));
  return add_tpm_and_share(file, store_key, tpm, share, key.parameters(), random);
}

Result<std::uint32_t> add_with_passphrase(const SlotOptions& options, crypto::KeyslotFile& file, const crypto::SecretBytes& store_key) {
  TRY_ASSIGN(const crypto::SecretBytes passphrase, read_passphrase(options.staff_passphrase_file, "staff passphrase for this store"));
  TRY_ASSIGN(Tpm tpm, Tpm::open(tpm_of(options)));
  if (const Status set = tpm.set_lockout({}); !set) std::fprintf(stderr, "warning: %s\n", set.error().sentence.c_str());
  return add_tpm_and_passphrase(file, store_key, tpm, passphrase, crypto::Argon2Parameters::staff_passphrase(), crypto::system_random());
}

Result<std::uint32_t> add_phrase(const SlotOptions& options, crypto::KeyslotFile& file, const crypto::SecretBytes& store_key) {
  if (options.new_phrase_file.empty()) return fail(ErrorCode::invalid, "--new-phrase-file is needed: where the new six words are written");
  if (std::filesystem::exists(options.new_phrase_file))
    return fail(ErrorCode::already_exists, options.new_phrase_file.string() + " is there already");
  const crypto::SecretBytes phrase = crypto::make_house_phrase(crypto::system_random());
  TRY_STATUS(crypto::replace_file(options.new_phrase_file, phrase.view()));
  return file.add_phrase_slot(store_key, phrase, crypto::Argon2Parameters::phrase(), crypto::system_random());
}

Status add(const SlotOptions& options) {
  if (options.kind == "share" && !options.understood) {
    return fail(
        ErrorCode::refused,
        "the relay's share alone opens this store for whoever carries the machine away and connects it within half an hour; a TPM prevents "
        "that (--kind tpm+share). Say --i-understand to add it all the same");
  }
  TRY_ASSIGN(const crypto::SecretBytes store_key, open_by_person(options));
  TRY_ASSIGN(auto file, crypto::KeyslotFile::load(keyslots_path(options.directory)));
  const auto added = options.kind == "phrase"      ? add_phrase(options, file, store_key)
                     : options.kind == "tpm+staff" ? add_with_passphrase(options, file, store_key)
                                                   : add_with_share(options, file, store_key);
  if (!added) return std::unexpected(added.error());
  TRY_STATUS(file.save(keyslots_path(options.directory)));
  std::printf("%u  %s\n", *added, words_for(kind_of(file.slots().back())));
  return {};
}

Status remove(const SlotOptions& options) {
  TRY_ASSIGN(const crypto::SecretBytes store_key, open_by_person(options));
  TRY_ASSIGN(auto file, crypto::KeyslotFile::load(keyslots_path(options.directory)));
  TRY_STATUS(file.remove(options.slot, store_key));
  return file.save(keyslots_path(options.directory));
}

Status lock(const SlotOptions& options) {
  TRY_ASSIGN(const crypto::SecretBytes store_key, open_by_person(options));
  TRY_ASSIGN(const auto vault, Vault::open(vault_path(options.directory), store_key));
  TRY_STATUS(lock_now(*vault, keyslots_path(options.directory)));
  std::printf("locked: this store opens only with a person's factor, and then as before\n");
  return {};
}

void add_store_options(CLI::App& command, SlotOptions& options) {
  command.add_option("--dir", options.directory, "the store's folder")->required();
  command.add_option("--phrase-file", options.phrase_file, "file with the house phrase (else HUISBORD_PHRASE, else asked for)");
}

}  // namespace

void add_keyslot(CLI::App& program, Chosen& chosen) {
  CLI::App* keyslot = program.add_subcommand("keyslot", "the ways into a store");
  keyslot->require_subcommand(1);
  const auto options = std::make_shared<SlotOptions>();

  CLI::App* listing = keyslot->add_subcommand("list", "which ways there are; needs no key");
  listing->add_option("--dir", options->directory, "the store's folder")->required();
  listing->callback([options, &chosen] { chosen.run = [options] { return list(*options); }; });

  CLI::App* adding = keyslot->add_subcommand("add", "another way in");
  add_store_options(*adding, *options);
  adding->add_option("--kind", options->kind, "phrase, tpm+share, tpm+staff, or share (alone)")
      ->required()
      ->check(CLI::IsMember({"phrase", "tpm+share", "tpm+staff", "share"}));
  adding->add_option("--tpm", options->tpm, "the TPM, as tpm2-tools name it (else HUISBORD_TPM, else device:/dev/tpmrm0)");
  adding->add_option("--relay", options->relay.url, "URL of the relay that keeps the share");
  adding->add_option("--authorities", options->relay.https.authorities, "file of certificates to trust instead of the system's");
  adding->add_option("--staff-passphrase-file", options->staff_passphrase_file,
                     "file with the staff passphrase, - for standard input (else asked for)");
  adding->add_option("--new-phrase-file", options->new_phrase_file, "where another house phrase is written");
  adding->add_flag("--i-understand", options->understood, "for a share alone");
  adding->callback([options, &chosen] { chosen.run = [options] { return add(*options); }; });

  CLI::App* removing = keyslot->add_subcommand("remove", "a way in that is no longer one; never the last");
  add_store_options(*removing, *options);
  removing->add_option("--slot", options->slot, "its number, as list shows it")->required();
  removing->callback([options, &chosen] { chosen.run = [options] { return remove(*options); }; });

  CLI::App* locking = keyslot->add_subcommand("lock", "lock now: nothing opens this store alone until a person has");
  add_store_options(*locking, *options);
  locking->callback([options, &chosen] { chosen.run = [options] { return lock(*options); }; });
}

}  // namespace huisbord
