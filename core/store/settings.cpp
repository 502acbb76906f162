// SPDX-License-Identifier: GPL-3.0-or-later
// This device's own tables: settings and, on a desk, person keys. Never journaled, never sent.
#include "core/store/vault_state.h"

namespace huisbord {

Result<std::optional<Bytes>> Vault::setting(const std::string& name) const {
  const std::scoped_lock guard(state_->reading);
  Statement found = state_->reader->use("SELECT value FROM setting WHERE name = ?");
  found.bind(name);
  TRY_ASSIGN(const bool there, found.row());
  if (!there) return std::nullopt;
  return to_bytes(found.blob(0));
}

Status Vault::set_setting(const std::string& name, ByteView value) {
  const std::scoped_lock guard(state_->writing);
  return state_->writer->use("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)").bind(name, value).run();
}

Status Vault::remove_setting(const std::string& name) {
  const std::scoped_lock guard(state_->writing);
  return state_->writer->use("DELETE FROM setting WHERE name = ?").bind(name).run();
}

Result<std::vector<std::pair<std::string, Bytes>>> Vault::settings(const std::string& prefix) const {
  const std::scoped_lock guard(state_->reading);
  Statement rows = state_->reader->use("SELECT name, value FROM setting WHERE name >= ? ORDER BY name");
  rows.bind(prefix);
  std::vector<std::pair<std::string, Bytes>> found;
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more || !rows.text(0).starts_with(prefix)) return found;
    found.emplace_back(rows.text(0), to_bytes(rows.blob(1)));
  }
}

Status Vault::put_person_key(const PersonId& person, const crypto::SecretBytes& key) {
  if (key.size() != 32) return fail(ErrorCode::invalid, "A person key has 32 bytes.");
  const std::scoped_lock guard(state_->writing);
  return state_->writer->use("INSERT OR REPLACE INTO person_key (person, key) VALUES (?, ?)").bind(person.bytes, key.view()).run();
}

Result<crypto::SecretBytes> Vault::person_key(const PersonId& person) const {
  const std::scoped_lock guard(state_->reading);
  Statement found = state_->reader->use("SELECT key FROM person_key WHERE person = ?");
  found.bind(person.bytes);
  TRY_ASSIGN(const bool there, found.row());
  if (!there) return fail(ErrorCode::not_found, "This store holds no key of that person.");
  return crypto::SecretBytes::copy_of(found.blob(0));
}

Result<std::vector<PersonId>> Vault::people_with_keys() const {
  const std::scoped_lock guard(state_->reading);
  Statement rows = state_->reader->use("SELECT person FROM person_key ORDER BY person");
  std::vector<PersonId> found;
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) return found;
    found.push_back(PersonId::from(rows.blob(0)).value_or(PersonId{}));
  }
}

Status Vault::remove_person_key(const PersonId& person) {
  const std::scoped_lock guard(state_->writing);
  return state_->writer->use("DELETE FROM person_key WHERE person = ?").bind(person.bytes).run();
}

}  // namespace huisbord
