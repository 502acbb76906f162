// SPDX-License-Identifier: GPL-3.0-or-later
// 128-bit identifiers, one type a thing, so that a task's can never stand where a person's belongs.
#pragma once

#include <compare>
#include <functional>

#include "core/base/bytes.h"

namespace huisbord {

template <class Tag>
struct Id {
  ByteArray<16> bytes{};

  [[nodiscard]] bool empty() const { return bytes == ByteArray<16>{}; }
  [[nodiscard]] ByteView view() const { return bytes; }
  [[nodiscard]] std::string hex() const { return to_hex(bytes); }
  /// Nothing unless the view holds exactly 16 bytes.
  [[nodiscard]] static std::optional<Id> from(ByteView source) {
    if (source.size() != 16) return std::nullopt;
    Id id;
    std::memcpy(id.bytes.data(), source.data(), 16);
    return id;
  }
  [[nodiscard]] static std::optional<Id> from_hex_text(std::string_view text) {
    const auto raw = from_hex(text);
    return raw ? from(*raw) : std::nullopt;
  }
  /// The same identifier seen as another kind of thing (an appointment is a record).
  template <class Other>
  [[nodiscard]] Id<Other> as() const {
    return Id<Other>{bytes};
  }
  auto operator<=>(const Id&) const = default;
};

struct OrganisationTag;
struct ScopeTag;
struct DeviceTag;
struct RecordTag;
struct PersonTag;
struct StaffTag;
struct HouseTag;
struct WoongroepTag;
struct RoomTag;
struct AppointmentTag;
struct TaskTag;
struct DutyTag;
struct OfferTag;
struct EntryTag;
struct NoticeTag;
struct ActivityTag;

using OrganisationId = Id<OrganisationTag>;
using ScopeId = Id<ScopeTag>;  ///< `org` and each house; a house's scope has the house's identifier
using DeviceId = Id<DeviceTag>;
using RecordId = Id<RecordTag>;  ///< anything that fields are written to
using PersonId = Id<PersonTag>;  ///< one stay of one resident: a pseudonym that ends with the stay
using StaffId = Id<StaffTag>;
using HouseId = Id<HouseTag>;
using WoongroepId = Id<WoongroepTag>;
using RoomId = Id<RoomTag>;
using AppointmentId = Id<AppointmentTag>;
using TaskId = Id<TaskTag>;    ///< what is to be done, again and again: the kitchen
using DutyId = Id<DutyTag>;    ///< one task on one day: the kitchen on Tuesday
using OfferId = Id<OfferTag>;  ///< a duty given away
using EntryId = Id<EntryTag>;  ///< a line of leefgeld
using NoticeId = Id<NoticeTag>;
using ActivityId = Id<ActivityTag>;

}  // namespace huisbord

template <class Tag>
struct std::hash<huisbord::Id<Tag>> {
  std::size_t operator()(const huisbord::Id<Tag>& id) const noexcept {
    std::size_t value = 0;
    std::memcpy(&value, id.bytes.data(), sizeof value);
    return value;
  }
};
