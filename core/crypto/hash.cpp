// SPDX-License-Identifier: GPL-3.0-or-later
// BLAKE2b through libsodium, the tag in its personal field.
#include "core/crypto/hash.h"

#include <sodium.h>

#include <cstring>

#include "core/base/check.h"
#include "core/crypto/memory.h"
#include "core/crypto/self_test.h"

namespace huisbord::crypto {
namespace {

using Personal = ByteArray<crypto_generichash_blake2b_PERSONALBYTES>;
static_assert(sizeof(crypto_generichash_blake2b_state) == 384 && alignof(crypto_generichash_blake2b_state) <= 64);

Personal personal(std::string_view tag) {
  Personal field{};
  CHECK(!tag.empty() && tag.size() <= field.size());
  std::memcpy(field.data(), tag.data(), tag.size());
  return field;
}

void check_key(ByteView key) {
  CHECK(key.empty() || (key.size() >= crypto_generichash_blake2b_KEYBYTES_MIN && key.size() <= crypto_generichash_blake2b_KEYBYTES_MAX));
}

// RFC 7693, appendix A: BLAKE2b-512 of "abc"; and BLAKE2b-256 with key and personal field by CPython's hashlib, another implementation.
bool passes() {
  static constexpr ByteArray<64> abc = {0xba, 0x80, 0xa5, 0x3f, 0x98, 0x1c, 0x4d, 0x0d, 0x6a, 0x27, 0x97, 0xb6, 0x9f, 0x12, 0xf6, 0xe9,
                                        0x4c, 0x21, 0x2f, 0x14, 0x68, 0x5a, 0xc4, 0xb7, 0x4b, 0x12, 0xbb, 0x6f, 0xdb, 0xff, 0xa2, 0xd1,
                                        0x7d, 0x87, 0xc5, 0x39, 0x2a, 0xab, 0x79, 0x2d, 0xc2, 0x52, 0xd5, 0xde, 0x45, 0x33, 0xcc, 0x95,
                                        0x18, 0xd3, 0x8a, 0xa8, 0xdb, 0xf1, 0x92, 0x5a, 0xb9, 0x23, 0x86, 0xed, 0xd4, 0x00, 0x99, 0x23};
  ByteArray<64> wide;
  if (crypto_generichash_blake2b(wide.data(), wide.size(), view("abc").data(), 3, nullptr, 0) != 0 || wide != abc) return false;
  static constexpr Hash expected = {0x84, 0x7e, 0xf4, 0x49, 0xd9, 0x84, 0x50, 0x77, 0xbb, 0xc2, 0x30, 0xe0, 0x93, 0xf0, 0xb9, 0xa0,
                                    0x8d, 0xf1, 0xa7, 0xd8, 0x8d, 0xa8, 0xd0, 0xb7, 0xa1, 0x25, 0xae, 0x8c, 0x57, 0xc1, 0x9b, 0x99};
  Hash made;
  hash_into("hb.self-test", abc, view("huisbord"), made);
  return made == expected;
}
const SelfTest self_test("BLAKE2b", passes);

}  // namespace

void hash_into(std::string_view domain_tag, ByteView key, ByteView input, std::span<std::uint8_t> out) {
  CHECK(!out.empty() && out.size() <= crypto_generichash_blake2b_BYTES_MAX);
  check_key(key);
  const Personal field = personal(domain_tag);
  CHECK(crypto_generichash_blake2b_salt_personal(out.data(), out.size(), input.data(), input.size(), key.data(), key.size(), nullptr,
                                                 field.data()) == 0);
}

Hash hash(std::string_view domain_tag, ByteView input) {
  Hash made;
  hash_into(domain_tag, {}, input, made);
  return made;
}

Hash keyed_hash(std::string_view domain_tag, const SecretBytes& key, ByteView input) {
  CHECK(!key.empty());
  Hash made;
  hash_into(domain_tag, key.view(), input, made);
  return made;
}

SecretBytes derive_key(std::string_view domain_tag, const SecretBytes& key, ByteView context) {
  CHECK(!key.empty());
  SecretBytes made = SecretBytes::of_size(32);
  hash_into(domain_tag, key.view(), context, made.mutable_view());
  return made;
}

Hasher::Hasher(std::string_view domain_tag, const SecretBytes& key) : Hasher(domain_tag, key.view()) { CHECK(!key.empty()); }

Hasher::Hasher(std::string_view domain_tag, ByteView key) {
  check_key(key);
  const Personal field = personal(domain_tag);
  auto* const state = reinterpret_cast<crypto_generichash_blake2b_state*>(state_.data());
  CHECK(crypto_generichash_blake2b_init_salt_personal(state, key.data(), key.size(), sizeof(Hash), nullptr, field.data()) == 0);
}

Hasher::~Hasher() { wipe(state_); }

Hasher& Hasher::update(ByteView piece) {
  CHECK(!finished_);
  auto* const state = reinterpret_cast<crypto_generichash_blake2b_state*>(state_.data());
  CHECK(crypto_generichash_blake2b_update(state, piece.data(), piece.size()) == 0);
  return *this;
}

Hash Hasher::finish() {
  CHECK(!finished_);
  finished_ = true;
  Hash made;
  auto* const state = reinterpret_cast<crypto_generichash_blake2b_state*>(state_.data());
  CHECK(crypto_generichash_blake2b_final(state, made.data(), made.size()) == 0);
  return made;
}

SecretBytes Hasher::finish_secret() {
  CHECK(!finished_);
  finished_ = true;
  SecretBytes made = SecretBytes::of_size(sizeof(Hash));
  auto* const state = reinterpret_cast<crypto_generichash_blake2b_state*>(state_.data());
  CHECK(crypto_generichash_blake2b_final(state, made.mutable_view().data(), made.size()) == 0);
  return made;
}

}  // namespace huisbord::crypto
