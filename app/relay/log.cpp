// SPDX-License-Identifier: GPL-3.0-or-later
// spdlog on stderr, a JSON object a line. A path is written only when it is one of ours: anything else may be text from outside.
#include "app/relay/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace huisbord::relay {
namespace {

spdlog::logger& logger() {
  static const auto made = [] {
    auto created = std::make_shared<spdlog::logger>("relay", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    created->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S%z","level":"%l",%v})");
    return created;
  }();
  return *made;
}

bool is_ours(std::string_view target) {
  constexpr std::size_t longest = 160;
  return target.size() <= longest && target.starts_with("/v1/") &&
         std::ranges::all_of(target, [](char c) { return c == '/' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'); });
}

std::string escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped.push_back('\\');
    escaped.push_back(static_cast<unsigned char>(c) < 0x20 ? ' ' : c);
  }
  return escaped;
}

}  // namespace

bool set_log_level(const std::string& level) {
  const auto known = spdlog::level::from_str(level);
  if (known == spdlog::level::off && level != "off") return false;
  logger().set_level(known);
  return true;
}

void log_request(std::string_view method, std::string_view target, unsigned status, std::size_t bytes_in, std::size_t bytes_out,
                 std::int64_t millis) {
  constexpr unsigned first_refusal = 400;
  const auto level = status < first_refusal ? spdlog::level::debug : spdlog::level::info;
  const bool ours = method == "PUT" || method == "POST" || method == "GET";
  logger().log(level, R"("event":"request","method":"{}","path":"{}","status":{},"in":{},"out":{},"ms":{})", ours ? method : "?",
               is_ours(target) ? target : "?", status, bytes_in, bytes_out, millis);
}

void log_failure(const Error& error) {
  logger().error(R"("event":"failure","code":"{}","sentence":"{}")", name(error.code), escaped(error.sentence));
}
void log_event(std::string_view sentence) { logger().info(R"("event":"{}")", escaped(sentence)); }

}  // namespace huisbord::relay
