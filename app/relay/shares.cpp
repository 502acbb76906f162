// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a share is given, and to whom it is told.
#include "app/relay/shares.h"

#include "core/crypto/sealing.h"

namespace huisbord::relay {
namespace {

constexpr std::int64_t lately_millis = 30 * 60'000;
constexpr std::int64_t stale_seconds = 5 * 60;
constexpr std::int64_t most_events = wire::max_share_events;  // kept of a scope
constexpr std::size_t most_remembered = 65'536;               // devices whose last call is known

constexpr const char* tables =
    "CREATE TABLE IF NOT EXISTS share (scope BLOB NOT NULL, device BLOB NOT NULL, name BLOB NOT NULL, unlock BLOB NOT NULL, sealed BLOB "
    "NOT "
    "NULL, PRIMARY KEY (scope, device)) WITHOUT ROWID;"
    "CREATE TABLE IF NOT EXISTS event (row INTEGER PRIMARY KEY, scope BLOB NOT NULL, device BLOB NOT NULL, at INTEGER NOT NULL, state "
    "INTEGER "
    "NOT NULL, clicked INTEGER NOT NULL);"
    "CREATE INDEX IF NOT EXISTS event_of_scope ON event (scope, row);";

using State = wire::ShareReply;

wire::ShareReply with(wire::ShareReply::State state) {
  wire::ShareReply reply;
  reply.set_state(state);
  return reply;
}

}  // namespace

Result<std::unique_ptr<Shares>> Shares::open(const std::filesystem::path& file, const Clock& clock) {
  TRY_ASSIGN(Database database, Database::open(file));
  TRY_STATUS(database.execute(tables));
  return std::unique_ptr<Shares>(new Shares(std::move(database), clock));
}

void Shares::called(const ScopeId& scope, const DeviceId& device) {
  const std::lock_guard lock(mutex_);
  if (called_.size() >= most_remembered) called_.clear();  // then they need a click, once
  called_[{scope, device}] = clock_.running();
}

bool Shares::lately(const std::map<Place, Millis>& when, const Place& place) const {
  const auto found = when.find(place);
  return found != when.end() && clock_.running().value - found->second.value <= lately_millis;
}

Status Shares::deposit(const ScopeId& scope, const DeviceId& device, const wire::ShareDeposit& deposit) {
  const std::lock_guard lock(mutex_);
  if (deposit.share().empty()) {
    TRY_ASSIGN(Statement remove, database_.prepare("DELETE FROM share WHERE scope = ? AND device = ?"));
    return remove.run(scope.bytes, device.bytes).done();
  }
  TRY_ASSIGN(Statement keep,
             database_.prepare("INSERT OR REPLACE INTO share (scope, device, name, unlock, sealed) VALUES (?, ?, ?, ?, ?)"));
  return keep.run(scope.bytes, device.bytes, view(deposit.share()), view(deposit.unlock_key()), view(deposit.sealed())).done();
}

Status Shares::note(const ScopeId& scope, const DeviceId& device, wire::ShareReply::State state, bool clicked) {
  TRY_ASSIGN(Statement add, database_.prepare("INSERT INTO event (scope, device, at, state, clicked) VALUES (?, ?, ?, ?, ?)"));
  TRY_STATUS(
      add.run(scope.bytes, device.bytes, clock_.now().value / 1000, static_cast<std::int64_t>(state), static_cast<std::int64_t>(clicked))
          .done());
  TRY_ASSIGN(
      Statement drop,
      database_.prepare("DELETE FROM event WHERE scope = ?1 AND row <= (SELECT row FROM event WHERE scope = ?1 ORDER BY row DESC LIMIT 1 "
                        "OFFSET ?2)"));
  return drop.run(scope.bytes, most_events).done();
}

Result<wire::ShareReply> Shares::release(const ScopeId& scope, const Charter* charter, const wire::ShareRequest& request, Random& random) {
  const auto device = *DeviceId::from(view(request.device()));
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(Statement find, database_.prepare("SELECT name, unlock, sealed FROM share WHERE scope = ? AND device = ?"));
  TRY_ASSIGN(const bool found, find.run(scope.bytes, device.bytes).next());
  if (!found) return with(State::NO_SUCH_SHARE);
  const Bytes name = to_bytes(find.blob(0));
  const Bytes unlock = to_bytes(find.blob(1));
  const Bytes sealed = to_bytes(find.blob(2));
  find.reset();
  crypto::SigningPublicKey key;
  crypto::Signature signature{};
  std::memcpy(key.bytes.data(), unlock.data(), key.bytes.size());
  std::memcpy(signature.data(), request.signature().data(), signature.size());
  const Bytes part = wire::signed_part(scope, request);
  // Who cannot sign learns nothing and is not noted: a stranger must not fill the desk's list.
  if (name != to_bytes(view(request.share())) || !crypto::verify(key, wire::release_tag, part, signature))
    return with(State::NO_SUCH_SHARE);
  const std::int64_t age = clock_.now().value / 1000 - static_cast<std::int64_t>(request.created());
  if (age > stale_seconds || age < -stale_seconds) return with(State::STALE);

  const CharterDevice* const listed = charter == nullptr ? nullptr : charter->device(device);
  const Place place{scope, device};
  const bool clicked = !lately(called_, place) && lately(allowed_, place);
  State::State state = State::DONE;
  if (listed == nullptr || listed->state != DeviceState::active)
    state = State::NOT_ACTIVE;
  else if (!lately(called_, place) && !clicked)
    state = State::CLICK_NEEDED;
  TRY_STATUS(note(scope, device, state, clicked));
  if (state != State::DONE) return with(state);
  if (clicked) allowed_.erase(place);
  crypto::SealingPublicKey ephemeral;
  std::memcpy(ephemeral.bytes.data(), request.ephemeral().data(), ephemeral.bytes.size());
  const Bytes released = crypto::seal_to(ephemeral, part, sealed, random);
  wire::ShareReply reply = with(State::DONE);
  reply.set_sealed(released.data(), released.size());
  return reply;
}

Result<wire::ShareReply> Shares::answer(const ScopeId& scope, const wire::ShareQuestion& question) {
  const std::lock_guard lock(mutex_);
  if (!question.allow().empty()) {
    if (allowed_.size() >= most_remembered) allowed_.clear();
    allowed_[{scope, *DeviceId::from(view(question.allow()))}] = clock_.running();
  }
  wire::ShareReply reply = with(State::DONE);
  TRY_ASSIGN(Statement list, database_.prepare("SELECT device, at, state, clicked FROM event WHERE scope = ? ORDER BY row"));
  list.run(scope.bytes);
  for (;;) {
    TRY_ASSIGN(const bool more, list.next());
    if (!more) return reply;
    wire::ShareReply::Event& event = *reply.add_events();
    const ByteView device = list.blob(0);
    event.set_device(device.data(), device.size());
    event.set_at(static_cast<std::uint64_t>(list.integer(1)));
    event.set_state(static_cast<wire::ShareReply::State>(list.integer(2)));
    event.set_clicked(list.integer(3) != 0);
  }
}

}  // namespace huisbord::relay
