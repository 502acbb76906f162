// SPDX-License-Identifier: GPL-3.0-or-later
// huisbord-relay: stores and forwards what it cannot read.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>

#include "app/relay/log.h"
#include "app/relay/server.h"
#include "core/crypto/start.h"

namespace {

int refuse(const huisbord::Error& error) {
  std::cerr << "huisbord-relay: " << error.sentence << '\n';
  return 1;
}

}  // namespace

int main(int count, char** arguments) {
  using namespace huisbord;
  CLI::App app("Stores and forwards the encrypted segments of one organisation. It holds no key and opens nothing.");
  std::string config, listen, url, certificate, key, metrics, data, root, log_level;
  app.add_option("--config", config, "settings as TOML; an option given here wins over the file");
  app.add_option("--listen", listen, "address:port; port 0 takes a free one and prints it");
  app.add_option("--url", url, "the address under which kiosks and desks call, where that is another");
  app.add_option("--certificate", certificate, "PEM file of the relay's certificate and its chain; without it plain HTTP");
  app.add_option("--key", key, "PEM file of the certificate's key");
  app.add_option("--metrics", metrics, "address:port where this machine's watchmen ask for /metrics");
  app.add_option("--data", data, "directory of the mailbox");
  app.add_option("--root", root, "the organisation's public root key, 64 hexadecimal digits");
  app.add_option("--log-level", log_level, "debug, info, warning, error or off");
  CLI11_PARSE(app, count, arguments);

  if (const Status ready = crypto::start(); !ready) return refuse(ready.error());
  relay::Settings settings;
  if (!config.empty())
    if (const Status read = relay::read_settings(config, settings); !read) return refuse(read.error());
  if (!listen.empty())
    if (const Status read = relay::read_listen(listen, settings); !read) return refuse(read.error());
  if (!root.empty())
    if (const Status read = relay::read_root(root, settings); !read) return refuse(read.error());
  if (!data.empty()) settings.data = data;
  if (!url.empty()) settings.url = url;
  if (!certificate.empty()) settings.certificate = certificate;
  if (!key.empty()) settings.key = key;
  if (!metrics.empty())
    if (const Status read = relay::read_metrics(metrics, settings); !read) return refuse(read.error());
  if (settings.certificate.empty() != settings.key.empty())
    return refuse({ErrorCode::invalid, "a certificate and its key belong together: --certificate FILE --key FILE"});
  if (!log_level.empty()) settings.log_level = log_level;
  if (settings.data.empty()) return refuse({ErrorCode::invalid, "a data directory is needed: --data DIR"});
  if (settings.root == crypto::SigningPublicKey{}) return refuse({ErrorCode::invalid, "the organisation's root key is needed: --root HEX"});
  if (!relay::set_log_level(settings.log_level)) return refuse({ErrorCode::invalid, "\"" + settings.log_level + "\" is no log level"});

  auto server = relay::Server::open(settings, system_clock());
  if (!server) return refuse(server.error());
  (*server)->heed_signals();
  std::printf("listening on %s\n", (*server)->listening_on().c_str());
  if ((*server)->metrics_port() != 0) std::printf("metrics on port %u\n", unsigned{(*server)->metrics_port()});
  std::fflush(stdout);
  (*server)->run();
  relay::log_event("stopped");
  return 0;
}
