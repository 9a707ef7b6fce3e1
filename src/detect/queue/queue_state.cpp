#include "detect/queue/queue_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/text.h"
#include "detect/queue/queue_trend.h"

namespace budgetcheck {
namespace {

using Kind = QueueState::Kind;

/// Where so many jobs would have ended and none did, chance is no explanation; more of them while workers are at work,
/// as theirs may be long ones.
constexpr double kLeastDue = 20;
constexpr double kLeastDueAtWork = 40;
constexpr double kLeastGrowth = 5;
constexpr double kOneInHundred = 2.33;  ///< of a normal distribution, one-sided
constexpr double kAgainstWalk = 1.9;    ///< one in 35
constexpr double kMoreThanAll = 1;

class Course {
 public:
  Course(const QueueCourse& course, const QueueThresholds& thresholds) : course_(course), thresholds_(thresholds) {}

  QueueState state() {
    std::string_view why;
    state_.utilisation = utilisation_of(course_, why);
    if (std::string unjudged = why_unjudged(course_); !unjudged.empty()) {
      return unknown(std::move(unjudged));
    }
    if (!course_.paused.empty() && course_.paused.back() > 0) {
      return of(Kind::kPaused);
    }
    if (*std::max_element(course_.waiting.begin(), course_.waiting.end()) <= 0 &&
        (course_.active.empty() || *std::max_element(course_.active.begin(), course_.active.end()) <= 0)) {
      return of(course_.finished.empty() || course_.finished.back() <= 0 ? Kind::kIdle : Kind::kSteady);
    }
    measure_trend();
    if (is_stalled()) {
      return of(state_.never_worked && is_dead_letter_name(course_.queue) ? Kind::kGrowing : Kind::kStalled);
    }
    if (is_growing()) {
      return of(Kind::kGrowing);
    }
    if (is_saturated()) {
      return of(Kind::kSaturated);
    }
    return of(is_draining() ? Kind::kDraining : Kind::kSteady);
  }

 private:
  QueueState of(Kind kind) {
    state_.kind = kind;
    return state_;
  }
  QueueState unknown(std::string why) {
    state_.why = std::move(why);
    return of(Kind::kUnknown);
  }

  void measure_trend() {
    half_ = last_share(course_, 0.5);
    trend_ = trend_in(half_);
    trend_of_all_ = trend_in(whole(course_));
    state_.slope = trend_.slope;
    state_.grown = trend_.slope * length_of(course_, half_);
  }

  QueueTrend trend_in(QueueStretch stretch) const {
    std::vector<double> at;
    std::vector<double> waiting;
    for (std::size_t i = stretch.first; i <= stretch.last; ++i) {
      at.push_back((course_.at[i] - course_.at[stretch.first]) / 1000);
      waiting.push_back(course_.waiting[i]);
    }
    return trend_of(at, waiting);
  }

  double lowest_waiting(QueueStretch stretch) const {
    return *std::min_element(course_.waiting.begin() + static_cast<std::ptrdiff_t>(stretch.first),
                             course_.waiting.begin() + static_cast<std::ptrdiff_t>(stretch.last) + 1);
  }

  /// The longest time before reading `end` in which nothing ended although jobs waited.
  double longest_silence(std::size_t end) const {
    double longest = 0;
    double begin = course_.at.front();
    for (std::size_t i = 1; i <= end; ++i) {
      if (course_.finished[i] > course_.finished[i - 1] || course_.waiting[i] <= 0) {
        longest = std::max(longest, course_.at[i] - begin);
        begin = course_.at[i];
      }
    }
    return longest / 1000;
  }

  bool is_stalled() { return course_.finished.empty() ? nobody_works() : nothing_ends() || hardly_anything_ends(); }

  /// Since the last job ended, others waited all the time, and many should have ended.
  bool nothing_ends() {
    const std::size_t n = course_.at.size();
    std::size_t last = n - 1;
    while (last > 0 && course_.finished[last] <= course_.finished[last - 1]) {
      --last;
    }
    const QueueStretch tail{last, n - 1};
    const std::size_t readings = tail.last - tail.first;
    constexpr std::size_t kLeast = 4;
    if (readings < kLeast || course_.waiting.back() <= 0) {
      return false;
    }
    std::size_t waited = 0;
    bool at_work = false;
    for (std::size_t i = tail.first + 1; i <= tail.last; ++i) {
      waited += course_.waiting[i] > 0 ? 1U : 0U;
      at_work = at_work || course_.active.empty() || course_.active[i] > 0;
    }
    if (waited * 10 < readings * 9) {
      return false;
    }
    const double seconds = length_of(course_, tail);
    const double before = length_of(course_, {0, std::max<std::size_t>(last, 1)});
    const double pace = last == 0 ? 0 : course_.finished[last] / before;
    const double due = std::max(arrived_in(course_, tail).value_or(0), pace * seconds);
    // A worker that runs now and then was silent for as long before.
    if (due < (at_work && last > 0 ? kLeastDueAtWork : kLeastDue) ||
        (last > 0 && seconds < 2 * longest_silence(last))) {
      return false;
    }
    state_.never_worked = last == 0;
    state_.stalled_for = seconds;
    state_.due_meanwhile = due;
    return true;
  }

  /// Some still end, but next to none of what arrives.
  bool hardly_anything_ends() {
    constexpr std::array kShares{0.5, 1.0 / 3, 0.25, 1.0 / 6, 0.125};
    for (const double share : kShares) {
      const QueueStretch tail = last_share(course_, share);
      const double arrived = arrived_in(course_, tail).value_or(0);
      const double ended = finished_in(course_, tail).value_or(0);
      if (tail.last - tail.first >= kLeastQueueReadings / 4 && arrived >= 2 * kLeastDue &&
          ended < thresholds_.finished_share * arrived && length_of(course_, tail) >= 2 * longest_silence(tail.first) &&
          lowest_waiting(last_share(course_, share / 2)) > 0 && course_.waiting.back() > course_.waiting[tail.first]) {
        state_.stalled_for = length_of(course_, tail);
        state_.ended_meanwhile = ended;
        state_.due_meanwhile = arrived;
        return true;
      }
    }
    return false;
  }

  /// It is not told how many end, but jobs wait and nobody works on any.
  bool nobody_works() {
    if (course_.active.empty()) {
      return false;
    }
    const std::size_t n = course_.at.size();
    std::size_t begin = n;
    while (begin > 0 && course_.active[begin - 1] <= 0 && course_.waiting[begin - 1] > 0) {
      --begin;
    }
    constexpr std::size_t kLeast = 5;
    if (n - begin < kLeast) {
      return false;
    }
    std::size_t longest = 0;
    for (std::size_t i = 0, row = 0; i < begin; ++i) {
      row = course_.active[i] <= 0 && course_.waiting[i] > 0 ? row + 1 : 0;
      longest = std::max(longest, row);
    }
    const double grown = course_.waiting.back() - course_.waiting[begin];
    if (n - begin < 2 * longest || grown < kLeastDue) {
      return false;
    }
    state_.never_worked = begin == 0;
    state_.stalled_for = length_of(course_, {begin, n - 1});
    state_.due_meanwhile = grown;
    return true;
  }

  bool is_growing() const {
    const double arrived = arrived_in(course_, half_).value_or(0);
    if (state_.grown < kLeastGrowth || state_.grown < thresholds_.growth * arrived ||
        trend_.mann_kendall < kOneInHundred) {
      return false;
    }
    const bool walks_far = trend_.against_walk >= kAgainstWalk ||
                           (trend_of_all_.against_walk >= kAgainstWalk && trend_of_all_.mann_kendall >= kOneInHundred);
    if (!walks_far && !arrives_more_than_ends()) {
      return false;
    }
    // What grows does not empty, has not turned yet, and is beyond where it came back from before.
    const QueueStretch end = last_share(course_, 0.1);
    std::vector<double> last(course_.waiting.begin() + static_cast<std::ptrdiff_t>(end.first), course_.waiting.end());
    std::nth_element(last.begin(), last.begin() + static_cast<std::ptrdiff_t>(last.size() / 2), last.end());
    const double now = last[last.size() / 2];
    const auto half = course_.waiting.begin() + static_cast<std::ptrdiff_t>(half_.first);
    const double highest = *std::max_element(half, course_.waiting.end());
    const auto lowest_before = std::min_element(course_.waiting.begin(), half + 1);
    const double highest_before = *std::max_element(lowest_before, half + 1);
    return lowest_waiting(last_share(course_, 0.25)) > 0 && now >= highest / 2 && now > highest_before;
  }

  /// More than the workers can do, and not by chance; they are never idle.
  bool arrives_more_than_ends() const {
    std::string_view why;
    const std::optional<Utilisation> used = utilisation_in(course_, half_, why);
    return used && used->value - used->error * kMoreThanAll >= 1 && trend_.against_walk >= 1 &&
           lowest_waiting(half_) > 0;
  }

  bool is_saturated() const {
    const std::optional<Utilisation>& used = state_.utilisation;
    if (!used || used->value <= thresholds_.utilisation) {
      return false;
    }
    // A quarter alone is above the limit by chance, or at the crest of a wave: what is told must be seen for longer, or
    // be more than all the workers can do.
    constexpr double kComfortable = 0.06;
    std::string_view why;
    return is_surely_above(utilisation_in(course_, half_, why), thresholds_.utilisation - kComfortable) ||
           is_surely_above(utilisation_in(course_, whole(course_), why), thresholds_.utilisation - kComfortable) ||
           is_surely_above(used, kMoreThanAll);
  }

  static bool is_surely_above(const std::optional<Utilisation>& used, double limit) {
    return used && used->value - kOneInHundred * used->error > limit;
  }

  bool is_draining() const {
    return course_.waiting[half_.first] > kLeastGrowth && state_.grown < 0 && trend_.mann_kendall < -kOneInHundred;
  }

  const QueueCourse& course_;
  const QueueThresholds& thresholds_;
  QueueState state_;
  QueueTrend trend_;  ///< of the second half
  QueueTrend trend_of_all_;
  QueueStretch half_;
};

}  // namespace

bool is_dead_letter_name(const std::string& queue) {
  const std::string name = lower(queue);
  constexpr std::array<std::string_view, 6> kMarks{"dlq",        "dead-letter", "dead_letter",
                                                   "deadletter", "dead.letter", "_error"};
  return std::any_of(kMarks.begin(), kMarks.end(),
                     [&](std::string_view mark) { return name.find(mark) != std::string::npos; });
}

QueueState state_of(const QueueCourse& course, const QueueThresholds& thresholds) {
  return Course(course, thresholds).state();
}

}  // namespace budgetcheck
