// SPDX-License-Identifier: GPL-3.0-or-later
// Which request does what, on which thread; and what is written.
#include "app/relay/service.h"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <thread>

#include "app/relay/counter.h"
#include "app/relay/intake.h"
#include "app/relay/log.h"
#include "app/relay/reading.h"
#include "app/relay/route.h"
#include "app/relay/sqlite_mailbox.h"
#include "core/sync/wire/limits.h"

namespace huisbord::relay {
namespace {

constexpr const char* file_name = "mailbox.db";
constexpr const char* shares_file_name = "shares.db";

}  // namespace

Result<std::unique_ptr<Service>> Service::open(const Settings& settings, const Clock& clock) {
  std::error_code error;
  std::filesystem::create_directories(settings.data, error);
  if (error) return fail(ErrorCode::io, "the data directory cannot be made: " + error.message());
  TRY_ASSIGN(auto shares, Shares::open(settings.data / shares_file_name, clock));
  return open(settings, clock, std::make_unique<SqliteEngine>(settings.data / file_name), std::move(shares));
}

Result<std::unique_ptr<Service>> Service::open(const Settings& settings, const Clock& clock, std::unique_ptr<MailboxEngine> engine,
                                               std::unique_ptr<Shares> shares) {
  TRY_ASSIGN(auto address, wire::parse_address(settings.url));
  TRY_ASSIGN(auto writer, engine->connect());
  return std::unique_ptr<Service>(
      new Service(settings, std::move(address), clock, std::move(engine), std::move(writer), std::move(shares)));
}

Service::Service(const Settings& settings, wire::RelayAddress address, const Clock& clock, std::unique_ptr<MailboxEngine> engine,
                 std::unique_ptr<Mailbox> writer, std::unique_ptr<Shares> shares)
    : settings_(settings),
      address_(std::move(address)),
      clock_(clock),
      charters_(settings.root),
      meetings_(clock),
      shares_(std::move(shares)),
      engine_(std::move(engine)),
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
  const auto is = [&](Route::What what, std::string_view method, std::string_view type) {
    return route->what == what && request.method == method && request.content_type == type;
  };
  if (is(Route::What::segments, "PUT", wire::push_type)) return push(route->name, request, std::move(done));
  if (is(Route::What::charter, "PUT", wire::charter_type)) return put_charter(route->name, request, done);
  if (is(Route::What::charter, "POST", wire::charter_type)) return done(newest_charter(route->name, request));
  if (is(Route::What::snapshot_piece, "PUT", wire::snapshot_type)) return put_piece(*route, request, done);
  if (is(Route::What::snapshot_piece, "GET", {})) return done(piece(*route, request));
  if (is(Route::What::pull, "POST", wire::pull_type)) return done(pull(route->name, request));
  if (is(Route::What::wait, "POST", wire::wait_type)) return done(wait(route->name.organisation, request));
  if (meeting && route->what == Route::What::other && route->word == wire::host_what) return done(host_meeting(route->name, request));
  if (route->what == Route::What::other && request.content_type == wire::share_type) return done(share(*route, request));
  done(refusal(wire::Refusal::MALFORMED));
}

Reply Service::failed(const Error& error) {
  healthy_ = false;
  ++metrics_.mailbox_failures;
  log_failure(error);
  return failure(error);
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
                    [this, intake, name, by = caller->device->id, done = std::move(done)](const Status& status) {
                      if (!status) return done(failed(status.error()));
                      healthy_ = true;
                      metrics_.segments_kept += intake->fresh();
                      metrics_.transactions = writer_->transactions();
                      if (intake->fresh() > 0) news_.arrived(name, by);
                      if (!intake->refused()) return done(receipt(intake->receipt()));
                      wire::Refusal message = *intake->refused();
                      for (const wire::Head& head : intake->receipts()) *message.add_receipts() = head;
                      done(refusal(message));
                    }});
}

void Service::put_charter(const ScopeName& name, const Request& request, const Done& done) {
  const auto message = wire::parse_charter(request.body);
  if (!message) return done(refusal(malformed(message.error())));
  if (message->charter().size() > max_charter_size) return done(refusal(wire::Refusal::TOO_LARGE));
  struct Put {
    Bytes bytes;
    Reply reply;
    bool fresh = false;
  };
  const auto put = std::make_shared<Put>(Put{.bytes = to_bytes(view(message->charter())), .reply = {}});
  writer_->add({.write = [this, name, put](Mailbox& mailbox) -> Status {
                  TRY_ASSIGN(put->reply, keep_charter(mailbox, name, put->bytes, put->fresh));
                  return {};
                },
                .after =
                    [this, put, name, done](const Status& status) {
                      if (!status) return done(failed(status.error()));
                      healthy_ = true;
                      if (put->fresh) {
                        ++metrics_.charters_kept;
                        news_.arrived(name, {});
                      }
                      done(std::move(put->reply));
                    }});
}

Result<Reply> Service::keep_charter(Mailbox& mailbox, const ScopeName& name, ByteView bytes, bool& fresh) {
  TRY_ASSIGN(auto scope, mailbox.find(name));
  std::shared_ptr<const Charter> held;
  if (scope) {
    TRY_ASSIGN(held, charters_.get(mailbox, name, *scope));
  }
  const auto refuse = [&](wire::Refusal::Reason reason) { return refusal(refusal_with_charter(reason, scope ? scope->charter : 0)); };
  const auto given = charter_name(bytes);
  if (!given || given->scope != name.scope) return refuse(wire::Refusal::BAD_CHARTER);
  if (held != nullptr && given->number < held->number) return refuse(wire::Refusal::OLD_CHARTER);
  if (held != nullptr && given->number == held->number && given->hash != held->hash) return refuse(wire::Refusal::TWO_CHARTERS);
  if (held == nullptr || given->number > held->number) {
    const auto charter = Charter::verify(bytes, charters_.root(), held.get(), clock_.now());
    if (!charter || charter->organisation != name.organisation || charter->scope != name.scope) return refuse(wire::Refusal::BAD_CHARTER);
    TRY_STATUS(mailbox.keep_charter(name, *charter, bytes));
    TRY_ASSIGN(scope, mailbox.find(name));
    if (!scope) return fail(ErrorCode::damaged, "the relay's mailbox lost a scope");
    TRY_STATUS(apply_charter(mailbox, *scope, *charter, held.get()));
    fresh = true;
  }
  wire::CharterReceipt message;
  message.set_number(given->number);
  message.set_hash(given->hash.data(), given->hash.size());
  return receipt(message);
}

void Service::put_piece(const Route& route, const Request& request, const Done& done) {
  const auto caller = this->caller(route.name, request);
  if (!caller) return done(caller.error());
  if (!caller->is_desk()) return done(refusal(refusal_with_charter(wire::Refusal::ONLY_A_DESK, caller->charter->number)));
  if (!caller->is_active()) return done(refusal(refusal_with_charter(wire::Refusal::DEVICE_NOT_ACTIVE, caller->charter->number)));
  auto message = wire::parse_snapshot_piece(request.body);
  if (!message) return done(refusal(malformed(message.error())));
  const auto bytes = std::make_shared<const Bytes>(to_bytes(view(message->bytes())));
  const crypto::Hash named = caller->charter->snapshot ? caller->charter->snapshot->hash : route.piece.hash;
  writer_->add({.write = [route, bytes, named](Mailbox& mailbox) -> Status {
                  TRY_ASSIGN(const auto scope, mailbox.find(route.name));
                  if (!scope) return fail(ErrorCode::damaged, "the relay's mailbox lost a scope");
                  TRY_STATUS(mailbox.drop_other_pieces(*scope, named, route.piece.hash));
                  return mailbox.keep_piece(*scope, route.piece, *bytes);
                },
                .after =
                    [this, done](const Status& status) {
                      if (!status) return done(failed(status.error()));
                      healthy_ = true;
                      done(receipt(wire::SnapshotReceipt{}));
                    }});
}

}  // namespace huisbord::relay
