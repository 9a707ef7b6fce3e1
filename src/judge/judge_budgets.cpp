#include "judge/judge_budgets.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "budget/select.h"
#include "judge/change/loosening.h"
#include "judge/change/ratchet.h"
#include "judge/change/waivers.h"
#include "judge/noise/few_runs.h"
#include "judge/noise/noisy_verdict.h"
#include "judge/sample_verdict.h"
#include "judge/unmeasured.h"

namespace budgetcheck {
namespace {

using SampleKey = std::pair<std::string, Labels>;

/// By which a sample finds its own of the base. A capture names the own origin only when it holds other hosts too.
SampleKey key_of(const Sample& sample) {
  SampleKey key(sample.metric, sample.where);
  const std::string* host = sample.where.find(kHostLabel);
  if (host != nullptr && *host == "self") {
    key.second.erase(kHostLabel);
  }
  return key;
}

constexpr std::array<std::string_view, 3> kOtherWays{"throttling", "mode", "step"};

class Judge {
 public:
  Judge(const BudgetsFile& budgets, const Facts& facts, const Reference& reference, const std::string& today)
      : budgets_(budgets), facts_(facts), reference_(reference), today_(today), confirmation_(reference.rerun) {
    const Results* base = reference.base;
    circumstances_.head = facts.env;
    circumstances_.today = today;
    if (base != nullptr) {
      circumstances_.base = base->env;
      circumstances_.base_measured_at = base->measured_at;
      for (const Sample& sample : base->samples) {
        base_samples_.emplace(key_of(sample), &sample);
      }
      base_selection_ = select_samples(budgets.budgets, base->samples);
    }
    for (std::size_t i = 0; i < facts.samples.size(); ++i) {
      const Labels& where = facts.samples[i].where;
      if (std::any_of(kOtherWays.begin(), kOtherWays.end(),
                      [&](std::string_view name) { return where.find(name) != nullptr; })) {
        measured_otherwise_.push_back(i);
      }
    }
    if (reference.base_budgets != nullptr) {
      limits_.emplace(budgets, *reference.base_budgets, facts.samples, today);
    }
  }

  BudgetVerdicts run() {
    const Selection selection = select_samples(budgets_.budgets, facts_.samples);
    std::vector<std::vector<std::size_t>> owned(budgets_.budgets.size());
    for (std::size_t sample = 0; sample < selection.owners.size(); ++sample) {
      result_.unbudgeted += selection.owners[sample].empty() ? 1U : 0U;
      for (const std::size_t budget : selection.owners[sample]) {
        owned[budget].push_back(sample);
      }
    }
    confirm(owned);
    for (std::size_t i = 0; i < budgets_.budgets.size(); ++i) {
      judge_budget(i, selection.selected[i], owned[i]);
    }
    if (limits_) {
      for (Verdict& verdict : limits_->removed(facts_.samples, selection.owners)) {
        add(std::move(verdict));
      }
      result_.removed = limits_->removed_with_measurements();
    }
    for (std::string& note : apply_waivers(budgets_.waivers, today_, result_.verdicts)) {
      result_.notes.push_back(std::move(note));
    }
    note_unanswered_rerun();
    note_underpowered();
    note_growth_not_judged();
    sort_worst_first(result_.verdicts);
    return std::move(result_);
  }

 private:
  /// The first pass: everything suspicious is one family, and the fresh runs answer for it as one.
  void confirm(const std::vector<std::vector<std::size_t>>& owned) {
    for (std::size_t i = 0; confirmation_.given() && i < owned.size(); ++i) {
      for (const std::size_t index : owned[i]) {
        const Sample& sample = facts_.samples[index];
        const BaseComparison comparison = comparison_for(sample);
        // By the budget that will judge it: the base's own, where this change loosens it without an excuse.
        const auto screen = [&](const Budget& by) {
          if (needs_confirmation(by, sample, comparison)) {
            confirmation_.suspect(by, sample);
          }
          return Verdict{};
        };
        if (limits_ && budgets_.budgets[i].metric) {
          const double reference = reference_value(sample, comparison, budgets_.budgets[i].stat);
          limits_->judge(index, budgets_.budgets[i], reference, screen);
        } else {
          screen(budgets_.budgets[i]);
        }
      }
    }
    confirmation_.decide();
  }

  /// Fresh runs of something that was never measured before were probably meant for something else.
  void note_unanswered_rerun() {
    if (reference_.rerun == nullptr) {
      return;
    }
    std::set<SampleKey> measured;
    for (const Sample& sample : facts_.samples) {
      measured.emplace(sample.metric, sample.where);
    }
    const auto strange =
        std::find_if(reference_.rerun->samples.begin(), reference_.rerun->samples.end(), [&](const Sample& sample) {
          return !measured.contains(SampleKey{sample.metric, sample.where});
        });
    if (strange != reference_.rerun->samples.end()) {
      const std::string where = to_string(strange->where);
      result_.notes.push_back(
          fmt::format("the rerun has runs of {}{}, which this run did not measure: they are not used",
                      printable(strange->metric), where.empty() ? "" : " (" + printable(where) + ")"));
    }
  }

  void note_underpowered() {
    constexpr std::size_t kShown = 3;
    for (std::size_t i = 0; i < std::min(kShown, underpowered_.size()); ++i) {
      result_.notes.push_back(underpowered_[i]);
    }
    if (underpowered_.size() > kShown) {
      result_.notes.push_back(fmt::format("{} could not have shown a breach with so few runs",
                                          counted(underpowered_.size() - kShown, "other budget")));
    }
  }

  /// One remark for everything whose growth was measured too seldom to be judged.
  void note_growth_not_judged() {
    if (growth_not_judged_.empty()) {
      return;
    }
    std::uint64_t runs = 0;
    std::uint64_t values = 0;
    for (const auto& [key, needed] : growth_not_judged_) {
      std::uint64_t& most = needed == kAdvisedRuns ? runs : values;
      most = std::max(most, needed);
    }
    std::string enough = runs != 0 ? fmt::format("; {} runs of each side would do", runs) : "";
    if (values > 1) {
      enough += fmt::format("; a percentile needs {} values of each side", values);
    }
    result_.notes.push_back(
        fmt::format("the growth of {} was not judged, only what limits say: too little was measured to tell it from "
                    "noise{}",
                    counted(growth_not_judged_.size(), "result"), enough));
  }

  void judge_budget(std::size_t index, const std::vector<std::size_t>& selected,
                    const std::vector<std::size_t>& owned) {
    const Budget& budget = budgets_.budgets[index];
    if (!budget.metric) {
      add(verdict_without_sample(budget, Status::kError, "UNKNOWN_METRIC",
                                 fmt::format("there is no metric '{}'", printable(budget.metric_id)),
                                 budget.metric_hint));
      return;
    }
    if (selected.empty()) {
      const bool base_had_it = reference_.base != nullptr && !base_selection_.selected[index].empty();
      add(judge_unmeasured(budget, facts_, base_had_it));
      return;
    }
    if (owned.empty()) {
      result_.notes.push_back(
          fmt::format("budget '{}' judges nothing: more specific budgets own all {} that it matches",
                      printable(budget.id), counted(selected.size(), "result")));
    }
    note_other_measurements(budget, selected);
    note_disappeared(index, selected);
    std::string underpowered;
    for (const std::size_t sample : owned) {
      judge_owned(budget, sample);
      if (underpowered.empty()) {
        underpowered = underpowered_note(budget, facts_.samples[sample], comparison_for(facts_.samples[sample]));
      }
    }
    if (!underpowered.empty()) {
      underpowered_.push_back(std::move(underpowered));
    }
    for (Verdict& verdict : judge_gaps(budget, facts_)) {
      add(std::move(verdict));
    }
  }

  /// What a relative limit on growth is of.
  static double reference_value(const Sample& sample, const BaseComparison& comparison, Stat stat) {
    for (const Sample* one : {comparison.base, &sample}) {
      if (one != nullptr && tells(*one, stat)) {
        return aggregate(*one, stat);
      }
    }
    return 0;
  }

  void judge_owned(const Budget& budget, std::size_t index) {
    const Sample& sample = facts_.samples[index];
    const BaseComparison comparison = comparison_for(sample);
    std::uint64_t runs_needed = 0;
    // The last budget that it is judged by is the one that counts.
    const auto judge = [&](const Budget& by) {
      runs_needed = runs_to_judge_growth(by, sample, comparison);
      return judge_sample(by, sample, comparison, today_);
    };
    const double reference = reference_value(sample, comparison, budget.stat);
    Verdict verdict = limits_ ? limits_->judge(index, budget, reference, judge) : judge(budget);
    if (runs_needed != 0) {
      growth_not_judged_[{sample.metric, sample.where}] = runs_needed;
    }
    if (comparison.base != nullptr) {
      suggest_ratchet(budget, *comparison.base, verdict);
    }
    add(std::move(verdict));
  }

  /// Results of another throttling, mode or step are not parts of a total, yet a budget that names none of these labels
  /// leaves them out as it does parts. A note says so, because they look guarded and are not.
  void note_other_measurements(const Budget& budget, const std::vector<std::size_t>& selected) {
    if (measured_otherwise_.empty()) {
      return;
    }
    const std::set<std::size_t> judged(selected.begin(), selected.end());
    std::size_t left_out = 0;
    std::string label;
    for (const std::size_t i : measured_otherwise_) {
      const Sample& sample = facts_.samples[i];
      if (sample.metric != budget.metric_id || judged.contains(i) || !where_matches(budget.where, sample.where)) {
        continue;
      }
      const auto* other = std::find_if(kOtherWays.begin(), kOtherWays.end(), [&](std::string_view name) {
        return sample.where.find(name) != nullptr && budget.where.find(name) == nullptr;
      });
      if (other != kOtherWays.end()) {
        ++left_out;
        label = *other;
      }
    }
    if (left_out != 0) {
      result_.notes.push_back(
          fmt::format("budget '{}' leaves out {} with a label '{}': name it in where to judge them too",
                      printable(budget.id), counted(left_out, "result"), label));
    }
  }

  /// Places that the base measured and this run did not, although it measured others.
  void note_disappeared(std::size_t index, const std::vector<std::size_t>& selected) {
    if (reference_.base == nullptr) {
      return;
    }
    constexpr std::size_t kShown = 3;
    std::set<Labels> measured;
    for (const std::size_t sample : selected) {
      measured.insert(facts_.samples[sample].where);
    }
    std::vector<std::string> gone;
    for (const std::size_t sample : base_selection_.selected[index]) {
      const Labels& where = reference_.base->samples[sample].where;
      if (!measured.contains(where)) {
        gone.push_back(printable(to_string(where)));
      }
    }
    if (gone.empty()) {
      return;
    }
    const std::string more = gone.size() > kShown ? fmt::format(" and {} more", gone.size() - kShown) : "";
    gone.resize(std::min(gone.size(), kShown));
    result_.notes.push_back(fmt::format("budget '{}': the base measured {}{}, this run did not",
                                        printable(budgets_.budgets[index].id), join(gone, "; "), more));
  }

  BaseComparison comparison_for(const Sample& sample) const {
    const auto found = base_samples_.find(key_of(sample));
    return {reference_.base != nullptr, reference_.needs_base, found == base_samples_.end() ? nullptr : found->second,
            &circumstances_, confirmation_.given() ? &confirmation_ : nullptr};
  }

  void add(Verdict verdict) { result_.verdicts.push_back(std::move(verdict)); }

  const BudgetsFile& budgets_;
  const Facts& facts_;
  const Reference& reference_;
  const std::string& today_;
  std::map<SampleKey, const Sample*> base_samples_;
  Selection base_selection_;
  std::vector<std::size_t> measured_otherwise_;  ///< samples that carry one of kOtherWays
  std::optional<BaseLimits> limits_;
  Circumstances circumstances_;
  Confirmation confirmation_;
  std::vector<std::string> underpowered_;                 ///< a note for each budget that has one
  std::map<SampleKey, std::uint64_t> growth_not_judged_;  ///< runs or values of each side that would do
  BudgetVerdicts result_;
};

}  // namespace

void sort_worst_first(std::vector<Verdict>& verdicts) {
  const auto rank = [](const Verdict& v) {
    switch (v.status) {
      case Status::kError:
        return 0;
      case Status::kFail:
        return 1;
      case Status::kInconclusive:
        return 2;
      case Status::kWarn:
        return 3;
      case Status::kWaived:
        return 4;
      case Status::kPass:
        return 5;
    }
    return 5;
  };
  const auto excess = [](const Verdict& v) {
    if (!v.value || !v.limit || *v.limit == 0) {
      return 0.0;
    }
    return (v.limit_is_min ? *v.limit - *v.value : *v.value - *v.limit) / std::fabs(*v.limit);
  };
  std::stable_sort(verdicts.begin(), verdicts.end(), [&](const Verdict& a, const Verdict& b) {
    return rank(a) != rank(b) ? rank(a) < rank(b) : excess(a) > excess(b);
  });
}

BudgetVerdicts judge_budgets(const BudgetsFile& budgets, const Facts& facts, const Reference& reference,
                             const std::string& today) {
  return Judge(budgets, facts, reference, today).run();
}

}  // namespace budgetcheck
