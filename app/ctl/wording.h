// SPDX-License-Identifier: GPL-3.0-or-later
// One English word for each value that huisbordctl prints and takes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/domain/change.h"

namespace huisbord {

[[nodiscard]] std::string word(AppointmentKind kind);
[[nodiscard]] std::string word(Answer answer);
[[nodiscard]] std::string word(EntryKind kind);
[[nodiscard]] std::string word(QuestionState state);
[[nodiscard]] std::string word(TaskPlace place);
[[nodiscard]] std::string word(NoticeIcon icon);
[[nodiscard]] std::string word(ActivityKind kind);

[[nodiscard]] std::optional<AppointmentKind> appointment_kind(std::string_view word);
/// English or Dutch ("kitchen", "keuken").
[[nodiscard]] std::optional<TaskPlace> task_place(std::string_view word);
[[nodiscard]] std::optional<NoticeIcon> notice_icon(std::string_view word);

/// Every word that appointment_kind, task_place or notice_icon takes, for a sentence.
[[nodiscard]] std::string appointment_kinds();
[[nodiscard]] std::string task_places();
[[nodiscard]] std::string notice_icons();

}  // namespace huisbord
