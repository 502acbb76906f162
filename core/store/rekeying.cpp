// SPDX-License-Identifier: GPL-3.0-or-later
// The same store under another key: a whole new file beside it, put in its place by one rename.
#include "core/store/vault_state.h"

namespace huisbord {

Status Vault::rekey(const crypto::SecretBytes& next_store_key) {
  if (next_store_key.size() != 32) return fail(ErrorCode::invalid, "A store key has 32 bytes.");
  const std::scoped_lock guard(state_->writing);
  const std::unique_lock alone(state_->sides, std::try_to_lock);
  if (!alone.owns_lock()) return fail(ErrorCode::locked, "The vault is being read through; it gets a new key when that is over.");
  const std::scoped_lock readers(state_->reading);
  State& state = *state_;
  const DatabaseOptions options{.cache_kib = state.options.cache_kib, .vfs = state.options.vfs};
  // Asked before the copy is made, so that the copy no longer asks.
  KeyDuties after = state.duties;
  after.rekey = false;
  TRY_STATUS(state.writer->checkpoint());
  std::filesystem::path made = state.file;
  made += ".making";
  TRY_STATUS(copy_vault_file(*state.writer, made, next_store_key, state.options.vfs,
                             [&](Database& fresh) { return keep_key_duties(fresh, after); }));
  // From here to the rename nothing is open; whichever file then stands there is whole.
  state.reader.reset();
  state.writer.reset();
  const Status put = put_vault_file(made, state.file);
  const crypto::SecretBytes key = put ? next_store_key.clone() : state.store_key.clone();
  auto writer = open_vault_file(state.file, key, options);
  if (!writer) return std::unexpected(writer.error());
  state.writer = std::move(*writer);
  state.store_key = key.clone();
  TRY_ASSIGN(state.reader, state.connect_reader());
  TRY_STATUS(put);
  state.duties = after;
  state.fold_due = false;
  return {};
}

const crypto::SecretBytes& Vault::store_key() const { return state_->store_key; }

}  // namespace huisbord
