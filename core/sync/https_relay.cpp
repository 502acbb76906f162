// SPDX-License-Identifier: GPL-3.0-or-later
// libcurl's multi interface, because a call in it can be ended from another thread at once.
#include "core/sync/https_relay.h"

#include <curl/curl.h>

#include <cstdio>

#include "core/base/check.h"
#include "core/sync/answers.h"
#include "core/sync/wire/limits.h"
#include "core/sync/wire/relay_address.h"
#include "core/sync/wire/request_signature.h"

namespace huisbord {
namespace {

constexpr long slowest_bytes_per_second = 30;
constexpr std::size_t expected_bytes_per_second = 100;
constexpr std::chrono::seconds longest_beside{120};
constexpr int poll_millis = 1000;
constexpr long http_ok = 200;
constexpr long unauthorized = 401;
constexpr std::int64_t second_millis = 1000;

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

}  // namespace

class HttpsRelay::Transfer {
 public:
  struct Response {
    long status = 0;
    std::string content_type;
    Bytes body;
  };

  Transfer(Settings settings, wire::RelayAddress address, const Log& log, const Clock& clock)
      : settings_(std::move(settings)), address_(std::move(address)), log_(log), clock_(clock) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    CHECK(ready == CURLE_OK);
    easy_.reset(curl_easy_init());
    multi_.reset(curl_multi_init());
    CHECK(easy_ != nullptr && multi_ != nullptr);
  }
  ~Transfer() {
    easy_.reset();  // before the multi handle, whose connections it uses
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  struct Question {
    const char* method;
    const char* what;  ///< after organisation and scope
    std::string_view body_type;
    std::string_view wanted;  ///< content type of the answer
    bool sign = true;
    std::size_t expected = 0;  ///< bytes of the answer
  };
  /// Asks again, once, when our clock is so wrong that the relay does not take its signature: with the time that the relay said.
  Result<Response> exchange(const Question& question, const ScopeId& scope, ByteView body, const std::stop_token& stop) {
    TRY_ASSIGN(Response response, once(question, scope, body, stop));
    if (response.status != unauthorized || !line_date_) return response;
    const auto refused = read_refusal(response.body);
    if (!refused || refused->reason != RelayRefusal::Reason::stale_signature) return response;
    behind_ = line_date_->value - clock_.now().value;
    return once(question, scope, body, stop);
  }
  [[nodiscard]] std::optional<RelayDate> date() const { return date_; }

 private:
  /// The answer, when it is a relay's: in `wanted` with status 200, or in the content type of refusals.
  Result<Response> once(const Question& question, const ScopeId& scope, ByteView body, const std::stop_token& stop) {
    response_ = {};
    line_date_.reset();
    const std::string path = address_.path + "/v1/" + log_.organisation().hex() + "/" + scope.hex() + "/" + question.what;
    prepare(question, path, body);
    if (question.sign) TRY_STATUS(sign(question, scope, path, body));
    set(CURLOPT_HTTPHEADER, headers_.get());
    TRY_STATUS(perform(stop));
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &response_.status);
    const char* type = nullptr;
    curl_easy_getinfo(easy_.get(), CURLINFO_CONTENT_TYPE, &type);
    if (type != nullptr) response_.content_type = type;
    const bool answered = response_.content_type == question.wanted && response_.status == http_ok;
    const bool refused = response_.content_type == wire::refusal_type && response_.status > http_ok;
    if (!answered && !refused)
      return fail(ErrorCode::network, "what answers at the relay's address is no relay (status " + std::to_string(response_.status) + ")");
    if (line_date_) date_ = RelayDate{.date = *line_date_, .running = clock_.running()};
    return std::move(response_);
  }

  /// The relay's time is used here and nowhere else.
  Status sign(const Question& question, const ScopeId& scope, const std::string& path, ByteView body) {
    TRY_ASSIGN(const ScopeIdentity own, log_.identity(scope));
    const std::int64_t second = (clock_.now().value + behind_) / second_millis;
    const auto fields = wire::sign_request({.method = question.method, .authority = address_.authority, .path = path, .query = {}}, body,
                                           second, own.id, *own.request_key);
    append(headers_, "Content-Digest: " + fields.content_digest);
    append(headers_, "Signature-Input: " + fields.signature_input);
    append(headers_, "Signature: " + fields.signature);
    return {};
  }
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* user) {
    Bytes& body = static_cast<Transfer*>(user)->response_.body;
    if (body.size() + size > wire::max_body) return 0;
    body.insert(body.end(), data, data + size);
    return size;
  }
  static std::size_t on_header(char* data, std::size_t, std::size_t size, void* user) {
    if (const auto date = date_in({data, size})) static_cast<Transfer*>(user)->line_date_ = date;
    return size;
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    CHECK(curl_easy_setopt(easy_.get(), option, value) == CURLE_OK);
  }

  void prepare(const Question& question, const std::string& path, ByteView body) {
    const std::string url = (address_.tls ? "https://" : "http://") + address_.authority + path;
    curl_easy_reset(easy_.get());  // keeps the connections
    headers_.reset();
    append(headers_, "Content-Type: " + std::string(question.body_type));
    append(headers_, "Expect:");  // one round trip less; a refusal comes early enough
    append(headers_, "Accept:");
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);  // a proxy is no relay: its Date says nothing
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // does not wait for a name that does not resolve
    set(CURLOPT_TCP_NODELAY, 1L);
    set(CURLOPT_TCP_KEEPALIVE, 1L);
    set(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
    if (!settings_.authorities.empty()) set(CURLOPT_CAINFO, settings_.authorities.c_str());
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(settings_.connect.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, slowest_bytes_per_second);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(settings_.silence.count()));
    set(CURLOPT_TIMEOUT,
        static_cast<long>(longest_beside.count() + static_cast<long>((body.size() + question.expected) / expected_bytes_per_second)));
    set(CURLOPT_CUSTOMREQUEST, question.method);
    set(CURLOPT_POSTFIELDS, body.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    set(CURLOPT_WRITEFUNCTION, &on_body);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &on_header);
    set(CURLOPT_HEADERDATA, this);
  }

  Status perform(const std::stop_token& stop) {
    CURLM* const multi = multi_.get();
    CHECK(curl_multi_add_handle(multi, easy_.get()) == CURLM_OK);
    CURLcode outcome = CURLE_OK;
    bool finished = false;
    {
      const std::stop_callback wake(stop, [multi] { curl_multi_wakeup(multi); });
      while (!finished && !stop.stop_requested()) {
        int running = 0;
        if (curl_multi_perform(multi, &running) != CURLM_OK) break;
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
          if (message->msg != CURLMSG_DONE) continue;
          outcome = message->data.result;
          finished = true;
        }
        if (!finished) curl_multi_poll(multi, nullptr, 0, poll_millis, nullptr);
      }
    }
    curl_multi_remove_handle(multi, easy_.get());
    if (stop.stop_requested()) return fail(ErrorCode::unavailable, "stopped");
    if (!finished) return fail(ErrorCode::network, "the connection broke");
    if (outcome != CURLE_OK) return fail(ErrorCode::network, std::string("the relay is not reached: ") + curl_easy_strerror(outcome));
    return {};
  }

  Settings settings_;
  wire::RelayAddress address_;
  const Log& log_;
  const Clock& clock_;
  std::unique_ptr<CURLM, MultiEnd> multi_;
  std::unique_ptr<CURL, EasyEnd> easy_;
  List headers_;
  Response response_;
  std::optional<Millis> line_date_;
  std::optional<RelayDate> date_;
  std::int64_t behind_ = 0;  ///< milliseconds that our clock lacks, by a relay that refused what we signed
};

HttpsRelay::HttpsRelay(std::unique_ptr<Transfer> transfer) : transfer_(std::move(transfer)) {}
HttpsRelay::~HttpsRelay() = default;

Result<std::unique_ptr<HttpsRelay>> HttpsRelay::open(Settings settings, const Log& log, const Clock& clock) {
  TRY_ASSIGN(auto address, wire::parse_address(settings.url));
  return std::unique_ptr<HttpsRelay>(new HttpsRelay(std::make_unique<Transfer>(std::move(settings), std::move(address), log, clock)));
}

Result<PushAnswer> HttpsRelay::push(const ScopeId& scope, std::span<const Bytes> segments, const std::stop_token& stop) {
  constexpr Transfer::Question question{.method = "PUT", .what = "segments", .body_type = wire::push_type, .wanted = wire::receipt_type};
  TRY_ASSIGN(const auto response, transfer_->exchange(question, scope, push_body(segments), stop));
  return response.status == http_ok ? read_push_receipt(response.body) : read_push_refusal(response.body);
}

Result<CharterAnswer> HttpsRelay::put_charter(const ScopeId& scope, ByteView charter, const std::stop_token& stop) {
  constexpr Transfer::Question question{
      .method = "PUT", .what = "charter", .body_type = wire::charter_type, .wanted = wire::receipt_type, .sign = false};
  TRY_ASSIGN(const auto response, transfer_->exchange(question, scope, charter, stop));
  if (response.status == http_ok) return read_charter_receipt(response.body);
  CharterAnswer answer;
  TRY_ASSIGN(answer.refusal, read_refusal(response.body));
  return answer;
}

Result<PullAnswer> HttpsRelay::pull(const ScopeId& scope, const PullQuestion& asked, const std::stop_token& stop) {
  const Transfer::Question question{
      .method = "POST", .what = "pull", .body_type = wire::pull_type, .wanted = wire::page_type, .expected = asked.max_bytes};
  TRY_ASSIGN(const auto response, transfer_->exchange(question, scope, pull_body(asked), stop));
  if (response.status == http_ok) return read_page(response.body);
  PullAnswer answer;
  TRY_ASSIGN(answer.refusal, read_refusal(response.body));
  return answer;
}

std::optional<RelayDate> HttpsRelay::date() const { return transfer_->date(); }

}  // namespace huisbord
