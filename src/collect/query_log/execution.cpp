#include "collect/query_log/execution.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace budgetcheck {

Control control_of(std::string_view sql) {
  constexpr std::size_t kFar = 64;
  constexpr std::string_view kAround = " \t\r\n-;/*\"\\'`";
  struct Word {
    std::string_view text;
    Control control;
  };
  constexpr std::array kWords{Word{"BEGIN", Control::kBegin},       Word{"START", Control::kBegin},
                              Word{"COMMIT", Control::kCommit},     Word{"END", Control::kCommit},
                              Word{"ROLLBACK", Control::kRollback}, Word{"ABORT", Control::kRollback}};
  sql = sql.substr(0, kFar);
  while (!sql.empty()) {
    const std::size_t begin = std::min(sql.find_first_not_of(kAround), sql.size());
    const std::size_t end = std::min(sql.find_first_of(kAround, begin), sql.size());
    const std::string_view word = sql.substr(begin, end - begin);
    for (const Word& known : kWords) {
      if (equals_ignoring_case(word, known.text)) {
        // ROLLBACK TO a savepoint leaves the transaction open.
        const bool partly = known.control == Control::kRollback && lower(sql.substr(end)).find("to ") < kFar;
        return partly ? Control::kOther : known.control;
      }
    }
    if (!equals_ignoring_case(word, "Implicit")) {
      break;
    }
    sql = sql.substr(end);
  }
  return Control::kOther;
}

double idle_between(double last_at_ms, double last_ms, const Execution& next) {
  if (last_at_ms < 0 || next.at_ms < 0 || next.at_ms < last_at_ms) {
    return -1;
  }
  return std::max(0.0, next.at_ms - last_at_ms - std::max({last_ms, next.ms, 0.0}));
}

bool surely_overlap(double last_at_ms, double last_ms, const Execution& next) {
  constexpr double kRoundingMs = 2;  // of both times, to milliseconds
  const double gap = next.at_ms - last_at_ms;
  return last_at_ms >= 0 && next.at_ms >= 0 && gap + kRoundingMs <= std::min(last_ms, next.ms);
}

bool is_pause(double idle_ms, double last_ms, const Execution& next) {
  constexpr double kLeastMs = 20;
  constexpr double kLeastWithStatementMs = 50;  // the statement's own time is not known
  constexpr double kTimes = 2;
  const bool known = last_ms >= 0 || next.ms >= 0;
  return idle_ms >= (known ? kLeastMs : kLeastWithStatementMs) && idle_ms >= kTimes * std::max({last_ms, next.ms, 0.0});
}

}  // namespace budgetcheck
