// SPDX-License-Identifier: GPL-3.0-or-later
// Charters of the simulated organisation, signed as the office does.
#include "tests/sim/office.h"

#include <algorithm>

#include "core/crypto/start.h"
#include "core/journal/envelope/charter_edit.h"
#include "core/journal/grant.h"
#include "core/journal/hybrid_clock.h"

namespace huisbord::sim {

namespace {
bool has_ended(const Charter& charter, const Epoch& epoch) { return epoch.grants.empty() && epoch.id != charter.highest_epoch()->id; }
}  // namespace

Office::Office(std::uint64_t number) : random(number) {
  must(crypto::start());
  root_ = crypto::make_signing_key(random);
  delegated_ = crypto::make_signing_key(random);
  organisation_ = random.id<OrganisationTag>();
  house_ = random.id<HouseTag>();
  for (const ScopeId& id : {org(), house()}) {
    Scope& scope = scopes_[id];
    scope.charter.organisation = organisation_;
    scope.charter.scope = id;
    constexpr std::int64_t ends = std::int64_t{4'000'000'000'000};  // in the year 2096
    scope.charter.delegation = delegate(organisation_, 1, {ends}, delegated_.public_key, root_);
    new_epoch(id);
  }
  for (int i = 0; i < 3; ++i) residents.push_back({random.id<PersonTag>(), crypto::make_key(random)});
  for (int i = 0; i < 2; ++i) staff.push_back(random.id<StaffTag>());
  for (int i = 0; i < 2; ++i) grants.push_back(random.id<RecordTag>());
  for (int i = 0; i < 4; ++i) rooms.push_back(random.id<RoomTag>());
  for (int i = 0; i < 2; ++i) tasks.push_back(random.id<TaskTag>());
  woongroep = random.id<WoongroepTag>();
}

const crypto::SecretBytes& Office::epoch_key(const ScopeId& scope, const crypto::KeyId& epoch) const {
  return scopes_.at(scope).epochs.at(epoch);
}

Founding Office::founding(const Device& device) const { return device.founding(organisation_, root_.public_key); }

crypto::SecretBytes Office::store_key() { return crypto::SecretBytes::copy_of(Bytes(32, 0x5a)); }

void Office::grant(Scope& scope, Epoch& epoch, const CharterDevice& device) {
  epoch.grants.push_back(seal_grant(scope.charter.scope, scope.epochs.at(epoch.id), device, random));
}

Device Office::add_device(DeviceClass device_class) {
  Device made = Device::make(random, device_class, ++last_number_);
  for (auto& [id, scope] : scopes_) {
    const CharterDevice& entry = scope.charter.devices.emplace_back(made.listed());
    for (Epoch& epoch : scope.charter.epochs)
      if (!has_ended(scope.charter, epoch)) grant(scope, epoch, entry);
  }
  return made;
}

DeviceNumber Office::readmit(CharterDevice device) {
  device.number = ++last_number_;
  device.state = DeviceState::active;
  device.cut.reset();
  for (auto& [id, scope] : scopes_) {
    scope.charter.devices.push_back(device);
    for (Epoch& epoch : scope.charter.epochs)
      if (!has_ended(scope.charter, epoch)) grant(scope, epoch, device);
  }
  return device.number;
}

bool Office::name_snapshot(const ScopeId& scope, const SnapshotReference& snapshot) {
  Scope& of = scopes_.at(scope);
  const bool named = huisbord::name_snapshot(of.charter, snapshot).has_value();
  of.covers_less = of.covers_less && !named;
  return named;
}

void Office::cut(const ScopeId& id, DeviceNumber number, const Cut& at, bool leaves_snapshot) {
  Scope& scope = scopes_.at(id);
  const bool covered = scope.charter.snapshot_end(number).has_value();
  if (leaves_snapshot) forget_in_snapshot(scope.charter, number);
  must(cut_device(scope.charter, number, at));
  scope.covers_less = scope.covers_less || (covered && !scope.charter.snapshot_end(number));
}

void Office::rule_free(const ScopeId& id, const SegmentHeader& header, const HeaderHash& hash) {
  Charter& charter = scopes_.at(id).charter;
  charter.rulings.push_back({Ruling::Kind::free_waiting, header.device, header.last(), hash, charter.written_quarter});
}

void Office::new_epoch(const ScopeId& id) {
  Scope& scope = scopes_.at(id);
  crypto::SecretBytes key = crypto::make_key(random);
  const crypto::KeyId key_id = crypto::key_id(key);
  scope.epochs.emplace(key_id, std::move(key));
  const auto number = static_cast<std::uint32_t>(scope.charter.epochs.size() + 1);
  Epoch& epoch = scope.charter.epochs.emplace_back(Epoch{key_id, number, {}});
  for (const CharterDevice& device : scope.charter.devices)
    if (device.state == DeviceState::active) grant(scope, epoch, device);
}

void Office::erase(const PersonId& person) {
  Charter& charter = scopes_.at(house()).charter;
  if (!charter.is_erased(person)) charter.erased.push_back(person);
}

const Bytes& Office::write(const ScopeId& id, Millis now) {
  Scope& scope = scopes_.at(id);
  scope.charter.previous = scope.charter.hash;
  ++scope.charter.number;
  scope.charter.written_quarter = static_cast<std::int64_t>(quarter_of(now));
  scope.bytes = must(scope.charter.sign(delegated_));
  scope.written.push_back(scope.bytes);
  return scope.bytes;
}

huisbord::Office Office::at(Vault& desk, Random& with) const {
  auto known = huisbord::Office::open(desk, with);
  if (known) return std::move(*known);
  return must(huisbord::Office::take_up(desk, delegated_.clone(), scopes_.at(org()).charter.delegation, with));
}

void Office::adopt(const Vault& desk) {
  for (auto& [id, scope] : scopes_) {
    const Charter held = must(desk.held_charter(id));
    if (held.number <= scope.charter.number) continue;
    const crypto::KeyId epoch = held.highest_epoch()->id;
    if (!scope.epochs.contains(epoch)) scope.epochs.emplace(epoch, must(desk.epoch_key(id, epoch)));
    scope.charter = held;
    scope.bytes = *must(desk.charter(id));
    scope.written.push_back(scope.bytes);
  }
}

}  // namespace huisbord::sim
