// SPDX-License-Identifier: GPL-3.0-or-later
// Certificates for tests, made by OpenSSL's own program: for a host, for a while, by an authority or by themselves.
#pragma once

#include <filesystem>
#include <fstream>

#include "core/base/check.h"
#include "tests/support/child_program.h"

namespace huisbord {

/// An authority of its own in a folder; each certificate it signs is two files there.
class CertificateAuthority {
 public:
  explicit CertificateAuthority(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
    run({"req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650", "-subj",
         "/CN=test authority", "-keyout", path("ca.key"), "-out", path("ca.pem")});
  }
  [[nodiscard]] std::string trusted() const { return path("ca.pem"); }

  struct Pair {
    std::string certificate;
    std::string key;
  };
  /// \p host as "DNS:..." or "IP:...". \p days 0: ends at once.
  [[nodiscard]] Pair certify(const std::string& name, const std::string& host, int days = 30) const {
    const Pair pair{.certificate = path(name + ".pem"), .key = path(name + ".key")};
    std::ofstream(path(name + ".ext")) << "subjectAltName=" << host << "\n";
    run({"req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=relay", "-keyout", pair.key, "-out",
         path(name + ".csr")});
    run({"x509", "-req", "-in", path(name + ".csr"), "-CA", path("ca.pem"), "-CAkey", path("ca.key"), "-CAcreateserial", "-days",
         std::to_string(days), "-extfile", path(name + ".ext"), "-out", pair.certificate});
    return pair;
  }

 private:
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }
  static void run(const std::vector<std::string>& arguments) {
    ChildProgram openssl("openssl", arguments);
    CHECK(openssl.wait() == 0);
  }
  std::filesystem::path folder_;
};

}  // namespace huisbord
