#include "judge/noise/calibration.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <random>
#include <utility>

#include "base/distribution.h"
#include "budget/select.h"
#include "judge/judge_budgets.h"
#include "judge/noise/noise.h"
#include "judge/noise/rank_statistics.h"
#include "judge/noise/transform.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostJudged = 200'000;  // metrics times changes
constexpr std::size_t kLeastChanges = 200;
constexpr std::uint64_t kSteadyRecords = 30;

using Key = std::pair<std::string, Labels>;

struct Pool {
  Sample sample;  ///< metric, labels and unit
  Runs a;
  Runs b;
  Runs all;
};

/// Numbers below n that every machine draws alike: the standard leaves its distributions open.
class Draw {
 public:
  explicit Draw(unsigned seed) : random_(seed) {}
  Runs from(const Runs& pool, std::size_t n) {
    Runs out;
    for (std::size_t i = 0; i < n; ++i) {
      out.push_back(pool[static_cast<std::size_t>(random_() % pool.size())]);
    }
    return out;
  }

 private:
  std::mt19937_64 random_;
};

std::vector<Pool> pools_of(const std::vector<Sample>& a, const std::vector<Sample>& b,
                           const MetricCatalogue& catalogue) {
  std::map<Key, Pool> pools;
  const auto add = [&](const std::vector<Sample>& samples, Runs Pool::*side) {
    for (const Sample& sample : samples) {
      const std::optional<Metric> metric = catalogue.find(sample.metric);
      if (!metric || !is_noisy(metric->metric_class)) {
        continue;
      }
      Pool& pool = pools[Key{sample.metric, sample.where}];
      pool.sample = sample;
      const Runs runs = runs_of(sample);
      (pool.*side).insert((pool.*side).end(), runs.begin(), runs.end());
      pool.all.insert(pool.all.end(), runs.begin(), runs.end());
    }
  };
  add(a, &Pool::a);
  add(b, &Pool::b);
  std::vector<Pool> out;
  for (auto& [key, pool] : pools) {
    out.push_back(std::move(pool));
  }
  return out;
}

/// What a settled history would say of the noise: that of the pool itself.
SampleHistory steady_history(const Metric& metric, const Runs& runs) {
  const Noise noise = noise_of(metric, runs, nullptr, nullptr);
  SampleHistory out;
  out.records = kSteadyRecords;
  out.s_run = noise.s_run;
  return out;
}

/// The budgets that are judged, without limits that are broken anyway.
BudgetsFile judged_budgets(const BudgetsFile& file, const std::vector<Pool>& pools, const MetricCatalogue& catalogue) {
  BudgetsFile out;
  for (const Budget& budget : file.budgets) {
    if (budget.metric && is_noisy(budget.metric->metric_class)) {
      out.budgets.push_back(budget);
      out.budgets.back().level = Level::kError;
      out.budgets.back().enforce_from.clear();
    }
  }
  if (!file.budgets.empty()) {
    std::vector<Sample> samples;
    for (const Pool& pool : pools) {
      samples.push_back(pool.sample);
      samples.back().value = pool.all;
    }
    const Selection selection = select_samples(out.budgets, samples);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      for (const std::size_t owner : selection.owners[i]) {
        Budget& budget = out.budgets[owner];
        if (!tells(samples[i], budget.stat)) {
          continue;
        }
        const double value = aggregate(samples[i], budget.stat);
        if ((budget.max && value > *budget.max) || (budget.min && value < *budget.min)) {
          budget.max.reset();
          budget.min.reset();
        }
      }
    }
    return out;
  }
  for (const Pool& pool : pools) {
    Budget budget;
    budget.id = pool.sample.metric;
    budget.metric_id = pool.sample.metric;
    budget.metric = catalogue.find(pool.sample.metric);
    budget.stat = budget.metric->stat;
    budget.where = pool.sample.where;
    out.budgets.push_back(std::move(budget));
  }
  return out;
}

void describe(const Pool& pool, const Metric& metric, const CalibrationOptions& options, CalibratedMetric& out) {
  const Transform transform(metric);
  const auto scale = [&](const Runs& runs) {
    std::vector<double> values;
    for (const double run : runs) {
      values.push_back(transform(run));
    }
    return values;
  };
  const std::vector<double> a = scale(pool.a);
  const std::vector<double> b = scale(pool.b);
  out.runs_a = a.size();
  out.runs_b = b.size();
  out.enough = pool.all.size() >= kLeastCalibrationRuns;
  if (!a.empty() && !b.empty()) {
    out.p = std::min(1.0, 2 * std::min(mann_whitney(a, b), mann_whitney(b, a)));
    out.shift = transform.relative(hodges_lehmann(b, a).estimate, quantile(pool.a, 0.5));
  }
  const Noise noise = noise_of(metric, pool.all, nullptr, nullptr);
  const double shift = detectable_shift(standard_error(noise, options.runs, options.runs, true));
  out.unit = metric.unit;
  out.level = quantile(pool.all, 0.5);
  out.detectable = transform.worsened(out.level, shift) - out.level;
}

}  // namespace

Calibration calibrate(const BudgetsFile& file, const std::vector<Sample>& a, const std::vector<Sample>& b,
                      const CalibrationOptions& options) {
  const std::vector<Pool> pools = pools_of(a, b, file.catalogue);
  const BudgetsFile budgets = judged_budgets(file, pools, file.catalogue);
  Calibration out;
  Facts facts;
  Results base;
  std::vector<const Pool*> drawn;
  for (const Pool& pool : pools) {
    if (pool.all.size() < kLeastCalibrationRuns) {
      continue;
    }
    drawn.push_back(&pool);
    facts.samples.push_back(pool.sample);
    facts.samples.back().history.reset();
    facts.samples.back().base_runs.clear();
    base.samples.push_back(facts.samples.back());
    base.samples.back().history =
        pool.sample.history ? pool.sample.history : steady_history(*file.catalogue.find(pool.sample.metric), pool.all);
  }
  facts.env.paired = base.env.paired = options.paired;
  const std::vector<Sample> all = [&] {
    std::vector<Sample> samples;
    for (const Pool& pool : pools) {
      samples.push_back(pool.sample);
    }
    return samples;
  }();

  // What is judged at all: a line for each metric and labels that a budget owns.
  std::map<Key, CalibratedMetric> metrics;
  const Selection selection = select_samples(budgets.budgets, all);
  for (std::size_t i = 0; i < pools.size(); ++i) {
    if (selection.owners[i].empty()) {
      continue;
    }
    const Budget& owner = budgets.budgets[selection.owners[i].front()];
    CalibratedMetric& metric = metrics[Key{all[i].metric, all[i].where}];
    metric.budget = owner.id;
    metric.metric = all[i].metric;
    metric.where = all[i].where;
    describe(pools[i], *owner.metric, options, metric);
  }

  Draw draw(options.seed);
  const std::size_t judged = std::max<std::size_t>(1, facts.samples.size());
  out.changes = drawn.empty() ? 0 : std::min(options.changes, std::max(kLeastChanges, kMostJudged / judged));
  const double one = out.changes == 0 ? 0 : 1 / static_cast<double>(out.changes);
  for (std::size_t change = 0; change < out.changes; ++change) {
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      facts.samples[i].value = draw.from(drawn[i]->all, options.runs);
      base.samples[i].value = draw.from(drawn[i]->all, options.runs);
    }
    std::map<Key, bool> failed;
    Results rerun;
    bool at_once = false;
    for (const Verdict& verdict : judge_budgets(budgets, facts, {&base, nullptr, nullptr}, {}).verdicts) {
      const bool fails = verdict.status == Status::kFail;
      const Key key{verdict.metric, verdict.where};
      if (!metrics.contains(key) || (!fails && verdict.status != Status::kInconclusive)) {
        continue;
      }
      at_once = at_once || fails;
      if (failed.emplace(key, fails).second) {
        metrics[key].suspicious += one;
      }
      failed[key] = failed[key] || fails;
    }
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      if (failed.contains(Key{facts.samples[i].metric, facts.samples[i].where})) {
        rerun.samples.push_back(facts.samples[i]);
        rerun.samples.back().value = draw.from(drawn[i]->all, options.fresh_runs);
        rerun.samples.back().base_runs = draw.from(drawn[i]->all, options.fresh_runs);
      }
    }
    if (!rerun.samples.empty()) {
      for (const Verdict& verdict : judge_budgets(budgets, facts, {&base, nullptr, &rerun}, {}).verdicts) {
        const auto suspect = failed.find(Key{verdict.metric, verdict.where});
        if (suspect != failed.end()) {
          suspect->second = suspect->second || verdict.status == Status::kFail;
        }
      }
    }
    bool any = false;
    for (const auto& [key, fails] : failed) {
      any = any || fails;
      metrics[key].failed += fails ? one : 0;
    }
    out.suspicious += failed.empty() ? 0 : one;
    out.failed_at_once += at_once ? one : 0;
    out.failed += any ? one : 0;
  }
  for (auto& [key, metric] : metrics) {
    out.metrics.push_back(std::move(metric));
  }
  std::stable_sort(out.metrics.begin(), out.metrics.end(), [](const CalibratedMetric& x, const CalibratedMetric& y) {
    return std::pair(x.failed, x.suspicious) > std::pair(y.failed, y.suspicious);
  });
  return out;
}

}  // namespace budgetcheck
