// SPDX-License-Identifier: GPL-3.0-or-later
// Unfolding and cutting a calendar file, one pass, bounded.
#include "app/ctl/calendar_text.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "app/ctl/field.h"
#include "app/ctl/source_file.h"

namespace huisbord {
namespace {

struct Property {
  std::size_t line = 0;
  std::string text;
};

std::string upper(std::string_view text) {
  std::string made(text);
  std::ranges::transform(made, made.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return made;
}

/// Unfolded properties, one after another.
class Properties {
 public:
  explicit Properties(std::string_view text) : rest_(text) {}

  Result<std::optional<Property>> next() {
    while (!rest_.empty()) {
      const std::string_view line = physical();
      if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
      Property property{line_, std::string(line)};
      while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t')) {
        const std::string_view more = physical();
        property.text += more.substr(1);
        if (property.text.size() > max_calendar_line) {
          return fail(ErrorCode::too_large, "the entry on line " + std::to_string(property.line) + " is longer than " +
                                                std::to_string(max_calendar_line / 1024) + " KiB");
        }
      }
      if (property.text.size() > max_calendar_line) {
        return fail(ErrorCode::too_large, "the entry on line " + std::to_string(property.line) + " is longer than " +
                                              std::to_string(max_calendar_line / 1024) + " KiB");
      }
      return property;
    }
    return std::nullopt;
  }

 private:
  std::string_view physical() {
    ++line_;
    const std::size_t end = rest_.find_first_of("\r\n");
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
    // "\r\r\n" is one end too: some mail programs double the carriage return.
    while (rest_.starts_with('\r')) rest_.remove_prefix(1);
    if (rest_.starts_with('\n')) rest_.remove_prefix(1);
    return line;
  }
  std::string_view rest_;
  std::size_t line_ = 0;
};

bool is_day(std::string_view text) {
  return text.size() == 8 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The lines for a list of days or times: few on each, because libical drops what stands past the five hundredth. "RDATE:20131210Z" is a
/// day that lacks VALUE=DATE and has a Z too many; several programs write it.
std::string list_lines(std::string_view text, std::string_view name) {
  constexpr std::size_t most_on_a_line = 100;
  const std::size_t colon = text.find(':');
  std::string head(text.substr(0, colon));
  std::vector<std::string_view> values;
  for (std::size_t at = colon + 1; at <= text.size();) {
    const std::size_t comma = std::min(text.find(',', at), text.size());
    values.push_back(text.substr(at, comma - at));
    at = comma + 1;
  }
  const auto bare = [](std::string_view value) { return value.ends_with('Z') ? value.substr(0, value.size() - 1) : value; };
  if (upper(head).find("VALUE=") == std::string::npos && std::ranges::all_of(values, [&](auto value) { return is_day(bare(value)); })) {
    head = std::string(name) + ";VALUE=DATE";
    std::ranges::transform(values, values.begin(), bare);
  }
  std::string lines;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i % most_on_a_line == 0) {
      lines += (i == 0 ? "" : "\r\n") + head + ":";
    } else {
      lines += ',';
    }
    lines += values[i];
  }
  return lines;
}

class Splitter {
 public:
  Status take(const Property& property) {
    const std::size_t colon = property.text.find(':');
    const std::string name = upper(std::string_view(property.text).substr(0, std::min(colon, property.text.find(';'))));
    const std::string value = colon == std::string::npos ? "" : upper(plain_word(std::string_view(property.text).substr(colon + 1)));
    if (name == "BEGIN") return begin(value, property.line);
    if (name == "END") return end(value, property.line);
    if (open_.empty())
      return fail(ErrorCode::invalid,
                  "line " + std::to_string(property.line) + " stands outside of BEGIN:VCALENDAR; this is no calendar file");
    if (open_.size() == 1 && name == "METHOD" && value == "CANCEL") text_.cancels = true;
    if (part_ == nullptr || !keeps()) return {};
    const bool list = colon != std::string::npos && (name == "RDATE" || name == "EXDATE");
    return append(list ? list_lines(property.text, name) : property.text);
  }
  Result<CalendarText> finish() {
    if (!open_.empty()) {
      return fail(ErrorCode::invalid, "the " + open_.back().name + " that begins on line " + std::to_string(open_.back().line) +
                                          " has no end; the file is cut short");
    }
    if (!any_) return fail(ErrorCode::invalid, "there is no BEGIN:VCALENDAR; this is no calendar file");
    return std::move(text_);
  }

 private:
  struct Open {
    std::string name;
    std::size_t line = 0;
  };

  [[nodiscard]] bool in_zone() const { return open_.size() >= 2 && open_[1].name == "VTIMEZONE"; }
  // Of an event only its own properties; of a zone also its STANDARD and DAYLIGHT.
  [[nodiscard]] bool keeps() const { return open_.size() == 2 || (in_zone() && open_.size() == 3); }

  Status append(const std::string& line) {
    part_->text += line + "\r\n";
    if (part_->text.size() <= max_calendar_part) return {};
    return fail(ErrorCode::too_large, "the event on line " + std::to_string(part_->line) + " is larger than " +
                                          std::to_string(max_calendar_part / 1024) + " KiB");
  }

  Status begin(const std::string& name, std::size_t line) {
    if (open_.empty() && name != "VCALENDAR")
      return fail(ErrorCode::invalid, "line " + std::to_string(line) + " begins something else than a VCALENDAR");
    if (open_.size() == max_calendar_depth) {
      return fail(ErrorCode::too_large,
                  "line " + std::to_string(line) + " nests deeper than " + std::to_string(max_calendar_depth) + " levels");
    }
    any_ = true;
    open_.push_back({name, line});
    if (open_.size() == 2 && (name == "VEVENT" || name == "VTIMEZONE")) {
      auto& parts = name == "VEVENT" ? text_.events : text_.zones;
      const std::size_t most = name == "VEVENT" ? max_calendar_events : max_calendar_zones;
      if (parts.size() == most) {
        return fail(ErrorCode::too_large,
                    "the file has more than " + std::to_string(most) + (name == "VEVENT" ? " events" : " time zones") + "; split it");
      }
      part_ = &parts.emplace_back();
      part_->line = line;
    }
    if (part_ != nullptr && keeps()) return append("BEGIN:" + name);
    return {};
  }

  Status end(const std::string& name, std::size_t line) {
    if (open_.empty() || open_.back().name != name) {
      return fail(ErrorCode::invalid,
                  "line " + std::to_string(line) + " ends a " + name + " that did not begin" +
                      (open_.empty() ? "" : ": " + open_.back().name + " of line " + std::to_string(open_.back().line) + " is open"));
    }
    const bool kept = part_ != nullptr && keeps();
    if (kept) TRY_STATUS(append("END:" + name));
    open_.pop_back();
    if (open_.size() < 2) part_ = nullptr;
    return {};
  }

  CalendarText text_;
  std::vector<Open> open_;
  CalendarPart* part_ = nullptr;
  bool any_ = false;
};

}  // namespace

Result<CalendarText> split_calendar(ByteView file) {
  if (file.size() > max_calendar_bytes) {
    return fail(ErrorCode::too_large, "a calendar file may have " + std::to_string(max_calendar_bytes / (1024 * 1024)) + " MiB at most");
  }
  TRY_ASSIGN(const std::string text, decode_text(file));
  Properties properties(text);
  Splitter splitter;
  for (;;) {
    TRY_ASSIGN(const auto property, properties.next());
    if (!property) return splitter.finish();
    TRY_STATUS(splitter.take(*property));
  }
}

}  // namespace huisbord
