#include "collect/queue/queue_recorder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <set>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostReadings = 20'000;  ///< of one row
constexpr std::size_t kMostRows = 20'000;
constexpr std::size_t kMostName = 200;

bool is_gauge(QueueRole role) {
  return role == QueueRole::kWaiting || role == QueueRole::kActive || role == QueueRole::kDelayed ||
         role == QueueRole::kPaused || role == QueueRole::kTotal;
}

bool is_kept(QueueRole role) { return role == QueueRole::kKeptFinished || role == QueueRole::kKeptFailed; }

bool is_of_period(QueueRole role) { return role == QueueRole::kFinishedInPeriod || role == QueueRole::kFailedInPeriod; }

}  // namespace

QueueRecorder::QueueRecorder(const Source& source, const CollectContext& context)
    : source_(source), context_(context) {}

void QueueRecorder::add(std::string_view queue, std::string_view source, QueueRole role, double at, double value,
                        bool adds, std::uint32_t line) {
  if (!std::isfinite(value) || value < 0) {
    ++(std::isfinite(value) ? negative_ : not_finite_);
    return;
  }
  Key key{shorten(printable(queue), kMostName), shorten(printable(source), kMostName), role};
  auto found = rows_.find(key);
  if (found == rows_.end()) {
    if (rows_.size() >= kMostRows) {
      too_many_ = true;
      return;
    }
    found = rows_.emplace(std::move(key), Row{}).first;
    found->second.line = line;
  }
  Row& row = found->second;
  if (!row.at.empty() && row.at.back() == at) {
    row.value.back() = adds ? row.value.back() + value : value;
    row.highest = std::max(row.highest, row.value.back());
    return;
  }
  const bool is_new_peak = value > row.highest;
  row.highest = std::max(row.highest, value);
  if (row.passed++ % row.stride != 0 && !is_of_period(role)) {
    if (is_new_peak && is_gauge(role)) {  // in place of the one before: a limit on the depth is on its peak
      row.at.back() = at;
      row.value.back() = value;
    }
    return;
  }
  row.at.push_back(at);
  row.value.push_back(value);
  if (row.at.size() >= kMostReadings && !is_of_period(role)) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < row.at.size(); i += 2) {
      const bool is_next = is_gauge(role) && i + 1 < row.at.size() && row.value[i + 1] >= row.highest;
      row.at[kept] = row.at[is_next ? i + 1 : i];
      row.value[kept++] = row.value[is_next ? i + 1 : i];
    }
    row.at.resize(kept);
    row.value.resize(kept);
    row.stride *= 2;
  }
}

void QueueRecorder::fill_absent() {
  std::set<double> moments;
  for (auto& [key, row] : rows_) {
    put_in_order(row);
    moments.insert(row.at.begin(), row.at.end());
  }
  std::set<std::pair<std::string, std::string>> queues;
  for (const auto& [key, row] : rows_) {
    queues.emplace(std::get<0>(key), std::get<1>(key));
  }
  for (const auto& [queue, source] : queues) {
    rows_.try_emplace(Key{queue, source, QueueRole::kWaiting});
  }
  for (auto& [key, row] : rows_) {
    const QueueRole role = std::get<2>(key);
    if ((!is_gauge(role) && !is_kept(role)) || row.stride > 1) {
      continue;
    }
    std::map<double, double> all;
    for (std::size_t i = 0; i < row.at.size(); ++i) {
      all[row.at[i]] = row.value[i];
    }
    const double first = all.empty() ? -1 : all.begin()->first;
    for (const double at : moments) {
      if (is_gauge(role) || at < first) {  // what was kept is not gone because a poll does not name it
        all.try_emplace(at, 0.0);
      }
    }
    row.at.clear();
    row.value.clear();
    for (const auto& [at, value] : all) {
      row.at.push_back(at);
      row.value.push_back(value);
    }
  }
}

std::size_t QueueRecorder::queues() const {
  std::set<std::string> names;
  for (const auto& [key, row] : rows_) {
    names.insert(std::get<0>(key));
  }
  return names.size();
}

void QueueRecorder::put_in_order(Row& row) {
  if (row.at.empty() || row.at.front() < 0) {
    return;
  }
  std::size_t falling = 0;
  for (std::size_t i = 1; i < row.at.size(); ++i) {
    falling += row.at[i] < row.at[i - 1] ? 1U : 0U;
  }
  if (falling * 2 > row.at.size() - 1) {  // the newest first
    std::reverse(row.at.begin(), row.at.end());
    std::reverse(row.value.begin(), row.value.end());
    falling = row.at.size() - 1 - falling;
  }
  if (falling == 0) {
    return;
  }
  // A clock that was set back: what it says twice cannot be told apart, so its second telling is left out.
  std::size_t kept = 0;
  for (std::size_t i = 0; i < row.at.size(); ++i) {
    if (kept > 0 && row.at[i] <= row.at[kept - 1]) {
      ++back_;
      continue;
    }
    row.at[kept] = row.at[i];
    row.value[kept++] = row.value[i];
  }
  row.at.resize(kept);
  row.value.resize(kept);
}

void QueueRecorder::finish(Account& account, Facts& facts) {
  const std::string service = source_.settings.text("service");
  std::uint64_t readings = 0;
  for (auto& [key, row] : rows_) {
    readings += row.at.size();
    put_in_order(row);
    QueueReadings one;
    one.queue = std::get<0>(key);
    one.source = std::get<1>(key);
    one.role = std::get<2>(key);
    one.service = printable(service);
    one.location = {source_.path, row.line, 0, {}};
    if (!row.at.empty() && row.at.front() < 0) {
      one.value.push_back(row.value.back());
      one.order = number_in_name(source_.path);
    } else {
      one.at = std::move(row.at);
      one.value = std::move(row.value);
    }
    if (!one.value.empty()) {
      facts.queues.readings.push_back(std::move(one));
    }
  }
  if (context_.queues != nullptr) {
    facts.queues.settings = *context_.queues;
  }
  if (too_many_) {
    account.incomplete(fmt::format("more than {} rows of queues, and the rest were not read", kMostRows),
                       "poll fewer queues in one file");
  }
  if (back_ > 0) {
    const std::string text = fmt::format("the clock goes back: {} of {} left out", counted(back_, "reading"), readings);
    if (back_ * 10 > readings) {
      account.incomplete(text, "capture again, on a machine whose clock is not set meanwhile");
    } else {
      account.note(text);
    }
  }
  if (not_finite_ > 0) {
    account.note(fmt::format("{} not a number or infinite, and passed over", counted(not_finite_, "value")));
  }
  if (negative_ > 0) {
    account.note(fmt::format("{} below 0, and passed over", counted(negative_, "count")));
  }
}

std::uint32_t number_in_name(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const std::size_t dot = name.find_last_of('.');
  name = name.substr(0, dot);
  std::size_t begin = name.size();
  while (begin > 0 && name[begin - 1] >= '0' && name[begin - 1] <= '9') {
    --begin;
  }
  constexpr std::size_t kDigits = 9;
  const std::optional<double> number =
      parse_number(name.substr(std::max(begin, name.size() - std::min(name.size(), kDigits))));
  return begin < name.size() && number ? static_cast<std::uint32_t>(*number) : 0;
}

double queue_time(std::string_view text) {
  text = trim(text);
  if (const std::optional<double> number = parse_number(text)) {
    return since_1970_ms(*number).value_or(-1);
  }
  std::string copy(text);
  if (copy.size() > 10 && copy[10] == ' ') {  // as psql writes it: 2026-11-29 06:55:22.7+00
    copy[10] = 'T';
  }
  return time_ms(copy).value_or(-1);
}

}  // namespace budgetcheck
