// SPDX-License-Identifier: GPL-3.0-or-later
// Who signed a request: a device of the scope's charter, in any state, or nobody.
#pragma once

#include <expected>

#include "app/relay/charters.h"
#include "app/relay/reply.h"
#include "core/sync/wire/relay_address.h"

namespace huisbord::relay {

struct Caller {
  std::shared_ptr<const Charter> charter;
  const CharterDevice* device = nullptr;  ///< in that charter
  [[nodiscard]] bool is_desk() const { return device->device_class == DeviceClass::desk; }
  [[nodiscard]] bool is_active() const { return device->state == DeviceState::active; }
};

/// What can be refused before the scope is looked up: the form of the signature, and its age.
[[nodiscard]] std::expected<wire::SignatureClaim, wire::Refusal> read_claim(const Request& request, Millis now);
/// PROTOCOL.md 3.1. \p address is the relay's as callers know it.
[[nodiscard]] std::expected<Caller, wire::Refusal> identify(const Request& request, const wire::SignatureClaim& claim,
                                                            const wire::RelayAddress& address, std::shared_ptr<const Charter> charter);

}  // namespace huisbord::relay
