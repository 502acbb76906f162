// SPDX-License-Identifier: GPL-3.0-or-later
// One form of two sizes: with a custody key and without.
#include "core/pairing/readmission.h"

#include <algorithm>

namespace huisbord {
namespace {

constexpr std::array<std::uint8_t, 8> magic{'H', 'B', 'R', 'E', 'A', 'D', 'M', 'T'};
constexpr std::uint8_t version_1 = 1;
constexpr const char* tag = "hb.readmit";
constexpr std::size_t signature_size = 64;
constexpr std::size_t head_size = magic.size() + 1;
constexpr std::size_t size_without_custody = head_size + 3 * 16 + 3 * 32 + 1 + signature_size;
constexpr std::size_t size_with_custody = size_without_custody + 32;

std::unexpected<Error> not_one() { return fail(ErrorCode::parse, "This is no file in which a kiosk asks to be taken in again."); }

}  // namespace

Bytes write_readmission(const ReadmissionRequest& request, const crypto::SigningKeyPair& former) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.raw(magic);
  writer.u8(version_1);
  writer.raw(request.organisation.bytes);
  writer.raw(request.former.bytes);
  writer.raw(request.device.device.bytes);
  writer.raw(request.device.signing.bytes);
  writer.raw(request.device.request.bytes);
  writer.raw(request.device.sealing.bytes);
  writer.u8(request.device.custody ? 1 : 0);
  if (request.device.custody) writer.raw(request.device.custody->bytes);
  const crypto::Signature signature = crypto::sign(former, tag, bytes);
  writer.raw(signature);
  return bytes;
}

Result<ReadmissionRequest> read_readmission(ByteView bytes) {
  if (bytes.size() < head_size || !std::ranges::equal(bytes.first(magic.size()), magic)) return not_one();
  if (bytes[magic.size()] != version_1)
    return fail(ErrorCode::version, "This file is of a later release: install that here, or make the file with this one.");
  if (bytes.size() != size_without_custody && bytes.size() != size_with_custody) return not_one();
  ByteReader reader(bytes.subspan(head_size));
  ReadmissionRequest request;
  request.organisation.bytes = reader.array<16>();
  request.former.bytes = reader.array<16>();
  request.device.device.bytes = reader.array<16>();
  request.device.signing.bytes = reader.array<32>();
  request.device.request.bytes = reader.array<32>();
  request.device.sealing.bytes = reader.array<32>();
  const std::uint8_t custody = reader.u8();
  if (custody != (bytes.size() == size_with_custody ? 1 : 0)) return not_one();
  if (custody == 1) request.device.custody.emplace().bytes = reader.array<32>();
  return request;
}

bool is_signed_by(ByteView readmission, const crypto::SigningPublicKey& former) {
  if (readmission.size() < signature_size) return false;
  crypto::Signature signature{};
  std::ranges::copy(readmission.last(signature_size), signature.begin());
  return crypto::verify(former, tag, readmission.first(readmission.size() - signature_size), signature);
}

PairingWords readmission_words(ByteView bytes) { return words_of(crypto::hash("hb.readmit.words", bytes)); }

}  // namespace huisbord
