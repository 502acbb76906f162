// SPDX-License-Identifier: GPL-3.0-or-later
// The real relay over TLS with a certificate of its own, and requests signed beforehand.
#pragma once

#include <sys/resource.h>

#include "core/sync/wire/limits.h"
#include "core/sync/wire/messages.h"
#include "core/sync/wire/request_signature.h"
#include "tests/bench/relay_load.h"
#include "tests/support/certificate.h"
#include "tests/support/memory_log.h"

namespace huisbord {

inline void raise_descriptors() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

class BenchRelay {
 public:
  /// \p url: under which it is called, when that is another than where it listens.
  explicit BenchRelay(const PaperOrganisation& organisation, const std::string& url = {})
      : authority_(folder_.path() / "tls"),
        pair_(authority_.certify("relay", "IP:127.0.0.1")),
        program_(std::string(HUISBORD_BINARY_DIR) + "/bin/huisbord-relay", arguments(organisation, url)) {
    const std::string line = program_.line();
    authority = line.substr(line.rfind(' ') + 1);
    url_ = url;
  }
  [[nodiscard]] std::string url() const { return url_.empty() ? "https://" + authority : url_; }
  [[nodiscard]] std::string trusted() const { return authority_.trusted(); }
  [[nodiscard]] std::uint16_t port() const { return static_cast<std::uint16_t>(std::stoi(authority.substr(authority.find(':') + 1))); }
  [[nodiscard]] pid_t process() const { return program_.process(); }
  std::string authority;

 private:
  std::vector<std::string> arguments(const PaperOrganisation& organisation, const std::string& url) {
    std::vector<std::string> words{"--listen",      "127.0.0.1:0",
                                   "--data",        (folder_.path() / "data").string(),
                                   "--root",        to_hex(organisation.root().bytes),
                                   "--certificate", pair_.certificate,
                                   "--key",         pair_.key,
                                   "--log-level",   "error"};
    if (!url.empty()) words.insert(words.end(), {"--url", url});
    return words;
  }
  std::string url_;
  TemporaryFolder folder_;
  CertificateAuthority authority_;
  CertificateAuthority::Pair pair_;
  ChildProgram program_;
};

/// The whole of a signed request as it goes over the line.
inline std::string signed_request(const BenchRelay& relay, const char* method, const std::string& path, std::string_view type,
                                  ByteView body, const PaperOrganisation::Device& device) {
  const auto fields = wire::sign_request({.method = method, .authority = relay.authority, .path = path, .query = {}}, body,
                                         system_clock().now().value / 1000, device.listed.id, device.request);
  return std::string(method) + " " + path + " HTTP/1.1\r\nHost: " + relay.authority + "\r\nContent-Type: " + std::string(type) +
         "\r\nContent-Digest: " + fields.content_digest + "\r\nSignature-Input: " + fields.signature_input +
         "\r\nSignature: " + fields.signature + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + to_string(body);
}

}  // namespace huisbord
