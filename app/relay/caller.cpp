// SPDX-License-Identifier: GPL-3.0-or-later
// A signature counts for five minutes, so that a request that was read somewhere is worth nothing the day after.
#include "app/relay/caller.h"

#include <cstdlib>

namespace huisbord::relay {
namespace {

constexpr std::int64_t longest_seconds = 300;
constexpr std::int64_t second_millis = 1000;

std::unexpected<wire::Refusal> refuse(wire::Refusal::Reason reason, CharterNumber charter = 0) {
  wire::Refusal message;
  message.set_reason(reason);
  message.set_charter(charter);
  return std::unexpected(std::move(message));
}

}  // namespace

std::expected<wire::SignatureClaim, wire::Refusal> read_claim(const Request& request, Millis now) {
  const auto claim = wire::read_signature(request.signature);
  if (!claim) return refuse(wire::Refusal::NOT_SIGNED);
  if (std::abs(claim->created_second - now.value / second_millis) > longest_seconds) return refuse(wire::Refusal::STALE_SIGNATURE);
  return *claim;
}

std::expected<Caller, wire::Refusal> identify(const Request& request, const wire::SignatureClaim& claim, const wire::RelayAddress& address,
                                              std::shared_ptr<const Charter> charter) {
  const CharterDevice* const device = charter->device(claim.device);
  if (device == nullptr) return refuse(wire::Refusal::NO_SUCH_DEVICE, charter->number);
  const std::string_view target = request.target;
  const std::size_t question = std::min(target.find('?'), target.size());
  const std::string path = address.path + std::string(target.substr(0, question));
  const wire::RequestTarget signed_target{
      .method = request.method, .authority = address.authority, .path = path, .query = target.substr(question)};
  if (!wire::check_request(signed_target, request.body, request.signature, claim, device->request_key))
    return refuse(wire::Refusal::NOT_SIGNED, charter->number);
  return Caller{.charter = std::move(charter), .device = device};
}

}  // namespace huisbord::relay
