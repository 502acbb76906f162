// SPDX-License-Identifier: GPL-3.0-or-later
// One way to write each field, and so nothing to parse but its two free parts: the second and the device.
#include "core/sync/wire/request_signature.h"

#include <algorithm>
#include <charconv>

#include "core/base/base64.h"
#include "core/crypto/sha256.h"

namespace huisbord::wire {
namespace {

constexpr std::string_view label = "huisbord=";
constexpr std::string_view covered = R"(("@method" "@authority" "@path" "@query" "content-digest");created=)";
constexpr std::string_view before_device = R"(;keyid=")";
constexpr std::string_view after_device = R"(";alg="ed25519";tag="huisbord-1")";
constexpr std::string_view digest_label = "sha-256=";
constexpr std::size_t device_digits = 32;
constexpr std::size_t most_second_digits = 12;

std::string parameters(std::int64_t created_second, const DeviceId& device) {
  std::string text(covered);
  text += std::to_string(created_second);
  text += before_device;
  text += device.hex();
  text += after_device;
  return text;
}

std::string byte_sequence(std::string_view before, ByteView bytes) { return std::string(before) + ":" + to_base64(bytes) + ":"; }

std::string base_of(const RequestTarget& target, std::string_view digest, std::string_view of_parameters) {
  const SignatureComponent components[] = {{"@method", target.method},
                                           {"@authority", target.authority},
                                           {"@path", target.path},
                                           {"@query", target.query.empty() ? "?" : target.query},
                                           {"content-digest", digest}};
  return signature_base(components, of_parameters);
}

std::unexpected<Error> other_form() { return fail(ErrorCode::parse, "a request is not signed in the form of PROTOCOL.md 3.1"); }

}  // namespace

std::string signature_base(std::span<const SignatureComponent> components, std::string_view of_parameters) {
  std::string base;
  for (const auto& [name, value] : components) {
    base += '"';
    base += name;
    base += "\": ";
    base += value;
    base += '\n';
  }
  base += "\"@signature-params\": ";
  base += of_parameters;
  return base;
}

std::string content_digest(ByteView body) { return byte_sequence(digest_label, crypto::sha256(body)); }

SignatureFields sign_request(const RequestTarget& target, ByteView body, std::int64_t created_second, const DeviceId& device,
                             const crypto::SigningKeyPair& request_key) {
  SignatureFields fields;
  fields.content_digest = content_digest(body);
  const std::string of_parameters = parameters(created_second, device);
  fields.signature_input = std::string(label) + of_parameters;
  fields.signature = byte_sequence(label, crypto::sign_request(request_key, view(base_of(target, fields.content_digest, of_parameters))));
  return fields;
}

Result<SignatureClaim> read_signature(const SignatureFields& fields) {
  const std::string_view input = fields.signature_input;
  const std::size_t second_at = label.size() + covered.size();
  if (input.size() < second_at) return other_form();
  SignatureClaim claim;
  const char* const begin = input.data() + second_at;
  const char* const end = input.data() + std::min(input.size(), second_at + most_second_digits);
  const auto [rest, error] = std::from_chars(begin, end, claim.created_second);
  if (error != std::errc() || claim.created_second < 0) return other_form();
  const std::size_t device_at = static_cast<std::size_t>(rest - input.data()) + before_device.size();
  if (input.size() < device_at + device_digits) return other_form();
  const auto device = DeviceId::from_hex_text(input.substr(device_at, device_digits));
  if (!device) return other_form();
  claim.device = *device;
  // Written again it must be the same: no other order, space, case or zero in front.
  if (input.substr(label.size()) != parameters(claim.created_second, claim.device) || !input.starts_with(label)) return other_form();

  const std::string_view signature = fields.signature;
  const std::size_t around = label.size() + 1;
  if (!signature.starts_with(label) || signature.size() < around + 1 || signature[around - 1] != ':' || signature.back() != ':')
    return other_form();
  const auto bytes = from_base64(signature.substr(around, signature.size() - around - 1));
  if (!bytes || bytes->size() != claim.signature.size()) return other_form();
  std::ranges::copy(*bytes, claim.signature.begin());
  return claim;
}

Status check_request(const RequestTarget& target, ByteView body, const SignatureFields& fields, const SignatureClaim& claim,
                     const crypto::SigningPublicKey& key) {
  if (fields.content_digest != content_digest(body)) return fail(ErrorCode::signature, "a request's digest is not its body's");
  const std::string base = base_of(target, fields.content_digest, parameters(claim.created_second, claim.device));
  if (!crypto::verify_request(key, view(base), claim.signature)) return fail(ErrorCode::signature, "a request is not signed by its device");
  return {};
}

}  // namespace huisbord::wire
