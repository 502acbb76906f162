// SPDX-License-Identifier: GPL-3.0-or-later
// huisbord: the touch screen in the hallway.
#include <malloc.h>
#include <signal.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <thread>

#include "app/kiosk/kiosk.h"
#include "core/crypto/start.h"

namespace {

/// locale/ and assets/ as installed, or beside the build's programs.
std::filesystem::path share_folder() {
  std::error_code ignored;
  const auto bin = std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path();
  const auto installed = bin.parent_path() / "share" / "huisbord";
  return std::filesystem::exists(installed, ignored) ? installed : bin.parent_path();
}

}  // namespace

int main(int argc, char** argv) {
  // Else the C library learns from what the first frame frees to keep twice as much for later: 7 MiB that nobody uses again.
  mallopt(M_TRIM_THRESHOLD, 256 * 1024);

  spdlog::set_default_logger(spdlog::stderr_logger_mt("huisbord"));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S%z %l %v");

  huisbord::KioskOptions options;
  options.share = share_folder();
  std::string windowed;
  CLI::App command("The house board: a touch kiosk that works with no network.");
  command.add_option("--dir", options.folder, "folder of this kiosk: vault.db, keyslots, kiosk.toml")->required();
  command.add_option("--share", options.share, "folder with locale/ and assets/");
  command.add_option("--windowed", windowed, "WIDTHxHEIGHT instead of the whole screen");
  command.add_flag("--software", options.window.software, "draw without a GPU");
  command.add_option("--store-key-file", options.store_key,
                     "file with the raw store key in hexadecimal, instead of asking for the house phrase");
  command.add_option("--semantics", options.semantics, "unix socket that tells programs of the same user what is on the glass");
  command.add_option("--frame-log", options.frame_log, "file that gets one line a frame");
  command.add_option("--tick", options.tick_seconds, "seconds between two rounds of synchronising, instead of kiosk.toml's");
  command.add_flag("--quit-after-first-frame", options.quit_after_first_frame, "for measuring");
  CLI11_PARSE(command, argc, argv);
  if (!windowed.empty() && std::sscanf(windowed.c_str(), "%dx%d", &options.window.width, &options.window.height) != 2) {
    spdlog::error("--windowed wants WIDTHxHEIGHT, as 1280x800");
    return 2;
  }
  if (const auto started = huisbord::crypto::start(); !started) {
    spdlog::critical("{}", started.error().sentence);
    return 3;
  }

  // SIGTERM and SIGINT end the loop from a thread of their own: nothing else is safe in a handler.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  auto kiosk = huisbord::Kiosk::make(std::move(options));
  if (!kiosk) {
    spdlog::critical("{}", kiosk.error().sentence);
    return 1;
  }
  std::thread([signals] {
    int signal = 0;
    sigwait(&signals, &signal);
    huisbord::EventLoop::quit();
  }).detach();
  return (*kiosk)->run();
}
