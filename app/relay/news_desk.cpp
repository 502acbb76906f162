// SPDX-License-Identifier: GPL-3.0-or-later
// Each that is told comes back with a question, so a thousand must not be told in one moment.
#include "app/relay/news_desk.h"

#include <algorithm>

namespace huisbord::relay {
namespace {
constexpr std::size_t most_at_once = 128;
constexpr std::chrono::milliseconds pause_between{20};
}  // namespace

void NewsDesk::enter(const std::shared_ptr<Waiter>& waiter) {
  for (const Wait::Scope& scope : waiter->asked.scopes)
    if (news_.count(scope.name) != scope.count) waiter->news.push_back(scope.name.scope);
  if (!waiter->news.empty()) return end(*waiter);
  for (const Wait::Scope& scope : waiter->asked.scopes) waiting_[scope.name].insert(waiter);
}

void NewsDesk::leave(const std::shared_ptr<Waiter>& waiter) {
  for (const Wait::Scope& scope : waiter->asked.scopes) {
    const auto found = waiting_.find(scope.name);
    if (found == waiting_.end()) continue;
    found->second.erase(waiter);
    if (found->second.empty()) waiting_.erase(found);
  }
}

void NewsDesk::arrived(const ScopeName& name, const DeviceId& by) {
  const auto found = waiting_.find(name);
  if (found == waiting_.end()) return;
  const bool idle = to_tell_.empty();
  for (const auto& waiter : found->second) {
    if (waiter->over || waiter->asked.device == by || std::ranges::find(waiter->news, name.scope) != waiter->news.end()) continue;
    if (waiter->news.empty()) to_tell_.push_back(waiter);
    waiter->news.push_back(name.scope);
  }
  if (idle) tell_some();
}

void NewsDesk::tell_some() {
  for (std::size_t told = 0; told < most_at_once && !to_tell_.empty(); ++told) {
    end(*to_tell_.front());
    to_tell_.pop_front();
  }
  if (to_tell_.empty()) return;
  pause_.expires_after(pause_between);
  pause_.async_wait([this](const boost::system::error_code& stopped) {
    if (!stopped) tell_some();
  });
}

void NewsDesk::end(Waiter& waiter) {
  waiter.over = true;
  waiter.timer.cancel();
}

Reply NewsDesk::reply(const Waiter& waiter) {
  wire::News message;
  for (const ScopeId& scope : waiter.news) message.add_scopes(scope.bytes.data(), scope.bytes.size());
  return news(message);
}

}  // namespace huisbord::relay
