// SPDX-License-Identifier: GPL-3.0-or-later
// A charter's body as Protocol Buffers: FORMAT.md 8.3.
#include "core/journal/envelope/charter_body.h"

#include "core/base/check.h"
#include "core/journal/envelope/charter.pb.h"
#include "core/journal/envelope/read_message.h"

namespace huisbord {
namespace {

std::unexpected<Error> broken() { return fail(ErrorCode::parse, "A charter is damaged: a field of its body has another form."); }
std::unexpected<Error> too_many() { return fail(ErrorCode::limit, "A charter lists more than a charter may."); }
std::unexpected<Error> later() { return fail(ErrorCode::version, "A charter was written by a later release."); }

std::string text(ByteView bytes) { return to_string(bytes); }

template <std::size_t N>
bool read(const std::string& field, ByteArray<N>& out) {
  if (field.size() != N) return false;
  std::memcpy(out.data(), field.data(), N);
  return true;
}
/// An absent hash stands for zeroes.
bool read_or_zero(const std::string& field, crypto::Hash& out) { return field.empty() || read(field, out); }

Result<CharterDevice> read_device(const journal::CharterDevice& from) {
  CharterDevice device;
  device.number = from.number();
  if (device.number == 0 || !read(from.id(), device.id.bytes) || !read(from.signing_key(), device.signing_key.bytes) ||
      !read(from.request_key(), device.request_key.bytes) || !read(from.sealing_key(), device.sealing_key.bytes)) {
    return broken();
  }
  if (from.device_class() < 1 || from.device_class() > 2 || from.state() < 1 || from.state() > 4) return later();
  device.device_class = static_cast<DeviceClass>(from.device_class());
  device.state = static_cast<DeviceState>(from.state());
  if (from.has_cut()) {
    Cut cut{from.cut().number(), {}};
    if (!read_or_zero(from.cut().header_hash(), cut.header_hash)) return broken();
    device.cut = cut;
  }
  return device;
}

Result<Epoch> read_epoch(const journal::CharterEpoch& from) {
  Epoch epoch;
  epoch.number = from.number();
  if (epoch.number == 0 || !read(from.id(), epoch.id)) return broken();
  if (static_cast<std::size_t>(from.grants_size()) > max_charter_devices) return too_many();
  epoch.grants.reserve(static_cast<std::size_t>(from.grants_size()));
  for (const auto& grant : from.grants()) {
    if (grant.sealed().size() != sealed_key_size) return broken();
    epoch.grants.push_back({grant.device(), to_bytes(view(grant.sealed()))});
  }
  return epoch;
}

Result<SnapshotReference> read_snapshot(const journal::CharterSnapshot& from) {
  SnapshotReference snapshot;
  if (!read(from.hash(), snapshot.hash) || !read(from.digest(), snapshot.digest)) return broken();
  if (static_cast<std::size_t>(from.heads_size()) > max_charter_devices) return too_many();
  for (const auto& head : from.heads()) {
    SnapshotHead made{head.device(), {head.number(), {}, head.stamp()}};
    if (!read_or_zero(head.header_hash(), made.head.hash)) return broken();
    snapshot.heads.push_back(made);
  }
  return snapshot;
}

Status read_lists(const journal::CharterBody& body, Charter& charter) {
  const auto over = [](int size, std::size_t most) { return static_cast<std::size_t>(size) > most; };
  if (over(body.devices_size(), max_charter_devices) || over(body.epochs_size(), max_charter_epochs) ||
      over(body.keyring_size(), max_charter_keyring) || over(body.rulings_size(), max_charter_rulings) ||
      over(body.erased_size(), max_charter_erased)) {
    return too_many();
  }
  for (const auto& from : body.devices()) {
    TRY_ASSIGN(CharterDevice device, read_device(from));
    charter.devices.push_back(std::move(device));
  }
  for (const auto& from : body.epochs()) {
    TRY_ASSIGN(Epoch epoch, read_epoch(from));
    charter.epochs.push_back(std::move(epoch));
  }
  for (const auto& from : body.keyring()) {
    KeyringEntry entry;
    entry.device = from.device();
    if (!read(from.person(), entry.person.bytes) || !read(from.key(), entry.key) || !read(from.custody(), entry.custody) ||
        from.sealed().size() != keyring_entry_size) {
      return broken();
    }
    entry.sealed = to_bytes(view(from.sealed()));
    charter.keyring.push_back(std::move(entry));
  }
  for (const auto& from : body.rulings()) {
    if (from.kind() != 1) return later();
    Ruling ruling{Ruling::Kind::free_waiting, from.device(), from.number(), {}, from.quarter()};
    if (!read(from.header_hash(), ruling.header_hash) || ruling.quarter < 1 || ruling.quarter > charter.written_quarter) return broken();
    charter.rulings.push_back(ruling);
  }
  for (const auto& from : body.erased()) {
    PersonId person;
    if (!read(from, person.bytes)) return broken();
    charter.erased.push_back(person);
  }
  return {};
}

void write_lists(const Charter& charter, journal::CharterBody& body) {
  for (const CharterDevice& device : charter.devices) {
    auto& to = *body.add_devices();
    to.set_number(device.number);
    to.set_id(text(device.id.bytes));
    to.set_device_class(static_cast<std::uint32_t>(device.device_class));
    to.set_state(static_cast<std::uint32_t>(device.state));
    to.set_signing_key(text(device.signing_key.bytes));
    to.set_request_key(text(device.request_key.bytes));
    to.set_sealing_key(text(device.sealing_key.bytes));
    if (!device.cut) continue;
    to.mutable_cut()->set_number(device.cut->number);
    if (device.cut->number != 0) to.mutable_cut()->set_header_hash(text(device.cut->header_hash));
  }
  for (const Epoch& epoch : charter.epochs) {
    auto& to = *body.add_epochs();
    to.set_id(text(epoch.id));
    to.set_number(epoch.number);
    for (const EpochGrant& grant : epoch.grants) {
      auto& entry = *to.add_grants();
      entry.set_device(grant.device);
      entry.set_sealed(text(grant.sealed));
    }
  }
  for (const KeyringEntry& entry : charter.keyring) {
    auto& to = *body.add_keyring();
    to.set_person(text(entry.person.bytes));
    to.set_key(text(entry.key));
    to.set_device(entry.device);
    to.set_custody(text(entry.custody));
    to.set_sealed(text(entry.sealed));
  }
  for (const Ruling& ruling : charter.rulings) {
    auto& to = *body.add_rulings();
    to.set_kind(static_cast<std::uint32_t>(ruling.kind));
    to.set_device(ruling.device);
    to.set_number(ruling.number);
    to.set_header_hash(text(ruling.header_hash));
    to.set_quarter(ruling.quarter);
  }
  for (const PersonId& person : charter.erased) body.add_erased(text(person.bytes));
}

}  // namespace

Bytes write_charter_body(const Charter& charter) {
  journal::CharterBody body;
  body.set_organisation(text(charter.organisation.bytes));
  body.set_scope(text(charter.scope.bytes));
  body.set_number(charter.number);
  if (charter.number > 1) body.set_previous(text(charter.previous));
  body.set_written_quarter(charter.written_quarter);
  auto& delegation = *body.mutable_delegation();
  delegation.set_number(charter.delegation.number);
  delegation.set_expires_quarter(charter.delegation.expires_quarter);
  delegation.set_key(text(charter.delegation.key.bytes));
  delegation.set_root_signature(text(charter.delegation.root_signature));
  write_lists(charter, body);
  if (charter.snapshot) {
    auto& snapshot = *body.mutable_snapshot();
    snapshot.set_hash(text(charter.snapshot->hash));
    snapshot.set_digest(text(charter.snapshot->digest));
    for (const SnapshotHead& head : charter.snapshot->heads) {
      auto& to = *snapshot.add_heads();
      to.set_device(head.device);
      to.set_number(head.head.number);
      to.set_header_hash(text(head.head.hash));
      to.set_stamp(head.head.stamp);
    }
  }
  body.set_lowest_suite(charter.lowest_suite);
  body.set_rule_number(charter.rule_number);
  return to_bytes(view(body.SerializeAsString()));
}

Result<Charter> parse_charter_body(ByteView bytes) {
  CHECK(bytes.size() <= max_charter_size);
  constexpr int nesting = 16;
  journal::CharterBody body;
  if (!read_message(bytes, nesting, body)) return broken();

  Charter charter;
  charter.number = body.number();
  charter.written_quarter = body.written_quarter();
  if (charter.number == 0 || body.previous().empty() != (charter.number == 1) || !read(body.organisation(), charter.organisation.bytes) ||
      !read(body.scope(), charter.scope.bytes) || !read_or_zero(body.previous(), charter.previous)) {
    return broken();
  }
  charter.delegation.number = body.delegation().number();
  charter.delegation.expires_quarter = body.delegation().expires_quarter();
  if (charter.delegation.number == 0 || !read(body.delegation().key(), charter.delegation.key.bytes) ||
      !read(body.delegation().root_signature(), charter.delegation.root_signature)) {
    return broken();
  }
  TRY_STATUS(read_lists(body, charter));
  if (body.has_snapshot()) {
    TRY_ASSIGN(charter.snapshot, read_snapshot(body.snapshot()));
  }
  if (body.lowest_suite() == 0 || body.rule_number() == 0) return broken();
  if (body.lowest_suite() > suite_1) return later();
  charter.lowest_suite = static_cast<std::uint8_t>(body.lowest_suite());
  charter.rule_number = body.rule_number();
  return charter;
}

}  // namespace huisbord
