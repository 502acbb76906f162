// SPDX-License-Identifier: GPL-3.0-or-later
// The order of the checks, and the evidence that is kept of a fork.
#include "app/relay/intake.h"

namespace huisbord::relay {
namespace {

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
  if (charter.standing(view.header, hash) != SegmentStanding::counts) return wire::Refusal::DEVICE_NOT_ACTIVE;
  return std::nullopt;
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
    admitted_.push_back({.bytes = bytes, .view = *parsed, .hash = hash});
  }
}

Status Intake::keep(Mailbox& mailbox, Charters& charters) {
  TRY_ASSIGN(const auto scope, mailbox.find(name_));
  if (!scope) return fail(ErrorCode::damaged, "the relay's mailbox lost a scope");
  if (scope->charter_hash != charter_->hash) {
    TRY_ASSIGN(const auto charter, charters.get(mailbox, name_, *scope));
    admit(charter);
  }
  for (const Admitted& segment : admitted_) {
    TRY_ASSIGN(const Kept kept, keep_one(mailbox, *scope, segment));
    if (kept == Kept::refused) return {};
    receipts_.push_back(head_message(segment.view.header.device, segment.view.header.last(), segment.hash));
  }
  return {};
}

Result<Intake::Kept> Intake::keep_one(Mailbox& mailbox, const ScopeRow& scope, const Admitted& segment) {
  const SegmentHeader& header = segment.view.header;
  TRY_ASSIGN(const DeviceRow row, mailbox.device(scope, header.device));
  if (header.first <= row.head.number) {
    TRY_ASSIGN(const Bytes held, mailbox.covering(scope, header.device, header.first));
    if (header_hash(held) == segment.hash) return Kept::yes;  // the header names the body's hash, so these are the same bytes
    TRY_ASSIGN(const SegmentView evidence, parse_evidence(held));
    const CharterDevice* const device = charter_->device(header.device);
    if (is_fork(evidence, segment.view, device->signing_key))
      TRY_STATUS(mailbox.keep_fork(scope, header.device, header.first, held, segment.view.signed_header));
    refuse(wire::Refusal::FORKED, &header, &row.head);
    return Kept::refused;
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
  return Kept::yes;
}

}  // namespace huisbord::relay
