// SPDX-License-Identifier: GPL-3.0-or-later
// Accepts connections, counts them, and stops without cutting off who is being answered.
#include "app/relay/server.h"

#include <netinet/tcp.h>
#include <sys/resource.h>

#include <csignal>
#include <set>

#include "app/relay/listening.h"
#include "app/relay/log.h"
#include "app/relay/service_manager.h"
#include "app/relay/session.h"

namespace huisbord::relay {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr rlim_t descriptors_beside = 128;  // the mailbox, its readers, the log

/// As many descriptors as the machine allows, and no more connections than there are descriptors.
std::size_t connections_for(std::size_t wanted) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur <= descriptors_beside) return wanted;
  return std::min<std::size_t>(wanted, limit.rlim_cur - descriptors_beside);
}

}  // namespace

class Server::Inside {
 public:
  Inside(Settings settings, const Clock& clock)
      : settings_(std::move(settings)), clock_(clock), main_(io_), metrics_(io_), signals_(io_), grace_(io_) {}
  ~Inside() {
    if (service_) service_->news().listen({});
  }

  /// Listens first: before that no port is known, nor the address that callers sign.
  [[nodiscard]] Status open() {
    std::signal(SIGPIPE, SIG_IGN);  // whoever closes while we write is no reason to end
    settings_.connections = connections_for(settings_.connections);
    if (!settings_.certificate.empty()) {
      TRY_ASSIGN(identity_, load_identity(settings_.certificate, settings_.key));
    }
    TRY_STATUS(listen(main_, settings_.address, settings_.port, inherited_socket()));
    if (settings_.metrics) TRY_STATUS(listen(metrics_, settings_.metrics->address, settings_.metrics->port, std::nullopt));
    if (settings_.url.empty()) settings_.url = (identity_ ? "https://" : "http://") + text_of(endpoint_of(main_));
    TRY_ASSIGN(service_, Service::open(settings_, clock_));
    traffic_.emplace(Traffic{.service = *service_,
                             .settings = settings_,
                             .clock = clock_,
                             .metrics = service_->metrics(),
                             .news = NewsDesk(io_, service_->news())});
    service_->news().listen(
        [this](const ScopeName& name, const DeviceId& by) { asio::post(io_, [this, name, by] { traffic_->news.arrived(name, by); }); });
    asio::co_spawn(io_, accept(main_, Door::replicas), asio::detached);
    if (settings_.metrics) asio::co_spawn(io_, accept(metrics_, Door::watchmen), asio::detached);
    return {};
  }

  void heed_signals() {
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) signals_.add(signal);
    next_signal();
  }
  void run() {
    notify_service_manager("READY=1");
    io_.run();
  }
  void stop() {
    asio::post(io_, [this] { stop_here(); });
  }
  [[nodiscard]] const tcp::acceptor& main() const { return main_; }
  [[nodiscard]] const tcp::acceptor& metrics() const { return metrics_; }
  [[nodiscard]] Service& service() { return *service_; }

 private:
  void next_signal() {
    signals_.async_wait([this](const boost::system::error_code& error, int signal) {
      if (error) return;
      if (signal != SIGHUP) return stop_here();
      load_identity_again();
      next_signal();
    });
  }
  /// A certificate that cannot be used leaves the former one in use: a renewal gone wrong must not close every house's door.
  void load_identity_again() {
    if (identity_ == nullptr) return;
    auto loaded = load_identity(settings_.certificate, settings_.key);
    if (!loaded) return log_failure(loaded.error());
    identity_ = std::move(*loaded);
    log_event("certificate loaded");
  }

  asio::awaitable<void> accept(tcp::acceptor& acceptor, Door door) {
    for (;;) {
      boost::system::error_code error;
      tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
      if (!acceptor.is_open()) co_return;
      if (error) {
        // Out of descriptors, most likely: wait for connections to end, rather than spin.
        asio::steady_timer pause(io_, std::chrono::milliseconds(100));
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
        continue;
      }
      if (sessions_.size() >= settings_.connections) {
        ++traffic_->metrics.turned_away;
        socket.close(error);
        continue;
      }
      prepare(socket);
      const auto stream = std::make_shared<Stream>(std::move(socket), door == Door::replicas ? identity_ : nullptr);
      const auto session = std::make_shared<Session>(stream, door, *traffic_);
      sessions_.insert(session);
      traffic_->metrics.connections = sessions_.size();
      asio::co_spawn(io_, hold(session), asio::detached);
    }
  }
  /// A line that went silent in the middle of a long wait is noticed within some minutes, and costs next to nothing.
  static void prepare(tcp::socket& socket) {
    using Idle = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPIDLE>;
    using Between = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPINTVL>;
    using Count = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPCNT>;
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    socket.set_option(tcp::socket::keep_alive(true), ignored);
    socket.set_option(Idle(300), ignored);
    socket.set_option(Between(30), ignored);
    socket.set_option(Count(4), ignored);
  }
  asio::awaitable<void> hold(std::shared_ptr<Session> session) {
    co_await session->serve();
    sessions_.erase(session);
    traffic_->metrics.connections = sessions_.size();
    if (traffic_->stopping && sessions_.empty()) grace_.cancel();
  }

  void stop_here() {
    if (traffic_->stopping) return;
    traffic_->stopping = true;
    notify_service_manager("STOPPING=1");
    boost::system::error_code ignored;
    signals_.cancel(ignored);
    main_.close(ignored);
    metrics_.close(ignored);
    for (const auto& session : sessions_) session->stop();
    if (sessions_.empty()) return;
    grace_.expires_after(settings_.grace);
    grace_.async_wait([this](const boost::system::error_code& error) {
      if (error) return;
      for (const auto& session : sessions_) session->close();
    });
  }

  Settings settings_;
  const Clock& clock_;
  asio::io_context io_{1};
  TlsIdentity identity_;
  std::unique_ptr<Service> service_;
  std::optional<Traffic> traffic_;
  tcp::acceptor main_;
  tcp::acceptor metrics_;
  asio::signal_set signals_;
  asio::steady_timer grace_;
  std::set<std::shared_ptr<Session>> sessions_;
};

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::open(const Settings& settings, const Clock& clock) {
  auto inside = std::make_unique<Inside>(settings, clock);
  TRY_STATUS(inside->open());
  return std::unique_ptr<Server>(new Server(std::move(inside)));
}

std::string Server::listening_on() const { return text_of(endpoint_of(inside_->main())); }
std::uint16_t Server::port() const { return endpoint_of(inside_->main()).port(); }
std::uint16_t Server::metrics_port() const { return endpoint_of(inside_->metrics()).port(); }
Service& Server::service() { return inside_->service(); }
void Server::run() { inside_->run(); }
void Server::stop() { inside_->stop(); }
void Server::heed_signals() { inside_->heed_signals(); }

}  // namespace huisbord::relay
