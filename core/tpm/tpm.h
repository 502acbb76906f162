// SPDX-License-Identifier: GPL-3.0-or-later
// The machine's TPM: keeps a secret that only this machine gives back, and counts wrong tries (KEYS.md 9.6); the only place with tpm2-tss.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/secret_bytes.h"

namespace huisbord {

/// How often a TPM lets somebody try before it makes them wait.
struct TpmLockout {
  std::uint32_t most_tries = 10;
  std::uint32_t seconds_a_try = 600;  ///< afterwards
};

/// One connection. For one thread at a time; another process may use the TPM meanwhile (through the kernel's resource manager).
class Tpm {
 public:
  /// `where` is a TCTI as tpm2-tools name it: "device:/dev/tpmrm0", "swtpm:path=/run/swtpm.sock". not_found when there is no TPM there.
  [[nodiscard]] static Result<Tpm> open(const std::string& where);
  Tpm(Tpm&&) noexcept;
  Tpm& operator=(Tpm&&) noexcept;
  ~Tpm();

  /// An object that this TPM alone opens; no PCR has a say, so that an update of the machine locks nobody out. With `authorisation` (32
  /// bytes) only together with it, and wrong ones count; without, whoever has the machine and the object.
  [[nodiscard]] Result<Bytes> seal(const crypto::SecretBytes& secret, const crypto::SecretBytes* authorisation);
  /// wrong_key: another TPM's object, or another authorisation; unavailable: too many wrong tries, later again; damaged, io.
  [[nodiscard]] Result<crypto::SecretBytes> unseal(ByteView object, const crypto::SecretBytes* authorisation);

  /// wrong_key: another TPM sealed this. Needs no authorisation, so it costs no try. damaged, io.
  [[nodiscard]] Status check_sealed_here(ByteView object);

  /// For the whole machine, once: the lockout then gets a random password that nobody has, else whoever has the machine sets the count back
  /// as often as they like. Clearing the TPM ends that, with everything it sealed. refused when it has a password already.
  [[nodiscard]] Status set_lockout(const TpmLockout& lockout);

 private:
  class Session;
  struct Inside;
  [[nodiscard]] Status close_lockout();
  explicit Tpm(std::unique_ptr<Inside> inside);
  std::unique_ptr<Inside> inside_;
};

/// True for an object that opens only together with an authorisation. damaged.
[[nodiscard]] Result<bool> needs_authorisation(ByteView object);

/// What kiosks use: "device:/dev/tpmrm0", or the environment's HUISBORD_TPM.
[[nodiscard]] std::string usual_tpm();

}  // namespace huisbord
