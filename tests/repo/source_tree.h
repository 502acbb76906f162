// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a source tree as the rules about it need it: every file of ours with its lines, without what a build leaves behind.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace huisbord::repo {

struct SourceFile {
  std::string path;  ///< from the top of the tree, with slashes
  std::vector<std::string> lines;

  [[nodiscard]] std::string folder() const;
  [[nodiscard]] bool is_cpp() const;
};

/// A broken rule: where, and what to do.
using Findings = std::vector<std::string>;

/// Every text file under `top`, sorted by path; skips .git, build and what a package manager put there.
[[nodiscard]] std::vector<SourceFile> read_tree(const std::filesystem::path& top);

/// One line a finding, for a test's message.
[[nodiscard]] std::string listed(const Findings& findings);

}  // namespace huisbord::repo
