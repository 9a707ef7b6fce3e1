#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "judge/noise/rank_statistics.h"
#include "model/budget.h"
#include "results/read.h"

namespace budgetcheck {

/// The second stage: what a fresh measurement of base and head says of every metric that the first one made suspicious.
/// All of them are one family, so the order is: suspect() each, decide() once, then ask.
class Confirmation {
 public:
  Confirmation() = default;
  /// `rerun` may be null (none was given) and must outlive this.
  explicit Confirmation(const Results* rerun);

  bool given() const { return given_; }

  /// Adds a metric to the family; the same one of several budgets counts once.
  void suspect(const Budget& budget, const Sample& head);
  /// Benjamini and Hochberg at 1 % over the family. A member without fresh runs counts as p = 1.
  void decide();

  struct Outcome {
    std::size_t head_runs = 0;
    std::size_t base_runs = 0;
    double p = 1;
    bool significant = false;
    /// False: so few fresh runs that even the clearest growth would not have counted. `needed` of each side do.
    bool could_tell = false;
    std::size_t needed = 0;
    Shift shift;  ///< on the scale of the metric's Transform
  };
  /// Null: no fresh runs of both sides.
  const Outcome* outcome(const Sample& head, Stat stat) const;

  /// The sample of the rerun with the metric and labels of `head`; null: it has none. Of known quantiles the runs are
  /// what each tells of the stat.
  const Sample* sample(const Sample& head, Stat stat) const;

  /// Suspicious metrics, with fresh runs or without.
  std::size_t family() const { return family_.size(); }

 private:
  using Key = std::pair<std::string, Labels>;
  /// Runs have any stat; each of known quantiles is a question of its own.
  using Question = std::pair<Key, std::optional<Stat>>;
  Question question(const Sample& head, Stat stat) const;

  bool given_ = false;
  std::map<Key, const Sample*> samples_;
  std::map<Question, Sample> told_;     ///< of known quantiles, as runs
  std::map<Question, Outcome> family_;  ///< with 0 runs where there are none
};

}  // namespace budgetcheck
