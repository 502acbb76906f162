// SPDX-License-Identifier: GPL-3.0-or-later
// A segment whose plaintext is whatever a hostile device of the scope chose: sealed and signed as it should be.
#pragma once

#include "core/crypto/aead.h"
#include "core/journal/segment.h"

namespace huisbord {

/// Fills in what follows from the plaintext; scope, count, opened size and last stamp are the caller's.
[[nodiscard]] inline Bytes seal_plain(SegmentHeader header, ByteView plain, const crypto::SecretBytes& epoch_key,
                                      const crypto::SigningKeyPair& device) {
  header.device = 4;
  header.charter = 1;
  header.first = 1;
  header.sealed_size = static_cast<std::uint32_t>(plain.size() + crypto::tag_size);
  header.epoch = crypto::key_id(epoch_key);
  Bytes context;
  ByteWriter writer(context);
  writer.raw(header.scope.bytes);
  writer.u32(header.device);
  const Bytes associated = write_header(header);
  const Bytes body = crypto::encrypt(crypto::derive_key("hb.segment.key", epoch_key, context), header.nonce,
                                     ByteView(associated).first(header_associated_size), plain);
  header.body_hash = crypto::hash("hb.body", body);
  Bytes bytes = write_header(header);
  const auto signature = sign_header(bytes, device);
  bytes.insert(bytes.end(), signature.begin(), signature.end());
  bytes.insert(bytes.end(), body.begin(), body.end());
  return bytes;
}

}  // namespace huisbord
