// SPDX-License-Identifier: GPL-3.0-or-later
// Which path does what, and on which thread.
#include "app/relay/service.h"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <limits>
#include <thread>

#include "app/relay/intake.h"
#include "app/relay/log.h"
#include "core/crypto/random.h"
#include "core/sync/wire/limits.h"

namespace huisbord::relay {
namespace {

constexpr const char* file_name = "mailbox.db";
constexpr const char* shares_file_name = "shares.db";
constexpr std::string_view prefix = "/v1/";
constexpr std::size_t id_digits = 32;

struct Route {
  ScopeName name;
  std::string_view what;
};

/// "/v1/{organisation}/{scope}/{what}", identifiers in lower-case hexadecimal.
std::optional<Route> route_of(std::string_view target) {
  constexpr std::size_t what_at = prefix.size() + 2 * (id_digits + 1);
  if (!target.starts_with(prefix) || target.size() <= what_at) return std::nullopt;
  const std::string_view organisation = target.substr(prefix.size(), id_digits);
  const std::string_view scope = target.substr(prefix.size() + id_digits + 1, id_digits);
  if (target[prefix.size() + id_digits] != '/' || target[what_at - 1] != '/') return std::nullopt;
  const auto organisation_id = OrganisationId::from_hex_text(organisation);
  const auto scope_id = ScopeId::from_hex_text(scope);
  if (!organisation_id || !scope_id || organisation_id->hex() != organisation || scope_id->hex() != scope) return std::nullopt;
  return Route{.name = {.organisation = *organisation_id, .scope = *scope_id}, .what = target.substr(what_at)};
}

wire::Refusal::Reason malformed(const Error& error) {
  return error.code == ErrorCode::limit ? wire::Refusal::TOO_LARGE : wire::Refusal::MALFORMED;
}

wire::Refusal refusal_with_charter(wire::Refusal::Reason reason, CharterNumber number) {
  wire::Refusal message;
  message.set_reason(reason);
  message.set_charter(number);
  return message;
}

void set_head(wire::Head& message, const HeadRow& head) {
  message.set_device(head.device);
  message.set_number(head.number);
  message.set_header_hash(head.hash.data(), head.hash.size());
}

}  // namespace

/// A connection for as long as one request reads.
class Service::Reader {
 public:
  [[nodiscard]] static Result<Reader> borrow(Service& service) {
    Reader reader(service);
    {
      const std::lock_guard lock(service.readers_mutex_);
      if (!service.readers_.empty()) {
        reader.mailbox_ = std::move(service.readers_.back());
        service.readers_.pop_back();
      }
    }
    if (reader.mailbox_ == nullptr) {
      TRY_ASSIGN(auto opened, Mailbox::open(service.settings_.data / file_name));
      reader.mailbox_ = std::make_unique<Mailbox>(std::move(opened));
    }
    TRY_STATUS(reader.mailbox_->begin_read());
    return reader;
  }
  Reader(Reader&&) noexcept = default;
  ~Reader() {
    if (mailbox_ == nullptr) return;
    mailbox_->end();
    const std::lock_guard lock(service_->readers_mutex_);
    service_->readers_.push_back(std::move(mailbox_));
  }
  Mailbox& operator*() { return *mailbox_; }
  Mailbox* operator->() { return mailbox_.get(); }

 private:
  explicit Reader(Service& service) : service_(&service) {}
  Service* service_;
  std::unique_ptr<Mailbox> mailbox_;
};

Result<std::unique_ptr<Service>> Service::open(const Settings& settings, const Clock& clock) {
  std::error_code error;
  std::filesystem::create_directories(settings.data, error);
  if (error) return fail(ErrorCode::io, "the data directory cannot be made: " + error.message());
  TRY_ASSIGN(auto address, wire::parse_address(settings.url));
  TRY_ASSIGN(auto writer, Mailbox::open(settings.data / file_name));
  TRY_ASSIGN(auto shares, Shares::open(settings.data / shares_file_name, clock));
  std::unique_ptr<Service> made(new Service(settings, std::move(address), clock, std::move(writer)));
  made->shares_ = std::move(shares);
  return made;
}

Service::Service(const Settings& settings, wire::RelayAddress address, const Clock& clock, Mailbox writer)
    : settings_(settings),
      address_(std::move(address)),
      clock_(clock),
      charters_(settings.root),
      meetings_(clock),
      writer_(std::make_unique<CommitQueue>(std::move(writer))),
      workers_(std::make_unique<boost::asio::thread_pool>(std::max(2u, std::thread::hardware_concurrency()))) {}

Service::~Service() {
  workers_->join();
  writer_.reset();
}

void Service::answer(Request request, Done done) {
  if (at_work_.fetch_add(1) >= settings_.requests_at_work) {
    at_work_.fetch_sub(1);
    return done(refusal(wire::Refusal::BUSY));
  }
  const Millis begun = clock_.running();
  auto shared = std::make_shared<const Request>(std::move(request));
  auto leave = [this, begun, shared, done = std::move(done)](Reply reply) {
    at_work_.fetch_sub(1);
    log_request(shared->method, shared->target, reply.status, shared->body.size(), reply.body.size(), clock_.running().value - begun.value);
    done(std::move(reply));
  };
  boost::asio::post(*workers_, [this, shared, leave = std::move(leave)]() mutable { work(*shared, std::move(leave)); });
}

void Service::work(const Request& request, Done done) {
  const bool meeting = request.method == "POST" && request.content_type == wire::meeting_type;
  if (meeting && request.target == wire::guest_target) return done(meetings_.answer(Meetings::Side::guest, request.body));
  const auto route = route_of(request.target);
  if (!route) return done(refusal(wire::Refusal::MALFORMED));
  if (request.method == "PUT" && route->what == "segments" && request.content_type == wire::push_type)
    return push(route->name, request, std::move(done));
  if (request.method == "PUT" && route->what == "charter" && request.content_type == wire::charter_type)
    return put_charter(route->name, request.body, done);
  if (request.method == "POST" && route->what == "pull" && request.content_type == wire::pull_type) return done(pull(route->name, request));
  if (meeting && route->what == wire::host_what) return done(host_meeting(route->name, request));
  if (request.content_type == wire::share_type) return done(share(route->name, route->what, request));
  done(refusal(wire::Refusal::MALFORMED));
}

/// Where a meeting begins is a desk's to say, so that a stranger cannot fill the relay with meetings.
Reply Service::host_meeting(const ScopeName& name, const Request& request) {
  const auto caller = this->caller(name, request);
  if (!caller) return caller.error();
  if (!caller->is_desk()) return refusal(wire::Refusal::ONLY_A_DESK);
  if (!caller->is_active()) return refusal(wire::Refusal::DEVICE_NOT_ACTIVE);
  return meetings_.answer(Meetings::Side::host, request.body);
}

/// PROTOCOL.md 11. Only the release is not signed as a request: what would sign it is in the closed store.
Reply Service::share(const ScopeName& name, std::string_view what, const Request& request) {
  const auto answer = [this](const Result<wire::ShareReply>& reply) -> Reply {
    if (!reply) return failed(reply.error());
    return {.status = 200, .content_type = wire::share_type, .body = wire::to_body(*reply)};
  };
  if (request.method == "POST" && what == wire::release_what) {
    const auto asked = wire::parse_share_request(request.body);
    if (!asked) return refusal(malformed(asked.error()));
    const auto charter = this->charter(name);
    if (!charter) return failed(charter.error());
    return answer(shares_->release(name.scope, charter->get(), *asked, crypto::system_random()));
  }
  const auto caller = this->caller(name, request);
  if (!caller) return caller.error();
  if (!caller->is_active()) return refusal(wire::Refusal::DEVICE_NOT_ACTIVE);
  if (request.method == "PUT" && what == wire::deposit_what) {
    const auto deposit = wire::parse_share_deposit(request.body);
    if (!deposit) return refusal(malformed(deposit.error()));
    if (const Status kept = shares_->deposit(name.scope, caller->device->id, *deposit); !kept) return failed(kept.error());
    wire::ShareReply done;
    done.set_state(wire::ShareReply::DONE);
    return answer(done);
  }
  if (request.method != "POST" || what != wire::shares_what) return refusal(wire::Refusal::MALFORMED);
  if (!caller->is_desk()) return refusal(wire::Refusal::ONLY_A_DESK);
  const auto question = wire::parse_share_question(request.body);
  if (!question) return refusal(malformed(question.error()));
  return answer(shares_->answer(name.scope, *question));
}

Reply Service::failed(const Error& error) {
  healthy_ = false;
  log_failure(error);
  return failure(error);
}

/// Nothing for a scope that the relay has no charter of.
Result<std::shared_ptr<const Charter>> Service::charter(const ScopeName& name) {
  TRY_ASSIGN(Reader reader, Reader::borrow(*this));
  TRY_ASSIGN(const auto scope, reader->find(name));
  if (!scope) return nullptr;
  return charters_.get(*reader, name, *scope);
}

std::expected<Caller, Reply> Service::caller(const ScopeName& name, const Request& request) {
  const auto claim = read_claim(request, clock_.now());
  if (!claim) return std::unexpected(refusal(claim.error()));
  auto charter = this->charter(name);
  if (!charter) return std::unexpected(failed(charter.error()));
  if (*charter == nullptr) return std::unexpected(refusal(wire::Refusal::NO_SUCH_SCOPE));
  auto caller = identify(request, *claim, address_, std::move(*charter));
  if (!caller) return std::unexpected(refusal(caller.error()));
  shares_->called(name.scope, caller->device->id);
  return *std::move(caller);
}

void Service::push(const ScopeName& name, const Request& request, Done done) {
  const auto caller = this->caller(name, request);
  if (!caller) return done(caller.error());
  auto segments = wire::parse_push(request.body);
  if (!segments) return done(refusal(malformed(segments.error())));
  const std::optional<DeviceNumber> only = caller->is_desk() ? std::nullopt : std::optional(caller->device->number);
  auto intake = std::make_shared<Intake>(name, std::move(*segments), only, settings_.device_quota);
  intake->admit(caller->charter);
  if (!intake->any_admitted()) return done(refusal(*intake->refused()));
  writer_->add({.write = [this, intake](Mailbox& mailbox) { return intake->keep(mailbox, charters_); },
                .after =
                    [this, intake, done = std::move(done)](const Status& status) {
                      if (!status) return done(failed(status.error()));
                      healthy_ = true;
                      if (intake->refused()) {
                        wire::Refusal message = *intake->refused();
                        for (const wire::Head& head : intake->receipts()) *message.add_receipts() = head;
                        return done(refusal(message));
                      }
                      wire::PushReceipt message;
                      for (const wire::Head& head : intake->receipts()) *message.add_receipts() = head;
                      done(receipt(message));
                    }});
}

void Service::put_charter(const ScopeName& name, const Bytes& body, const Done& done) {
  if (body.size() > max_charter_size) return done(refusal(wire::Refusal::TOO_LARGE));
  struct Put {
    Bytes bytes;
    Reply reply;
  };
  const auto put = std::make_shared<Put>(Put{.bytes = body, .reply = {}});
  writer_->add({.write = [this, name, put](Mailbox& mailbox) -> Status {
                  TRY_ASSIGN(const auto scope, mailbox.find(name));
                  std::shared_ptr<const Charter> held;
                  if (scope) {
                    TRY_ASSIGN(held, charters_.get(mailbox, name, *scope));
                  }
                  const auto refuse = [&](wire::Refusal::Reason reason) -> Status {
                    put->reply = refusal(refusal_with_charter(reason, scope ? scope->charter : 0));
                    return {};
                  };
                  const auto given = charter_name(put->bytes);
                  if (!given || given->scope != name.scope) return refuse(wire::Refusal::BAD_CHARTER);
                  if (held != nullptr && given->number < held->number) return refuse(wire::Refusal::OLD_CHARTER);
                  if (held != nullptr && given->number == held->number && given->hash != held->hash)
                    return refuse(wire::Refusal::TWO_CHARTERS);
                  if (held == nullptr || given->number > held->number) {
                    const auto charter = Charter::verify(put->bytes, charters_.root(), held.get(), clock_.now());
                    if (!charter || charter->organisation != name.organisation || charter->scope != name.scope)
                      return refuse(wire::Refusal::BAD_CHARTER);
                    TRY_STATUS(mailbox.keep_charter(name, *charter, put->bytes));
                  }
                  wire::CharterReceipt message;
                  message.set_number(given->number);
                  message.set_hash(given->hash.data(), given->hash.size());
                  put->reply = receipt(message);
                  return {};
                },
                .after =
                    [this, put, done](const Status& status) {
                      if (!status) return done(failed(status.error()));
                      healthy_ = true;
                      done(std::move(put->reply));
                    }});
}

Reply Service::pull(const ScopeName& name, const Request& request) {
  const auto caller = this->caller(name, request);
  if (!caller) return caller.error();
  const auto question = wire::parse_pull(request.body);
  if (!question) return refusal(malformed(question.error()));
  if (!caller->is_active() && caller->charter->number <= question->charter())
    return refusal(refusal_with_charter(wire::Refusal::DEVICE_NOT_ACTIVE, caller->charter->number));
  const auto message = read_page(name, *question, caller->is_active());
  if (!message) return failed(message.error());
  healthy_ = true;
  return page(*message);
}

/// Who is no longer active gets the charter that says so, and is told to ask again.
Result<wire::PullReply> Service::read_page(const ScopeName& name, const wire::PullRequest& request, bool active) {
  wire::PullReply message;
  TRY_ASSIGN(Reader reader, Reader::borrow(*this));
  TRY_ASSIGN(const auto scope, reader->find(name));
  if (!scope) return fail(ErrorCode::damaged, "the relay's mailbox lost a scope");

  message.set_charter(scope->charter);
  if (scope->charter > request.charter()) {
    TRY_ASSIGN(const Bytes charter, reader->charter(*scope));
    message.add_charters(charter.data(), charter.size());
  }
  if (!active) {
    message.set_more(true);
    return message;
  }
  std::map<DeviceNumber, OperationNumber> held;
  for (const wire::Head& head : request.heads())
    held[head.device()] = std::min(head.number(), static_cast<OperationNumber>(std::numeric_limits<std::int64_t>::max()));
  const std::size_t most =
      request.max_bytes() == 0 ? wire::max_page_bytes : std::min<std::size_t>(request.max_bytes(), wire::max_page_bytes);
  TRY_ASSIGN(const Page page, reader->page(*scope, held, most));
  for (const Bytes& segment : page.segments) message.add_segments(segment.data(), segment.size());
  message.set_more(page.more);
  if (page.more) return message;

  TRY_ASSIGN(const auto heads, reader->heads(*scope));
  for (const HeadRow& head : heads) set_head(*message.add_heads(), head);
  TRY_ASSIGN(const auto forks, reader->forks(*scope));
  for (const ForkRow& row : forks) {
    wire::Fork& fork = *message.add_forks();
    fork.set_device(row.device);
    fork.set_first(row.held.data(), row.held.size());
    fork.set_second(row.refused.data(), row.refused.size());
  }
  return message;
}

}  // namespace huisbord::relay
