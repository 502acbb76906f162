// SPDX-License-Identifier: GPL-3.0-or-later
// The vault's life: made, opened, closed; and what it answers from memory.
#include "core/store/vault.h"

#include <algorithm>

#include "core/crypto/memory.h"
#include "core/store/vault_state.h"

namespace huisbord {

namespace {

/// A closed store waits so long for what it had sealed to be handed in.
constexpr std::int64_t longest_handing_in = std::int64_t{7} * 86'400'000;

/// Kinds that this release knows: an operation of a later one is judged again once it is higher than the file says.
std::int64_t known_kinds(const MergeRules& rules) { return rules.newest_kind; }

}  // namespace

Vault::Vault(std::unique_ptr<State> state) : state_(std::move(state)) { state_->witnesses = std::make_unique<VaultWitnesses>(*this); }

Vault::~Vault() {
  // The reader first: only the last connection folds the write-ahead log into the file.
  state_->reader.reset();
  state_->writer.reset();
}

Result<std::unique_ptr<Vault>> Vault::create(const std::filesystem::path& path, const crypto::SecretBytes& store_key,
                                             const Founding& founding, const VaultOptions& options) {
  if (store_key.size() != 32) return fail(ErrorCode::invalid, "A store key has 32 bytes.");
  {
    TRY_ASSIGN(const VaultLock lock, VaultLock::take(path));
    const Status made = create_vault_file(path, store_key, options.vfs, [&](Database& database) -> Status {
      TRY_STATUS(put_founding(database, "organisation", founding.organisation.bytes));
      TRY_STATUS(put_founding(database, "root", founding.root.bytes));
      TRY_STATUS(put_founding(database, "device", founding.device.bytes));
      TRY_STATUS(put_founding(database, "signing", founding.signing.seed()));
      TRY_STATUS(put_founding(database, "request", founding.request.seed()));
      TRY_STATUS(put_founding(database, "sealing", founding.sealing.secret.view()));
      return put_founding(database, "kinds",
                          view(std::to_string(known_kinds(options.rules == nullptr ? the_merge_rules() : *options.rules))));
    });
    TRY_STATUS(made);
  }
  return open(path, store_key, options);
}

Result<std::unique_ptr<Vault>> Vault::open(const std::filesystem::path& path, const crypto::SecretBytes& store_key,
                                           const VaultOptions& options) {
  if (store_key.size() != 32) return fail(ErrorCode::wrong_key, "A store key has 32 bytes.");
  if (std::error_code error; !std::filesystem::exists(path, error))
    return fail(ErrorCode::not_found, "The vault " + path.filename().string() + " is not there.");
  TRY_ASSIGN(VaultLock lock, VaultLock::take(path));
  auto state = std::make_unique<State>(path, store_key, options, std::move(lock));
  TRY_ASSIGN(state->writer, open_vault_file(path, store_key, {.cache_kib = options.cache_kib, .vfs = options.vfs}));
  TRY_STATUS(state->load());
  TRY_STATUS(state->judge_later_kinds());
  return std::unique_ptr<Vault>(new Vault(std::move(state)));
}

Status Vault::State::judge_later_kinds() {
  TRY_ASSIGN(const std::int64_t known, writer->integer("SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM founding WHERE name = 'kinds'"));
  if (known >= known_kinds(rules)) return {};
  const auto later = [known](const journal::Operation& op) { return static_cast<std::int64_t>(op.kind()) > known; };
  return write([&]() -> Status {
    // With kinds that grant roles come the roles themselves: what staff did under kinds known long ago is judged by them.
    bool touched_roles = false;
    for (auto& [id, scope] : scopes) {
      Applying applying(*writer, conditions(scope));
      TRY_STATUS(applying.judge_again(later));
      touched_roles = touched_roles || applying.touched_roles();
    }
    // 0: restored under charters that were never taken here.
    for (auto& [id, scope] : scopes) {
      if (known != 0) break;
      for (const CharterDevice& device : scope.charter.devices) TRY_STATUS(recount(scope, device.number, nullptr, touched_roles));
    }
    if (touched_roles) TRY_STATUS(renew_roles());
    return writer->use("UPDATE founding SET value = ? WHERE name = 'kinds'").bind(view(std::to_string(known_kinds(rules)))).run();
  });
}

bool Vault::arrived(const ScopeId& scope, DeviceNumber device, OperationNumber number) const {
  const auto seen = state_->seen(scope);
  return !seen || device != seen->own || number <= seen->acknowledged;
}

std::uint64_t Vault::revision() const { return state_->revision; }
Millis Vault::trusted_now() const { return state_->now(); }
void Vault::saw_relay_date(Millis date) {
  const std::scoped_lock guard(state_->timing);
  state_->time.saw_relay_date(date, state_->options.clock->running());
}

const Founding& Vault::founding() const { return state_->founding; }
OrganisationId Vault::organisation() const { return state_->founding.organisation; }

std::vector<ScopeId> Vault::scopes() const {
  const std::shared_lock guard(state_->publishing);
  std::vector<ScopeId> all;
  for (const auto& [id, scope] : state_->published) all.push_back(id);
  return all;
}

Result<ScopeIdentity> Vault::identity(const ScopeId& scope) const {
  const auto seen = state_->seen(scope);
  if (!seen) return fail(ErrorCode::not_found, "That scope is not held here.");
  const Founding& own = seen->renewed ? *state_->next : state_->founding;
  return ScopeIdentity{seen->own, own.device, &own.request};
}

CharterNumber Vault::charter_number(const ScopeId& scope) const {
  const auto seen = state_->seen(scope);
  return seen ? seen->charter : 0;
}

std::size_t Vault::waiting_count() const {
  const std::shared_lock guard(state_->publishing);
  std::size_t waiting = 0;
  for (const auto& [id, scope] : state_->published) {
    if (scope.last_own > scope.acknowledged) waiting += scope.last_own - scope.acknowledged;
  }
  return waiting;
}

DeviceState Vault::own_state() const {
  const std::shared_lock guard(state_->publishing);
  DeviceState worst = DeviceState::active;
  for (const auto& [id, scope] : state_->published) worst = std::max(worst, scope.own_state);
  return worst;
}

bool Vault::must_be_destroyed() const {
  const DeviceState worst = own_state();
  if (worst != DeviceState::closed) return worst == DeviceState::wiped;
  if (waiting_count() == 0) return true;
  const std::int64_t now = trusted_now().value;
  const std::shared_lock guard(state_->publishing);
  return std::ranges::any_of(state_->published, [now](const auto& scope) {
    return scope.second.own_state == DeviceState::closed && now - scope.second.charter_written.value > longest_handing_in;
  });
}

std::optional<Millis> Vault::last_contact() const {
  const std::shared_lock guard(state_->publishing);
  return state_->last_contact;
}

Status Vault::set_last_contact(Millis when) {
  Bytes value;
  ByteWriter(value).u64(static_cast<std::uint64_t>(when.value));
  TRY_STATUS(set_setting("sync.last_contact", value));
  const std::unique_lock guard(state_->publishing);
  state_->last_contact = when;
  return {};
}

Result<std::vector<Head>> Vault::heads(const ScopeId& scope) const {
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(const ScopeState* held, state_->find(scope));
  std::vector<Head> all;
  for (const auto& [device, head] : held->heads) all.push_back({device, head.number, head.hash});
  return all;
}

Result<Charter> Vault::held_charter(const ScopeId& scope) const {
  const std::scoped_lock guard(state_->writing);
  const auto found = state_->scopes.find(scope);
  if (found == state_->scopes.end()) return fail(ErrorCode::not_found, "No charter of that scope is held here.");
  return found->second.charter;
}

Status Vault::fold_log() {
  const std::scoped_lock guard(state_->writing);
  return state_->writer->checkpoint();
}

}  // namespace huisbord
