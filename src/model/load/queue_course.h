#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/load/queue_facts.h"

namespace budgetcheck {

// What follows from the course of a queue within a stretch of it. Stretches are given by the numbers of their first and
// last reading.

/// Fewer readings show no trend: each half needs some ten.
inline constexpr std::size_t kLeastQueueReadings = 20;
/// Why the course does not show whether the queue keeps up, a clause; empty: it does.
std::string why_unjudged(const QueueCourse& course);
/// What to do about that: how long to capture, or what.
std::string how_to_judge(const QueueCourse& course);

struct QueueStretch {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// The last `share` of the time, from the reading at or before its begin.
QueueStretch last_share(const QueueCourse& course, double share);
/// All of it.
QueueStretch whole(const QueueCourse& course);

/// In seconds; in readings where no time is told.
double length_of(const QueueCourse& course, QueueStretch stretch);
/// Jobs that ended, failed ones included. Nothing: it is not told.
std::optional<double> finished_in(const QueueCourse& course, QueueStretch stretch);
/// Jobs that became ready: those that ended, and by how much more wait or are worked on. Nothing: it is not told.
std::optional<double> arrived_in(const QueueCourse& course, QueueStretch stretch);
/// Mean over the time. Nothing: it is not told.
std::optional<double> mean_active(const QueueCourse& course, QueueStretch stretch);
std::optional<double> mean_waiting(const QueueCourse& course, QueueStretch stretch);

/// How many jobs a second end while enough others wait to keep the workers busy, which is what they can do; times in
/// which nothing at all went on are left out. Nothing: it is not told, or too few jobs ended so.
std::optional<double> capacity_of(const QueueCourse& course);

/// How many jobs can be worked on at a time, as `active` shows it by going no higher while jobs wait; 0: it does not.
double concurrency_seen(const QueueCourse& course);

/// How busy the workers are with what arrived in a stretch, as a share of what they can do. A backlog that is worked
/// off does not count; above 1 more arrives than they can do.
struct Utilisation {
  double value = 0;
  double error = 0;  ///< one standard error
};
/// Of the last quarter in time. Nothing, and `why` not (a clause).
std::optional<Utilisation> utilisation_of(const QueueCourse& course, std::string_view& why);
std::optional<Utilisation> utilisation_in(const QueueCourse& course, QueueStretch stretch, std::string_view& why);

/// How long it takes until nothing waits any more, as it went in the last quarter.
struct DrainTime {
  bool never = false;
  double seconds = 0;
};
std::optional<DrainTime> drain_time_of(const QueueCourse& course, std::string_view& why);

}  // namespace budgetcheck
