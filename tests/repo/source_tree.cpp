// SPDX-License-Identifier: GPL-3.0-or-later
// Walking the tree.
#include "tests/repo/source_tree.h"

#include <algorithm>
#include <fstream>
#include <set>

namespace huisbord::repo {

namespace fs = std::filesystem;

std::string SourceFile::folder() const {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

bool SourceFile::is_cpp() const { return path.ends_with(".cpp") || path.ends_with(".h"); }

std::vector<SourceFile> read_tree(const fs::path& top) {
  static const std::set<std::string> skipped{".git", "build", "node_modules"};
  std::vector<SourceFile> files;
  for (auto entry = fs::recursive_directory_iterator(top); entry != fs::recursive_directory_iterator(); ++entry) {
    if (skipped.contains(entry->path().filename().string())) {
      entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file()) continue;
    SourceFile file{fs::relative(entry->path(), top).generic_string(), {}};
    std::ifstream in(entry->path(), std::ios::binary);
    bool text = true;
    for (std::string line; text && std::getline(in, line);) {
      text = line.find('\0') == std::string::npos;
      file.lines.push_back(std::move(line));
    }
    if (text) files.push_back(std::move(file));
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::string listed(const Findings& findings) {
  std::string text;
  for (const std::string& finding : findings) text += "\n  " + finding;
  return text;
}

}  // namespace huisbord::repo
