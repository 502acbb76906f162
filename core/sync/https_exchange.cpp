// SPDX-License-Identifier: GPL-3.0-or-later
// libcurl's multi interface, because a call in it can be ended from another thread at once, and two can be under way.
#include "core/sync/https_exchange.h"

#include <curl/curl.h>

#include <algorithm>
#include <ctime>

#include "core/base/check.h"
#include "core/sync/wire/limits.h"

namespace huisbord {
namespace {

constexpr long slowest_bytes_per_second = 30;
constexpr std::size_t expected_bytes_per_second = 100;
constexpr std::chrono::seconds longest_beside{120};
constexpr std::chrono::milliseconds longest_poll{1000};
// A line that died without a word is noticed within three minutes, at the price of a packet each way a minute and a half; more often would
// cost a waiting kiosk more than its waiting does. It also keeps the tables of routers on the way from forgetting the connection.
constexpr long keepalive_idle_seconds = 90;
constexpr long keepalive_between_seconds = 30;

struct EasyEnd {
  void operator()(CURL* easy) const noexcept { curl_easy_cleanup(easy); }
};
struct MultiEnd {
  void operator()(CURLM* multi) const noexcept { curl_multi_cleanup(multi); }
};
struct ListEnd {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, ListEnd>;

void append(List& list, const std::string& line) {
  curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
  CHECK(longer != nullptr);
  static_cast<void>(list.release());
  list.reset(longer);
}

/// "Date: <HTTP date>" of a header line.
std::optional<Millis> date_in(std::string_view line) {
  constexpr std::string_view field = "date:";
  if (line.size() <= field.size() || !curl_strnequal(line.data(), field.data(), field.size())) return std::nullopt;
  const std::time_t seconds = curl_getdate(std::string(line.substr(field.size())).c_str(), nullptr);
  if (seconds < 0) return std::nullopt;
  return Millis{std::int64_t{seconds} * 1000};
}

/// One question under way.
struct Call {
  Call() : easy(curl_easy_init()) { CHECK(easy != nullptr); }
  template <class Value>
  void set(CURLoption option, Value value) {
    CHECK(curl_easy_setopt(easy.get(), option, value) == CURLE_OK);
  }
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* user) {
    Bytes& body = static_cast<Call*>(user)->answer.body;
    if (body.size() + size > wire::max_body) return 0;
    body.insert(body.end(), data, data + size);
    return size;
  }
  static std::size_t on_header(char* data, std::size_t, std::size_t size, void* user) {
    if (const auto date = date_in({data, size})) static_cast<Call*>(user)->answer.date = date;
    return size;
  }

  std::unique_ptr<CURL, EasyEnd> easy;
  List headers;
  Bytes body;
  HttpsExchange::Answer answer;
  CURLcode outcome = CURLE_OK;
  bool under_way = false;
  bool finished = false;
};

}  // namespace

class HttpsExchange::Inside {
 public:
  explicit Inside(Settings settings) : settings_(std::move(settings)) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    CHECK(ready == CURLE_OK);
    multi_.reset(curl_multi_init());
    CHECK(multi_ != nullptr);
    main_ = std::make_unique<Call>();
    beside_ = std::make_unique<Call>();
  }
  ~Inside() {
    for (const auto& call : {main_.get(), beside_.get()}) end(*call);
  }
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;

  [[nodiscard]] bool is_beside() const { return beside_->under_way; }

  Result<Answer> ask(const Question& question, const std::stop_token& stop) {
    begin(*main_, question);
    static_cast<void>(drive(*main_, std::chrono::hours(24), stop));
    return finish(*main_, stop);
  }
  void end_beside() { end(*beside_); }
  void begin_beside(const Question& question) {
    end(*beside_);
    begin(*beside_, question);
  }
  Result<std::optional<Answer>> answer_beside(std::chrono::milliseconds most, const std::stop_token& stop) {
    CHECK(beside_->under_way);
    if (!drive(*beside_, most, stop)) {
      if (stop.stop_requested()) return fail(ErrorCode::unavailable, "stopped");
      return std::nullopt;
    }
    TRY_ASSIGN(Answer answer, finish(*beside_, stop));
    return std::optional(std::move(answer));
  }

 private:
  void begin(Call& call, const Question& question) {
    curl_easy_reset(call.easy.get());  // keeps the connections
    call.headers.reset();
    call.answer = {};
    call.finished = false;
    call.body = to_bytes(question.body);
    append(call.headers, "Expect:");  // one round trip less; a refusal comes early enough
    append(call.headers, "Accept:");
    for (const std::string& line : question.header_lines) append(call.headers, line);
    call.set(CURLOPT_URL, question.url.c_str());
    call.set(CURLOPT_PROTOCOLS_STR, "http,https");
    call.set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
    call.set(CURLOPT_FOLLOWLOCATION, 0L);
    call.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // a proxy is no relay: its Date says nothing
    call.set(CURLOPT_NOSIGNAL, 1L);
    call.set(CURLOPT_QUICK_EXIT, 1L);  // does not wait for a name that does not resolve
    call.set(CURLOPT_TCP_NODELAY, 1L);
    call.set(CURLOPT_TCP_KEEPALIVE, 1L);
    call.set(CURLOPT_TCP_KEEPIDLE, keepalive_idle_seconds);
    call.set(CURLOPT_TCP_KEEPINTVL, keepalive_between_seconds);
    call.set(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    if (!settings_.authorities.empty()) call.set(CURLOPT_CAINFO, settings_.authorities.c_str());
    call.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings_.connect.count()));
    call.set(CURLOPT_LOW_SPEED_LIMIT, slowest_bytes_per_second);
    call.set(CURLOPT_LOW_SPEED_TIME, static_cast<long>((settings_.silence + question.patience).count()));
    const auto sending = static_cast<long>((question.body.size() + question.expected) / expected_bytes_per_second);
    call.set(CURLOPT_TIMEOUT, static_cast<long>((longest_beside + question.patience).count()) + sending);
    call.set(CURLOPT_CUSTOMREQUEST, question.method);
    if (std::string_view(question.method) != "GET") {
      call.set(CURLOPT_POSTFIELDS, call.body.data());
      call.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
    }
    call.set(CURLOPT_HTTPHEADER, call.headers.get());
    call.set(CURLOPT_WRITEFUNCTION, &Call::on_body);
    call.set(CURLOPT_WRITEDATA, &call);
    call.set(CURLOPT_HEADERFUNCTION, &Call::on_header);
    call.set(CURLOPT_HEADERDATA, &call);
    CHECK(curl_multi_add_handle(multi_.get(), call.easy.get()) == CURLM_OK);
    call.under_way = true;
  }
  void end(Call& call) {
    if (call.under_way) curl_multi_remove_handle(multi_.get(), call.easy.get());
    call.under_way = false;
  }

  /// Until \p call has finished: true; or the time is over or \p stop: false.
  bool drive(const Call& call, std::chrono::milliseconds most, const std::stop_token& stop) {
    CURLM* const multi = multi_.get();
    const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });
    const auto until = std::chrono::steady_clock::now() + most;
    while (!call.finished && !stop.stop_requested()) {
      int running = 0;
      if (curl_multi_perform(multi, &running) != CURLM_OK) break;
      note_finished();
      if (call.finished) break;
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
      if (left.count() <= 0) break;
      curl_multi_poll(multi, nullptr, 0, static_cast<int>(std::min(left, longest_poll).count()), nullptr);
    }
    return call.finished;
  }
  void note_finished() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      Call& call = message->easy_handle == main_->easy.get() ? *main_ : *beside_;
      call.outcome = message->data.result;
      call.finished = true;
    }
  }
  Result<Answer> finish(Call& call, const std::stop_token& stop) {
    end(call);
    if (!call.finished && stop.stop_requested()) return fail(ErrorCode::unavailable, "stopped");
    if (!call.finished) return fail(ErrorCode::network, "the connection broke");
    if (call.outcome != CURLE_OK)
      return fail(ErrorCode::network, std::string("the relay is not reached: ") + curl_easy_strerror(call.outcome));
    curl_easy_getinfo(call.easy.get(), CURLINFO_RESPONSE_CODE, &call.answer.status);
    const char* type = nullptr;
    curl_easy_getinfo(call.easy.get(), CURLINFO_CONTENT_TYPE, &type);
    if (type != nullptr) call.answer.content_type = type;
    return std::move(call.answer);
  }

  Settings settings_;
  std::unique_ptr<CURLM, MultiEnd> multi_;
  std::unique_ptr<Call> main_;  // after the multi handle, whose connections it uses
  std::unique_ptr<Call> beside_;
};

HttpsExchange::HttpsExchange(Settings settings) : inside_(std::make_unique<Inside>(std::move(settings))) {}
HttpsExchange::~HttpsExchange() = default;

Result<HttpsExchange::Answer> HttpsExchange::ask(const Question& question, const std::stop_token& stop) {
  return inside_->ask(question, stop);
}
void HttpsExchange::begin_beside(const Question& question) { inside_->begin_beside(question); }
void HttpsExchange::end_beside() { inside_->end_beside(); }
bool HttpsExchange::is_beside() const { return inside_->is_beside(); }
Result<std::optional<HttpsExchange::Answer>> HttpsExchange::answer_beside(std::chrono::milliseconds most, const std::stop_token& stop) {
  return inside_->answer_beside(most, stop);
}

}  // namespace huisbord
