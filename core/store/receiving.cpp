// SPDX-License-Identifier: GPL-3.0-or-later
// Segments from afar: checked, kept, and counted when their turn in the chain has come (SCHEMA.md 5).
#include <algorithm>

#include "core/store/vault_state.h"

namespace huisbord {

namespace {

/// A tap that wants to be stored waits at most about so long for a batch, and for the segment that is being applied.
constexpr Millis batch_time{5};
/// While nobody waits a batch goes on for so long: most pages are then encrypted and written once for many segments. Who comes in the
/// middle waits for one short segment and this batch's commit.
constexpr Millis batch_at_ease{40};
/// Above so many operations a segment gives way to who waits; below, it is applied before anybody notices.
constexpr std::size_t long_segment = 512;
/// For so long it does, each time anew; then somebody waits once for the whole of it, so that a board that is always touched still hears.
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
  const Status checked = scope.charter.check_segment(*parsed);
  const bool later = !checked && (checked.error().code == ErrorCode::charter || checked.error().code == ErrorCode::epoch);
  if (!checked && !later) return refuse(checked.error());

  const bool own = header.device == scope.own;
  if (own && checked) {
    // Not in this file, and signed by this device: a copy of this store goes on with its chain.
    TRY_STATUS(mark_elsewhere(scope));
    // What was recorded here stands at the same numbers, and is kept until it has others.
    const ChainHead held = scope.head(scope.own);
    if (scope.last_own > held.number || !check_follows(held, header))
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
      Applying applying(*writer, conditions(scope));
      // A long one that somebody waits for is rolled back whole and comes again after them: nothing of it was seen, nothing is half done.
      const auto gives_way = [this] { return writing.wanted(); };
      TRY_ASSIGN(const bool all, applying.add_all(header, *opened, may_give_way && !own ? gives_way : std::function<bool()>()));
      if (!all) {
        given_way = true;
        return fail(ErrorCode::unavailable, "A longer piece of work made room for a shorter one.");
      }
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
  // One far ahead of the chain changes nothing until the gap closes, unless a cut may name it.
  if (header.first > scope.head(header.device).number + 1 && !device->cut) {
    return refuse({ErrorCode::chain, "Segments before this one are missing; it is kept until they come."});
  }
  return recount(scope, header.device, &report, touched_roles);
}

Result<TakeReport> Vault::take_segments(const ScopeId& scope_id, std::span<const Bytes> segments) {
  TakeReport report;
  const auto running = [this] { return state_->options.clock->running().value; };
  std::int64_t patient_until = running() + patience.value;
  for (std::size_t at = 0; at < segments.size();) {
    const std::scoped_lock guard(state_->writing);
    TRY_ASSIGN(ScopeState * scope, state_->find(scope_id));
    state_->forget_weeks();
    const std::int64_t begun = running();
    const std::size_t first = at;
    const Status taken = state_->write([&]() -> Status {
      bool touched_roles = false;
      do {
        // A long one has a transaction of its own.
        const bool alone = is_long(segments[at]);
        if (alone && at != first) break;
        TRY_STATUS(state_->take_segment(*scope, segments[at], report, touched_roles, alone && running() < patient_until));
        ++at;
        if (alone) break;
      } while (at < segments.size() && running() - begun < (state_->writing.wanted() ? batch_time : batch_at_ease).value);
      return touched_roles ? state_->renew_roles() : Status{};
    });
    if (!taken && state_->given_way) continue;
    TRY_STATUS(taken);
    patient_until = running() + patience.value;
  }
  return report;
}

}  // namespace huisbord
