// SPDX-License-Identifier: GPL-3.0-or-later
// Guarded allocation for secrets, by libsodium.
#include "core/crypto/secret_bytes.h"

#include <sodium.h>

#include <cstring>
#include <new>

#include "core/base/check.h"

namespace huisbord::crypto {

SecretBytes SecretBytes::of_size(std::size_t size) {
  SecretBytes made;
  if (size == 0) return made;
  // The allocator's canary and page size come from sodium_init, which is idempotent: a secret may be made before start().
  static const bool ready = sodium_init() >= 0;
  CHECK(ready);
  made.data_ = static_cast<std::uint8_t*>(sodium_malloc(size));
  if (made.data_ == nullptr) throw std::bad_alloc();
  made.size_ = size;
  std::memset(made.data_, 0, size);
  return made;
}

SecretBytes SecretBytes::copy_of(ByteView source) {
  SecretBytes made = of_size(source.size());
  if (!source.empty()) std::memcpy(made.data_, source.data(), source.size());
  return made;
}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
  if (this != &other) {
    release();
    data_ = other.data_;
    size_ = other.size_;
    other.forget();
  }
  return *this;
}

void SecretBytes::release() noexcept {
  if (data_ != nullptr) sodium_free(data_);  // wipes before it unmaps
  forget();
}

}  // namespace huisbord::crypto
