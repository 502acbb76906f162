// SPDX-License-Identifier: GPL-3.0-or-later
// Wrapping a person key under a PIN.
#include <algorithm>

#include "core/base/check.h"
#include "core/crypto/aead.h"
#include "core/crypto/hash.h"
#include "core/crypto/pin.h"

namespace huisbord::crypto {
namespace {

constexpr std::uint8_t alone = 1;
constexpr std::uint8_t kept = 2;  ///< leans on a keeper
constexpr std::size_t most_object = 1024;

Result<SecretBytes> wrapping_key(const SecretBytes& stretched, const SecretBytes& pin_secret, ByteView person, const SecretBytes& machine) {
  CHECK(pin_secret.size() == key_size && person.size() <= 255);
  const ByteArray<1> size{static_cast<std::uint8_t>(person.size())};
  return Hasher("hb.pin.key", pin_secret).update(stretched.view()).update(size).update(person).update(machine.view()).finish_secret();
}

/// Four bits of what was typed: of sixteen mistyped PINs fifteen are known as such before the TPM is asked.
std::uint8_t check_of(const SecretBytes& stretched, ByteView person) {
  return derive_key("hb.pin.check", stretched, person).view()[0] & 0x0f;
}

SecretBytes authorisation_of(const SecretBytes& stretched, ByteView person) { return derive_key("hb.pin.tpm", stretched, person); }

Bytes associated(const PinWrap& wrap, ByteView person) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.raw(view("hb.pin.wrap"));
  writer.u64(wrap.parameters.operations);
  writer.u64(wrap.parameters.memory_bytes);
  writer.raw(wrap.salt);
  writer.raw(person);
  if (!wrap.object.empty()) {
    writer.u8(wrap.check);
    writer.raw(wrap.object);
  }
  return bytes;
}

}  // namespace

Result<PinWrap> make_pin_wrap(const SecretBytes& person_key, const SecretBytes& pin, const SecretBytes& pin_secret, ByteView person,
                              Argon2Parameters parameters, Random& random, PinKeeper* keeper) {
  CHECK(person_key.size() == key_size);
  PinWrap wrap;
  wrap.parameters = parameters;
  random.fill(wrap.salt);
  wrap.nonce = make_nonce(random);
  TRY_ASSIGN(const SecretBytes stretched, stretch(pin, wrap.salt, wrap.parameters));
  SecretBytes machine;
  if (keeper != nullptr) {
    machine = make_key(random);
    wrap.check = check_of(stretched, person);
    TRY_ASSIGN(wrap.object, keeper->seal(machine, authorisation_of(stretched, person)));
    CHECK(!wrap.object.empty() && wrap.object.size() <= most_object);
  }
  TRY_ASSIGN(const SecretBytes key, wrapping_key(stretched, pin_secret, person, machine));
  const Bytes wrapped = encrypt(key, wrap.nonce, associated(wrap, person), person_key.view());
  std::ranges::copy(wrapped, wrap.wrapped.begin());
  return wrap;
}

Result<SecretBytes> open_pin_wrap(const PinWrap& wrap, const SecretBytes& pin, const SecretBytes& pin_secret, ByteView person,
                                  PinKeeper* keeper) {
  const auto nothing = [] { return fail(ErrorCode::wrong_key, "This PIN opens nothing here."); };
  TRY_ASSIGN(const SecretBytes stretched, stretch(pin, wrap.salt, wrap.parameters));
  SecretBytes machine;
  if (!wrap.object.empty()) {
    if (keeper == nullptr) return fail(ErrorCode::unavailable, "This PIN needs the TPM of this machine, which is not there.");
    if (check_of(stretched, person) != wrap.check) return nothing();
    auto given = keeper->unseal(wrap.object, authorisation_of(stretched, person));
    if (!given && given.error().code == ErrorCode::wrong_key) return nothing();
    if (!given) return std::unexpected(std::move(given.error()));
    machine = std::move(*given);
  }
  TRY_ASSIGN(const SecretBytes key, wrapping_key(stretched, pin_secret, person, machine));
  auto opened = decrypt_secret(key.view(), wrap.nonce, associated(wrap, person), wrap.wrapped);
  if (!opened) return nothing();
  return opened;
}

Bytes PinWrap::serialise() const {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.u8(object.empty() ? alone : kept);
  writer.u64(parameters.operations);
  writer.u64(parameters.memory_bytes);
  writer.raw(salt);
  if (!object.empty()) {
    writer.u8(check);
    writer.u16(static_cast<std::uint16_t>(object.size()));
    writer.raw(object);
  }
  writer.raw(nonce);
  writer.raw(wrapped);
  return bytes;
}

Result<PinWrap> PinWrap::parse(ByteView bytes) {
  ByteReader reader(bytes);
  const std::uint8_t written_by = reader.u8();
  if (written_by > kept) return fail(ErrorCode::newer_version, "A PIN was set by a newer release; install that.");
  PinWrap read;
  read.parameters.operations = reader.u64();
  read.parameters.memory_bytes = reader.u64();
  read.salt = reader.array<16>();
  if (written_by == kept) {
    read.check = reader.u8();
    read.object = to_bytes(reader.raw(reader.u16()));
  }
  const bool sound =
      written_by == alone || (written_by == kept && read.check < 16 && !read.object.empty() && read.object.size() <= most_object);
  read.nonce = reader.array<24>();
  read.wrapped = reader.array<48>();
  if (!sound || !reader.ok() || !reader.rest().empty() || !read.parameters.acceptable()) {
    return fail(ErrorCode::damaged, "A stored PIN is damaged; staff can set a new one.");
  }
  return read;
}

}  // namespace huisbord::crypto
