// SPDX-License-Identifier: GPL-3.0-or-later
// A snapshot of a scope: what a kiosk would hold of its operations, sealed under the epoch in use and named in the charter (FORMAT.md 12).
#pragma once

#include <functional>

#include "core/journal/envelope/charter.h"

namespace huisbord {

inline constexpr std::size_t max_snapshot_parts = 64;
inline constexpr std::size_t max_snapshot_size = std::size_t{16} << 20;
/// As it travels, but for the last one, which is shorter.
inline constexpr std::size_t snapshot_piece_size = std::size_t{1} << 20;

struct SealedSnapshot {
  Bytes bytes;
  crypto::Hash hash{};    ///< of the bytes
  crypto::Hash digest{};  ///< of what is in it
};

/// Operations in the order of (device, number) into a sealed snapshot.
class SnapshotWriter {
 public:
  SnapshotWriter(const ScopeId& scope, CharterNumber charter, const crypto::SecretBytes& epoch_key, Random& random);
  /// invalid: out of order. limit: the snapshot would be larger than it may be.
  [[nodiscard]] Status add(DeviceNumber device, OperationNumber number, ByteView raw);
  [[nodiscard]] Result<SealedSnapshot> finish();

 private:
  [[nodiscard]] Status seal_part();

  ScopeId scope_;
  CharterNumber charter_;
  crypto::KeyId epoch_{};
  ByteArray<32> salt_{};
  crypto::SecretBytes key_;
  Bytes content_;
  Bytes parts_;
  std::uint32_t count_ = 0;
  crypto::Hasher digest_;
  DeviceNumber last_device_ = 0;
  OperationNumber last_number_ = 0;
};

struct SnapshotHeader {
  ScopeId scope;
  CharterNumber charter = 0;
  crypto::KeyId epoch{};
  std::uint32_t parts = 0;
  ByteArray<32> salt{};
};
/// parse, version, limit.
[[nodiscard]] Result<SnapshotHeader> parse_snapshot(ByteView bytes);
[[nodiscard]] crypto::Hash snapshot_hash(ByteView bytes);

/// Visits every operation, in order. Nothing of it may stay when this fails: the digest is known at the end. charter: not the one that
/// `named` names; seal: another epoch key, or damaged; parse, limit.
[[nodiscard]] Status read_snapshot(ByteView bytes, const SnapshotReference& named, const crypto::SecretBytes& epoch_key,
                                   const std::function<Status(DeviceNumber, OperationNumber, ByteView)>& visit);

}  // namespace huisbord
