#pragma once

#include <cstddef>
#include <random>
#include <string>
#include <vector>

#include "judge/judge_budgets.h"

namespace budgetcheck::simulation {

/// How a metric varies: log-normal from run to run and from job to job, with some runs that are slower by a factor.
struct Model {
  const char* name;
  MetricClass metric_class;
  double run;     ///< sd of ln from run to run
  double job;     ///< sd of ln from job to job
  double share;   ///< of runs that are slower
  double factor;  ///< by this
};
inline constexpr Model kQuiet{"quiet", MetricClass::kTimingQuiet, 0.03, 0.02, 0.01, 1.3};
inline constexpr Model kNoisy{"noisy", MetricClass::kTimingNoisy, 0.12, 0.06, 0.03, 1.6};
inline constexpr Model kBimodal{"bimodal", MetricClass::kTimingQuiet, 0.03, 0.02, 0.30, 1.35};

inline constexpr double kLevel = 5000;             // ms: far above the offsets of the transformation
inline constexpr double kDriftWithinJob = 0.0035;  // of each side: 0.5 % of their difference

class Noise {
 public:
  explicit Noise(unsigned seed) : random_(seed) {}

  double normal(double sd) { return sd * normal_(random_); }
  std::size_t below(std::size_t n) { return random_() % n; }
  /// ln of what a job adds to everything that it measures.
  double job(const Model& model) { return normal(model.job); }
  /// Runs of one side of a job.
  Runs runs(const Model& model, std::size_t n, double job, double effect = 0);

 private:
  std::mt19937 random_;
  std::normal_distribution<double> normal_;
};

/// What `records` accepted records of five runs say of a metric's noise.
SampleHistory history(Noise& noise, const Model& model, std::size_t records = 30);

/// One change to a project with 20 exact and 30 noisy budgets (ten of each model), measured five times a side in one
/// job. `effect` (ln) is what it adds to the first metric of `changed`; null: it changes nothing.
class Project {
 public:
  explicit Project(unsigned seed);

  struct Outcome {
    bool failed_at_once = false;  ///< anything failed on the first five runs of each side
    bool rerun = false;           ///< a rerun was needed
    bool failed = false;          ///< anything failed at once or after the rerun
    bool changed_failed = false;  ///< the changed metric failed at once or after the rerun
    bool confirmed = false;       ///< the changed metric failed after a rerun of everything suspicious
  };
  Outcome change(const Model* changed, double effect, std::size_t runs = 5, std::size_t fresh_runs = 10);

 private:
  Noise noise_;
  BudgetsFile budgets_;
  std::vector<const Model*> models_;
  std::vector<std::vector<SampleHistory>> histories_;  ///< a supply for each of the three models
  Facts facts_;
  Results base_;
  Results rerun_;
};

/// How many changes a test simulates: its own number, or what BUDGETCHECK_SIMULATIONS asks for.
std::size_t simulations(std::size_t usual);

}  // namespace budgetcheck::simulation
