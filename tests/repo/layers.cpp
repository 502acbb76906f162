// SPDX-License-Identifier: GPL-3.0-or-later
// Reading layers.txt, CMakeLists.txt and the includes, and comparing them.
#include "tests/repo/layers.h"

#include <algorithm>
#include <regex>
#include <sstream>

namespace huisbord::repo {

namespace {

/// A library from outside and the places (a folder with what is in it, or one file) that may include it.
struct Gate {
  std::regex header;
  std::vector<std::string> places;
};

const std::vector<Gate>& gates() {
  static const std::vector<Gate> all{
      {std::regex("sodium(\\.h|/.*)"), {"core/crypto/"}},
      {std::regex("(sqlcipher/)?sqlite3(ext)?\\.h"), {"core/store/", "app/relay/"}},
      {std::regex("curl/.*"), {"core/sync/https_exchange.cpp"}},
      {std::regex("(imgui/)?im(gui|config|stb).*\\.h"), {"app/kiosk/"}},
      {std::regex("(SDL2/)?SDL.*\\.h"), {"app/kiosk/"}},
      {std::regex("(pango|fontconfig)/.*|ft2build\\.h|hb\\.h|qrencode\\.h"), {"app/kiosk/"}},
      {std::regex("boost/(beast|asio).*"), {"app/relay/", "app/desk/"}},
      {std::regex("zstd.*\\.h"), {"core/journal/"}},
      {std::regex("libical/.*|csv\\.h"), {"app/ctl/"}},
      {std::regex("spdlog/.*|CLI/.*|toml\\+\\+/.*"), {"app/"}},
  };
  return all;
}

/// domain reads no clock, file, network or randomness: what it could do so with.
const std::regex& impure() {
  static const std::regex headers(
      "fstream|iostream|filesystem|cstdio|stdio\\.h|random|thread|mutex|ctime|time\\.h|sys/.*|unistd\\.h|core/base/random\\.h");
  return headers;
}

struct Include {
  std::string target;
  bool quoted;
  std::size_t line;
};

std::vector<Include> includes_of(const SourceFile& file) {
  static const std::regex form("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"].*");
  std::vector<Include> found;
  std::smatch match;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    if (std::regex_match(file.lines[i], match, form)) found.push_back({match[2], match[1] == "\"", i + 1});
  }
  return found;
}

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

bool is_product(const std::string& path) { return path.starts_with("core/") || path.starts_with("app/"); }

const SourceFile* find(const std::vector<SourceFile>& tree, const std::string& path) {
  const auto at = std::ranges::find(tree, path, &SourceFile::path);
  return at == tree.end() ? nullptr : &*at;
}

std::vector<std::string> words(const std::string& line) {
  std::istringstream in(line.substr(0, line.find('#')));
  std::vector<std::string> all;
  for (std::string word; in >> word;) all.push_back(word);
  return all;
}

/// Folder -> what its line in CMakeLists.txt names after USES.
Layers read_links(const std::vector<SourceFile>& tree) {
  Layers links;
  const SourceFile* file = find(tree, "CMakeLists.txt");
  if (!file) return links;
  static const std::regex form("huisbord_(folder|program)\\((\\S+?)(\\s.*)?\\)\\s*");
  std::smatch match;
  for (const std::string& line : file->lines) {
    if (!std::regex_match(line, match, form)) continue;
    auto& uses = links[match[2]];
    bool collecting = false;
    for (const std::string& word : words(match[3])) {
      if (word == "USES" || word == "LIBRARIES")
        collecting = word == "USES";
      else if (collecting)
        uses.insert(word);
    }
  }
  return links;
}

void check_gates(const SourceFile& file, const Include& include, const std::string& place, Findings& findings) {
  for (const Gate& gate : gates()) {
    if (!std::regex_match(include.target, gate.header)) continue;
    const bool allowed = std::ranges::any_of(gate.places, [&](const std::string& at) { return file.path.starts_with(at); });
    if (!allowed) findings.push_back(place + " includes " + include.target + ", whose only gate is " + gate.places.front());
  }
  if (file.folder() == "core/domain" && std::regex_match(include.target, impure())) {
    findings.push_back(place + " includes " + include.target + ", but domain reads no clock, file or randomness");
  }
}

}  // namespace

Layers read_layers(const std::vector<SourceFile>& tree) {
  Layers layers;
  const SourceFile* file = find(tree, "core/layers.txt");
  if (!file) return layers;
  for (const std::string& line : file->lines) {
    const auto all = words(line);
    if (all.empty()) continue;
    auto& allowed = layers[all.front()];
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (all[i] != "-") allowed.insert(all[i]);
    }
  }
  return layers;
}

Findings check_includes(const std::vector<SourceFile>& tree) {
  Findings findings;
  const Layers layers = read_layers(tree);
  if (layers.empty()) findings.push_back("core/layers.txt is missing or empty");
  for (const auto& [folder, allowed] : layers) {
    for (const std::string& name : allowed) {
      if (!layers.contains(name) && !find(tree, name))
        findings.push_back("core/layers.txt: " + folder + " names " + name + ", which has no line");
    }
  }
  std::set<std::string> without_line;
  for (const SourceFile& file : tree) {
    if (!file.is_cpp() || !is_product(file.path)) continue;
    const auto layer = layers.find(file.folder());
    if (layer == layers.end() && without_line.insert(file.folder()).second) {
      findings.push_back(file.folder() + " has no line in core/layers.txt");
    }
    for (const Include& include : includes_of(file)) {
      const std::string place = file.path + ":" + std::to_string(include.line);
      if (include.target.starts_with("tests/")) {
        findings.push_back(place + " includes " + include.target + ", but no product file includes tests/");
      } else if (is_product(include.target)) {
        const std::string target = folder_of(include.target);
        const bool allowed = target == file.folder() ||
                             (layer != layers.end() && (layer->second.contains(target) || layer->second.contains(include.target)));
        if (!allowed) findings.push_back(place + " includes " + include.target + ", which core/layers.txt does not allow");
      } else if (include.quoted && find(tree, file.folder() + "/" + include.target)) {
        findings.push_back(place + " includes " + include.target + ": name it from the top of the tree");
      }
      check_gates(file, include, place, findings);
    }
  }
  return findings;
}

Findings check_links(const std::vector<SourceFile>& tree) {
  Findings findings;
  const Layers layers = read_layers(tree);
  for (const auto& [folder, uses] : read_links(tree)) {
    for (const std::string& used : uses) {
      const bool allowed = layers.contains(folder) && layers.at(folder).contains(used);
      if (!allowed)
        findings.push_back("CMakeLists.txt links " + folder + " to " + used + ", which core/layers.txt does not let it include");
    }
  }
  return findings;
}

std::set<std::string> linked_folders(const std::vector<SourceFile>& tree, const std::string& folder) {
  const Layers links = read_links(tree);
  std::set<std::string> reached;
  std::vector<std::string> open{folder};
  while (!open.empty()) {
    const std::string next = open.back();
    open.pop_back();
    if (!links.contains(next)) continue;
    for (const std::string& used : links.at(next)) {
      if (reached.insert(used).second) open.push_back(used);
    }
  }
  return reached;
}

}  // namespace huisbord::repo
