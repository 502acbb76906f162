// SPDX-License-Identifier: GPL-3.0-or-later
// The relay in this process: its service alone, or its server on loopback.
#pragma once

#include <future>
#include <thread>

#include "app/relay/log.h"
#include "app/relay/server.h"
#include "app/relay/service.h"
#include "core/sync/wire/limits.h"
#include "tests/support/paper_organisation.h"
#include "tests/support/temporary_folder.h"

namespace huisbord::relay {

[[nodiscard]] inline Settings settings_for(const PaperOrganisation& organisation, const std::filesystem::path& data) {
  static_cast<void>(set_log_level("off"));
  Settings settings;
  settings.port = 0;
  settings.data = data;
  settings.root = organisation.root();
  return settings;
}

/// Asks a service and waits for its answer; signs as the organisation's desk, or as the device named last.
class Asked {
 public:
  Asked(Settings settings, const PaperOrganisation& organisation) : organisation_(organisation) {
    if (settings.url.empty()) settings.url = "http://" + std::string(authority);
    service_ = *Service::open(settings, system_clock());
  }
  Asked& as(DeviceNumber device) {
    device_ = device;
    return *this;
  }

  Reply ask(const std::string& method, const std::string& target, std::string_view type, Bytes body) {
    return answer_to(signed_request(method, target, type, std::move(body), 0));
  }
  /// \p late seconds after now.
  [[nodiscard]] Request signed_request(const std::string& method, const std::string& target, std::string_view type, Bytes body,
                                       std::int64_t late) const {
    const PaperOrganisation::Device& device = organisation_.device(device_);
    Request request{.method = method, .target = target, .content_type = std::string(type), .signature = {}, .body = std::move(body)};
    request.signature = wire::sign_request({.method = method, .authority = authority, .path = target, .query = {}}, request.body,
                                           system_clock().now().value / 1000 + late, device.listed.id, device.request);
    return request;
  }
  Reply answer_to(Request request) {
    std::promise<Reply> answered;
    service_->answer(std::move(request), [&](Reply reply) { answered.set_value(std::move(reply)); });
    return answered.get_future().get();
  }
  Reply put_charter(const OrganisationId& organisation, const ScopeId& scope, const Bytes& charter) {
    wire::CharterRequest request;
    request.set_charter(charter.data(), charter.size());
    return ask("PUT", path(organisation, scope) + "charter", wire::charter_type, wire::to_body(request));
  }
  Reply push(const OrganisationId& organisation, const ScopeId& scope, const std::vector<Bytes>& segments) {
    wire::PushRequest request;
    for (const Bytes& segment : segments) request.add_segments(segment.data(), segment.size());
    return ask("PUT", path(organisation, scope) + "segments", wire::push_type, wire::to_body(request));
  }
  Reply pull(const OrganisationId& organisation, const ScopeId& scope, const wire::PullRequest& request) {
    return ask("POST", path(organisation, scope) + "pull", wire::pull_type, wire::to_body(request));
  }
  static std::string path(const OrganisationId& organisation, const ScopeId& scope) {
    return "/v1/" + organisation.hex() + "/" + scope.hex() + "/";
  }
  Service& service() { return *service_; }
  static constexpr std::string_view authority = "relay.test";

 private:
  const PaperOrganisation& organisation_;
  DeviceNumber device_ = 1;
  std::unique_ptr<Service> service_;
};

/// Stops when it goes, as SIGTERM would stop it.
class RunningRelay {
 public:
  explicit RunningRelay(const Settings& settings) : server_(*Server::open(settings, system_clock())), thread_([this] { server_->run(); }) {}
  ~RunningRelay() {
    server_->stop();
    thread_.join();
  }
  RunningRelay(const RunningRelay&) = delete;
  RunningRelay& operator=(const RunningRelay&) = delete;
  [[nodiscard]] std::string url(const std::string& scheme = "http") const { return scheme + "://" + server_->listening_on(); }
  [[nodiscard]] std::uint16_t port() const { return server_->port(); }
  Server& server() { return *server_; }

 private:
  std::unique_ptr<Server> server_;
  std::thread thread_;
};

}  // namespace huisbord::relay
