// SPDX-License-Identifier: GPL-3.0-or-later
// What a charter must say before a new kiosk believes that it was admitted.
#include "core/joining/joining.h"

#include "core/joining/paired_store.h"

namespace huisbord {
namespace {

std::unexpected<Error> contradicts() {
  return fail(
      ErrorCode::charter,
      "What the relay gives is not what the desk showed at pairing: an older charter, or one that lists other keys. Nothing was taken; "
      "tell the office.");
}

/// ErrorCode::charter when this charter may not be the first one taken; false when it does not list the kiosk yet.
Result<bool> admits(const Charter& charter, const OfferedScope& offered, const PairingOffer& offer, const Founding& self) {
  if (charter.scope != offered.scope || charter.organisation != offer.organisation) return contradicts();
  if (charter.number < offered.charter || (charter.number == offered.charter && charter.hash != offered.charter_hash)) return contradicts();
  if (offered.scope == offer.org.scope) {
    const CharterDevice* const desk = charter.device(offer.device);
    if (desk == nullptr || desk->device_class != DeviceClass::desk || desk->signing_key != offer.signing) return contradicts();
  }
  const CharterDevice* const own = charter.device(self.device);
  if (own == nullptr) return false;
  if (own->signing_key != self.signing.public_key || own->request_key != self.request.public_key ||
      own->sealing_key != self.sealing.public_key || own->device_class != DeviceClass::kiosk)
    return contradicts();
  return own->state == DeviceState::active;
}

Result<Joined> join_scope(Vault& kiosk, RelayConnection& relay, const OfferedScope& offered, const PairingOffer& offer,
                          const std::stop_token& stop) {
  if (kiosk.charter_number(offered.scope) != 0) return Joined::yes;
  TRY_ASSIGN(const PullAnswer answer, relay.pull(offered.scope, {.charter = 0, .heads = {}, .max_bytes = 1}, stop));
  if (answer.refusal) {
    using enum RelayRefusal::Reason;
    const auto reason = answer.refusal->reason;
    if (reason == no_such_device || reason == no_such_scope || reason == busy || reason == no_room) return Joined::not_yet;
    return fail(ErrorCode::refused, std::string("the relay refuses this kiosk: ") + name(reason));
  }
  for (const Bytes& bytes : answer.charters) {
    TRY_ASSIGN(const Charter charter, Charter::verify(bytes, offer.root, nullptr));
    TRY_ASSIGN(const bool admitted, admits(charter, offered, offer, kiosk.founding()));
    if (!admitted) return Joined::not_yet;
    TRY_STATUS(kiosk.take_charter(bytes));
    return Joined::yes;
  }
  return Joined::not_yet;
}

}  // namespace

Result<ScopeIdentity> JoiningLog::identity(const ScopeId& scope) const {
  auto known = vault_.identity(scope);
  if (known) return known;
  return ScopeIdentity{.device = 0, .id = vault_.founding().device, .request_key = &vault_.founding().request};
}

Result<Joined> join(Vault& kiosk, RelayConnection& relay, const std::stop_token& stop) {
  TRY_ASSIGN(const auto offer, awaited_admission(kiosk));
  if (!offer) return Joined::yes;
  for (const OfferedScope& scope : {offer->org, offer->house}) {
    TRY_ASSIGN(const Joined joined, join_scope(kiosk, relay, scope, *offer, stop));
    if (joined == Joined::not_yet) return Joined::not_yet;
  }
  TRY_STATUS(kiosk.remove_setting(awaited_setting));
  return Joined::yes;
}

}  // namespace huisbord
