// SPDX-License-Identifier: GPL-3.0-or-later
// Leaves no text of a session in memory that is no longer used: freed heap and the unused part of the stack.
#pragma once

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define HUISBORD_SANITIZED_HEAP 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HUISBORD_SANITIZED_HEAP 1
#endif

namespace huisbord {

/// Linking this file replaces the process's free() and realloc() by ones that overwrite what they free: names go through strings of
/// Pango, protobuf and our own alike, and the C library keeps small freed blocks as they were. Overwrites what earlier calls left on this
/// thread's stack below the caller, short texts above all, which std::string keeps in itself.
void wipe_unused_stack();

}  // namespace huisbord
