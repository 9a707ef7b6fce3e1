#include "detect/queue/queue_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "base/number.h"
#include "base/text.h"
#include "base/text/suggestion.h"
#include "base/units.h"
#include "detect/queue/queue_state.h"
#include "detect/rule_findings.h"
#include "model/load/queue_course.h"

namespace budgetcheck {
namespace {

using Kind = QueueState::Kind;

constexpr double kMsPerSecond = 1000;

std::string time_text(double seconds) { return format_quantity(seconds * kMsPerSecond, Unit::kMilliseconds); }

/// "0.0071", "4.9", "120": three figures.
std::string figures(double value) {
  if (value == 0) {
    return "0";
  }
  const int digits = 2 - static_cast<int>(std::floor(std::log10(std::abs(value))));
  return format_rounded(value, std::clamp(digits, 0, 6));
}

/// "4.9 jobs a second", "13 jobs an hour".
std::string rate_text(double per_second) {
  constexpr double kSlow = 0.1;
  constexpr double kPerHour = 3600;
  const bool is_slow = per_second < kSlow;
  const std::string number = figures(is_slow ? per_second * kPerHour : per_second);
  return fmt::format("{} {} {}", number, number == "1" ? "job" : "jobs", is_slow ? "an hour" : "a second");
}

std::string percent(double share) { return format_rounded(share * 100, share < 0.1 ? 1 : 0) + "%"; }

std::string whole_number(double value) { return format_rounded(value, 0); }

/// A finding on the queue, with what all three tell: how long was looked at, arrivals, ends, and the check of the mean
/// wait by Little's law.
Finding finding_of(const QueueCourse& course, const QueueState& state, std::string_view rule) {
  Finding finding;
  finding.subject = course.queue;
  finding.location = course.location;
  finding.evidence.input = course.location.file;
  finding.evidence.line = course.location.line;
  finding.key = finding_key(rule, {course.service, course.queue});
  auto& details = finding.evidence.details;
  details.emplace_back("queue", course.queue);
  if (!course.service.empty()) {
    details.emplace_back("service", course.service);
  }
  const QueueStretch half = last_share(course, 0.5);
  const double seconds = length_of(course, half);
  details.emplace_back("captured_s", figures(length_of(course, whole(course))));
  details.emplace_back("readings", std::to_string(course.at.size()));
  details.emplace_back("waiting", whole_number(course.waiting.back()));
  details.emplace_back("most_waiting", whole_number(*std::max_element(course.waiting.begin(), course.waiting.end())));
  details.emplace_back("slope_per_s", figures(state.slope));
  const std::optional<double> arrived = arrived_in(course, half);
  const std::optional<double> ended = finished_in(course, half);
  if (arrived && ended && seconds > 0) {
    details.emplace_back("arrivals_per_s", figures(*arrived / seconds));
    details.emplace_back("finished_per_s", figures(*ended / seconds));
    if (*ended > 0) {
      details.emplace_back("wait_by_littles_law_s",
                           figures(mean_waiting(course, half).value_or(0) / (*ended / seconds)));
    }
  }
  if (state.utilisation) {
    details.emplace_back("utilisation", percent(state.utilisation->value));
  }
  if (course.concurrency > 0) {
    details.emplace_back(course.is_declared ? "concurrency" : "concurrency_seen", whole_number(course.concurrency));
  }
  std::string_view why;
  if (const std::optional<DrainTime> drain = drain_time_of(course, why)) {
    details.emplace_back("drain_s", drain->never ? "never" : figures(drain->seconds));
  }
  return finding;
}

/// "a concurrency of 5 instead of 4"; empty: it is not known.
std::string workers_needed(const QueueCourse& course, const QueueState& state) {
  constexpr double kComfortable = 0.75;
  if (course.concurrency <= 0 || !state.utilisation) {
    return {};
  }
  const double needed =
      std::max(std::ceil(course.concurrency * state.utilisation->value / kComfortable), course.concurrency + 1);
  return fmt::format("a concurrency of {} in place of {} would be {} busy", whole_number(needed),
                     whole_number(course.concurrency), percent(state.utilisation->value * course.concurrency / needed));
}

Finding growing(const QueueCourse& course, const QueueState& state) {
  Finding finding = finding_of(course, state, "queue-growing");
  const QueueStretch half = last_share(course, 0.5);
  const double seconds = length_of(course, half);
  const std::optional<double> arrived = arrived_in(course, half);
  if (state.kind == Kind::kGrowing && state.never_worked) {
    finding.message = fmt::format(
        "nobody works on the queue '{}': {} jobs arrived in {} and none ended, {} wait at the end", course.queue,
        whole_number(state.due_meanwhile), time_text(state.stalled_for), whole_number(course.waiting.back()));
    finding.fix.text =
        "Look at why these jobs failed, work them off or delete them, and watch what sends them there; list the queue "
        "under rules: queue-growing: ignore if it is emptied by hand.";
    finding.magnitude = state.due_meanwhile;
    return finding;
  }
  std::string flow;
  if (arrived && seconds > 0) {
    flow = fmt::format(": {} arrive and {} end", rate_text(*arrived / seconds),
                       rate_text(finished_in(course, half).value_or(0) / seconds));
  }
  std::string until;
  if (course.max_depth > course.waiting.back() && state.slope > 0) {
    const double left = (course.max_depth - course.waiting.back()) / state.slope;
    finding.evidence.details.emplace_back("time_to_max_depth_s", figures(left));
    until = fmt::format("; max_depth {} is reached {} later", whole_number(course.max_depth), time_text(left));
  }
  finding.message =
      fmt::format("the queue '{}' grows by {} over the last {}, from {} to {} waiting jobs{}{}", course.queue,
                  rate_text(state.slope), time_text(seconds), whole_number(course.waiting[half.first]),
                  whole_number(course.waiting.back()), flow, until);
  const std::string workers = workers_needed(course, state);
  finding.fix.text = fmt::format("Add workers{}, make jobs shorter, or let fewer arrive.",
                                 workers.empty() ? "" : fmt::format(" ({})", workers));
  if (!course.failed.empty() && course.failed.back() * 5 > course.finished.back()) {
    finding.evidence.details.emplace_back("failed_jobs", whole_number(course.failed.back()));
    finding.fix.text += fmt::format(
        " {} of its {} finished jobs failed: tries again are work too, so look at their "
        "errors first.",
        whole_number(course.failed.back()), whole_number(course.finished.back()));
  }
  finding.magnitude = state.grown;
  return finding;
}

Finding stalled(const QueueCourse& course, const QueueState& state) {
  Finding finding = finding_of(course, state, "queue-stalled");
  auto& details = finding.evidence.details;
  details.emplace_back("stalled_s", figures(state.stalled_for));
  details.emplace_back("finished_meanwhile", whole_number(state.ended_meanwhile));
  details.emplace_back("due_meanwhile", whole_number(state.due_meanwhile));
  const std::string ended = state.ended_meanwhile > 0
                                ? fmt::format("only {} jobs ended", whole_number(state.ended_meanwhile))
                                : std::string(course.finished.empty() ? "nobody worked on a job" : "no job ended");
  finding.message = fmt::format("the queue '{}' stands still: in the last {} {} where {} were due, and {} wait{}",
                                course.queue, time_text(state.stalled_for), ended, whole_number(state.due_meanwhile),
                                whole_number(course.waiting.back()),
                                state.never_worked ? "; nothing ended in the whole capture" : "");
  const double active = course.active.empty() ? -1 : course.active.back();
  finding.fix.text =
      active > 0 ? fmt::format(
                       "{} are marked as active and do not end: look at what the workers wait for (a lock, a "
                       "connection, an endless loop) or whether their processes died, and give jobs a time limit.",
                       counted(static_cast<std::size_t>(active), "job"))
                 : "Start the workers again and look at why they stopped; if the queue is paused on purpose, which its "
                   "counts do not show, resume it or list it under rules: queue-stalled: ignore.";
  finding.magnitude = state.due_meanwhile;
  return finding;
}

Finding saturated(const QueueCourse& course, const QueueState& state, double limit) {
  Finding finding = finding_of(course, state, "queue-saturated");
  const Utilisation used = state.utilisation.value_or(Utilisation());
  finding.message = fmt::format(
      "the workers of the queue '{}' are {} busy in the last quarter of the capture, above {}: waiting times grow fast "
      "from there on",
      course.queue, percent(used.value), percent(limit));
  const std::string workers = workers_needed(course, state);
  finding.fix.text = fmt::format("Add workers{} or make jobs shorter before more arrive.",
                                 workers.empty() ? "" : fmt::format(" ({})", workers));
  finding.magnitude = used.value;
  return finding;
}

template <class Make>
void detect_kind(const Facts& facts, const Rule& rule, const QueueThresholds& thresholds, Kind kind, const Make& make,
                 std::vector<Finding>& findings) {
  std::vector<Finding> found;
  for (const QueueCourse& course : facts.queues.courses) {
    const QueueState state = state_of(course, thresholds);
    if (state.kind == kind) {
      found.push_back(make(course, state));
      found.back().level = rule.level;
    }
  }
  keep_findings(rule, std::move(found), findings);
}

}  // namespace

void detect_queue_growing(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  QueueThresholds thresholds;
  thresholds.growth = rule.param("min_growth");
  detect_kind(facts, rule, thresholds, Kind::kGrowing, growing, findings);
}

void detect_queue_stalled(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  QueueThresholds thresholds;
  thresholds.finished_share = rule.param("finished");
  detect_kind(facts, rule, thresholds, Kind::kStalled, stalled, findings);
}

void detect_queue_saturated(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  QueueThresholds thresholds;
  thresholds.utilisation = rule.param("utilisation");
  std::vector<Finding> found;
  for (const QueueCourse& course : facts.queues.courses) {
    const QueueState state = state_of(course, thresholds);
    if (state.kind == Kind::kSaturated && !course.has_max_utilisation) {
      found.push_back(saturated(course, state, thresholds.utilisation));
      found.back().level = rule.level;
    }
  }
  keep_findings(rule, std::move(found), findings);
}

void note_queues(const Facts& facts, const Rule& /*rule*/, std::vector<std::string>& notes) {
  for (const QueueCourse& course : facts.queues.courses) {
    if (!course.paused.empty() && course.paused.back() > 0) {
      notes.push_back(fmt::format("the queue '{}' is paused, with {} jobs held back", course.queue,
                                  whole_number(course.paused.back())));
    }
  }
  std::vector<std::string> seen;
  for (const QueueCourse& course : facts.queues.courses) {
    seen.push_back(course.queue);
  }
  for (const QueueSetting& setting : facts.queues.settings) {
    if (setting.max_depth > 0 || setting.has_max_utilisation || seen.empty()) {
      continue;  // its budget says so
    }
    const std::string near = nearest(setting.queue, seen);
    notes.push_back(fmt::format("no input tells of the queue '{}', which the budgets file declares{}",
                                printable(setting.queue),
                                near.empty() ? "" : ": " + did_you_mean(setting.queue, near)));
  }
}

}  // namespace budgetcheck
