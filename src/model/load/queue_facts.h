#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/location.h"

namespace budgetcheck {

/// What a number that was read of a queue counts.
enum class QueueRole : std::uint8_t {
  kWaiting,       ///< jobs that could start now
  kActive,        ///< jobs that are worked on
  kDelayed,       ///< jobs that are to start later
  kPaused,        ///< jobs of a queue that is paused on purpose
  kTotal,         ///< waiting and active together
  kFinished,      ///< finished since some time; it begins at 0 again when the program starts anew
  kFailed,        ///< the same of failed jobs
  kKeptFinished,  ///< finished jobs that are still kept: fewer when they are removed
  kKeptFailed,
  kFinishedInPeriod,  ///< finished since the reading before
  kFailedInPeriod,
  kConcurrency,  ///< so many jobs can be worked on at a time
};

/// Numbers of one kind of one queue, as one file and one source in it tell them.
struct QueueReadings {
  std::string queue;
  std::string service;  ///< of the input's setting; empty: not said
  QueueRole role = QueueRole::kWaiting;
  /// Who told it (an instance, a poller): several who tell the same of a queue are not added up.
  std::string source;
  std::vector<double> at;  ///< milliseconds since 1970, rising; empty: the file tells no time
  std::vector<double> value;
  std::uint32_t order = 0;  ///< of a file that tells no time: its place among such files
  Location location;
};

/// What finished jobs themselves tell.
struct QueueJobs {
  std::string queue;
  std::string service;

  std::uint64_t jobs = 0;
  double processing_ms = 0;  ///< the sum
  std::uint64_t failed = 0;
  Location location;
};

/// What is declared of a queue and needed to measure it.
struct QueueSetting {
  std::string queue;
  double concurrency = 0;            ///< 0: not said
  double max_depth = 0;              ///< 0: none
  bool has_max_utilisation = false;  ///< a limit is on it

  bool operator==(const QueueSetting&) const = default;
};

/// How one queue went on, from all that was read of it. Lists that are not empty are as long as `at`.
struct QueueCourse {
  std::string queue;
  std::string service;
  std::vector<double> at;            ///< milliseconds since 1970, rising; numbers of readings where no time is told
  bool has_times = true;             ///< false: `at` only tells the order
  std::vector<double> waiting;       ///< empty: not told
  std::vector<double> active;        ///< empty: not told
  std::vector<double> delayed;       ///< empty: not told
  std::vector<double> paused;        ///< empty: not told
  std::vector<double> finished;      ///< since the first reading, failed ones included; empty: not told
  std::vector<double> failed;        ///< since the first reading; empty: not told
  std::string finished_untold;       ///< why `finished` is empty: a clause
  double concurrency = 0;            ///< 0: not known
  bool is_declared = false;          ///< the budgets file or the input says the concurrency, else `active` shows it
  double max_depth = 0;              ///< declared; 0: none
  bool has_max_utilisation = false;  ///< declared
  double processing_ms = 0;          ///< of one job, as jobs tell it; 0: not known
  Location location;
};

struct QueueFacts {
  std::vector<QueueReadings> readings;  ///< of each input, until all are there
  std::vector<QueueJobs> jobs;          ///< as above
  std::vector<QueueSetting> settings;   ///< as above; then those of queues that none of them tells of
  std::vector<QueueCourse> courses;     ///< what they say together

  void append(QueueFacts&& other);
};

}  // namespace budgetcheck
