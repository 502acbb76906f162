// SPDX-License-Identifier: GPL-3.0-or-later
// Waiting operations into segments: the exact bytes are on the disk before the first leaves; receipts close them.
#include <algorithm>

#include "core/journal/grant.h"
#include "core/store/vault_state.h"

namespace huisbord {

namespace {

/// So that a replica applies one in a few milliseconds; bulk compresses hardly better in larger ones.
constexpr std::size_t most_operations = 256;

/// The key of the highest epoch that is held here.
Result<const crypto::SecretBytes*> sealing_key(Vault::State& state, ScopeState& scope) {
  std::vector<const Epoch*> epochs;
  for (const Epoch& epoch : scope.charter.epochs) epochs.push_back(&epoch);
  std::ranges::sort(epochs, [](const Epoch* a, const Epoch* b) { return a->number > b->number; });
  for (const Epoch* epoch : epochs) {
    auto key = state.epoch_key(scope, epoch->id);
    if (key || key.error().code != ErrorCode::epoch) return key;
  }
  return fail(ErrorCode::epoch, "No epoch key of that scope is held here: nothing can be sealed before the next charter.");
}

/// The rows of \p found (header, body) as segments, until they are \p most or so many bytes; the first one always.
Result<std::vector<Bytes>> read_segments(Statement& found, std::size_t most, std::size_t most_bytes) {
  std::vector<Bytes> segments;
  std::size_t size = 0;
  while (segments.size() < most) {
    TRY_ASSIGN(const bool there, found.row());
    if (!there) break;
    const ByteView body = found.blob(1);
    size += found.blob(0).size() + body.size();
    if (size > most_bytes && !segments.empty()) break;
    Bytes& segment = segments.emplace_back(to_bytes(found.blob(0)));
    segment.insert(segment.end(), body.begin(), body.end());
  }
  return segments;
}

/// Of a device that was cut also what does not count (now): it is handed in, and a person decides.
Result<std::vector<Bytes>> unsent(Database& database, const ScopeState& scope, std::size_t most, std::size_t most_bytes) {
  const bool hands_in = !scope.elsewhere && scope.own_state() != DeviceState::active;
  Statement found = database.use(
      hands_in ? "SELECT header, body FROM segment WHERE scope = ? AND device = ? AND first > ? AND state IN (1, 2) ORDER BY first"
               : "SELECT header, body FROM segment WHERE scope = ? AND device = ? AND first > ? AND state = 2 ORDER BY first");
  found.bind(scope.number, scope.own, scope.acknowledged);
  return read_segments(found, most, most_bytes);
}

Result<std::vector<Bytes>> waiting_operations(Database& database, const ScopeState& scope) {
  std::vector<Bytes> operations;
  Statement rows = database.use("SELECT bytes FROM operation WHERE scope = ? AND device = ? AND number > ? ORDER BY number LIMIT ?");
  rows.bind(scope.number, scope.own, scope.head(scope.own).number, most_operations);
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) return operations;
    operations.push_back(to_bytes(rows.blob(0)));
  }
}

/// Seals what waits, up to one segment; nothing when nothing waits. The writing lock and the transaction are the caller's.
Result<std::optional<Bytes>> seal_next(Vault::State& state, ScopeState& scope) {
  TRY_ASSIGN(std::vector<Bytes> operations, waiting_operations(*state.writer, scope));
  if (operations.empty()) return std::nullopt;
  operations.resize(std::min(operations.size(), fitting(operations)));
  TRY_ASSIGN(const crypto::SecretBytes* key, sealing_key(state, scope));
  const SegmentPosition position{scope.id, scope.own, scope.charter.number, scope.head(scope.own)};
  TRY_ASSIGN(Bytes segment,
             seal_segment(position, operations, *key, state.identity(scope).signing, *state.options.random, state.options.padding));
  TRY_ASSIGN(const SegmentView view, parse_segment(segment));
  TRY_STATUS(
      state.writer->use("INSERT INTO segment (scope, device, first, hash, last, state, header, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
          .bind(scope.number, scope.own, view.header.first, view.hash(), view.header.last(), SegmentState::counted, view.signed_header,
                view.body)
          .run());
  scope.heads[scope.own] = head_of(view);
  scope.last_sealed = view.header.last();
  return segment;
}

bool sealed_under_an_ended_epoch(const Vault::State& state, const ScopeState& scope, const std::vector<Bytes>& segments) {
  return std::ranges::any_of(segments, [&](const Bytes& segment) {
    const auto view = parse_segment(segment);
    const Epoch* epoch = view ? scope.charter.epoch(view->header.epoch) : nullptr;
    return epoch != nullptr && state.rules.epoch_ended(scope.charter, *epoch);
  });
}

}  // namespace

Result<const crypto::SecretBytes*> Vault::State::epoch_key(ScopeState& scope, const crypto::KeyId& epoch) {
  if (const auto known = scope.epochs.find(epoch); known != scope.epochs.end()) return &known->second;
  Statement found = writer->use("SELECT key FROM epoch WHERE scope = ? AND id = ?");
  found.bind(scope.number, epoch);
  TRY_ASSIGN(const bool there, found.row());
  if (!there) return fail(ErrorCode::epoch, "The key of that epoch is not held here.");
  return &scope.epochs.emplace(epoch, crypto::SecretBytes::copy_of(found.blob(0))).first->second;
}

Result<std::vector<Bytes>> Vault::segments_to_send(const ScopeId& scope_id, std::size_t most, std::size_t most_bytes) {
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(ScopeState * scope, state_->find(scope_id));
  // What a copy has sealed the other may have sealed otherwise: it goes nowhere, its operations move to the new device.
  if (scope->elsewhere) return std::vector<Bytes>{};
  TRY_ASSIGN(std::vector<Bytes> segments, unsent(*state_->writer, *scope, most, most_bytes));
  // Sealed for nobody any more: what is in it goes out anew, under other numbers.
  if (scope->own_active() && sealed_under_an_ended_epoch(*state_, *scope, segments)) {
    TRY_STATUS(state_->write([&] { return state_->mark_elsewhere(*scope); }));
    return std::vector<Bytes>{};
  }
  if (!segments.empty() || !scope->own_active() || scope->last_own <= scope->head(scope->own).number) return segments;
  // On the disk together before the first leaves. Sealing stops when somebody wants to record.
  std::size_t size = 0;
  TRY_STATUS(state_->write([&]() -> Status {
    do {
      TRY_ASSIGN(auto sealed, seal_next(*state_, *scope));
      if (!sealed) return {};
      size += sealed->size();
      segments.push_back(std::move(*sealed));
    } while (segments.size() < most && size < most_bytes && !state_->writing.wanted());
    return {};
  }));
  return segments;
}

Result<std::vector<Bytes>> Vault::segments_after(const ScopeId& scope_id, std::span<const Head> held, std::size_t most_bytes) {
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(ScopeState * scope, state_->find(scope_id));
  if (scope->own_active() && scope->last_own > scope->head(scope->own).number) {
    TRY_STATUS(state_->write([&]() -> Status {
      for (;;) {
        TRY_ASSIGN(const auto sealed, seal_next(*state_, *scope));
        if (!sealed) return {};
      }
    }));
  }
  std::vector<Bytes> segments;
  std::size_t size = 0;
  for (const auto& [device, head] : scope->heads) {
    const auto known = std::ranges::find(held, device, &Head::device);
    Statement rows = state_->writer->use(
        "SELECT header, body FROM segment WHERE scope = ? AND device = ? AND first > ? AND state = 2 AND body IS NOT NULL ORDER BY first");
    rows.bind(scope->number, device, known == held.end() ? OperationNumber{0} : known->number);
    for (;;) {
      TRY_ASSIGN(const bool more, rows.row());
      if (!more) break;
      Bytes segment = to_bytes(rows.blob(0));
      const ByteView body = rows.blob(1);
      segment.insert(segment.end(), body.begin(), body.end());
      size += segment.size();
      if (size > most_bytes && !segments.empty()) return segments;
      segments.push_back(std::move(segment));
    }
  }
  return segments;
}

Status Vault::acknowledged(const ScopeId& scope_id, DeviceNumber device, OperationNumber last, const HeaderHash& header) {
  const std::scoped_lock guard(state_->writing);
  TRY_ASSIGN(ScopeState * scope, state_->find(scope_id));
  if (device != scope->own || last <= scope->acknowledged) return {};
  Statement found = state_->writer->use("SELECT 1 FROM segment WHERE scope = ? AND device = ? AND first > ? AND last = ? AND hash = ?");
  found.bind(scope->number, device, scope->acknowledged, last, header);
  TRY_ASSIGN(const bool ours, found.row());
  found.reset();
  if (!ours) return fail(ErrorCode::chain, "The receipt is for another segment than the one sent.");
  return state_->write([&]() -> Status {
    scope->acknowledged = last;
    return state_->writer->use("UPDATE scope SET acknowledged = ? WHERE number = ?").bind(last, scope->number).run();
  });
}

}  // namespace huisbord
