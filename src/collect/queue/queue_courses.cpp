#include "collect/queue/queue_courses.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/queue/queue_measures.h"
#include "model/load/queue_course.h"

// How readings become the course of a queue:
// - Readings of one source and kind that follow one another in time are one row, wherever they were written.
// - The row of what waits that has the most readings gives the moments. Other rows give, at each of them, what they
//   read nearest to it; of several sources of one kind the highest counts, as they all tell of the same queue.
// - A total grows; where it falls the program started anew and counts from 0. What is kept of finished jobs may fall
//   without anything having happened. Of several ways to count the one that counts most is right: others are 0 where
//   they are not switched on, or end where no more is kept.
// - Readings without a time are used where a queue has no others.

namespace budgetcheck {
namespace {

constexpr double kMsPerSecond = 1000;

struct SourceRow {
  std::string source;
  std::vector<double> at;
  std::vector<double> value;
};

/// So many ended since the first reading.
void make_total(SourceRow& row, QueueRole role) {
  double total = 0;
  double before = row.value.empty() ? 0 : row.value.front();
  const bool is_kept = role == QueueRole::kKeptFinished || role == QueueRole::kKeptFailed;
  const bool is_of_period = role == QueueRole::kFinishedInPeriod || role == QueueRole::kFailedInPeriod;
  for (std::size_t i = 0; i < row.value.size(); ++i) {
    const double now = row.value[i];
    if (is_of_period) {  // the period begins at its time
      row.value[i] = total;
      total += now;
      continue;
    }
    if (i > 0) {
      total += now >= before ? now - before : is_kept ? 0 : now;
    }
    before = now;
    row.value[i] = total;
  }
}

/// Half of the usual step between two readings.
double tolerance_of(const SourceRow& row) {
  if (row.at.size() < 2) {
    return kMsPerSecond;
  }
  std::vector<double> steps;
  for (std::size_t i = 1; i < row.at.size(); ++i) {
    steps.push_back(row.at[i] - row.at[i - 1]);
  }
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return *middle / 2;
}

class CourseBuilder {
 public:
  CourseBuilder(std::string queue, std::string service) {
    course_.queue = std::move(queue);
    course_.service = std::move(service);
  }

  void add(QueueReadings&& readings) {
    if (readings.value.size() > most_) {  // the file that tells most of it
      most_ = readings.value.size();
      course_.location = readings.location;
    }
    (readings.at.empty() ? untimed_ : timed_).push_back(std::move(readings));
  }

  QueueCourse build() {
    if (timed_.empty()) {
      course_.has_times = false;
      give_order();
    }
    // In the order of time, whatever that of the files: one that falls between two others would be a row of its own.
    std::stable_sort(timed_.begin(), timed_.end(),
                     [](const QueueReadings& a, const QueueReadings& b) { return a.at.front() < b.at.front(); });
    for (QueueReadings& one : timed_) {
      join_row(std::move(one));
    }
    const std::vector<SourceRow>* base = base_rows();
    if (base == nullptr) {
      return std::move(course_);
    }
    const auto longest = std::max_element(
        base->begin(), base->end(), [](const SourceRow& a, const SourceRow& b) { return a.at.size() < b.at.size(); });
    step_ = tolerance_of(*longest);
    course_.at = longest->at;
    course_.waiting = gauge(QueueRole::kWaiting);
    course_.active = gauge(QueueRole::kActive);
    course_.delayed = gauge(QueueRole::kDelayed);
    course_.paused = gauge(QueueRole::kPaused);
    if (course_.waiting.empty()) {
      course_.waiting = gauge(QueueRole::kTotal);
      for (std::size_t i = 0; i < course_.waiting.size() && !course_.active.empty(); ++i) {
        course_.waiting[i] = std::max(0.0, course_.waiting[i] - course_.active[i]);
      }
    }
    const std::vector<double> concurrency = gauge(QueueRole::kConcurrency);
    if (!concurrency.empty() && concurrency.back() > 0) {
      course_.concurrency = concurrency.back();
      course_.is_declared = true;
    }
    count_ends();
    return std::move(course_);
  }

 private:
  /// Numbers of files in place of times.
  void give_order() {
    std::stable_sort(untimed_.begin(), untimed_.end(),
                     [](const QueueReadings& a, const QueueReadings& b) { return a.order < b.order; });
    std::map<std::pair<std::uint32_t, std::string>, double> numbers;
    for (const QueueReadings& one : untimed_) {
      numbers.try_emplace({one.order, one.location.file}, 0);
    }
    double number = 0;
    for (auto& [file, at] : numbers) {
      at = number++;
    }
    for (QueueReadings& one : untimed_) {
      one.at = {numbers[{one.order, one.location.file}]};
      timed_.push_back(std::move(one));
    }
  }

  void join_row(QueueReadings&& readings) {
    std::vector<SourceRow>& rows = rows_[readings.role];
    for (SourceRow& row : rows) {
      if (row.source != readings.source) {
        continue;
      }
      if (row.at.back() < readings.at.front()) {
        row.at.insert(row.at.end(), readings.at.begin(), readings.at.end());
        row.value.insert(row.value.end(), readings.value.begin(), readings.value.end());
        return;
      }
      if (readings.at.back() < row.at.front()) {
        row.at.insert(row.at.begin(), readings.at.begin(), readings.at.end());
        row.value.insert(row.value.begin(), readings.value.begin(), readings.value.end());
        return;
      }
    }
    rows.push_back({std::move(readings.source), std::move(readings.at), std::move(readings.value)});
  }

  const std::vector<SourceRow>* base_rows() const {
    for (const QueueRole role : {QueueRole::kWaiting, QueueRole::kTotal, QueueRole::kActive}) {
      const auto found = rows_.find(role);
      if (found != rows_.end()) {
        return &found->second;
      }
    }
    return nullptr;
  }

  std::vector<double> gauge(QueueRole role) const {
    const auto found = rows_.find(role);
    if (found == rows_.end()) {
      return {};
    }
    const std::vector<SourceRow>& rows = found->second;
    std::vector<double> tolerances;
    for (const SourceRow& row : rows) {
      tolerances.push_back(std::min(std::max(step_, tolerance_of(row)), step_ * 8));
    }
    std::vector<double> values;
    for (std::size_t i = 0; i < course_.at.size(); ++i) {
      std::optional<double> highest;
      for (std::size_t k = 0; k < rows.size(); ++k) {
        const std::optional<double> value = nearest_in(rows[k], course_.at[i], tolerances[k]);
        highest = value ? std::max(highest.value_or(0), *value) : highest;
      }
      values.push_back(highest.value_or(values.empty() ? 0 : values.back()));
    }
    return values;
  }

  static std::optional<double> nearest_in(const SourceRow& row, double at, double tolerance) {
    const auto after = std::lower_bound(row.at.begin(), row.at.end(), at);
    std::size_t best = static_cast<std::size_t>(after - row.at.begin());
    if (best == row.at.size() || (best > 0 && at - row.at[best - 1] < row.at[best] - at)) {
      --best;
    }
    return std::abs(row.at[best] - at) <= tolerance ? std::optional(row.value[best]) : std::nullopt;
  }

  /// The total of those of these kinds that counts most, at the moments; empty: none tells it.
  std::vector<double> total_of(std::initializer_list<QueueRole> roles) const {
    std::vector<double> best;
    for (const QueueRole role : roles) {
      const auto found = rows_.find(role);
      if (found == rows_.end()) {
        continue;
      }
      for (const SourceRow& given : found->second) {
        SourceRow row = given;
        make_total(row, role);
        std::vector<double> values;
        for (const double at : course_.at) {
          const auto after = std::upper_bound(row.at.begin(), row.at.end(), at + step_);
          values.push_back(after == row.at.begin() ? 0
                                                   : row.value[static_cast<std::size_t>(after - row.at.begin()) - 1]);
        }
        const double first = values.front();
        for (double& value : values) {
          value -= first;
        }
        if (best.empty() || values.back() > best.back()) {
          best = std::move(values);
        }
      }
    }
    return best;
  }

  void count_ends() {
    course_.failed = total_of({QueueRole::kFailed, QueueRole::kKeptFailed, QueueRole::kFailedInPeriod});
    course_.finished = total_of({QueueRole::kFinished, QueueRole::kKeptFinished, QueueRole::kFinishedInPeriod});
    if (course_.finished.empty()) {
      course_.finished_untold = "it is not told how many jobs end";
      course_.failed.clear();
      return;
    }
    for (std::size_t i = 0; i < course_.failed.size(); ++i) {
      course_.finished[i] += course_.failed[i];
    }
    // Jobs that left without being counted: they are removed when they end.
    double left = 0;
    const auto there = [&](std::size_t i) {
      const auto of = [i](const std::vector<double>& values) { return values.empty() ? 0 : values[i]; };
      return of(course_.waiting) + of(course_.active) + of(course_.delayed) + of(course_.paused);
    };
    for (std::size_t i = 1; i < course_.at.size(); ++i) {
      left += std::max(0.0, there(i - 1) - there(i));
    }
    constexpr double kSlack = 20;
    if (left > course_.finished.back() * 1.2 + kSlack) {
      course_.finished.clear();
      course_.failed.clear();
      course_.finished_untold =
          "more jobs left the queue than are counted as finished, so finished jobs are removed (removeOnComplete)";
    }
  }

  QueueCourse course_;
  std::vector<QueueReadings> timed_;
  std::vector<QueueReadings> untimed_;
  std::map<QueueRole, std::vector<SourceRow>> rows_;
  double step_ = 0;
  std::size_t most_ = 0;
};

}  // namespace

Labels queue_labels(const std::string& queue, const std::string& service) {
  Labels labels;
  labels.set("queue", queue);
  if (!service.empty()) {
    labels.set("service", service);
  }
  return labels;
}

void finish_queues(Facts& facts) {
  using Key = std::pair<std::string, std::string>;  // service, queue
  std::map<Key, CourseBuilder> builders;
  for (QueueReadings& one : facts.queues.readings) {
    const Key key{one.service, one.queue};
    builders.try_emplace(key, one.queue, one.service).first->second.add(std::move(one));
  }
  std::map<Key, QueueJobs> jobs;
  for (QueueJobs& one : facts.queues.jobs) {
    const auto [found, is_new] = jobs.try_emplace({one.service, one.queue}, one);
    if (!is_new) {
      found->second.jobs += one.jobs;
      found->second.failed += one.failed;
      found->second.processing_ms += one.processing_ms;
    }
  }
  facts.queues.readings.clear();
  facts.queues.jobs.clear();
  for (auto& [key, builder] : builders) {
    QueueCourse course = builder.build();
    const auto of_jobs = jobs.find(key);
    if (of_jobs != jobs.end() && of_jobs->second.jobs > 0) {
      course.processing_ms = of_jobs->second.processing_ms / static_cast<double>(of_jobs->second.jobs);
    }
    for (const QueueSetting& setting : facts.queues.settings) {
      if (setting.queue != course.queue) {
        continue;
      }
      course.max_depth = setting.max_depth;
      course.has_max_utilisation = setting.has_max_utilisation;
      if (setting.concurrency > 0) {
        course.concurrency = setting.concurrency;
        course.is_declared = true;
      }
    }
    if (course.at.empty()) {
      continue;
    }
    if (course.concurrency <= 0) {
      course.concurrency = concurrency_seen(course);
    }
    measure_queue(course, of_jobs != jobs.end(), facts);
    facts.queues.courses.push_back(std::move(course));
  }
  for (const auto& [key, one] : jobs) {
    if (builders.contains(key)) {
      continue;
    }
    Unmeasured gap;
    gap.metric = "queue.";
    gap.where = queue_labels(one.queue, one.service);
    gap.reason = fmt::format("of '{}': finished jobs do not tell how many wait", one.queue);
    gap.hint = "poll the counts of its jobs too (docs/queues.md)";
    gap.location = one.location;
    facts.unmeasured.push_back(std::move(gap));
  }
  // Those of no queue that was read are told.
  std::erase_if(facts.queues.settings, [&](const QueueSetting& setting) {
    return std::any_of(facts.queues.courses.begin(), facts.queues.courses.end(),
                       [&](const QueueCourse& course) { return course.queue == setting.queue; });
  });
}

}  // namespace budgetcheck
