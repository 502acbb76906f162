// SPDX-License-Identifier: GPL-3.0-or-later
// Streams of randomness by name: what is drawn from one moves no other, so that a seed plays the same after something was added.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/base/random.h"

namespace huisbord::sim {

class Stream {
 public:
  explicit Stream(std::uint64_t seed) : random_(seed) {}
  [[nodiscard]] bool chance(std::uint32_t percent) { return random_.below(100) < percent; }
  [[nodiscard]] bool seldom(std::uint32_t per_mille) { return random_.below(1000) < per_mille; }
  [[nodiscard]] std::uint32_t below(std::uint32_t bound) { return random_.below(bound); }
  [[nodiscard]] std::size_t pick(std::size_t size) { return random_.below(static_cast<std::uint32_t>(size)); }
  [[nodiscard]] std::uint64_t next() { return random_.next(); }
  template <class Tag>
  [[nodiscard]] Id<Tag> id() {
    return random_.id<Tag>();
  }
  [[nodiscard]] Random& random() { return random_; }

 private:
  SeededRandom random_;
};

class Draws {
 public:
  explicit Draws(std::uint64_t seed) : seed_(seed) {}
  [[nodiscard]] Stream& of(std::string_view name) {
    const auto known = streams_.find(name);
    if (known != streams_.end()) return known->second;
    std::uint64_t mixed = 0xcbf29ce484222325u ^ (seed_ * 0x9e3779b97f4a7c15u);
    for (const char letter : name) mixed = (mixed ^ static_cast<std::uint8_t>(letter)) * 0x100000001b3u;
    return streams_.emplace(name, Stream(mixed)).first->second;
  }

 private:
  std::uint64_t seed_;
  std::map<std::string, Stream, std::less<>> streams_;
};

}  // namespace huisbord::sim
