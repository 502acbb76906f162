// SPDX-License-Identifier: GPL-3.0-or-later
// Opens what is needed in the order that puts the first picture on the glass soonest.
#include "app/kiosk/kiosk.h"

#include <spdlog/spdlog.h>

#include <fstream>
#include <utility>

#include "app/kiosk/noticing.h"
#include "app/kiosk/wiping.h"
#include "core/crypto/durable_file.h"
#include "core/crypto/keyslot.h"
#include "core/crypto/memory.h"
#include "core/crypto/words.h"
#include "core/store/closing.h"
#include "core/store/store_key.h"
#include "core/tpm/pin_keeper.h"
#include "core/unlock/opening.h"

namespace huisbord {
namespace {

constexpr std::int64_t tend_again_ms = 60000;
constexpr std::int64_t look_again_ms = 60000;

}  // namespace

Result<std::unique_ptr<Kiosk>> Kiosk::make(KioskOptions options) {
  std::unique_ptr<Kiosk> kiosk(new Kiosk(std::move(options)));
  TRY_ASSIGN(kiosk->window_, Window::open(kiosk->options_.window));
  const auto settings = KioskSettings::load(kiosk->options_.folder / "kiosk.toml");
  if (settings) kiosk->settings_ = *settings;
  kiosk->stage_ = std::make_unique<Stage>(kiosk->window_->renderer(), kiosk->window_->redraw(),
                                          StagePaths{(kiosk->options_.share / "assets" / "fonts.conf").string()});
  kiosk->loop_ = std::make_unique<EventLoop>(*kiosk->window_, *kiosk->stage_, system_clock(),
                                             EventLoop::Panel{kiosk->settings_.pixels_per_mm, kiosk->settings_.scale});
  kiosk->words_ = std::make_unique<Words>(kiosk->options_.share / "locale", [](const std::string& line) { spdlog::warn("{}", line); });
  if (!kiosk->options_.semantics.empty()) {
    TRY_ASSIGN(kiosk->semantics_, SemanticsSocket::open(kiosk->options_.semantics));
  }
  if (!kiosk->options_.frame_log.empty()) kiosk->frame_log_ = std::fopen(kiosk->options_.frame_log.c_str(), "we");
  kiosk->prepare();
  if (!settings) {
    // A settings file that cannot be read closes no house: it runs as if nothing were set, and sends nothing.
    spdlog::error("{}", settings.error().sentence);
    if (settings.error().code == ErrorCode::not_found) kiosk->door_->say(Obstacle::no_house);
  }
  return kiosk;
}

void Kiosk::prepare() {
  if (const auto fonts = options_.share / "assets" / "fonts.conf"; !std::filesystem::exists(fonts))
    spdlog::warn("{} is missing: the system's own choice of fonts is used", fonts.string());
  if (!stage_->has_own_fonts()) spdlog::warn("no font that fonts.conf names is there, the system's are used: install fonts-noto-core");
  if (!stage_->has_icons()) spdlog::warn("the pictograms' font is missing: install fonts-material-design-icons-iconfont");
  make_door();
  loop_->on_frame = [this](const FrameReport& report) { framed(report); };
  if (is_destroyed(options_.folder)) {
    // Again: it finishes what a crash left.
    if (const auto finished = destroy_store(options_.folder); !finished) spdlog::error("{}", finished.error().sentence);
    door_->say(Obstacle::closed);
    return;
  }
  find_a_way_in();
}

void Kiosk::heed_closing() {
  if (!vault_ || vault_->own_state() < DeviceState::closed) return;
  if (host_) {
    leave_house();
    door_->say(Obstacle::closed);
    spdlog::warn("the office has closed this board");
  }
  if (!vault_->must_be_destroyed()) return;
  stop_sync();
  vault_.reset();
  if (const auto destroyed = destroy_store(options_.folder); !destroyed)
    spdlog::error("{}", destroyed.error().sentence);
  else
    spdlog::warn("everything that this board held is destroyed");
}

void Kiosk::stop_sync() {
  if (sync_) sync_->stop();
  sync_.reset();
  relay_.reset();
  news_ = {};
}

void Kiosk::leave_house() {
  if (renewal_) end_renewal();
  host_->hide();
  host_.reset();
  actions_.reset();
  forget_after_frame_ = false;
  make_door();
  stage_->forget();
  wipe_unused_stack();
  stage_->request_frame();
}

void Kiosk::begin_house() {
  alone_at_.reset();
  alone_.give_up();  // a key that comes too late must not stay: somebody may lock the board
  auto zone = i18n::HouseZone::open();
  if (zone) zone_ = *zone;
  if (!zone) {
    spdlog::error("{}", zone.error().sentence);
    door_->say(Obstacle::cannot_start);
    return;
  }
  // A kiosk is in two scopes: the organisation's, which has its identifier, and its house's.
  std::optional<HouseId> house;
  for (const ScopeId& scope : vault_->scopes())
    if (scope != vault_->organisation().as<ScopeTag>()) house = scope.as<HouseTag>();
  if (!house) {
    spdlog::error("the vault belongs to no house yet");
    door_->say(Obstacle::no_house);
    return;
  }
  actions_ = std::make_unique<HouseActions>(HouseActions::Parts{.vault = vault_.get(),
                                                                .house = *house,
                                                                .zone = *zone,
                                                                .clock = &system_clock(),
                                                                .random = &crypto::system_random(),
                                                                .changed =
                                                                    [this] {
                                                                      if (sync_) sync_->wake();
                                                                    },
                                                                .sync_news =
                                                                    [this] {
                                                                      const std::lock_guard lock(news_mutex_);
                                                                      return news_;
                                                                    },
                                                                .log = [](const std::string& line) { spdlog::warn("{}", line); },
                                                                .pin_keeper = [] { return pin_keeper(usual_tpm()); }});
  host_ = std::make_unique<Host>(*actions_, *words_, settings_.language);
  host_->on_session_end = [this] { forget_after_frame_ = true; };
  host_->less_motion = settings_.less_motion;
  host_->on_lock = [this] { lock_after_frame_ = true; };
  if (!settings_.relay.empty()) host_->on_renew = [this] { renews_after_frame_ = true; };
  std::error_code ignored;
  const bool was_locked = std::filesystem::remove(locked_file(), ignored);
  if (was_locked || opened_by_ == OpenedBy::person) {
    if (const auto opened = opened_by_a_person(*vault_, keyslots_path(options_.folder)); !opened)
      spdlog::error("{}", opened.error().sentence);
  }
  if (settings_.sound) {
    chime_ = std::make_unique<Chime>([](const std::string& line) { spdlog::info("{}", line); });
    host_->on_soon = [this] { chime_->play(); };
  }
  if (const auto last = vault_->last_contact(); last && vault_->waiting_count() == 0) news_.all_arrived_at = last;
  news_.concerns = concerns_of(*vault_, *zone_);
  EventLoop::wake();
}

void Kiosk::heard(const RoundReport& report) {
  // A round that changed nothing on the glass draws nothing.
  const std::uint64_t revision = vault_->revision();
  const DeviceState state = vault_->own_state();
  bool shows = revision != heard_revision_ || state != heard_state_;
  heard_revision_ = revision;
  heard_state_ = state;
  tell_copied();
  std::vector<Concern> concerns = concerns_of(*vault_, *zone_);
  {
    const std::lock_guard lock(news_mutex_);
    const SyncNews before = news_;
    news_.concerns = std::move(concerns);
    // The time of sending, not of asking whether there is anything: an idle board stands still.
    if (report.clean() && report.waiting == 0 && (!news_.all_arrived_at || report.segments_pushed() > 0)) news_.all_arrived_at = report.at;
    if (report.reached()) news_.office_looks = !report.clean();
    const auto minute = [](const std::optional<Millis>& at) { return at ? at->value / 60000 : -1; };
    shows = shows || before.concerns != news_.concerns || before.office_looks != news_.office_looks ||
            minute(before.all_arrived_at) != minute(news_.all_arrived_at);
  }
  if (report.failure && report.failure->code != ErrorCode::network && report.failure->code != ErrorCode::unavailable)
    spdlog::warn("synchronising: {}: {}", name(report.failure->code), report.failure->sentence);
  tend_keys();
  if (shows) EventLoop::wake();
}

void Kiosk::tell_copied() {
  if (copied_told_ || !vault_->must_become_new()) return;
  const auto next = vault_->new_identity();
  if (!next) return spdlog::warn("{}", next.error().sentence);
  copied_told_ = true;
  spdlog::warn("this store was put back or runs twice: it sends nothing until the office admits it as device {}", next->id.hex());
}

void Kiosk::tend_keys() {
  Status done = vault_->tend_keys();
  // A key given as a file is for measuring: nobody writes it anew.
  if (done && vault_->rekey_due() && options_.store_key.empty()) {
    done = renew_store_key(*vault_, options_.folder, crypto::system_random());
    if (done) done = vault_->tend_keys();
  }
  if (!done && done.error().code != ErrorCode::locked) spdlog::warn("keys: {}: {}", name(done.error().code), done.error().sentence);
}

void Kiosk::framed(const FrameReport& report) {
  if (semantics_ && report.presented) semantics_->show(stage_->tree(), stage_->viewport());
  if (frame_log_) {
    std::fprintf(frame_log_, "%lld %.3f %.3f %d %s %llu\n", static_cast<long long>(report.at.value), report.build_and_draw_ms,
                 report.present_ms, report.presented ? 1 : 0, report.cause,
                 static_cast<unsigned long long>(vault_ ? vault_->revision() : 0));
    std::fflush(frame_log_);
  }
  if (!first_frame_told_ && report.presented) {
    first_frame_told_ = true;
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    std::printf("first frame %lld.%03lld\n", static_cast<long long>(now.tv_sec) * 1000 + now.tv_nsec / 1000000,
                static_cast<long long>(now.tv_nsec / 1000 % 1000));
    std::fflush(stdout);
    if (options_.quit_after_first_frame) EventLoop::quit();
  }
  if (forget_after_frame_) {
    forget_after_frame_ = false;
    stage_->forget();
    wipe_unused_stack();
    stage_->request_frame();
  }
  if (std::exchange(lock_after_frame_, false)) return lock_now();
  if (std::exchange(renews_after_frame_, false) && host_) begin_renewal();
  if (host_ && first_frame_told_ && !options_.quit_after_first_frame) run_errands(report.at);
  heed_closing();
}

void Kiosk::run_errands(Millis running) {
  if (const Day today = actions_->now().today; today != tended_ && running >= tend_from_) {
    if (actions_->tend())
      tended_ = today;
    else
      tend_from_ = {running.value + tend_again_ms};
  }
  if (!std::exchange(missing_told_, true)) tell_missing();
  if (!sync_ && !settings_.relay.empty()) begin_sync();
}

void Kiosk::tell_missing() {
  words_->tell_missing();
  static constexpr struct {
    i18n::Language language;
    const char* sample;
  } samples[] = {{i18n::Language::nl, "a"}, {i18n::Language::ar, "\u0628"}, {i18n::Language::ti, "\u1275"}};
  for (const auto& [language, sample] : samples)
    if (stage_->family_for(sample, i18n::code(language)).empty())
      spdlog::warn("no font has the letters of {}: install fonts-noto-core", i18n::code(language));
}

void Kiosk::begin_sync() {
  auto relay = HttpsRelay::open(relay_settings(), *vault_, system_clock());
  if (!relay) {
    spdlog::error("{}", relay.error().sentence);
    settings_.relay.clear();
    return;
  }
  relay_ = std::move(*relay);
  const auto tick = static_cast<std::int64_t>(options_.tick_seconds.value_or(settings_.tick_seconds) * 1000);
  sync_ = std::make_unique<SyncLoop>(*vault_, *relay_, crypto::system_random(), system_clock(),
                                     Backoff::Settings{.tick = {tick}, .longest = {std::max<std::int64_t>(tick, 15 * 60000)}},
                                     [this](const RoundReport& report) { heard(report); });
}

ui::Look Kiosk::look() const { return pairing_ ? pairing_->look() : host_ ? host_->look() : door_->look(); }

void Kiosk::draw(ui::Ui& ui) {
  if (!host_ && retry_at_ && *retry_at_ <= ui.now()) try_vault();
  if (!host_ && !first_start_ && !vault_) poll_alone(ui.now());
  if (still_first_start() || still_renewing()) return pairing_->draw(ui);
  if (!host_) {
    door_->draw(ui);
    if (alone_at_) ui.wake_at(*alone_at_);
    if (alone_.waits()) ui.wake_at({ui.now().value + 200});
    if (retry_at_) ui.wake_at(*retry_at_);
    if (vault_) ui.wake_at({ui.now().value + look_again_ms});  // closed, and still handing in
    return;
  }
  door_.reset();
  if (ui.touched()) host_->touched(ui.now());
  host_->draw(ui);
}

int Kiosk::run() {
  loop_->on_hide = [this] {
    if (host_) host_->hide();
  };
  loop_->run(*this);
  if (host_) host_->hide();  // what was to be done a little later is done now
  if (sync_) sync_->stop();
  return 0;
}

Kiosk::~Kiosk() {
  if (sync_) sync_->stop();
  if (frame_log_) std::fclose(frame_log_);
}

}  // namespace huisbord
