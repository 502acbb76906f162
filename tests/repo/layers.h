// SPDX-License-Identifier: GPL-3.0-or-later
// Who may include whom: core/layers.txt and the gates of the outside libraries, asked of every #include in core/ and app/.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/repo/source_tree.h"

namespace huisbord::repo {

/// Folder -> folders (or single headers) that its files may include.
using Layers = std::map<std::string, std::set<std::string>>;

/// Reads core/layers.txt out of the tree; a missing or unreadable one gives no layers, so that every include is a finding.
[[nodiscard]] Layers read_layers(const std::vector<SourceFile>& tree);

/// Every include of core/ and app/ that layers.txt or a gate does not allow, every folder without a line, every line that names no folder.
[[nodiscard]] Findings check_includes(const std::vector<SourceFile>& tree);

/// Every folder that CMakeLists.txt links a target to although layers.txt does not let it include that folder.
[[nodiscard]] Findings check_links(const std::vector<SourceFile>& tree);

/// Every folder that CMakeLists.txt links `folder` to, through others too.
[[nodiscard]] std::set<std::string> linked_folders(const std::vector<SourceFile>& tree, const std::string& folder);

}  // namespace huisbord::repo
