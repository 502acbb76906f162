// SPDX-License-Identifier: GPL-3.0-or-later
// Says what the store will be to the office that a person has compared words with, and waits until it is that.
#include "app/kiosk/board_renewal.h"

#include <utility>

#include "core/joining/renewal.h"
#include "core/store/pin_secret.h"

namespace huisbord {

BoardRenewal::BoardRenewal(Parts parts) : OfficeMeeting(parts.relay, parts.changed), parts_(std::move(parts)) {}

bool BoardRenewal::knows_staff(const Vault& vault) { return vault.setting(custody_setting).value_or(std::nullopt).has_value(); }

bool BoardRenewal::is_new() const { return !parts_.vault->must_become_new(); }

void BoardRenewal::begin(const std::string& code, const std::string& /*staff_passphrase*/) {
  const auto parsed = parse_code(code);
  if (!parsed) return;
  halt();
  // Made once and kept before anybody hears of it.
  const auto device = renewed_device(*parts_.vault);
  if (!device) {
    parts_.warn(device.error().sentence);
    return end(End::store_failed);
  }
  start({.stage = Stage::looking}, [this, code = *parsed, device = *device](const std::stop_token& stop) { renew(stop, code, device); });
}

void BoardRenewal::start_over() {
  halt();
  show({});
}

void BoardRenewal::renew(const std::stop_token& stop, const PairingCode& code, const PairingDevice& device) {
  const auto ended = meet(stop, code, device, [this](const PairingOffer& offer) -> std::optional<End> {
    const auto same = check_same_office(*parts_.vault, offer);
    if (same) return std::nullopt;
    parts_.warn(same.error().sentence);
    return End::not_the_office;
  });
  if (ended) return end(*ended);
  for (; !stop.stop_requested() && !is_new(); sleep(stop)) show({.stage = Stage::joining});
  if (!stop.stop_requested()) parts_.changed();
}

}  // namespace huisbord
