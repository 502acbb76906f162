// SPDX-License-Identifier: GPL-3.0-or-later
// A meeting place in memory and the two sides of a pairing, for tests that play it.
#pragma once

#include "core/base/check.h"
#include "core/pairing/desk_run.h"
#include "core/pairing/kiosk_run.h"

namespace huisbord {

/// What an honest relay does: each place is written once.
class Meeting {
 public:
  void apply(const PairingMove& move) {
    if (move.burn) view_.state = MeetingState::burnt;
    if (!move.put || view_.state != MeetingState::open) return;
    const auto place = static_cast<std::size_t>(move.put->place);
    if (place == view_.messages.size()) view_.messages.push_back(move.put->message);
  }
  [[nodiscard]] const MeetingView& view() const { return view_; }
  MeetingView& change() { return view_; }

 private:
  MeetingView view_;
};

inline PairingDevice some_device(Random& random) {
  PairingDevice device;
  device.device = random.id<DeviceTag>();
  device.signing = crypto::make_signing_key(random).public_key;
  device.request = crypto::make_signing_key(random).public_key;
  device.sealing = crypto::make_sealing_key(random).public_key;
  device.custody = crypto::make_sealing_key(random).public_key;
  return device;
}

inline PairingOffer some_offer(Random& random) {
  PairingOffer offer;
  offer.organisation = random.id<OrganisationTag>();
  offer.root = crypto::make_signing_key(random).public_key;
  offer.device = random.id<DeviceTag>();
  offer.signing = crypto::make_signing_key(random).public_key;
  offer.sealing = crypto::make_sealing_key(random).public_key;
  offer.org = {
      .scope = offer.organisation.as<ScopeTag>(), .charter = 7, .charter_hash = crypto::hash("hb.test", view("org")), .snapshot = {}};
  offer.house = {.scope = random.id<ScopeTag>(),
                 .charter = 3,
                 .charter_hash = crypto::hash("hb.test", view("house")),
                 .snapshot = crypto::hash("hb.test", view("snapshot"))};
  offer.staff = random.id<StaffTag>();
  return offer;
}

/// Both sides with a code of their own and running time 0.
struct PairingPlay {
  explicit PairingPlay(std::uint64_t seed)
      : random(seed),
        code(make_code(random)),
        self(some_device(random)),
        offered(some_offer(random)),
        kiosk(code, self, now, random),
        desk(code, offered, now, random) {}

  void kiosk_looks() { meeting.apply(kiosk.advance(meeting.view(), now)); }
  void desk_looks() { meeting.apply(desk.advance(meeting.view(), now)); }
  /// Until both show words.
  void to_words() {
    for (int turn = 0; turn < 4; ++turn) {
      kiosk_looks();
      desk_looks();
    }
    CHECK(kiosk.words() && desk.words());
  }

  SeededRandom random;
  Millis now{0};
  PairingCode code;
  PairingDevice self;
  PairingOffer offered;
  KioskRun kiosk;
  DeskRun desk;
  Meeting meeting;
};

}  // namespace huisbord
