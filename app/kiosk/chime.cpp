// SPDX-License-Identifier: GPL-3.0-or-later
// Two soft tones, made rather than stored.
#include "app/kiosk/chime.h"

#include <SDL.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

namespace huisbord {
namespace {

constexpr int rate = 22050;
constexpr double tone_seconds = 0.28, rise_seconds = 0.02;
constexpr double loudness = 0.12;  // of the loudest: it is meant for whoever stands there, not for the hallway

std::vector<Sint16> two_tones() {
  std::vector<Sint16> samples;
  const int each = static_cast<int>(tone_seconds * rate);
  for (const double pitch : {587.33, 440.0}) {
    for (int i = 0; i < each; ++i) {
      const double at = static_cast<double>(i) / rate;
      const double swell = std::min(at / rise_seconds, 1.0) * std::exp(-5 * at) * std::min((tone_seconds - at) / rise_seconds, 1.0);
      samples.push_back(static_cast<Sint16>(std::lround(32767 * loudness * swell * std::sin(2 * std::numbers::pi * pitch * at))));
    }
  }
  return samples;
}

}  // namespace

Chime::~Chime() {
  if (thread_.joinable()) thread_.join();
}

void Chime::play() {
  if (sounding_.exchange(true)) return;
  if (thread_.joinable()) thread_.join();
  thread_ = std::thread([this] {
    sound();
    sounding_ = false;
  });
}

void Chime::sound() {
  const auto silent = [this] {
    if (!std::exchange(told_, true)) log_(std::string("no sound: ") + SDL_GetError());
  };
  if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) return silent();
  SDL_AudioSpec wanted{};
  wanted.freq = rate;
  wanted.format = AUDIO_S16SYS;
  wanted.channels = 1;
  wanted.samples = 1024;
  const SDL_AudioDeviceID device = SDL_OpenAudioDevice(nullptr, 0, &wanted, nullptr, 0);
  if (device == 0) {
    silent();
  } else {
    const std::vector<Sint16> samples = two_tones();
    SDL_QueueAudio(device, samples.data(), static_cast<Uint32>(samples.size() * sizeof(Sint16)));
    SDL_PauseAudioDevice(device, 0);
    // What the device has taken still has to sound; a device that takes nothing is given up.
    for (int i = 0; i < 100 && SDL_GetQueuedAudioSize(device) > 0; ++i) SDL_Delay(20);
    SDL_Delay(2 * 1024 * 1000 / rate);
    SDL_CloseAudioDevice(device);
  }
  SDL_QuitSubSystem(SDL_INIT_AUDIO);
}

}  // namespace huisbord
