#include "report/review/limits_words.h"

#include <fmt/format.h>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::int64_t kHoursOfDay = 24;
constexpr std::int64_t kMinute = 60'000;

std::string percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "0%" : format_rounded(100 * static_cast<double>(part) / static_cast<double>(whole), 1) + "%";
}

std::string are_not_limited(std::uint64_t count, std::string_view what) {
  return fmt::format("{} {} {}: {} not limited", grouped(count), count == 1 ? "request has" : "requests have", what,
                     count == 1 ? "it is" : "they are");
}

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string text = std::to_string(number);
  constexpr std::size_t kGroup = 3;
  for (std::size_t at = text.size(); at > kGroup; at -= kGroup) {
    text.insert(at - kGroup, ",");
  }
  return text;
}

std::string limited_words(const LimitedCount& count) {
  if (count.limited == 0 && count.most == 0) {
    return "0";
  }
  const std::uint64_t low = count.limited < count.most ? count.limited : count.most;
  const std::uint64_t high = count.limited < count.most ? count.most : count.limited;
  if (count.requests == 0) {  // of an hour
    return low == high ? grouped(low) : fmt::format("{} to {}", grouped(low), grouped(high));
  }
  return low == high ? fmt::format("{} ({})", grouped(low), percent(low, count.requests))
                     : fmt::format("{} to {} ({} to {})", grouped(low), grouped(high), percent(low, count.requests),
                                   percent(high, count.requests));
}

std::string hour_words(std::int64_t hours) {
  return fmt::format("{} {:02}:00", date_text(static_cast<long>(hours / kHoursOfDay)), hours % kHoursOfDay);
}

std::string minute_words(std::int64_t ms) {
  const std::int64_t minutes = ms / kMinute;
  constexpr std::int64_t kMinutes = 60;
  const std::int64_t hours = minutes / kMinutes;
  return fmt::format("{} {:02}:{:02}", date_text(static_cast<long>(hours / kHoursOfDay)), hours % kHoursOfDay,
                     minutes % kMinutes);
}

std::string replayed_words(const LimitsReview& review) {
  std::vector<std::string> names;
  for (const std::string& file : review.files) {
    names.push_back(printable(file));
  }
  const ReplayResult& replay = review.replay;
  return fmt::format("{}: {} {} from {} to {} UTC, as nginx would limit them", join(names, ", "),
                     grouped(replay.requests), replay.requests == 1 ? "request" : "requests",
                     minute_words(replay.first_ms), minute_words(replay.last_ms));
}

std::string key_words(const ReplayedKey& key) {
  return fmt::format("the key in line {} of {}", key.line, printable(key.file));
}

std::vector<std::string> review_remarks(const LimitsReview& review) {
  const ReplayResult& replay = review.replay;
  std::vector<std::string> remarks;
  if (replay.without_key > 0) {
    remarks.push_back(are_not_limited(replay.without_key, "no key"));
  }
  if (replay.of_no_plan > 0) {
    remarks.push_back(are_not_limited(replay.of_no_plan, "a key of no plan"));
  }
  if (replay.answered_429 > 0) {
    remarks.push_back(fmt::format("{} were answered 429 when the log was written", grouped(replay.answered_429)));
  }
  if (replay.whole_seconds) {
    remarks.emplace_back(
        "the log has times of whole seconds: the smaller numbers are if the requests of a second came evenly, the "
        "bigger ones if they came at once; a log with milliseconds (nginx: $msec) tells exactly");
  }
  if (replay.without_time > 0) {
    remarks.push_back(fmt::format("{} have no time and were left out", grouped(replay.without_time)));
  }
  if (replay.clock_back > 0) {
    remarks.push_back(fmt::format("the clock goes back by more than a minute {}: pass logs in their order",
                                  counted(static_cast<std::size_t>(replay.clock_back), "time")));
  }
  if (replay.not_followed > 0) {
    remarks.push_back(fmt::format("{} were left out: more than {} customers sent at the same time",
                                  grouped(replay.not_followed), grouped(LimitReplay::kMaxKeys)));
  }
  remarks.insert(remarks.end(), review.notes.begin(), review.notes.end());
  return remarks;
}

}  // namespace budgetcheck
