// SPDX-License-Identifier: GPL-3.0-or-later
// How the things of the house look and are called: pictogram and text key for every kind.
#pragma once

#include <string>

#include "app/kiosk/widgets/icons.h"
#include "core/domain/change.h"
#include "core/i18n/catalogue.h"

namespace huisbord {

[[nodiscard]] inline ui::Icon icon_of(Symbol symbol) { return ui::person_sign(static_cast<unsigned>(symbol)); }
[[nodiscard]] ui::Icon icon_of(TaskPlace place);
[[nodiscard]] ui::Icon icon_of(AppointmentKind kind);
[[nodiscard]] ui::Icon icon_of(ActivityKind kind);
[[nodiscard]] ui::Icon icon_of(NoticeIcon icon);
[[nodiscard]] ui::Icon icon_of(EntryKind kind);
[[nodiscard]] ui::Icon icon_of(Bring thing);

[[nodiscard]] i18n::Key words_for(Symbol symbol);
[[nodiscard]] i18n::Key words_for(TaskPlace place);
[[nodiscard]] i18n::Key words_for(AppointmentKind kind);     ///< "advocaat", a row's second line
[[nodiscard]] i18n::Key sentence_for(AppointmentKind kind);  ///< "Gesprek met je advocaat"
[[nodiscard]] i18n::Key tell_for(AppointmentKind kind);      ///< "We zeggen het tegen je advocaat."
[[nodiscard]] i18n::Key words_for(ActivityKind kind);
[[nodiscard]] i18n::Key words_for(EntryKind kind);
[[nodiscard]] i18n::Key words_for(Bring thing);
[[nodiscard]] i18n::Key words_for(RatePart::For what);
[[nodiscard]] i18n::Key words_for(Answer answer);
[[nodiscard]] i18n::Key words_for(Refusal refusal);

/// The office's own title when it wrote one, else the kind's sentence.
[[nodiscard]] std::string title_of(const i18n::Catalogue& words, const Appointment& appointment);
[[nodiscard]] std::string title_of(const i18n::Catalogue& words, const Activity& activity);

}  // namespace huisbord
