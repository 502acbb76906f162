// SPDX-License-Identifier: GPL-3.0-or-later
// Asking for a delegation and taking it up.
#include "core/office/delegation.h"

#include "core/crypto/memory.h"
#include "core/journal/hybrid_clock.h"

namespace huisbord {
namespace {

constexpr const char* waiting_setting = "desk.delegated.next";

std::uint32_t held_number(const Vault& vault) {
  const auto charter = vault.held_charter(vault.organisation().as<ScopeTag>());
  return charter ? charter->delegation.number : 0;
}

}  // namespace

Result<DelegationRequest> ask_delegation(Vault& vault, Random& random) {
  TRY_ASSIGN(auto stored, vault.setting(waiting_setting));
  crypto::SigningKeyPair waiting;
  if (stored) {
    waiting = crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(*stored));
    crypto::wipe(*stored);
  } else {
    waiting = crypto::make_signing_key(random);
    TRY_STATUS(vault.set_setting(waiting_setting, waiting.seed()));
  }
  return DelegationRequest{vault.organisation(), held_number(vault) + 1, waiting.public_key};
}

Result<Office> accept_delegation(Vault& vault, const OrganisationDelegation& made, Random& random) {
  if (made.organisation != vault.organisation()) return fail(ErrorCode::invalid, "That delegation is for another organisation.");
  const Delegation& delegation = made.delegation;
  if (!verify_delegation(made.organisation, delegation, vault.founding().root))
    return fail(ErrorCode::invalid, "That delegation is not signed by this organisation's root key.");
  if (delegation.number <= held_number(vault))
    return fail(ErrorCode::invalid, "That delegation was replaced by a later one: ask for a new one.");
  if (vault.trusted_now().value / Stamp::quarter_millis > delegation.expires_quarter)
    return fail(ErrorCode::charter, "That delegation has ended: ask for a new one.");
  TRY_ASSIGN(auto stored, vault.setting(waiting_setting));
  if (!stored) return fail(ErrorCode::invalid, "This store asked for no delegation.");
  crypto::SigningKeyPair waiting = crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(*stored));
  crypto::wipe(*stored);
  if (waiting.public_key != delegation.key) return fail(ErrorCode::invalid, "That delegation answers another store's request.");
  TRY_ASSIGN(Office office, Office::take_up(vault, std::move(waiting), delegation, random));
  TRY_STATUS(renew_charters(office));
  TRY_STATUS(vault.remove_setting(waiting_setting));
  return office;
}

Status renew_charters(Office& office) {
  for (const ScopeId& scope : office.vault().scopes()) {
    TRY_ASSIGN(const Charter held, office.vault().held_charter(scope));
    if (held.delegation.number >= office.delegation().number) continue;
    TRY_STATUS(office.amend(scope, [](Charter&) { return Status{}; }));
  }
  return {};
}

}  // namespace huisbord
