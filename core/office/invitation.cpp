// SPDX-License-Identifier: GPL-3.0-or-later
// The office's half of pairing.
#include "core/office/invitation.h"

#include "core/crypto/memory.h"
#include "core/office/kiosks.h"
#include "core/office/readmission.h"

namespace huisbord {
namespace {

constexpr const char* admitting_setting = "desk.admitting";  ///< house 16 || former device 16, or zeroes || a Reveal
constexpr std::size_t id_size = 16;

Result<OfferedScope> offered(const Vault& vault, const ScopeId& scope) {
  TRY_ASSIGN(const Charter charter, vault.held_charter(scope));
  OfferedScope made{.scope = scope, .charter = charter.number, .charter_hash = charter.hash, .snapshot = {}};
  if (charter.snapshot) made.snapshot = charter.snapshot->hash;
  return made;
}

}  // namespace

Result<PairingOffer> make_offer(const Office& office, const HouseId& house, const std::optional<StaffId>& staff) {
  const Vault& vault = office.vault();
  TRY_ASSIGN(const Charter org, vault.held_charter(office.org()));
  const CharterDevice* const self = org.device(vault.founding().device);
  if (self == nullptr) return fail(ErrorCode::charter, "This desk is not in the organisation's charter.");
  PairingOffer offer;
  offer.organisation = vault.organisation();
  offer.root = vault.founding().root;
  offer.device = self->id;
  offer.signing = self->signing_key;
  offer.sealing = self->sealing_key;
  TRY_ASSIGN(offer.org, offered(vault, office.org()));
  TRY_ASSIGN(offer.house, offered(vault, house.as<ScopeTag>()));
  offer.staff = staff;
  return offer;
}

Status admit_paired(Office& office, const HouseId& house, const PairingDevice& kiosk, const std::optional<DeviceId>& former, Day today) {
  std::optional<FormerKiosk> replaced;
  if (former) {
    TRY_ASSIGN(replaced, find_former(office, *former));
    if (replaced->house != house) return fail(ErrorCode::invalid, "The kiosk whose place it takes is of another house.");
  }
  Bytes noted = to_bytes(house.view());
  ByteWriter writer(noted);
  writer.raw(former.value_or(DeviceId{}).bytes);
  writer.raw(write_reveal({.device = kiosk, .random = {}}));
  TRY_STATUS(office.vault().set_setting(admitting_setting, noted));
  if (replaced) {
    TRY_ASSIGN([[maybe_unused]] const auto cuts, readmit_kiosk(office, *replaced, kiosk, FormerEnd::cut, today));
  } else {
    TRY_STATUS(admit_kiosk(office, house, listed_kiosk(kiosk), kiosk.custody, today));
  }
  return office.vault().remove_setting(admitting_setting);
}

Result<bool> finish_admission(Office& office, Day today) {
  TRY_ASSIGN(const auto noted, office.vault().setting(admitting_setting));
  if (!noted) return false;
  if (noted->size() < 2 * id_size) return fail(ErrorCode::damaged, "What this desk noted of a kiosk to admit is damaged.");
  const auto house = HouseId::from(ByteView(*noted).first(id_size));
  const auto former = DeviceId::from(ByteView(*noted).subspan(id_size, id_size));
  TRY_ASSIGN(const PairingReveal reveal, read_reveal(ByteView(*noted).subspan(2 * id_size)));
  const auto replaced = *former == DeviceId{} ? std::nullopt : former;
  TRY_STATUS(admit_paired(office, *house, reveal.device, replaced, today));
  return true;
}

}  // namespace huisbord
