#pragma once

#include "model/load/queue_facts.h"
#include "results/measured/value_codec.h"

// The members of what is said of queues (members.h). For src/results/measured only.
namespace budgetcheck::measured {

template <>
inline constexpr QueueRole kLast<QueueRole> = QueueRole::kConcurrency;

template <>
struct Members<QueueReadings> {
  template <class A>
  static constexpr void each(A& a) {
    a("queue", &QueueReadings::queue);
    a("service", &QueueReadings::service);
    a("role", &QueueReadings::role);
    a("source", &QueueReadings::source);
    a("at", &QueueReadings::at);
    a("value", &QueueReadings::value);
    a("order", &QueueReadings::order);
    a("location", &QueueReadings::location);
  }
};

template <>
struct Members<QueueJobs> {
  template <class A>
  static constexpr void each(A& a) {
    a("queue", &QueueJobs::queue);
    a("service", &QueueJobs::service);
    a("jobs", &QueueJobs::jobs);
    a("failed", &QueueJobs::failed);
    a("processing_ms", &QueueJobs::processing_ms);
    a("location", &QueueJobs::location);
  }
};

template <>
struct Members<QueueSetting> {
  template <class A>
  static constexpr void each(A& a) {
    a("queue", &QueueSetting::queue);
    a("concurrency", &QueueSetting::concurrency);
    a("max_depth", &QueueSetting::max_depth);
    a("has_max_utilisation", &QueueSetting::has_max_utilisation);
  }
};

template <>
struct Members<QueueCourse> {
  template <class A>
  static constexpr void each(A& a) {
    a("queue", &QueueCourse::queue);
    a("service", &QueueCourse::service);
    a("at", &QueueCourse::at);
    a("has_times", &QueueCourse::has_times);
    a("waiting", &QueueCourse::waiting);
    a("active", &QueueCourse::active);
    a("delayed", &QueueCourse::delayed);
    a("paused", &QueueCourse::paused);
    a("finished", &QueueCourse::finished);
    a("failed", &QueueCourse::failed);
    a("finished_untold", &QueueCourse::finished_untold);
    a("concurrency", &QueueCourse::concurrency);
    a("is_declared", &QueueCourse::is_declared);
    a("max_depth", &QueueCourse::max_depth);
    a("has_max_utilisation", &QueueCourse::has_max_utilisation);
    a("processing_ms", &QueueCourse::processing_ms);
    a("location", &QueueCourse::location);
  }
};

template <>
struct Members<QueueFacts> {
  template <class A>
  static constexpr void each(A& a) {
    a("readings", &QueueFacts::readings);
    a("jobs", &QueueFacts::jobs);
    a("settings", &QueueFacts::settings);
    a("courses", &QueueFacts::courses);
  }
};

}  // namespace budgetcheck::measured
