#include "collect/queue/queue_measures.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/units.h"
#include "collect/queue/queue_courses.h"
#include "model/load/queue_course.h"

namespace budgetcheck {
namespace {

constexpr double kQueueMs = 1000;

class Measures {
 public:
  Measures(const QueueCourse& course, Facts& facts)
      : course_(course), facts_(facts), where_(queue_labels(course.queue, course.service)) {}

  void measure(bool has_jobs) {
    constexpr std::string_view kTellJobs =
        "capture the times of finished jobs too (docs/queues.md), or the counter of finished jobs";
    over_time("queue.depth", course_.waiting, "it is not told how many jobs wait");
    over_time("queue.active", course_.active, "it is not told how many jobs are worked on");
    if (!has_jobs) {
      for (const std::string_view metric : {"queue.wait", "queue.processing"}) {
        lack(metric, "counts of jobs do not tell how long one waits or takes",
             "capture the times of finished jobs too (docs/queues.md)");
      }
    }
    measure_flow(kTellJobs);
    std::string_view why;
    constexpr std::string_view kDeclare =
        "declare queues: [{ queue: NAME, concurrency: N }], and poll what is active and finished";
    constexpr std::string_view kDeclareAll =
        "declare as concurrency what all workers together work on at a time, and poll what is active and finished";
    if (course_.at.size() >= 2 && course_.at.size() < kLeastQueueReadings && course_.has_times) {
      lack("queue.utilisation", fmt::format("{} readings do not tell how busy workers are", course_.at.size()),
           how_to_judge(course_));
    } else if (const std::optional<Utilisation> used = utilisation_of(course_, why)) {
      put("queue.utilisation", used->value, Unit::kRatio);
    } else {
      lack("queue.utilisation", why,
           !course_.has_times    ? how_to_judge(course_)
           : course_.is_declared ? std::string(kDeclareAll)
                                 : std::string(kDeclare));
    }
    measure_drain(kTellJobs);
  }

 private:
  Sample& put(std::string_view metric, double value, Unit unit) {
    Sample sample;
    sample.metric = metric;
    sample.where = where_;
    sample.unit = unit;
    sample.value = value;
    sample.location = course_.location;
    facts_.samples.push_back(std::move(sample));
    return facts_.samples.back();
  }

  void lack(std::string_view metric, std::string_view why, std::string_view hint) {
    Unmeasured gap;
    gap.metric = metric;
    gap.where = where_;
    gap.reason = fmt::format("of '{}': {}", course_.queue, why);
    gap.hint = hint;
    gap.location = course_.location;
    facts_.unmeasured.push_back(std::move(gap));
  }

  void over_time(std::string_view metric, const std::vector<double>& values, std::string_view why) {
    if (values.empty()) {
      lack(metric, why, "poll it too (docs/queues.md)");
      return;
    }
    Distribution all;
    for (const double value : values) {
      all.add(value);
    }
    put(metric, 0, Unit::kCount).value = std::move(all);
  }

  void measure_flow(std::string_view hint) {
    if (!course_.failed.empty() && course_.finished.back() > 0) {
      put("queue.failures", 0, Unit::kRatio).value =
          Rate{static_cast<std::uint64_t>(std::llround(course_.failed.back())),
               static_cast<std::uint64_t>(std::llround(course_.finished.back()))};
    } else if (course_.failed.empty()) {
      lack("queue.failures", course_.finished.empty() ? course_.finished_untold : "it is not told how many jobs fail",
           hint);
    }
    if (course_.at.size() < 2 || course_.finished.empty()) {
      lack("queue.flow", course_.at.size() < 2 ? "there is one reading only" : course_.finished_untold, hint);
      return;
    }
    constexpr double kHalf = 0.5;
    const QueueStretch half = course_.has_times ? last_share(course_, kHalf) : whole(course_);
    const std::optional<double> arrived = arrived_in(course_, half);
    if (!arrived || *arrived <= 0) {
      lack("queue.flow", arrived ? "no job arrived in the second half" : "it is not told how many jobs wait", hint);
      return;
    }
    put("queue.flow", *finished_in(course_, half) / *arrived, Unit::kRatio);
  }

  void measure_drain(std::string_view hint) {
    std::string_view why;
    const std::optional<DrainTime> drain = drain_time_of(course_, why);
    if (!drain) {
      lack("queue.drain_time", why, hint);
      return;
    }
    if (!drain->never) {
      put("queue.drain_time", drain->seconds * kQueueMs, Unit::kMilliseconds);
      return;
    }
    constexpr double kThirtyDays = 30.0 * 24 * 3600 * kQueueMs;
    Sample& never = put("queue.drain_time", kThirtyDays, Unit::kMilliseconds);
    never.lower_bound = true;
    never.lower_bound_reason = "fewer jobs end than arrive, so it never empties";
  }

  const QueueCourse& course_;
  Facts& facts_;
  Labels where_;
};

}  // namespace

void measure_queue(const QueueCourse& course, bool has_jobs, Facts& facts) {
  Measures(course, facts).measure(has_jobs);
}

}  // namespace budgetcheck
