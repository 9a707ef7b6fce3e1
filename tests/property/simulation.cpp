#include "property/simulation.h"

#include <array>
#include <cmath>
#include <cstdlib>

#include "base/distribution.h"

namespace budgetcheck::simulation {
namespace {

constexpr std::array<const Model*, 3> kModels{&kQuiet, &kNoisy, &kBimodal};
constexpr std::size_t kOfEach = 10;
constexpr std::size_t kExact = 20;
constexpr std::size_t kHistories = 50;

Metric metric_of(const std::string& id, MetricClass metric_class) {
  Metric metric;
  metric.id = id;
  metric.metric_class = metric_class;
  const bool is_exact = metric_class == MetricClass::kBytes;
  metric.unit = is_exact ? Unit::kBytes : Unit::kMilliseconds;
  metric.floor_absolute = is_exact ? 1024 : metric_class == MetricClass::kTimingQuiet ? 25 : 50;
  metric.floor_relative = is_exact ? 0.01 : metric_class == MetricClass::kTimingQuiet ? 0.05 : 0.1;
  return metric;
}

double ln_of(const Model& model, double value) {
  return std::log(value + (model.metric_class == MetricClass::kTimingQuiet ? 25 : 50));
}

bool is_failure(const Verdict& verdict) { return verdict.status == Status::kFail; }

}  // namespace

Runs Noise::runs(const Model& model, std::size_t n, double job, double effect) {
  const double level = job + effect + normal(kDriftWithinJob);
  std::uniform_real_distribution<double> uniform;
  Runs out;
  for (std::size_t i = 0; i < n; ++i) {
    const double slow = uniform(random_) < model.share ? model.factor : 1;
    out.push_back(kLevel * slow * std::exp(level + normal(model.run)));
  }
  return out;
}

SampleHistory history(Noise& noise, const Model& model, std::size_t records) {
  constexpr std::size_t kRuns = 5;
  double squares = 0;
  std::vector<double> medians;
  std::vector<double> differences;
  for (std::size_t record = 0; record < records; ++record) {
    std::vector<double> logs;
    double mean = 0;
    for (const double run : noise.runs(model, kRuns, noise.job(model))) {
      logs.push_back(ln_of(model, run));
      mean += logs.back() / kRuns;
    }
    for (const double x : logs) {
      squares += (x - mean) * (x - mean) / (kRuns - 1);
    }
    medians.push_back(quantile(logs, 0.5));
    if (record > 0) {
      differences.push_back(std::fabs(medians[record] - medians[record - 1]));
    }
  }
  SampleHistory out;
  out.records = records;
  out.s_run = std::sqrt(squares / static_cast<double>(records));
  out.s_diff = 1.4826 * quantile(differences, 0.5);
  return out;
}

Project::Project(unsigned seed) : noise_(seed) {
  for (std::size_t i = 0; i < kModels.size() * kOfEach + kExact; ++i) {
    const bool is_exact = i >= kModels.size() * kOfEach;
    const Model* model = is_exact ? nullptr : kModels[i / kOfEach];
    const std::string id = "team.metric" + std::to_string(i);
    Budget budget;
    budget.id = id;
    budget.metric_id = id;
    budget.metric = metric_of(id, is_exact ? MetricClass::kBytes : model->metric_class);
    budget.max = 1e9;
    Sample sample;
    sample.metric = id;
    sample.unit = budget.metric->unit;
    sample.value = 100000.0;
    models_.push_back(model);
    budgets_.budgets.push_back(budget);
    facts_.samples.push_back(sample);
    base_.samples.push_back(sample);
  }
  facts_.env.paired = base_.env.paired = true;
  for (const Model* model : kModels) {
    histories_.emplace_back();
    for (std::size_t i = 0; i < kHistories; ++i) {
      histories_.back().push_back(history(noise_, *model));
    }
  }
}

Project::Outcome Project::change(const Model* changed, double effect, std::size_t runs, std::size_t fresh_runs) {
  std::size_t changed_index = models_.size();
  for (std::size_t i = models_.size(); i-- > 0;) {
    changed_index = changed != nullptr && models_[i] == changed ? i : changed_index;
  }
  // A job is slower or faster as a whole, and every metric feels it by its own measure.
  const double job = noise_.normal(1);
  for (std::size_t i = 0; i < models_.size(); ++i) {
    if (const Model* model = models_[i]; model != nullptr) {
      base_.samples[i].value = noise_.runs(*model, runs, job * model->job);
      base_.samples[i].history = histories_[i / kOfEach][noise_.below(kHistories)];
      facts_.samples[i].value = noise_.runs(*model, runs, job * model->job, i == changed_index ? effect : 0);
    }
  }
  const std::string today = "2026-11-23";
  Outcome out;
  rerun_.samples.clear();
  const double fresh_job = noise_.normal(1);
  for (const Verdict& verdict : judge_budgets(budgets_, facts_, {&base_, nullptr, nullptr}, today).verdicts) {
    out.failed_at_once = out.failed_at_once || is_failure(verdict);
    const bool is_changed = changed_index < models_.size() && verdict.budget == budgets_.budgets[changed_index].id;
    out.changed_failed = out.changed_failed || (is_changed && is_failure(verdict));
    out.rerun = out.rerun || verdict.code == "RERUN";
    if (verdict.code == "RERUN" || is_failure(verdict)) {
      std::size_t i = 0;
      while (budgets_.budgets[i].id != verdict.budget) {
        ++i;
      }
      Sample fresh = facts_.samples[i];
      fresh.base_runs = noise_.runs(*models_[i], fresh_runs, fresh_job * models_[i]->job);
      fresh.value = noise_.runs(*models_[i], fresh_runs, fresh_job * models_[i]->job, is_changed ? effect : 0);
      rerun_.samples.push_back(fresh);
    }
  }
  out.failed = out.failed_at_once;
  if (rerun_.samples.empty()) {
    return out;
  }
  for (const Verdict& verdict : judge_budgets(budgets_, facts_, {&base_, nullptr, &rerun_}, today).verdicts) {
    const bool is_changed = changed_index < models_.size() && verdict.budget == budgets_.budgets[changed_index].id;
    out.failed = out.failed || is_failure(verdict);
    out.confirmed = out.confirmed || (is_changed && is_failure(verdict));
    out.changed_failed = out.changed_failed || (is_changed && is_failure(verdict));
  }
  return out;
}

std::size_t simulations(std::size_t usual) {
  const char* asked = std::getenv("BUDGETCHECK_SIMULATIONS");
  const long n = asked == nullptr ? 0 : std::strtol(asked, nullptr, 10);
  return n > 0 ? static_cast<std::size_t>(n) : usual;
}

}  // namespace budgetcheck::simulation
