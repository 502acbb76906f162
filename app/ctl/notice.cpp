// SPDX-License-Identifier: GPL-3.0-or-later
// huisbordctl notice add: a message on the board of one house or of all.
#include <cstdio>
#include <memory>

#include "app/ctl/command.h"
#include "app/ctl/field.h"
#include "app/ctl/wording.h"

namespace huisbord {
namespace {

struct NoticeOptions {
  DeskOptions desk;
  std::string house;
  std::string icon = "megaphone";
  std::string from;
  int days = 7;
  std::vector<std::string> texts;
};

constexpr std::size_t longest_title = 120;
constexpr std::size_t longest_body = 2000;

// "ar=title" or "ar=title|body".
Status take_text(const std::string& text, Notice& notice) {
  const std::size_t equals = text.find('=');
  if (equals != 2) return fail(ErrorCode::invalid, "--text: write it as nl=Title or nl=Title|more");
  const auto language = parse_language(text.substr(0, equals));
  if (!language) return fail(ErrorCode::invalid, "--text: \"" + text.substr(0, equals) + "\" " + language.error());
  const std::size_t bar = text.find('|', equals);
  NoticeText made{text.substr(equals + 1, bar == std::string::npos ? bar : bar - equals - 1),
                  bar == std::string::npos ? "" : text.substr(bar + 1)};
  if (made.title.empty() || made.title.size() > longest_title || made.body.size() > longest_body) {
    return fail(ErrorCode::invalid, "--text: a title has 1 to " + std::to_string(longest_title) + " bytes, the text behind it at most " +
                                        std::to_string(longest_body));
  }
  notice.texts[*language] = std::move(made);
  return {};
}

Status add(const NoticeOptions& options) {
  Notice notice;
  for (const std::string& text : options.texts) TRY_STATUS(take_text(text, notice));
  if (!notice.texts.contains("nl")) return fail(ErrorCode::invalid, "--text: Dutch (nl=...) must always be there");
  const auto icon = notice_icon(options.icon);
  if (!icon) return fail(ErrorCode::invalid, "--icon: there are " + notice_icons());
  TRY_ASSIGN(Desk desk, open_desk(options.desk));
  TRY_ASSIGN(notice.from, today_of(options.desk, desk.zone()));
  if (!options.from.empty()) {
    const auto from = parse_day(options.from);
    if (!from) return fail(ErrorCode::invalid, "--from: \"" + options.from + "\" " + from.error());
    notice.from = *from;
  }
  notice.id = desk.random().id<NoticeTag>();
  notice.icon = *icon;
  notice.until = notice.from + options.days - 1;
  ScopeId scope = desk.org();
  if (!options.house.empty()) {
    TRY_ASSIGN(const House house, desk.find_house(options.house));
    scope = house.id.as<ScopeTag>();
  }
  const std::string id = notice.id.hex();
  if (auto recorded = desk.vault().record(scope, Actor::none(), std::move(notice)); !recorded) return std::unexpected(recorded.error());
  std::printf("%s\n", id.c_str());
  return {};
}

}  // namespace

void add_notice(CLI::App& program, Chosen& chosen) {
  const auto options = std::make_shared<NoticeOptions>();
  CLI::App* command = program.add_subcommand("notice", "write a notice");
  command->require_subcommand(1);
  CLI::App* adding = command->add_subcommand("add", "a new notice; prints its identifier");
  add_desk_options(*adding, options->desk);
  adding->add_option("--house", options->house, "the house, by name or identifier; without it, every house");
  adding->add_option("--icon", options->icon, notice_icons());
  adding->add_option("--from", options->from, "first day on the board (else today)");
  adding->add_option("--days", options->days, "how many days on the board")->check(CLI::Range(1, 366));
  adding->add_option("--text", options->texts, "nl=Title or nl=Title|more, once a language; Dutch always")->required()->expected(1, 20);
  adding->callback([options, &chosen] { chosen.run = [options] { return add(*options); }; });
}

}  // namespace huisbord
