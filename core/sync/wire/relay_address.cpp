// SPDX-License-Identifier: GPL-3.0-or-later
// Scheme, authority, path; nothing else stands in a relay's address.
#include "core/sync/wire/relay_address.h"

#include <algorithm>
#include <charconv>

namespace huisbord::wire {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool hexadecimal(char c) { return digit(c) || (c >= 'a' && c <= 'f'); }
bool plain(char c) { return digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_'; }

/// A name, an IPv4 address, or an IPv6 address in brackets.
bool is_host(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']'))
    return host.size() > 2 &&
           std::ranges::all_of(host.substr(1, host.size() - 2), [](char c) { return hexadecimal(c) || c == ':' || c == '.'; });
  return !host.empty() && std::ranges::all_of(host, plain);
}

bool is_port(std::string_view port) {
  unsigned number = 0;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
  return error == std::errc{} && end == port.data() + port.size() && number > 0 && number <= 65535 && !port.starts_with('0');
}

/// Empty, or names after a slash each; none that a client or a proxy would take out ("//", "/./", "/../").
bool is_path(std::string_view path) {
  if (path.ends_with('/')) return false;
  const auto in_path = [](char c) { return plain(c) || (c >= 'A' && c <= 'Z') || c == '/' || c == '~'; };
  return std::ranges::all_of(path, in_path) && path.find("//") == std::string_view::npos && path.find("/.") == std::string_view::npos;
}

}  // namespace

Result<RelayAddress> parse_address(std::string_view url) {
  RelayAddress address;
  for (const auto& [scheme, tls] : {std::pair{std::string_view("https://"), true}, {std::string_view("http://"), false}}) {
    if (!url.starts_with(scheme)) continue;
    address.tls = tls;
    const std::string_view rest = url.substr(scheme.size());
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    for (const char c : rest.substr(0, slash)) address.authority.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    std::string_view path = rest.substr(slash);
    if (path.ends_with('/')) path.remove_suffix(1);
    address.path = path;

    std::string_view host = address.authority;
    if (const std::size_t colon = host.rfind(':'); colon != std::string_view::npos && !host.ends_with(']')) {
      const std::string_view port = host.substr(colon + 1);
      host = host.substr(0, colon);
      if (!is_host(host) || !is_port(port)) break;
      if (port == (tls ? "443" : "80")) address.authority.resize(colon);
    } else if (!is_host(host)) {
      break;
    }
    if (!is_path(address.path)) break;
    return address;
  }
  return fail(ErrorCode::invalid, "the relay's address is not https://host or http://host, with a port or a path where needed");
}

}  // namespace huisbord::wire
