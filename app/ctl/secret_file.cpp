// SPDX-License-Identifier: GPL-3.0-or-later
// Reading secrets, with a warning where they lie open.
#include "app/ctl/secret_file.h"

#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "core/crypto/durable_file.h"
#include "core/crypto/memory.h"
#include "core/crypto/words.h"

namespace huisbord {
namespace {

constexpr std::size_t longest_secret = 512;
constexpr std::size_t shortest_passphrase = 8;
constexpr const char* phrase_variable = "HUISBORD_PHRASE";

crypto::SecretBytes first_line(ByteView bytes) {
  std::size_t end = 0;
  while (end < bytes.size() && bytes[end] != '\n' && bytes[end] != '\r') ++end;
  return crypto::SecretBytes::copy_of(bytes.first(end));
}

Result<crypto::SecretBytes> line_from_descriptor(int descriptor) {
  crypto::SecretBytes buffer = crypto::SecretBytes::of_size(longest_secret);
  std::size_t size = 0;
  while (size < longest_secret) {
    const ssize_t got = ::read(descriptor, buffer.mutable_view().data() + size, 1);
    if (got <= 0 || buffer.view()[size] == '\n') break;
    ++size;
  }
  if (size == longest_secret)
    return fail(ErrorCode::too_large, "a secret has fewer than " + std::to_string(longest_secret) + " characters");
  return first_line(buffer.view().first(size));
}

/// The terminal without echo, as it was when this goes.
class QuietTerminal {
 public:
  QuietTerminal() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    changed_ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
  }
  ~QuietTerminal() {
    if (changed_) tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

Result<crypto::SecretBytes> ask(const std::string& question) {
  if (isatty(STDIN_FILENO) == 0) {
    return fail(ErrorCode::invalid,
                "there is no terminal to ask for the " + question + " on; name a file that holds it (\"-\" for standard input)");
  }
  std::fputs((question + ": ").c_str(), stderr);
  auto line = [] {
    const QuietTerminal quiet;
    return line_from_descriptor(STDIN_FILENO);
  }();
  std::fputs("\n", stderr);
  return line;
}

}  // namespace

Result<crypto::SecretBytes> read_secret_line(const std::filesystem::path& path) {
  if (path == "-") return line_from_descriptor(STDIN_FILENO);
  struct stat status{};
  if (::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 077) != 0) {
    std::fprintf(stderr, "warning: %s can be read by others; make it yours alone with: chmod 600\n", path.c_str());
  }
  TRY_ASSIGN(Bytes bytes, crypto::read_small_file(path, longest_secret));
  crypto::SecretBytes line = first_line(bytes);
  crypto::wipe(bytes);
  return line;
}

Result<crypto::SecretBytes> read_phrase(const std::filesystem::path& file) {
  const char* given = std::getenv(phrase_variable);
  crypto::SecretBytes typed;
  if (!file.empty()) {
    TRY_ASSIGN(typed, read_secret_line(file));
  } else if (given != nullptr && *given != '\0') {
    typed = crypto::SecretBytes::copy_of(view(given));
  } else {
    TRY_ASSIGN(typed, ask("house phrase"));
  }
  return crypto::normalise_phrase(text_view(typed.view()));
}

Result<crypto::SecretBytes> read_passphrase(const std::filesystem::path& file, const std::string& question) {
  crypto::SecretBytes typed;
  if (file.empty()) {
    TRY_ASSIGN(typed, ask(question));
  } else {
    TRY_ASSIGN(typed, read_secret_line(file));
  }
  if (typed.size() < shortest_passphrase) {
    return fail(ErrorCode::invalid, "the " + question + " is shorter than " + std::to_string(shortest_passphrase) + " characters");
  }
  return typed;
}

}  // namespace huisbord
