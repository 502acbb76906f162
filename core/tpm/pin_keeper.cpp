// SPDX-License-Identifier: GPL-3.0-or-later
// One sealed object a PIN, inside the TPM's lockout.
#include "core/tpm/pin_keeper.h"

#include "core/tpm/tpm.h"

namespace huisbord {
namespace {

class TpmPinKeeper final : public crypto::PinKeeper {
 public:
  explicit TpmPinKeeper(std::string where) : where_(std::move(where)) {}
  Result<Bytes> seal(const crypto::SecretBytes& secret, const crypto::SecretBytes& authorisation) override {
    TRY_ASSIGN(Tpm tpm, open());
    return tpm.seal(secret, &authorisation);
  }
  Result<crypto::SecretBytes> unseal(ByteView object, const crypto::SecretBytes& authorisation) override {
    TRY_ASSIGN(Tpm tpm, open());
    return tpm.unseal(object, &authorisation);
  }

 private:
  [[nodiscard]] Result<Tpm> open() const {
    auto tpm = Tpm::open(where_);
    if (!tpm) return fail(ErrorCode::unavailable, "This PIN needs the TPM of this machine, which does not answer.");
    return tpm;
  }
  std::string where_;
};

}  // namespace

std::unique_ptr<crypto::PinKeeper> pin_keeper(const std::string& where) {
  auto tpm = Tpm::open(where);
  if (!tpm) return nullptr;
  // One whose lockout was closed before keeps the numbers that it has.
  if (const Status set = tpm->set_lockout({}); !set && set.error().code != ErrorCode::refused) return nullptr;
  return std::make_unique<TpmPinKeeper>(where);
}

}  // namespace huisbord
