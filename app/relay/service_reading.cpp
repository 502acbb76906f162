// SPDX-License-Identifier: GPL-3.0-or-later
// What is read from the mailbox: pages, pieces of a snapshot, and whether there is news.
#include <algorithm>
#include <limits>

#include "app/relay/reading.h"
#include "app/relay/route.h"
#include "core/sync/wire/limits.h"

namespace huisbord::relay {
namespace {

void set_head(wire::Head& message, const HeadRow& head) {
  message.set_device(head.device);
  message.set_number(head.number);
  message.set_header_hash(head.hash.data(), head.hash.size());
}

}  // namespace

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

/// Who is no longer active gets the charter that says so, and is told to ask again.
Result<wire::PullReply> Service::read_page(const ScopeName& name, const wire::PullRequest& request, const Caller& caller) {
  wire::PullReply message;
  TRY_ASSIGN(Reader reader, Reader::borrow(*this));
  TRY_ASSIGN(const auto scope, reader->find(name));
  if (!scope) return fail(ErrorCode::damaged, "the relay's mailbox lost a scope");

  message.set_charter(scope->charter);
  if (scope->charter > request.charter()) {
    TRY_ASSIGN(const Bytes charter, reader->charter(*scope));
    message.add_charters(charter.data(), charter.size());
  }
  if (!caller.is_active()) {
    message.set_more(true);
    return message;
  }
  std::map<DeviceNumber, OperationNumber> held;
  for (const wire::Head& head : request.heads())
    held[head.device()] = std::min(head.number(), static_cast<OperationNumber>(std::numeric_limits<std::int64_t>::max()));
  const std::size_t most =
      request.max_bytes() == 0 ? wire::max_page_bytes : std::min<std::size_t>(request.max_bytes(), wire::max_page_bytes);
  TRY_ASSIGN(const Page page, reader->page(*scope, held, most));
  for (const Bytes& segment : page.segments) message.add_segments(segment.data(), segment.size());
  message.set_more(page.more);
  if (page.more) return message;

  TRY_ASSIGN(const Bytes mark, reader->mark(*scope));
  message.set_mark(mark.data(), mark.size());
  TRY_ASSIGN(const auto heads, reader->heads(*scope));
  for (const HeadRow& head : heads) {
    set_head(*message.add_heads(), head);
    if (head.floor <= 1) continue;
    wire::Floor& floor = *message.add_floors();
    floor.set_device(head.device);
    floor.set_number(head.floor);
  }
  TRY_ASSIGN(const auto forks, reader->forks(*scope));
  for (const ForkRow& row : forks) {
    wire::Fork& fork = *message.add_forks();
    fork.set_device(row.device);
    fork.set_first(row.held.data(), row.held.size());
    fork.set_second(row.refused.data(), row.refused.size());
  }
  if (!caller.is_desk()) return message;
  TRY_ASSIGN(const auto handed, reader->handed_in(*scope, 0));
  std::size_t size = 0;
  for (const HandedRow& row : handed) {
    size += row.bytes.size();
    if (size > wire::max_page_bytes / 2) break;
    message.add_handed_in(row.bytes.data(), row.bytes.size());
  }
  return message;
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
