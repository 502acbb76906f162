// SPDX-License-Identifier: GPL-3.0-or-later
// Stops at each system call of a traced child and counts those that change a file.
#include "tests/support/killed.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/check.h"

namespace huisbord {
namespace {

bool changes_a_file(const __ptrace_syscall_info& call) {
  static constexpr std::array calls{
      SYS_write,    SYS_pwrite64,  SYS_writev,  SYS_fsync,  SYS_fdatasync, SYS_ftruncate, SYS_unlinkat,
      SYS_renameat, SYS_renameat2, SYS_mkdirat, SYS_fchmod, SYS_fchmodat,  SYS_linkat,
#ifdef SYS_rename
      SYS_unlink,   SYS_rename,    SYS_chmod,   SYS_mkdir,
#endif
  };
  const auto number = static_cast<long>(call.entry.nr);
  if (number == SYS_openat) return (call.entry.args[2] & (O_CREAT | O_TRUNC)) != 0;
  return std::ranges::find(calls, number) != calls.end();
}

[[noreturn]] void be_traced(const std::function<bool()>& work) {
  if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(2);
  ::raise(SIGSTOP);
  const bool right = work();
  ::_exit(right ? 0 : 1);
}

}  // namespace

KilledRun run_killed_at(std::uint64_t nth, const std::function<bool()>& work) {
  std::fflush(nullptr);
  const pid_t child = ::fork();
  CHECK(child >= 0);
  if (child == 0) be_traced(work);
  KilledRun run;
  int status = 0;
  CHECK(::waitpid(child, &status, 0) == child && WIFSTOPPED(status));
  CHECK(::ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL) == 0);
  for (int pass_on = 0;;) {
    CHECK(::ptrace(PTRACE_SYSCALL, child, nullptr, pass_on) == 0 && ::waitpid(child, &status, 0) == child);
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      run.ended = true;
      run.right = WIFEXITED(status) && WEXITSTATUS(status) == 0;
      return run;
    }
    const bool at_call = WSTOPSIG(status) == (SIGTRAP | 0x80);
    pass_on = at_call ? 0 : WSTOPSIG(status);
    __ptrace_syscall_info call{};
    if (!at_call || ::ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof call, &call) <= 0) continue;
    if (call.op != PTRACE_SYSCALL_INFO_ENTRY || !changes_a_file(call)) continue;
    if (++run.calls != nth) continue;
    ::kill(child, SIGKILL);
    CHECK(::waitpid(child, &status, 0) == child);
    return run;
  }
}

}  // namespace huisbord
