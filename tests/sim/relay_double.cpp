// SPDX-License-Identifier: GPL-3.0-or-later
// What the relay answers, by its own rules over its own messages, and how a hostile one twists that.
#include "tests/sim/relay_double.h"

#include <algorithm>
#include <limits>

#include "core/sync/answers.h"
#include "core/sync/wire/limits.h"
#include "tests/sim/foundation.h"
#include "tests/sim/office.h"

namespace huisbord::sim {
namespace {

constexpr std::uint64_t quota = std::uint64_t{64} << 20;

template <class Reason>
wire::Refusal refusal(Reason reason, CharterNumber charter) {
  wire::Refusal message;
  message.set_reason(reason);
  message.set_charter(charter);
  return message;
}

}  // namespace

RelayDouble::RelayDouble(const OrganisationId& organisation, const crypto::SigningPublicKey& root, const Millis& now)
    : organisation_(organisation), now_(now), charters_(root), mailbox_(must(relay::MemoryEngine().connect())) {}

const std::vector<RelayDouble::Kept>& RelayDouble::kept(const ScopeId& scope) const {
  static const std::vector<Kept> nothing;
  const auto found = kept_.find(scope);
  return found == kept_.end() ? nothing : found->second;
}

const RelayDouble::Kept* RelayDouble::last_of(const ScopeId& scope, DeviceNumber device) const {
  const Kept* last = nullptr;
  for (const Kept& one : kept(scope))
    if (one.header.device == device) last = &one;
  return last;
}

void RelayDouble::turn(Hostility how, DeviceNumber victim, std::uint64_t seed) {
  hostility_ = how;
  victim_ = victim;
  random_ = SeededRandom(seed);
  frozen_at_.clear();
  for (const auto& [scope, all] : kept_) frozen_at_[scope] = all.size();
}

void RelayDouble::hand_out(const ScopeId& scope, const Bytes& segment) {
  const SegmentView view = must(parse_segment(segment));
  kept_[scope].push_back({view.header, view.hash(), segment});
  handed_out_[scope].push_back(segment);
  forked_.insert(view.header.device);
}

void RelayDouble::look_at(ByteView request) {
  ++requests_;
  for (const Bytes& word : words_)
    saw_plaintext_ = saw_plaintext_ || std::search(request.begin(), request.end(), word.begin(), word.end()) != request.end();
}

Result<PushAnswer> RelayDouble::push(const ScopeId& scope, std::span<const Bytes> segments) {
  const Bytes body = push_body(segments);
  look_at(body);
  if (hostility_ == Hostility::false_receipt) {
    PushAnswer answer;
    for (const Bytes& segment : segments) {
      const SegmentView view = must(parse_segment(segment));
      answer.receipts.push_back({view.header.device, view.header.last(), view.hash()});
    }
    return answer;
  }
  auto request = must(wire::parse_push(body));
  must(mailbox_->begin_write());
  const auto found = must(mailbox_->find(name(scope)));
  if (!found) {
    mailbox_->end();
    return read_push_refusal(wire::to_body(refusal(wire::Refusal::NO_SUCH_SCOPE, 0)));
  }
  relay::Intake intake(name(scope), std::move(request), std::nullopt, quota);
  intake.admit(must(charters_.get(*mailbox_, name(scope), *found)));
  if (intake.any_admitted()) must(intake.keep(*mailbox_, charters_));
  must(mailbox_->commit());

  std::size_t at = 0;
  for ([[maybe_unused]] const wire::Head& receipt : intake.receipts()) {
    const Bytes& bytes = segments[at++];
    const SegmentView view = must(parse_segment(bytes));
    auto& all = kept_[scope];
    if (std::ranges::none_of(all, [&](const Kept& one) { return one.hash == view.hash(); }))
      all.push_back({view.header, view.hash(), bytes});
  }
  if (intake.refused()) {
    wire::Refusal message = *intake.refused();
    for (const wire::Head& head : intake.receipts()) *message.add_receipts() = head;
    if (message.reason() == wire::Refusal::FORKED && at < segments.size()) forked_.insert(must(parse_segment(segments[at])).header.device);
    return read_push_refusal(wire::to_body(message));
  }
  wire::PushReceipt message;
  for (const wire::Head& head : intake.receipts()) *message.add_receipts() = head;
  return read_push_receipt(wire::to_body(message));
}

Result<CharterAnswer> RelayDouble::put_charter(const ScopeId& scope, ByteView bytes) {
  ++requests_;
  must(mailbox_->begin_write());
  const auto found = must(mailbox_->find(name(scope)));
  std::shared_ptr<const Charter> held;
  if (found) held = must(charters_.get(*mailbox_, name(scope), *found));
  auto charter = Charter::verify(bytes, charters_.root(), held.get(), now_);
  if (charter && (held == nullptr || charter->number > held->number)) {
    must(mailbox_->keep_charter(name(scope), *charter, bytes));
    must(relay::take_up(*mailbox_, *must(mailbox_->find(name(scope))), *charter));
    former_charters_[scope].push_back(to_bytes(bytes));
  }
  must(mailbox_->commit());
  if (!charter)
    return CharterAnswer{
        .number = 0,
        .hash = {},
        .refusal = RelayRefusal{.reason = RelayRefusal::Reason::old_charter, .held = {}, .charter = held ? held->number : 0}};
  wire::CharterReceipt message;
  message.set_number(charter->number);
  message.set_hash(charter->hash.data(), charter->hash.size());
  return read_charter_receipt(wire::to_body(message));
}

Result<PullAnswer> RelayDouble::honest_pull(const ScopeId& scope, const PullQuestion& question) {
  const auto request = must(wire::parse_pull(pull_body(question)));
  must(mailbox_->begin_read());
  const auto found = must(mailbox_->find(name(scope)));
  if (!found) {
    mailbox_->end();
    PullAnswer refused;
    refused.refusal = RelayRefusal{.reason = RelayRefusal::Reason::no_such_scope, .held = {}};
    return refused;
  }
  wire::PullReply message;
  message.set_charter(found->charter);
  if (found->charter > request.charter()) {
    const Bytes charter = must(mailbox_->charter(*found));
    message.add_charters(charter.data(), charter.size());
  }
  std::map<DeviceNumber, OperationNumber> held;
  for (const wire::Head& head : request.heads())
    held[head.device()] = std::min(head.number(), static_cast<OperationNumber>(std::numeric_limits<std::int64_t>::max()));
  const relay::Page page = must(mailbox_->page(*found, held, request.max_bytes()));
  for (const Bytes& segment : page.segments) message.add_segments(segment.data(), segment.size());
  message.set_more(page.more);
  if (!page.more) {
    for (const relay::HeadRow& row : must(mailbox_->heads(*found))) {
      wire::Head& head = *message.add_heads();
      head.set_device(row.device);
      head.set_number(row.number);
      head.set_header_hash(row.hash.data(), row.hash.size());
    }
    for (const relay::ForkRow& row : must(mailbox_->forks(*found))) {
      wire::Fork& fork = *message.add_forks();
      fork.set_device(row.device);
      fork.set_first(row.held.data(), row.held.size());
      fork.set_second(row.refused.data(), row.refused.size());
    }
  }
  mailbox_->end();
  return read_page(wire::to_body(message));
}

Result<PullAnswer> RelayDouble::pull(const ScopeId& scope, const PullQuestion& question, DeviceNumber asker) {
  ++requests_;
  auto answer = honest_pull(scope, question);
  if (answer && !answer->refusal && !answer->more)
    for (const Bytes& segment : handed_out_[scope]) answer->segments.push_back(segment);
  if (answer && !answer->refusal) twist(scope, question, asker, *answer);
  return answer;
}

void RelayDouble::twist(const ScopeId& scope, const PullQuestion& question, DeviceNumber asker, PullAnswer& answer) {
  const auto& all = kept(scope);
  const auto arrival = [&](const Bytes& segment) {
    const auto at = std::ranges::find(all, segment, &Kept::bytes);
    return static_cast<std::size_t>(at - all.begin());
  };
  const auto forget = [&](auto which) {
    std::erase_if(answer.segments, which);
    answer.more = false;
  };
  switch (hostility_) {
    case Hostility::none:
    case Hostility::false_receipt:
      break;
    case Hostility::freeze:
    case Hostility::freeze_one:
      if (hostility_ == Hostility::freeze_one && asker != victim_) break;
      forget([&](const Bytes& segment) { return arrival(segment) >= frozen_at_[scope]; });
      answer.charters.clear();
      answer.charter = question.charter;
      break;
    case Hostility::withhold:
      if (asker <= Foundation::desks) break;
      forget([&](const Bytes& segment) {
        const auto view = parse_segment(segment);
        return view->header.device == victim_ && arrival(segment) >= frozen_at_[scope];
      });
      break;
    case Hostility::old_charter:
      answer.charters = former_charters_[scope];
      break;
    case Hostility::shuffle:
      for (std::size_t i = answer.segments.size(); i > 1; --i)
        std::swap(answer.segments[i - 1], answer.segments[random_.below(static_cast<std::uint32_t>(i))]);
      if (!answer.segments.empty()) answer.segments.push_back(answer.segments.front());
      break;
    case Hostility::spoil:
      for (Bytes& segment : answer.segments)
        segment[random_.below(static_cast<std::uint32_t>(segment.size()))] ^= static_cast<std::uint8_t>(1u << random_.below(8));
      for (Bytes& charter : answer.charters) charter[random_.below(static_cast<std::uint32_t>(charter.size()))] ^= 1;
      break;
    case Hostility::swap_scope:
      for (const auto& [other, segments] : kept_) {
        if (other == scope) continue;
        answer.segments.clear();
        for (const Kept& one : segments) answer.segments.push_back(one.bytes);
        answer.charters = former_charters_[other];
      }
      answer.more = false;
      break;
  }
}

}  // namespace huisbord::sim
