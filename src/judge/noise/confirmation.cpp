#include "judge/noise/confirmation.h"

#include <algorithm>
#include <vector>

#include "judge/noise/few_runs.h"
#include "judge/noise/noise.h"
#include "judge/noise/transform.h"

namespace budgetcheck {
namespace {

constexpr double kFalseShare = 0.01;

std::vector<double> transformed(const Transform& transform, const Runs& runs) {
  std::vector<double> out;
  out.reserve(runs.size());
  for (const double run : runs) {
    out.push_back(transform(run));
  }
  return out;
}

/// Runs of each side whose clearest result passes a bar.
std::size_t runs_for(double bar) {
  std::size_t runs = kLeastRuns;
  while (smallest_p(runs, runs) > bar && runs < kMostExactRuns) {
    ++runs;
  }
  return runs;
}

}  // namespace

Confirmation::Confirmation(const Results* rerun) : given_(rerun != nullptr) {
  if (rerun == nullptr) {
    return;
  }
  for (const Sample& sample : rerun->samples) {
    samples_.emplace(Key{sample.metric, sample.where}, &sample);
    const auto* runs = std::get_if<QuantileRuns>(&sample.value);
    for (const std::string& name : runs != nullptr ? stat_names() : std::vector<std::string>()) {
      Stat stat{};
      parse_stat(name, stat);
      Sample told = sample;
      told.value = told_by_each(*runs, stat);
      told.base_runs = told_by_each(sample.base_quantiles, stat);
      if (!std::get<Runs>(told.value).empty()) {
        told_.emplace(Question{Key{sample.metric, sample.where}, stat}, std::move(told));
      }
    }
  }
}

Confirmation::Question Confirmation::question(const Sample& head, Stat stat) const {
  Key key{head.metric, head.where};
  const auto found = samples_.find(key);
  const bool has_stats = found != samples_.end() && std::holds_alternative<QuantileRuns>(found->second->value);
  return {std::move(key), has_stats ? std::optional<Stat>(stat) : std::nullopt};
}

void Confirmation::suspect(const Budget& budget, const Sample& head) {
  const auto [entry, is_new] = family_.try_emplace(question(head, budget.stat));
  const Sample* fresh = sample(head, budget.stat);
  if (!is_new || fresh == nullptr || fresh->base_runs.empty()) {
    return;
  }
  const Transform transform(*budget.metric);
  const std::vector<double> ours = transformed(transform, runs_of(*fresh));
  const std::vector<double> theirs = transformed(transform, fresh->base_runs);
  Outcome& outcome = entry->second;
  outcome.head_runs = ours.size();
  outcome.base_runs = theirs.size();
  outcome.p = mann_whitney(ours, theirs);
  outcome.shift = hodges_lehmann(ours, theirs);
}

void Confirmation::decide() {
  std::vector<double> p;
  std::vector<Outcome*> outcomes;
  for (auto& [key, outcome] : family_) {
    p.push_back(outcome.p);
    outcomes.push_back(&outcome);
  }
  const std::vector<bool> holds = benjamini_hochberg(p, kFalseShare);
  const auto held = static_cast<double>(std::count(holds.begin(), holds.end(), true));
  const auto all = static_cast<double>(p.size());
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    Outcome& outcome = *outcomes[i];
    const bool enough = outcome.head_runs >= kLeastRuns && outcome.base_runs >= kLeastRuns;
    // As clear as can be, it would have come behind those that hold.
    const double bar = kFalseShare * (held + 1) / all;
    outcome.significant = enough && holds[i];
    outcome.could_tell = enough && (holds[i] || smallest_p(outcome.head_runs, outcome.base_runs) <= bar);
    outcome.needed = runs_for(kFalseShare / all);
  }
}

const Confirmation::Outcome* Confirmation::outcome(const Sample& head, Stat stat) const {
  const auto found = family_.find(question(head, stat));
  return found == family_.end() || found->second.head_runs == 0 || found->second.base_runs == 0 ? nullptr
                                                                                                : &found->second;
}

const Sample* Confirmation::sample(const Sample& head, Stat stat) const {
  const Question asked = question(head, stat);
  if (asked.second) {
    const auto told = told_.find(asked);
    return told == told_.end() ? nullptr : &told->second;
  }
  const auto found = samples_.find(asked.first);
  return found == samples_.end() ? nullptr : found->second;
}

}  // namespace budgetcheck
