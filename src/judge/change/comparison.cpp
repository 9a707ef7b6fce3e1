#include "judge/change/comparison.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "judge/change/part_changes.h"

namespace budgetcheck {
namespace {

using SampleKey = std::pair<std::string, Labels>;

std::map<SampleKey, const Sample*> by_key(const std::vector<Sample>& samples) {
  std::map<SampleKey, const Sample*> keyed;
  for (const Sample& sample : samples) {
    keyed.emplace(SampleKey{sample.metric, sample.where}, &sample);
  }
  return keyed;
}

/// Bytes, then counts, then everything else: what is certain and what people act on stands first.
int rank(const SampleChange& change) {
  const int of_unit = change.unit == Unit::kBytes ? 0 : change.unit == Unit::kCount ? 1 : 2;
  return (change.exact ? 0 : 10) + of_unit;
}

double size_of(const SampleChange& change) { return std::abs(change.head.value_or(0) - change.base.value_or(0)); }

void order(std::vector<SampleChange>& changes) {
  std::stable_sort(changes.begin(), changes.end(), [](const SampleChange& a, const SampleChange& b) {
    if (rank(a) != rank(b)) {
      return rank(a) < rank(b);
    }
    if (size_of(a) != size_of(b)) {
      return size_of(a) > size_of(b);
    }
    return std::tie(a.metric, a.where) < std::tie(b.metric, b.where);
  });
}

class Comparer {
 public:
  Comparer(ResultsComparison& out, const MetricCatalogue& catalogue) : out_(out), catalogue_(catalogue) {}

  void compare() {
    samples();
    parts();
    findings();
    notes();
  }

 private:
  SampleChange change_of(const Sample* base, const Sample* head) const {
    const Sample& one = head != nullptr ? *head : *base;
    const std::optional<Metric> metric = catalogue_.find(one.metric);
    SampleChange change;
    change.metric = one.metric;
    change.where = one.where;
    change.unit = one.unit;
    change.stat = metric ? metric->stat : Stat::kMedian;
    change.stat = told_stat(one, change.stat).value_or(change.stat);
    change.exact = metric && is_exact(metric->metric_class);
    change.higher_is_better = metric && metric->direction == Direction::kHigherIsBetter;
    if (base != nullptr && tells(*base, change.stat)) {
      change.base = aggregate(*base, change.stat);
      change.base_runs = run_count(*base);
      change.base_at_least = base->lower_bound;
    }
    if (head != nullptr && tells(*head, change.stat)) {
      change.head = aggregate(*head, change.stat);
      change.head_runs = run_count(*head);
      change.head_at_least = head->lower_bound;
    }
    return change;
  }

  void samples() {
    const auto base = by_key(out_.base.samples);
    const auto head = by_key(out_.head.samples);
    for (const auto& [key, sample] : head) {
      const auto before = base.find(key);
      if (before == base.end()) {
        out_.added.push_back(change_of(nullptr, sample));
        continue;
      }
      SampleChange change = change_of(before->second, sample);
      if (!change.base || !change.head) {  // the sides tell no quantile in common
        out_.added.push_back(std::move(change));
      } else if (before->second->unit != sample->unit) {
        other_units_.insert(key.first);
      } else if (change.base != change.head || change.base_at_least != change.head_at_least) {
        out_.changed.push_back(std::move(change));
      } else {
        ++out_.unchanged;
      }
      runs(*before->second, *sample);
    }
    for (const auto& [key, sample] : base) {
      if (!head.contains(key)) {
        out_.gone.push_back(change_of(sample, nullptr));
      }
    }
    order(out_.changed);
    order(out_.added);
    order(out_.gone);
  }

  void runs(const Sample& base, const Sample& head) {
    if (base.unit != head.unit || base.value.index() != head.value.index()) {
      return;
    }
    Sample both = head;
    both.history.reset();
    if (const auto* before = std::get_if<Runs>(&base.value)) {
      both.base_runs = *before;
    } else if (const auto* told = std::get_if<QuantileRuns>(&base.value)) {
      both.base_quantiles = *told;
    }
    // Told quantiles count without their number of values too; runs need some on both sides.
    const bool has_runs = !both.base_runs.empty() && run_count(head) > 0;
    if (has_runs || !both.base_quantiles.empty()) {
      out_.runs.push_back(std::move(both));
    }
  }

  void parts() {
    using Place = std::pair<std::string, Labels>;
    std::map<Place, std::pair<std::vector<const Part*>, std::vector<const Part*>>> places;
    for (const Part& part : out_.base.parts) {
      places[{part.metric, part.where}].first.push_back(&part);
    }
    for (const Part& part : out_.head.parts) {
      places[{part.metric, part.where}].second.push_back(&part);
    }
    for (const auto& [place, sides] : places) {
      std::vector<Cause> causes = part_changes(sides.first, sides.second);
      if (!causes.empty()) {
        out_.parts.push_back({place.first, place.second, std::move(causes)});
      }
      incomparable_ = incomparable_ ||
                      (!sides.first.empty() && !sides.second.empty() && !are_comparable(sides.first, sides.second));
    }
  }

  void findings() {
    const auto keys = [](const std::vector<Finding>& findings) {
      std::set<std::string> all;
      for (const Finding& finding : findings) {
        all.insert(finding.key);
      }
      return all;
    };
    const std::set<std::string> before = keys(out_.base.findings);
    const std::set<std::string> now = keys(out_.head.findings);
    for (const Finding& finding : out_.head.findings) {
      if (before.contains(finding.key)) {
        ++out_.findings_same;
      } else {
        out_.findings_added.push_back(finding);
      }
    }
    for (const Finding& finding : out_.base.findings) {
      if (!now.contains(finding.key)) {
        out_.findings_gone.push_back(finding);
      }
    }
  }

  void notes() {
    const auto add = [&](std::string text) { out_.notes.push_back(std::move(text)); };
    for (const ComparedSide* side : {&out_.base, &out_.head}) {
      for (const std::string& note : side->notes) {
        add((side == &out_.base ? "base: " : "head: ") + note);
      }
    }
    for (const std::string& metric : other_units_) {
      add(metric + " is measured in different units and was not compared");
    }
    if (incomparable_) {
      add("the parts of one side are files and those of the other modules: they were not compared");
    }
    const bool base_has = !out_.base.parts.empty();
    const bool head_has = !out_.head.parts.empty();
    if (base_has != head_has) {
      add(std::string("the ") + (base_has ? "head" : "base") +
          " contains no parts, so packages, fields and statements were not compared");
    }
    const std::string& base_key = out_.base.env.key;
    const std::string& head_key = out_.head.env.key;
    if (!base_key.empty() && !head_key.empty() && base_key != head_key) {
      add("the two sides were measured on different machines: differences in time may be those of the machines");
    }
  }

  ResultsComparison& out_;
  const MetricCatalogue& catalogue_;
  std::set<std::string> other_units_;
  bool incomparable_ = false;
};

}  // namespace

ResultsComparison compare_sides(ComparedSide base, ComparedSide head, const MetricCatalogue& catalogue) {
  ResultsComparison comparison;
  comparison.base = std::move(base);
  comparison.head = std::move(head);
  Comparer(comparison, catalogue).compare();
  return comparison;
}

}  // namespace budgetcheck
