// SPDX-License-Identifier: GPL-3.0-or-later
// A process that is killed at any of its system calls that change a file: as power that goes, or somebody who pulls the plug.
#pragma once

#include <cstdint>
#include <functional>

namespace huisbord {

struct KilledRun {
  bool ended = false;       ///< by itself, before that call came
  bool right = false;       ///< and the work said that it went well
  std::uint64_t calls = 0;  ///< that change a file, until then
};

/// Runs \p work in a process of its own and kills that before its \p nth call (from 1) that writes, syncs, cuts, makes, renames or removes
/// a file; 0: never. Linux, by ptrace; the work must not start threads.
[[nodiscard]] KilledRun run_killed_at(std::uint64_t nth, const std::function<bool()>& work);

}  // namespace huisbord
