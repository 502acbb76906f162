// SPDX-License-Identifier: GPL-3.0-or-later
// An organisation with one house, its charters and as many devices as a test wants, each with a vault in a folder that goes afterwards.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <memory>

#include "core/crypto/aead.h"
#include "core/crypto/start.h"
#include "core/journal/grant.h"
#include "core/journal/hybrid_clock.h"
#include "core/store/vault.h"
#include "tests/support/test_device.h"

namespace huisbord {

class TestClock final : public Clock {
 public:
  explicit TestClock(Millis start) : now_(start) {}
  [[nodiscard]] Millis now() const override { return now_; }
  [[nodiscard]] Millis running() const override { return running_; }
  void pass(std::int64_t millis) {
    now_.value += millis;
    running_.value += std::max<std::int64_t>(millis, 0);
  }
  /// The wall clock alone: somebody set it, or it was lost.
  void set(Millis now) { now_ = now; }
  static constexpr std::int64_t hour = 3'600'000;
  static constexpr std::int64_t day = 24 * hour;

 private:
  Millis now_;
  Millis running_{5};
};

/// A folder of this process's own; preferably in memory, so that a thousand vaults cost no disk.
class TestFolder {
 public:
  TestFolder() {
    const std::filesystem::path base = std::filesystem::is_directory("/dev/shm") ? "/dev/shm" : std::filesystem::temp_directory_path();
    std::string pattern = (base / "vault-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TestFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

class SmallOrganisation {
 public:
  explicit SmallOrganisation(std::uint64_t seed = 1) : random_(seed) {
    must(crypto::start());
    root_ = crypto::make_signing_key(random_);
    delegated_ = crypto::make_signing_key(random_);
    organisation_ = random_.id<OrganisationTag>();
    house_ = random_.id<HouseTag>();
    for (const ScopeId& scope : {org(), house()}) {
      Charter& charter = charters_[scope];
      charter.organisation = organisation_;
      charter.scope = scope;
      charter.delegation = delegate(organisation_, 1, {clock.now().value + 5000 * TestClock::day}, delegated_.public_key, root_);
      charter.written_quarter = clock.now().value / Stamp::quarter_millis;
      epoch_keys_.emplace(scope, crypto::make_key(random_));
      charter.epochs.push_back({crypto::key_id(epoch_keys_.at(scope)), 1, {}});
    }
  }

  [[nodiscard]] ScopeId org() const { return organisation_.as<ScopeTag>(); }
  [[nodiscard]] ScopeId house() const { return house_.as<ScopeTag>(); }
  [[nodiscard]] HouseId house_id() const { return house_; }
  [[nodiscard]] Charter& charter(const ScopeId& scope) { return charters_.at(scope); }
  [[nodiscard]] const Charter& charter(const ScopeId& scope) const { return charters_.at(scope); }
  [[nodiscard]] const crypto::SecretBytes& epoch_key(const ScopeId& scope) const { return epoch_keys_.at(scope); }
  [[nodiscard]] SeededRandom& random() { return random_; }

  /// In both scopes, under one number.
  TestDevice add_device(DeviceClass device_class) {
    TestDevice device = TestDevice::make(random_, device_class, ++last_number_);
    for (auto& [scope, charter] : charters_) {
      charter.devices.push_back(device.listed());
      charter.epochs.back().grants.push_back(seal_grant(scope, epoch_keys_.at(scope), charter.devices.back(), random_));
    }
    return device;
  }

  void cut(const ScopeId& scope, DeviceNumber number, const Cut& at) {
    Charter& charter = charters_.at(scope);
    for (CharterDevice& device : charter.devices) {
      if (device.number != number) continue;
      device.state = DeviceState::cut;
      device.cut = at;
    }
    for (Epoch& epoch : charter.epochs) std::erase_if(epoch.grants, [&](const EpochGrant& grant) { return grant.device == number; });
  }

  /// The next charter of a scope as it stands now.
  Bytes sign(const ScopeId& scope) {
    Charter& charter = charters_.at(scope);
    charter.previous = charter.hash;
    ++charter.number;
    return must(charter.sign(delegated_));
  }

  [[nodiscard]] Founding founding(const TestDevice& device) const { return device.founding(organisation_, root_.public_key); }
  [[nodiscard]] static crypto::SecretBytes store_key(std::uint8_t fill = 0x5a) {
    crypto::SecretBytes key = crypto::SecretBytes::of_size(32);
    for (auto& byte : key.mutable_view()) byte = fill;
    return key;
  }
  [[nodiscard]] VaultOptions options() {
    VaultOptions options;
    options.clock = &clock;
    options.random = &random_;
    return options;
  }
  /// A store of that device; it knows both scopes when charters are handed in.
  std::unique_ptr<Vault> make_vault(const std::filesystem::path& path, const TestDevice& device, std::span<const Bytes> charters = {}) {
    auto vault = must(Vault::create(path, store_key(), founding(device), options()));
    for (const Bytes& charter : charters) must(vault->take_charter(charter));
    return vault;
  }

  TestClock clock{Millis{std::int64_t{1'790'000'000} * 1000}};  // in September 2026

 private:
  SeededRandom random_;
  crypto::SigningKeyPair root_;
  crypto::SigningKeyPair delegated_;
  OrganisationId organisation_;
  HouseId house_;
  std::map<ScopeId, Charter> charters_;
  std::map<ScopeId, crypto::SecretBytes> epoch_keys_;
  DeviceNumber last_number_ = 0;
};

/// Everything that waits at `from`, as segments, acknowledged as they are handed out.
inline std::vector<Bytes> drain(Vault& from, const ScopeId& scope) {
  std::vector<Bytes> segments;
  while (const std::optional<Bytes> segment = must(from.next_segment_to_send(scope))) {
    segments.push_back(*segment);
    const SegmentView view = must(parse_segment(segments.back()));
    must(from.acknowledged(scope, view.header.device, view.header.last(), view.hash()));
  }
  return segments;
}

}  // namespace huisbord
