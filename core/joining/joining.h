// SPDX-License-Identifier: GPL-3.0-or-later
// The last step of pairing: a kiosk takes the charters that list it, and is a replica from then on (PROTOCOL.md 9.6).
#pragma once

#include "core/store/vault.h"
#include "core/sync/relay_connection.h"

namespace huisbord {

inline constexpr const char* awaited_setting = "pairing.offer";

/// The kiosk's log while it has no charter: signs as the device that it will be.
class JoiningLog final : public Log {
 public:
  explicit JoiningLog(Vault& vault) : vault_(vault) {}
  [[nodiscard]] OrganisationId organisation() const override { return vault_.organisation(); }
  [[nodiscard]] std::vector<ScopeId> scopes() const override { return vault_.scopes(); }
  [[nodiscard]] Result<ScopeIdentity> identity(const ScopeId& scope) const override;
  [[nodiscard]] CharterNumber charter_number(const ScopeId& scope) const override { return vault_.charter_number(scope); }
  [[nodiscard]] Result<std::optional<Bytes>> charter(const ScopeId& scope) const override { return vault_.charter(scope); }
  [[nodiscard]] Status take_charter(ByteView charter) override { return vault_.take_charter(charter); }
  [[nodiscard]] Result<std::vector<Head>> heads(const ScopeId& scope) const override { return vault_.heads(scope); }
  [[nodiscard]] Result<std::vector<Bytes>> segments_to_send(const ScopeId& scope, std::size_t most, std::size_t most_bytes) override {
    return vault_.segments_to_send(scope, most, most_bytes);
  }
  [[nodiscard]] Status acknowledged(const ScopeId& scope, DeviceNumber device, OperationNumber last, const HeaderHash& header) override {
    return vault_.acknowledged(scope, device, last, header);
  }
  [[nodiscard]] Result<TakeReport> take_segments(const ScopeId& scope, std::span<const Bytes> segments) override {
    return vault_.take_segments(scope, segments);
  }
  [[nodiscard]] std::size_t waiting_count() const override { return vault_.waiting_count(); }
  Status set_last_contact(Millis when) override { return vault_.set_last_contact(when); }

 private:
  Vault& vault_;
};

enum class Joined : std::uint8_t { not_yet, yes };

/// Asks for the charters of `org` and the house and takes those that list this kiosk. not_yet: the desk has not admitted it, or the relay
/// keeps the charters back; ask again later. charter: what the relay gives contradicts what a person confirmed; nothing of it was taken.
/// Safe to call again after any failure; a kiosk that has joined answers yes without asking.
[[nodiscard]] Result<Joined> join(Vault& kiosk, RelayConnection& relay, const std::stop_token& stop);

}  // namespace huisbord
