// SPDX-License-Identifier: GPL-3.0-or-later
// What holds for each open body: identifiers, texts and lists; never whether it makes sense, which is asked where a command is given.
#include "core/journal/operation_body.h"

#include <algorithm>
#include <array>

#include "core/journal/operation.h"
#include "core/journal/witness.h"

namespace huisbord {
namespace {

using Has = bool (journal::Operation::*)() const;
// Place i is the body of kind i + 2.
constexpr auto bodies = std::to_array<Has>({
    &journal::Operation::has_house,         &journal::Operation::has_woongroep,     &journal::Operation::has_room,
    &journal::Operation::has_placing,       &journal::Operation::has_placing_ended, &journal::Operation::has_appearance,
    &journal::Operation::has_task,          &journal::Operation::has_duty_planned,  &journal::Operation::has_duty_done,
    &journal::Operation::has_duty_offered,  &journal::Operation::has_duty_claimed,  &journal::Operation::has_swap_proposed,
    &journal::Operation::has_swap_answered, &journal::Operation::has_notice,        &journal::Operation::has_activity,
    &journal::Operation::has_staff,         &journal::Operation::has_role_granted,  &journal::Operation::has_role_revoked,
    &journal::Operation::has_rate,          &journal::Operation::has_witness,       &journal::Operation::has_device_keys,
});

constexpr int max_notice_texts = 32;
constexpr int max_rate_parts = 64;

bool id(const std::string& field) { return field.size() == 16; }

Status ids(bool right) {
  if (right) return {};
  return fail(ErrorCode::parse, "An operation's body holds an identifier of another size than 16 bytes.");
}
Status texts(bool within) {
  if (within) return {};
  return fail(ErrorCode::limit, "An operation's body holds a text or list over its limit.");
}
bool brief(const std::string& text) { return text.size() <= max_short_text; }

Status check_notice(const journal::Notice& notice) {
  TRY_STATUS(texts(notice.texts_size() <= max_notice_texts));
  return texts(std::ranges::all_of(notice.texts(), [](const journal::NoticeText& text) {
    return text.language().size() <= 16 && brief(text.title()) && text.body().size() <= max_long_text;
  }));
}

}  // namespace

bool has_only_body(const journal::Operation& operation, std::uint32_t kind) {
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    if ((operation.*bodies[i])() != (i + 2 == kind)) return false;
  }
  return true;
}

Status check_body(const journal::Operation& operation) {
  switch (static_cast<Kind>(operation.kind())) {
    case Kind::house:
      return texts(brief(operation.house().name()));
    case Kind::woongroep:
      return texts(brief(operation.woongroep().name()));
    case Kind::room: {
      TRY_STATUS(ids(id(operation.room().woongroep())));
      return texts(brief(operation.room().label()));
    }
    case Kind::placing:
      return ids(id(operation.placing().room()));
    case Kind::task:
      return ids(id(operation.task().woongroep()));
    case Kind::duty_planned:
      return ids(id(operation.duty_planned().task()) && id(operation.duty_planned().room()));
    case Kind::duty_offered: {
      const journal::DutyOffered& offered = operation.duty_offered();
      const bool gives_back = id(offered.returned()) && id(offered.room());
      return ids(id(offered.duty()) && (gives_back || (offered.returned().empty() && offered.room().empty())));
    }
    case Kind::duty_claimed:
      return ids(id(operation.duty_claimed().duty()) && id(operation.duty_claimed().room()));
    case Kind::swap_proposed:
      return ids(id(operation.swap_proposed().mine()) && id(operation.swap_proposed().theirs()));
    case Kind::swap_answered: {
      const journal::SwapAnswered& answered = operation.swap_answered();
      return ids((id(answered.from_room()) && id(answered.to_room())) || (answered.from_room().empty() && answered.to_room().empty()));
    }
    case Kind::notice:
      return check_notice(operation.notice());
    case Kind::activity:
      return texts(brief(operation.activity().title()) && brief(operation.activity().place()));
    case Kind::staff:
      return texts(brief(operation.staff().name()));
    case Kind::role_granted: {
      const journal::RoleGranted& grant = operation.role_granted();
      return ids(id(grant.staff()) && (grant.house().empty() || id(grant.house())));
    }
    case Kind::rate:
      return texts(operation.rate().parts_size() <= max_rate_parts);
    case Kind::witness: {
      TRY_STATUS(read_witness(operation));
      return {};
    }
    case Kind::device_keys: {
      const journal::DeviceKeys& keys = operation.device_keys();
      const bool sound = keys.sealing_key().size() == 32 && (keys.custody_key().empty() || keys.custody_key().size() == 32);
      if (!sound) return fail(ErrorCode::parse, "An operation's body holds a public key of another size than 32 bytes.");
      return {};
    }
    case Kind::personal:
    case Kind::placing_ended:
    case Kind::appearance:
    case Kind::duty_done:
    case Kind::role_revoked:
      break;
  }
  return {};
}

}  // namespace huisbord
