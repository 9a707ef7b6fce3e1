#include "detect/queue/queue_state.h"

#include <gtest/gtest.h>

#include <map>

#include "unit/detect/queue/queue_simulation.h"

namespace budgetcheck {
namespace {

using Kind = QueueState::Kind;

constexpr int kTimes = 25;

/// How often each kind is told of the same process.
std::map<Kind, int> told_of(const SimulatedQueue& queue) {
  std::mt19937_64 random(11);
  std::map<Kind, int> told;
  for (int i = 0; i < kTimes; ++i) {
    ++told[state_of(simulated(queue, random), {}).kind];
  }
  return told;
}

int alarms(std::map<Kind, int> told) { return told[Kind::kGrowing] + told[Kind::kStalled] + told[Kind::kSaturated]; }

TEST(QueueState, AQueueThatKeepsUpIsLeftAlone) {
  for (const double utilisation : {0.3, 0.5, 0.6, 0.7}) {
    EXPECT_EQ(alarms(told_of(busy(utilisation))), 0) << utilisation;
  }
  EXPECT_LE(alarms(told_of(busy(0.75))), 1);
}

TEST(QueueState, NearTheLimitItIsSaturatedAndBeyondItGrows) {
  for (const double utilisation : {0.95, 1.05, 1.2, 1.8}) {
    EXPECT_GE(alarms(told_of(busy(utilisation))), kTimes - 1) << utilisation;
  }
  EXPECT_LE(told_of(busy(0.95))[Kind::kGrowing], 2);
  EXPECT_GE(told_of(busy(1.3))[Kind::kGrowing], kTimes - 1);
}

TEST(QueueState, BurstsThatAreWorkedOffAreNoGrowth) {
  for (const double period : {15.0, 50.0, 70.0}) {
    SimulatedQueue queue = busy(0);
    for (double at = period / 3; at < queue.seconds; at += period) {
      queue.more.insert(queue.more.end(), 60, at);
    }
    EXPECT_EQ(alarms(told_of(queue)), 0) << period;
  }
}

TEST(QueueState, WavesAreNoGrowth) {
  SimulatedQueue queue = busy(0.8);
  const double mean = queue.most_per_second / 2;
  queue.rate = [mean](double at) { return mean * (1 + std::sin(at / 8)); };
  EXPECT_EQ(alarms(told_of(queue)), 0);
}

TEST(QueueState, TheCrestOfAWaveIsNotSaturated) {
  for (const double shift : {0.0, 1.6, 3.1, 4.7}) {
    SimulatedQueue queue = busy(0.9);
    const double mean = queue.most_per_second / 1.8;
    queue.rate = [mean, shift](double at) { return mean * (1 + 0.8 * std::sin(at / 24 + shift)); };
    EXPECT_LE(alarms(told_of(queue)), 1) << shift;
  }
}

TEST(QueueState, WhatWorkersThatRestCanDoIsNotKnown) {
  SimulatedQueue queue = busy(0.25);
  queue.job = 0.1;
  queue.most_per_second = 7.5;
  queue.can_work = [](double at) { return std::fmod(at, 10) < 5; };
  EXPECT_EQ(alarms(told_of(queue)), 0);
}

TEST(QueueState, WhatBecameBusyForHalfTheCaptureIsSaturated) {
  SimulatedQueue queue = busy(1.1);
  const double most = queue.most_per_second;
  queue.rate = [most](double at) { return most * (at < 75 ? 0.4 : 1); };
  EXPECT_GE(alarms(told_of(queue)), kTimes - 1);
}

TEST(QueueState, ABacklogThatIsWorkedOffIsDraining) {  // workers are 100 % busy all the time
  SimulatedQueue queue = busy(0.25);
  queue.more.assign(1400, 0);
  const auto told = told_of(queue);
  EXPECT_EQ(alarms(told), 0);
  EXPECT_EQ(told.at(Kind::kDraining), kTimes);
}

TEST(QueueState, AStandstillIsToldByTheEndOfTheCapture) {
  for (const bool hangs : {false, true}) {
    for (const double from : {0.0, 80.0, 125.0}) {
      SimulatedQueue queue = busy(0.5);
      queue.keeps_active = hangs;
      queue.can_work = [from](double at) { return at < from; };
      EXPECT_EQ(told_of(queue)[Kind::kStalled], kTimes) << hangs << " " << from;
    }
  }
}

TEST(QueueState, AStandstillThatIsOverIsNone) {
  SimulatedQueue queue = busy(0.4);
  queue.keeps_active = true;
  queue.can_work = [](double at) { return at < 35 || at > 65; };
  EXPECT_EQ(alarms(told_of(queue)), 0);
}

TEST(QueueState, AWorkerThatRunsNowAndThenDoesNotStandStill) {
  SimulatedQueue queue = busy(0.2);
  queue.job = 0.05;
  queue.most_per_second = 4;
  queue.can_work = [](double at) { return std::fmod(at, 40) < 10; };
  EXPECT_EQ(told_of(queue)[Kind::kStalled], 0);
}

// Jobs wait until the next fetch, which takes all of them: that the workers can do no more than this nobody has seen.
TEST(QueueState, WorkersThatFetchNowAndThenAreNotBusyBecauseJobsWait) {
  SimulatedQueue queue;
  queue.seconds = 60;
  queue.workers = 20;
  queue.job = 0.05;
  queue.is_fixed = true;
  queue.most_per_second = 4;
  queue.can_work = [](double at) { return std::fmod(at, 0.5) < 0.1; };
  queue.tells_active = false;
  EXPECT_EQ(alarms(told_of(queue)), 0);
}

TEST(QueueState, WithoutEndsNobodyAtWorkIsAStandstill) {
  SimulatedQueue queue = busy(0.5);
  queue.tells_finished = false;
  queue.can_work = [](double at) { return at < 80; };
  EXPECT_EQ(told_of(queue)[Kind::kStalled], kTimes);
}

TEST(QueueState, SizesAloneShowGrowth) {
  SimulatedQueue queue = busy(1.5);
  queue.tells_finished = false;
  queue.tells_active = false;
  EXPECT_EQ(told_of(queue)[Kind::kGrowing], kTimes);
}

TEST(QueueState, AConcurrencyThatIsExceededSaysNothing) {  // that of one worker of three was declared
  std::mt19937_64 random(1);
  QueueCourse course = simulated(busy(0.5), random);
  course.concurrency = 1;
  course.is_declared = true;
  std::string_view why;
  EXPECT_FALSE(utilisation_of(course, why));
  EXPECT_EQ(why, "more jobs are active than the declared concurrency, which is of all workers together");
  EXPECT_EQ(state_of(course, {}).kind, Kind::kSteady);
  course.concurrency = 3;
  EXPECT_TRUE(utilisation_of(course, why));
}

TEST(QueueState, APausedAndAnEmptyQueueAreLeftAlone) {
  SimulatedQueue queue = busy(0.5);
  queue.can_work = [](double at) { return at < 60; };
  std::mt19937_64 random(1);
  QueueCourse course = simulated(queue, random);
  course.paused = course.waiting;
  EXPECT_EQ(state_of(course, {}).kind, Kind::kPaused);
  course.paused.clear();
  for (std::vector<double>* values : {&course.waiting, &course.active, &course.finished}) {
    std::fill(values->begin(), values->end(), 0);
  }
  EXPECT_EQ(state_of(course, {}).kind, Kind::kIdle);
}

TEST(QueueState, TwentyReadingsAreTheLeast) {
  SimulatedQueue queue = busy(3);
  std::mt19937_64 random(1);
  queue.seconds = 18.5;
  const QueueState unknown = state_of(simulated(queue, random), {});
  EXPECT_EQ(unknown.kind, Kind::kUnknown);
  EXPECT_EQ(unknown.why, "19 readings show no trend");
  queue.seconds = 19.5;
  EXPECT_EQ(state_of(simulated(queue, random), {}).kind, Kind::kGrowing);
}

TEST(QueueState, NamesOfDeadLetterQueues) {
  EXPECT_TRUE(is_dead_letter_name("orders-DLQ"));
  EXPECT_TRUE(is_dead_letter_name("mail.dead-letter"));
  EXPECT_FALSE(is_dead_letter_name("deadlines"));
}

}  // namespace
}  // namespace budgetcheck
