// SPDX-License-Identifier: GPL-3.0-or-later
// The relay's own certificate and key, through OpenSSL.
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/error.h"

struct ssl_ctx_st;

namespace huisbord::relay {

/// TLS 1.2 or later. Connections keep the one they began with, so that it may be loaded anew while they go on.
using TlsIdentity = std::shared_ptr<ssl_ctx_st>;

/// Both PEM; the certificate first, then its chain. io, parse, or invalid when the key is another certificate's.
[[nodiscard]] Result<TlsIdentity> load_identity(const std::filesystem::path& certificate, const std::filesystem::path& key);

}  // namespace huisbord::relay
