// SPDX-License-Identifier: GPL-3.0-or-later
// The machine's TPM as keeper of residents' PINs: a wrong one counts, and after too many nobody's is tried for a while (KEYS.md 11.5).
#pragma once

#include <memory>
#include <string>

#include "core/crypto/pin.h"

namespace huisbord {

/// Of the TPM at \p where (usual_tpm()), whose lockout it sets; nothing when there is none, and PINs are made without. Connects anew for
/// each call, so that others reach the TPM meanwhile.
[[nodiscard]] std::unique_ptr<crypto::PinKeeper> pin_keeper(const std::string& where);

}  // namespace huisbord
