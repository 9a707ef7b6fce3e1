#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <random>
#include <vector>

#include "model/load/queue_course.h"

namespace budgetcheck {

/// A queue whose process is known.
struct SimulatedQueue {
  double seconds = 150;
  double step = 1;
  int workers = 3;
  double job = 0.4;  ///< seconds; exponential, or always the same
  bool is_fixed = false;
  double most_per_second = 5;
  std::function<double(double)> rate;    ///< arrivals a second; null: the most
  std::function<bool(double)> can_work;  ///< null: always
  bool keeps_active = false;             ///< workers that cannot work hold their jobs
  std::vector<double> more = {};         ///< times of further arrivals
  bool tells_finished = true;
  bool tells_active = true;
};

inline QueueCourse simulated(const SimulatedQueue& of, std::mt19937_64& random) {
  // A rate of 0 is no distribution: then nothing is drawn from it.
  std::exponential_distribution<double> gap(of.most_per_second > 0 ? of.most_per_second : 1);
  std::uniform_real_distribution<double> part(0, 1);
  std::exponential_distribution<double> length(1);
  std::vector<double> arrivals = of.more;
  for (double at = of.most_per_second > 0 ? gap(random) : of.seconds + 1; at < of.seconds; at += gap(random)) {
    if (!of.rate || part(random) < of.rate(at) / of.most_per_second) {
      arrivals.push_back(at);
    }
  }
  std::sort(arrivals.begin(), arrivals.end());
  QueueCourse course;
  course.queue = "q";
  std::vector<double> left;  // of the jobs at work
  const double tick = std::min(of.step / 10, of.job / 20);
  double waiting = 0;
  double finished = 0;
  double next = 0;
  std::size_t arrived = 0;
  for (double now = 0; now <= of.seconds; now += tick) {
    for (; arrived < arrivals.size() && arrivals[arrived] <= now; ++arrived) {
      ++waiting;
    }
    const bool works = !of.can_work || of.can_work(now);
    if (works) {
      for (double& one : left) {
        one -= tick;
      }
      finished += static_cast<double>(std::erase_if(left, [](double one) { return one <= 0; }));
    } else if (!of.keeps_active) {
      waiting += static_cast<double>(left.size());
      left.clear();
    }
    while ((works || of.keeps_active) && waiting > 0 && static_cast<int>(left.size()) < of.workers) {
      --waiting;
      left.push_back(of.job * (of.is_fixed ? 1 : length(random)));
    }
    if (now >= next - 1e-9) {
      course.at.push_back(1e12 + now * 1000);
      course.waiting.push_back(waiting);
      if (of.tells_active) {
        course.active.push_back(static_cast<double>(left.size()));
      }
      if (of.tells_finished) {
        course.finished.push_back(finished);
      }
      next += of.step;
    }
  }
  course.concurrency = concurrency_seen(course);
  return course;
}

/// Arrivals a second that keep workers so busy.
inline SimulatedQueue busy(double utilisation) {
  SimulatedQueue queue;
  queue.most_per_second = utilisation * queue.workers / queue.job;
  return queue;
}

}  // namespace budgetcheck
