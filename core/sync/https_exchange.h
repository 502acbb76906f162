// SPDX-License-Identifier: GPL-3.0-or-later
// One request and its answer over HTTP/1.1, with TLS where the address says https; the only place that includes libcurl.
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

/// Keeps its connections. For one thread at a time. Redirects are not followed.
class HttpsExchange {
 public:
  struct Settings {
    std::string authorities;  ///< file of certificates to trust instead of the system's; empty: the system's
    std::chrono::milliseconds connect{10'000};
    std::chrono::seconds silence{30};  ///< slower than 30 bytes a second for so long ends a call
  };
  struct Question {
    const char* method;
    std::string url;
    std::vector<std::string> header_lines;  ///< "Name: value"
    ByteView body;                          ///< must outlive the call
    std::size_t expected = 0;               ///< bytes of the answer: gives a slow line its time
  };
  struct Answer {
    long status = 0;
    std::string content_type;
    Bytes body;  ///< at most wire's 4 MiB
    std::optional<Millis> date;
  };

  explicit HttpsExchange(Settings settings);
  ~HttpsExchange();
  HttpsExchange(const HttpsExchange&) = delete;
  HttpsExchange& operator=(const HttpsExchange&) = delete;

  /// network; unavailable when stopped, within a moment of it.
  [[nodiscard]] Result<Answer> ask(const Question& question, const std::stop_token& stop);

 private:
  class Curl;
  std::unique_ptr<Curl> curl_;
};

}  // namespace huisbord
