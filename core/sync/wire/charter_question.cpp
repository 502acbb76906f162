// SPDX-License-Identifier: GPL-3.0-or-later
// Two signatures: the root's over the delegation, the delegated key's over organisation, scope and time.
#include "core/sync/wire/charter_question.h"

#include <cstring>

#include "core/sync/wire/limits.h"

namespace huisbord::wire {
namespace {

constexpr const char* tag = "hb.charter.ask";
constexpr std::int64_t second_millis = 1000;
constexpr std::size_t max_question = 2 * smallest_body;

Bytes signed_part(const OrganisationId& organisation, const ScopeId& scope, std::uint64_t created) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.raw(organisation.bytes);
  writer.raw(scope.bytes);
  writer.u64(created);
  return bytes;
}

}  // namespace

CharterQuestion make_charter_question(const OrganisationId& organisation, const ScopeId& scope, const Delegation& delegation,
                                      const crypto::SigningKeyPair& delegated, Millis now) {
  CharterQuestion question;
  question.set_number(delegation.number);
  question.set_expires_quarter(delegation.expires_quarter);
  question.set_key(delegation.key.bytes.data(), delegation.key.bytes.size());
  question.set_root_signature(delegation.root_signature.data(), delegation.root_signature.size());
  question.set_created(static_cast<std::uint64_t>(now.value / second_millis));
  const crypto::Signature signature = crypto::sign(delegated, tag, signed_part(organisation, scope, question.created()));
  question.set_signature(signature.data(), signature.size());
  return question;
}

Result<CharterQuestion> parse_charter_question(ByteView body) {
  if (body.size() > max_question) return fail(ErrorCode::limit, "a question for a charter is too large");
  CharterQuestion question;
  if (!question.ParseFromArray(body.data(), static_cast<int>(body.size()))) return fail(ErrorCode::parse, "a message does not decode");
  if (question.key().size() != 32 || question.root_signature().size() != 64 || question.signature().size() != 64)
    return fail(ErrorCode::parse, "a field of another size");
  return question;
}

Delegation delegation_of(const CharterQuestion& question) {
  Delegation delegation;
  delegation.number = question.number();
  delegation.expires_quarter = question.expires_quarter();
  std::memcpy(delegation.key.bytes.data(), question.key().data(), delegation.key.bytes.size());
  std::memcpy(delegation.root_signature.data(), question.root_signature().data(), delegation.root_signature.size());
  return delegation;
}

bool is_signed(const CharterQuestion& question, const OrganisationId& organisation, const ScopeId& scope,
               const crypto::SigningPublicKey& root) {
  const Delegation delegation = delegation_of(question);
  crypto::Signature signature{};
  std::memcpy(signature.data(), question.signature().data(), signature.size());
  return verify_delegation(organisation, delegation, root) &&
         crypto::verify(delegation.key, tag, signed_part(organisation, scope, question.created()), signature);
}

}  // namespace huisbord::wire
