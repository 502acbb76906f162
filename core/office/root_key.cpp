// SPDX-License-Identifier: GPL-3.0-or-later
// The files of the root key's media: FORMAT.md 8.2.
#include "core/office/root_key.h"

#include <algorithm>
#include <limits>
#include <system_error>

#include "core/crypto/durable_file.h"
#include "core/crypto/hash.h"
#include "core/crypto/memory.h"

namespace huisbord {
namespace {

constexpr std::string_view key_magic = "HBROOTK1";
constexpr std::string_view request_magic = "HBDELRQ1";
constexpr std::string_view delegation_magic = "HBDELEG1";
constexpr std::size_t most_notes = 4096;
constexpr std::size_t note_size = 16 + 4 + 32;

crypto::Hash sum_of(ByteView bytes) { return crypto::hash("hb.root.file", bytes); }

/// magic || content || sum.
Bytes framed(std::string_view magic, const Bytes& content) {
  Bytes file;
  ByteWriter writer(file);
  writer.raw(view(magic));
  writer.raw(content);
  writer.raw(sum_of(file));
  return file;
}

Result<ByteView> unframed(std::string_view magic, ByteView file, std::size_t content, const char* what) {
  if (file.size() < magic.size() || text_view(file.first(magic.size())) != magic)
    return fail(ErrorCode::parse, std::string("That file is no ") + what + ".");
  const std::size_t summed = magic.size() + content;
  if (file.size() != summed + 32 || !std::ranges::equal(sum_of(file.first(summed)), file.subspan(summed)))
    return fail(ErrorCode::damaged, std::string("That ") + what + " is damaged: fetch it again.");
  return file.subspan(magic.size(), content);
}

Status make_folder(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return fail(ErrorCode::io, "The folder " + folder.string() + " cannot be made: " + error.message() + ".");
  return {};
}

std::filesystem::path notes_path(const std::filesystem::path& medium) { return medium / "delegations"; }

/// The highest number that this medium gave to that organisation.
Result<std::uint32_t> highest_given(const Bytes& notes, const OrganisationId& organisation) {
  if (notes.size() % note_size != 0) return fail(ErrorCode::damaged, "The medium's list of delegations is damaged: take the other medium.");
  std::uint32_t highest = 0;
  ByteReader reader(notes);
  while (!reader.rest().empty()) {
    const OrganisationId noted{reader.array<16>()};
    const std::uint32_t number = reader.u32();
    (void)reader.array<32>();
    if (noted == organisation) highest = std::max(highest, number);
  }
  return highest;
}

}  // namespace

std::filesystem::path root_key_path(const std::filesystem::path& medium) { return medium / "root.key"; }

Result<crypto::SigningPublicKey> make_root_key(std::span<const std::filesystem::path> media, Random& random) {
  for (std::size_t i = 0; i < media.size(); ++i) {
    TRY_STATUS(make_folder(media[i]));
    if (std::filesystem::exists(root_key_path(media[i]))) {
      return fail(ErrorCode::already_exists, root_key_path(media[i]).string() + " is there already: a root key is made once.");
    }
    for (std::size_t other = 0; other < i; ++other) {
      std::error_code error;
      if (std::filesystem::equivalent(media[i], media[other], error))
        return fail(ErrorCode::invalid, "The root key goes on two media: " + media[i].string() + " was named twice.");
    }
  }
  const crypto::SigningKeyPair root = crypto::make_signing_key(random);
  Bytes content;
  content.reserve(128);
  ByteWriter writer(content);
  writer.raw(root.seed());
  writer.raw(root.public_key.bytes);
  Bytes file = framed(key_magic, content);
  Status made = [&]() -> Status {
    for (const auto& medium : media) TRY_STATUS(crypto::replace_file(root_key_path(medium), file));
    for (const auto& medium : media) {
      TRY_ASSIGN(const crypto::SigningKeyPair read, read_root_key(medium));
      if (read.public_key != root.public_key)
        return fail(ErrorCode::damaged, medium.string() + " gives back another root key than was written: take another medium.");
    }
    return {};
  }();
  crypto::wipe(content);
  crypto::wipe(file);
  if (!made) {
    std::error_code ignored;
    for (const auto& medium : media) std::filesystem::remove(root_key_path(medium), ignored);
    return std::unexpected(std::move(made.error()));
  }
  return root.public_key;
}

Result<crypto::SigningKeyPair> read_root_key(const std::filesystem::path& medium) {
  auto file = crypto::read_small_file(root_key_path(medium), 256);
  if (!file) {
    if (file.error().code == ErrorCode::not_found) return fail(ErrorCode::not_found, "There is no root key in " + medium.string() + ".");
    return std::unexpected(std::move(file.error()));
  }
  const auto content = unframed(key_magic, *file, 64, "root key");
  if (!content) {
    crypto::wipe(*file);
    return fail(ErrorCode::damaged, "The root key in " + medium.string() + " is damaged: take the other medium.");
  }
  crypto::SigningKeyPair root = crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(content->first(32)));
  const bool whole = std::ranges::equal(root.public_key.bytes, content->subspan(32));
  crypto::wipe(*file);
  if (!whole) return fail(ErrorCode::damaged, "The root key in " + medium.string() + " is damaged: take the other medium.");
  return root;
}

Bytes write_delegation_request(const DelegationRequest& request) {
  Bytes content;
  ByteWriter writer(content);
  writer.raw(request.organisation.bytes);
  writer.u32(request.number);
  writer.raw(request.key.bytes);
  return framed(request_magic, content);
}

Result<DelegationRequest> read_delegation_request(ByteView bytes) {
  TRY_ASSIGN(const ByteView content, unframed(request_magic, bytes, note_size, "request for a delegation"));
  ByteReader reader(content);
  DelegationRequest request;
  request.organisation = OrganisationId{reader.array<16>()};
  request.number = reader.u32();
  request.key.bytes = reader.array<32>();
  return request;
}

Bytes write_delegation(const OrganisationDelegation& made) {
  Bytes content;
  ByteWriter writer(content);
  writer.raw(made.organisation.bytes);
  writer.u32(made.delegation.number);
  writer.u64(static_cast<std::uint64_t>(made.delegation.expires_quarter));
  writer.raw(made.delegation.key.bytes);
  writer.raw(made.delegation.root_signature);
  return framed(delegation_magic, content);
}

Result<OrganisationDelegation> read_delegation(ByteView bytes) {
  TRY_ASSIGN(const ByteView content, unframed(delegation_magic, bytes, 16 + 4 + 8 + 32 + 64, "delegation"));
  ByteReader reader(content);
  OrganisationDelegation made;
  made.organisation = OrganisationId{reader.array<16>()};
  made.delegation.number = reader.u32();
  made.delegation.expires_quarter = static_cast<std::int64_t>(reader.u64());
  made.delegation.key.bytes = reader.array<32>();
  made.delegation.root_signature = reader.array<64>();
  return made;
}

Result<OrganisationDelegation> make_delegation(const std::filesystem::path& medium, const DelegationRequest& request, Millis expires) {
  TRY_ASSIGN(const crypto::SigningKeyPair root, read_root_key(medium));
  auto read = crypto::read_small_file(notes_path(medium), most_notes * note_size);
  if (!read && read.error().code != ErrorCode::not_found) return std::unexpected(std::move(read.error()));
  Bytes notes = read ? std::move(*read) : Bytes{};
  TRY_ASSIGN(const std::uint32_t highest, highest_given(notes, request.organisation));
  if (highest == std::numeric_limits<std::uint32_t>::max())
    return fail(ErrorCode::invalid, "This organisation was given the last number that a delegation can have: nothing can follow it.");
  const std::uint32_t number = std::max(request.number, highest + 1);
  ByteWriter writer(notes);
  writer.raw(request.organisation.bytes);
  writer.u32(number);
  writer.raw(request.key.bytes);
  // Noted first: a number that was noted and never signed harms nobody.
  TRY_STATUS(crypto::replace_file(notes_path(medium), notes));
  return OrganisationDelegation{request.organisation, delegate(request.organisation, number, expires, request.key, root)};
}

}  // namespace huisbord
