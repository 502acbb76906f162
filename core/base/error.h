// SPDX-License-Identifier: GPL-3.0-or-later
// What comes back when the world failed (disk, relay, a peer's bytes): a code to decide by and a sentence for a person.
#pragma once

#include <expected>
#include <string>
#include <utility>

namespace huisbord {

enum class ErrorCode {
  invalid,         ///< input that no rule accepts; the sentence names the place
  too_large,       ///< over a stated limit
  not_found,       ///< a file, record or device that is not there
  already_exists,  ///< would overwrite something
  wrong_key,       ///< the secret given opens nothing here
  damaged,         ///< stored bytes do not verify: tampered, torn or rotten
  newer_version,   ///< written by a later release
  locked,          ///< another process holds it
  disk_full,       ///< no space left
  read_only,       ///< the medium cannot be written
  io,              ///< any other failure of disk or system
  network,         ///< no connection, or one that is no relay
  refused,         ///< the other side understood and said no
  parse,           ///< bytes that are not of the format
  limit,           ///< a bound of FORMAT.md is passed
  chain,           ///< does not follow what is held
  signature,       ///< signature does not verify
  seal,            ///< authenticated decryption failed
  epoch,           ///< sealed under an epoch that is not held or not in the charter
  charter,         ///< charter missing, lower, forked or not valid
  version,         ///< suite or format version that is not known
  forbidden,       ///< a device of this class may not write this kind in this scope
  unavailable,     ///< try again later
};

/// The name of a code as it stands in vectors, logs and documents ("parse", "chain", ...).
[[nodiscard]] const char* name(ErrorCode code) noexcept;

/// Never holds a personal value: it may reach a log.
struct Error {
  ErrorCode code = ErrorCode::io;
  std::string sentence;  ///< one plain English sentence: what, where, what to do
};

template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline std::unexpected<Error> fail(ErrorCode code, std::string sentence) {
  return std::unexpected(Error{code, std::move(sentence)});
}

}  // namespace huisbord

/// Returns the error of a Result from the enclosing function, which returns a Result itself.
#define TRY_STATUS(expression)                                                                                 \
  do {                                                                                                         \
    if (auto try_status_ = (expression); !try_status_) return std::unexpected(std::move(try_status_.error())); \
  } while (false)
/// TRY_ASSIGN(auto value, call()): declares or assigns the value, or returns the error.
#define TRY_ASSIGN_NAME2(a, b) a##b
#define TRY_ASSIGN_NAME(a, b) TRY_ASSIGN_NAME2(a, b)
#define TRY_ASSIGN(declaration, expression) TRY_ASSIGN_IMPL(TRY_ASSIGN_NAME(try_result_, __LINE__), declaration, expression)
#define TRY_ASSIGN_IMPL(temporary, declaration, expression)             \
  auto temporary = (expression);                                        \
  if (!temporary) return std::unexpected(std::move(temporary.error())); \
  declaration = std::move(*temporary)
