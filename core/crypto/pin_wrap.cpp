// SPDX-License-Identifier: GPL-3.0-or-later
// Wrapping a person key under a PIN.
#include <algorithm>

#include "core/base/check.h"
#include "core/crypto/aead.h"
#include "core/crypto/hash.h"
#include "core/crypto/pin.h"

namespace huisbord::crypto {
namespace {

constexpr std::uint8_t version = 1;

Result<SecretBytes> wrapping_key(const PinWrap& wrap, const SecretBytes& pin, const SecretBytes& pin_secret, ByteView person) {
  CHECK(pin_secret.size() == key_size && person.size() <= 255);
  TRY_ASSIGN(const SecretBytes stretched, stretch(pin, wrap.salt, wrap.parameters));
  const ByteArray<1> size{static_cast<std::uint8_t>(person.size())};
  return Hasher("hb.pin.key", pin_secret).update(stretched.view()).update(size).update(person).finish_secret();
}

Bytes associated(const PinWrap& wrap, ByteView person) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.raw(view("hb.pin.wrap"));
  writer.u64(wrap.parameters.operations);
  writer.u64(wrap.parameters.memory_bytes);
  writer.raw(wrap.salt);
  writer.raw(person);
  return bytes;
}

}  // namespace

Result<PinWrap> make_pin_wrap(const SecretBytes& person_key, const SecretBytes& pin, const SecretBytes& pin_secret, ByteView person,
                              Argon2Parameters parameters, Random& random) {
  CHECK(person_key.size() == key_size);
  PinWrap wrap;
  wrap.parameters = parameters;
  random.fill(wrap.salt);
  wrap.nonce = make_nonce(random);
  TRY_ASSIGN(const SecretBytes key, wrapping_key(wrap, pin, pin_secret, person));
  const Bytes wrapped = encrypt(key, wrap.nonce, associated(wrap, person), person_key.view());
  std::ranges::copy(wrapped, wrap.wrapped.begin());
  return wrap;
}

Result<SecretBytes> open_pin_wrap(const PinWrap& wrap, const SecretBytes& pin, const SecretBytes& pin_secret, ByteView person) {
  TRY_ASSIGN(const SecretBytes key, wrapping_key(wrap, pin, pin_secret, person));
  auto opened = decrypt_secret(key.view(), wrap.nonce, associated(wrap, person), wrap.wrapped);
  if (!opened) return fail(ErrorCode::wrong_key, "This PIN opens nothing here.");
  return opened;
}

Bytes PinWrap::serialise() const {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.u8(version);
  writer.u64(parameters.operations);
  writer.u64(parameters.memory_bytes);
  writer.raw(salt);
  writer.raw(nonce);
  writer.raw(wrapped);
  return bytes;
}

Result<PinWrap> PinWrap::parse(ByteView bytes) {
  ByteReader reader(bytes);
  const std::uint8_t written_by = reader.u8();
  if (written_by > version) return fail(ErrorCode::newer_version, "A PIN was set by a newer release; install that.");
  PinWrap read;
  read.parameters.operations = reader.u64();
  read.parameters.memory_bytes = reader.u64();
  read.salt = reader.array<16>();
  read.nonce = reader.array<24>();
  read.wrapped = reader.array<48>();
  if (written_by != version || !reader.ok() || !reader.rest().empty() || !read.parameters.acceptable()) {
    return fail(ErrorCode::damaged, "A stored PIN is damaged; staff can set a new one.");
  }
  return read;
}

}  // namespace huisbord::crypto
