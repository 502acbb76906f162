// SPDX-License-Identifier: GPL-3.0-or-later
// Six digits that open a person's key on one kiosk: proposing them, wrapping under them, slowing wrong tries (KEYS.md 11).
#pragma once

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/crypto/password.h"

namespace huisbord::crypto {

inline constexpr std::size_t pin_digits = 6;

/// What a machine's TPM does for PINs (core/tpm): it gives a secret back against the right authorisation and counts wrong ones for all that
/// it keeps. Blocking, for one thread at a time. wrong_key, unavailable (too many wrong tries, later again, or no TPM there).
class PinKeeper {
 public:
  PinKeeper() = default;
  PinKeeper(const PinKeeper&) = delete;
  PinKeeper& operator=(const PinKeeper&) = delete;
  virtual ~PinKeeper() = default;
  [[nodiscard]] virtual Result<Bytes> seal(const SecretBytes& secret, const SecretBytes& authorisation) = 0;
  [[nodiscard]] virtual Result<SecretBytes> unseal(ByteView object, const SecretBytes& authorisation) = 0;
};

/// A person key under PIN and the PIN secret of its store, and where the machine has a TPM under a secret that it keeps. Made in a session
/// where the person's key is open; never leaves the kiosk.
struct PinWrap {
  Argon2Parameters parameters;
  Salt salt{};
  std::uint8_t check = 0;  ///< four bits of the PIN, with an object alone: most mistyped ones cost the TPM no try (KEYS.md 11.5)
  Bytes object;            ///< what the keeper sealed; empty: made without one
  ByteArray<24> nonce{};
  ByteArray<48> wrapped{};

  [[nodiscard]] Bytes serialise() const;
  /// damaged, or newer_version.
  [[nodiscard]] static Result<PinWrap> parse(ByteView bytes);
};

/// `pin_secret` (32 bytes, the store's own) makes the wrap worthless outside its store; `person` binds it to one person's row.
/// invalid for parameters that are not acceptable, unavailable when memory is short.
[[nodiscard]] Result<PinWrap> make_pin_wrap(const SecretBytes& person_key, const SecretBytes& pin, const SecretBytes& pin_secret,
                                            ByteView person, Argon2Parameters parameters, Random& random, PinKeeper* keeper = nullptr);
/// wrong_key for another PIN, store, person, machine, or a changed wrap; unavailable when it leans on a keeper that is not there or takes
/// no more tries for a while.
[[nodiscard]] Result<SecretBytes> open_pin_wrap(const PinWrap& wrap, const SecretBytes& pin, const SecretBytes& pin_secret, ByteView person,
                                                PinKeeper* keeper = nullptr);

/// Six random digits that are not too simple.
[[nodiscard]] SecretBytes propose_pin(Random& random);
/// Anything but six digits, and: fewer than four different digits, three equal in a row, four steps up or down in a row, two runs of three,
/// the same step throughout, a day-month-year, year-month-day or month-day-year, a year 19xx or 20xx anywhere.
[[nodiscard]] bool pin_is_too_simple(ByteView digits);

/// How long after the last wrong try the next is taken: 0 for three tries, then 15 s doubling to 15 min. The count lives in the store.
[[nodiscard]] Millis delay_after(unsigned wrong_tries);

}  // namespace huisbord::crypto
