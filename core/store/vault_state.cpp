// SPDX-License-Identifier: GPL-3.0-or-later
// What a vault holds in memory, read from the file and told to readers.
#include "core/store/vault_state.h"

#include <algorithm>

#include "core/crypto/memory.h"
#include "core/journal/operation.h"

namespace huisbord {

namespace {

constexpr std::size_t most_remembered_records = 8192;
constexpr std::size_t most_misses = 64;

Result<Bytes> founding_value(Database& database, std::string_view name) {
  Statement found = database.use("SELECT value FROM founding WHERE name = ?");
  found.bind(name);
  TRY_ASSIGN(const bool there, found.row());
  if (!there) return fail(ErrorCode::damaged, "The vault is damaged: it does not say whose it is. Restore it from a backup.");
  return to_bytes(found.blob(0));
}

Result<OperationNumber> sealed_by(Database& database, const ScopeState& scope) {
  Statement found = database.use("SELECT last FROM segment WHERE scope = ? AND device = ? ORDER BY first DESC LIMIT 1");
  found.bind(scope.number, scope.own);
  TRY_ASSIGN(const bool there, found.row());
  return there ? found.natural(0) : 0;
}

/// A device's identifier and keys; `of` stands before their names.
Result<Founding> load_identity(Database& database, const std::string& of) {
  Founding identity;
  TRY_ASSIGN(const Bytes device, founding_value(database, of + "device"));
  TRY_ASSIGN(Bytes signing, founding_value(database, of + "signing"));
  TRY_ASSIGN(Bytes request, founding_value(database, of + "request"));
  TRY_ASSIGN(Bytes sealing, founding_value(database, of + "sealing"));
  identity.device = DeviceId::from(device).value_or(DeviceId{});
  if (signing.size() != 32 || request.size() != 32 || sealing.size() != 32)
    return fail(ErrorCode::damaged, "The vault is damaged: its device keys have another size. Restore it from a backup.");
  identity.signing = crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(signing));
  identity.request = crypto::signing_key_from_seed(crypto::SecretBytes::copy_of(request));
  identity.sealing = crypto::sealing_key_from_secret(crypto::SecretBytes::copy_of(sealing));
  for (Bytes* secret : {&signing, &request, &sealing}) crypto::wipe(*secret);
  return identity;
}

}  // namespace

Status Vault::State::load() {
  Database& db = *writer;
  TRY_ASSIGN(const Bytes organisation, founding_value(db, "organisation"));
  TRY_ASSIGN(const Bytes root, founding_value(db, "root"));
  if (root.size() != 32) return fail(ErrorCode::damaged, "The vault is damaged: it does not say whose it is. Restore it from a backup.");
  TRY_ASSIGN(founding, load_identity(db, ""));
  founding.organisation = OrganisationId::from(organisation).value_or(OrganisationId{});
  std::ranges::copy(root, founding.root.bytes.begin());
  Statement renewed = db.use("SELECT 1 FROM founding WHERE name = 'next.device'");
  TRY_ASSIGN(const bool renewing, renewed.row());
  renewed.reset();
  if (renewing) {
    TRY_ASSIGN(next, load_identity(db, "next."));
    next->organisation = founding.organisation;
    next->root = founding.root;
  }
  Statement desk = db.use("SELECT value FROM founding WHERE name = 'desk_quarter'");
  TRY_ASSIGN(const bool heard, desk.row());
  if (heard) saw_desk({static_cast<std::int64_t>(ByteReader(desk.blob(0)).u64()) * Stamp::quarter_millis});
  Statement terms = db.use("SELECT CAST(CAST(value AS TEXT) AS INTEGER) FROM founding WHERE name = 'terms_week'");
  TRY_ASSIGN(const bool let_go, terms.row());
  if (let_go) terms_week = Week{static_cast<std::int32_t>(terms.integer(0))};
  counted_running = options.clock->running();
  Statement sure = db.use("SELECT value FROM founding WHERE name = 'sure'");
  TRY_ASSIGN(const bool kept, sure.row());
  if (kept) kept_sure = {static_cast<std::int64_t>(ByteReader(sure.blob(0)).u64())};
  time.saw_sure(kept_sure, options.clock->running());
  TRY_STATUS(load_scopes());
  TRY_ASSIGN(reader, connect_reader());
  Statement contact = db.use("SELECT value FROM setting WHERE name = 'sync.last_contact'");
  TRY_ASSIGN(const bool known, contact.row());
  if (known) last_contact = Millis{static_cast<std::int64_t>(ByteReader(contact.blob(0)).u64())};
  return {};
}

Status Vault::State::load_scopes() {
  TRY_STATUS(load_own_keys());
  forget_weeks();
  scopes.clear();
  Statement rows = writer->use("SELECT number, id, acknowledged, elsewhere FROM scope");
  for (;;) {
    TRY_ASSIGN(const bool more, rows.row());
    if (!more) break;
    const auto id = ScopeId::from(rows.blob(1)).value_or(ScopeId{});
    ScopeState& scope = scopes[id];
    scope.number = rows.integer(0);
    scope.id = id;
    scope.acknowledged = rows.natural(2);
    scope.elsewhere = rows.integer(3) != 0;
  }
  rows.reset();
  for (auto& [id, scope] : scopes) TRY_STATUS(load_scope(scope));
  roles = Roles();
  if (const ScopeState* organisation = organisation_scope()) {
    TRY_ASSIGN(roles, Roles::read(Rows(*writer, organisation->number, rules)));
  }
  publish();
  return {};
}

Status Vault::State::load_scope(ScopeState& scope) {
  Statement charter =
      writer->use("SELECT c.bytes FROM scope AS s JOIN charter AS c ON c.scope = s.number AND c.hash = s.charter WHERE s.number = ?");
  charter.bind(scope.number);
  TRY_ASSIGN(const bool there, charter.row());
  if (!there) return fail(ErrorCode::damaged, "The vault is damaged: a scope has no charter. Restore it from a backup.");
  auto verified = Charter::verify(charter.blob(0), founding.root, nullptr);
  if (!verified) return fail(ErrorCode::damaged, "The vault is damaged: a charter in it does not verify. Restore it from a backup.");
  scope.charter = std::move(*verified);
  charter.reset();
  const CharterDevice* own = next ? scope.charter.device(next->device) : nullptr;
  scope.renewed = own != nullptr;
  if (own == nullptr) own = scope.charter.device(founding.device);
  if (own == nullptr) return fail(ErrorCode::damaged, "The vault is damaged: a charter in it does not name this device.");
  scope.own = own->number;
  scope.own_class = own->device_class;
  saw_desk({scope.charter.written_quarter * Stamp::quarter_millis});

  scope.heads.clear();
  for (const CharterDevice& device : scope.charter.devices) {
    Statement last =
        writer->use("SELECT last, hash, header FROM segment WHERE scope = ? AND device = ? AND state = 2 ORDER BY first DESC LIMIT 1");
    last.bind(scope.number, device.number);
    TRY_ASSIGN(const bool found, last.row());
    if (!found) {
      TRY_ASSIGN(const auto base, base_of(*writer, scope.number, device.number));
      if (base) {
        scope.heads[device.number] = *base;
        saw(scope, device.number, base->number, base->stamp);
      }
      continue;
    }
    TRY_ASSIGN(const SegmentView header, parse_evidence(last.blob(2)));
    scope.heads[device.number] = head_of(header);
    saw(scope, device.number, header.header.last(), header.header.last_stamp);
  }
  scope.last_own = scope.head(scope.own).number;
  TRY_ASSIGN(scope.last_sealed, sealed_by(*writer, scope));
  Statement last_own = writer->use("SELECT number, bytes FROM operation WHERE scope = ? AND device = ? ORDER BY number DESC LIMIT 1");
  last_own.bind(scope.number, scope.own);
  TRY_ASSIGN(const bool wrote, last_own.row());
  if (wrote) {
    scope.last_own = std::max(scope.last_own, last_own.natural(0));
    TRY_STATUS(parse_operation(last_own.blob(1), operation));
    saw(scope, scope.own, last_own.natural(0), operation.stamp());
  }
  last_own.reset();
  // What a copy set aside keeps its numbers until it has new ones.
  const HeaderHash no_segment{};
  Statement aside = writer->use("SELECT coalesce(max(number), 0) FROM parked WHERE scope = ? AND device = ? AND hash = ?");
  aside.bind(scope.number, scope.own, no_segment);
  TRY_ASSIGN([[maybe_unused]] const bool answered, aside.row());
  scope.last_own = std::max(scope.last_own, aside.natural(0));
  return {};
}

Status put_founding(Database& database, std::string_view name, ByteView value) {
  return database.use("INSERT OR REPLACE INTO founding (name, value) VALUES (?, ?)").bind(name, value).run();
}

Result<std::optional<ChainHead>> base_of(Database& database, std::int64_t scope, DeviceNumber device) {
  Statement found = database.use("SELECT number, hash, stamp FROM base WHERE scope = ? AND device = ?");
  found.bind(scope, device);
  TRY_ASSIGN(const bool there, found.row());
  if (!there) return std::nullopt;
  ChainHead base{found.natural(0), {}, found.natural(2)};
  std::ranges::copy(found.blob(1), base.hash.begin());
  return base;
}

Result<std::unique_ptr<Database>> Vault::State::connect_reader() const {
  return Database::open(file, store_key, vault_salt(store_key),
                        {.mode = DatabaseOptions::Mode::read, .cache_kib = options.cache_kib, .vfs = options.vfs});
}

void Vault::State::publish() {
  const std::unique_lock guard(publishing);
  for (const auto& [id, scope] : scopes) {
    const OperationNumber last = scope.own_state() == DeviceState::active ? scope.last_own : scope.last_sealed;
    const Millis written{scope.charter.written_quarter * Stamp::quarter_millis};
    published[id] = {scope.number,       scope.charter.scope_kind(), scope.own, scope.own_class, scope.charter.number, last,
                     scope.acknowledged, scope.own_state(),          written,   scope.renewed,   scope.elsewhere};
  }
  ++revision;
}

Millis Vault::State::now() const {
  const std::scoped_lock guard(timing);
  return time.read(options.clock->now(), options.clock->running()).now;
}

Week Vault::State::week_now() const {
  // Terms are whole weeks: that midnight in Amsterdam is an hour or two before UTC's makes no difference to them.
  return week_of(Day{static_cast<std::int32_t>(now().value / 86'400'000)});
}

Millis Vault::State::sure_now() const {
  const std::scoped_lock guard(timing);
  return time.sure(options.clock->now(), options.clock->running());
}

Week Vault::State::term_week() const { return week_of(Day{static_cast<std::int32_t>(sure_now().value / 86'400'000)}); }

Status Vault::State::keep_sure(Millis now) {
  Bytes value;
  ByteWriter(value).u64(static_cast<std::uint64_t>(now.value));
  return writer->use("INSERT OR REPLACE INTO founding (name, value) VALUES ('sure', ?)").bind(value).run();
}

void Vault::State::saw(const ScopeState& scope, DeviceNumber device, OperationNumber number, std::uint64_t raw) {
  // What a ruling freed moves no clock past the day on which it was decided, but for the chain of who wrote it: its stamps must rise.
  const Stamp stamp{device == scope.own ? raw : scope.charter.standing_stamp(device, number, raw)};
  clock.receive(stamp);
  const std::scoped_lock guard(timing);
  time.saw_stamp(stamp, options.clock->running());
}

void Vault::State::saw_desk(Millis desk) {
  const std::scoped_lock guard(timing);
  time.saw_desk(desk, options.clock->running());
}

Result<ScopeState*> Vault::State::find(const ScopeId& scope) {
  const auto found = scopes.find(scope);
  if (found == scopes.end()) return fail(ErrorCode::charter, "No charter of that scope names this device yet.");
  return &found->second;
}

std::optional<PublishedScope> Vault::State::seen(const ScopeId& scope) const {
  const std::shared_lock guard(publishing);
  const auto found = published.find(scope);
  return found == published.end() ? std::nullopt : std::optional(found->second);
}

const ScopeState* Vault::State::organisation_scope() const {
  const auto found = scopes.find(founding.organisation.as<ScopeTag>());
  return found == scopes.end() ? nullptr : &found->second;
}

Conditions Vault::State::conditions(const ScopeState& scope) const {
  return {scope.number, &scope.charter, &roles, &rules, scope.own, scope.own_class, term_week()};
}

Status Vault::State::write(const std::function<Status()>& work) {
  given_way = false;
  const Week now = term_week();
  const Millis sure = sure_now();
  const bool hour_passed = sure.value - kept_sure.value >= std::int64_t{3'600'000};
  Status done = writer->transaction([&]() -> Status {
    TRY_STATUS(work());
    if (hour_passed) TRY_STATUS(keep_sure(sure));
    if (now <= terms_week) return {};
    return writer->use("INSERT OR REPLACE INTO founding (name, value) VALUES ('terms_week', ?)")
        .bind(view(std::to_string(now.value)))
        .run();
  });
  if (done) {
    terms_week = std::max(terms_week, now);
    if (hour_passed) kept_sure = sure;
    publish();
    return done;
  }
  // What the failed work changed in memory is not in the file.
  if (auto again = load_scopes(); !again && again.error().code != done.error().code) done.error().sentence += " " + again.error().sentence;
  return done;
}

Status Vault::State::renew_roles() {
  const ScopeState* organisation = organisation_scope();
  if (organisation == nullptr) return {};
  TRY_ASSIGN(Roles renewed, Roles::read(Rows(*writer, organisation->number, rules)));
  const std::set<RecordId> changed = roles.differing(renewed);
  roles = std::move(renewed);
  if (changed.empty()) return {};
  staff_changed = true;
  for (auto& [id, scope] : scopes) {
    if (scope.charter.scope_kind() != ScopeKind::house) continue;
    Applying applying(*writer, conditions(scope));
    const Status judged = applying.judge_again(
        [&](const journal::Operation& op) { return !op.actor().empty() && changed.contains(id_of<RecordId>(op.actor())); });
    TRY_STATUS(judged);
  }
  forget_weeks();
  return {};
}

void Vault::State::forget_weeks() {
  week_of_record.clear();
  weeks_of_table.clear();
  misses.clear();
  known_whole.clear();
}

Result<std::optional<Week>> Vault::State::find_week(const ScopeState& scope, Table table, const PersonId& owner, const RecordId& record,
                                                    Week near) {
  const RecordKey asked{scope.number, table, record};
  const std::pair where{scope.number, table};
  if (const auto known = week_of_record.find(asked); known != week_of_record.end()) return known->second;
  if (known_whole.contains(where)) return std::nullopt;
  const Rows rows(*writer, scope.number, rules);
  const ByteView by = table >= Table::person ? ByteView(owner.bytes) : ByteView{};
  auto& weeks = weeks_of_table[where];
  if (weeks.empty()) {
    TRY_ASSIGN(weeks, rows.weeks(table));
  }
  std::vector<Week> order(weeks.rbegin(), weeks.rend());
  // A rota's record stands in one week in any case, and what is asked for is mostly near.
  const bool rota = term_of_table(table) == TermClass::rota;
  std::ranges::stable_sort(order, {}, [rota, near, now = week_now()](Week week) {
    return week == near ? -1 : rota ? std::abs(week.value - now.value) : 0;
  });
  for (const Week week : order) {
    TRY_ASSIGN(const bool there, rows.holds(table, week, by, record));
    if (!there) continue;
    if (known_whole.empty() && week_of_record.size() >= most_remembered_records) week_of_record.clear();
    week_of_record[asked] = week;
    return week;
  }
  // An import asks for one new record after the other.
  if (++misses[where] >= most_misses) {
    TRY_ASSIGN(const auto all, rows.weeks_of_records(table));
    for (const auto& [each, week] : all) week_of_record[{scope.number, table, each}] = week;
    known_whole.insert(where);
  }
  return std::nullopt;
}

}  // namespace huisbord
