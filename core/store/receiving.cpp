// SPDX-License-Identifier: GPL-3.0-or-later
// Segments from afar: checked, kept, and counted when their turn in the chain has come (SCHEMA.md 5).
#include <algorithm>

#include "core/store/vault_state.h"

namespace huisbord {

namespace {

/// A batch goes on for so long: most pages are then encrypted and written once for many segments. Whoever comes in the middle goes first:
/// the batch is rolled back whole and begins again after them, so nothing of it was seen and nothing is half done.
constexpr Millis batch_time{200};
/// For a while after somebody came, batches are so short that the next one can wait for the whole of one.
constexpr Millis brief_time{5};
constexpr Millis after_giving_way{1000};
/// A batch ends with so many rows to put: about 1 MiB of them.
constexpr std::size_t most_rows = 16'384;
/// Above so many operations a segment gives way also in such a while.
constexpr std::size_t long_segment = 512;
/// For so long work gives way, each time anew; then somebody waits once for the whole of it, so that a board that is always touched still
/// hears.
constexpr Millis patience{20'000};
/// Bounds what a device can make us keep that does not count (yet); more is asked for again later.
constexpr std::int64_t most_pending = 256;

Status insert(Database& database, const ScopeState& scope, const SegmentView& view, const HeaderHash& hash, SegmentState state,
              bool with_body) {
  return database.use("INSERT INTO segment (scope, device, first, hash, last, state, header, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(scope.number, view.header.device, view.header.first, hash, view.header.last(), state, view.signed_header,
            with_body ? std::optional(view.body) : std::nullopt)
      .run();
}

Result<bool> known(Database& database, const ScopeState& scope, const SegmentHeader& header, const HeaderHash& hash) {
  Statement found = database.use("SELECT 1 FROM segment WHERE scope = ? AND device = ? AND first = ? AND hash = ?");
  found.bind(scope.number, header.device, header.first, hash);
  return found.row();
}

/// A segment whose every operation is still kept keeps its body; else only its header stays, and what is kept of it stands in `operation`.
Result<bool> whole(Database& database, const ScopeState& scope, const SegmentHeader& header) {
  if (scope.own_class == DeviceClass::desk) return true;
  Statement found = database.use("SELECT count(*) FROM operation WHERE scope = ? AND device = ? AND number BETWEEN ? AND ?");
  found.bind(scope.number, header.device, header.first, header.last());
  TRY_ASSIGN([[maybe_unused]] const bool answered, found.row());
  return found.natural(0) == header.count;
}

bool is_long(const Bytes& segment) {
  const auto parsed = parse_segment(segment);
  return parsed && parsed->header.count > long_segment;
}

}  // namespace

Result<bool> Vault::State::has_pending(const ScopeState& scope, DeviceNumber device) {
  Statement found = writer->use("SELECT 1 FROM segment INDEXED BY segment_pending WHERE scope = ? AND device = ? AND state < 2 LIMIT 1");
  found.bind(scope.number, device);
  return found.row();
}

Status Vault::State::take_segment(ScopeState& scope, ByteView bytes, TakeReport& report, bool& touched_roles, bool may_give_way) {
  const auto parsed = parse_segment(bytes);
  const auto refuse = [&](Error error) {
    report.refused.push_back({parsed ? parsed->header.device : 0, parsed ? parsed->header.first : 0, std::move(error)});
    return Status{};
  };
  if (!parsed) return refuse(parsed.error());
  const SegmentHeader& header = parsed->header;
  if (header.scope != scope.id) return refuse({ErrorCode::invalid, "A segment of another scope."});
  const HeaderHash hash = parsed->hash();
  TRY_ASSIGN(const bool here, known(*writer, scope, header, hash));
  TRY_ASSIGN(const auto base, base_of(*writer, scope.number, header.device));
  if (here || (base && header.last() <= base->number)) {
    ++report.held;
    return {};
  }
  const bool own = header.device == scope.own;
  const Status checked = scope.charter.check_segment(*parsed);
  const bool later = !checked && (checked.error().code == ErrorCode::charter || checked.error().code == ErrorCode::epoch);
  // Its own signature this store knows without the charter that the segment names.
  const bool signed_here = own && (checked || (later && check_signature(*parsed, identity(scope).signing.public_key)));
  if (!checked && (!later || (own && !signed_here))) return refuse(checked.error());
  if (signed_here) {
    // Not in this file, and signed by this device: a copy of this store goes on with its chain.
    TRY_STATUS(mark_elsewhere(scope));
    // What was recorded here stands at the same numbers, and is kept until it has others. What would not count at once is not kept either:
    // of its own chain this file holds what it sealed, and for that alone there are receipts.
    const ChainHead held = scope.head(scope.own);
    const auto key = epoch_key(scope, header.epoch);
    if (!key && key.error().code != ErrorCode::epoch) return std::unexpected(key.error());
    const bool stamped_ahead = rules.waits(Stamp{header.last_stamp}, now()) && !scope.charter.freed(header, hash);
    if (later || !key || stamped_ahead || scope.last_own > held.number || !check_follows(held, header))
      return refuse({ErrorCode::chain, "Another copy of this store wrote on: this one must become a new device before it goes on."});
  }
  TRY_ASSIGN(const bool pending, has_pending(scope, header.device));
  const CharterDevice* device = scope.charter.device(header.device);
  const bool continues = checked && check_follows(scope.head(header.device), header).has_value();
  const bool ahead = rules.waits(Stamp{header.last_stamp}, now()) && !scope.charter.freed(header, hash);
  if (continues && !pending && !ahead && device->state == DeviceState::active) {
    // The common case: it continues the chain that counts.
    auto epoch = epoch_key(scope, header.epoch);
    if (!epoch && epoch.error().code != ErrorCode::epoch) return std::unexpected(epoch.error());
    if (epoch) {
      const auto opened = open_segment(*parsed, **epoch);
      if (!opened) {
        TRY_STATUS(insert(*writer, scope, *parsed, hash, SegmentState::broken, true));
        return refuse(opened.error());
      }
      Applying applying(*writer, conditions(scope), &batch_rows);
      const auto gives_way = [this] { return writing.wanted(); };
      TRY_ASSIGN(const bool all, applying.add_all(header, *opened, may_give_way ? gives_way : std::function<bool()>()));
      if (!all) return give_way();
      TRY_STATUS(saw_witnesses(scope, applying));
      TRY_ASSIGN(const bool keeps_body, whole(*writer, scope, header));
      TRY_STATUS(insert(*writer, scope, *parsed, hash, SegmentState::counted, keeps_body));
      scope.heads[header.device] = head_of(*parsed);
      if (own) {
        scope.last_own = scope.last_sealed = scope.acknowledged = header.last();
        TRY_STATUS(writer->use("UPDATE scope SET acknowledged = ? WHERE number = ?").bind(scope.acknowledged, scope.number).run());
      }
      saw(scope, header.device, header.last(), header.last_stamp);
      touched_roles = touched_roles || applying.touched_roles();
      ++report.segments;
      report.operations += header.count;
      return {};
    }
  }
  if (pending) {
    Statement count = writer->use("SELECT count(*) FROM segment INDEXED BY segment_pending WHERE scope = ? AND device = ? AND state < 2");
    count.bind(scope.number, header.device);
    TRY_ASSIGN([[maybe_unused]] const bool answered, count.row());
    if (count.integer(0) >= most_pending) return refuse({ErrorCode::limit, "Too many segments of that device wait for one before them."});
  }
  TRY_STATUS(insert(*writer, scope, *parsed, hash, later ? SegmentState::aside : SegmentState::held, true));
  if (later) {
    return refuse(checked.error());
  }
  if (scope.charter.standing(header, hash) != SegmentStanding::counts) ++report.quarantined;
  // One far ahead of the chain changes nothing until the gap closes, unless a cut may name it or it may lead to where a snapshot ends.
  const auto snapshot_end = scope.charter.snapshot_end(header.device);
  const bool may_be_named = device->cut || (snapshot_end && header.last() <= snapshot_end->number);
  if (header.first > scope.head(header.device).number + 1 && !may_be_named) {
    return refuse({ErrorCode::chain, "Segments before this one are missing; it is kept until they come."});
  }
  TRY_STATUS(put_rows(scope, false));  // what is counted anew may be taken out
  return recount(scope, header.device, &report, touched_roles);
}

Status Vault::State::put_rows(const ScopeState& scope, bool may_give_way) {
  Applying applying(*writer, conditions(scope));
  const auto gives_way = [this] { return writing.wanted(); };
  TRY_ASSIGN(const bool all, applying.put_rows(batch_rows, may_give_way ? gives_way : std::function<bool()>()));
  return all ? Status{} : give_way();
}

Status Vault::State::give_way() {
  given_way = true;
  return fail(ErrorCode::unavailable, "A longer piece of work made room for a shorter one.");
}

Result<TakeReport> Vault::take_segments(const ScopeId& scope_id, std::span<const Bytes> segments) {
  TakeReport report;
  const auto running = [this] { return state_->options.clock->running().value; };
  std::int64_t patient_until = running() + patience.value;
  std::int64_t brief_until = 0;
  for (std::size_t at = 0; at < segments.size();) {
    const std::scoped_lock guard(state_->writing);
    TRY_ASSIGN(ScopeState * scope, state_->find(scope_id));
    state_->forget_weeks();
    const std::int64_t begun = running();
    const bool brief = begun < brief_until;
    TakeReport with_these = report;
    std::size_t next = at;
    const Status taken = state_->write([&]() -> Status {
      bool touched_roles = false;
      state_->batch_rows.clear();
      bool may_give_way = false;
      do {
        // A long one has a transaction of its own.
        const bool alone = is_long(segments[next]);
        if (alone && next != at) break;
        may_give_way = (alone || !brief) && running() < patient_until;
        TRY_STATUS(state_->take_segment(*scope, segments[next], with_these, touched_roles, may_give_way));
        ++next;
        if (alone) break;
      } while (next < segments.size() && state_->batch_rows.size() < most_rows &&
               running() - begun < (brief ? brief_time : batch_time).value);
      TRY_STATUS(state_->put_rows(*scope, may_give_way));
      state_->batch_rows = {};
      return touched_roles ? state_->renew_roles() : Status{};
    });
    if (!taken && state_->given_way) {
      brief_until = running() + after_giving_way.value;
      continue;
    }
    TRY_STATUS(taken);
    at = next;
    report = std::move(with_these);
    patient_until = running() + patience.value;
  }
  return report;
}

}  // namespace huisbord
