// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a person box.
#include <sodium.h>

#include "core/base/check.h"
#include "core/crypto/aead.h"
#include "core/crypto/box.h"
#include "core/crypto/hash.h"
#include "core/crypto/memory.h"

namespace huisbord::crypto {
namespace {

constexpr std::size_t overhead = nonce_size + tag_size;

}  // namespace

Result<std::size_t> open_box_into(const SecretBytes& person_key, ByteView associated, ByteView box, std::span<std::uint8_t> room) {
  CHECK(person_key.size() == key_size);
  if (box.size() <= overhead || padded_size(box.size() - overhead - 1) != box.size() - overhead) {
    return fail(ErrorCode::parse, "A sealed box has a size that no box has.");
  }
  CHECK(room.size() >= box.size() - overhead);
  const std::span<std::uint8_t> padded = room.first(box.size() - overhead);
  StackSecret<key_size> key;
  hash_into("hb.box.key", person_key.view(), {}, key.mutable_view());
  ByteReader reader(box);
  const Nonce nonce = reader.array<nonce_size>();
  TRY_STATUS(decrypt_into(key.view(), nonce, associated, reader.rest(), padded));
  std::size_t size = 0;
  if (sodium_unpad(&size, padded.data(), padded.size(), padded.size()) != 0 || padded_size(size) != padded.size()) {
    wipe(padded);
    return fail(ErrorCode::parse, "A sealed box is padded in a way that no box is.");
  }
  return size;
}

Result<SecretBytes> open_box(const SecretBytes& person_key, ByteView associated, ByteView box) {
  // Guarded memory costs system calls, so a box of ordinary size is opened on the stack and only its plaintext gets pages of its own.
  StackSecret<1024> small;
  if (box.size() <= small.view().size()) {
    TRY_ASSIGN(const std::size_t size, open_box_into(person_key, associated, box, small.mutable_view()));
    return SecretBytes::copy_of(small.view().first(size));
  }
  SecretBytes room = SecretBytes::of_size(box.size());
  TRY_ASSIGN(const std::size_t size, open_box_into(person_key, associated, box, room.mutable_view()));
  return SecretBytes::copy_of(room.view().first(size));
}

}  // namespace huisbord::crypto
