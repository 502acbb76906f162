// SPDX-License-Identifier: GPL-3.0-or-later
// Signed requests: RFC 9421 and RFC 9530 in the one form that PROTOCOL.md 3.1 allows.
#pragma once

#include <span>
#include <string>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/crypto/signing.h"

namespace huisbord::wire {

/// What of a request is signed besides its body.
struct RequestTarget {
  std::string_view method;
  std::string_view authority;  ///< lower case, without the scheme's own port
  std::string_view path;       ///< before "?"
  std::string_view query;      ///< from "?" on; empty when there is none
};
/// The values of three header fields.
struct SignatureFields {
  std::string content_digest;
  std::string signature_input;
  std::string signature;
};

struct SignatureComponent {
  std::string_view name;
  std::string_view value;
};
/// RFC 9421, 2.5, for components without parameters. \p parameters is the value of "@signature-params".
[[nodiscard]] std::string signature_base(std::span<const SignatureComponent> components, std::string_view parameters);

/// RFC 9530 by SHA-256.
[[nodiscard]] std::string content_digest(ByteView body);
[[nodiscard]] SignatureFields sign_request(const RequestTarget& target, ByteView body, std::int64_t created_second, const DeviceId& device,
                                           const crypto::SigningKeyPair& request_key);

/// What a request says of its signature. Not to be believed before check_request().
struct SignatureClaim {
  std::int64_t created_second = 0;
  DeviceId device;
  crypto::Signature signature{};
};
/// parse for every form but the one that sign_request() writes. Views nothing afterwards.
[[nodiscard]] Result<SignatureClaim> read_signature(const SignatureFields& fields);
/// signature: the body is not the digest's, or \p key did not sign this. The fields are those that gave the claim.
[[nodiscard]] Status check_request(const RequestTarget& target, ByteView body, const SignatureFields& fields, const SignatureClaim& claim,
                                   const crypto::SigningPublicKey& key);

}  // namespace huisbord::wire
