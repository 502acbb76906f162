// SPDX-License-Identifier: GPL-3.0-or-later
// Sealed objects by tpm2-tss' ESYS, in sessions whose parameters are encrypted, so that a probe on the bus reads nothing.
#include "core/tpm/tpm.h"

#include <tss2/tss2_esys.h>
#include <tss2/tss2_mu.h>
#include <tss2/tss2_tctildr.h>

#include <cstdlib>
#include <cstring>

#include "core/base/check.h"
#include "core/crypto/aead.h"
#include "core/crypto/memory.h"
#include "core/crypto/random.h"

namespace huisbord {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::size_t most_object = 900;

struct EsysEnd {
  void operator()(ESYS_CONTEXT* context) const noexcept { Esys_Finalize(&context); }
};
struct TctiEnd {
  void operator()(TSS2_TCTI_CONTEXT* context) const noexcept { Tss2_TctiLdr_Finalize(&context); }
};
struct Free {
  void operator()(void* made) const noexcept { Esys_Free(made); }
};
template <class T>
using Made = std::unique_ptr<T, Free>;

/// Handle, session and parameter numbers stand in the upper bits of a response code; the error itself does not.
TSS2_RC plain(TSS2_RC code) {
  if ((code & TPM2_RC_FMT1) != 0) return code & (TPM2_RC_FMT1 | 0x3f);
  return code & 0xfff;
}

Error error_of(TSS2_RC code, const char* doing) {
  switch (plain(code)) {
    case TPM2_RC_AUTH_FAIL:
    case TPM2_RC_BAD_AUTH:
      return {ErrorCode::wrong_key, "This opens nothing in this machine's TPM."};
    case TPM2_RC_LOCKOUT:
      return {ErrorCode::unavailable, "The TPM takes no more tries for a while; wait ten minutes."};
    case TPM2_RC_INTEGRITY:
    case TPM2_RC_HANDLE:
      return {ErrorCode::wrong_key, "This was sealed by the TPM of another machine."};
    default: {
      char text[32];
      std::snprintf(text, sizeof text, "0x%08x", code);
      return {ErrorCode::io, std::string("The TPM fails (") + doing + ", " + text + ")."};
    }
  }
}

/// The storage key under which objects are sealed: TCG's template, ECC P-256, made again from the TPM's own seed each time.
TPM2B_PUBLIC storage_template() {
  TPM2B_PUBLIC made{};
  made.publicArea.type = TPM2_ALG_ECC;
  made.publicArea.nameAlg = TPM2_ALG_SHA256;
  made.publicArea.objectAttributes = TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT | TPMA_OBJECT_SENSITIVEDATAORIGIN |
                                     TPMA_OBJECT_USERWITHAUTH | TPMA_OBJECT_NODA | TPMA_OBJECT_RESTRICTED | TPMA_OBJECT_DECRYPT;
  auto& ecc = made.publicArea.parameters.eccDetail;
  ecc.symmetric = {.algorithm = TPM2_ALG_AES, .keyBits = {.aes = 128}, .mode = {.aes = TPM2_ALG_CFB}};
  ecc.scheme.scheme = TPM2_ALG_NULL;
  ecc.curveID = TPM2_ECC_NIST_P256;
  ecc.kdf.scheme = TPM2_ALG_NULL;
  return made;
}

TPM2B_PUBLIC sealed_template(bool authorised) {
  TPM2B_PUBLIC made{};
  made.publicArea.type = TPM2_ALG_KEYEDHASH;
  made.publicArea.nameAlg = TPM2_ALG_SHA256;
  made.publicArea.objectAttributes = TPMA_OBJECT_FIXEDTPM | TPMA_OBJECT_FIXEDPARENT | TPMA_OBJECT_USERWITHAUTH;
  // Without an authorisation nobody guesses anything, so its misuse must not lock others out.
  if (!authorised) made.publicArea.objectAttributes |= TPMA_OBJECT_NODA;
  made.publicArea.parameters.keyedHashDetail.scheme.scheme = TPM2_ALG_NULL;
  return made;
}

/// u8 version || u8 authorised || u16 size || TPM2B_PUBLIC || u16 size || TPM2B_PRIVATE (KEYS.md 9.6).
Bytes write_object(bool authorised, const TPM2B_PUBLIC& open, const TPM2B_PRIVATE& closed) {
  Bytes bytes;
  ByteWriter writer(bytes);
  writer.u8(version);
  writer.u8(authorised ? 1 : 0);
  const auto add = [&](auto marshal, const auto& what) {
    Bytes part(sizeof what);
    std::size_t size = 0;
    CHECK(marshal(&what, part.data(), part.size(), &size) == TSS2_RC_SUCCESS);
    writer.u16(static_cast<std::uint16_t>(size));
    writer.raw(ByteView(part).first(size));
  };
  add(Tss2_MU_TPM2B_PUBLIC_Marshal, open);
  add(Tss2_MU_TPM2B_PRIVATE_Marshal, closed);
  return bytes;
}

struct Object {
  bool authorised = false;
  TPM2B_PUBLIC open{};
  TPM2B_PRIVATE closed{};
};

std::unexpected<Error> damaged() { return fail(ErrorCode::damaged, "What the TPM sealed is damaged."); }

Result<Object> read_object(ByteView bytes) {
  if (bytes.size() > most_object) return damaged();
  ByteReader reader(bytes);
  const std::uint8_t written = reader.u8();
  if (written > version) return fail(ErrorCode::newer_version, "What the TPM sealed was written by a newer release.");
  Object object;
  const std::uint8_t authorised = reader.u8();
  if (written != version || authorised > 1) return damaged();
  object.authorised = authorised == 1;
  const ByteView open = reader.raw(reader.u16());
  const ByteView closed = reader.raw(reader.u16());
  if (!reader.ok() || !reader.rest().empty()) return damaged();
  std::size_t offset = 0;
  if (Tss2_MU_TPM2B_PUBLIC_Unmarshal(open.data(), open.size(), &offset, &object.open) != TSS2_RC_SUCCESS || offset != open.size())
    return damaged();
  offset = 0;
  if (Tss2_MU_TPM2B_PRIVATE_Unmarshal(closed.data(), closed.size(), &offset, &object.closed) != TSS2_RC_SUCCESS || offset != closed.size())
    return damaged();
  return object;
}

TPM2B_AUTH auth_of(const crypto::SecretBytes& secret) {
  TPM2B_AUTH auth{};
  CHECK(secret.size() <= sizeof auth.buffer);
  auth.size = static_cast<std::uint16_t>(secret.size());
  std::memcpy(auth.buffer, secret.view().data(), secret.size());
  return auth;
}

template <class T>
void wipe_value(T& value) {
  crypto::wipe({reinterpret_cast<std::uint8_t*>(&value), sizeof value});
}

}  // namespace

struct Tpm::Inside {
  std::unique_ptr<TSS2_TCTI_CONTEXT, TctiEnd> tcti;
  std::unique_ptr<ESYS_CONTEXT, EsysEnd> esys;
};

/// The storage key and a session salted to it, for one call; both leave the TPM with this.
class Tpm::Session {
 public:
  static Result<Session> begin(ESYS_CONTEXT* esys) {
    Session session(esys);
    const TPM2B_SENSITIVE_CREATE nothing{};
    const TPM2B_PUBLIC open = storage_template();
    const TPM2B_DATA outside{};
    const TPML_PCR_SELECTION pcrs{};
    if (const TSS2_RC code = Esys_CreatePrimary(esys, ESYS_TR_RH_OWNER, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, &nothing, &open,
                                                &outside, &pcrs, &session.key_, nullptr, nullptr, nullptr, nullptr);
        code != TSS2_RC_SUCCESS)
      return std::unexpected(error_of(code, "storage key"));
    const TPMT_SYM_DEF aes{.algorithm = TPM2_ALG_AES, .keyBits = {.aes = 128}, .mode = {.aes = TPM2_ALG_CFB}};
    if (const TSS2_RC code = Esys_StartAuthSession(esys, session.key_, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, nullptr,
                                                   TPM2_SE_HMAC, &aes, TPM2_ALG_SHA256, &session.session_);
        code != TSS2_RC_SUCCESS)
      return std::unexpected(error_of(code, "session"));
    constexpr TPMA_SESSION secret = TPMA_SESSION_DECRYPT | TPMA_SESSION_ENCRYPT | TPMA_SESSION_CONTINUESESSION;
    if (const TSS2_RC code = Esys_TRSess_SetAttributes(esys, session.session_, secret, 0xff); code != TSS2_RC_SUCCESS)
      return std::unexpected(error_of(code, "session"));
    return session;
  }
  Session(Session&& other) noexcept
      : esys_(other.esys_), key_(std::exchange(other.key_, ESYS_TR_NONE)), session_(std::exchange(other.session_, ESYS_TR_NONE)) {}
  Session& operator=(Session&&) = delete;
  ~Session() {
    if (session_ != ESYS_TR_NONE) Esys_FlushContext(esys_, session_);
    if (key_ != ESYS_TR_NONE) Esys_FlushContext(esys_, key_);
  }
  /// Whoever loads an object takes it out again.
  [[nodiscard]] Result<ESYS_TR> load(const Object& object) const {
    ESYS_TR loaded = ESYS_TR_NONE;
    const TSS2_RC code = Esys_Load(esys_, key_, session_, ESYS_TR_NONE, ESYS_TR_NONE, &object.closed, &object.open, &loaded);
    if (code != TSS2_RC_SUCCESS) return std::unexpected(error_of(code, "load"));
    return loaded;
  }
  [[nodiscard]] ESYS_TR key() const { return key_; }
  [[nodiscard]] ESYS_TR session() const { return session_; }

 private:
  explicit Session(ESYS_CONTEXT* esys) : esys_(esys) {}
  ESYS_CONTEXT* esys_;
  ESYS_TR key_ = ESYS_TR_NONE;
  ESYS_TR session_ = ESYS_TR_NONE;
};

Tpm::Tpm(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
Tpm::Tpm(Tpm&&) noexcept = default;
Tpm& Tpm::operator=(Tpm&&) noexcept = default;
Tpm::~Tpm() = default;

Result<Tpm> Tpm::open(const std::string& where) {
  // The library's own complaints would go to stderr: every failure has a sentence of ours.
  ::setenv("TSS2_LOG", "all+NONE", 0);
  auto inside = std::make_unique<Inside>();
  TSS2_TCTI_CONTEXT* tcti = nullptr;
  if (Tss2_TctiLdr_Initialize(where.c_str(), &tcti) != TSS2_RC_SUCCESS)
    return fail(ErrorCode::not_found, "There is no TPM at " + where + ".");
  inside->tcti.reset(tcti);
  ESYS_CONTEXT* esys = nullptr;
  if (Esys_Initialize(&esys, tcti, nullptr) != TSS2_RC_SUCCESS) return fail(ErrorCode::not_found, "There is no TPM at " + where + ".");
  inside->esys.reset(esys);
  // A machine's firmware has started its TPM; one in software waits for this.
  const TSS2_RC started = Esys_Startup(esys, TPM2_SU_CLEAR);
  if (started != TSS2_RC_SUCCESS && plain(started) != TPM2_RC_INITIALIZE) return std::unexpected(error_of(started, "start"));
  return Tpm(std::move(inside));
}

Result<Bytes> Tpm::seal(const crypto::SecretBytes& secret, const crypto::SecretBytes* authorisation) {
  ESYS_CONTEXT* const esys = inside_->esys.get();
  TRY_ASSIGN(const Session session, Session::begin(esys));
  TPM2B_SENSITIVE_CREATE sensitive{};
  if (authorisation != nullptr) sensitive.sensitive.userAuth = auth_of(*authorisation);
  CHECK(secret.size() <= sizeof sensitive.sensitive.data.buffer);
  sensitive.sensitive.data.size = static_cast<std::uint16_t>(secret.size());
  std::memcpy(sensitive.sensitive.data.buffer, secret.view().data(), secret.size());
  const TPM2B_PUBLIC wanted = sealed_template(authorisation != nullptr);
  const TPM2B_DATA outside{};
  const TPML_PCR_SELECTION pcrs{};
  TPM2B_PRIVATE* closed = nullptr;
  TPM2B_PUBLIC* open = nullptr;
  const TSS2_RC code = Esys_Create(esys, session.key(), session.session(), ESYS_TR_NONE, ESYS_TR_NONE, &sensitive, &wanted, &outside, &pcrs,
                                   &closed, &open, nullptr, nullptr, nullptr);
  wipe_value(sensitive);
  const Made<TPM2B_PRIVATE> keep_closed(closed);
  const Made<TPM2B_PUBLIC> keep_open(open);
  if (code != TSS2_RC_SUCCESS) return std::unexpected(error_of(code, "seal"));
  return write_object(authorisation != nullptr, *open, *closed);
}

Result<crypto::SecretBytes> Tpm::unseal(ByteView object, const crypto::SecretBytes* authorisation) {
  TRY_ASSIGN(const Object read, read_object(object));
  ESYS_CONTEXT* const esys = inside_->esys.get();
  TRY_ASSIGN(const Session session, Session::begin(esys));
  TRY_ASSIGN(const ESYS_TR loaded, session.load(read));
  TPM2B_AUTH auth{};
  if (authorisation != nullptr) auth = auth_of(*authorisation);
  TSS2_RC code = Esys_TR_SetAuth(esys, loaded, &auth);
  wipe_value(auth);
  TPM2B_SENSITIVE_DATA* data = nullptr;
  if (code == TSS2_RC_SUCCESS) code = Esys_Unseal(esys, loaded, session.session(), ESYS_TR_NONE, ESYS_TR_NONE, &data);
  Esys_FlushContext(esys, loaded);
  if (code != TSS2_RC_SUCCESS) return std::unexpected(error_of(code, "unseal"));
  auto secret = crypto::SecretBytes::copy_of({data->buffer, data->size});
  wipe_value(*data);
  Esys_Free(data);
  return secret;
}

Status Tpm::check_sealed_here(ByteView object) {
  TRY_ASSIGN(const Object read, read_object(object));
  TRY_ASSIGN(const Session session, Session::begin(inside_->esys.get()));
  TRY_ASSIGN(const ESYS_TR loaded, session.load(read));
  Esys_FlushContext(inside_->esys.get(), loaded);
  return {};
}

Status Tpm::set_lockout(const TpmLockout& lockout) {
  ESYS_CONTEXT* const esys = inside_->esys.get();
  const auto closed = [] { return fail(ErrorCode::refused, "This TPM's lockout has a password already: its own number of tries stays."); };
  // Asked and not tried: a wrong password there would lock the lockout itself.
  TPMI_YES_NO more = TPM2_NO;
  TPMS_CAPABILITY_DATA* said = nullptr;
  TSS2_RC code =
      Esys_GetCapability(esys, ESYS_TR_NONE, ESYS_TR_NONE, ESYS_TR_NONE, TPM2_CAP_TPM_PROPERTIES, TPM2_PT_PERMANENT, 1, &more, &said);
  const Made<TPMS_CAPABILITY_DATA> keep_said(said);
  if (code != TSS2_RC_SUCCESS) return std::unexpected(error_of(code, "lockout"));
  const TPML_TAGGED_TPM_PROPERTY& properties = said->data.tpmProperties;
  if (properties.count == 1 && (properties.tpmProperty[0].value & TPMA_PERMANENT_LOCKOUTAUTHSET) != 0) return closed();
  code = Esys_DictionaryAttackParameters(esys, ESYS_TR_RH_LOCKOUT, ESYS_TR_PASSWORD, ESYS_TR_NONE, ESYS_TR_NONE, lockout.most_tries,
                                         lockout.seconds_a_try, lockout.seconds_a_try);
  if (plain(code) == TPM2_RC_AUTH_FAIL || plain(code) == TPM2_RC_BAD_AUTH || plain(code) == TPM2_RC_LOCKOUT) return closed();
  if (code != TSS2_RC_SUCCESS) return std::unexpected(error_of(code, "lockout"));
  return close_lockout();
}

Status Tpm::close_lockout() {
  ESYS_CONTEXT* const esys = inside_->esys.get();
  TRY_ASSIGN(const Session session, Session::begin(esys));
  // The answer holds nothing to encrypt; what is sent does.
  constexpr TPMA_SESSION sent = TPMA_SESSION_DECRYPT | TPMA_SESSION_CONTINUESESSION;
  TSS2_RC code = Esys_TRSess_SetAttributes(esys, session.session(), sent, 0xff);
  TPM2B_AUTH nobodys = auth_of(crypto::make_key(crypto::system_random()));
  if (code == TSS2_RC_SUCCESS)
    code = Esys_HierarchyChangeAuth(esys, ESYS_TR_RH_LOCKOUT, ESYS_TR_PASSWORD, session.session(), ESYS_TR_NONE, &nobodys);
  wipe_value(nobodys);
  if (code != TSS2_RC_SUCCESS) return std::unexpected(error_of(code, "lockout"));
  // The library remembers what it sent and would answer with it on this connection.
  code = Esys_TR_SetAuth(esys, ESYS_TR_RH_LOCKOUT, nullptr);
  if (code != TSS2_RC_SUCCESS) return std::unexpected(error_of(code, "lockout"));
  return {};
}

Result<bool> needs_authorisation(ByteView object) {
  TRY_ASSIGN(const Object read, read_object(object));
  return read.authorised;
}

std::string usual_tpm() {
  const char* const named = std::getenv("HUISBORD_TPM");
  return named != nullptr && *named != '\0' ? named : "device:/dev/tpmrm0";
}

}  // namespace huisbord
