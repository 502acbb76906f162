// SPDX-License-Identifier: GPL-3.0-or-later
// free() and realloc() that overwrite, and a sweep of the stack.
#include "app/kiosk/wiping.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

namespace huisbord {

__attribute__((noinline)) void wipe_unused_stack() {
  unsigned char below[192 * 1024];
  explicit_bzero(below, sizeof below);
}

}  // namespace huisbord

// A sanitizer brings a heap of its own, which may not be replaced.
#ifndef HUISBORD_SANITIZED_HEAP

extern "C" {
// The C library's own, under the names that it keeps for programs which replace the plain ones (glibc manual, "Replacing malloc").
void __libc_free(void* block);

void free(void* block) noexcept {
  if (block == nullptr) return;
  explicit_bzero(block, malloc_usable_size(block));
  __libc_free(block);
}

void* realloc(void* block, std::size_t size) noexcept {
  if (block == nullptr) return std::malloc(size);
  if (size == 0) {
    free(block);
    return nullptr;
  }
  const std::size_t had = malloc_usable_size(block);
  if (size <= had && size >= had / 2) return block;
  void* moved = std::malloc(size);
  if (moved == nullptr) return nullptr;
  std::memcpy(moved, block, std::min(size, had));
  free(block);
  return moved;
}
}

#endif
