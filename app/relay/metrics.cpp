// SPDX-License-Identifier: GPL-3.0-or-later
// One line a number, in Prometheus' words.
#include "app/relay/metrics.h"

namespace huisbord::relay {

void Metrics::answered(unsigned status) {
  std::size_t at = 0;
  while (at + 1 < statuses.size() && statuses[at] != status) ++at;
  ++answers_[at];
}

std::string Metrics::text() const {
  std::string text;
  const auto line = [&](std::string_view name, std::string_view kind, const Count& count) {
    const std::string whole = "huisbord_relay_" + std::string(name);
    text += "# TYPE " + whole + " " + std::string(kind) + "\n" + whole + " " + std::to_string(count) + "\n";
  };
  line("connections", "gauge", connections);
  line("waiting", "gauge", waiting);
  line("connections_turned_away_total", "counter", turned_away);
  line("handshakes_failed_total", "counter", handshakes_failed);
  line("received_bytes_total", "counter", bytes_in);
  line("sent_bytes_total", "counter", bytes_out);
  line("segments_kept_total", "counter", segments_kept);
  line("charters_kept_total", "counter", charters_kept);
  line("transactions_total", "counter", transactions);
  line("mailbox_failures_total", "counter", mailbox_failures);
  text += "# TYPE huisbord_relay_answers_total counter\n";
  for (std::size_t at = 0; at < statuses.size(); ++at) {
    const std::string status = statuses[at] == 0 ? "other" : std::to_string(statuses[at]);
    text += "huisbord_relay_answers_total{status=\"" + status + "\"} " + std::to_string(answers_[at]) + "\n";
  }
  return text;
}

}  // namespace huisbord::relay
