// SPDX-License-Identifier: GPL-3.0-or-later
// Making, wrapping and opening the custody key.
#include "core/crypto/custody.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/crypto/hash.h"

namespace huisbord::crypto {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::size_t wrap_size = 16 + 8 + 8 + 16 + 32 + 80;

/// Never the Argon2id output itself: KEYS.md 2.1 gives each use a key of its own.
Result<SealingKeyPair> staff_pair(const SecretBytes& passphrase, const CustodyWrap& wrap) {
  TRY_ASSIGN(const SecretBytes stretched, stretch(passphrase, wrap.salt, wrap.parameters));
  return sealing_key_from_secret(derive_key("hb.custody.key", stretched, wrap.staff.view()));
}

std::unexpected<Error> damaged() { return fail(ErrorCode::damaged, "The custody key of this kiosk is damaged."); }

}  // namespace

Bytes Custody::context(const CustodyWrap& wrap) const {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.raw(view("hb.custody.wrap"));
  writer.raw(public_key_.bytes);
  writer.raw(wrap.staff.bytes);
  writer.u64(wrap.parameters.operations);
  writer.u64(wrap.parameters.memory_bytes);
  writer.raw(wrap.salt);
  return bytes;
}

void Custody::seal(CustodyWrap& wrap, const SecretBytes& secret, Random& random) const {
  const Bytes sealed = seal_to(wrap.staff_key, context(wrap), secret.view(), random);
  std::ranges::copy(sealed, wrap.sealed.begin());
}

Result<Custody> Custody::make(const StaffId& staff, const SecretBytes& passphrase, Argon2Parameters parameters, Random& random) {
  return of(make_sealing_key(random), staff, passphrase, parameters, random);
}

Result<Custody> Custody::of(const SealingKeyPair& pair, const StaffId& staff, const SecretBytes& passphrase, Argon2Parameters parameters,
                            Random& random) {
  Custody made;
  made.public_key_ = pair.public_key;
  TRY_STATUS(made.add_wrap(pair, staff, passphrase, parameters, random));
  return made;
}

Status Custody::add_wrap(const SealingKeyPair& opened, const StaffId& staff, const SecretBytes& passphrase, Argon2Parameters parameters,
                         Random& random) {
  if (opened.public_key != public_key_) return fail(ErrorCode::wrong_key, "This is not the custody key of this kiosk.");
  const auto former = std::ranges::find(wraps_, staff, &CustodyWrap::staff);
  if (former == wraps_.end() && wraps_.size() >= 255) return fail(ErrorCode::limit, "A kiosk has at most 255 members of staff enrolled.");
  CustodyWrap wrap;
  wrap.staff = staff;
  wrap.parameters = parameters;
  random.fill(wrap.salt);
  TRY_ASSIGN(const SealingKeyPair pair, staff_pair(passphrase, wrap));
  wrap.staff_key = pair.public_key;
  seal(wrap, opened.secret, random);
  if (former != wraps_.end()) {
    *former = wrap;
  } else {
    wraps_.push_back(wrap);
  }
  return {};
}

Result<SealingKeyPair> Custody::open(const StaffId& staff, const SecretBytes& passphrase) const {
  const auto wrap = std::ranges::find(wraps_, staff, &CustodyWrap::staff);
  if (wrap == wraps_.end()) return fail(ErrorCode::not_found, "This member of staff is not enrolled on this kiosk.");
  TRY_ASSIGN(const SealingKeyPair own, staff_pair(passphrase, *wrap));
  const auto secret = open_sealed(own, context(*wrap), wrap->sealed);
  if (!secret || own.public_key != wrap->staff_key) return fail(ErrorCode::wrong_key, "This passphrase opens nothing here.");
  SealingKeyPair pair = sealing_key_from_secret(*secret);
  if (pair.public_key != public_key_) return damaged();
  return pair;
}

Status Custody::remove_wrap(const StaffId& staff) {
  if (std::erase_if(wraps_, [&](const CustodyWrap& wrap) { return wrap.staff == staff; }) == 0) {
    return fail(ErrorCode::not_found, "This member of staff is not enrolled on this kiosk.");
  }
  return {};
}

Custody Custody::renewed(Random& random) const {
  const SealingKeyPair pair = make_sealing_key(random);
  Custody made;
  made.public_key_ = pair.public_key;
  made.wraps_ = wraps_;
  for (CustodyWrap& wrap : made.wraps_) made.seal(wrap, pair.secret, random);
  return made;
}

Bytes Custody::serialise() const {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.u8(version);
  writer.raw(public_key_.bytes);
  writer.u8(static_cast<std::uint8_t>(wraps_.size()));
  for (const CustodyWrap& wrap : wraps_) {
    writer.raw(wrap.staff.bytes);
    writer.u64(wrap.parameters.operations);
    writer.u64(wrap.parameters.memory_bytes);
    writer.raw(wrap.salt);
    writer.raw(wrap.staff_key.bytes);
    writer.raw(wrap.sealed);
  }
  return bytes;
}

Result<Custody> Custody::parse(ByteView bytes) {
  ByteReader reader(bytes);
  const std::uint8_t written_by = reader.u8();
  if (written_by > version) return fail(ErrorCode::newer_version, "The custody key was written by a newer release; install that.");
  Custody read;
  read.public_key_.bytes = reader.array<32>();
  const std::size_t count = reader.u8();
  if (!reader.ok() || written_by != version || reader.rest().size() != count * wrap_size) return damaged();
  for (std::size_t i = 0; i < count; ++i) {
    CustodyWrap wrap;
    wrap.staff.bytes = reader.array<16>();
    wrap.parameters.operations = reader.u64();
    wrap.parameters.memory_bytes = reader.u64();
    wrap.salt = reader.array<16>();
    wrap.staff_key.bytes = reader.array<32>();
    wrap.sealed = reader.array<80>();
    if (!wrap.parameters.acceptable() || std::ranges::find(read.wraps_, wrap.staff, &CustodyWrap::staff) != read.wraps_.end())
      return damaged();
    read.wraps_.push_back(wrap);
  }
  return read;
}

}  // namespace huisbord::crypto
