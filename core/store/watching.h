// SPDX-License-Identifier: GPL-3.0-or-later
// Witnesses and findings of a vault.
#pragma once

#include "core/journal/witness_log.h"
#include "core/store/vault.h"

namespace huisbord {

class VaultWitnesses final : public WitnessLog {
 public:
  explicit VaultWitnesses(Vault& vault) : vault_(vault) {}
  [[nodiscard]] Result<std::vector<HeldWitness>> witnesses(const ScopeId& scope) const override;
  [[nodiscard]] Result<std::vector<Head>> received(const ScopeId& scope) const override;
  [[nodiscard]] bool only_witnesses(const ScopeId& scope, DeviceNumber device, OperationNumber after, OperationNumber to) const override;
  [[nodiscard]] Result<bool> write_when_due(const ScopeId& scope) override;
  [[nodiscard]] std::int64_t quarter_now() const override;
  [[nodiscard]] Status keep(const ScopeId& scope, std::span<const Finding> findings) override;
  [[nodiscard]] Result<std::vector<Finding>> kept(const ScopeId& scope) const override;

 private:
  Vault& vault_;
};

}  // namespace huisbord
