// SPDX-License-Identifier: GPL-3.0-or-later
// What everybody on the way may see of a segment: its fixed header, signature and place in its device's chain (FORMAT.md 2).
#pragma once

#include <cstdint>

#include "core/base/error.h"
#include "core/base/ids.h"
#include "core/crypto/hash.h"
#include "core/crypto/key_id.h"
#include "core/crypto/signing.h"

namespace huisbord {

using DeviceNumber = std::uint32_t;     ///< given by the scope's charter, from 1, never used again in that scope
using OperationNumber = std::uint64_t;  ///< from 1 in each scope and device, without a gap
using CharterNumber = std::uint32_t;    ///< from 1
using HeaderHash = crypto::Hash;        ///< of header and signature: what the next segment names

inline constexpr std::uint8_t suite_1 = 1;  ///< zstd, XChaCha20-Poly1305, BLAKE2b, Ed25519
inline constexpr std::size_t header_size = 156;
inline constexpr std::size_t signed_header_size = header_size + 64;
inline constexpr std::size_t header_associated_size = 100;  ///< the header up to the nonce
inline constexpr std::size_t max_segment_size = std::size_t{256} * 1024;
inline constexpr std::size_t max_sealed_size = max_segment_size - signed_header_size;
inline constexpr std::size_t max_opened_size = std::size_t{1024} * 1024;
inline constexpr std::uint32_t max_segment_operations = 4096;

struct SegmentHeader {
  std::uint8_t suite = suite_1;
  ScopeId scope;
  DeviceNumber device = 0;
  CharterNumber charter = 0;  ///< what the device held when it sealed
  OperationNumber first = 0;
  std::uint32_t count = 0;
  std::uint32_t opened_size = 0;
  std::uint32_t sealed_size = 0;
  std::uint64_t last_stamp = 0;  ///< of the last operation
  crypto::KeyId epoch{};
  HeaderHash previous{};  ///< zeroes before the first segment
  ByteArray<24> nonce{};
  crypto::Hash body_hash{};

  [[nodiscard]] OperationNumber last() const { return first + count - 1; }
};

/// The 156 bytes.
[[nodiscard]] Bytes write_header(const SegmentHeader& header);
/// parse, version (a suite that is not known) or limit.
[[nodiscard]] Result<SegmentHeader> parse_header(ByteView bytes);
[[nodiscard]] HeaderHash header_hash(ByteView signed_header);
/// The 64 bytes over header bytes.
[[nodiscard]] crypto::Signature sign_header(ByteView header, const crypto::SigningKeyPair& device);

/// A segment that is well formed; views into the bytes that were parsed, which must outlive it.
struct SegmentView {
  SegmentHeader header;
  ByteView signed_header;  ///< header and signature, 220 bytes: what stands as evidence of a fork
  ByteView body;           ///< ciphertext; empty in one made by parse_evidence

  [[nodiscard]] HeaderHash hash() const { return header_hash(signed_header); }
};

/// Form, limits, exact size and the body's hash; needs no key. parse, version, limit.
[[nodiscard]] Result<SegmentView> parse_segment(ByteView bytes);
/// The same of the first 220 bytes alone.
[[nodiscard]] Result<SegmentView> parse_evidence(ByteView bytes);

/// ErrorCode::signature unless the device with that key signed this header.
[[nodiscard]] Status check_signature(const SegmentView& segment, const crypto::SigningPublicKey& key);

/// Where a device's chain ends at a holder; number 0 and hash zero: nothing held.
struct ChainHead {
  OperationNumber number = 0;
  HeaderHash hash{};
  std::uint64_t stamp = 0;
  auto operator<=>(const ChainHead&) const = default;
};
[[nodiscard]] ChainHead head_of(const SegmentView& segment);

/// ErrorCode::chain unless it carries the next number, names the hash held and is stamped later. Scope and device are the caller's to
/// match.
[[nodiscard]] Status check_follows(const ChainHead& held, const SegmentHeader& next);

/// Two signed headers of one scope and device with a number in common and different bytes: the device forked. Both signatures must verify.
[[nodiscard]] bool is_fork(const SegmentView& a, const SegmentView& b, const crypto::SigningPublicKey& key);

}  // namespace huisbord
