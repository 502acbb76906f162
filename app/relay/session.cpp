// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP/1.1 by Boost.Beast: header lines first, then the body in pieces, so that nothing is allocated for what was only announced.
#include "app/relay/session.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <ctime>

#include "core/sync/wire/limits.h"

namespace huisbord::relay {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using Steady = std::chrono::steady_clock;

namespace {

constexpr std::size_t piece_size = std::size_t{64} << 10;
constexpr std::string_view health_type = "text/plain";

std::string http_date(Millis now) {
  const std::time_t seconds = now.value / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  std::array<char, 64> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text.data(), size};
}

}  // namespace

class Session::Inside {
 public:
  Inside(asio::ip::tcp::socket socket, Traffic& traffic) : stream_(std::move(socket)), traffic_(traffic) {
    buffer_.max_size(piece_size + wire::max_header_lines);
  }

  asio::awaitable<void> serve() {
    while (!traffic_.stopping && co_await await_request()) {
      at_work_ = true;
      const bool another = co_await exchange();
      at_work_ = false;
      if (!another) break;
    }
    beast::error_code ignored;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    stream_.close();
  }
  void stop() {
    if (!at_work_) close();
  }
  void close() { stream_.close(); }

 private:
  using Parser = http::request_parser<http::buffer_body>;
  struct Answered {
    explicit Answered(const asio::any_io_executor& executor) : ready(executor, Steady::time_point::max()) {}
    asio::steady_timer ready;
    Reply reply;
  };

  /// The first byte of the next request.
  asio::awaitable<bool> await_request() {
    if (buffer_.size() > 0) co_return true;
    beast::error_code error;
    stream_.expires_after(traffic_.settings.idle);
    const std::size_t size =
        co_await stream_.async_read_some(buffer_.prepare(wire::max_header_lines), asio::redirect_error(asio::use_awaitable, error));
    buffer_.commit(size);
    co_return !error;
  }

  /// True when another request may follow on this connection.
  asio::awaitable<bool> exchange() {
    Parser parser;
    parser.header_limit(wire::max_header_lines);
    parser.body_limit(wire::max_body);
    beast::error_code error;
    stream_.expires_after(traffic_.settings.headers);
    co_await http::async_read_header(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
    if (error == http::error::body_limit) co_return co_await last_words(wire::Refusal::TOO_LARGE);
    if (error == http::error::header_limit || error == http::error::buffer_overflow)
      co_return co_await last_words(wire::Refusal::TOO_LARGE);
    if (error && error.category() == beast::http::make_error_code(http::error::bad_version).category() &&
        error != http::error::end_of_stream && error != http::error::partial_message)
      co_return co_await last_words(wire::Refusal::MALFORMED);
    if (error) co_return false;

    const bool keep = parser.get().keep_alive() && parser.get().version() == 11;
    const std::string method(parser.get().method_string());
    const std::string target(parser.get().target());
    if (target == "/healthz") {
      if (method != "GET" || !parser.is_done()) co_return co_await last_words(wire::Refusal::MALFORMED);
      const bool healthy = traffic_.service.healthy();
      const Reply reply{
          .status = healthy ? 200u : 503u, .content_type = health_type, .body = to_bytes(view(healthy ? "ok\n" : "failing\n"))};
      co_return co_await write(reply, keep);
    }
    if (parser.chunked() || !parser.content_length()) co_return co_await last_words(wire::Refusal::MALFORMED);
    const auto size = static_cast<std::size_t>(*parser.content_length());
    if (size > wire::max_body) co_return co_await last_words(wire::Refusal::TOO_LARGE);
    if (traffic_.bytes_at_work + size > traffic_.settings.bytes_at_work) co_return co_await last_words(wire::Refusal::BUSY);

    traffic_.bytes_at_work += size;
    const auto field = [&](const char* name) { return std::string(parser.get()[name]); };
    Request request{.method = method,
                    .target = target,
                    .content_type = field("Content-Type"),
                    .signature = {.content_digest = field("Content-Digest"),
                                  .signature_input = field("Signature-Input"),
                                  .signature = field("Signature")},
                    .body = {}};
    const bool whole = co_await read_body(parser, size, request.body);
    const auto answered = std::make_shared<Answered>(stream_.get_executor());
    if (whole) co_await ask(std::move(request), answered);
    traffic_.bytes_at_work -= size;
    if (!whole) co_return false;
    co_return co_await write(answered->reply, keep);
  }

  /// False when the sender was cut off or too slow.
  asio::awaitable<bool> read_body(Parser& parser, std::size_t size, Bytes& body) {
    beast::error_code error;
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
      http::response<http::empty_body> proceed(http::status::continue_, 11);
      stream_.expires_after(traffic_.settings.progress);
      co_await http::async_write(stream_, proceed, asio::redirect_error(asio::use_awaitable, error));
      if (error) co_return false;
    }
    const Steady::time_point last = deadline(size);
    std::size_t filled = 0;
    while (!parser.is_done()) {
      body.resize(std::min(size, filled + piece_size));
      parser.get().body().data = body.data() + filled;
      parser.get().body().size = body.size() - filled;
      const std::size_t offered = parser.get().body().size;
      stream_.expires_at(std::min(last, Steady::now() + traffic_.settings.progress));
      co_await http::async_read_some(stream_, buffer_, parser, asio::redirect_error(asio::use_awaitable, error));
      if (error == http::error::need_buffer) error = {};
      if (error) co_return false;
      filled += offered - parser.get().body().size;
    }
    body.resize(filled);
    co_return true;
  }

  /// Resumes on this connection's thread when the service has answered.
  asio::awaitable<void> ask(Request request, std::shared_ptr<Answered> answered) {
    traffic_.service.answer(std::move(request), [answered](Reply reply) {
      asio::post(answered->ready.get_executor(), [answered, reply = std::move(reply)]() mutable {
        answered->reply = std::move(reply);
        answered->ready.cancel();
      });
    });
    beast::error_code cancelled;
    co_await answered->ready.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }

  /// A refusal after which the connection closes, because the rest of the request was not read.
  asio::awaitable<bool> last_words(wire::Refusal::Reason reason) {
    const Reply reply = refusal(reason);
    const bool written = co_await write(reply, false);
    if (!written) co_return false;
    // Closing over unread bytes would reset the connection before the sender has read the refusal.
    beast::error_code error;
    stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, error);
    Bytes dropped(piece_size);
    stream_.expires_after(std::min(traffic_.settings.progress, std::chrono::seconds(2)));
    for (std::size_t total = 0; !error && total < wire::max_body;)
      total += co_await stream_.async_read_some(asio::buffer(dropped), asio::redirect_error(asio::use_awaitable, error));
    co_return false;
  }

  asio::awaitable<bool> write(const Reply& reply, bool keep) {
    const bool another = keep && !traffic_.stopping;
    http::response<http::span_body<const std::uint8_t>> response(static_cast<http::status>(reply.status), 11);
    response.set(http::field::date, http_date(traffic_.clock.now()));
    response.set(http::field::content_type, beast::string_view(reply.content_type.data(), reply.content_type.size()));
    response.set(http::field::cache_control, "no-store");
    response.body() = {reply.body.data(), reply.body.size()};
    response.keep_alive(another);
    response.content_length(reply.body.size());
    http::response_serializer<http::span_body<const std::uint8_t>> serializer(response);
    const Steady::time_point last = deadline(reply.body.size());
    beast::error_code error;
    while (!serializer.is_done() && !error) {
      stream_.expires_at(std::min(last, Steady::now() + traffic_.settings.progress));
      co_await http::async_write_some(stream_, serializer, asio::redirect_error(asio::use_awaitable, error));
    }
    co_return !error && another;
  }

  [[nodiscard]] Steady::time_point deadline(std::size_t size) const {
    return Steady::now() + traffic_.settings.progress + std::chrono::seconds(size / traffic_.settings.slowest);
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  Traffic& traffic_;
  bool at_work_ = false;
};

Session::Session(asio::ip::tcp::socket socket, Traffic& traffic) : inside_(std::make_unique<Inside>(std::move(socket), traffic)) {}
Session::~Session() = default;
asio::awaitable<void> Session::serve() { return inside_->serve(); }
void Session::stop() { inside_->stop(); }
void Session::close() { inside_->close(); }

}  // namespace huisbord::relay
