// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the event and turns it into modules.
#include "app/kiosk/screens/calendar_code.h"

#include <qrencode.h>

#include <cstdio>
#include <memory>

namespace huisbord {
namespace {

constexpr std::size_t longest_code = 400;

std::string digits(Day day) {
  const auto date = day.ymd();
  char text[48];
  std::snprintf(text, sizeof text, "%04d%02u%02u", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()));
  return text;
}

std::string digits(Day day, MinuteOfDay minute) {
  char text[32];
  std::snprintf(text, sizeof text, "T%02d%02d00", (minute.value / 60) % 24, minute.value % 60);
  return digits(day) + text;
}

/// RFC 5545 3.3.11; direction marks are for our own lines, not for a phone.
std::string escaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.compare(i, 2, "\xE2\x81") == 0 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 2]) >= 0xA6 &&
        static_cast<unsigned char>(text[i + 2]) <= 0xA9) {
      i += 2;
      continue;
    }
    if (text[i] == '\n') {
      out += "\\n";
      continue;
    }
    if (text[i] == '\\' || text[i] == ';' || text[i] == ',') out += '\\';
    out += text[i];
  }
  return out;
}

}  // namespace

std::string calendar_text(const Appointment& a, const std::string& title) {
  std::string text = "BEGIN:VEVENT\r\nSUMMARY:" + escaped(title) + "\r\n";
  if (a.span == Appointment::Span::all_day) {
    text += "DTSTART;VALUE=DATE:" + digits(a.day) + "\r\nDTEND;VALUE=DATE:" + digits(a.end_day + 1) + "\r\n";
  } else {
    text += "DTSTART:" + digits(a.day, a.start) + "\r\n";
    if (a.end_day > a.day || a.end > a.start) text += "DTEND:" + digits(a.end_day, a.end) + "\r\n";
  }
  if (!a.place.empty()) text += "LOCATION:" + escaped(a.place) + "\r\n";
  return text + "END:VEVENT\r\n";
}

ui::QrMatrix calendar_code(const Appointment& appointment, const std::string& title) {
  const std::string text = calendar_text(appointment, title);
  if (text.size() > longest_code) return {};
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M), &QRcode_free);
  if (!code) return {};
  ui::QrMatrix matrix{code->width, {}};
  const std::size_t modules = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
  for (std::size_t i = 0; i < modules; ++i) matrix.modules.push_back((code->data[i] & 1) != 0);
  return matrix;
}

}  // namespace huisbord
