// SPDX-License-Identifier: GPL-3.0-or-later
// All that a screen can ask and do: the only door between screens and the store. Screens hold no other state than what is on the glass.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/domain/change.h"
#include "core/domain/refusal.h"

namespace huisbord {

/// The two marks of a change: it is safe in this house; it has arrived at the office.
enum class Arrival : std::uint8_t { saved_here, arrived };

struct SyncView {
  enum class State : std::uint8_t { all_arrived, waiting, someone_looks } state = State::waiting;
  std::uint32_t waiting = 0;             ///< changes that wait for the network
  std::optional<MinuteOfDay> last_sent;  ///< of the house's wall clock, when everything had arrived
  std::string who_looks;                 ///< first name; only with someone_looks
};

/// What is the matter with this board, or with what comes from the office. Nothing of anybody.
struct Concern {
  enum class Kind : std::uint8_t {
    cut,          ///< the office took this board out of its network
    copied,       ///< this store was put back, or runs twice: the office has to admit it anew
    forked,       ///< a copy of some board or desk is at work
    withheld,     ///< not everything arrives here
    relay_wrong,  ///< the relay forgot, or hands out what it should not
    lapsed,       ///< nothing heard for so long that what is shown is old
    nothing_from_office,
    behind,        ///< some board is shown an old state
    tables_differ  ///< two boards made other tables of the same changes
  } kind = Kind::withheld;
  std::optional<Day> since;  ///< with nothing_from_office
  auto operator<=>(const Concern&) const = default;
};

struct Now {
  Day today;
  MinuteOfDay minute;
};

struct Sleeper {  ///< one disc of the sign-in screen; never a name
  PersonId person;
  std::string room_label;
  RoomId room;
  Symbol symbol = Symbol::boat;
  Pastel pastel = Pastel::peach;
  bool has_pin = false;
};

struct BoardDuty {
  TaskPlace place = TaskPlace::kitchen;
  std::string room_label;
  std::string woongroep;  ///< its name, when the house has more than one
};

struct BoardView {  ///< the house board: nothing personal
  std::string house_name;
  std::vector<Activity> today;
  std::vector<BoardDuty> duties;  ///< today's, by woongroep and place
  std::vector<Notice> notices;    ///< on the board today, newest first
};

struct AppointmentView {
  Appointment appointment;
  Arrival answer_arrival = Arrival::arrived;
};

struct DutyView {
  Duty duty;
  std::string room_label;
  bool mine = false;
  Arrival arrival = Arrival::arrived;
};

struct EntryView {
  Entry entry;
  Arrival question_arrival = Arrival::arrived;
};

struct RotaView {
  Week week;
  std::vector<Task> tasks;          ///< rows
  std::vector<DutyView> duties;     ///< cells, by task and day
  std::vector<DutyView> mine_next;  ///< mine from today on, by day
  std::vector<Swap> swaps_asked_of_me;
  Fairness fairness;
};

/// What a session shows of its resident; read again after every change.
struct ResidentView {
  PersonId person;
  Identity identity;
  Placing placing;
  std::string room_label;
  Preferences preferences;
  CaseManagers managers;
  std::optional<PlanStep> plan;
  std::vector<AppointmentView> appointments;  ///< from today on, by time; cancelled ones stay until their day is over
  std::vector<EntryView> entries;             ///< newest first
  Cents balance;
  std::optional<NextPayment> next_payment;
  std::vector<Notice> notices;       ///< on the board now
  std::vector<Activity> activities;  ///< from today on
};

/// Counts up to the moment a signed-in session ends by itself.
struct SessionClock {
  std::int64_t left_ms = 0;
  std::int64_t total_ms = 120000;
};

enum class SignIn : std::uint8_t { welcome, wrong, wait, no_pin_yet, duress_empty };
struct SignInResult {
  SignIn outcome = SignIn::wrong;
  std::int64_t wait_ms = 0;  ///< with wait: how long no try is taken (never shown as a count-down)
};

/// What a command answers when a disk or store failed and nothing was kept. No rule of core/domain, so none of its refusals either.
inline constexpr Refusal not_saved{255};

class KioskActions {
 public:
  virtual ~KioskActions() = default;

  // What anybody in the hallway sees.
  [[nodiscard]] virtual Now now() const = 0;
  [[nodiscard]] virtual std::int64_t ms_to_next_minute() const = 0;  ///< when the board's clock changes
  [[nodiscard]] virtual BoardView board() const = 0;
  [[nodiscard]] virtual std::vector<Sleeper> sleepers() const = 0;  ///< by room label (as a number), then symbol
  [[nodiscard]] virtual SyncView sync() const = 0;
  [[nodiscard]] virtual std::vector<Concern> concerns() const = 0;  ///< ascending; none on an ordinary day
  /// Grows with every change of the store, ours or from afar: a screen reads again when it differs.
  [[nodiscard]] virtual std::uint64_t revision() const = 0;

  // Signing in. Deriving the key from a PIN takes about a quarter of a second and runs on a thread: begin, then poll until it answers.
  virtual void begin_sign_in(PersonId person, const std::string& pin) = 0;
  [[nodiscard]] virtual std::optional<SignInResult> poll_sign_in() = 0;
  virtual void sign_out() = 0;  ///< keys and every decoded text of the session are wiped
  [[nodiscard]] virtual bool signed_in() const = 0;

  // First PIN, with staff present: the staff passphrase opens the custody key (also on a thread), the kiosk proposes a PIN.
  virtual void begin_staff_unlock(const std::string& passphrase) = 0;
  [[nodiscard]] virtual std::optional<bool> poll_staff_unlock() = 0;  ///< true: opened
  [[nodiscard]] virtual std::string propose_pin() = 0;
  /// After the resident typed the proposed PIN twice alike. Signs nobody in; forgets the custody key.
  virtual void begin_set_pin(PersonId person, const std::string& pin) = 0;
  [[nodiscard]] virtual std::optional<bool> poll_set_pin() = 0;
  virtual void end_staff_unlock() = 0;

  // The session's resident. Only while signed_in().
  /// A change of code: whoever stands here knows the present one (wrong tries slow down as at the door), then the new one is set;
  /// poll_set_pin() answers. Without a right answer to the first the second answers false.
  virtual void begin_check_pin(const std::string& pin) = 0;
  [[nodiscard]] virtual std::optional<SignInResult> poll_check_pin() = 0;
  virtual void begin_change_pin(const std::string& pin) = 0;
  [[nodiscard]] virtual const ResidentView& resident() const = 0;
  [[nodiscard]] virtual RotaView rota(Week week) const = 0;

  // Commands: each is stored before it returns, or answers not_saved and nothing has changed; nothing waits for a network.
  [[nodiscard]] virtual std::expected<void, Refusal> answer(AppointmentId appointment, Answer answer) = 0;
  [[nodiscard]] virtual std::expected<void, Refusal> mark_done(DutyId duty) = 0;
  [[nodiscard]] virtual std::expected<void, Refusal> take_back_done(DutyId duty) = 0;
  [[nodiscard]] virtual std::expected<void, Refusal> offer(DutyId duty) = 0;
  [[nodiscard]] virtual std::expected<void, Refusal> withdraw_offer(DutyId duty) = 0;
  [[nodiscard]] virtual std::expected<void, Refusal> claim(DutyId duty) = 0;
  /// As if it had not been taken over: it is again of the room that offered it, and on the board.
  [[nodiscard]] virtual std::expected<void, Refusal> return_claim(DutyId duty) = 0;
  [[nodiscard]] virtual std::expected<void, Refusal> propose_swap(DutyId mine, DutyId theirs) = 0;
  [[nodiscard]] virtual std::expected<void, Refusal> answer_swap(RecordId swap, bool accept) = 0;
  /// The swap that was asked with this duty of mine.
  [[nodiscard]] virtual std::expected<void, Refusal> withdraw_swap(DutyId mine) = 0;
  [[nodiscard]] virtual std::expected<void, Refusal> question(EntryId entry) = 0;
  [[nodiscard]] virtual std::expected<void, Refusal> withdraw_question(EntryId entry) = 0;
  [[nodiscard]] virtual std::expected<void, Refusal> set_preferences(const Preferences& preferences) = 0;
};

}  // namespace huisbord
