#include "collect/logs/load_balancer_log.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/date.h"
#include "base/number.h"
#include "collect/logs/text_words.h"

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;

constexpr std::size_t kWords = 11;  ///< before the request, without the type

bool is_type(std::string_view word) {
  constexpr std::array<std::string_view, 6> kTypes{"http", "https", "h2", "grpcs", "ws", "wss"};
  return std::find(kTypes.begin(), kTypes.end(), word) != kTypes.end();
}

bool is_status(std::string_view word) { return word == "-" || status_of(word) != 0; }

/// Each is -1 where no target answered.
bool is_time(std::string_view word) { return word == "-1" || logged_number(word).is_number(); }

}  // namespace

AccessRecord read_load_balancer_log(std::string_view line) {
  constexpr double kSecond = 1000;
  AccessRecord record;
  std::string_view rest = trim(line);
  std::string_view type;
  if (const std::size_t space = rest.find(' '); space != std::string_view::npos && is_type(rest.substr(0, space))) {
    type = take_word(rest);
  }
  std::array<std::string_view, kWords> words;
  for (std::string_view& word : words) {
    if (rest.empty() || rest.front() == '"') {
      return record;
    }
    word = take_word(rest);
  }
  const auto& [time, balancer, client, target, until_sent, until_begun, until_passed, status, target_status, received,
               sent] = words;
  const bool fits = time_ms(time).has_value() && client.find(':') != std::string_view::npos && is_time(until_sent) &&
                    is_time(until_begun) && is_time(until_passed) && is_status(status) && is_status(target_status) &&
                    logged_amount(received) >= 0 && logged_amount(sent) >= 0;
  const std::optional<std::string_view> request = take_quoted(rest);
  if (!fits || !request) {
    return record;
  }
  read_request_line(*request, record);
  if (type == "ws" || type == "wss") {
    record.kind = Kind::kMalformed;
  }
  record.status = status_of(status);
  (type.empty() ? record.body_bytes : record.transfer_bytes) = logged_amount(sent);
  const std::array<double, 3> times{logged_amount(until_sent, kSecond), logged_amount(until_begun, kSecond),
                                    logged_amount(until_passed, kSecond)};
  if (std::all_of(times.begin(), times.end(), [](double ms) { return ms >= 0; })) {
    record.time_ms = times[0] + times[1] + times[2];
  }
  record.at_ms = time_ms(time).value_or(-1);
  return record;
}

}  // namespace budgetcheck
