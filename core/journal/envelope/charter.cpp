// SPDX-License-Identifier: GPL-3.0-or-later
// Charters: signing, verifying, and what they say about a segment (FORMAT.md 8).
#include "core/journal/envelope/charter.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/journal/envelope/charter_body.h"

namespace huisbord {
namespace {

constexpr std::string_view magic = "HBCH";
constexpr std::uint8_t format_version = 1;
constexpr std::size_t frame_size = 12;
constexpr std::size_t signature_size = 64;
constexpr std::int64_t quarter_millis = 15 * 60 * 1000;

struct Frame {
  ByteView body;
  ByteView signed_part;
  crypto::Signature signature{};
};

Result<Frame> parse_frame(ByteView bytes) {
  if (bytes.size() > max_charter_size) return fail(ErrorCode::limit, "A charter is larger than 1 MiB.");
  ByteReader reader(bytes);
  if (text_view(reader.raw(magic.size())) != magic) return fail(ErrorCode::parse, "These bytes are no charter.");
  const std::uint8_t version = reader.u8();
  const std::uint8_t flags = reader.u8();
  const std::uint16_t reserved = reader.u16();
  if (!reader.ok()) return fail(ErrorCode::parse, "A charter is cut short.");
  if (version != format_version || flags != 0 || reserved != 0)
    return fail(ErrorCode::version, "A charter was written by a later release.");
  const std::uint32_t body_size = reader.u32();
  if (!reader.ok() || body_size > max_charter_size || reader.rest().size() != body_size + signature_size) {
    return fail(ErrorCode::parse, "A charter has another size than it declares.");
  }
  Frame frame;
  frame.body = reader.raw(body_size);
  frame.signed_part = bytes.first(frame_size + body_size);
  frame.signature = reader.array<signature_size>();
  return frame;
}

Bytes delegation_message(const OrganisationId& organisation, const Delegation& delegation) {
  Bytes message;
  ByteWriter writer(message);
  writer.raw(organisation.bytes);
  writer.u32(delegation.number);
  writer.u64(static_cast<std::uint64_t>(delegation.expires_quarter));
  writer.raw(delegation.key.bytes);
  return message;
}

/// What every reader checks but signatures and what came before.
Status check_written(ByteView bytes) {
  TRY_ASSIGN(const Frame frame, parse_frame(bytes));
  TRY_ASSIGN(const Charter charter, parse_charter_body(frame.body));
  return check_charter_sense(charter);
}

crypto::Hash hash_of(const Frame& frame) { return crypto::hash("hb.charter", frame.signed_part); }

}  // namespace

Delegation delegate(const OrganisationId& organisation, std::uint32_t number, Millis expires, const crypto::SigningPublicKey& key,
                    const crypto::SigningKeyPair& root) {
  CHECK(number != 0);
  Delegation made{number, expires.value / quarter_millis, key, {}};
  made.root_signature = crypto::sign(root, "hb.delegation", delegation_message(organisation, made));
  return made;
}

bool verify_delegation(const OrganisationId& organisation, const Delegation& delegation, const crypto::SigningPublicKey& root) {
  return crypto::verify(root, "hb.delegation", delegation_message(organisation, delegation), delegation.root_signature);
}

Result<Charter> Charter::verify(ByteView bytes, const crypto::SigningPublicKey& root, const Charter* held, std::optional<Millis> now) {
  TRY_ASSIGN(const Frame frame, parse_frame(bytes));
  TRY_ASSIGN(Charter charter, parse_charter_body(frame.body));
  const Delegation& delegation = charter.delegation;
  if (!verify_delegation(charter.organisation, delegation, root)) {
    return fail(ErrorCode::signature, "A charter's delegation is not signed by the organisation's root key.");
  }
  if (!crypto::verify(delegation.key, "hb.charter", frame.signed_part, frame.signature)) {
    return fail(ErrorCode::signature, "A charter is not signed by the delegated key.");
  }
  charter.hash = hash_of(frame);
  TRY_STATUS(check_charter_sense(charter));
  if (held != nullptr) {
    TRY_STATUS(check_charter_follows(*held, charter));
  }
  if (now && now->value / quarter_millis > delegation.expires_quarter) {
    return fail(ErrorCode::charter, "A charter's delegation has ended: the organisation must make a new one.");
  }
  return charter;
}

Result<Bytes> Charter::sign(const crypto::SigningKeyPair& delegated) {
  if (delegated.public_key != delegation.key)
    return fail(ErrorCode::invalid, "A charter is to be signed by another key than the delegated.");
  const Bytes body = write_charter_body(*this);
  Bytes bytes;
  bytes.reserve(frame_size + body.size() + signature_size);
  ByteWriter writer(bytes);
  writer.raw(view(magic));
  writer.u8(format_version);
  writer.u8(0);
  writer.u16(0);
  writer.u32(static_cast<std::uint32_t>(body.size()));
  writer.raw(body);
  writer.raw(crypto::sign(delegated, "hb.charter", bytes));
  if (Status sound = check_written(bytes); !sound) return fail(ErrorCode::invalid, std::move(sound.error().sentence));
  hash = crypto::hash("hb.charter", ByteView(bytes).first(bytes.size() - signature_size));
  return bytes;
}

const CharterDevice* Charter::device(DeviceNumber device_number) const {
  const auto found = std::ranges::find(devices, device_number, &CharterDevice::number);
  return found == devices.end() ? nullptr : &*found;
}

const CharterDevice* Charter::device(const DeviceId& id) const {
  const auto found = std::ranges::find(devices, id, &CharterDevice::id);
  return found == devices.end() ? nullptr : &*found;
}

const Epoch* Charter::epoch(const crypto::KeyId& id) const {
  const auto found = std::ranges::find(epochs, id, &Epoch::id);
  return found == epochs.end() ? nullptr : &*found;
}

const Epoch* Charter::highest_epoch() const {
  const auto found = std::ranges::max_element(epochs, {}, &Epoch::number);
  return found == epochs.end() ? nullptr : &*found;
}

bool Charter::is_erased(const PersonId& person) const { return std::ranges::find(erased, person) != erased.end(); }

Status Charter::check_segment(const SegmentView& segment) const {
  const SegmentHeader& header = segment.header;
  if (header.scope != scope) return fail(ErrorCode::charter, "A segment is of another scope than the charter.");
  if (header.charter > number) return fail(ErrorCode::charter, "A segment names a newer charter than the one held.");
  const CharterDevice* sender = device(header.device);
  if (sender == nullptr) return fail(ErrorCode::charter, "A segment is of a device that the charter does not list.");
  if (header.suite < lowest_suite) return fail(ErrorCode::version, "A segment is of a suite that the charter no longer accepts.");
  if (epoch(header.epoch) == nullptr) return fail(ErrorCode::epoch, "A segment is sealed under an epoch that is not in the charter.");
  return check_signature(segment, sender->signing_key);
}

SegmentStanding Charter::standing(const SegmentHeader& header, const HeaderHash& own_hash) const {
  const CharterDevice* sender = device(header.device);
  if (sender == nullptr) return SegmentStanding::off_chain;
  if (!sender->cut || header.last() < sender->cut->number) return SegmentStanding::counts;
  if (header.last() > sender->cut->number) return SegmentStanding::past_cut;
  return own_hash == sender->cut->header_hash ? SegmentStanding::counts : SegmentStanding::off_chain;
}

bool Charter::freed(const SegmentHeader& header, const HeaderHash& own_hash) const {
  return std::ranges::any_of(rulings, [&](const Ruling& ruling) {
    return ruling.kind == Ruling::Kind::free_waiting && ruling.device == header.device && ruling.number == header.last() &&
           ruling.header_hash == own_hash;
  });
}

std::optional<Cut> Charter::snapshot_end(DeviceNumber of) const {
  if (!snapshot) return std::nullopt;
  const auto named = std::ranges::find(snapshot->heads, of, &SnapshotHead::device);
  return named == snapshot->heads.end() ? std::nullopt : std::optional(Cut{named->head.number, named->head.hash});
}

std::uint64_t Charter::standing_stamp(DeviceNumber sender, OperationNumber operation, std::uint64_t stamp) const {
  const Ruling* freed_by = nullptr;
  for (const Ruling& ruling : rulings) {
    if (ruling.kind != Ruling::Kind::free_waiting || ruling.device != sender || ruling.number < operation) continue;
    if (freed_by == nullptr || ruling.number < freed_by->number) freed_by = &ruling;
  }
  if (freed_by == nullptr) return stamp;
  return std::min(stamp, (static_cast<std::uint64_t>(freed_by->quarter) << 32) | 0xffffffffU);
}

Result<CharterName> charter_name(ByteView bytes) {
  TRY_ASSIGN(const Frame frame, parse_frame(bytes));
  TRY_ASSIGN(const Charter charter, parse_charter_body(frame.body));
  return CharterName{charter.scope, charter.number, hash_of(frame)};
}

}  // namespace huisbord
