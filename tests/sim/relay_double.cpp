// SPDX-License-Identifier: GPL-3.0-or-later
// What the relay answers, by its own rules over its own messages.
#include "tests/sim/relay_double.h"

#include <algorithm>

#include "core/sync/answers.h"
#include "core/sync/wire/limits.h"
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

RelayRefusal no_such_scope() { return {.reason = RelayRefusal::Reason::no_such_scope, .held = {}}; }

}  // namespace

RelayDouble::RelayDouble(const OrganisationId& organisation, const crypto::SigningPublicKey& root, const Millis& now)
    : organisation_(organisation), root_(root), now_(now) {
  open_mailbox();
}

void RelayDouble::open_mailbox() {
  charters_ = std::make_unique<relay::Charters>(root_);
  mailbox_ = must(relay::MemoryEngine().connect());
}

const std::vector<RelayDouble::Kept>& RelayDouble::kept(const ScopeId& scope) const {
  static const std::vector<Kept> nothing;
  const auto found = kept_.find(scope);
  return found == kept_.end() ? nothing : found->second;
}

const RelayDouble::Kept* RelayDouble::last_of(const ScopeId& scope, DeviceNumber device) const {
  const Kept* last = nullptr;
  for (const Kept& one : kept(scope))
    if (one.header.device == device && (last == nullptr || one.header.last() > last->header.last())) last = &one;
  return last;
}

void RelayDouble::turn(Hostility how, DeviceNumber victim, std::uint64_t seed) {
  hostility_ = how;
  victim_ = victim;
  random_ = SeededRandom(seed);
  turned_ = now_;
}

void RelayDouble::hand_out(const ScopeId& scope, const Bytes& segment) {
  const SegmentView view = must(parse_segment(segment));
  kept_[scope].push_back({view.header, view.hash(), segment, now_});
  handed_out_[scope].push_back(segment);
  forked_.insert(view.header.device);
}

void RelayDouble::forget_since(Millis moment) {
  open_mailbox();
  forgot_ = true;
  for (auto& [scope, charters] : given_charters_) {
    std::erase_if(charters, [&](const GivenCharter& one) { return one.arrived > moment; });
    // Only the newest: what it was put back from is one moment.
    if (!charters.empty()) (void)must(put_charter(scope, Bytes(charters.back().bytes)));
  }
  for (auto& [scope, all] : kept_) {
    const auto& handed = handed_out_[scope];
    for (Kept& one : all) one.here = std::ranges::find(handed, one.bytes) != handed.end();
    for (std::size_t i = 0; i < all.size(); ++i)
      if (!all[i].here && all[i].arrived <= moment) (void)must(push(scope, {&all[i].bytes, 1}, 0));
  }
}

void RelayDouble::look_at(ByteView request) {
  ++requests_;
  for (const Bytes& word : words_)
    saw_plaintext_ = saw_plaintext_ || std::search(request.begin(), request.end(), word.begin(), word.end()) != request.end();
}

Result<PushAnswer> RelayDouble::push(const ScopeId& scope, std::span<const Bytes> segments, DeviceNumber by) {
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
  const auto charter = must(charters_->get(*mailbox_, name(scope), *found));
  const CharterDevice* device = charter->device(by);
  // A kiosk gives its own alone.
  const auto only = device != nullptr && device->device_class == DeviceClass::kiosk ? std::optional(by) : std::nullopt;
  relay::Intake intake(name(scope), std::move(request), only, quota);
  intake.admit(charter);
  if (intake.any_admitted()) must(intake.keep(*mailbox_, *charters_));
  must(mailbox_->commit());

  std::size_t at = 0;
  for ([[maybe_unused]] const wire::Head& receipt : intake.receipts()) {
    const Bytes& bytes = segments[at++];
    const SegmentView view = must(parse_segment(bytes));
    auto& all = kept_[scope];
    const auto known = std::ranges::find(all, view.hash(), &Kept::hash);
    if (known == all.end())
      all.push_back({view.header, view.hash(), bytes, now_});
    else
      known->here = true;
  }
  if (intake.refused()) {
    wire::Refusal message = *intake.refused();
    for (const wire::Head& head : intake.receipts()) *message.add_receipts() = head;
    if (message.reason() == wire::Refusal::FORKED && at < segments.size()) forked_.insert(must(parse_segment(segments[at])).header.device);
    return read_push_refusal(wire::to_body(message));
  }
  return read_push_receipt(wire::to_body(intake.receipt()));
}

Result<CharterAnswer> RelayDouble::put_charter(const ScopeId& scope, ByteView bytes) {
  ++requests_;
  must(mailbox_->begin_write());
  const auto found = must(mailbox_->find(name(scope)));
  std::shared_ptr<const Charter> held;
  if (found) held = must(charters_->get(*mailbox_, name(scope), *found));
  auto charter = Charter::verify(bytes, root_, held.get(), now_);
  if (charter && (held == nullptr || charter->number > held->number)) {
    must(mailbox_->keep_charter(name(scope), *charter, bytes));
    must(relay::apply_charter(*mailbox_, *must(mailbox_->find(name(scope))), *charter, held.get()));
    auto& given = given_charters_[scope];
    if (std::ranges::find(given, charter->number, &GivenCharter::number) == given.end())
      given.push_back({to_bytes(bytes), charter->number, now_});
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

Result<std::optional<RelayRefusal>> RelayDouble::put_piece(const ScopeId& scope, const crypto::Hash& hash, std::uint32_t piece,
                                                           ByteView bytes) {
  look_at(bytes);
  must(mailbox_->begin_write());
  const auto found = must(mailbox_->find(name(scope)));
  if (!found) {
    mailbox_->end();
    return std::optional(no_such_scope());
  }
  const auto charter = must(charters_->get(*mailbox_, name(scope), *found));
  must(mailbox_->drop_other_pieces(*found, charter->snapshot ? charter->snapshot->hash : hash, hash));
  must(mailbox_->keep_piece(*found, {hash, piece}, bytes));
  must(mailbox_->commit());
  return std::optional<RelayRefusal>();
}

Result<SnapshotPieceAnswer> RelayDouble::piece(const ScopeId& scope, const crypto::Hash& hash, std::uint32_t piece) {
  ++requests_;
  must(mailbox_->begin_read());
  const auto found = must(mailbox_->find(name(scope)));
  std::optional<Bytes> bytes;
  if (found) bytes = must(mailbox_->piece(*found, {hash, piece}));
  mailbox_->end();
  SnapshotPieceAnswer answer;
  if (bytes)
    answer.bytes = std::move(*bytes);
  else
    answer.refusal = RelayRefusal{.reason = RelayRefusal::Reason::no_such_snapshot, .held = {}};
  return answer;
}

Result<PullAnswer> RelayDouble::honest_pull(const ScopeId& scope, const PullQuestion& question, DeviceNumber asker) {
  const auto request = must(wire::parse_pull(pull_body(question)));
  must(mailbox_->begin_read());
  const auto found = must(mailbox_->find(name(scope)));
  PullAnswer refused;
  if (!found) {
    mailbox_->end();
    refused.refusal = no_such_scope();
    return refused;
  }
  const auto charter = must(charters_->get(*mailbox_, name(scope), *found));
  const CharterDevice* device = charter->device(asker);
  const bool active = device != nullptr && device->state == DeviceState::active;
  if (device == nullptr || (!active && charter->number <= question.charter)) {
    mailbox_->end();
    refused.refusal =
        RelayRefusal{.reason = device == nullptr ? RelayRefusal::Reason::no_such_device : RelayRefusal::Reason::device_not_active,
                     .held = {},
                     .charter = charter->number};
    return refused;
  }
  const relay::Asker kind = device->device_class == DeviceClass::desk ? relay::Asker::desk : relay::Asker::kiosk;
  const auto message = must(relay::read_page(*mailbox_, *found, request, active ? kind : relay::Asker::not_active));
  mailbox_->end();
  return read_page(wire::to_body(message));
}

Result<PullAnswer> RelayDouble::pull(const ScopeId& scope, const PullQuestion& question, DeviceNumber asker) {
  ++requests_;
  auto answer = honest_pull(scope, question, asker);
  if (answer && !answer->refusal && !answer->more)
    for (const Bytes& segment : handed_out_[scope]) answer->segments.push_back(segment);
  if (answer && !answer->refusal) twist(scope, question, asker, *answer);
  return answer;
}

}  // namespace huisbord::sim
