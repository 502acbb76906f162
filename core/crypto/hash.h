// SPDX-License-Identifier: GPL-3.0-or-later
// BLAKE2b with a domain tag: hashes, keyed hashes, derived keys and derived identifiers (KEYS.md 2).
#pragma once

#include <string_view>

#include "core/base/ids.h"
#include "core/crypto/secret_bytes.h"

namespace huisbord::crypto {

using Hash = ByteArray<32>;

/// A tag names what a hash is for and stands in BLAKE2b's personal field: 1 to 16 bytes of ASCII, ours begin with "hb." (KEYS.md 2.1).
[[nodiscard]] Hash hash(std::string_view domain_tag, ByteView input);

/// The key has 16 to 64 bytes.
[[nodiscard]] Hash keyed_hash(std::string_view domain_tag, const SecretBytes& key, ByteView input);
/// A key of 32 bytes for one purpose (the tag) and one thing (the context) out of a key of 16 to 64 bytes.
[[nodiscard]] SecretBytes derive_key(std::string_view domain_tag, const SecretBytes& key, ByteView context);
/// BLAKE2b of `out.size()` bytes (1 to 64), for callers that have their own place; an empty key means none.
void hash_into(std::string_view domain_tag, ByteView key, ByteView input, std::span<std::uint8_t> out);

/// Hashes what comes in pieces. One use: update as often as needed, then finish once.
class Hasher {
 public:
  explicit Hasher(std::string_view domain_tag) : Hasher(domain_tag, ByteView{}) {}
  Hasher(std::string_view domain_tag, const SecretBytes& key);
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  Hasher& update(ByteView piece);
  [[nodiscard]] Hash finish();
  /// The same 32 bytes, as a secret.
  [[nodiscard]] SecretBytes finish_secret();

 private:
  Hasher(std::string_view domain_tag, ByteView key);
  alignas(64) ByteArray<384> state_;
  bool finished_ = false;
};

/// An identifier that follows from what the thing is, so that two devices that make it apart make the same one.
template <class Tag>
[[nodiscard]] Id<Tag> derive_id(std::string_view domain_tag, ByteView input) {
  Id<Tag> made;
  hash_into(domain_tag, {}, input, made.bytes);
  return made;
}

}  // namespace huisbord::crypto
