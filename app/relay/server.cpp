// SPDX-License-Identifier: GPL-3.0-or-later
// Accepts connections, counts them, and stops without cutting off who is being answered.
#include "app/relay/server.h"

#include <csignal>
#include <set>

#include "app/relay/log.h"
#include "app/relay/session.h"

namespace huisbord::relay {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

std::string text_of(const tcp::endpoint& endpoint) {
  const std::string address = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? "[" + address + "]" : address) + ":" + std::to_string(endpoint.port());
}

}  // namespace

class Server::Inside {
 public:
  Inside(Settings settings, const Clock& clock)
      : settings_(std::move(settings)), clock_(clock), acceptor_(io_), signals_(io_), grace_(io_) {}

  /// Listens first: before that no port is known, nor the address that callers sign.
  [[nodiscard]] Status open() {
    TRY_STATUS(listen());
    if (settings_.url.empty()) settings_.url = "http://" + text_of(endpoint());
    TRY_ASSIGN(service_, Service::open(settings_, clock_));
    traffic_.emplace(Traffic{.service = *service_, .settings = settings_, .clock = clock_});
    asio::co_spawn(io_, accept(), asio::detached);
    return {};
  }

  [[nodiscard]] Status listen() {
    boost::system::error_code error;
    const auto address = asio::ip::make_address(settings_.address, error);
    if (error) return fail(ErrorCode::invalid, "\"" + settings_.address + "\" is not an IP address");
    const tcp::endpoint endpoint(address, settings_.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(tcp::acceptor::max_listen_connections, error);
    if (error) return fail(ErrorCode::io, "the relay cannot listen on " + settings_.address + ": " + error.message());
    return {};
  }

  void stop_on_signals() {
    signals_.add(SIGTERM);
    signals_.add(SIGINT);
    signals_.async_wait([this](const boost::system::error_code& error, int) {
      if (!error) stop_here();
    });
  }
  void run() { io_.run(); }
  void stop() {
    asio::post(io_, [this] { stop_here(); });
  }
  [[nodiscard]] tcp::endpoint endpoint() const {
    boost::system::error_code error;
    return acceptor_.local_endpoint(error);
  }

 private:
  asio::awaitable<void> accept() {
    for (;;) {
      boost::system::error_code error;
      tcp::socket socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
      if (!acceptor_.is_open()) co_return;
      if (error) {
        // Out of descriptors, most likely: wait for connections to end, rather than spin.
        asio::steady_timer pause(io_, std::chrono::milliseconds(100));
        co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
        continue;
      }
      if (sessions_.size() >= settings_.connections) {
        socket.close(error);
        continue;
      }
      socket.set_option(tcp::no_delay(true), error);
      const auto session = std::make_shared<Session>(std::move(socket), *traffic_);
      sessions_.insert(session);
      asio::co_spawn(io_, hold(session), asio::detached);
    }
  }
  asio::awaitable<void> hold(std::shared_ptr<Session> session) {
    co_await session->serve();
    sessions_.erase(session);
    if (traffic_->stopping && sessions_.empty()) grace_.cancel();
  }

  void stop_here() {
    if (traffic_->stopping) return;
    traffic_->stopping = true;
    boost::system::error_code ignored;
    signals_.cancel(ignored);
    acceptor_.close(ignored);
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
  std::unique_ptr<Service> service_;
  std::optional<Traffic> traffic_;
  tcp::acceptor acceptor_;
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

std::string Server::listening_on() const { return text_of(inside_->endpoint()); }
std::uint16_t Server::port() const { return inside_->endpoint().port(); }
void Server::run() { inside_->run(); }
void Server::stop() { inside_->stop(); }
void Server::stop_on_signals() { inside_->stop_on_signals(); }

}  // namespace huisbord::relay
