// SPDX-License-Identifier: GPL-3.0-or-later
// Self-test at every start, and no memory of this process on any disk.
#include "core/crypto/start.h"

#include <sodium.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "core/crypto/self_test.h"

namespace huisbord::crypto {
namespace {

Status start_once() {
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
    return fail(ErrorCode::unavailable, "Core dumps cannot be turned off on this system, so a crash could write keys to the disk.");
  }
  if (sodium_init() < 0) return fail(ErrorCode::unavailable, "The cryptographic library libsodium cannot start on this system.");
  for (const SelfTest* test = SelfTest::first(); test != nullptr; test = test->next()) {
    if (!test->passes()) {
      return fail(ErrorCode::damaged, std::string("The self-test of ") + test->primitive() +
                                          " gave a wrong answer: this program, its libsodium or this machine's memory is damaged.");
    }
  }
  return {};
}

}  // namespace

Status start() {
  static const Status status = start_once();
  return status;
}

}  // namespace huisbord::crypto
