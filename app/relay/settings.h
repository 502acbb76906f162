// SPDX-License-Identifier: GPL-3.0-or-later
// What a relay is told when it starts, and the bounds of what it takes from the internet.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/error.h"
#include "core/crypto/signing.h"

namespace huisbord::relay {

struct Settings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8420;          ///< 0: any free one
  std::string url;                    ///< under which replicas call, as they sign it; empty: the address listened on
  std::filesystem::path certificate;  ///< PEM, with its chain; empty: plain HTTP, for loopback or behind something that speaks TLS
  std::filesystem::path key;
  struct Address {
    std::string address;
    std::uint16_t port = 0;
  };
  std::optional<Address> metrics;  ///< where watchmen ask for /metrics, in plain HTTP; nowhere without
  std::filesystem::path data;      ///< a directory that exists or can be made
  crypto::SigningPublicKey root;
  std::string log_level = "info";

  std::size_t connections = 16384;                        ///< also bounded by the descriptors that the machine allows
  std::size_t requests_at_work = 1024;                    ///< whole ones; more are told to come again
  std::size_t bytes_at_work = std::size_t{256} << 20;     ///< bodies in memory, over all connections
  std::uint64_t device_quota = std::uint64_t{512} << 20;  ///< bytes kept of one device in one scope
  std::chrono::seconds idle{75};                          ///< between two requests
  std::chrono::seconds headers{10};                       ///< from the first byte of a request to the end of its header lines
  std::chrono::seconds progress{30};                      ///< without a byte in either direction
  std::uint32_t slowest = 100;                            ///< bytes a second over a whole body, after `progress`
  std::chrono::seconds grace{10};                         ///< for requests at work when the relay stops
};

/// Reads a TOML file over the defaults. A key that is not known is an error, so that a misspelt bound is seen.
[[nodiscard]] Status read_settings(const std::filesystem::path& file, Settings& settings);
/// "address:port".
[[nodiscard]] Status read_listen(const std::string& text, Settings& settings);
/// "address:port" for watchmen.
[[nodiscard]] Status read_metrics(const std::string& text, Settings& settings);
/// 64 hexadecimal digits.
[[nodiscard]] Status read_root(const std::string& text, Settings& settings);

}  // namespace huisbord::relay
