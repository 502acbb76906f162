// SPDX-License-Identifier: GPL-3.0-or-later
// The kiosk put together: window, screens, vault, and the thread that synchronises.
#pragma once

#include <cstdio>
#include <filesystem>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/kiosk/board_renewal.h"
#include "app/kiosk/chime.h"
#include "app/kiosk/event_loop.h"
#include "app/kiosk/first_start.h"
#include "app/kiosk/house_actions.h"
#include "app/kiosk/kiosk_settings.h"
#include "app/kiosk/screens/door.h"
#include "app/kiosk/screens/host.h"
#include "app/kiosk/screens/pairing.h"
#include "app/kiosk/semantics_socket.h"
#include "app/kiosk/stage.h"
#include "app/kiosk/stretching.h"
#include "app/kiosk/window.h"
#include "core/crypto/random.h"
#include "core/sync/https_relay.h"
#include "core/sync/sync_loop.h"

namespace huisbord {

struct KioskOptions {
  std::filesystem::path folder;     ///< vault.db, keyslots, kiosk.toml
  std::filesystem::path share;      ///< locale/ and assets/
  std::filesystem::path store_key;  ///< a file with the raw key in hexadecimal; empty: the house phrase
  WindowOptions window;
  std::filesystem::path semantics;  ///< empty: no socket
  std::filesystem::path frame_log;  ///< empty: none
  std::optional<double> tick_seconds;
  Random* random = &crypto::system_random();  ///< of a new board's house phrase; must outlive the kiosk
  bool quit_after_first_frame = false;
};

/// Model: the door until a vault is open, then the host of the screens. Members are in the order in which they need each other.
class Kiosk final : public Scene {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Kiosk>> make(KioskOptions options);
  ~Kiosk() override;

  /// Until the window closes or EventLoop::quit(). The exit code of the program.
  int run();

  [[nodiscard]] ui::Look look() const override;
  void draw(ui::Ui& ui) override;

 private:
  explicit Kiosk(KioskOptions options) : options_(std::move(options)) {}
  void prepare();

  // kiosk_opening.cpp
  enum class OpenedBy : std::uint8_t { key_file, machine, person };
  void find_a_way_in();
  void begin_first_start(std::unique_ptr<Vault> waiting);
  /// False once this board belongs to a house: then that is what shows.
  [[nodiscard]] bool still_first_start();
  /// This board is a copy: with staff and the office it becomes one of its house again.
  void begin_renewal();
  /// False when it has, or whoever stood there went back: the board shows.
  [[nodiscard]] bool still_renewing();
  void end_renewal();
  /// By TPM and the relay's share, where that was made; tried again while nobody has opened it.
  void begin_alone();
  void poll_alone(Millis running);
  void make_door();
  /// Forgets the store key and everything that it opened; from here on a person's words open the board, also after a restart.
  void lock_now();
  void open_with(crypto::SecretBytes store_key, OpenedBy opener);
  void try_vault();
  void begin_phrase(std::string phrase);
  [[nodiscard]] std::optional<bool> poll_phrase();
  /// The file that says so: somebody locked this board.
  [[nodiscard]] std::filesystem::path locked_file() const { return options_.folder / "locked"; }

  [[nodiscard]] HttpsRelay::Settings relay_settings() const { return {.url = settings_.relay, .authorities = settings_.authorities}; }
  /// The office closed or wiped this board: nobody is let in any more; its keys and all that it holds go as soon as that is due.
  void heed_closing();
  void stop_sync();
  /// From the screens of the house to the door: whatever a session or the house showed is forgotten.
  void leave_house();
  void begin_house();
  void heard(const RoundReport& report);
  /// On the synchronising thread, once: under which new name the office may admit a store that was copied.
  void tell_copied();
  /// On the synchronising thread: what erasures and time ask of this device's keys.
  void tend_keys();
  void framed(const FrameReport& report);
  /// What can wait until somebody sees something: the rota's weeks, the past, the network.
  void run_errands(Millis running);
  /// Fonts and catalogues that are not there: what is shown instead is in the log, once.
  void tell_missing();
  void begin_sync();

  KioskOptions options_;
  KioskSettings settings_;
  std::unique_ptr<Window> window_;
  std::unique_ptr<Stage> stage_;
  std::unique_ptr<EventLoop> loop_;
  std::unique_ptr<SemanticsSocket> semantics_;
  std::unique_ptr<Words> words_;
  std::unique_ptr<Chime> chime_;
  std::unique_ptr<Door> door_;
  std::future<Result<crypto::SecretBytes>> phrase_;
  Stretching<Result<crypto::SecretBytes>> alone_;
  std::optional<Millis> alone_at_;
  std::optional<ErrorCode> alone_told_;  ///< why it does not open alone, once in the log
  std::unique_ptr<FirstStart> first_start_;
  std::unique_ptr<PairingScreen> pairing_;

  crypto::SecretBytes store_key_;  ///< until the vault is open
  OpenedBy opened_by_ = OpenedBy::key_file;
  std::optional<Millis> retry_at_;
  std::optional<ErrorCode> told_;  ///< why the vault did not open, once in the log
  std::unique_ptr<Vault> vault_;
  std::unique_ptr<HouseActions> actions_;
  std::unique_ptr<Host> host_;
  std::unique_ptr<BoardRenewal> renewal_;
  bool renews_after_frame_ = false;
  bool renewal_left_ = false;
  bool renewal_hurries_ = false;  ///< the office said yes: synchronising was told
  std::mutex news_mutex_;
  SyncNews news_;
  std::optional<i18n::HouseZone> zone_;
  std::uint64_t heard_revision_ = 0;  ///< this and the next two: the sync thread's own
  DeviceState heard_state_ = DeviceState::active;
  bool copied_told_ = false;
  std::unique_ptr<HttpsRelay> relay_;
  std::unique_ptr<SyncLoop> sync_;
  Day tended_;
  Millis tend_from_;
  bool missing_told_ = false;
  std::FILE* frame_log_ = nullptr;
  bool first_frame_told_ = false;
  bool forget_after_frame_ = false;
  bool lock_after_frame_ = false;
};

}  // namespace huisbord
