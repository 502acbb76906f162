// SPDX-License-Identifier: GPL-3.0-or-later
// Draws the steps of a first start (mockup 14) or a renewal, and takes what is typed.
#include "app/kiosk/screens/pairing.h"

#include <string.h>

#include <algorithm>

#include "app/kiosk/widgets/bars.h"
#include "app/kiosk/widgets/buttons.h"
#include "app/kiosk/widgets/cards.h"
#include "app/kiosk/widgets/keypad.h"

namespace huisbord {
namespace {

using i18n::Key;
using ui::Rect;
namespace type = ui::type;

constexpr std::string_view code_letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford's: no I, L, O, U
constexpr std::size_t code_length = 8;
constexpr std::size_t shortest_passphrase = 8;
/// So long nobody touches the board, and what somebody wrote on it is gone.
constexpr std::int64_t alone_ms = 180000;

void forget(std::string& text) {
  explicit_bzero(text.data(), text.size());
  text.clear();
}

Key words_for(PairingView::End end) {
  switch (end) {
    case PairingView::End::wrong_code:
      return Key("pair.end.wrong_code");
    case PairingView::End::old_code:
      return Key("pair.end.old_code");
    case PairingView::End::used_code:
      return Key("pair.end.used_code");
    case PairingView::End::ended_there:
      return Key("pair.end.ended_there");
    case PairingView::End::words_differ:
      return Key("pair.end.words_differ");
    case PairingView::End::out_of_time:
      return Key("pair.end.out_of_time");
    case PairingView::End::not_the_office:
      return Key("pair.end.not_the_office");
    case PairingView::End::newer:
      return Key("error.newer");
    case PairingView::End::store_failed:
      return Key("error.read_only");
  }
  return Key("pair.end.ended_there");
}

}  // namespace

PairingScreen::PairingScreen(PairingActions& actions, Words& words, i18n::Language language, std::optional<Renewing> renewing)
    : actions_(actions), words_(words), language_(language), renewing_(std::move(renewing)) {
  staff_.reserve(128);
  if (actions_.view().stage != Stage::at_rest) step_ = Step::office;
}

PairingScreen::~PairingScreen() { forget(staff_); }

ui::Look PairingScreen::look() const { return {.language = i18n::code(language_), .text_size = letters_}; }

void PairingScreen::go(Step step) {
  step_ = step;
  entry_.wipe();
  slip_ = Slip::none;
}

void PairingScreen::leave_alone(ui::Ui& ui) {
  if (ui.touched() || touched_at_.value == 0) touched_at_ = ui.now();
  if ((step_ == Step::welcome && !renewing_) || is_at_work()) return;
  if (ui.now().value - touched_at_.value < alone_ms) return ui.wake_at({touched_at_.value + alone_ms});
  code_.clear();
  again_from(Step::welcome);
}

/// Nobody needs to touch the board while it waits for the office. A house is not kept from its board for longer than that.
bool PairingScreen::is_at_work() const {
  const Stage stage = actions_.view().stage;
  return step_ == Step::office && stage != Stage::ended && !(renewing_ && stage == Stage::joining);
}

void PairingScreen::poll_check(ui::Ui& ui) {
  if (!checks_) return;
  const auto known = renewing_->poll_check();
  if (!known) return ui.wake_at({ui.now().value + 30});
  checks_ = false;
  go(*known ? Step::code : Step::staff);
  if (!*known) slip_ = Slip::differs;
}

void PairingScreen::draw(ui::Ui& ui) {
  leave_alone(ui);
  poll_check(ui);
  const PairingView view = actions_.view();
  const bool types = step_ == Step::phrase_again || step_ == Step::staff || step_ == Step::staff_again;
  const auto screen = ui.screen("pairing, " + std::to_string(static_cast<int>(step_)), "pairing");
  ui::page_ground(ui);
  const auto parts = ui::page_parts(ui);
  if (types) {
    head(ui, parts.header);
    return typed(ui, parts.content);
  }
  const bool wide = ui.viewport().form == ui::Form::landscape && ui.text_factor() < 1.2f;
  Rect left{parts.header.x, parts.header.y, parts.header.w, parts.content.bottom() - parts.header.y};
  const bool writes = (step_ == Step::welcome && !renewing_) || step_ == Step::phrase;
  if (wide)
    panel(ui, left.cut_end(408, 24), say(writes ? Key("pair.panel.write") : Key("pair.panel.call")),
          writes ? ui::icon::description : ui::icon::phone_in_talk);
  head(ui, left.cut_top(parts.header.h, parts.content.y - parts.header.bottom()));
  const bool whole_height = step_ == Step::code && !wide;
  if (whole_height) left.h = ui.page().h - (ui.is_small() ? 10.0f : 16.0f) - left.y;
  if (step_ == Step::welcome)
    welcome(ui, left);
  else if (step_ == Step::phrase)
    six_words(ui, left, actions_.house_phrase(), false);
  else if (step_ == Step::code)
    code(ui, left);
  else
    office(ui, left, view);
  if (!whole_height) bar(ui);
  asks_ = asks_ && step_ == Step::office && view.stage == Stage::waiting_for_yes;
  if (asks_) ask_start_over(ui);
}

void PairingScreen::head(ui::Ui& ui, Rect r) {
  const float mark = ui.is_phone() ? 48.0f : 72.0f;
  const std::string title = say(renewing_ ? Key("renew.title") : Key("pair.title"));
  if (renewing_) {
    const std::string back = say(Key("common.back"));
    const float side = std::min(ui.is_phone() ? 56.0f : 80.0f, r.h);
    const Rect place = r.cut_start(side, ui.is_phone() ? 12.0f : 20.0f).middle({side, side});
    if (ui::square_button(ui, place, {.label = back, .icon = ui::icon::arrow_back, .kind = ui::ButtonKind::quiet, .icon_size = 40}))
      again_from(Step::welcome);
  }
  // Three strokes: the words of the house, the code, the office.
  const int done = step_ == Step::welcome ? 0 : step_ == Step::code ? 2 : step_ == Step::office ? 3 : 1;
  const float stroke = ui.is_phone() ? 20.0f : 44.0f;
  if (ui.text_factor() < 1.5f) {
    Rect strokes = r.cut_end(3 * stroke + 20, 16);
    ui.node(ui::Role::progress, strokes, title, std::to_string(done) + " / 3");
    for (int i = 0; i < 3; ++i) ui.fill(strokes.cut_start(stroke, 10).middle({stroke, 12}), i < done ? ui.theme().ink : ui.theme().line, 6);
  }
  ui::house_mark(ui, r.cut_start(mark, ui.is_phone() ? 12.0f : 20.0f).middle({mark, mark}));
  ui.text_middle(r, title, ui.is_phone() ? type::title.sized(24) : type::title, ui::Role::heading);
}

void PairingScreen::panel(ui::Ui& ui, Rect r, const std::string& line, ui::Icon icon) {
  const auto& theme = ui.theme();
  ui.fill(r, theme.ink, 32);
  Rect words{r.x + 36, r.y + 36, r.w - 72, r.h - 36 - 286 - 24};
  Rect picture = words.cut_top(words.h * 0.45f);
  ui.icon(icon, picture.centre(), 96, theme.paper);
  ui.text(words, line, type::body.lined(1.3f).middle().in(theme.paper));
  const auto fixed = ui.unmirrored(r);
  ui::street(ui, {r.x + 11, r.bottom() - 286, 386, 286});
}

void PairingScreen::welcome(ui::Ui& ui, Rect r) {
  ui::card(ui, r);
  Rect inner = ui.is_phone() ? r.inset(14, 14) : ui.is_small() ? r.inset(20, 12) : r.inset(28, 24);
  const std::string begin = say(Key("pair.begin"));
  if (ui::button(ui, inner.cut_bottom(ui.is_small() ? 72.0f : 80.0f, 16), {.label = begin, .icon = ui::icon::touch_app, .padding = 12}))
    go(!renewing_ ? Step::phrase : renewing_->begin_check ? Step::staff : Step::code);
  const auto title = type::lead.sized(ui.is_phone() || ui.is_small() ? 24.0f : 32.0f).bold().lined(1.25f);
  inner.cut_top(ui.text(inner, say(Key("pair.need.title")), title, ui::Role::heading) + 8);
  const std::pair<ui::Icon, Key> second =
      renewing_ ? std::pair(ui::icon::key, Key("renew.need.staff")) : std::pair(ui::icon::description, Key("pair.need.paper"));
  const std::array<std::pair<ui::Icon, Key>, 3> needs{
      {{ui::icon::phone_in_talk, Key("pair.need.code")}, second, {ui::icon::schedule, Key("pair.need.time")}}};
  const auto rows = ui::rows(inner, 3, 8);
  for (std::size_t i = 0; i < needs.size(); ++i) {
    Rect row = rows[i];
    const float side = std::min(row.h, ui.is_phone() ? 48.0f : 72.0f);
    ui::tile(ui, row.cut_start(side, ui.is_phone() ? 12.0f : 20.0f).middle({side, side}), ui::Section::team, needs.at(i).first);
    ui.text_middle(row, say(needs.at(i).second), ui.is_phone() ? type::body : type::lead);
  }
}

void PairingScreen::typed(ui::Ui& ui, Rect r) {
  const bool staff = step_ != Step::phrase_again, again = step_ == Step::staff_again;
  const bool wrong = slip_ != Slip::none;
  if (renewing_) {
    heard(entry_.draw(ui, words_.of(language_), r,
                      {.line = wrong ? Key("enrol.phrase_wrong") : Key("enrol.phrase"),
                       .name = Key("enrol.phrase"),
                       .enter = Key("keyboard.done"),
                       .alert = wrong},
                      checks_));
    if (checks_) ui.wake_at(ui.now());
    return;
  }
  const Key name = !staff ? Key("unlock.phrase") : again ? Key("pair.staff.again") : Key("pair.staff");
  const Key slip = !staff ? Key("error.wrong_phrase") : slip_ == Slip::too_short ? Key("pair.staff.short") : Key("pair.staff.differs");
  heard(entry_.draw(ui, words_.of(language_), r, {.line = wrong ? slip : name, .name = name, .enter = Key("keyboard.done"), .alert = wrong},
                    false));
}

void PairingScreen::heard(PassphraseEntry::Heard what) {
  if (what == PassphraseEntry::Heard::typed) slip_ = Slip::none;
  if (what != PassphraseEntry::Heard::entered) return;
  const auto again = [this](Step step, Slip slip) {
    go(step);
    slip_ = slip;
  };
  if (renewing_) {
    renewing_->begin_check(entry_.text());
    entry_.wipe();
    checks_ = true;
    return;
  }
  if (step_ == Step::phrase_again) {
    // Word by word: no second copy of the phrase.
    std::string_view rest = entry_.text();
    bool same = true;
    for (const std::string_view word : actions_.house_phrase()) {
      rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
      const std::string_view one = rest.substr(0, rest.find(' '));
      same = same && std::ranges::equal(one, word, {}, [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
      rest.remove_prefix(one.size());
    }
    same = same && rest.find_first_not_of(' ') == std::string_view::npos;
    return same ? go(Step::staff) : again(Step::phrase, Slip::differs);
  }
  if (step_ == Step::staff) {
    if (entry_.text().size() < shortest_passphrase) return again(Step::staff, Slip::too_short);
    staff_ = entry_.text();
    return go(Step::staff_again);
  }
  if (entry_.text() == staff_) return go(Step::code);
  forget(staff_);
  again(Step::staff, Slip::differs);
}

void PairingScreen::six_words(ui::Ui& ui, Rect r, const SixWords& six, bool compares) {
  const auto& theme = ui.theme();
  ui::card(ui, r);
  Rect inner = ui.is_phone() ? r.inset(14, 14) : ui.is_small() ? r.inset(20, 12) : r.inset(28, 24);
  // With larger letters the second line goes first; upright the buttons need two lines.
  const bool large = ui.text_factor() > 1.5f, upright = ui.viewport().form == ui::Form::portrait;
  Rect acts = inner.cut_bottom(ui.is_small() ? 72.0f : large && upright ? 136.0f : 80.0f, 12);
  const auto title = type::lead.sized(ui.is_phone() || ui.is_small() || large ? 24.0f : 32.0f).bold().lined(1.25f);
  inner.cut_top(ui.text(inner,
                        say(!compares && slip_ != Slip::none ? Key("error.wrong_phrase")
                            : compares                       ? Key("pair.words.title")
                                                             : Key("pair.phrase.title")),
                        title, ui::Role::heading) +
                4);
  if (!ui.is_small() && (!large || upright))
    inner.cut_top(ui.text(inner, say(compares ? Key("pair.words.line") : Key("pair.phrase.line")), type::label) + 14);
  {
    const auto fixed = ui.unmirrored(inner);  // a list of words of one language, in one order on both sides
    const float high = std::min(88.0f, (inner.h - 24) / 3);
    const auto cells = ui::grid({inner.x, inner.y, inner.w, 3 * high + 24}, 2, 3, 12);
    for (std::size_t i = 0; i < six.size(); ++i) {
      Rect cell = cells[i % 3 * 2 + i / 3];
      ui.fill(cell, theme.bg, 20);
      if (theme.bordered) ui.outline(cell, theme.edge, 2, 20);
      const float disc = std::min(52.0f, cell.h - 16);
      const Rect number = cell.cut_start(disc + 16, ui.is_phone() ? 8.0f : 18.0f);
      ui.circle({number.end() - disc / 2, cell.centre().y}, disc / 2, theme.ink);
      ui.draw_text_middle({number.end() - disc, cell.y, disc, cell.h}, std::to_string(i + 1),
                          type::lead.sized(26 * disc / 52).bold().middle().fixed_size().in(theme.paper));
      cell.w -= 8;
      const auto word = type::title.sized(ui.is_phone() ? 20.0f : std::min(40.0f, cell.h * 0.46f)).bold().lined(1.1f).fixed_size();
      // What opens the board is drawn, never published.
      if (compares)
        ui.text_middle(cell, six[i], word.of_language("nl").left_to_right());
      else
        ui.draw_text_middle(cell, six[i], word.of_language("nl").left_to_right());
    }
  }
  const std::string yes = say(compares ? Key("pair.words.yes") : Key("pair.phrase.written"));
  const float size = ui.is_phone() ? 20.0f : 28.0f;
  if (!compares) {
    if (ui::button(ui, acts, {.label = yes, .icon = ui::icon::check, .type_size = size, .padding = 12})) go(Step::phrase_again);
    return;
  }
  const std::string no = say(Key("common.no"));
  const Rect refuse = acts.cut_end(std::min(260.0f, acts.w * 0.36f), 16);
  if (ui::button(ui, acts, {.label = yes, .icon = ui::icon::check, .type_size = size, .padding = 12})) actions_.answer(true);
  if (ui::button(ui, refuse, {.label = no, .icon = ui::icon::close, .kind = ui::ButtonKind::secondary, .type_size = size, .padding = 12}))
    actions_.answer(false);
}

void PairingScreen::code(ui::Ui& ui, Rect r) {
  const auto& theme = ui.theme();
  ui::card(ui, r);
  Rect inner = ui.is_phone() ? r.inset(10, 14) : ui.is_small() ? r.inset(20, 10) : r.inset(28, 20);
  const bool wrong = slip_ != Slip::none;
  const std::string line = say(wrong ? Key("pair.code.not_one") : Key("pair.code.title"));
  const auto title = type::lead.sized(ui.is_phone() || ui.is_small() ? 22.0f : 32.0f).bold().lined(1.2f);
  inner.cut_top(ui.text(inner, line, title, wrong ? ui::Role::alert : ui::Role::heading) + (ui.is_small() ? 4.0f : 10.0f));
  const float least = ui.is_phone() ? 56.0f : 72.0f, gap = ui.is_phone() ? 4.0f : 6.0f;
  Rect row = inner.cut_top(ui.is_small() ? 72.0f : least, ui.is_small() ? 8.0f : 14.0f);
  const auto fixed = ui.unmirrored(row);
  const std::string erase = say(Key("keyboard.delete"));
  if (ui::square_button(ui, row.cut_end(least, 12).middle({least, least}),
                        {.label = erase, .icon = ui::icon::backspace, .kind = ui::ButtonKind::quiet}) &&
      !code_.empty())
    code_.pop_back();
  ui.node(ui::Role::text_field, row, line, code_);
  const auto cells = ui::columns(row, static_cast<int>(code_length) + 1, gap);
  for (std::size_t i = 0; i < code_length; ++i) {
    const Rect cell = cells[i < 4 ? i : i + 1];
    ui.outline(cell, i < code_.size() ? theme.ink : theme.edge, 3, 14);
    if (i < code_.size())
      ui.draw_text_middle(cell, std::string(1, code_[i]), type::lead.sized(ui.is_phone() ? 22.0f : 36.0f).bold().middle().fixed_size());
  }
  ui.fill(cells[4].middle({std::min(18.0f, cells[4].w), 4}), theme.edge, 2);
  const int across = ui.is_phone() ? 5 : 8, down = (static_cast<int>(code_letters.size()) + across - 1) / across;
  const auto keys =
      ui::grid({inner.x, inner.y, inner.w, std::min(inner.h, static_cast<float>(down) * (90 + gap) - gap)}, across, down, gap);
  for (std::size_t i = 0; i < code_letters.size(); ++i) {
    const std::string letter(1, code_letters[i]);
    if (!ui::digit_key(ui, keys[i], letter) || code_.size() >= code_length) continue;
    slip_ = Slip::none;
    code_ += letter;
  }
  if (code_.size() < code_length) return;
  if (actions_.is_code(code_)) {
    actions_.begin(code_, staff_);
    go(Step::office);
  } else {
    slip_ = Slip::differs;
  }
  code_.clear();
  ui.wake_at(ui.now());
}

void PairingScreen::office(ui::Ui& ui, Rect r, const PairingView& view) {
  if (view.stage == Stage::comparing) return six_words(ui, r, view.words, true);
  ui::card(ui, r);
  Rect inner = ui.is_phone() ? r.inset(14, 14) : r.inset(28, 24);
  const bool ended = view.stage == Stage::ended;
  if (ended || (view.stage == Stage::waiting_for_yes && !renewing_)) {
    const std::string again = say(ended ? Key("pair.again") : Key("pair.start_over"));
    const ui::Button button{
        .label = again, .icon = ui::icon::replay, .kind = ended ? ui::ButtonKind::primary : ui::ButtonKind::secondary, .padding = 12};
    const bool tapped = ui::button(ui, inner.cut_bottom(ui.is_small() ? 72.0f : 80.0f, 16), button).tapped;
    asks_ = asks_ || (tapped && !ended);
    if (tapped && ended && renewing_) {
      actions_.start_over();
      go(Step::code);
    } else if (tapped && ended) {
      again_from(staff_.empty() ? Step::welcome : Step::code);
    }
  }
  const Key line = ended                                  ? words_for(view.end)
                   : !view.relay_reached                  ? Key("pair.no_network")
                   : view.stage == Stage::waiting_for_yes ? Key("pair.waiting_for_yes")
                   : view.stage == Stage::joining         ? (renewing_ ? Key("renew.joining") : Key("pair.joining"))
                   : view.stage == Stage::looking         ? Key("pair.looking")
                                                          : Key("pair.waiting");
  Rect picture = inner.cut_top(inner.h * 0.5f);
  ui.icon(ended                          ? ui::icon::support_agent
          : !view.relay_reached          ? ui::icon::wifi_off
          : view.stage == Stage::joining ? ui::icon::cottage
                                         : ui::icon::hourglass_empty,
          picture.centre(), ui.is_small() || ui.is_phone() ? 80.0f : 120.0f, ui.theme().ink2);
  ui.text(inner, say(line), type::lead.bold().middle().lined(1.3f), ended ? ui::Role::alert : ui::Role::status);
}

void PairingScreen::again_from(Step step) {
  actions_.start_over();
  if (renewing_) renewing_->leave();
  if (step == Step::welcome) {
    actions_.forget_phrase();
    forget(staff_);
  }
  go(step);
}

void PairingScreen::ask_start_over(ui::Ui& ui) {
  const std::string question = say(Key("pair.start_over.question")), what = say(Key("pair.start_over.what")), yes = say(Key("common.yes")),
                    no = say(Key("common.back"));
  const ui::SheetAnswer answer = ui::confirm_sheet(
      ui, {.section = ui::Section::team, .icon = ui::icon::replay, .question = question, .what = what, .until = {}, .yes = yes, .no = no});
  if (answer == ui::SheetAnswer::none) return;
  asks_ = false;
  if (answer == ui::SheetAnswer::yes) again_from(Step::welcome);
}

void PairingScreen::bar(ui::Ui& ui) {
  const std::string letters = say(Key("bar.letters")), title = say(Key("pair.offline.title")), text = say(Key("pair.offline"));
  ui::BottomBar bar;
  bar.language = i18n::own_name(language_);
  bar.letters = letters;
  bar.letters_shown = letters_;
  bar.help_icon = ui::icon::wifi_off;
  bar.help_title = title;
  bar.help_text = text;
  // No sheets here: each touch takes the next one.
  switch (ui::bottom_bar(ui, bar)) {
    case ui::BarTap::language: {
      const auto& all = words_.available();
      const auto at = std::ranges::find(all, language_);
      language_ = at == all.end() || at + 1 == all.end() ? all.front() : *(at + 1);
      break;
    }
    case ui::BarTap::letters:
      letters_ = letters_ == ui::TextSize::largest ? ui::TextSize::normal : static_cast<ui::TextSize>(static_cast<int>(letters_) + 1);
      break;
    default:
      break;
  }
}

}  // namespace huisbord
