// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps verified charters by the hash that the mailbox names.
#include "app/relay/charters.h"

namespace huisbord::relay {
namespace {
constexpr std::size_t most_kept = 1024;
}

Result<std::shared_ptr<const Charter>> Charters::get(Mailbox& mailbox, const ScopeName& name, const ScopeRow& scope) {
  {
    const std::lock_guard lock(mutex_);
    const auto found = kept_.find(name);
    if (found != kept_.end() && found->second->hash == scope.charter_hash) return found->second;
  }
  TRY_ASSIGN(const Bytes bytes, mailbox.charter(scope));
  auto verified = Charter::verify(bytes, root_, nullptr);
  if (!verified) return fail(ErrorCode::damaged, "the relay's mailbox holds a charter that is not valid: " + verified.error().sentence);
  auto charter = std::make_shared<const Charter>(std::move(*verified));
  const std::lock_guard lock(mutex_);
  if (kept_.size() >= most_kept) kept_.clear();
  kept_[name] = charter;
  return charter;
}

}  // namespace huisbord::relay
