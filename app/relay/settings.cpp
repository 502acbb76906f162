// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration file: TOML, every key known.
#include "app/relay/settings.h"

#include <toml++/toml.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>

namespace huisbord::relay {
namespace {

constexpr std::int64_t most_bytes = std::int64_t{1} << 50;
constexpr std::int64_t day = 24 * 60 * 60;

using Key = std::function<Status(const toml::node&)>;

Key text(const std::function<Status(const std::string&)>& take) {
  return [take](const toml::node& node) -> Status {
    const auto value = node.value<std::string>();
    if (!value) return fail(ErrorCode::invalid, "is not a text");
    return take(*value);
  };
}
/// toml++ would take true for a number, and 2.0.
template <class Number>
Key number(Number& into, std::int64_t least, std::int64_t most) {
  return [&into, least, most](const toml::node& node) -> Status {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < least || *value > most)
      return fail(ErrorCode::invalid, "is not a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    into = Number(*value);
    return {};
  };
}

}  // namespace

Status read_listen(const std::string& listen, Settings& settings) {
  const std::size_t colon = listen.rfind(':');
  if (colon == std::string::npos) return fail(ErrorCode::invalid, "\"" + listen + "\" is not address:port");
  std::uint16_t port = 0;
  const char* const end = listen.data() + listen.size();
  const auto [rest, error] = std::from_chars(listen.data() + colon + 1, end, port);
  if (error != std::errc() || rest != end) return fail(ErrorCode::invalid, "\"" + listen + "\" does not end in a port");
  settings.address = listen.substr(0, colon);
  std::erase_if(settings.address, [](char c) { return c == '[' || c == ']'; });
  settings.port = port;
  return {};
}

Status read_metrics(const std::string& text, Settings& settings) {
  Settings other;
  TRY_STATUS(read_listen(text, other));
  settings.metrics = Settings::Address{.address = other.address, .port = other.port};
  return {};
}

Status read_root(const std::string& hex, Settings& settings) {
  const auto bytes = from_hex(hex);
  if (!bytes || bytes->size() != settings.root.bytes.size()) return fail(ErrorCode::invalid, "the root key is not 64 hexadecimal digits");
  std::ranges::copy(*bytes, settings.root.bytes.begin());
  return {};
}

Status read_settings(const std::filesystem::path& file, Settings& settings) {
  const std::map<std::string, Key, std::less<>> keys{
      {"listen", text([&](const std::string& value) { return read_listen(value, settings); })},
      {"url", text([&](const std::string& value) -> Status { return settings.url = value, Status{}; })},
      {"certificate", text([&](const std::string& value) -> Status { return settings.certificate = value, Status{}; })},
      {"key", text([&](const std::string& value) -> Status { return settings.key = value, Status{}; })},
      {"metrics", text([&](const std::string& value) { return read_metrics(value, settings); })},
      {"data", text([&](const std::string& value) -> Status { return settings.data = value, Status{}; })},
      {"root", text([&](const std::string& value) { return read_root(value, settings); })},
      {"log_level", text([&](const std::string& value) -> Status { return settings.log_level = value, Status{}; })},
      {"connections", number(settings.connections, 1, 1 << 24)},
      {"requests_at_work", number(settings.requests_at_work, 1, 1 << 24)},
      {"bytes_at_work", number(settings.bytes_at_work, std::int64_t{8} << 20, most_bytes)},
      {"device_quota", number(settings.device_quota, 1, most_bytes)},
      {"idle_seconds", number(settings.idle, 1, day)},
      {"headers_seconds", number(settings.headers, 1, day)},
      {"progress_seconds", number(settings.progress, 1, day)},
      {"slowest_bytes_per_second", number(settings.slowest, 1, 1 << 30)},
      {"grace_seconds", number(settings.grace, 0, day)},
  };
  try {
    const toml::table table = toml::parse_file(file.string());
    for (const auto& [name, node] : table) {
      const auto key = keys.find(name.str());
      if (key == keys.end()) return fail(ErrorCode::invalid, file.string() + ": \"" + std::string(name.str()) + "\" is no setting");
      if (const Status taken = key->second(node); !taken)
        return fail(ErrorCode::invalid, file.string() + ": \"" + std::string(name.str()) + "\": " + taken.error().sentence);
    }
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::parse,
                file.string() + ", line " + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
  }
  return {};
}

}  // namespace huisbord::relay
