// SPDX-License-Identifier: GPL-3.0-or-later
// What is due with a device's keys: turned, renewed, ended, and told to the office (KEYS.md 13).
#include <algorithm>

#include "core/crypto/custody.h"
#include "core/crypto/memory.h"
#include "core/crypto/pin.h"
#include "core/journal/operation.h"
#include "core/store/pin_secret.h"
#include "core/store/vault_state.h"

namespace huisbord {
namespace {

constexpr std::int64_t quarters_a_day = 96;
constexpr std::int64_t turn_after = 30 * quarters_a_day;
constexpr std::int64_t lease_millis = std::int64_t{60} * 24 * 60 * 60 * 1000;
/// Running time is written down so often at most; a plug that is pulled costs that much.
constexpr std::int64_t count_every = std::int64_t{60} * 60 * 1000;
constexpr std::string_view running_name = "keys.running";
constexpr std::string_view leased_name = "keys.leased";
constexpr std::string_view pin_prefix = "pin.";
constexpr std::size_t pin_name_size = 4 + 32;

std::string settled_name(const ScopeId& scope) { return "keys.settled." + scope.hex(); }
std::string announced_name(const ScopeId& scope) { return "keys.announced." + scope.hex(); }

Result<std::int64_t> read_number(Database& database, std::string_view name) {
  TRY_ASSIGN(const auto stored, read_setting(database, name));
  return stored ? static_cast<std::int64_t>(ByteReader(*stored).u64()) : 0;
}

Status keep_number(Database& database, std::string_view name, std::int64_t number) {
  Bytes value;
  ByteWriter(value).u64(static_cast<std::uint64_t>(number));
  return keep_setting(database, name, value);
}

/// Nothing on a device without one.
Result<std::optional<crypto::Custody>> read_custody(Database& database) {
  TRY_ASSIGN(const auto stored, read_setting(database, custody_setting));
  if (!stored) return std::nullopt;
  TRY_ASSIGN(crypto::Custody custody, crypto::Custody::parse(*stored));
  return custody;
}

bool of_house(const ScopeState& scope) { return scope.charter.scope_kind() == ScopeKind::house; }

}  // namespace

Status Vault::State::load_own_keys() {
  TRY_ASSIGN(sealing, read_own_sealing(*writer));
  TRY_ASSIGN(duties, read_key_duties(*writer));
  founding.sealing = sealing.front().pair.clone();
  return {};
}

const crypto::SealingKeyPair& Vault::State::sealing_pair(const ScopeState& scope) const {
  if (scope.renewed) return identity(scope).sealing;
  const CharterDevice* own = scope.charter.device(scope.own);
  const auto found =
      std::ranges::find_if(sealing, [&](const OwnSealing& key) { return own != nullptr && key.pair.public_key == own->sealing_key; });
  return found == sealing.end() ? sealing.back().pair : found->pair;
}

Status Vault::State::begin_erasure(const std::vector<PersonId>& people) {
  for (const PersonId& person : people) {
    TRY_STATUS(drop_setting(*writer, pin_setting(person)));
    TRY_STATUS(drop_setting(*writer, tries_setting(person)));
  }
  // Whatever was ever sealed to this device may hold their keys, so each of its sealing keys so far must end, one on its way too.
  duties.turn = true;
  duties.unsettled = true;
  duties.rekey = false;
  return keep_key_duties(*writer, duties);
}

Status Vault::State::left_keyring(const ScopeState& scope, const Charter& former) {
  stays_changed = true;
  const auto given = [&](const Charter& charter, const PersonId& person) {
    return std::ranges::any_of(charter.keyring,
                               [&](const KeyringEntry& entry) { return entry.device == scope.own && entry.person == person; });
  };
  const bool somebody = std::ranges::any_of(
      former.keyring, [&](const KeyringEntry& entry) { return entry.device == scope.own && !given(scope.charter, entry.person); });
  if (!somebody || !scope.own_active() || duties.turn) return {};
  // Charters that were recorded hold that key sealed to this device: its sealing key ends too.
  duties.turn = true;
  return keep_key_duties(*writer, duties);
}

Status Vault::State::end_pins_of(const std::vector<PersonId>& left) {
  for (const PersonId& person : left) {
    TRY_ASSIGN(const auto wrap, read_setting(*writer, pin_setting(person)));
    if (wrap) fold_due = true;
    TRY_STATUS(drop_setting(*writer, pin_setting(person)));
    TRY_STATUS(drop_setting(*writer, tries_setting(person)));
  }
  stays_changed = false;
  return {};
}

Status Vault::State::forget_ended_keys(ScopeState& scope) {
  if (scope.own_active()) {
    for (const Epoch& epoch : scope.charter.epochs) {
      if (!rules.epoch_ended(scope.charter, epoch)) continue;
      Statement gone = writer->use("DELETE FROM epoch WHERE scope = ? AND id = ? RETURNING 1");
      gone.bind(scope.number, epoch.id);
      TRY_ASSIGN(const bool held, gone.row());
      if (held) {
        TRY_STATUS(gone.run());
        scope.epochs.erase(epoch.id);
        fold_due = true;
      }
    }
  }
  if (of_house(scope)) TRY_STATUS(renew_leases());
  // A store that becomes a new device has that one's key; what was on its way for the former ends with it.
  if (sealing.size() == 1 || next) return {};
  const bool everywhere = std::ranges::all_of(
      scopes, [&](const auto& one) { return rules.lists_sealing_key(one.second.charter, one.second.own, sealing.back().pair.public_key); });
  if (!everywhere) return {};
  TRY_STATUS(settle_own_sealing(*writer, sealing.back()));
  sealing.erase(sealing.begin(), std::prev(sealing.end()));
  founding.sealing = sealing.front().pair.clone();
  fold_due = true;
  if (!duties.unsettled || duties.turn) return {};
  duties.rekey = true;
  return keep_key_duties(*writer, duties);
}

bool Vault::State::count_due() const { return options.clock->running().value - counted_running.value >= count_every; }

Result<std::int64_t> Vault::State::count_running() {
  TRY_ASSIGN(std::int64_t total, read_number(*writer, running_name));
  const Millis running = options.clock->running();
  total += std::max<std::int64_t>(0, running.value - counted_running.value);
  counted_running = running;
  TRY_STATUS(keep_number(*writer, running_name, total));
  return total;
}

Status Vault::State::renew_leases() {
  TRY_ASSIGN(const std::int64_t total, count_running());
  return keep_number(*writer, leased_name, total + lease_millis);
}

/// A wrap is made without a lease and takes the store's; each charter of a house gives all a new one, so one number serves them all.
Status Vault::State::end_leases() {
  TRY_ASSIGN(const std::int64_t total, count_running());
  TRY_ASSIGN(const std::int64_t until, read_number(*writer, leased_name));
  if (until == 0) return renew_leases();
  if (total <= until) return {};
  TRY_ASSIGN(const auto wraps, read_settings(*writer, pin_prefix));
  for (const auto& [name, value] : wraps) {
    if (name.size() != pin_name_size) continue;
    TRY_STATUS(drop_setting(*writer, name));
    fold_due = true;
  }
  return {};
}

Status Vault::State::turn_sealing_key() {
  OwnSealing another;
  another.number = sealing.back().number + 1;
  another.made_quarter = quarter_of(now());
  another.pair = crypto::make_sealing_key(*options.random);
  TRY_STATUS(keep_own_sealing(*writer, another));
  sealing.push_back(std::move(another));
  duties.turn = false;
  return keep_key_duties(*writer, duties);
}

Result<bool> Vault::State::drop_former_staff() {
  TRY_ASSIGN(auto custody, read_custody(*writer));
  if (!custody) return false;
  const std::uint64_t stamp = (std::uint64_t{quarter_of(now())} << 32) | 0xffffffffU;
  std::vector<StaffId> former;
  for (const crypto::CustodyWrap& wrap : custody->wraps()) {
    const auto who = wrap.staff.as<RecordTag>();
    const bool holds = std::ranges::any_of(
        scopes, [&](const auto& one) { return of_house(one.second) && roles.holds(who, one.first, std::max(stamp, clock.last().value)); });
    if (roles.is_staff(who) && !holds) former.push_back(wrap.staff);
  }
  if (former.empty()) return false;
  for (const StaffId& staff : former) TRY_STATUS(custody->remove_wrap(staff));
  fold_due = true;
  // With nobody left there is no custody: the board goes on for residents with a PIN, and is paired anew for staff.
  if (custody->wraps().empty()) {
    TRY_STATUS(drop_setting(*writer, custody_setting));
  } else {
    TRY_STATUS(keep_setting(*writer, custody_setting, custody->renewed(*options.random).serialise()));
  }
  return true;
}

Status Vault::State::announce_keys() {
  TRY_ASSIGN(const auto custody, read_custody(*writer));
  for (auto& [id, scope] : scopes) {
    const CharterDevice* own = scope.charter.device(scope.own);
    if (!of_house(scope) || !scope.own_active() || own == nullptr) continue;
    TRY_ASSIGN(const std::int64_t settled, read_number(*writer, settled_name(id)));
    journal::DeviceKeys keys;
    keys.set_sealing_key(to_string(sealing.back().pair.public_key.view()));
    if (custody) keys.set_custody_key(to_string(custody->public_key().view()));
    keys.set_settled(static_cast<std::uint32_t>(settled));
    const std::string said = keys.SerializeAsString();
    TRY_ASSIGN(const auto before, read_setting(*writer, announced_name(id)));
    // What a device was founded with stands in the charter or was told at pairing: nothing to announce.
    if (before ? text_view(*before) == said : own->sealing_key == sealing.back().pair.public_key && settled == 0) {
      if (!before) TRY_STATUS(keep_setting(*writer, announced_name(id), view(said)));
      continue;
    }
    operation.Clear();
    operation.set_stamp(clock.tick(now()).value);
    operation.set_kind(static_cast<std::uint32_t>(Kind::device_keys));
    operation.set_term_class(static_cast<std::uint32_t>(TermClass::structure));
    operation.set_record(to_string(founding.device.bytes));
    *operation.mutable_device_keys() = keys;
    TRY_ASSIGN(const Bytes raw, write_operation(operation));
    Applying applying(*writer, conditions(scope));
    TRY_STATUS(applying.add(scope.own, scope.last_own + 1, raw));
    ++scope.last_own;
    TRY_STATUS(keep_setting(*writer, announced_name(id), view(said)));
  }
  return {};
}

/// Whose stay is over by the time that the charter held was signed, and whose key no kiosk is given any more.
Result<std::vector<PersonId>> Vault::who_left() const {
  std::vector<PersonId> left;
  {
    const std::scoped_lock guard(state_->writing);
    if (!state_->stays_changed && !state_->count_due()) return left;
  }
  for (const ScopeId& scope : scopes()) {
    if (scope == organisation().as<ScopeTag>()) continue;
    TRY_ASSIGN(const Charter charter, held_charter(scope));
    TRY_ASSIGN(const auto stays, placings(scope));
    const Day signed_on{static_cast<std::int32_t>(charter.written_quarter / quarters_a_day)};
    for (const Placing& stay : stays) {
      const bool given = std::ranges::find(charter.keyring, stay.person, &KeyringEntry::person) != charter.keyring.end();
      if (stay.until && *stay.until < signed_on && !given) left.push_back(stay.person);
    }
  }
  return left;
}

Status Vault::tend_keys() {
  TRY_ASSIGN(const std::vector<PersonId> left, who_left());
  const std::scoped_lock guard(state_->writing);
  State& state = *state_;
  if (state.scopes.empty() || state.next) return {};
  Database& db = *state.writer;
  const std::int64_t quarter = quarter_of(state.now());
  OwnSealing& newest = state.sealing.back();
  if (newest.made_quarter == 0) {
    // A founding does not say when it was: its key counts from when somebody first looks.
    newest.made_quarter = quarter;
    TRY_STATUS(state.write([&] { return settle_own_sealing(db, newest); }));
  }
  const bool in_house = std::ranges::any_of(state.scopes, [](const auto& one) { return of_house(one.second) && one.second.own_active(); });
  const bool old = quarter - state.sealing.back().made_quarter >= turn_after;
  const bool count = state.count_due();
  const bool settles = state.duties.unsettled && !state.duties.turn && !state.duties.rekey && state.sealing.size() == 1;
  const auto keys_due = (state.duties.turn || old) && in_house;
  if (keys_due || count || settles || state.staff_changed || state.stays_changed) {
    const Status done = state.write([&]() -> Status {
      TRY_STATUS(state.end_pins_of(left));
      if (keys_due) TRY_STATUS(state.turn_sealing_key());
      if (count) TRY_STATUS(state.end_leases());
      if (settles) {
        for (const auto& [id, scope] : state.scopes)
          if (of_house(scope) && !scope.charter.erased.empty()) TRY_STATUS(keep_number(db, settled_name(id), scope.charter.number));
        state.duties.unsettled = false;
        TRY_STATUS(keep_key_duties(db, state.duties));
      }
      TRY_ASSIGN([[maybe_unused]] const bool renewed, state.drop_former_staff());
      return state.announce_keys();
    });
    TRY_STATUS(done);
    state.staff_changed = false;
  }
  if (!state.fold_due) return {};
  TRY_STATUS(db.checkpoint());
  state.fold_due = false;
  return {};
}

bool Vault::rekey_due() const {
  const std::scoped_lock guard(state_->writing);
  return state_->duties.rekey;
}

}  // namespace huisbord
