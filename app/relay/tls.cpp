// SPDX-License-Identifier: GPL-3.0-or-later
// Set up for many connections that mostly wait: buffers are given back between records, and no session is remembered here.
#include "app/relay/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <string>

namespace huisbord::relay {
namespace {

/// What OpenSSL says names files and forms, never a key's content.
std::string reason() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  const char* const text = ERR_reason_error_string(code);
  return text == nullptr ? "it is not PEM" : text;
}

}  // namespace

Result<TlsIdentity> load_identity(const std::filesystem::path& certificate, const std::filesystem::path& key) {
  TlsIdentity context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (context == nullptr) return fail(ErrorCode::io, "TLS does not start: " + reason());
  SSL_CTX* const raw = context.get();
  SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
  SSL_CTX_set_options(raw, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(raw, 1);
  if (SSL_CTX_use_certificate_chain_file(raw, certificate.c_str()) != 1)
    return fail(ErrorCode::parse, "the relay's certificate, " + certificate.string() + ": " + reason());
  if (SSL_CTX_use_PrivateKey_file(raw, key.c_str(), SSL_FILETYPE_PEM) != 1)
    return fail(ErrorCode::parse, "the relay's key, " + key.string() + ": " + reason());
  if (SSL_CTX_check_private_key(raw) != 1) return fail(ErrorCode::invalid, "the relay's key is not its certificate's");
  return context;
}

}  // namespace huisbord::relay
