// SPDX-License-Identifier: GPL-3.0-or-later
// What the code under test makes of a vector, step by step as a replica does.
#include <algorithm>

#include "core/crypto/box.h"
#include "core/crypto/memory.h"
#include "core/journal/grant.h"
#include "core/journal/operation.h"
#include "core/journal/segment.h"
#include "core/pairing/messages.h"
#include "tests/vectors/vector_file.h"

namespace huisbord::vectors {
namespace {

template <std::size_t N>
ByteArray<N> array_of(ByteView bytes) {
  ByteArray<N> made{};
  if (bytes.size() == N) std::ranges::copy(bytes, made.begin());
  return made;
}

/// Ends a run: what went wrong although nothing was refused.
struct Wrong {
  std::string what;
};

void require(bool holds, const std::string& what) {
  if (!holds) throw Wrong{what};
}

Status run_segment(const VectorFile& vector) {
  TRY_ASSIGN(const SegmentView segment, parse_segment(vector.bytes));
  if (vector.has("charter")) {
    const crypto::SigningPublicKey root{array_of<32>(vector.hex("root"))};
    TRY_ASSIGN(const Charter charter, Charter::verify(vector.hex("charter"), root, nullptr));
    TRY_STATUS(charter.check_segment(segment));
  }
  TRY_STATUS(check_signature(segment, {array_of<32>(vector.hex("device_key"))}));
  const ChainHead held{vector.number("held_number"), array_of<32>(vector.hex("held_hash")), vector.number("held_stamp")};
  TRY_STATUS(check_follows(held, segment.header));
  TRY_ASSIGN(const OpenedSegment opened, open_segment(segment, crypto::SecretBytes::copy_of(vector.hex("epoch_key"))));
  require(segment.header.first == vector.number("first"), "another first number");
  require(to_hex(segment.hash()) == vector.text("header_hash"), "another header hash");
  const auto [begin, end] = vector.header.equal_range("operation");
  require(static_cast<std::size_t>(std::distance(begin, end)) == opened.size(), "another number of operations");
  auto expected = begin;
  for (const OpenedOperation& operation : opened) {
    require(to_hex(operation.raw) == expected->second, "another operation");
    require(parse_operation(operation.raw).has_value(), "an operation that does not parse");
    ++expected;
  }
  return {};
}

void check_keys(const VectorFile& vector, const Charter& charter) {
  if (vector.has("grant")) {
    const auto words = vector.words("grant");
    const auto sealing = crypto::sealing_key_from_secret(crypto::SecretBytes::copy_of(*from_hex(words.at(1))));
    const auto device = static_cast<DeviceNumber>(std::stoul(words.at(0)));
    const auto key = open_grant(charter, array_of<8>(*from_hex(words.at(2))), device, sealing);
    require(key && to_hex(key->view()) == words.at(3), "another epoch key");
  }
  if (vector.has("keyring")) {
    const auto words = vector.words("keyring");
    const auto custody = crypto::sealing_key_from_secret(crypto::SecretBytes::copy_of(*from_hex(words.at(2))));
    const auto sealing = crypto::sealing_key_from_secret(crypto::SecretBytes::copy_of(*from_hex(words.at(3))));
    const auto device = static_cast<DeviceNumber>(std::stoul(words.at(0)));
    const auto key = open_person_key(charter, PersonId::from_hex_text(words.at(1)).value(), device, custody, sealing);
    require(key && to_hex(key->view()) == words.at(4), "another person key");
  }
  if (vector.has("erased")) require(charter.is_erased(PersonId::from(vector.hex("erased")).value()), "nobody erased");
  if (vector.has("cut")) {
    const auto words = vector.words("cut");
    const CharterDevice* device = charter.device(static_cast<DeviceNumber>(std::stoul(words.at(0))));
    require(device != nullptr && device->cut, "no cut");
    require(device->cut->number == std::stoull(words.at(1)) && to_hex(device->cut->header_hash) == words.at(2), "another cut");
  }
}

Status run_charter(const VectorFile& vector) {
  const crypto::SigningPublicKey root{array_of<32>(vector.hex("root"))};
  std::optional<Charter> held;
  if (vector.has("held")) {
    auto verified = Charter::verify(vector.hex("held"), root, nullptr);
    require(verified.has_value(), "the charter held does not verify");
    held = std::move(*verified);
  }
  std::optional<Millis> now;
  if (vector.has("now_quarter")) now = Millis{static_cast<std::int64_t>(vector.number("now_quarter")) * 15 * 60 * 1000};
  TRY_ASSIGN(const Charter charter, Charter::verify(vector.bytes, root, held ? &*held : nullptr, now));
  require(charter.number == vector.number("number"), "another number");
  require(to_hex(charter.hash) == vector.text("hash"), "another hash");
  require(charter.devices.size() == vector.number("devices"), "another number of devices");
  check_keys(vector, charter);
  return {};
}

Status open_personal(const VectorFile& vector, const journal::Operation& operation) {
  const std::vector<std::uint32_t> slots(operation.slots().begin(), operation.slots().end());
  const Bytes associated = box_associated(ScopeId::from(vector.hex("scope")).value(), id_of<RecordId>(operation.record()),
                                          id_of<PersonId>(operation.person()), slots);
  const auto key = crypto::SecretBytes::copy_of(vector.hex("person_key"));
  TRY_ASSIGN(const crypto::SecretBytes opened, crypto::open_box(key, associated, view(operation.box())));
  const Bytes personal = vector.hex("personal");
  require(std::ranges::equal(opened.view(), vector.hex("personal")), "another body in the box");
  return {};
}

Status run_operation(const VectorFile& vector) {
  TRY_ASSIGN(const journal::Operation operation, parse_operation(vector.bytes));
  const auto device = vector.text("device_class") == "desk" ? DeviceClass::desk : DeviceClass::kiosk;
  const auto scope = vector.text("scope_kind") == "org" ? ScopeKind::org : ScopeKind::house;
  if (is_known(operation)) TRY_STATUS(check_writer(operation, device, scope));
  if (vector.has("person_key")) TRY_STATUS(open_personal(vector, operation));
  if (!vector.has("known")) return {};
  require(is_known(operation) == (vector.text("known") == "yes"), "another judgement of what is known");
  require(operation.stamp() == vector.number("stamp"), "another stamp");
  require(to_hex(operation_hash(vector.bytes)) == vector.text("operation_hash"), "another hash");
  if (vector.has("kind_name")) require(rule_of(operation.kind())->name == vector.text("kind_name"), "another kind");
  const std::string again = operation.SerializeAsString();
  require(std::ranges::equal(view(again), vector.bytes), "received bytes do not survive");
  return {};
}

Status run_reveal(const VectorFile& vector) {
  TRY_ASSIGN(const PairingReveal reveal, read_reveal(vector.bytes));
  require(to_hex(reveal.device.device.view()) == vector.text("device"), "another device");
  TRY_ASSIGN(const crypto::Hash promised, read_commit(vector.hex("commit")));
  require(commitment(vector.bytes) == promised, "another commitment");
  TRY_ASSIGN(const PairingCode code, parse_code(vector.text("code")));
  std::vector<std::string> words;
  for (const std::uint16_t word : pairing_words(code, vector.hex("commit"), vector.hex("offer"), vector.bytes))
    words.push_back(std::to_string(word));
  require(words == vector.words("words"), "other words");
  return {};
}

Status run_pairing(const VectorFile& vector) {
  const std::string message = vector.text("message");
  if (message == "reveal") return run_reveal(vector);
  if (message == "commit") {
    TRY_ASSIGN(const crypto::Hash promised, read_commit(vector.bytes));
    require(to_hex(promised) == vector.text("hash"), "another hash");
  } else if (message == "offer") {
    TRY_ASSIGN(const PairingOffer offer, read_offer(vector.bytes));
    require(to_hex(offer.root.view()) == vector.text("root"), "another root key");
    require(to_hex(offer.house.scope.view()) == vector.text("house"), "another house");
    require(offer.org.charter == vector.number("charter"), "another charter");
    require((offer.staff ? to_hex(offer.staff->view()) : "") == vector.text("staff"), "another member of staff");
    require((offer.house.snapshot ? to_hex(*offer.house.snapshot) : "") == vector.text("snapshot"), "another snapshot");
    require(write_offer(offer) == vector.bytes, "another writing of it");
  } else {
    TRY_ASSIGN(const bool admitted, read_verdict(vector.bytes));
    require(admitted == (vector.number("admitted") == 1), "another verdict");
  }
  return {};
}

Status run(const VectorFile& vector) {
  const std::string kind = vector.text("kind");
  if (kind == "segment") return run_segment(vector);
  if (kind == "charter") return run_charter(vector);
  return kind == "pairing" ? run_pairing(vector) : run_operation(vector);
}

}  // namespace

std::string contradiction(const VectorFile& vector) {
  try {
    const Status status = run(vector);
    const std::string got = status ? "ok" : name(status.error().code);
    if (got == vector.text("expect")) return "";
    return "expected " + vector.text("expect") + ", got " + got + (status ? "" : ": " + status.error().sentence);
  } catch (const Wrong& wrong) {
    return wrong.what;
  }
}

}  // namespace huisbord::vectors
