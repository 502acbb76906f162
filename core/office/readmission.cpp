// SPDX-License-Identifier: GPL-3.0-or-later
// Listing first, cutting after it: a stop in between leaves two devices, of which the former seals nothing.
#include "core/office/readmission.h"

#include <algorithm>

#include "core/office/kiosks.h"

namespace huisbord {
namespace {

constexpr const char* former_setting = "desk.former";

}  // namespace

Result<FormerKiosk> find_former(const Office& office, const DeviceId& former) {
  for (const ScopeId& scope : office.vault().scopes()) {
    if (scope == office.org()) continue;
    TRY_ASSIGN(const Charter charter, office.vault().held_charter(scope));
    const CharterDevice* const listed = charter.device(former);
    if (listed == nullptr || listed->device_class != DeviceClass::kiosk) continue;
    if (listed->state == DeviceState::closed || listed->state == DeviceState::wiped)
      return fail(ErrorCode::forbidden, "That kiosk was closed: it is not taken in again. Invite it as a new one (huisbordctl invite).");
    return FormerKiosk{former, scope.as<HouseTag>(), listed->number};
  }
  return fail(ErrorCode::not_found, "No house of this organisation lists the kiosk that asks.");
}

Result<FormerKiosk> find_former(const Office& office, ByteView request) {
  TRY_ASSIGN(const ReadmissionRequest read, read_readmission(request));
  if (read.organisation != office.vault().organisation()) return fail(ErrorCode::invalid, "That kiosk is of another organisation.");
  TRY_ASSIGN(const FormerKiosk former, find_former(office, read.former));
  TRY_ASSIGN(const Charter charter, office.vault().held_charter(former.house.as<ScopeTag>()));
  if (!is_signed_by(request, charter.device(former.id)->signing_key))
    return fail(ErrorCode::invalid, "That file was changed on its way, or not written by the kiosk that it names: make it anew there.");
  return former;
}

Result<std::vector<MadeCut>> readmit_kiosk(Office& office, const FormerKiosk& former, const PairingDevice& kiosk, FormerEnd end,
                                           Day today) {
  TRY_STATUS(admit_kiosk(office, former.house, listed_kiosk(kiosk), kiosk.custody, today));
  if (end == FormerEnd::kept) return std::vector<MadeCut>{};
  TRY_ASSIGN(const Charter charter, office.vault().held_charter(former.house.as<ScopeTag>()));
  // Where it was cut before it stays cut there, and goes on as it is.
  const DeviceState state = std::max(charter.device(former.id)->state, DeviceState::cut);
  return end_everywhere(office, former.id, state, former.house.as<ScopeTag>(), {});
}

Status renew_own_device(Office& office) {
  Vault& vault = office.vault();
  TRY_ASSIGN(const CharterDevice next, vault.new_identity());
  TRY_STATUS(vault.set_setting(former_setting, vault.founding().device.bytes));
  for (const ScopeId& scope : vault.scopes()) {
    if (auto admitted = office.admit(scope, next); !admitted) return std::unexpected(std::move(admitted.error()));
  }
  return {};
}

Result<bool> was_renewed(const Office& office) {
  TRY_ASSIGN(const auto noted, office.vault().setting(former_setting));
  return noted.has_value();
}

Status end_former_self(Office& office) {
  TRY_ASSIGN(const auto noted, office.vault().setting(former_setting));
  if (!noted) return {};
  const auto former = DeviceId::from(*noted);
  if (!former || *former == office.vault().founding().device) return fail(ErrorCode::damaged, "What this desk noted of itself is damaged.");
  if (auto cuts = end_everywhere(office, *former, DeviceState::cut, office.org(), {}); !cuts)
    return std::unexpected(std::move(cuts.error()));
  return office.vault().remove_setting(former_setting);
}

}  // namespace huisbord
