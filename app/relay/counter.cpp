// SPDX-License-Identifier: GPL-3.0-or-later
// Pages in the order of arrival; the relay's own vector, floors and evidence with the last one.
#include "app/relay/counter.h"

#include <algorithm>
#include <limits>

#include "app/relay/intake.h"
#include "core/sync/wire/limits.h"

namespace huisbord::relay {
namespace {

void set_head(wire::Head& message, const HeadRow& head) {
  message.set_device(head.device);
  message.set_number(head.number);
  message.set_header_hash(head.hash.data(), head.hash.size());
}

}  // namespace

Result<wire::PullReply> read_page(Mailbox& mailbox, const ScopeRow& scope, const wire::PullRequest& request, Asker asker) {
  wire::PullReply message;
  message.set_charter(scope.charter);
  if (scope.charter > request.charter()) {
    TRY_ASSIGN(const Bytes charter, mailbox.charter(scope));
    message.add_charters(charter.data(), charter.size());
  }
  if (asker == Asker::not_active) {
    message.set_more(true);
    return message;
  }
  std::map<DeviceNumber, OperationNumber> held;
  for (const wire::Head& head : request.heads())
    held[head.device()] = std::min(head.number(), static_cast<OperationNumber>(std::numeric_limits<std::int64_t>::max()));
  const std::size_t most =
      request.max_bytes() == 0 ? wire::max_page_bytes : std::min<std::size_t>(request.max_bytes(), wire::max_page_bytes);
  TRY_ASSIGN(const Page page, mailbox.page(scope, held, most));
  for (const Bytes& segment : page.segments) message.add_segments(segment.data(), segment.size());
  message.set_more(page.more);
  if (page.more) return message;

  TRY_ASSIGN(const Bytes mark, mailbox.mark(scope));
  message.set_mark(mark.data(), mark.size());
  TRY_ASSIGN(const auto heads, mailbox.heads(scope));
  for (const HeadRow& head : heads) {
    set_head(*message.add_heads(), head);
    if (head.floor <= 1) continue;
    wire::Floor& floor = *message.add_floors();
    floor.set_device(head.device);
    floor.set_number(head.floor);
  }
  TRY_ASSIGN(const auto forks, mailbox.forks(scope));
  for (const ForkRow& row : forks) {
    wire::Fork& fork = *message.add_forks();
    fork.set_device(row.device);
    fork.set_first(row.held.data(), row.held.size());
    fork.set_second(row.refused.data(), row.refused.size());
  }
  if (asker != Asker::desk) return message;
  TRY_ASSIGN(const auto handed, mailbox.handed_in(scope, 0));
  std::size_t size = 0;
  for (const HandedRow& row : handed) {
    size += row.bytes.size();
    if (size > wire::max_page_bytes / 2) break;
    message.add_handed_in(row.bytes.data(), row.bytes.size());
  }
  return message;
}

Status apply_charter(Mailbox& mailbox, const ScopeRow& scope, const Charter& charter, const Charter* former) {
  TRY_STATUS(take_up(mailbox, scope, charter));
  if (!charter.snapshot) return {};
  TRY_STATUS(mailbox.drop_other_pieces(scope, charter.snapshot->hash, charter.snapshot->hash));
  if (former == nullptr || !former->snapshot || former->snapshot->hash == charter.snapshot->hash) return {};
  for (const SnapshotHead& head : former->snapshot->heads) TRY_STATUS(mailbox.let_go(scope, head.device, head.head.number));
  return {};
}

}  // namespace huisbord::relay
