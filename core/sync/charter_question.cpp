// SPDX-License-Identifier: GPL-3.0-or-later
// One question; once more by the relay's time when ours is too far from it.
#include "core/sync/charter_question.h"

#include "core/sync/answers.h"
#include "core/sync/wire/charter_question.h"
#include "core/sync/wire/limits.h"
#include "core/sync/wire/messages.h"

namespace huisbord {

Result<std::optional<Bytes>> ask_newest_charter(const RelayAtUrl& relay, const OrganisationId& organisation, const ScopeId& scope,
                                                const Delegation& delegation, const crypto::SigningKeyPair& delegated, const Clock& clock) {
  std::string url = relay.url;
  while (url.ends_with('/')) url.pop_back();
  url += "/v1/" + organisation.hex() + "/" + scope.hex() + "/charter";
  HttpsExchange https(relay.https);
  Millis now = clock.now();
  for (bool again = false;; again = true) {
    const Bytes body = wire::to_padded_body(wire::make_charter_question(organisation, scope, delegation, delegated, now));
    TRY_ASSIGN(const HttpsExchange::Answer answer, https.ask({.method = "POST",
                                                              .url = url,
                                                              .header_lines = {"Content-Type: " + std::string(wire::charter_type)},
                                                              .body = body,
                                                              .expected = max_charter_size},
                                                             {}));
    if (answer.content_type == wire::page_type && answer.status == http_ok) {
      TRY_ASSIGN(PullAnswer page, read_page(answer.body));
      if (page.charters.empty()) return fail(ErrorCode::network, "a relay that names a charter and gives none");
      return std::move(page.charters.front());
    }
    if (answer.content_type != wire::refusal_type || answer.status <= http_ok)
      return fail(ErrorCode::network, "what answers at the relay's address is no relay (status " + std::to_string(answer.status) + ")");
    TRY_ASSIGN(const RelayRefusal refusal, read_refusal(answer.body));
    using enum RelayRefusal::Reason;
    if (refusal.reason == no_such_scope) return std::nullopt;
    if (refusal.reason == stale_signature && answer.date && !again) {
      now = *answer.date;
      continue;
    }
    if (refusal.reason == bad_charter)
      return fail(ErrorCode::charter, "The relay holds charters of a later delegation than this one: it takes none of this desk.");
    return fail(ErrorCode::refused, std::string("the relay gives no charter: ") + name(refusal.reason));
  }
}

}  // namespace huisbord
