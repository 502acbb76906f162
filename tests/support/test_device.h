// SPDX-License-Identifier: GPL-3.0-or-later
// A device before it has a store: its keys, how a charter lists it, what its vault is founded with; and must(), for what cannot fail.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <type_traits>

#include "core/store/vault.h"

namespace huisbord {

/// The value, or the program's end with the sentence that says why there is none.
template <class T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s: %s\n", name(result.error().code), result.error().sentence.c_str());
    std::abort();
  }
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

struct TestDevice {
  DeviceId id;
  DeviceClass device_class = DeviceClass::kiosk;
  DeviceNumber number = 0;
  crypto::SigningKeyPair signing;
  crypto::SigningKeyPair request;
  crypto::SealingKeyPair sealing;

  [[nodiscard]] static TestDevice make(Random& random, DeviceClass device_class, DeviceNumber number) {
    return {random.id<DeviceTag>(),          device_class, number, crypto::make_signing_key(random), crypto::make_signing_key(random),
            crypto::make_sealing_key(random)};
  }
  [[nodiscard]] CharterDevice listed() const {
    return {number, id, device_class, DeviceState::active, signing.public_key, request.public_key, sealing.public_key, std::nullopt};
  }
  [[nodiscard]] Founding founding(const OrganisationId& organisation, const crypto::SigningPublicKey& root) const {
    return {organisation, root, id, signing.clone(), request.clone(), sealing.clone()};
  }
};

}  // namespace huisbord
