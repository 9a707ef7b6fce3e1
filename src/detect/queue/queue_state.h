#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/load/queue_course.h"

namespace budgetcheck {

/// From how much on something is told; the parameters of the rules.
struct QueueThresholds {
  double utilisation = 0.8;      ///< queue-saturated: share of what the workers can do
  double finished_share = 0.05;  ///< queue-stalled: of what arrived
  double growth = 0.02;          ///< queue-growing: of what arrived
};

/// What a queue's course shows.
struct QueueState {
  enum class Kind : std::uint8_t {
    kSteady,
    kGrowing,
    kStalled,
    kSaturated,
    kDraining,
    kPaused,
    kIdle,     ///< nothing arrived, nothing waits
    kUnknown,  ///< it cannot be said: see `why`
  };

  Kind kind = Kind::kSteady;
  std::string why;         ///< of kUnknown: a clause
  double slope = 0;        ///< of the second half: jobs a second
  double grown = 0;        ///< by so many jobs in the second half
  double stalled_for = 0;  ///< seconds at the end in which next to nothing ended
  double ended_meanwhile = 0;
  double due_meanwhile = 0;                ///< jobs that would have ended at the pace of before, or that arrived
  bool never_worked = false;               ///< nothing ended in the whole capture
  std::optional<Utilisation> utilisation;  ///< of the last quarter
};

/// Of a course that has two readings at least. It holds for any process in which jobs arrive, wait and are worked on;
/// see docs/design/queues.md for the thresholds.
QueueState state_of(const QueueCourse& course, const QueueThresholds& thresholds);

/// Of a queue for jobs that failed, which nobody works on: by its name ("orders-dlq").
bool is_dead_letter_name(const std::string& queue);

}  // namespace budgetcheck
