#include "judge/unmeasured.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "base/text.h"
#include "base/text/suggestion.h"
#include "budget/select.h"
#include "judge/sample_verdict.h"

namespace budgetcheck {
namespace {

bool covers(const std::string& metric_or_prefix, const std::string& metric) {
  return metric_or_prefix.empty() || metric_or_prefix == metric ||
         (metric_or_prefix.ends_with('.') && metric.starts_with(metric_or_prefix));
}

/// An input that could have answered a budget on `metric`, had it been usable.
const Input* failed_source(const Facts& facts, const std::string& metric) {
  for (const Input& input : facts.inputs) {
    const bool of_family = (input.state == InputState::kUnreadable && input.families.empty()) ||
                           std::any_of(input.families.begin(), input.families.end(),
                                       [&](const std::string& family) { return covers(family, metric); });
    if (input.state != InputState::kRead && of_family) {
      return &input;
    }
  }
  return nullptr;
}

/// The budget spells what the gap is about; the host says only which of several is meant.
bool names(const Budget& budget, const Unmeasured& gap) {
  return std::all_of(gap.where.begin(), gap.where.end(), [&](const auto& label) {
    const std::string* spelt = budget.where.find(label.first);
    return label.first == kHostLabel || (spelt != nullptr && *spelt == label.second);
  });
}

std::string with_reason(const std::string& reason, const Location& at) {
  return at.file.empty() ? reason : printable(at.file) + ": " + reason;
}

/// The label of `budget` whose glob fits nothing that was measured, and what is there instead. Empty: each fits
/// something, or is among `explained`, of which something else is known.
std::string label_without_match(const Budget& budget, const std::vector<Sample>& samples, const Labels& explained) {
  constexpr std::size_t kShown = 5;
  for (const auto& [name, glob] : budget.where) {
    if (explained.find(name) != nullptr) {
      continue;
    }
    std::set<std::string> values;
    bool fits = false;
    for (const Sample& sample : samples) {
      const std::string* value = sample.metric == budget.metric_id ? sample.where.find(name) : nullptr;
      if (value != nullptr) {
        values.insert(*value);
        fits = fits || where_matches(Labels{{name, glob}}, sample.where);
      }
    }
    if (fits || values.empty()) {
      continue;
    }
    const std::vector<std::string> all(values.begin(), values.end());
    const std::string near = nearest(glob, all);
    if (!near.empty()) {
      return fmt::format("no {} '{}' was measured: {}", name, printable(glob), did_you_mean(glob, near));
    }
    std::vector<std::string> shown;
    for (std::size_t i = 0; i < std::min(kShown, all.size()); ++i) {
      shown.push_back("'" + printable(all[i]) + "'");
    }
    const std::string more = all.size() > kShown ? fmt::format(" and {} more", all.size() - kShown) : "";
    return fmt::format("no {} '{}' was measured, only {}{}", name, printable(glob), join(shown, ", "), more);
  }
  return {};
}

/// Why nothing matches `budget`.
std::string what_was_measured(const Budget& budget, const std::vector<Sample>& samples) {
  if (std::string label = label_without_match(budget, samples, {}); !label.empty()) {
    return label;
  }
  const bool any = std::any_of(samples.begin(), samples.end(),
                               [&](const Sample& sample) { return sample.metric == budget.metric_id; });
  return any ? "check its where: no measured result has all of these labels"
             : fmt::format("no input measures {}: check that its report is among the inputs", budget.metric_id);
}

bool asks_for(const Budget& budget, const Unmeasured& gap) {
  return covers(gap.metric, budget.metric_id) &&
         (gap.where_is_whole ? where_matches(budget.where, gap.where) : where_could_match(budget.where, gap.where));
}

/// Of a part of a load test.
bool names_a_part(const Labels& where) { return where.find("route") != nullptr || where.find("stage") != nullptr; }

/// The whole run of a load test stands for its routes and stages, where a budget names none.
bool is_whole_of(const Sample& sample, const Unmeasured& gap) {
  return sample.metric.starts_with("load.") && names_a_part(gap.where) && !names_a_part(sample.where) &&
         std::all_of(sample.where.begin(), sample.where.end(), [&](const auto& label) {
           const std::string* known = gap.where.find(label.first);
           return label.first == "status" || (known != nullptr && *known == label.second);
         });
}

/// Of several runs of a load test one in which nothing succeeded is not made up for by the durations of the others.
bool is_failed_run(const Unmeasured& gap) { return gap.metric == "load.duration" && !names_a_part(gap.where); }

/// Whether what `budget` selects answers it where something was not measured.
bool answers(const Sample& sample, const Budget& budget, const Unmeasured& gap) {
  return sample.metric == budget.metric_id && where_matches(budget.where, sample.where) &&
         (is_whole_of(sample, gap) || (!is_failed_run(gap) && gap.where.subset_of(sample.where)));
}

}  // namespace

Verdict judge_unmeasured(const Budget& budget, const Facts& facts, bool base_had_it) {
  const Unmeasured* gap = nullptr;
  for (const Unmeasured& candidate : facts.unmeasured) {
    const bool fits = asks_for(budget, candidate);
    // The most telling reason: one that the input is to blame for, then the one that names the metric itself.
    const auto rank = [](const Unmeasured& g) {
      return std::pair(g.input_at_fault, !g.metric.empty() && !g.metric.ends_with('.'));
    };
    if (fits && (gap == nullptr || rank(candidate) > rank(*gap))) {
      gap = &candidate;
    }
  }
  if (gap != nullptr && gap->input_at_fault) {
    return verdict_without_sample(budget, Status::kInconclusive, "NO_MATCH",
                                  "not measured: " + with_reason(gap->reason, gap->location), gap->hint);
  }
  // A gap of other labels does not explain a label that is misspelt.
  if (gap != nullptr && label_without_match(budget, facts.samples, gap->where).empty()) {
    return verdict_without_sample(budget, Status::kError, "NO_MATCH", with_reason(gap->reason, gap->location),
                                  gap->hint);
  }
  if (const Input* input = failed_source(facts, budget.metric_id)) {
    return verdict_without_sample(budget, Status::kInconclusive, "NO_MATCH",
                                  fmt::format("not measured: {}: {}", printable(input->path), input->message),
                                  input->hint);
  }
  if (base_had_it) {
    return verdict_without_sample(budget, Status::kError, "METRIC_DISAPPEARED",
                                  "the base has a value for it and this run has none",
                                  what_was_measured(budget, facts.samples));
  }
  return verdict_without_sample(budget, Status::kError, "NO_MATCH", "nothing that was measured matches this budget",
                                what_was_measured(budget, facts.samples));
}

std::vector<Verdict> judge_gaps(const Budget& budget, const Facts& facts) {
  std::vector<Verdict> verdicts;
  std::set<Labels> reported;
  for (const Unmeasured& gap : facts.unmeasured) {
    const bool asked = gap.input_at_fault && (!gap.only_when_named || names(budget, gap)) && asks_for(budget, gap);
    const bool measured = asked && std::any_of(facts.samples.begin(), facts.samples.end(),
                                               [&](const Sample& sample) { return answers(sample, budget, gap); });
    if (asked && !measured && reported.insert(gap.where).second) {
      Verdict verdict = verdict_without_sample(budget, Status::kInconclusive, "NO_MATCH",
                                               "not measured: " + with_reason(gap.reason, gap.location), gap.hint);
      verdict.where = gap.where;
      verdicts.push_back(std::move(verdict));
    }
  }
  return verdicts;
}

}  // namespace budgetcheck
