// SPDX-License-Identifier: GPL-3.0-or-later
// What the office asks about keys: what devices announced, what each epoch still seals, what each device witnessed.
#include <algorithm>

#include "core/journal/grant.h"
#include "core/journal/operation.h"
#include "core/store/reading.h"

namespace huisbord {
namespace {

/// A device witnesses daily, so its newest one is near its end.
constexpr int looked_through = 4096;

std::optional<crypto::SealingPublicKey> public_key(const std::string& field) {
  if (field.size() != 32) return std::nullopt;
  crypto::SealingPublicKey key;
  std::ranges::copy(view(field), key.bytes.begin());
  return key;
}

}  // namespace

Result<crypto::SecretBytes> Vault::keyring_key(const ScopeId& house, const PersonId& person, const crypto::SealingKeyPair& custody) const {
  const std::scoped_lock guard(state_->writing);
  const auto found = state_->scopes.find(house);
  if (found == state_->scopes.end()) return fail(ErrorCode::not_found, "No charter of that scope is held here.");
  const ScopeState& scope = found->second;
  return open_person_key(scope.charter, person, scope.own, custody, state_->sealing_pair(scope));
}

crypto::SealingPublicKey Vault::sealing_key() const {
  const std::scoped_lock guard(state_->writing);
  return state_->sealing.back().pair.public_key;
}

Result<crypto::SecretBytes> Vault::epoch_key(const ScopeId& scope_id) const {
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(ScopeState * scope, state_->find(scope_id));
  std::vector<Epoch> epochs = scope->charter.epochs;
  std::ranges::sort(epochs, std::greater<>(), &Epoch::number);
  for (const Epoch& epoch : epochs) {
    const auto key = state_->epoch_key(*scope, epoch.id);
    if (key) return (*key)->clone();
    if (key.error().code != ErrorCode::epoch) return std::unexpected(key.error());
  }
  return fail(ErrorCode::epoch, "No epoch key of that scope is held here.");
}

Result<crypto::SecretBytes> Vault::epoch_key(const ScopeId& scope_id, const crypto::KeyId& epoch) const {
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(ScopeState * scope, state_->find(scope_id));
  TRY_ASSIGN(const crypto::SecretBytes* key, state_->epoch_key(*scope, epoch));
  return key->clone();
}

Result<std::vector<DeviceKeys>> Vault::device_keys(const ScopeId& house) const {
  return read_scope<std::vector<DeviceKeys>>(
      *state_, house, [](const Rows& rows, const PublishedScope&) -> Result<std::vector<DeviceKeys>> {
        TRY_ASSIGN(const std::vector<Row> won, rows.winners(Table::device_keys, no_week, no_week));
        std::vector<DeviceKeys> all;
        journal::Operation operation;
        for (const Row& row : won) {
          TRY_STATUS(rows.load(row, operation));
          const journal::DeviceKeys& said = operation.device_keys();
          const auto sealing = public_key(said.sealing_key());
          if (sealing) all.push_back({row.source.device, *sealing, public_key(said.custody_key()), said.settled()});
        }
        std::ranges::sort(all, {}, &DeviceKeys::device);
        return all;
      });
}

Result<std::vector<EpochUse>> Vault::epochs(const ScopeId& scope_id) const {
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(ScopeState * scope, state_->find(scope_id));
  std::map<crypto::KeyId, EpochUse> used;
  Statement rows = state_->writer->use("SELECT header, state FROM segment WHERE scope = ? AND state BETWEEN 0 AND 2");
  rows.bind(scope->number);
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) break;
    TRY_ASSIGN(const SegmentView segment, parse_evidence(rows.blob(0)));
    EpochUse& use = used[segment.header.epoch];
    const CharterDevice* device = scope->charter.device(segment.header.device);
    const bool past_cut = device == nullptr || (device->cut && segment.header.last() > device->cut->number);
    const auto state = static_cast<SegmentState>(rows.integer(1));
    if (state == SegmentState::aside || (state == SegmentState::held && past_cut)) {
      use.undecided = true;
      continue;
    }
    OperationNumber& last = use.last[segment.header.device];
    last = std::max(last, segment.header.last());
  }
  rows.reset();
  std::vector<EpochUse> all;
  for (const Epoch& epoch : scope->charter.epochs) {
    const auto key = state_->epoch_key(*scope, epoch.id);
    if (!key && key.error().code != ErrorCode::epoch) return std::unexpected(key.error());
    EpochUse& use = all.emplace_back(std::move(used[epoch.id]));
    use.id = epoch.id;
    use.number = epoch.number;
    use.held = key.has_value();
  }
  std::ranges::sort(all, {}, &EpochUse::number);
  return all;
}

Result<std::vector<Head>> Vault::ended_away(const ScopeId& scope_id) const {
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(ScopeState * scope, state_->find(scope_id));
  std::vector<Head> away;
  Statement rows = state_->writer->use("SELECT header FROM segment WHERE scope = ? AND state < 2 ORDER BY device, first");
  rows.bind(scope->number);
  std::vector<SegmentView> waiting;
  std::vector<Bytes> headers;
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) break;
    headers.push_back(to_bytes(rows.blob(0)));
  }
  rows.reset();
  for (const Bytes& header : headers) {
    TRY_ASSIGN(const SegmentView segment, parse_evidence(header));
    const Epoch* epoch = scope->charter.epoch(segment.header.epoch);
    if (epoch == nullptr) continue;
    const bool granted = std::ranges::any_of(epoch->grants, [&](const EpochGrant& grant) { return grant.device == scope->own; });
    if (granted || state_->epoch_key(*scope, epoch->id)) continue;
    away.push_back({segment.header.device, segment.header.last(), segment.hash()});
  }
  return away;
}

Result<std::map<DeviceNumber, Witness>> Vault::last_witnesses(const ScopeId& scope_id) const {
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(const ScopeState* scope, state_->find(scope_id));
  std::map<DeviceNumber, Witness> newest;
  journal::Operation operation;
  for (const CharterDevice& device : scope->charter.devices) {
    Statement rows = state_->writer->use("SELECT bytes FROM operation WHERE scope = ? AND device = ? ORDER BY number DESC LIMIT ?");
    rows.bind(scope->number, device.number, looked_through);
    for (;;) {
      TRY_ASSIGN(const bool more, rows.row());
      if (!more) break;
      if (!parse_operation(rows.blob(0), operation) || !operation.has_witness()) continue;
      TRY_ASSIGN(Witness witness, read_witness(operation));
      newest.emplace(device.number, std::move(witness));
      break;
    }
  }
  return newest;
}

}  // namespace huisbord
