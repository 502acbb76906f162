// SPDX-License-Identifier: GPL-3.0-or-later
// The count is raised before the listener hears, so that who compares it and then listens misses nothing.
#include "app/relay/news.h"

namespace huisbord::relay {

void News::listen(Listener listener) {
  const std::lock_guard lock(mutex_);
  listener_ = std::move(listener);
}

void News::arrived(const ScopeName& name, const DeviceId& by) {
  const std::lock_guard lock(mutex_);
  ++counts_[name];
  if (listener_) listener_(name, by);
}

std::uint64_t News::count(const ScopeName& name) const {
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(name);
  return found == counts_.end() ? 0 : found->second;
}

}  // namespace huisbord::relay
