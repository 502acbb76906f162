// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody with everything a relay ever saw and every secret of some day: tries each key on each recorded thing until nothing new opens.
#include "tests/app/recording/archive_attacker.h"

#include <algorithm>

#include "core/crypto/box.h"
#include "core/journal/grant.h"
#include "core/journal/operation.h"
#include "core/store/database.h"
#include "core/store/vault_file.h"

namespace huisbord {
namespace {

/// The sealed keys' contexts as FORMAT.md 8.4 says them, written a second time.
Bytes context_of(std::string_view tag, const ScopeId& scope, const PersonId* person, DeviceNumber device, ByteView custody, ByteView id) {
  Bytes context;
  ByteWriter writer(context);
  writer.raw(view(tag));
  writer.raw(scope.bytes);
  if (person != nullptr) writer.raw(person->bytes);
  writer.u32(device);
  writer.raw(custody);
  writer.raw(id);
  return context;
}

}  // namespace

ArchiveAttacker::ArchiveAttacker(const std::vector<Bytes>& streams, const crypto::SigningPublicKey& root) {
  std::set<crypto::Hash> seen;
  std::set<Bytes> kept;
  for (const Bytes& stream : streams) {
    for (std::size_t at = 0; at + 60 < stream.size(); ++at) {
      const ByteView rest = ByteView(stream).subspan(at);
      if (text_view(rest.first(4)) == "HBCH") {
        ByteReader reader(rest.subspan(8));
        const std::size_t size = std::size_t{12} + reader.u32() + 64;
        if (size > rest.size()) continue;
        if (auto charter = Charter::verify(rest.first(size), root, nullptr); charter && seen.insert(charter->hash).second)
          charters_.push_back(std::move(*charter));
      } else if (text_view(rest.first(4)) == "HBSG") {
        ByteReader reader(rest.subspan(48));
        const std::size_t size = signed_header_size + std::size_t{reader.u32()};
        if (size > rest.size() || !parse_segment(rest.first(size))) continue;
        if (kept.insert(to_bytes(rest.first(size))).second) segments_.push_back(to_bytes(rest.first(size)));
      }
    }
  }
}

void ArchiveAttacker::knows(ByteView key) {
  if (key.size() != 32 || !keys_.insert(to_bytes(key)).second) return;
  auto pair = crypto::sealing_key_from_secret(crypto::SecretBytes::copy_of(key));
  Bytes name = to_bytes(pair.public_key.view());
  pairs_.emplace(std::move(name), std::move(pair));
}

void ArchiveAttacker::reads_store(const std::filesystem::path& vault, const crypto::SecretBytes& store_key) {
  knows(store_key.view());
  auto database = Database::open(vault, store_key, vault_salt(store_key), {.mode = DatabaseOptions::Mode::read, .vfs = {}});
  ASSERT_TRUE(database) << database.error().sentence;
  for (const char* sql :
       {"SELECT value FROM founding", "SELECT value FROM setting", "SELECT key FROM person_key", "SELECT key FROM epoch"}) {
    Statement rows = (*database)->use(sql);
    while (rows.row().value_or(false)) {
      const ByteView value = rows.blob(0);
      for (std::size_t at = 0; at + 32 <= value.size(); ++at) knows(value.subspan(at, 32));
    }
  }
  Statement rows = (*database)->use("SELECT s.id, o.bytes FROM operation AS o JOIN scope AS s ON s.number = o.scope");
  while (rows.row().value_or(false)) look_at(rows.blob(1), ScopeId::from(rows.blob(0)).value(), false);
}

void ArchiveAttacker::look_at(ByteView raw, const ScopeId& scope, bool recorded) {
  journal::Operation operation;
  if (!parse_operation(raw, operation)) return;
  if (operation.has_placing() || operation.has_placing_ended() || operation.has_appearance()) {
    if (recorded) placed_.insert(PersonId::from(view(operation.record())).value_or(PersonId{}));
    return;
  }
  if (operation.box().empty()) return;
  Box box{PersonId::from(view(operation.person())).value_or(PersonId{}), {}, to_bytes(view(operation.box()))};
  ByteWriter writer(box.associated);
  writer.raw(view("hb.box"));
  writer.raw(scope.bytes);
  writer.raw(view(operation.record()));
  writer.raw(view(operation.person()));
  writer.u32(static_cast<std::uint32_t>(operation.slots_size()));
  for (const std::uint32_t slot : operation.slots()) writer.u32(slot);
  boxes_.emplace(box.sealed, std::move(box));
}

void ArchiveAttacker::open_sealed_keys() {
  // A sealed key opens for its receiver alone (its public key is mixed in), so each is tried with the pair of that receiver and with every
  // pair whose public half stands in any charter.
  const auto try_all = [&](ByteView context, ByteView sealed) -> std::optional<Bytes> {
    for (const auto& [name, pair] : pairs_)
      if (const auto opened = crypto::open_sealed(pair, context, sealed)) return to_bytes(opened->view());
    return std::nullopt;
  };
  std::set<Bytes> receivers;
  for (const Charter& charter : charters_)
    for (const CharterDevice& device : charter.devices) receivers.insert(to_bytes(device.sealing_key.view()));
  for (const Charter& charter : charters_) {
    for (const Epoch& epoch : charter.epochs)
      for (const EpochGrant& grant : epoch.grants) {
        const Bytes context = context_of("hb.grant", charter.scope, nullptr, grant.device, {}, epoch.id);
        for (const auto& [name, pair] : pairs_) {
          if (!receivers.contains(name)) continue;
          if (const auto opened = crypto::open_sealed(pair, context, grant.sealed)) {
            knows(opened->view());
            break;
          }
        }
      }
    for (const KeyringEntry& entry : charter.keyring) {
      const Bytes inner = context_of("hb.keyring", charter.scope, &entry.person, entry.device, entry.custody, entry.key);
      Bytes outer = to_bytes(view("outer."));
      outer.insert(outer.end(), inner.begin(), inner.end());
      for (const auto& [name, pair] : pairs_) {
        if (!receivers.contains(name)) continue;
        const auto opened = crypto::open_sealed(pair, outer, entry.sealed);
        if (!opened) continue;
        if (const auto key = try_all(inner, opened->view())) knows(*key);
        break;
      }
    }
  }
}

void ArchiveAttacker::open_segments() {
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    if (opened_segments_.contains(i)) continue;
    const auto segment = parse_segment(segments_[i]);
    for (const Bytes& key : keys_) {
      const auto opened = open_segment(*segment, crypto::SecretBytes::copy_of(key));
      if (!opened) continue;
      opened_segments_.insert(i);
      for (const OpenedOperation& one : *opened) look_at(one.raw, segment->header.scope, true);
      break;
    }
  }
}

void ArchiveAttacker::works() {
  for (std::size_t before = 0; before != keys_.size();) {
    before = keys_.size();
    open_sealed_keys();
    open_segments();
  }
  for (const auto& [sealed, box] : boxes_)
    for (const Bytes& key : keys_)
      if (const auto opened = crypto::open_box(crypto::SecretBytes::copy_of(key), box.associated, box.sealed))
        read_[box.person] += to_string(opened->view());
}

std::string ArchiveAttacker::read_of(const PersonId& person) const {
  const auto found = read_.find(person);
  return found == read_.end() ? std::string() : found->second;
}

}  // namespace huisbord
