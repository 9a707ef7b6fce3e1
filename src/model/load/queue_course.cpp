#include "model/load/queue_course.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace budgetcheck {
namespace {

constexpr double kMsPerSecond = 1000;
/// So many jobs have to end while others wait before that says what the workers can do.
constexpr double kLeastBusyJobs = 20;

std::optional<double> mean_of(const QueueCourse& course, const std::vector<double>& values, QueueStretch stretch) {
  if (values.empty()) {
    return std::nullopt;
  }
  double sum = 0;
  for (std::size_t i = stretch.first; i < stretch.last; ++i) {
    sum += (values[i] + values[i + 1]) / 2 * (course.at[i + 1] - course.at[i]);
  }
  const double span = course.at[stretch.last] - course.at[stretch.first];
  return span > 0 ? sum / span : values[stretch.last];
}

double in_system(const QueueCourse& course, std::size_t i) {
  return (course.waiting.empty() ? 0 : course.waiting[i]) + (course.active.empty() ? 0 : course.active[i]);
}

/// Steps in which nothing ended though jobs were there, for so long that the workers did not work: marked true.
std::vector<bool> stuck_steps(const QueueCourse& course) {
  std::vector<bool> stuck(course.at.size(), false);
  if (course.finished.empty()) {
    return stuck;
  }
  constexpr std::size_t kLeastSteps = 8;
  constexpr double kTimesUsual = 10;
  double moving = 0;
  for (std::size_t i = 1; i < course.at.size(); ++i) {
    moving += course.finished[i] > course.finished[i - 1] ? course.at[i] - course.at[i - 1] : 0;
  }
  const double usual = course.finished.back() > 0 ? moving / course.finished.back() : 0;
  for (std::size_t i = 1; i < course.at.size();) {
    std::size_t end = i;
    while (end < course.at.size() && course.finished[end] <= course.finished[end - 1] && in_system(course, end) > 0) {
      ++end;
    }
    if (end - i >= kLeastSteps && course.at[end - 1] - course.at[i - 1] >= kTimesUsual * usual) {
      std::fill(stuck.begin() + static_cast<std::ptrdiff_t>(i), stuck.begin() + static_cast<std::ptrdiff_t>(end), true);
    }
    i = std::max(end, i + 1);
  }
  return stuck;
}

struct Ends {
  double ended = 0;
  double seconds = 0;
  std::size_t steps = 0;
  std::size_t empty = 0;  ///< steps in which nothing ended
};

/// What ended between two readings that both had waiting jobs, the first at least as many as `pace` (jobs a second)
/// ends by then, and two standard deviations more. Nothing: too few to tell.
std::optional<Ends> ends_while_waiting(const QueueCourse& course, const std::vector<bool>& stuck, double pace) {
  Ends of;
  for (std::size_t i = 1; i < course.at.size(); ++i) {
    const double seconds = (course.at[i] - course.at[i - 1]) / kMsPerSecond;
    const double due = pace * seconds;
    if (!stuck[i] && course.waiting[i] > 0 && course.waiting[i - 1] > 0 &&
        course.waiting[i - 1] >= due + 2 * std::sqrt(due)) {
      const double ended = course.finished[i] - course.finished[i - 1];
      of.ended += ended;
      of.seconds += seconds;
      ++of.steps;
      of.empty += ended <= 0 ? 1U : 0U;
    }
  }
  return of.ended < kLeastBusyJobs || of.seconds <= 0 ? std::nullopt : std::optional(of);
}

/// Seconds of work that one job takes, by what was worked on and what ended (Little's law); 0: not known.
double seconds_of_job(const QueueCourse& course) {
  if (course.processing_ms > 0) {
    return course.processing_ms / kMsPerSecond;
  }
  if (course.active.empty() || course.finished.empty()) {
    return 0;
  }
  const std::vector<bool> stuck = stuck_steps(course);
  double work = 0;
  double ended = 0;
  for (std::size_t i = 1; i < course.at.size(); ++i) {
    if (!stuck[i]) {
      work += (course.active[i] + course.active[i - 1]) / 2 * (course.at[i] - course.at[i - 1]) / kMsPerSecond;
      ended += course.finished[i] - course.finished[i - 1];
    }
  }
  return ended > 0 ? work / ended : 0;
}

/// How unevenly jobs come or go: the largest variance to mean of counts per step, of steps that are 1, 2, 4, … readings
/// long; waves and batches show in long ones. 1 by chance alone.
double unevenness(const std::vector<double>& counts) {
  constexpr std::size_t kLeastSteps = 9;
  double most = 0;
  for (std::size_t each = 1; each * kLeastSteps <= counts.size(); each *= 2) {
    const std::size_t n = counts.size() / each;
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
      double count = 0;
      for (std::size_t k = i * each; k < (i + 1) * each; ++k) {
        count += counts[k];
      }
      sum += count;
      squares += count * count;
    }
    if (sum > 0) {
      const double mean = sum / static_cast<double>(n);
      const double variance = (squares - sum * mean) / static_cast<double>(n - 1);
      most = std::max(most, variance / mean);
    }
  }
  return most;
}

double unevenness_of_arrivals(const QueueCourse& course, QueueStretch stretch) {
  std::vector<double> counts;
  for (std::size_t i = stretch.first; i < stretch.last; ++i) {
    counts.push_back(arrived_in(course, {i, i + 1}).value_or(0));
  }
  return std::max(1.0, unevenness(counts));
}

/// Of ends while others waited: how unevenly long jobs are, and whether workers rest in between.
double unevenness_of_ends(const QueueCourse& course) {
  const std::vector<bool> stuck = stuck_steps(course);
  std::vector<double> counts;
  for (std::size_t i = 1; i < course.at.size(); ++i) {
    if (!course.waiting.empty() && course.waiting[i] > 0 && course.waiting[i - 1] > 0 && !stuck[i]) {
      counts.push_back(course.finished[i] - course.finished[i - 1]);
    }
  }
  return std::max(1.0, unevenness(counts));
}

/// Of the mean of `active`, relative to its square: how well readings show what went on between them.
double variance_of_active(const QueueCourse& course) {
  const auto n = static_cast<double>(course.active.size());
  double sum = 0;
  double squares = 0;
  for (const double active : course.active) {
    sum += active;
    squares += active * active;
  }
  if (n < 2 || sum <= 0 || course.processing_ms > 0) {
    return 0;
  }
  const double mean = sum / n;
  return std::max(0.0, squares - sum * mean) / (n - 1) / n / (mean * mean);
}

/// Of the mean of `active` in a stretch: the largest of steps that are 1, 2, 4, … readings long, as long jobs make
/// neighbours alike; at least that of as many single looks at arrivals by chance.
double variance_of_mean_active(const QueueCourse& course, QueueStretch stretch) {
  const std::size_t readings = std::max<std::size_t>(stretch.last - stretch.first, 1);
  double most = mean_active(course, stretch).value_or(0) / static_cast<double>(readings);
  constexpr std::size_t kLeastSteps = 5;
  for (std::size_t each = 1; each * kLeastSteps <= readings; each *= 2) {
    const std::size_t n = readings / each;
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const auto begin = course.active.begin() + static_cast<std::ptrdiff_t>(stretch.first + i * each);
      const double mean =
          std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(each), 0.0) / static_cast<double>(each);
      sum += mean;
      squares += mean * mean;
    }
    const auto count = static_cast<double>(n);
    most = std::max(most, (squares - sum * sum / count) / (count - 1) / count);
  }
  return most;
}

/// The declaration is of one worker of several, or what counts as active are jobs that were only fetched: no share of
/// it means anything. In a few readings, old and new workers overlap.
bool works_on_more_than_declared(const QueueCourse& course) {
  const auto more = std::count_if(course.active.begin(), course.active.end(),
                                  [&](double active) { return active > course.concurrency; });
  return course.is_declared && course.concurrency > 0 && static_cast<std::size_t>(more) * 10 > course.active.size();
}

}  // namespace

std::string why_unjudged(const QueueCourse& course) {
  if (course.waiting.empty()) {
    return "it is not told how many jobs wait";
  }
  if (!course.has_times) {
    return "its readings tell no time";
  }
  if (course.at.size() < kLeastQueueReadings) {
    return course.at.size() == 1 ? "one reading shows no trend"
                                 : fmt::format("{} readings show no trend", course.at.size());
  }
  return {};
}

std::string how_to_judge(const QueueCourse& course) {
  if (course.waiting.empty()) {
    return "capture the number of waiting jobs too (docs/queues.md)";
  }
  if (!course.has_times) {
    return "poll it with the time of each reading, or ask Prometheus for query_range (docs/queues.md)";
  }
  const double seconds = course.at.size() < 2 ? 0 : length_of(course, whole(course));
  const double step = seconds > 0 ? seconds / static_cast<double>(course.at.size() - 1) : 0;
  constexpr double kUsualStep = 1;
  const double each = step > 0 ? step : kUsualStep;
  return fmt::format(
      "poll it at least {} times, which is {:.0f} s at one reading each {:.3g} s; two minutes at one a "
      "second tell more",
      kLeastQueueReadings, each * static_cast<double>(kLeastQueueReadings), each);
}

QueueStretch whole(const QueueCourse& course) { return {0, course.at.size() - 1}; }

QueueStretch last_share(const QueueCourse& course, double share) {
  const double begin = course.at.back() - (course.at.back() - course.at.front()) * share;
  const auto after = std::upper_bound(course.at.begin(), course.at.end(), begin);
  const auto first = static_cast<std::size_t>(after - course.at.begin());
  return {first == 0 ? 0 : first - 1, course.at.size() - 1};
}

double length_of(const QueueCourse& course, QueueStretch stretch) {
  const double span = course.at[stretch.last] - course.at[stretch.first];
  return course.has_times ? span / kMsPerSecond : span;
}

std::optional<double> finished_in(const QueueCourse& course, QueueStretch stretch) {
  if (course.finished.empty()) {
    return std::nullopt;
  }
  return course.finished[stretch.last] - course.finished[stretch.first];
}

std::optional<double> arrived_in(const QueueCourse& course, QueueStretch stretch) {
  if (course.finished.empty() || course.waiting.empty()) {
    return std::nullopt;
  }
  const double more = in_system(course, stretch.last) - in_system(course, stretch.first);
  return std::max(0.0, *finished_in(course, stretch) + more);
}

std::optional<double> mean_active(const QueueCourse& course, QueueStretch stretch) {
  return mean_of(course, course.active, stretch);
}

std::optional<double> mean_waiting(const QueueCourse& course, QueueStretch stretch) {
  return mean_of(course, course.waiting, stretch);
}

std::optional<double> capacity_of(const QueueCourse& course) {
  if (course.finished.empty() || course.waiting.empty() || !course.has_times) {
    return std::nullopt;
  }
  const std::vector<bool> stuck = stuck_steps(course);
  // Ends while jobs wait give a pace. Workers were never without a job where more waited than that pace can end, so
  // only there it is what they can do; chosen by what waited alone, as what ended would choose the slow ones.
  std::optional<Ends> pace = ends_while_waiting(course, stuck, 0);
  std::optional<Ends> busy = pace ? ends_while_waiting(course, stuck, pace->ended / pace->seconds) : std::nullopt;
  if (!busy) {
    return std::nullopt;
  }
  // Workers that rest now and then: how long they could go on is not seen.
  constexpr double kNotByChance = 5;
  if (busy->empty * 5 > busy->steps && busy->ended >= kNotByChance * static_cast<double>(busy->steps - busy->empty)) {
    return std::nullopt;
  }
  return busy->ended / busy->seconds;
}

double concurrency_seen(const QueueCourse& course) {
  if (course.active.empty() || course.waiting.empty()) {
    return 0;
  }
  constexpr std::size_t kLeastReadings = 4;
  double most = 0;
  for (std::size_t i = 0; i < course.at.size(); ++i) {
    most = std::max(most, course.waiting[i] > 0 ? course.active[i] : 0);
  }
  std::size_t waits = 0;
  std::size_t full = 0;
  for (std::size_t i = 0; i < course.at.size(); ++i) {
    if (course.active[i] > most) {
      return 0;  // more than that were worked on while none waited
    }
    waits += course.waiting[i] > 1 ? 1U : 0U;
    full += course.waiting[i] > 1 && course.active[i] >= most ? 1U : 0U;
  }
  return most > 0 && waits >= kLeastReadings && full * 2 >= waits ? most : 0;
}

std::optional<Utilisation> utilisation_in(const QueueCourse& course, QueueStretch stretch, std::string_view& why) {
  if (!course.has_times) {
    why = "the readings tell no time";
    return std::nullopt;
  }
  if (works_on_more_than_declared(course)) {
    why = "more jobs are active than the declared concurrency, which is of all workers together";
    return std::nullopt;
  }
  const double seconds = length_of(course, stretch);
  if (seconds <= 0) {
    why = "there is one reading only";
    return std::nullopt;
  }
  const std::optional<double> arrived = arrived_in(course, stretch);
  if (!arrived) {
    const std::optional<double> active = mean_active(course, stretch);
    if (!active || course.concurrency <= 0) {
      why = !active ? "it is told neither how many jobs end nor how many are worked on"
                    : "it is not known how many jobs are worked on at a time at most (concurrency)";
      return std::nullopt;
    }
    // What is worked off counts as if it had arrived, unless it arrived within what is looked at.
    double worked_on = *active;
    const bool drains =
        !course.waiting.empty() && course.waiting[stretch.first] > course.waiting[stretch.last] + course.concurrency;
    if (drains && course.waiting.front() > course.waiting[stretch.last] + course.concurrency) {
      why = "a backlog is worked off, and it is not told how many jobs end";
      return std::nullopt;
    }
    if (drains) {
      worked_on = std::min(worked_on, mean_active(course, whole(course)).value_or(0));
    }
    return Utilisation{worked_on / course.concurrency,
                       std::sqrt(variance_of_mean_active(course, stretch)) / course.concurrency};
  }
  if (*arrived <= 0) {
    return Utilisation{0, 0};
  }
  const double seconds_each = seconds_of_job(course);
  double value = -1;
  if (course.concurrency > 0 && seconds_each > 0) {
    value = *arrived / seconds * seconds_each / course.concurrency;
  } else if (const std::optional<double> capacity = capacity_of(course)) {
    value = *arrived / seconds / *capacity;
  } else if (course.concurrency > 0) {
    why = "it is not known how long a job takes";
    return std::nullopt;
  } else {
    why = "it is not known how many jobs are worked on at a time at most (concurrency)";
    return std::nullopt;
  }
  // Of how many arrive, and of how long one takes.
  const double ended = std::max(course.finished.back(), 1.0);
  return Utilisation{value, value * std::sqrt(unevenness_of_arrivals(course, stretch) / *arrived +
                                              unevenness_of_ends(course) / ended + variance_of_active(course))};
}

std::optional<Utilisation> utilisation_of(const QueueCourse& course, std::string_view& why) {
  if (course.at.size() < 2) {
    why = "there is one reading only";
    return std::nullopt;
  }
  constexpr double kLast = 0.25;
  return utilisation_in(course, last_share(course, kLast), why);
}

std::optional<DrainTime> drain_time_of(const QueueCourse& course, std::string_view& why) {
  if (course.waiting.empty()) {
    why = "it is not told how many jobs wait";
    return std::nullopt;
  }
  if (course.waiting.back() <= 0) {
    return DrainTime{};
  }
  if (course.at.size() < 2 || !course.has_times) {
    why = course.has_times ? "there is one reading only" : "the readings tell no time";
    return std::nullopt;
  }
  constexpr double kLast = 0.25;
  const QueueStretch quarter = last_share(course, kLast);
  const std::optional<double> arrived = arrived_in(course, quarter);
  if (!arrived) {
    why = "it is not told how many jobs end";
    return std::nullopt;
  }
  const double seconds = length_of(course, quarter);
  const double ended = *finished_in(course, quarter);
  // As utilisation has it, so that both say the same.
  const double seconds_each = seconds_of_job(course);
  const std::optional<double> capacity =
      course.concurrency > 0 && seconds_each > 0 && !works_on_more_than_declared(course)
          ? std::optional(course.concurrency / seconds_each)
          : capacity_of(course);
  // Workers that end nothing now will not because they once could.
  const bool nothing_ends =
      ended <= 0 &&
      *std::min_element(course.waiting.begin() + static_cast<std::ptrdiff_t>(quarter.first), course.waiting.end()) > 0;
  if (nothing_ends) {
    return DrainTime{true, 0};
  }
  if (!capacity) {
    why = "jobs hardly ever waited, so what the workers can do is not known";
    return std::nullopt;
  }
  const double surplus = *capacity - *arrived / seconds;
  if (surplus <= 0) {
    return DrainTime{true, 0};
  }
  return DrainTime{false, course.waiting.back() / surplus};
}

}  // namespace budgetcheck
