// SPDX-License-Identifier: GPL-3.0-or-later
// Names of roles, and finding a node as a test or the tour asks for it.
#include "app/kiosk/widgets/semantics.h"

namespace huisbord::ui {

const char* name(Role role) {
  switch (role) {
    case Role::screen:
      return "screen";
    case Role::group:
      return "group";
    case Role::heading:
      return "heading";
    case Role::text:
      return "text";
    case Role::image:
      return "image";
    case Role::button:
      return "button";
    case Role::tile:
      return "tile";
    case Role::row:
      return "row";
    case Role::cell:
      return "cell";
    case Role::key:
      return "key";
    case Role::tab:
      return "tab";
    case Role::stepper:
      return "stepper";
    case Role::status:
      return "status";
    case Role::timer:
      return "timer";
    case Role::progress:
      return "progress";
    case Role::dialog:
      return "dialog";
    case Role::alert:
      return "alert";
    case Role::page:
      return "page";
    case Role::text_field:
      return "text_field";
  }
  return "text";
}

const Node* SemanticTree::find(std::string_view wanted) const {
  const Node* found = nullptr;
  for (const Node& node : nodes_)
    if (node.name == wanted && (found == nullptr || node.target || !found->target)) found = &node;
  return found;
}

const Node* SemanticTree::find(Role role, std::string_view wanted) const {
  const Node* found = nullptr;
  for (const Node& node : nodes_)
    if (node.role == role && (wanted.empty() || node.name == wanted)) found = &node;
  return found;
}

std::vector<const Node*> SemanticTree::all(Role role) const {
  std::vector<const Node*> found;
  for (const Node& node : nodes_)
    if (node.role == role) found.push_back(&node);
  return found;
}

std::string SemanticTree::dump() const {
  std::string out;
  for (const Node& node : nodes_) {
    for (int up = node.parent; up >= 0; up = nodes_[static_cast<std::size_t>(up)].parent) out += "  ";
    out += std::string(ui::name(node.role)) + " \"" + node.name + '"';
    if (!node.value.empty()) out += " = \"" + node.value + '"';
    if (node.target) out += " target";
    if (node.state.pressed) out += " pressed";
    if (node.state.selected) out += " selected";
    if (node.state.disabled) out += " disabled";
    out += " [" + node.language + "] " + std::to_string(static_cast<int>(node.rect.x)) + ',' +
           std::to_string(static_cast<int>(node.rect.y)) + ' ' + std::to_string(static_cast<int>(node.rect.w)) + 'x' +
           std::to_string(static_cast<int>(node.rect.h)) + '\n';
  }
  return out;
}

}  // namespace huisbord::ui
