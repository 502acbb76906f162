// SPDX-License-Identifier: GPL-3.0-or-later
// The unlock key's file, and the box around a share.
#include "core/unlock/unlock_key.h"

#include <algorithm>

#include "core/crypto/durable_file.h"
#include "core/crypto/hash.h"
#include "core/crypto/memory.h"

namespace huisbord {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::string_view magic = "HBUNLOCK";
constexpr std::string_view share_context = "hb.share";
constexpr std::size_t file_size = 8 + 1 + 4 * 16 + 2 * 32 + 32;

std::unexpected<Error> damaged() { return fail(ErrorCode::damaged, "The unlock key of this kiosk is damaged; add the way in again."); }

Bytes context_of(const UnlockKey& key) {
  Bytes bytes = to_bytes(view(share_context));
  ByteWriter writer(bytes);
  writer.raw(key.scope.view());
  writer.raw(key.device.view());
  writer.raw(key.share);
  return bytes;
}

}  // namespace

std::filesystem::path unlock_key_path(const std::filesystem::path& folder) { return folder / "unlock.key"; }

UnlockKey UnlockKey::make(const OrganisationId& organisation, const ScopeId& scope, const DeviceId& device, Random& random) {
  UnlockKey key{.organisation = organisation,
                .scope = scope,
                .device = device,
                .share = {},
                .signing = crypto::make_signing_key(random),
                .sealing = crypto::make_sealing_key(random)};
  random.fill(key.share);
  return key;
}

Status UnlockKey::save(const std::filesystem::path& file) const {
  crypto::SecretBytes content = crypto::SecretBytes::of_size(file_size);
  Bytes open;
  ByteWriter writer(open);
  writer.raw(view(magic));
  writer.u8(version);
  writer.raw(organisation.view());
  writer.raw(scope.view());
  writer.raw(device.view());
  writer.raw(share);
  auto* const at = content.mutable_view().data();
  std::ranges::copy(open, at);
  std::ranges::copy(signing.seed(), at + open.size());
  std::ranges::copy(sealing.secret.view(), at + open.size() + 32);
  std::ranges::copy(crypto::hash("hb.unlock.file", content.view().first(file_size - 32)), at + file_size - 32);
  return crypto::replace_file(file, content.view());
}

Result<UnlockKey> UnlockKey::load(const std::filesystem::path& file) {
  auto bytes = crypto::read_small_file(file, file_size + 1);
  if (!bytes && bytes.error().code == ErrorCode::too_large) return damaged();
  if (!bytes) return std::unexpected(bytes.error());
  const auto content = crypto::SecretBytes::copy_of(*bytes);
  crypto::wipe(*bytes);
  ByteReader reader(content.view());
  if (text_view(reader.raw(magic.size())) != magic) return damaged();
  const std::uint8_t written_in = reader.u8();
  if (written_in > version) return fail(ErrorCode::newer_version, "The unlock key of this kiosk was written by a newer release.");
  if (written_in != version || content.size() != file_size ||
      !crypto::equal(crypto::hash("hb.unlock.file", content.view().first(file_size - 32)), content.view().last(32)))
    return damaged();
  UnlockKey key;
  key.organisation.bytes = reader.array<16>();
  key.scope.bytes = reader.array<16>();
  key.device.bytes = reader.array<16>();
  key.share = reader.array<16>();
  key.signing = crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(reader.raw(32)));
  key.sealing = crypto::sealing_key_from_secret(crypto::SecretBytes::copy_of(reader.raw(32)));
  return key;
}

Bytes UnlockKey::parameters() const {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.u8(version);
  writer.raw(share);
  return bytes;
}

Bytes UnlockKey::seal_share(const crypto::SecretBytes& share_bytes, Random& random) const {
  return crypto::seal_to(sealing.public_key, context_of(*this), share_bytes.view(), random);
}

Result<crypto::SecretBytes> UnlockKey::open_share(ByteView sealed) const {
  auto opened = crypto::open_sealed(sealing, context_of(*this), sealed);
  if (!opened || opened->size() != 32) return fail(ErrorCode::wrong_key, "The share that the relay keeps is not this kiosk's.");
  return opened;
}

}  // namespace huisbord
