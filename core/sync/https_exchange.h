// SPDX-License-Identifier: GPL-3.0-or-later
// One question and its answer over HTTP/1.1, with TLS where the address says https, and one beside it; all of libcurl is here.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/clock.h"
#include "core/base/error.h"

namespace huisbord {

inline constexpr long http_ok = 200;

/// For one thread. Every call ends within a moment of its stop token. What answers is not judged here.
class HttpsExchange {
 public:
  struct Settings {
    std::string authorities{};                  ///< file of certificates to trust instead of the system's; empty: the system's
    std::chrono::milliseconds connect{60'000};  ///< with the TLS handshake, which takes a line of 2 kbit/s half a minute
    std::chrono::seconds silence{30};           ///< slower than 30 bytes a second for so long ends a call
  };
  struct Question {
    const char* method = "GET";
    std::string url{};
    std::vector<std::string> header_lines{};  ///< "Name: value"
    ByteView body{};                          ///< must outlive the call; not for GET
    std::size_t expected = 0;                 ///< bytes of the answer: gives a slow line its time
    std::chrono::seconds patience{0};         ///< how long the other side may think before it answers
  };
  struct Answer {
    long status = 0;
    std::string content_type;
    Bytes body;  ///< at most wire::max_body
    std::optional<Millis> date;
  };

  explicit HttpsExchange(Settings settings);
  ~HttpsExchange();
  HttpsExchange(const HttpsExchange&) = delete;
  HttpsExchange& operator=(const HttpsExchange&) = delete;

  /// network: no connection, or it broke; unavailable: stopped.
  [[nodiscard]] Result<Answer> ask(const Question& question, const std::stop_token& stop);

  /// Asks on a connection of its own, while ask() goes on. One at a time; the body is copied.
  void begin_beside(const Question& question);
  [[nodiscard]] bool is_beside() const;
  /// Gives it up.
  void end_beside();
  /// Its answer, for which at most \p most is waited now; nothing when there is none yet. Errors as ask(), after which it is over.
  [[nodiscard]] Result<std::optional<Answer>> answer_beside(std::chrono::milliseconds most, const std::stop_token& stop);

 private:
  class Inside;
  std::unique_ptr<Inside> inside_;
};

}  // namespace huisbord
