// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the secret of PIN wraps.
#include "core/store/pin_secret.h"

#include "core/crypto/aead.h"
#include "core/crypto/memory.h"

namespace huisbord {
namespace {

constexpr const char* setting_name = "pin.secret";

}  // namespace

std::string pin_setting(const PersonId& person) { return "pin." + person.hex(); }
std::string tries_setting(const PersonId& person) { return "tries." + person.hex(); }

Result<crypto::SecretBytes> pin_secret(Vault& vault, Random& random) {
  TRY_ASSIGN(std::optional<Bytes> stored, vault.setting(setting_name));
  if (stored) {
    auto secret = crypto::SecretBytes::copy_of(*stored);
    crypto::wipe(*stored);
    if (secret.size() != crypto::key_size) return fail(ErrorCode::damaged, "The secret of this kiosk's PINs is damaged.");
    return secret;
  }
  crypto::SecretBytes secret = crypto::make_key(random);
  TRY_STATUS(vault.set_setting(setting_name, secret.view()));
  return secret;
}

}  // namespace huisbord
