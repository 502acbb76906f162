// SPDX-License-Identifier: GPL-3.0-or-later
// Requests about shares.
#include "core/unlock/relay_share.h"

#include <cstring>

#include "core/sync/answers.h"
#include "core/sync/wire/limits.h"
#include "core/sync/wire/messages.h"
#include "core/sync/wire/share.h"

namespace huisbord {
namespace {

constexpr long http_ok = 200;

std::string base(const std::string& url) { return url.ends_with('/') ? url.substr(0, url.size() - 1) : url; }

std::string path_of(const OrganisationId& organisation, const ScopeId& scope, std::string_view what) {
  return "/v1/" + organisation.hex() + "/" + scope.hex() + "/" + std::string(what);
}

Result<wire::ShareReply> ask(HttpsExchange& https, const std::string& url, const char* method, const std::string& path, ByteView body,
                             std::vector<std::string> lines, std::optional<Millis>* date = nullptr) {
  lines.push_back("Content-Type: " + std::string(wire::share_type));
  TRY_ASSIGN(const HttpsExchange::Answer answer,
             https.ask({.method = method, .url = base(url) + path, .header_lines = std::move(lines), .body = body}, {}));
  if (date != nullptr) *date = answer.date;
  if (answer.content_type == wire::share_type && answer.status == http_ok) {
    auto reply = wire::parse_share_reply(answer.body);
    if (!reply) return fail(ErrorCode::network, "what answers at the relay's address is no relay");
    return reply;
  }
  if (answer.content_type == wire::refusal_type && answer.status > http_ok) {
    TRY_ASSIGN(const RelayRefusal refusal, read_refusal(answer.body));
    return fail(ErrorCode::refused, std::string("the relay refuses: ") + name(refusal.reason));
  }
  return fail(ErrorCode::network, "what answers at the relay's address is no relay (status " + std::to_string(answer.status) + ")");
}

/// Signed with the request key of the open store.
Result<wire::ShareReply> ask_signed(const RelayAtUrl& relay, const Log& log, const Clock& clock, const ScopeId& scope, const char* method,
                                    std::string_view what, const google::protobuf::MessageLite& message) {
  const Bytes body = wire::to_body(message);
  const std::string path = path_of(log.organisation(), scope, what);
  TRY_ASSIGN(const ScopeIdentity own, log.identity(scope));
  TRY_ASSIGN(auto lines, signed_lines(relay.url, method, path, body, clock.now(), own.id, *own.request_key));
  HttpsExchange https(relay.https);
  return ask(https, relay.url, method, path, body, std::move(lines));
}

void put(std::string& field, ByteView bytes) { field.assign(text_view(bytes)); }

}  // namespace

Result<crypto::SecretBytes> RelayShare::share(ByteView parameters) {
  const Bytes own = key_.parameters();
  if (parameters.size() != own.size() || std::memcmp(parameters.data(), own.data(), own.size()) != 0)
    return fail(ErrorCode::not_found, "This kiosk's unlock key is not the one of that way in; add the way in again.");
  std::optional<Millis> relay_time;
  auto given = share_at(clock_.now(), relay_time);
  // A kiosk that lost its clock asks again with the time that the relay said; that time is used for nothing else.
  if (!given && given.error().code == ErrorCode::invalid && relay_time) given = share_at(*relay_time, relay_time);
  return given;
}

Result<crypto::SecretBytes> RelayShare::share_at(Millis now, std::optional<Millis>& relay_time) {
  const crypto::SealingKeyPair ephemeral = crypto::make_sealing_key(random_);
  wire::ShareRequest request;
  put(*request.mutable_device(), key_.device.view());
  put(*request.mutable_share(), key_.share);
  put(*request.mutable_ephemeral(), ephemeral.public_key.view());
  request.set_created(static_cast<std::uint64_t>(now.value / 1000));
  const Bytes part = wire::signed_part(key_.scope, request);
  put(*request.mutable_signature(), crypto::sign(key_.signing, wire::release_tag, part));
  const Bytes body = wire::to_body(request);
  TRY_ASSIGN(const wire::ShareReply reply,
             ask(https_, url_, "POST", path_of(key_.organisation, key_.scope, wire::release_what), body, {}, &relay_time));
  switch (reply.state()) {
    case wire::ShareReply::DONE:
      break;
    case wire::ShareReply::CLICK_NEEDED:
      return fail(ErrorCode::refused,
                  "This kiosk was off for more than half an hour: somebody at the desk has to let it open, or its house "
                  "phrase does.");
    case wire::ShareReply::NOT_ACTIVE:
      return fail(ErrorCode::refused, "The office has cut this kiosk off.");
    case wire::ShareReply::STALE:
      return fail(ErrorCode::invalid, "The clock of this kiosk is wrong; its house phrase opens it.");
    default:
      return fail(ErrorCode::refused, "The relay keeps no share for this kiosk; its house phrase opens it.");
  }
  auto sealed = crypto::open_sealed(ephemeral, part, view(reply.sealed()));
  if (!sealed) return fail(ErrorCode::network, "the relay's answer is not to what was asked");
  return key_.open_share(sealed->view());
}

Status leave_share(const RelayAtUrl& relay, const Log& log, const Clock& clock, const UnlockKey& key, const crypto::SecretBytes& share,
                   Random& random) {
  wire::ShareDeposit deposit;
  put(*deposit.mutable_share(), key.share);
  put(*deposit.mutable_unlock_key(), key.signing.public_key.view());
  put(*deposit.mutable_sealed(), key.seal_share(share, random));
  TRY_ASSIGN([[maybe_unused]] const auto reply, ask_signed(relay, log, clock, key.scope, "PUT", wire::deposit_what, deposit));
  return {};
}

Status take_share_away(const RelayAtUrl& relay, const Log& log, const Clock& clock, const ScopeId& scope) {
  TRY_ASSIGN([[maybe_unused]] const auto reply, ask_signed(relay, log, clock, scope, "PUT", wire::deposit_what, wire::ShareDeposit{}));
  return {};
}

Result<std::vector<ShareEvent>> ask_about_shares(const RelayAtUrl& relay, const Log& desk, const Clock& clock, const ScopeId& scope,
                                                 const std::optional<DeviceId>& allow) {
  wire::ShareQuestion question;
  if (allow) put(*question.mutable_allow(), allow->view());
  TRY_ASSIGN(const wire::ShareReply reply, ask_signed(relay, desk, clock, scope, "POST", wire::shares_what, question));
  std::vector<ShareEvent> events;
  for (const auto& each : reply.events()) {
    ShareEvent event;
    event.device = *DeviceId::from(view(each.device()));
    event.at = {static_cast<std::int64_t>(each.at()) * 1000};
    event.outcome = each.state() == wire::ShareReply::DONE           ? ShareOutcome::given
                    : each.state() == wire::ShareReply::CLICK_NEEDED ? ShareOutcome::click_needed
                                                                     : ShareOutcome::not_active;
    event.clicked = each.clicked();
    events.push_back(event);
  }
  return events;
}

}  // namespace huisbord
