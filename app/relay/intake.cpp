// SPDX-License-Identifier: GPL-3.0-or-later
// The order of the checks, and the evidence that is kept of a fork.
#include "app/relay/intake.h"

#include <algorithm>

namespace huisbord::relay {
namespace {

constexpr std::size_t most_handed_in = std::size_t{4} << 20;  // of a device in a scope

wire::Head head_message(DeviceNumber device, OperationNumber number, const HeaderHash& hash) {
  wire::Head head;
  head.set_device(device);
  head.set_number(number);
  head.set_header_hash(hash.data(), hash.size());
  return head;
}

std::optional<wire::Refusal::Reason> against(const Charter& charter, const SegmentView& view, const HeaderHash& hash) {
  if (view.header.charter > charter.number) return wire::Refusal::CHARTER_FIRST;
  if (charter.device(view.header.device) == nullptr) return wire::Refusal::NO_SUCH_DEVICE;
  if (const Status checked = charter.check_segment(view); !checked)
    return checked.error().code == ErrorCode::signature ? wire::Refusal::BAD_SIGNATURE : wire::Refusal::BAD_SEGMENT;
  const SegmentStanding standing = charter.standing(view.header, hash);
  const bool wiped = charter.device(view.header.device)->state == DeviceState::wiped;  // whatever comes of it now is not a kiosk's
  if (standing == SegmentStanding::off_chain || (standing == SegmentStanding::past_cut && wiped)) return wire::Refusal::DEVICE_NOT_ACTIVE;
  return std::nullopt;
}

const SnapshotHead* snapshot_head(const Charter& charter, DeviceNumber device) {
  if (!charter.snapshot) return nullptr;
  const auto found = std::ranges::find(charter.snapshot->heads, device, &SnapshotHead::device);
  return found == charter.snapshot->heads.end() ? nullptr : &*found;
}

}  // namespace

void Intake::refuse(wire::Refusal::Reason reason, const SegmentHeader* header, const ChainHead* held) {
  wire::Refusal& refusal = refused_.emplace();
  refusal.set_reason(reason);
  if (charter_ != nullptr) refusal.set_charter(charter_->number);
  if (header != nullptr && held != nullptr) *refusal.mutable_held() = head_message(header->device, held->number, held->hash);
}

void Intake::admit(const std::shared_ptr<const Charter>& charter) {
  charter_ = charter;
  admitted_.clear();
  refused_.reset();
  for (const std::string& segment : request_.segments()) {
    const ByteView bytes = view(segment);
    const auto parsed = parse_segment(bytes);
    if (!parsed)
      return refuse(parsed.error().code == ErrorCode::limit ? wire::Refusal::TOO_LARGE : wire::Refusal::BAD_SEGMENT, nullptr, nullptr);
    if (parsed->header.scope != name_.scope) return refuse(wire::Refusal::BAD_SEGMENT, nullptr, nullptr);
    if (only_ && parsed->header.device != *only_) return refuse(wire::Refusal::ONLY_A_DESK, nullptr, nullptr);
    const HeaderHash hash = parsed->hash();
    if (const auto reason = against(*charter_, *parsed, hash)) return refuse(*reason, nullptr, nullptr);
    const bool past_cut = charter_->standing(parsed->header, hash) == SegmentStanding::past_cut;
    admitted_.push_back({.bytes = bytes, .view = *parsed, .hash = hash, .past_cut = past_cut});
  }
}

Status Intake::keep(Mailbox& mailbox, Charters& charters) {
  TRY_ASSIGN(const auto scope, mailbox.find(name_));
  if (!scope) return fail(ErrorCode::damaged, "the relay's mailbox lost a scope");
  if (scope->charter_hash != charter_->hash) {
    TRY_ASSIGN(const auto charter, charters.get(mailbox, name_, *scope));
    admit(charter);
  }
  TRY_ASSIGN(mark_before_, mailbox.mark(*scope));
  mark_ = mark_before_;
  for (const Admitted& segment : admitted_) {
    TRY_ASSIGN(const Kept kept, keep_one(mailbox, *scope, segment));
    if (kept == Kept::refused) break;
    receipts_.push_back(head_message(segment.view.header.device, segment.view.header.last(), segment.hash));
  }
  if (fresh_ > 0) {
    TRY_ASSIGN(mark_, mailbox.mark(*scope));
  }
  return {};
}

wire::PushReceipt Intake::receipt() const {
  wire::PushReceipt message;
  for (const wire::Head& head : receipts_) *message.add_receipts() = head;
  message.set_mark_before(mark_before_.data(), mark_before_.size());
  message.set_mark(mark_.data(), mark_.size());
  return message;
}

Result<Intake::Kept> Intake::keep_one(Mailbox& mailbox, const ScopeRow& scope, const Admitted& segment) {
  const SegmentHeader& header = segment.view.header;
  TRY_ASSIGN(DeviceRow row, mailbox.device(scope, header.device));
  if (header.first <= row.head.number) return judge_again(mailbox, scope, segment, row);
  if (segment.past_cut) return keep_aside(mailbox, scope, segment, row);
  const SnapshotHead* const covered = snapshot_head(*charter_, header.device);
  if (row.head.number == 0 && covered != nullptr && check_follows(covered->head, header)) {
    // The relay lost its memory, and what a snapshot covers need not come again.
    TRY_STATUS(mailbox.begin_after(scope, header.device, covered->head));
    TRY_ASSIGN(row, mailbox.device(scope, header.device));
  }
  if (!check_follows(row.head, header)) {
    refuse(wire::Refusal::GAP, &header, &row.head);
    return Kept::refused;
  }
  if (row.bytes + segment.bytes.size() > device_quota_) {
    refuse(wire::Refusal::QUOTA, &header, &row.head);
    return Kept::refused;
  }
  TRY_STATUS(mailbox.keep_segment(scope, segment.view, segment.bytes, row));
  ++fresh_;
  return Kept::yes;
}

/// A segment of that number is here: the same, or a fork.
Result<Intake::Kept> Intake::judge_again(Mailbox& mailbox, const ScopeRow& scope, const Admitted& segment, const DeviceRow& row) {
  const SegmentHeader& header = segment.view.header;
  const auto held = mailbox.covering(scope, header.device, header.first);
  if (!held && held.error().code == ErrorCode::not_found && header.first < row.floor) {
    refuse(wire::Refusal::GAP, &header, &row.head);  // of before what a snapshot covers, and never seen here
    return Kept::refused;
  }
  if (!held) return std::unexpected(held.error());
  if (header_hash(*held) == segment.hash) return Kept::yes;  // the header names the body's hash, so these are the same bytes
  TRY_ASSIGN(const SegmentView evidence, parse_evidence(*held));
  const CharterDevice* const device = charter_->device(header.device);
  if (is_fork(evidence, segment.view, device->signing_key))
    TRY_STATUS(mailbox.keep_fork(scope, header.device, header.first, *held, segment.view.signed_header));
  refuse(wire::Refusal::FORKED, &header, &row.head);
  return Kept::refused;
}

/// Past its device's cut: kept for a person to decide, in its chain, and within a bound of its own.
Result<Intake::Kept> Intake::keep_aside(Mailbox& mailbox, const ScopeRow& scope, const Admitted& segment, const DeviceRow& row) {
  const SegmentHeader& header = segment.view.header;
  TRY_ASSIGN(const auto handed, mailbox.handed_in(scope, header.device));
  ChainHead head = row.head;
  std::size_t size = segment.bytes.size();
  for (const HandedRow& one : handed) {
    TRY_ASSIGN(const SegmentView view, parse_segment(one.bytes));
    if (view.hash() == segment.hash) return Kept::yes;
    head = head_of(view);
    size += one.bytes.size();
  }
  if (size > most_handed_in) {
    refuse(wire::Refusal::QUOTA, &header, &head);
    return Kept::refused;
  }
  if (!check_follows(head, header)) {
    refuse(wire::Refusal::GAP, &header, &head);
    return Kept::refused;
  }
  TRY_STATUS(mailbox.keep_handed_in(scope, segment.view, segment.bytes));
  ++fresh_;
  return Kept::yes;
}

Status take_up(Mailbox& mailbox, const ScopeRow& scope, const Charter& charter) {
  TRY_ASSIGN(const auto handed, mailbox.handed_in(scope, 0));
  for (const HandedRow& one : handed) {
    TRY_ASSIGN(const SegmentView view, parse_segment(one.bytes));
    if (charter.standing(view.header, view.hash()) != SegmentStanding::counts) continue;
    TRY_ASSIGN(const DeviceRow row, mailbox.device(scope, one.device));
    if (!check_follows(row.head, view.header)) continue;
    TRY_STATUS(mailbox.keep_segment(scope, view, one.bytes, row));
    TRY_STATUS(mailbox.drop_handed_in(scope, one.device, one.last));
  }
  return {};
}

}  // namespace huisbord::relay
