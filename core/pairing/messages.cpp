// SPDX-License-Identifier: GPL-3.0-or-later
// Every field has one size, so a message that is read holds nothing else.
#include "core/pairing/messages.h"

#include "core/base/check.h"
#include "core/pairing/pairing.pb.h"

namespace huisbord {
namespace {

constexpr std::uint32_t version_1 = 1;
constexpr unsigned bits_a_word = 11;

Bytes to_message(const google::protobuf::MessageLite& message) {
  Bytes bytes(message.ByteSizeLong());
  CHECK(bytes.size() <= max_pairing_message);
  CHECK(message.SerializeToArray(bytes.data(), static_cast<int>(bytes.size())));
  return bytes;
}

template <class Message>
Result<Message> parse(ByteView bytes) {
  if (bytes.size() > max_pairing_message) return fail(ErrorCode::limit, "a pairing message is larger than 4 KiB");
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
    return fail(ErrorCode::parse, "a pairing message does not decode");
  if (message.version() == 0) return fail(ErrorCode::parse, "a pairing message names no version");
  if (message.version() != version_1) return fail(ErrorCode::version, "a pairing message of a later release");
  return message;
}

/// Reads fields of one size each; remembers when one had another.
class Fields {
 public:
  template <std::size_t N>
  void take(const std::string& field, ByteArray<N>& into) {
    if (field.size() != N) {
      whole_ = false;
      return;
    }
    std::memcpy(into.data(), field.data(), N);
  }
  [[nodiscard]] Status status() const {
    if (whole_) return {};
    return fail(ErrorCode::parse, "a pairing message with a field of another size");
  }

 private:
  bool whole_ = true;
};

template <class Array>
void put(std::string& field, const Array& bytes) {
  field.assign(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void write_scope(pairing::ScopeState& message, const OfferedScope& scope) {
  put(*message.mutable_scope(), scope.scope.bytes);
  message.set_charter(scope.charter);
  put(*message.mutable_charter_hash(), scope.charter_hash);
  if (scope.snapshot) put(*message.mutable_snapshot_hash(), *scope.snapshot);
}

void read_scope(const pairing::ScopeState& message, Fields& fields, OfferedScope& scope) {
  fields.take(message.scope(), scope.scope.bytes);
  scope.charter = message.charter();
  fields.take(message.charter_hash(), scope.charter_hash);
  if (!message.snapshot_hash().empty()) fields.take(message.snapshot_hash(), scope.snapshot.emplace());
}

}  // namespace

Bytes write_commit(const crypto::Hash& reveal_hash) {
  pairing::Commit message;
  message.set_version(version_1);
  put(*message.mutable_hash(), reveal_hash);
  return to_message(message);
}

Bytes write_offer(const PairingOffer& offer) {
  pairing::Offer message;
  message.set_version(version_1);
  put(*message.mutable_organisation(), offer.organisation.bytes);
  put(*message.mutable_root_key(), offer.root.bytes);
  put(*message.mutable_device(), offer.device.bytes);
  put(*message.mutable_signing_key(), offer.signing.bytes);
  put(*message.mutable_sealing_key(), offer.sealing.bytes);
  write_scope(*message.mutable_org(), offer.org);
  write_scope(*message.mutable_house(), offer.house);
  if (offer.staff) put(*message.mutable_staff(), offer.staff->bytes);
  put(*message.mutable_random(), offer.random);
  return to_message(message);
}

Bytes write_reveal(const PairingReveal& reveal) {
  pairing::Reveal message;
  message.set_version(version_1);
  put(*message.mutable_device(), reveal.device.device.bytes);
  put(*message.mutable_signing_key(), reveal.device.signing.bytes);
  put(*message.mutable_request_key(), reveal.device.request.bytes);
  put(*message.mutable_sealing_key(), reveal.device.sealing.bytes);
  if (reveal.device.custody) put(*message.mutable_custody_key(), reveal.device.custody->bytes);
  put(*message.mutable_random(), reveal.random);
  return to_message(message);
}

Bytes write_verdict(bool admitted) {
  pairing::Verdict message;
  message.set_version(version_1);
  message.set_admitted(admitted);
  return to_message(message);
}

Result<crypto::Hash> read_commit(ByteView bytes) {
  TRY_ASSIGN(const auto message, parse<pairing::Commit>(bytes));
  crypto::Hash hash;
  Fields fields;
  fields.take(message.hash(), hash);
  TRY_STATUS(fields.status());
  return hash;
}

Result<PairingOffer> read_offer(ByteView bytes) {
  TRY_ASSIGN(const auto message, parse<pairing::Offer>(bytes));
  PairingOffer offer;
  Fields fields;
  fields.take(message.organisation(), offer.organisation.bytes);
  fields.take(message.root_key(), offer.root.bytes);
  fields.take(message.device(), offer.device.bytes);
  fields.take(message.signing_key(), offer.signing.bytes);
  fields.take(message.sealing_key(), offer.sealing.bytes);
  read_scope(message.org(), fields, offer.org);
  read_scope(message.house(), fields, offer.house);
  if (!message.staff().empty()) fields.take(message.staff(), offer.staff.emplace().bytes);
  fields.take(message.random(), offer.random);
  TRY_STATUS(fields.status());
  // FORMAT.md 8: the organisation's scope has its identifier; charters are numbered from 1.
  if (offer.org.scope.bytes != offer.organisation.bytes || offer.house.scope == offer.org.scope || offer.org.charter == 0 ||
      offer.house.charter == 0)
    return fail(ErrorCode::parse, "a pairing offer that names no organisation with a house");
  return offer;
}

Result<PairingReveal> read_reveal(ByteView bytes) {
  TRY_ASSIGN(const auto message, parse<pairing::Reveal>(bytes));
  PairingReveal reveal;
  Fields fields;
  fields.take(message.device(), reveal.device.device.bytes);
  fields.take(message.signing_key(), reveal.device.signing.bytes);
  fields.take(message.request_key(), reveal.device.request.bytes);
  fields.take(message.sealing_key(), reveal.device.sealing.bytes);
  if (!message.custody_key().empty()) fields.take(message.custody_key(), reveal.device.custody.emplace().bytes);
  fields.take(message.random(), reveal.random);
  TRY_STATUS(fields.status());
  return reveal;
}

Result<bool> read_verdict(ByteView bytes) {
  TRY_ASSIGN(const auto message, parse<pairing::Verdict>(bytes));
  return message.admitted();
}

crypto::Hash commitment(ByteView reveal) { return crypto::hash("hb.pair.commit", reveal); }

PairingWords pairing_words(const PairingCode& code, ByteView commit, ByteView offer, ByteView reveal) {
  Bytes sizes;
  ByteWriter writer(sizes);
  for (const ByteView message : {commit, offer, reveal}) writer.u32(static_cast<std::uint32_t>(message.size()));
  const crypto::Hash hash =
      crypto::Hasher("hb.pair.words").update(code.characters).update(sizes).update(commit).update(offer).update(reveal).finish();
  return words_of(hash);
}

PairingWords words_of(const crypto::Hash& hash) {
  PairingWords words{};
  for (std::size_t bit = 0; bit < words.size() * bits_a_word; ++bit) {
    const unsigned value = (unsigned{hash[bit / 8]} >> (7 - bit % 8)) & 1u;
    std::uint16_t& word = words[bit / bits_a_word];
    word = static_cast<std::uint16_t>(unsigned{word} << 1 | value);
  }
  return words;
}

std::string text_of(const PairingWords& words) {
  std::string text;
  for (const std::uint16_t word : words) {
    if (!text.empty()) text += ' ';
    text += crypto::words()[word];
  }
  return text;
}

}  // namespace huisbord
