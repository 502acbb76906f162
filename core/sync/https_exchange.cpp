// SPDX-License-Identifier: GPL-3.0-or-later
// libcurl's multi interface, because a call in it can be ended from another thread at once.
#include "core/sync/https_exchange.h"

#include <curl/curl.h>

#include "core/base/check.h"
#include "core/sync/wire/limits.h"

namespace huisbord {
namespace {

constexpr long slowest_bytes_per_second = 30;
constexpr std::size_t expected_bytes_per_second = 100;
constexpr std::chrono::seconds longest_beside{120};
constexpr int poll_millis = 1000;

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

class HttpsExchange::Curl {
 public:
  explicit Curl(Settings settings) : settings_(std::move(settings)) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    CHECK(ready == CURLE_OK);
    easy_.reset(curl_easy_init());
    multi_.reset(curl_multi_init());
    CHECK(easy_ != nullptr && multi_ != nullptr);
  }
  ~Curl() {
    easy_.reset();  // before the multi handle, whose connections it uses
  }
  Curl(const Curl&) = delete;
  Curl& operator=(const Curl&) = delete;

  Result<Answer> ask(const Question& question, const std::stop_token& stop) {
    answer_ = {};
    prepare(question);
    TRY_STATUS(perform(stop));
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &answer_.status);
    const char* type = nullptr;
    curl_easy_getinfo(easy_.get(), CURLINFO_CONTENT_TYPE, &type);
    if (type != nullptr) answer_.content_type = type;
    return std::move(answer_);
  }

 private:
  static std::size_t on_body(char* data, std::size_t, std::size_t size, void* user) {
    Bytes& body = static_cast<Curl*>(user)->answer_.body;
    if (body.size() + size > wire::max_body) return 0;
    body.insert(body.end(), data, data + size);
    return size;
  }
  static std::size_t on_header(char* data, std::size_t, std::size_t size, void* user) {
    if (const auto date = date_in({data, size})) static_cast<Curl*>(user)->answer_.date = date;
    return size;
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    CHECK(curl_easy_setopt(easy_.get(), option, value) == CURLE_OK);
  }

  void prepare(const Question& question) {
    curl_easy_reset(easy_.get());  // keeps the connections
    headers_.reset();
    for (const std::string& line : question.header_lines) append(headers_, line);
    append(headers_, "Expect:");  // one round trip less; a refusal comes early enough
    append(headers_, "Accept:");
    set(CURLOPT_URL, question.url.c_str());
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
    const std::size_t bytes = question.body.size() + question.expected;
    set(CURLOPT_TIMEOUT, static_cast<long>(longest_beside.count() + static_cast<long>(bytes / expected_bytes_per_second)));
    set(CURLOPT_CUSTOMREQUEST, question.method);
    set(CURLOPT_POSTFIELDS, question.body.data());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(question.body.size()));
    set(CURLOPT_HTTPHEADER, headers_.get());
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
  std::unique_ptr<CURLM, MultiEnd> multi_;
  std::unique_ptr<CURL, EasyEnd> easy_;
  List headers_;
  Answer answer_;
};

HttpsExchange::HttpsExchange(Settings settings) : curl_(std::make_unique<Curl>(std::move(settings))) {}
HttpsExchange::~HttpsExchange() = default;

Result<HttpsExchange::Answer> HttpsExchange::ask(const Question& question, const std::stop_token& stop) {
  return curl_->ask(question, stop);
}

}  // namespace huisbord
