// SPDX-License-Identifier: GPL-3.0-or-later
// A connection to the mailbox for as long as one request reads; and refusals that several files give.
#pragma once

#include "app/relay/service.h"

namespace huisbord::relay {

[[nodiscard]] inline wire::Refusal::Reason malformed(const Error& error) {
  return error.code == ErrorCode::limit ? wire::Refusal::TOO_LARGE : wire::Refusal::MALFORMED;
}

[[nodiscard]] inline wire::Refusal refusal_with_charter(wire::Refusal::Reason reason, CharterNumber number) {
  wire::Refusal message;
  message.set_reason(reason);
  message.set_charter(number);
  return message;
}

class Service::Reader {
 public:
  [[nodiscard]] static Result<Reader> borrow(Service& service) {
    Reader reader(service);
    {
      const std::lock_guard lock(service.readers_mutex_);
      if (!service.readers_.empty()) {
        reader.mailbox_ = std::move(service.readers_.back());
        service.readers_.pop_back();
      }
    }
    if (reader.mailbox_ == nullptr) {
      TRY_ASSIGN(reader.mailbox_, service.engine_->connect());
    }
    TRY_STATUS(reader.mailbox_->begin_read());
    return reader;
  }
  Reader(Reader&&) noexcept = default;
  ~Reader() {
    if (mailbox_ == nullptr) return;
    mailbox_->end();
    const std::lock_guard lock(service_->readers_mutex_);
    service_->readers_.push_back(std::move(mailbox_));
  }
  Mailbox& operator*() { return *mailbox_; }
  Mailbox* operator->() { return mailbox_.get(); }

 private:
  explicit Reader(Service& service) : service_(&service) {}
  Service* service_;
  std::unique_ptr<Mailbox> mailbox_;
};

}  // namespace huisbord::relay
