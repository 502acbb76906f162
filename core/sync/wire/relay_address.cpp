// SPDX-License-Identifier: GPL-3.0-or-later
// Scheme, authority, path; nothing else stands in a relay's address.
#include "core/sync/wire/relay_address.h"

#include <algorithm>

namespace huisbord::wire {
namespace {

bool plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

}  // namespace

Result<RelayAddress> parse_address(std::string_view url) {
  RelayAddress address;
  for (const auto& [scheme, tls] : {std::pair{std::string_view("https://"), true}, {std::string_view("http://"), false}}) {
    if (!url.starts_with(scheme)) continue;
    address.tls = tls;
    std::string_view rest = url.substr(scheme.size());
    const std::size_t slash = std::min(rest.find('/'), rest.size());
    std::string_view authority = rest.substr(0, slash);
    std::string_view path = rest.substr(slash);
    while (path.ends_with('/')) path.remove_suffix(1);
    const std::string_view own_port = tls ? ":443" : ":80";
    if (authority.ends_with(own_port)) authority.remove_suffix(own_port.size());
    const auto in_authority = [](char c) { return plain(c) || c == ':' || c == '[' || c == ']'; };
    const auto in_path = [](char c) { return plain(c) || c == '/' || c == '~'; };
    if (authority.empty() || !std::ranges::all_of(authority, in_authority) || !std::ranges::all_of(path, in_path)) break;
    for (const char c : authority) address.authority.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    address.path = path;
    return address;
  }
  return fail(ErrorCode::invalid, "the relay's address is not https://host or http://host, with a port or a path where needed");
}

}  // namespace huisbord::wire
