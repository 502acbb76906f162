// SPDX-License-Identifier: GPL-3.0-or-later
// Founding and opening the organisation's store.
#include "app/ctl/desk.h"

#include <algorithm>
#include <system_error>

#include "app/ctl/field.h"
#include "core/crypto/durable_file.h"
#include "core/crypto/keyslot.h"
#include "core/office/device.h"
#include "core/office/root_key.h"

namespace huisbord {
namespace {

constexpr const char* import_setting = "desk.import_key";
constexpr const char* order_setting = "desk.people_order";

Status make_directory(const std::filesystem::path& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (!error) std::filesystem::permissions(directory, std::filesystem::perms::owner_all, error);
  if (error) return fail(ErrorCode::io, "cannot make the folder " + directory.string() + ": " + error.message());
  return {};
}

Result<crypto::SecretBytes> secret_setting(const Vault& vault, const char* name) {
  TRY_ASSIGN(auto stored, vault.setting(name));
  if (!stored) return fail(ErrorCode::not_found, "this store is no desk's: it holds no key that writes charters");
  return crypto::SecretBytes::copy_of(*stored);
}

crypto::SecretBytes random_key(Random& random) {
  crypto::SecretBytes key = crypto::SecretBytes::of_size(32);
  random.fill(key.mutable_view());
  return key;
}

}  // namespace

Result<crypto::SecretBytes> make_store_key(const std::filesystem::path& directory, const crypto::SecretBytes& phrase) {
  TRY_STATUS(make_directory(directory));
  for (const auto& path : {vault_path(directory), keyslots_path(directory)}) {
    if (std::filesystem::exists(path)) return fail(ErrorCode::already_exists, path.string() + " is there already; choose an empty folder");
  }
  crypto::SecretBytes key = random_key(crypto::system_random());
  TRY_ASSIGN(const auto slots, crypto::KeyslotFile::make(key, phrase, crypto::Argon2Parameters::phrase(), crypto::system_random()));
  TRY_STATUS(slots.save(keyslots_path(directory)));
  return key;
}

Result<crypto::SecretBytes> open_store_key(const std::filesystem::path& directory, const crypto::SecretBytes& phrase) {
  return open_store_key(directory, crypto::FactorInput::with_phrase(phrase));
}

Desk::Desk(std::unique_ptr<Vault> vault, Office office, crypto::SecretBytes import_key, i18n::HouseZone zone, VaultOptions options)
    : vault_(std::move(vault)), office_(std::move(office)), import_key_(std::move(import_key)), zone_(zone), options_(std::move(options)) {}

Result<Desk> Desk::create(const Names& names, const crypto::SecretBytes& phrase, const VaultOptions& options) {
  if (names.root_media.empty()) return fail(ErrorCode::invalid, "a root key needs a folder to lie in");
  for (const auto& path : {vault_path(names.directory), keyslots_path(names.directory)}) {
    if (std::filesystem::exists(path)) return fail(ErrorCode::already_exists, path.string() + " is there already; choose an empty folder");
  }
  if (!std::filesystem::exists(root_key_path(names.root_media.front()))) {
    if (auto made = make_root_key(names.root_media, crypto::system_random()); !made) return std::unexpected(made.error());
  }
  TRY_ASSIGN(const crypto::SigningKeyPair root, read_root_key(names.root_media.front()));
  TRY_ASSIGN(const crypto::SecretBytes store_key, make_store_key(names.directory, phrase));

  Random& random = crypto::system_random();
  crypto::SigningKeyPair delegated = crypto::make_signing_key(random);
  crypto::SecretBytes import_key = random_key(random);
  const OrganisationId organisation = options.random->id<OrganisationTag>();
  const Founding founding = make_founding(organisation, root.public_key, random);
  TRY_ASSIGN(auto vault, Vault::create(vault_path(names.directory), store_key, founding, options));
  TRY_STATUS(vault->set_setting(import_setting, import_key.view()));

  TRY_ASSIGN(const auto zone, i18n::HouseZone::open());
  // By the system's clock: a simulation's clock begins long ago, and its delegation must hold today.
  const Millis expires{system_clock().now().value + delegation_term.value};
  const DelegationRequest request{organisation, 1, delegated.public_key};
  TRY_ASSIGN(const OrganisationDelegation made, make_delegation(names.root_media.front(), request, expires));
  TRY_ASSIGN(Office office, Office::found(*vault, std::move(delegated), made.delegation, random));
  return Desk(std::move(vault), std::move(office), std::move(import_key), zone, options);
}

Result<Desk> Desk::open(const std::filesystem::path& directory, const crypto::SecretBytes& phrase, const VaultOptions& options) {
  TRY_ASSIGN(const crypto::SecretBytes store_key, open_store_key(directory, phrase));
  TRY_ASSIGN(auto vault, Vault::open(vault_path(directory), store_key, options));
  TRY_ASSIGN(Office office, Office::open(*vault, crypto::system_random()));
  TRY_ASSIGN(crypto::SecretBytes import_key, secret_setting(*vault, import_setting));
  TRY_ASSIGN(const auto zone, i18n::HouseZone::open());
  return Desk(std::move(vault), std::move(office), std::move(import_key), zone, options);
}

ByteArray<16> Desk::derive_bytes(std::string_view kind, std::string_view what) const {
  Bytes input;
  ByteWriter writer(input);
  writer.u32(static_cast<std::uint32_t>(kind.size()));
  writer.raw(view(kind));
  writer.raw(view(what));
  const auto hash = crypto::keyed_hash("hb.import", import_key_, input);
  ByteArray<16> bytes;
  std::copy_n(hash.begin(), bytes.size(), bytes.begin());
  return bytes;
}

Result<HouseId> Desk::found_house(const std::string& name) {
  TRY_ASSIGN(const auto houses, vault_->houses());
  const auto known = std::ranges::find(houses, plain_word(name), [](const House& house) { return plain_word(house.name); });
  if (known != houses.end()) return known->id;
  const auto id = derive<HouseTag>("house", plain_word(name));
  const auto scope = id.as<ScopeTag>();
  // The charter may be there without the entry when an earlier run was cut short between the two.
  if (vault_->charter_number(scope) == 0) TRY_STATUS(office_.begin_scope(scope));
  TRY_STATUS(vault_->record(org(), Actor::none(), House{id, name}));
  return id;
}

Result<House> Desk::find_house(const std::string& name_or_id) {
  TRY_ASSIGN(const auto houses, vault_->houses());
  std::string names;
  for (const House& house : houses) {
    if (plain_word(house.name) == plain_word(name_or_id) || house.id.hex() == name_or_id) return house;
    names += (names.empty() ? "" : ", ") + house.name;
  }
  return fail(ErrorCode::not_found, "there is no house \"" + name_or_id + "\"; there are: " + (names.empty() ? "none" : names));
}

Result<std::vector<PersonId>> Desk::people_in_order() const {
  TRY_ASSIGN(const auto stored, vault_->setting(order_setting));
  std::vector<PersonId> people;
  if (!stored) return people;
  ByteReader reader(*stored);
  while (reader.rest().size() >= 16) people.push_back(PersonId{reader.array<16>()});
  return people;
}

Status Desk::append_to_order(const std::vector<PersonId>& people) {
  TRY_ASSIGN(const auto stored, vault_->setting(order_setting));
  Bytes order = stored.value_or(Bytes{});
  ByteWriter writer(order);
  for (const PersonId& person : people) writer.raw(person.bytes);
  return vault_->set_setting(order_setting, order);
}

}  // namespace huisbord
