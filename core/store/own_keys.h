// SPDX-License-Identifier: GPL-3.0-or-later
// What a store keeps of its own device's keys beside the founding: sealing keys in turn, and what an erasure still asks (KEYS.md 13).
#pragma once

#include <vector>

#include "core/crypto/sealing.h"
#include "core/store/database.h"

namespace huisbord {

/// One of this device's sealing keys. Several live at once only until every charter held lists the newest.
struct OwnSealing {
  std::uint32_t number = 0;  ///< rising
  std::int64_t made_quarter = 0;
  crypto::SealingKeyPair pair;
};

/// What is still to be done with this store's keys; on the disk before it is begun.
struct KeyDuties {
  bool turn = false;       ///< another sealing key is due
  bool unsettled = false;  ///< an erasure is not carried out to the end
  bool rekey = false;      ///< the store must get a new key before it is
  auto operator<=>(const KeyDuties&) const = default;
};

/// Ascending; the first is the founding's until a turned key took its place.
[[nodiscard]] Result<std::vector<OwnSealing>> read_own_sealing(Database& database);
[[nodiscard]] Status keep_own_sealing(Database& database, const OwnSealing& key);
/// This one alone is left.
[[nodiscard]] Status settle_own_sealing(Database& database, const OwnSealing& key);

[[nodiscard]] Result<KeyDuties> read_key_duties(Database& database);
[[nodiscard]] Status keep_key_duties(Database& database, const KeyDuties& duties);

// Rows of the setting table, inside a transaction.
[[nodiscard]] Result<std::optional<Bytes>> read_setting(Database& database, std::string_view name);
[[nodiscard]] Status keep_setting(Database& database, std::string_view name, ByteView value);
[[nodiscard]] Status drop_setting(Database& database, std::string_view name);
[[nodiscard]] Result<std::vector<std::pair<std::string, Bytes>>> read_settings(Database& database, std::string_view prefix);

}  // namespace huisbord
