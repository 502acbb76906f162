// SPDX-License-Identifier: GPL-3.0-or-later
// What is on screen, as a tree of named nodes that every frame publishes: for tests today, for reading aloud later.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/kiosk/widgets/geometry.h"

namespace huisbord::ui {

enum class Role : std::uint8_t {
  screen,
  group,
  heading,
  text,
  image,
  button,
  tile,
  row,
  cell,
  key,
  tab,
  stepper,
  status,
  timer,
  progress,
  dialog,
  alert,
  page,
  text_field
};
[[nodiscard]] const char* name(Role role);

struct State {
  bool pressed = false;
  bool selected = false;
  bool disabled = false;
  friend bool operator==(const State&, const State&) = default;
};

/// A PIN or a passphrase never stands in name or value. The rectangle is physical: logical units from the left edge, after mirroring.
struct Node {
  Role role = Role::text;
  bool target = false;  ///< can be tapped
  State state;
  std::string name{};      ///< in `language`
  std::string value{};     ///< "3", "€ 38,50", "26 / 64"; empty where there is none
  std::string language{};  ///< "nl", "ar", ...
  Rect rect;
  int parent = -1;       ///< index in the tree, -1 for the root
  std::uint64_t id = 0;  ///< the same in each frame for the same target
};

class SemanticTree {
 public:
  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  /// The last drawn (topmost) node of that exact name; targets before others; null when there is none.
  [[nodiscard]] const Node* find(std::string_view name) const;
  [[nodiscard]] const Node* find(Role role, std::string_view name = {}) const;
  [[nodiscard]] std::vector<const Node*> all(Role role) const;
  /// One line a node, indented: for failure messages and the log of tests.
  [[nodiscard]] std::string dump() const;

 private:
  friend class Ui;
  std::vector<Node> nodes_;
};

}  // namespace huisbord::ui
