// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP/1.1: header lines first, then the body in pieces, so that nothing is allocated for what was only announced.
#include "app/relay/session.h"

#include <ctime>

#include "app/relay/request_head.h"
#include "core/sync/wire/limits.h"

namespace huisbord::relay {

namespace asio = boost::asio;
using Steady = std::chrono::steady_clock;

namespace {

constexpr std::size_t piece_size = std::size_t{64} << 10;
constexpr std::size_t head_piece = 2048;
constexpr std::string_view text_type = "text/plain";

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
  Inside(std::shared_ptr<Stream> stream, Door door, Traffic& traffic) : stream_(std::move(stream)), door_(door), traffic_(traffic) {}

  asio::awaitable<void> serve() {
    if (co_await stream_->handshake(Steady::now() + traffic_.settings.progress)) {
      bool another = true;
      while (another && !traffic_.stopping) {
        another = co_await serve_one();
        at_work_ = false;
      }
    } else {
      ++traffic_.metrics.handshakes_failed;
    }
    stream_->end();
    stream_->close();
  }
  void stop() {
    if (waiting_ != nullptr) return NewsDesk::end(*waiting_);
    if (!at_work_) close();
  }
  void close() { stream_->close(); }

 private:
  /// True when another request may follow.
  asio::awaitable<bool> serve_one() {
    auto request = co_await receive();
    if (!request) co_return false;
    Reply reply = co_await answer(std::move(*request));
    request.reset();
    if (reply.wait) {
      Wait asked = std::move(*reply.wait);
      reply = co_await wait(std::move(asked));
    }
    co_return co_await write(reply, keep_);
  }

  struct Answered {
    explicit Answered(const asio::any_io_executor& executor) : ready(executor, Steady::time_point::max()) {}
    asio::steady_timer ready;
    Reply reply;
  };

  /// The next request, whole; nothing when the connection is at its end.
  asio::awaitable<std::optional<Request>> receive() {
    auto head = co_await receive_head();
    if (!head) co_return std::nullopt;
    keep_ = head->keep;
    Request request{.method = std::move(head->method),
                    .target = std::move(head->target),
                    .content_type = std::move(head->content_type),
                    .signature = std::move(head->signature),
                    .body = {}};
    const std::size_t size = head->content_length.value_or(0);
    if (request.method == "GET" ? size > 0 : !head->content_length) co_return co_await last_words(wire::Refusal::MALFORMED);
    if (traffic_.bytes_at_work + size > traffic_.settings.bytes_at_work) co_return co_await last_words(wire::Refusal::BUSY);
    traffic_.bytes_at_work += size;
    const bool whole =
        (!head->asks_to_go_on || co_await write_all("HTTP/1.1 100 Continue\r\n\r\n")) && co_await read_body(size, request.body);
    traffic_.bytes_at_work -= size;
    if (!whole) co_return std::nullopt;
    traffic_.metrics.bytes_in += head->size + size;
    co_return request;
  }

  asio::awaitable<std::optional<RequestHead>> receive_head() {
    Steady::time_point until = Steady::now() + traffic_.settings.idle;
    for (;;) {
      if (!held_.empty()) {
        if (!at_work_) until = Steady::now() + traffic_.settings.headers;
        at_work_ = true;
        const auto head = parse_head(held_);
        if (!head) {
          co_await last_words(head.error());
          co_return std::nullopt;
        }
        if (*head) {
          held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>((*head)->size));
          co_return *head;
        }
      } else {
        Bytes().swap(held_);  // a connection that says nothing holds nothing
      }
      std::array<std::uint8_t, head_piece> piece;
      const std::size_t size = co_await stream_->read_some(piece, until);
      if (size == 0) co_return std::nullopt;
      held_.insert(held_.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(size));
    }
  }

  /// False when the sender was cut off or too slow.
  asio::awaitable<bool> read_body(std::size_t size, Bytes& body) {
    const std::size_t here = std::min(size, held_.size());
    body.assign(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(here));
    held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(here));
    const Steady::time_point last = deadline(size);
    while (body.size() < size) {
      const std::size_t filled = body.size();
      body.resize(std::min(size, filled + piece_size));
      const std::size_t came =
          co_await stream_->read_some(std::span(body).subspan(filled), std::min(last, Steady::now() + traffic_.settings.progress));
      body.resize(filled + came);
      if (came == 0) co_return false;
    }
    co_return true;
  }

  asio::awaitable<Reply> answer(Request request) {
    if (door_ == Door::watchmen) co_return counts(request);
    if (request.target == "/healthz") co_return health(request);
    const auto answered = std::make_shared<Answered>(co_await asio::this_coro::executor);
    const std::size_t size = request.body.size();
    traffic_.bytes_at_work += size;
    traffic_.service.answer(std::move(request), [answered](Reply reply) {
      asio::post(answered->ready.get_executor(), [answered, reply = std::move(reply)]() mutable {
        answered->reply = std::move(reply);
        answered->ready.cancel();
      });
    });
    boost::system::error_code cancelled;
    co_await answered->ready.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
    traffic_.bytes_at_work -= size;
    co_return std::move(answered->reply);
  }
  [[nodiscard]] Reply health(const Request& request) const {
    if (request.method != "GET") return refusal(wire::Refusal::MALFORMED);
    const bool healthy = traffic_.service.healthy();
    return {.status = healthy ? 200u : 503u, .content_type = text_type, .body = to_bytes(view(healthy ? "ok\n" : "failing\n")), .wait = {}};
  }
  [[nodiscard]] Reply counts(const Request& request) const {
    if (request.target == "/healthz") return health(request);
    if (request.method != "GET" || request.target != "/metrics") return refusal(wire::Refusal::MALFORMED);
    return {.status = 200, .content_type = metrics_type, .body = to_bytes(view(traffic_.metrics.text())), .wait = {}};
  }

  /// Until there is news, the time is over, the relay stops, or the other side says or ends something.
  asio::awaitable<Reply> wait(Wait asked) {
    const auto waiter = std::make_shared<Waiter>(co_await asio::this_coro::executor, std::move(asked));
    traffic_.news.enter(waiter);
    if (traffic_.stopping) NewsDesk::end(*waiter);
    if (!waiter->over) {
      waiting_ = waiter.get();
      ++traffic_.metrics.waiting;
      stream_->watch([waiter] { NewsDesk::end(*waiter); });
      boost::system::error_code cancelled;
      co_await waiter->timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
      stream_->unwatch();
      --traffic_.metrics.waiting;
      waiting_ = nullptr;
    }
    traffic_.news.leave(waiter);
    co_return NewsDesk::reply(*waiter);
  }

  /// A refusal after which the connection closes, because the rest of the request was not read.
  asio::awaitable<std::optional<Request>> last_words(wire::Refusal::Reason reason) {
    const Reply reply = refusal(reason);
    co_await write(reply, false);
    // Closing over unread bytes would reset the connection before the sender has read the refusal.
    stream_->end();
    Bytes dropped(piece_size);
    const Steady::time_point until = Steady::now() + std::min(traffic_.settings.progress, std::chrono::seconds(2));
    for (std::size_t total = 0; total < wire::max_body;) {
      const std::size_t size = co_await stream_->read_some(dropped, until);
      if (size == 0) break;
      total += size;
    }
    co_return std::nullopt;
  }

  asio::awaitable<bool> write(const Reply& reply, bool keep) {
    const bool another = keep && !traffic_.stopping;
    traffic_.metrics.answered(reply.status);
    std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " " + std::string(status_text(reply.status)) +
                       "\r\nDate: " + http_date(traffic_.clock.now()) + "\r\nContent-Type: " + std::string(reply.content_type) +
                       "\r\nCache-Control: no-store\r\n" + (another ? "" : "Connection: close\r\n") +
                       "Content-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n";
    text += text_view(reply.body);
    co_return co_await write_all(text) && another;
  }
  asio::awaitable<bool> write_all(std::string_view text) {
    const Steady::time_point last = deadline(text.size());
    ByteView left = view(text);
    while (!left.empty()) {
      const std::size_t size = co_await stream_->write_some(left, std::min(last, Steady::now() + traffic_.settings.progress));
      if (size == 0) co_return false;
      traffic_.metrics.bytes_out += size;
      left = left.subspan(size);
    }
    co_return true;
  }

  [[nodiscard]] Steady::time_point deadline(std::size_t size) const {
    return Steady::now() + traffic_.settings.progress + std::chrono::seconds(size / traffic_.settings.slowest);
  }

  std::shared_ptr<Stream> stream_;
  const Door door_;
  Traffic& traffic_;
  Bytes held_;  ///< read and not yet used
  Waiter* waiting_ = nullptr;
  bool keep_ = false;
  bool at_work_ = false;
};

Session::Session(std::shared_ptr<Stream> stream, Door door, Traffic& traffic)
    : inside_(std::make_unique<Inside>(std::move(stream), door, traffic)) {}
Session::~Session() = default;
asio::awaitable<void> Session::serve() { return inside_->serve(); }
void Session::stop() { inside_->stop(); }
void Session::close() { inside_->close(); }

}  // namespace huisbord::relay
