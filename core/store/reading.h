// SPDX-License-Identifier: GPL-3.0-or-later
// Reading on the reader's connection, in one snapshot, whatever is being written meanwhile.
#pragma once

#include "core/store/vault_state.h"

namespace huisbord {

/// `work(rows, scope)` for a scope that is held; of one that is not, there is nothing to read: an empty answer.
template <class Answer, class Work>
[[nodiscard]] Result<Answer> read_scope(Vault::State& state, const ScopeId& id, const Work& work) {
  const auto scope = state.seen(id);
  if (!scope) return Answer{};
  const std::scoped_lock guard(state.reading);
  TRY_STATUS(state.reader->use("BEGIN").run());
  Result<Answer> answer = work(Rows(*state.reader, scope->number, state.rules), *scope);
  const Status ended = state.reader->use("COMMIT").run();
  if (answer && !ended) return std::unexpected(ended.error());
  return answer;
}

[[nodiscard]] inline bool has_arrived(const PublishedScope& scope, const Candidate& source) {
  return source.device != scope.own || source.number <= scope.acknowledged;
}

}  // namespace huisbord
