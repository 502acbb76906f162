// SPDX-License-Identifier: GPL-3.0-or-later
// Tells a program of the same user what is on the glass: for the tour and for measuring; off unless asked for.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/kiosk/widgets/semantics.h"
#include "app/kiosk/widgets/viewport.h"
#include "core/base/error.h"

namespace huisbord {

/// A unix socket of mode 0600. One line "tree" is answered with one JSON object a node and an empty line: role, name, value, states,
/// language and the rectangle in device pixels. It shows what a person before the screen sees, nothing more.
class SemanticsSocket {
 public:
  [[nodiscard]] static Result<std::unique_ptr<SemanticsSocket>> open(const std::filesystem::path& path);
  ~SemanticsSocket();
  SemanticsSocket(const SemanticsSocket&) = delete;
  SemanticsSocket& operator=(const SemanticsSocket&) = delete;

  /// The frame that was just presented. Called on the screens' thread.
  void show(const ui::SemanticTree& tree, const ui::Viewport& viewport);

 private:
  SemanticsSocket(int listener, std::filesystem::path path);
  void serve(const std::stop_token& stop);

  int listener_;
  std::filesystem::path path_;
  std::mutex mutex_;
  std::string shown_ = "\n";
  std::jthread thread_;
};

}  // namespace huisbord
