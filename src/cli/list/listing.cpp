#include "cli/list/listing.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>
#include <utility>

#include "base/glob.h"
#include "budget/select.h"
#include "cli/init/draft_budget.h"
#include "judge/noise/noise.h"
#include "judge/sample_verdict.h"
#include "model/reading_order.h"

namespace budgetcheck {
namespace {

using Place = std::pair<std::string, Labels>;

/// Where a metric stands in the catalogue, which is in the order of what matters.
class MetricOrder {
 public:
  explicit MetricOrder(const MetricCatalogue& catalogue) : catalogue_(catalogue) {}

  std::size_t rank(const std::string& id) {
    const auto [known, is_new] = ranks_.try_emplace(id, 0);
    if (is_new) {
      const auto& all = catalogue_.all();
      auto row = std::find_if(all.begin(), all.end(), [&](const Metric& one) { return one.id == id; });
      if (row == all.end()) {
        row = std::find_if(all.begin(), all.end(),
                           [&](const Metric& one) { return is_glob(one.id) && label_glob_matches(one.id, id); });
      }
      known->second = static_cast<std::size_t>(row - all.begin());
    }
    return known->second;
  }

 private:
  const MetricCatalogue& catalogue_;
  std::map<std::string, std::size_t> ranks_;
};

std::vector<std::string> names_of(const Labels& labels) {
  std::vector<std::string> names;
  for (const auto& [name, value] : labels) {
    names.push_back(name);
  }
  return names;
}

bool is_worse(const Metric& metric, double a, double b) {
  return metric.direction == Direction::kLowerIsBetter ? a > b : a < b;
}

class Lister {
 public:
  Lister(const Facts& facts, const BudgetsFile& budgets)
      : facts_(facts), budgets_(budgets), order_(budgets.catalogue) {}

  std::vector<ListedMeasurement> run() {
    const Selection selection = select_samples(budgets_.budgets, facts_.samples);
    find_worst();
    for (std::size_t i = 0; i < facts_.samples.size(); ++i) {
      add(i, selection.owners[i]);
    }
    sort();
    return std::move(rows_);
  }

 private:
  static double shown(const Sample& sample, Stat wanted) {
    const std::optional<Stat> stat = told_stat(sample, wanted);
    return stat ? aggregate(sample, *stat) : 0;
  }

  /// Samples of different sources may have the same labels, and one budget judges them all.
  void find_worst() {
    for (std::size_t i = 0; i < facts_.samples.size(); ++i) {
      const Sample& sample = facts_.samples[i];
      const std::optional<Metric>& metric = metric_of(sample.metric);
      const auto [worst, is_first] = worst_.try_emplace(Place{sample.metric, sample.where}, i);
      const Stat stat = metric ? metric->stat : Stat::kMedian;
      if (!is_first && metric && is_worse(*metric, shown(sample, stat), shown(facts_.samples[worst->second], stat))) {
        worst->second = i;
      }
    }
  }

  const std::optional<Metric>& metric_of(const std::string& id) {
    const auto [known, is_new] = metrics_.try_emplace(id);
    if (is_new) {
      known->second = budgets_.catalogue.find(id);
    }
    return known->second;
  }

  void add(std::size_t index, const std::vector<std::size_t>& owners) {
    const Sample& sample = facts_.samples[index];
    const std::optional<Metric>& metric = metric_of(sample.metric);
    ListedMeasurement row;
    row.metric = sample.metric;
    row.where = sample.where;
    row.unit = sample.unit;
    row.stat = metric ? metric->stat : Stat::kMedian;
    row.stat = told_stat(sample, row.stat).value_or(row.stat);
    row.value = shown(sample, row.stat);
    row.runs = run_count(sample);
    row.lower_bound = sample.lower_bound;
    row.lower_bound_reason = sample.lower_bound_reason;
    row.location = sample.location;
    for (const std::size_t budget : owners) {
      row.budgets.push_back(budgets_.budgets[budget].id);
    }
    draft(index, metric, row);
    rows_.push_back(std::move(row));
  }

  void draft(std::size_t index, const std::optional<Metric>& metric, ListedMeasurement& row) {
    row.draft.metric = row.metric;
    row.draft.where = in_reading_order(row.where);
    const std::size_t worst = worst_.at({row.metric, row.where});
    if (!metric) {
      row.no_draft = "no metric has this name: declare it under metrics: first";
    } else if (row.lower_bound || facts_.samples[worst].lower_bound) {
      row.no_draft = "it is known in part only, so no limit would be known to be kept";
    } else if (worst != index) {
      row.no_draft = "the same labels as a worse value, whose budget judges this one too";
    } else {
      const Sample& sample = facts_.samples[index];
      row.draft = draft_budget(*metric, row.where, row.value, runs_of(sample), row.no_draft);
      row.no_draft = row.no_draft.empty() ? why_not_kept(*metric, row, sample) : row.no_draft;
      if (!row.no_draft.empty()) {
        row.draft.min.clear();
        row.draft.max.clear();
      }
    }
  }

  /// What check would say of the draft: a share of few requests is unclear under any limit. Empty: it keeps it.
  static std::string why_not_kept(const Metric& metric, const ListedMeasurement& row, const Sample& sample) {
    Budget budget;
    budget.metric_id = metric.id;
    budget.metric = metric;
    budget.stat = metric.stat;
    const auto read = [&](const std::string& text) {
      const Expected<double> limit = parse_quantity(text, metric.unit);
      return text.empty() || !limit ? std::nullopt : std::optional(*limit);
    };
    budget.min = read(row.draft.min);
    budget.max = read(row.draft.max);
    const Verdict verdict = judge_sample(budget, sample, {}, "");
    return verdict.status == Status::kPass ? "" : verdict.message;
  }

  /// Totals before their parts, and of these the worst first.
  void sort() {
    std::vector<std::size_t> at(rows_.size());
    std::vector<std::vector<std::string>> names;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      at[i] = i;
      names.push_back(names_of(rows_[i].where));
    }
    std::stable_sort(at.begin(), at.end(), [&](std::size_t a, std::size_t b) {
      const ListedMeasurement& left = rows_[a];
      const ListedMeasurement& right = rows_[b];
      if (left.metric != right.metric) {
        return std::pair(order_.rank(left.metric), left.metric) < std::pair(order_.rank(right.metric), right.metric);
      }
      if (names[a] != names[b]) {
        return std::pair(names[a].size(), names[a]) < std::pair(names[b].size(), names[b]);
      }
      const std::optional<Metric>& metric = metric_of(left.metric);
      if (left.value != right.value && !std::isnan(left.value) && !std::isnan(right.value)) {
        return metric ? is_worse(*metric, left.value, right.value) : left.value > right.value;
      }
      return left.where < right.where;
    });
    std::vector<ListedMeasurement> sorted;
    for (const std::size_t i : at) {
      sorted.push_back(std::move(rows_[i]));
    }
    rows_ = std::move(sorted);
  }

  const Facts& facts_;
  const BudgetsFile& budgets_;
  MetricOrder order_;
  std::map<std::string, std::optional<Metric>> metrics_;
  std::map<Place, std::size_t> worst_;
  std::vector<ListedMeasurement> rows_;
};

}  // namespace

Listing listing_of(Facts facts, const BudgetsFile& budgets) {
  Listing listing;
  listing.budgets_path = budgets.path;
  listing.measurements = Lister(facts, budgets).run();
  listing.unmeasured = std::move(facts.unmeasured);
  listing.inputs = std::move(facts.inputs);
  listing.notes = std::move(facts.notes);
  return listing;
}

}  // namespace budgetcheck
