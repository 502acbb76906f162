// SPDX-License-Identifier: GPL-3.0-or-later
// Which of a device's stored segments count, asked anew: after a gap closed, a fork, a cut, a ruling, or when a stamp's time has come.
#include <algorithm>

#include "core/store/vault_state.h"

namespace huisbord {

namespace {

struct Stored {
  ChainLink link;
  SegmentState state = SegmentState::held;
  SegmentHeader header;
  bool base = false;  ///< what a snapshot holds of the device: all of it as one link, or nothing of it
};

Result<std::vector<Stored>> stored_segments(Database& database, const ScopeState& scope, DeviceNumber device) {
  std::vector<Stored> all;
  TRY_ASSIGN(const auto base, base_of(database, scope.number, device));
  if (base) {
    Stored& one = all.emplace_back();
    one.state = SegmentState::counted;
    one.base = true;
    one.link = {1, base->number, base->hash, {}, base->stamp, false, true};
  }
  Statement rows =
      database.use("SELECT hash, state, header FROM segment WHERE scope = ? AND device = ? AND state BETWEEN 1 AND 2 ORDER BY first");
  rows.bind(scope.number, device);
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) return all;
    TRY_ASSIGN(const SegmentView view, parse_evidence(rows.blob(2)));
    Stored& one = all.emplace_back();
    one.header = view.header;
    one.state = static_cast<SegmentState>(rows.integer(1));
    one.link = {view.header.first, view.header.last(), view.hash(), view.header.previous, view.header.last_stamp, false, true};
  }
}

Status set_state(Database& database, const ScopeState& scope, const Stored& segment, SegmentState state) {
  return database.use("UPDATE segment SET state = ? WHERE scope = ? AND device = ? AND first = ? AND hash = ?")
      .bind(state, scope.number, segment.header.device, segment.header.first, segment.link.hash)
      .run();
}

/// The whole segment's bytes; nothing when its body went with its term.
Result<std::optional<Bytes>> segment_bytes(Database& database, const ScopeState& scope, const Stored& segment) {
  Statement found = database.use("SELECT header, body FROM segment WHERE scope = ? AND device = ? AND first = ? AND hash = ?");
  found.bind(scope.number, segment.header.device, segment.header.first, segment.link.hash);
  TRY_ASSIGN(const bool there, found.row());
  if (!there || found.is_null(1)) return std::nullopt;
  Bytes bytes = to_bytes(found.blob(0));
  const ByteView body = found.blob(1);
  bytes.insert(bytes.end(), body.begin(), body.end());
  return bytes;
}

/// What is kept of a segment whose body went, while it does not count: its numbers may belong to another branch meanwhile.
Status park(Database& database, const ScopeState& scope, const Stored& segment) {
  return database
      .use(
          "INSERT INTO parked (scope, device, number, hash, bytes)"
          " SELECT o.scope, o.device, o.number, s.hash, o.bytes FROM segment AS s JOIN operation AS o"
          " ON o.scope = s.scope AND o.device = s.device AND o.number BETWEEN s.first AND s.last"
          " WHERE s.scope = ? AND s.device = ? AND s.first = ? AND s.hash = ? AND s.body IS NULL")
      .bind(scope.number, segment.header.device, segment.header.first, segment.link.hash)
      .run();
}

Status unpark(Database& database, const ScopeState& scope, const Stored& segment, Applying& applying) {
  std::vector<std::pair<OperationNumber, Bytes>> parked;
  Statement rows = database.use("SELECT number, bytes FROM parked WHERE scope = ? AND device = ? AND number BETWEEN ? AND ? AND hash = ?");
  rows.bind(scope.number, segment.header.device, segment.header.first, segment.header.last(), segment.link.hash);
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) break;
    parked.emplace_back(rows.natural(0), to_bytes(rows.blob(1)));
  }
  rows.reset();
  for (const auto& [number, raw] : parked) TRY_STATUS(applying.add(segment.header.device, number, raw));
  return database.use("DELETE FROM parked WHERE scope = ? AND device = ? AND number BETWEEN ? AND ? AND hash = ?")
      .bind(scope.number, segment.header.device, segment.header.first, segment.header.last(), segment.link.hash)
      .run();
}

}  // namespace

Status Vault::State::recount(ScopeState& scope, DeviceNumber device, TakeReport* report, bool& touched_roles) {
  const CharterDevice* entry = scope.charter.device(device);
  if (entry == nullptr) return {};
  TRY_ASSIGN(std::vector<Stored> stored, stored_segments(*writer, scope, device));
  std::vector<ChainLink> links;
  for (Stored& one : stored) {
    if (one.state == SegmentState::held) {
      // Once counted, a clock that was put back does not take it out again.
      one.link.waits = rules.waits(Stamp{one.link.last_stamp}, now()) && !scope.charter.freed(one.header, one.link.hash);
      auto epoch = epoch_key(scope, one.header.epoch);
      if (!epoch && epoch.error().code != ErrorCode::epoch) return std::unexpected(epoch.error());
      one.link.opens = epoch.has_value();
    }
    links.push_back(one.link);
  }
  const std::vector<std::size_t> chain = rules.counted_chain(links, entry->cut, scope.charter.snapshot_end(device));
  std::vector<bool> counts(stored.size());
  for (const std::size_t i : chain) counts[i] = true;

  // A copy's own operations are not its device's any more: they wait for the new one, whatever becomes of this chain.
  if (device == scope.own && scope.elsewhere) TRY_STATUS(set_unsent_aside(scope));
  Applying applying(*writer, conditions(scope));
  bool took_away = false;
  for (std::size_t i = stored.size(); i-- > 0;) {
    if (counts[i] || stored[i].state != SegmentState::counted) continue;
    if (stored[i].base) {
      // Cut inside of what the snapshot holds, or on another branch: nothing here says which of it counts.
      TRY_STATUS(applying.remove(device, 1, stored[i].link.last));
      TRY_STATUS(writer->use("DELETE FROM base WHERE scope = ? AND device = ?").bind(scope.number, device).run());
      took_away = true;
      continue;
    }
    TRY_STATUS(park(*writer, scope, stored[i]));
    TRY_STATUS(applying.remove(device, stored[i].header.first, stored[i].header.last()));
    TRY_STATUS(set_state(*writer, scope, stored[i], SegmentState::held));
    took_away = true;
    if (report != nullptr) ++report->quarantined;
  }
  // What this device wrote and has not sealed follows its last segment: when that counts no more, neither does this.
  if (device == scope.own && (took_away || !scope.may_record())) {
    TRY_STATUS(applying.remove(device, scope.head(device).number + 1, scope.last_own));
  }
  ChainHead head;
  bool broke = false;
  for (const std::size_t i : chain) {
    if (stored[i].state != SegmentState::counted) {
      TRY_ASSIGN(const std::optional<Bytes> bytes, segment_bytes(*writer, scope, stored[i]));
      if (bytes) {
        TRY_ASSIGN(const SegmentView view, parse_segment(*bytes));
        TRY_ASSIGN(const crypto::SecretBytes* epoch, epoch_key(scope, stored[i].header.epoch));
        const auto opened = open_segment(view, *epoch);
        if (!opened) {
          TRY_STATUS(set_state(*writer, scope, stored[i], SegmentState::broken));
          if (report != nullptr) report->refused.push_back({device, stored[i].header.first, opened.error()});
          broke = true;
          break;
        }
        TRY_ASSIGN([[maybe_unused]] const bool all, applying.add_all(view.header, *opened));
      } else {
        TRY_STATUS(unpark(*writer, scope, stored[i], applying));
      }
      TRY_STATUS(set_state(*writer, scope, stored[i], SegmentState::counted));
      saw(scope, device, stored[i].link.last, stored[i].link.last_stamp);
      if (report != nullptr) {
        ++report->segments;
        report->operations += stored[i].header.count;
      }
    }
    head = {stored[i].link.last, stored[i].link.hash, stored[i].link.last_stamp};
  }
  if (head.number == 0) {
    scope.heads.erase(device);
  } else {
    scope.heads[device] = head;
  }
  touched_roles = touched_roles || applying.touched_roles();
  TRY_STATUS(saw_witnesses(scope, applying));
  if (took_away) forget_weeks();
  // Without the broken one another branch may be the only one.
  return broke ? recount(scope, device, report, touched_roles) : Status{};
}

Status Vault::State::saw_witnesses(const ScopeState& scope, const Applying& applying) {
  // Segments are in the file before they leave: a desk that holds more of this device has it from a copy.
  for (const WitnessHead& head : applying.own_witnessed()) {
    TRY_ASSIGN(const bool here, sealed_here(scope, head.number, head.header_hash));
    if (!here) TRY_STATUS(mark_elsewhere(scope));
  }
  const std::int64_t quarter = applying.desk_quarter();
  if (quarter == 0) return {};
  saw_desk({quarter * Stamp::quarter_millis});
  Bytes value;
  ByteWriter(value).u64(static_cast<std::uint64_t>(quarter));
  return writer
      ->use(
          "INSERT INTO founding (name, value) VALUES ('desk_quarter', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
          " WHERE excluded.value <> value")
      .bind(value)
      .run();
}

}  // namespace huisbord
