// SPDX-License-Identifier: GPL-3.0-or-later
// What is read from the mailbox: pages, pieces of a snapshot, and whether there is news.
#include <algorithm>

#include "app/relay/counter.h"
#include "app/relay/reading.h"
#include "app/relay/route.h"
#include "core/sync/wire/limits.h"

namespace huisbord::relay {

/// Nothing for a scope that the relay has no charter of.
Result<std::shared_ptr<const Charter>> Service::charter(const ScopeName& name) {
  TRY_ASSIGN(Reader reader, Reader::borrow(*this));
  TRY_ASSIGN(const auto scope, reader->find(name));
  if (!scope) return nullptr;
  return charters_.get(*reader, name, *scope);
}

Reply Service::pull(const ScopeName& name, const Request& request) {
  const auto caller = this->caller(name, request);
  if (!caller) return caller.error();
  const auto question = wire::parse_pull(request.body);
  if (!question) return refusal(malformed(question.error()));
  if (!caller->is_active() && caller->charter->number <= question->charter())
    return refusal(refusal_with_charter(wire::Refusal::DEVICE_NOT_ACTIVE, caller->charter->number));
  const auto message = read_page(name, *question, *caller);
  if (!message) return failed(message.error());
  healthy_ = true;
  return page(*message);
}

Result<wire::PullReply> Service::read_page(const ScopeName& name, const wire::PullRequest& request, const Caller& caller) {
  TRY_ASSIGN(Reader reader, Reader::borrow(*this));
  TRY_ASSIGN(const auto scope, reader->find(name));
  if (!scope) return fail(ErrorCode::damaged, "the relay's mailbox lost a scope");
  const Asker kind = caller.is_desk() ? Asker::desk : Asker::kiosk;
  return relay::read_page(*reader, *scope, request, caller.is_active() ? kind : Asker::not_active);
}

Reply Service::piece(const Route& route, const Request& request) {
  const auto caller = this->caller(route.name, request);
  if (!caller) return caller.error();
  const CharterNumber charter = caller->charter->number;
  if (!caller->is_active()) return refusal(refusal_with_charter(wire::Refusal::DEVICE_NOT_ACTIVE, charter));
  const auto found = [&]() -> Result<std::optional<Bytes>> {
    TRY_ASSIGN(Reader reader, Reader::borrow(*this));
    TRY_ASSIGN(const auto scope, reader->find(route.name));
    if (!scope) return fail(ErrorCode::damaged, "the relay's mailbox lost a scope");
    return reader->piece(*scope, route.piece);
  }();
  if (!found) return failed(found.error());
  if (!*found) return refusal(refusal_with_charter(wire::Refusal::NO_SUCH_SNAPSHOT, charter));
  wire::SnapshotPiece message;
  message.set_bytes((*found)->data(), (*found)->size());
  return snapshot_piece(message);
}

/// One signature for all scopes of the wait: the device must be in each charter, active, and with the same request key.
Reply Service::wait(const OrganisationId& organisation, const Request& request) {
  const auto question = wire::parse_wait(request.body);
  if (!question) return refusal(malformed(question.error()));
  const auto name_of = [&](const wire::ScopeMark& scope) {
    return ScopeName{.organisation = organisation, .scope = *ScopeId::from(view(scope.scope()))};
  };
  const auto first = this->caller(name_of(question->scopes(0)), request);
  if (!first) return first.error();
  Wait wait{.scopes = {}, .device = first->device->id, .most = {}};
  wait.most = std::chrono::seconds(std::min(question->seconds(), wire::max_wait_seconds));
  for (const wire::ScopeMark& scope : question->scopes()) {
    const ScopeName name = name_of(scope);
    wait.scopes.push_back({.name = name, .count = news_.count(name)});
    const auto charter = this->charter(name);
    if (!charter) return failed(charter.error());
    if (*charter == nullptr) return refusal(wire::Refusal::NO_SUCH_SCOPE);
    const CharterDevice* const device = (*charter)->device(first->device->id);
    if (device == nullptr || device->request_key != first->device->request_key)
      return refusal(refusal_with_charter(wire::Refusal::NO_SUCH_DEVICE, (*charter)->number));
    if (device->state != DeviceState::active) return refusal(refusal_with_charter(wire::Refusal::DEVICE_NOT_ACTIVE, (*charter)->number));
  }
  auto reply = compare_marks(std::move(wait), *question);
  if (!reply) return failed(reply.error());
  return *std::move(reply);
}

/// The counts of news were taken before this looks: what comes from here on raises them, and ends the wait where it is entered.
Result<Reply> Service::compare_marks(Wait wait, const wire::WaitRequest& question) {
  wire::News message;
  TRY_ASSIGN(Reader reader, Reader::borrow(*this));
  for (int i = 0; i < question.scopes_size(); ++i) {
    TRY_ASSIGN(const auto scope, reader->find(wait.scopes[static_cast<std::size_t>(i)].name));
    if (!scope) return fail(ErrorCode::damaged, "the relay's mailbox lost a scope");
    TRY_ASSIGN(const Bytes mark, reader->mark(*scope));
    if (view(question.scopes(i).mark()).size() != mark.size() || !std::ranges::equal(view(question.scopes(i).mark()), mark))
      message.add_scopes(question.scopes(i).scope());
  }
  if (message.scopes_size() > 0) return relay::news(message);
  Reply reply;
  reply.wait = std::move(wait);
  return reply;
}

}  // namespace huisbord::relay
