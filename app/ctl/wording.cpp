// SPDX-License-Identifier: GPL-3.0-or-later
// Tables of words.
#include "app/ctl/wording.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/ctl/field.h"

namespace huisbord {
namespace {

template <class Value, std::size_t N>
using Words = std::array<std::pair<Value, std::string_view>, N>;

constexpr Words<AppointmentKind, 7> kinds{{{AppointmentKind::other, "other"},
                                           {AppointmentKind::law, "law"},
                                           {AppointmentKind::doctor, "doctor"},
                                           {AppointmentKind::school, "school"},
                                           {AppointmentKind::plan, "plan"},
                                           {AppointmentKind::municipality, "municipality"},
                                           {AppointmentKind::work, "work"}}};
constexpr Words<Answer, 4> answers{
    {{Answer::none, "no answer"}, {Answer::coming, "coming"}, {Answer::cannot, "cannot"}, {Answer::please_move, "please move"}}};
constexpr Words<EntryKind, 7> entries{{{EntryKind::week_money, "week money"},
                                       {EntryKind::paid_cash, "paid in cash"},
                                       {EntryKind::paid_card, "paid by card"},
                                       {EntryKind::deduction, "deduction"},
                                       {EntryKind::reimbursement, "reimbursement"},
                                       {EntryKind::correction, "correction"},
                                       {EntryKind::carried, "carried"}}};
constexpr Words<QuestionState, 4> questions{{{QuestionState::none, ""},
                                             {QuestionState::asked, "question asked"},
                                             {QuestionState::answered, "question answered"},
                                             {QuestionState::withdrawn, "question withdrawn"}}};
constexpr Words<TaskPlace, 9> places{{{TaskPlace::kitchen, "kitchen"},
                                      {TaskPlace::shower, "shower"},
                                      {TaskPlace::toilet, "toilet"},
                                      {TaskPlace::stairs, "stairs"},
                                      {TaskPlace::bins, "bins"},
                                      {TaskPlace::laundry, "laundry"},
                                      {TaskPlace::hall, "hall"},
                                      {TaskPlace::living_room, "living room"},
                                      {TaskPlace::garden, "garden"}}};
constexpr Words<TaskPlace, 9> dutch_places{{{TaskPlace::kitchen, "keuken"},
                                            {TaskPlace::shower, "douche"},
                                            {TaskPlace::toilet, "wc"},
                                            {TaskPlace::stairs, "trap"},
                                            {TaskPlace::bins, "afval"},
                                            {TaskPlace::laundry, "was"},
                                            {TaskPlace::hall, "gang"},
                                            {TaskPlace::living_room, "woonkamer"},
                                            {TaskPlace::garden, "tuin"}}};
constexpr Words<NoticeIcon, 7> icons{{{NoticeIcon::megaphone, "megaphone"},
                                      {NoticeIcon::shower, "shower"},
                                      {NoticeIcon::meeting, "meeting"},
                                      {NoticeIcon::repair, "repair"},
                                      {NoticeIcon::key, "key"},
                                      {NoticeIcon::food, "food"},
                                      {NoticeIcon::warning, "warning"}}};
constexpr Words<ActivityKind, 10> activity_words{{{ActivityKind::language_lesson, "language lesson"},
                                                  {ActivityKind::cooking, "cooking"},
                                                  {ActivityKind::football, "football"},
                                                  {ActivityKind::film, "film"},
                                                  {ActivityKind::sewing, "sewing"},
                                                  {ActivityKind::bicycle, "bicycle"},
                                                  {ActivityKind::computer, "computer"},
                                                  {ActivityKind::meeting, "meeting"},
                                                  {ActivityKind::music, "music"},
                                                  {ActivityKind::other, "other"}}};

template <class Value, std::size_t N>
std::string find_word(const Words<Value, N>& words, Value value) {
  const auto found = std::ranges::find(words, value, [](const auto& pair) { return pair.first; });
  return found == words.end() ? "unknown" : std::string(found->second);
}

template <class Value, std::size_t N>
std::optional<Value> find_value(const Words<Value, N>& words, std::string_view text) {
  const auto found = std::ranges::find(words, plain_word(text), [](const auto& pair) { return pair.second; });
  return found == words.end() ? std::nullopt : std::optional(found->first);
}

template <class Value, std::size_t N>
std::string all_words(const Words<Value, N>& words) {
  std::string all;
  for (const auto& [value, text] : words) all += (all.empty() ? "" : ", ") + std::string(text);
  return all;
}

}  // namespace

std::string word(AppointmentKind kind) { return find_word(kinds, kind); }
std::string word(Answer answer) { return find_word(answers, answer); }
std::string word(EntryKind kind) { return find_word(entries, kind); }
std::string word(QuestionState state) { return find_word(questions, state); }
std::string word(TaskPlace place) { return find_word(places, place); }
std::string word(NoticeIcon icon) { return find_word(icons, icon); }
std::string word(ActivityKind kind) { return find_word(activity_words, kind); }

std::optional<AppointmentKind> appointment_kind(std::string_view text) { return find_value(kinds, text); }
std::optional<TaskPlace> task_place(std::string_view text) {
  const auto english = find_value(places, text);
  return english ? english : find_value(dutch_places, text);
}
std::optional<NoticeIcon> notice_icon(std::string_view text) { return find_value(icons, text); }

std::string appointment_kinds() { return all_words(kinds); }
std::string task_places() { return all_words(places); }
std::string notice_icons() { return all_words(icons); }

}  // namespace huisbord
