// SPDX-License-Identifier: GPL-3.0-or-later
// A copy of a store without its keys, and such a copy as the store of another device.
#include <algorithm>

#include "core/journal/grant.h"
#include "core/store/vault_state.h"

namespace huisbord {
namespace {

constexpr const char* without_keys[] = {
    "DELETE FROM founding WHERE name IN ('signing', 'request', 'sealing') OR name LIKE 'next.%'",
    "DELETE FROM person_key",
    "DELETE FROM epoch",
    "DELETE FROM setting WHERE name LIKE 'desk.delegated%' OR name = 'custody'",
    "DELETE FROM setting WHERE name LIKE 'keys.%' OR name LIKE 'pin.%' OR name LIKE 'tries.%'",
};

Result<Bytes> copied_value(Database& database, std::string_view name) {
  Statement found = database.use("SELECT value FROM founding WHERE name = ?");
  found.bind(name);
  TRY_ASSIGN(const bool there, found.row());
  if (!there) return fail(ErrorCode::damaged, "This copy of a store does not say whose it is.");
  return to_bytes(found.blob(0));
}

Result<Bytes> charter_of(Database& database, const ScopeId& scope) {
  Statement found =
      database.use("SELECT c.bytes FROM scope AS s JOIN charter AS c ON c.scope = s.number AND c.hash = s.charter WHERE s.id = ?");
  found.bind(scope.bytes);
  TRY_ASSIGN(const bool there, found.row());
  if (!there) return fail(ErrorCode::not_found, "This copy of a store holds no such scope.");
  return to_bytes(found.blob(0));
}

Status place_charter(Database& database, const Founding& founding, ByteView bytes) {
  TRY_ASSIGN(const CharterName name, charter_name(bytes));
  TRY_ASSIGN(const Bytes former, charter_of(database, name.scope));
  TRY_ASSIGN(const Charter held, Charter::verify(former, founding.root, nullptr));
  TRY_ASSIGN(const Charter next, Charter::verify(bytes, founding.root, &held));
  if (next.device(founding.device) == nullptr) return fail(ErrorCode::charter, "That charter does not name this device.");
  TRY_STATUS(database.use("INSERT OR IGNORE INTO charter (scope, number, hash, bytes) SELECT number, ?, ?, ? FROM scope WHERE id = ?")
                 .bind(next.number, next.hash, bytes, name.scope.bytes)
                 .run());
  return database.use("UPDATE scope SET charter = ?, acknowledged = 0, elsewhere = 0 WHERE id = ?").bind(next.hash, name.scope.bytes).run();
}

}  // namespace

Status Vault::back_up(const std::filesystem::path& to, const crypto::SecretBytes& key) {
  for (const ScopeId& scope : scopes()) {
    TRY_ASSIGN(const auto held, heads(scope));
    TRY_ASSIGN([[maybe_unused]] const auto sealed, segments_after(scope, held, 1));
  }
  const std::scoped_lock guard(state_->writing);
  TRY_STATUS(state_->writer->checkpoint());
  // Beside its place until no key is in it any more.
  std::filesystem::path made = to;
  made += ".making";
  const Status copied = copy_vault_file(*state_->writer, made, key, state_->options.vfs, [](Database& copy) -> Status {
    for (const char* statement : without_keys) TRY_STATUS(copy.execute(statement));
    return {};
  });
  return copied ? put_vault_file(made, to) : copied;
}

Result<Vault::Origin> Vault::origin(const std::filesystem::path& copy, const crypto::SecretBytes& key) {
  TRY_ASSIGN(const auto database, open_vault_file(copy, key, {}));
  TRY_ASSIGN(const Bytes organisation, copied_value(*database, "organisation"));
  TRY_ASSIGN(const Bytes root, copied_value(*database, "root"));
  Origin origin;
  origin.organisation = OrganisationId::from(organisation).value_or(OrganisationId{});
  if (root.size() == origin.root.bytes.size()) std::ranges::copy(root, origin.root.bytes.begin());
  Statement rows = database->use("SELECT c.bytes FROM scope AS s JOIN charter AS c ON c.scope = s.number AND c.hash = s.charter");
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) return origin;
    origin.charters.push_back(to_bytes(rows.blob(0)));
  }
}

Status Vault::restore(const std::filesystem::path& copy, const crypto::SecretBytes& key, const Founding& founding,
                      std::span<const Bytes> charters) {
  TRY_ASSIGN(const VaultLock lock, VaultLock::take(copy));
  TRY_ASSIGN(const auto database, open_vault_file(copy, key, {}));
  TRY_ASSIGN(const Bytes organisation, copied_value(*database, "organisation"));
  TRY_ASSIGN(const Bytes root, copied_value(*database, "root"));
  if (!std::ranges::equal(organisation, founding.organisation.bytes) || !std::ranges::equal(root, founding.root.bytes))
    return fail(ErrorCode::charter, "This copy is of another organisation's store.");
  Statement own = database->use("SELECT 1 FROM founding WHERE name = 'signing'");
  TRY_ASSIGN(const bool lives, own.row());
  own.reset();
  if (lives) return fail(ErrorCode::forbidden, "This is a store that lives, or was restored before: only a backup becomes another device.");
  const Status placed = database->transaction([&]() -> Status {
    TRY_STATUS(put_founding(*database, "device", founding.device.bytes));
    TRY_STATUS(put_founding(*database, "signing", founding.signing.seed()));
    TRY_STATUS(put_founding(*database, "request", founding.request.seed()));
    TRY_STATUS(put_founding(*database, "sealing", founding.sealing.secret.view()));
    for (const Bytes& charter : charters) TRY_STATUS(place_charter(*database, founding, charter));
    // What newer charters erase and cut is judged when the store is opened.
    return put_founding(*database, "kinds", view(std::string_view("0")));
  });
  TRY_STATUS(placed);
  return database->checkpoint();
}

Status Vault::put_epoch_key(const ScopeId& scope_id, const crypto::SecretBytes& key) {
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(ScopeState * scope, state_->find(scope_id));
  const crypto::KeyId id = crypto::key_id(key);
  if (scope->charter.epoch(id) == nullptr) return fail(ErrorCode::epoch, "The charter lists no epoch of that key.");
  return state_->write([&]() -> Status {
    TRY_STATUS(
        state_->writer->use("INSERT OR IGNORE INTO epoch (scope, id, key) VALUES (?, ?, ?)").bind(scope->number, id, key.view()).run());
    bool touched_roles = false;
    for (const CharterDevice& device : scope->charter.devices) {
      TRY_ASSIGN(const bool pending, state_->has_pending(*scope, device.number));
      if (pending) TRY_STATUS(state_->recount(*scope, device.number, nullptr, touched_roles));
    }
    return touched_roles ? state_->renew_roles() : Status{};
  });
}

}  // namespace huisbord
