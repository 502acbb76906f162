// SPDX-License-Identifier: GPL-3.0-or-later
// Encoding, sealing and handing over what a simulated kiosk wrote.
#include "app/ctl/simulated_kiosk.h"

#include <algorithm>

#include "core/journal/envelope/charter_edit.h"
#include "core/office/device.h"

namespace huisbord {
namespace {

constexpr std::size_t most_operations = 256;  // of a segment, as a store seals them

}  // namespace

Result<SimulatedKiosk> SimulatedKiosk::admit(Desk& desk, const HouseId& house) {
  const auto scope = house.as<ScopeTag>();
  Founding founding = make_founding(desk.vault().organisation(), desk.vault().founding().root, crypto::system_random());
  TRY_ASSIGN(const DeviceNumber number, desk.office().admit(scope, listed(founding, DeviceClass::kiosk)));
  TRY_ASSIGN(crypto::SecretBytes key, desk.office().epoch_key(scope));
  return SimulatedKiosk(scope, number, std::move(founding), std::move(key));
}

FindWeek SimulatedKiosk::find_week() const {
  return [this](Table, const PersonId&, const RecordId& record, Week) -> Result<std::optional<Week>> {
    const auto known = weeks_.find(record);
    return known == weeks_.end() ? std::nullopt : std::optional(known->second);
  };
}

Status SimulatedKiosk::append(Millis at, const RecordId& actor) {
  operation_.set_stamp(clock_.tick(at).value);
  if (!actor.empty()) operation_.set_actor(to_string(actor.bytes));
  weeks_[id_of<RecordId>(operation_.record())] = Week{static_cast<std::int32_t>(operation_.term_week())};
  TRY_ASSIGN(Bytes bytes, write_operation(operation_));
  waiting_.push_back(std::move(bytes));
  return {};
}

Status SimulatedKiosk::write(Millis at, const RecordId& actor, const OpenChange& change) {
  TRY_STATUS(encode_change(change, find_week(), operation_));
  return append(at, actor);
}

Status SimulatedKiosk::write(Millis at, const RecordId& actor, const PersonId& person, const crypto::SecretBytes& key,
                             const PersonalChange& change) {
  crypto::SecretBytes room;
  const auto encoded = encode_changes(scope_, person, key, std::span(&change, 1), find_week(), crypto::system_random(), room, operation_);
  if (!encoded) return std::unexpected(encoded.error());
  return append(at, actor);
}

Status SimulatedKiosk::send(Desk& desk) {
  const SegmentPosition position{scope_, device_, desk.vault().charter_number(scope_), {}};
  std::vector<Bytes> segments;
  std::span<const Bytes> rest = waiting_;
  while (!rest.empty()) {
    const auto taken = rest.first(std::min(most_operations, fitting(rest)));
    SegmentPosition here = position;
    here.after = head_;
    TRY_ASSIGN(Bytes segment, seal_segment(here, taken, epoch_key_, founding_.signing, crypto::system_random(), Padding::none));
    TRY_ASSIGN(const SegmentView view, parse_segment(segment));
    head_ = head_of(view);
    segments.push_back(std::move(segment));
    rest = rest.subspan(taken.size());
  }
  waiting_.clear();
  TRY_ASSIGN(const TakeReport report, desk.vault().take_segments(scope_, segments));
  if (!report.refused.empty()) return std::unexpected(report.refused.front().error);
  if (report.segments != segments.size()) return fail(ErrorCode::invalid, "the desk did not take what a simulated kiosk wrote");
  return {};
}

Status SimulatedKiosk::close(Desk& desk) {
  return desk.office().amend(scope_, [&](Charter& charter) { return close_device(charter, device_, Cut{head_.number, head_.hash}); });
}

}  // namespace huisbord
