// SPDX-License-Identifier: GPL-3.0-or-later
// A run of one device's operations: compressed, padded, sealed under the scope's epoch, chained and signed; and opened again (FORMAT.md 3).
#pragma once

#include <span>
#include <vector>

#include "core/base/random.h"
#include "core/crypto/secret_bytes.h"
#include "core/journal/envelope/segment_header.h"

namespace huisbord {

/// Where a new segment stands. The stamp and the size follow from the operations.
struct SegmentPosition {
  ScopeId scope;
  DeviceNumber device = 0;
  CharterNumber charter = 0;
  ChainHead after;  ///< the end of the device's own chain
};

/// Bodies that leave one by one are padded, so that their size says little; bulk (a first import, a refill) need not be.
enum class Padding : std::uint8_t { none, padme };

/// Padme (PETS 2019, "Reducing metadata leakage from encrypted files"): at most 12 % more, few size classes. At least 512.
[[nodiscard]] std::size_t padded_body_size(std::size_t size);

/// How many of the first operations are sure to fit one segment, however badly they compress; 0 only for none.
[[nodiscard]] std::size_t fitting(std::span<const Bytes> operations);

/// The whole segment's bytes. invalid: not operations (each begins with its stamp, rising), none, or out of order after `position.after`;
/// limit: more than a segment takes. The nonce is drawn from `random`, so the exact bytes must be stored before they leave.
[[nodiscard]] Result<Bytes> seal_segment(const SegmentPosition& position, std::span<const Bytes> operations,
                                         const crypto::SecretBytes& epoch_key, const crypto::SigningKeyPair& device, Random& random,
                                         Padding padding);

struct OpenedOperation {
  ByteView raw;  ///< as received: what is stored and hashed
  std::uint64_t stamp = 0;
};

/// The operations of a segment, in order: number i is header.first + i. Views into the buffer that it owns; moving it keeps them.
class OpenedSegment {
 public:
  OpenedSegment(Bytes opened, std::vector<OpenedOperation> operations) : opened_(std::move(opened)), operations_(std::move(operations)) {}
  OpenedSegment(OpenedSegment&&) noexcept = default;
  OpenedSegment& operator=(OpenedSegment&&) noexcept = default;
  OpenedSegment(const OpenedSegment&) = delete;
  OpenedSegment& operator=(const OpenedSegment&) = delete;

  [[nodiscard]] std::span<const OpenedOperation> operations() const { return operations_; }
  [[nodiscard]] auto begin() const { return operations_.begin(); }
  [[nodiscard]] auto end() const { return operations_.end(); }
  [[nodiscard]] std::size_t size() const { return operations_.size(); }

 private:
  Bytes opened_;
  std::vector<OpenedOperation> operations_;
};

/// Decrypts, decompresses within the declared size, and splits. Signature and chain are checked before, by the caller. epoch: another key
/// than the header names; seal: does not authenticate; parse, limit; chain: stamps that do not rise or do not end with the header's.
[[nodiscard]] Result<OpenedSegment> open_segment(const SegmentView& segment, const crypto::SecretBytes& epoch_key);

}  // namespace huisbord
