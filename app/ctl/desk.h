// SPDX-License-Identifier: GPL-3.0-or-later
// The organisation's own store as huisbordctl opens it: a vault, its keyslots, and the office in it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/i18n/zone.h"
#include "core/office/office.h"
#include "core/store/store_key.h"
#include "core/store/vault.h"

namespace huisbord {

/// A directory for its owner alone, and in it a new store key under the phrase. already_exists when there is a store.
[[nodiscard]] Result<crypto::SecretBytes> make_store_key(const std::filesystem::path& directory, const crypto::SecretBytes& phrase);
[[nodiscard]] Result<crypto::SecretBytes> open_store_key(const std::filesystem::path& directory, const crypto::SecretBytes& phrase);

/// Invariant: the vault is founded, holds the charter of `org`, and this device is a desk in it that holds the delegated key (Office).
class Desk {
 public:
  struct Names {
    std::filesystem::path directory;
    std::vector<std::filesystem::path> root_media;  ///< folders for the root key, or a single one that holds it
  };
  /// A new organisation: root key (unless a medium holds one), delegated key, keyslots, vault, the first charter of `org`.
  [[nodiscard]] static Result<Desk> create(const Names& names, const crypto::SecretBytes& phrase, const VaultOptions& options = {});
  [[nodiscard]] static Result<Desk> open(const std::filesystem::path& directory, const crypto::SecretBytes& phrase,
                                         const VaultOptions& options = {});

  [[nodiscard]] Vault& vault() { return *vault_; }
  [[nodiscard]] const Vault& vault() const { return *vault_; }
  /// Writes the charters.
  [[nodiscard]] Office& office() { return office_; }
  [[nodiscard]] ScopeId org() const { return office_.org(); }
  [[nodiscard]] const i18n::HouseZone& zone() const { return zone_; }
  [[nodiscard]] Random& random() { return *options_.random; }

  /// An identifier that follows from what an imported thing is, and tells nobody else what that was (a key of this desk is mixed in).
  template <class Tag>
  [[nodiscard]] Id<Tag> derive(std::string_view kind, std::string_view what) const {
    return Id<Tag>{derive_bytes(kind, what)};
  }

  /// The house of that name; founds it when there is none: its scope, its first charter, its entry in `org`.
  [[nodiscard]] Result<HouseId> found_house(const std::string& name);
  /// By name in any case, or by identifier. not_found tells which houses there are.
  [[nodiscard]] Result<House> find_house(const std::string& name_or_id);

  /// People as they stood in the lists that were imported, first to last: what tells namesakes apart when a later list does not.
  [[nodiscard]] Result<std::vector<PersonId>> people_in_order() const;
  [[nodiscard]] Status append_to_order(const std::vector<PersonId>& people);

 private:
  Desk(std::unique_ptr<Vault> vault, Office office, crypto::SecretBytes import_key, i18n::HouseZone zone, VaultOptions options);
  [[nodiscard]] ByteArray<16> derive_bytes(std::string_view kind, std::string_view what) const;

  std::unique_ptr<Vault> vault_;
  Office office_;  ///< of vault_
  crypto::SecretBytes import_key_;
  i18n::HouseZone zone_;
  VaultOptions options_;
};

}  // namespace huisbord
