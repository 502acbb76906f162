// SPDX-License-Identifier: GPL-3.0-or-later
// Each path has one way to be written.
#include "app/relay/route.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "core/sync/wire/limits.h"

namespace huisbord::relay {
namespace {

constexpr std::size_t most_parts = 6;

std::vector<std::string_view> parts_of(std::string_view target) {
  std::vector<std::string_view> parts;
  while (!target.empty() && parts.size() <= most_parts) {
    target.remove_prefix(1);
    const std::size_t end = std::min(target.find('/'), target.size());
    parts.push_back(target.substr(0, end));
    target.remove_prefix(end);
  }
  return parts;
}

template <class Tag>
std::optional<Id<Tag>> id_of(std::string_view text) {
  const auto id = Id<Tag>::from_hex_text(text);
  return id && id->hex() == text ? id : std::nullopt;
}

std::optional<PieceName> piece_of(std::string_view hash, std::string_view number) {
  PieceName name;
  const auto bytes = from_hex(hash);
  if (!bytes || bytes->size() != name.hash.size() || to_hex(*bytes) != hash) return std::nullopt;
  std::ranges::copy(*bytes, name.hash.begin());
  const auto [rest, error] = std::from_chars(number.data(), number.data() + number.size(), name.piece);
  if (error != std::errc() || std::to_string(name.piece) != number || name.piece >= wire::max_snapshot_pieces) return std::nullopt;
  return name;
}

}  // namespace

std::optional<Route> route_of(std::string_view target) {
  if (!target.starts_with("/v1/")) return std::nullopt;
  const auto parts = parts_of(target);
  if (parts.size() < 3) return std::nullopt;
  const auto organisation = id_of<OrganisationTag>(parts[1]);
  if (!organisation) return std::nullopt;
  Route route{.name = {.organisation = *organisation, .scope = {}}, .piece = {}, .word = {}};
  if (parts.size() == 3 && parts[2] == "wait") {
    route.what = Route::What::wait;
    return route;
  }
  const auto scope = id_of<ScopeTag>(parts[2]);
  if (!scope || parts.size() < 4) return std::nullopt;
  route.name.scope = *scope;
  if (parts.size() == 6 && parts[3] == "snapshot") {
    const auto piece = piece_of(parts[4], parts[5]);
    if (!piece) return std::nullopt;
    route.what = Route::What::snapshot_piece;
    route.piece = *piece;
    return route;
  }
  if (parts.size() != 4) return std::nullopt;
  if (parts[3] == "segments")
    route.what = Route::What::segments;
  else if (parts[3] == "charter")
    route.what = Route::What::charter;
  else if (parts[3] != "pull") {
    const bool small = std::ranges::all_of(parts[3], [](char c) { return c >= 'a' && c <= 'z'; });
    if (parts[3].empty() || !small) return std::nullopt;
    route.what = Route::What::other;
    route.word = parts[3];
  }
  return route;
}

}  // namespace huisbord::relay
