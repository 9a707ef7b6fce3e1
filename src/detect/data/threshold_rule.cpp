#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/glob.h"
#include "base/text.h"
#include "detect/data/data_rules.h"
#include "detect/rule_findings.h"

namespace budgetcheck {
namespace {

bool is_metric(const Rule& rule, std::string_view id) {
  return is_glob(rule.metric) ? label_glob_matches(rule.metric, id) : rule.metric == id;
}

bool where_fits(const Rule& rule, const Labels& labels) {
  return std::all_of(rule.where.begin(), rule.where.end(), [&](const auto& glob) {
    const std::string* value = labels.find(glob.first);
    return value != nullptr && label_glob_matches(glob.second, *value);
  });
}

using Names = std::vector<std::string>;

Names names_of(const Labels& labels) {
  Names names;
  for (const auto& [name, value] : labels) {
    names.push_back(name);
  }
  return names;
}

/// The samples that have no coarser one beside them: of whose labels no selected sample has only a part, with the
/// same values.
std::vector<const Sample*> coarsest(const std::vector<const Sample*>& selected) {
  std::map<std::string, std::set<Labels>> places;
  std::map<std::string, std::set<Names>> label_sets;
  for (const Sample* sample : selected) {
    places[sample->metric].insert(sample->where);
    label_sets[sample->metric].insert(names_of(sample->where));
  }
  std::vector<const Sample*> out;
  for (const Sample* sample : selected) {
    const Names own = names_of(sample->where);
    const std::set<Names>& sets = label_sets[sample->metric];
    const bool has_coarser = std::any_of(sets.begin(), sets.end(), [&](const Names& names) {
      if (names.size() >= own.size() || !std::includes(own.begin(), own.end(), names.begin(), names.end())) {
        return false;
      }
      Labels part;
      for (const std::string& name : names) {
        part.set(name, *sample->where.find(name));
      }
      return places[sample->metric].count(part) != 0;
    });
    if (!has_coarser) {
      out.push_back(sample);
    }
  }
  return out;
}

/// Why nothing was measured, when an input said so.
std::string reason_of(const Facts& facts, const Rule& rule) {
  for (const Unmeasured& gap : facts.unmeasured) {
    const bool family = gap.metric.empty() || gap.metric.ends_with('.');
    if (family ? rule.metric.starts_with(gap.metric) : is_metric(rule, gap.metric)) {
      return ": " + printable(gap.reason);
    }
  }
  return {};
}

/// What tables show and `ignore` is matched against: the file, route or page, else the metric.
std::string subject_of(const Sample& sample) {
  for (const std::string_view name : {"asset", "package", "route", "page", "entry", "model"}) {
    if (const std::string* value = sample.where.find(name)) {
      return printable(*value);
    }
  }
  return printable(sample.where.empty() ? sample.metric : to_string(sample.where));
}

/// "bundle.raw of asset=main.js is 300 kB"
std::string measured(const Sample& sample, double value, double limit) {
  const std::string place = printable(to_string(sample.where));
  return fmt::format("{}{} is {}{}", printable(sample.metric), place.empty() ? "" : " of " + place,
                     sample.lower_bound ? "at least " : "", format_quantity(value, sample.unit, limit));
}

Finding at_sample(const Rule& rule, const Sample& sample) {
  Finding finding;
  finding.rule = rule.id;
  finding.level = rule.level;
  finding.subject = subject_of(sample);
  finding.location = sample.location;
  finding.fix.text = rule.help;
  std::vector<std::string> parts{sample.metric};
  for (const auto& [name, value] : sample.where) {
    parts.push_back(name);
    parts.push_back(value);
  }
  finding.key = finding_key(rule.id, parts);
  if (const std::string* route = sample.where.find("route")) {
    finding.evidence.route = printable(*route);
  }
  finding.evidence.input = sample.location.file;
  finding.evidence.line = sample.location.line;
  return finding;
}

Finding beyond_limit(const Rule& rule, const Sample& sample, double value) {
  const bool lower = rule.direction == Direction::kLowerIsBetter;
  Finding finding = at_sample(rule, sample);
  finding.message =
      with_words_of(rule, fmt::format("{}, {} the limit of {}", measured(sample, value, *rule.limit),
                                      lower ? "over" : "under", format_quantity(*rule.limit, sample.unit, value)));
  finding.magnitude = std::fabs(value - *rule.limit);
  return finding;
}

/// The part that was seen keeps the limit or not, and the rest is unknown.
Finding undecided(const Rule& rule, const Sample& sample, double value) {
  Finding finding = at_sample(rule, sample);
  finding.level = Level::kNote;
  finding.message =
      fmt::format("{}, so the rule '{}' cannot tell whether the limit of {} is kept{}",
                  measured(sample, value, *rule.limit), rule.id, format_quantity(*rule.limit, sample.unit, value),
                  sample.lower_bound_reason.empty() ? "" : ": " + printable(sample.lower_bound_reason));
  finding.fix.text = "Add an input that contains the missing data.";
  return finding;
}

/// Known quantiles that have another stat than the rule's.
Finding untold(const Rule& rule, const Sample& sample) {
  Finding finding = at_sample(rule, sample);
  finding.level = Level::kNote;
  finding.message =
      fmt::format("the input tells no {} of {}, only {}, so the rule '{}' cannot look at it", to_string(rule.stat),
                  rule.metric, told_quantiles(std::get<QuantileRuns>(sample.value)), rule.id);
  finding.fix.text = "Choose one of these as the rule's stat, or pass a file that tells it.";
  return finding;
}

}  // namespace

void detect_threshold(const Facts& facts, const Rule& rule, std::vector<Finding>& findings) {
  if (!rule.limit) {
    throw InternalError("the threshold rule '" + rule.id + "' has no limit");
  }
  std::vector<const Sample*> selected;
  for (const Sample& sample : facts.samples) {
    if (is_metric(rule, sample.metric) && where_fits(rule, sample.where)) {
      selected.push_back(&sample);
    }
  }
  if (selected.empty()) {
    const std::string family = rule.metric.substr(0, rule.metric.find('.') + 1);
    if (const Input* input = supplier(facts, {family})) {
      findings.push_back(nothing_to_look_at(
          rule, *input,
          fmt::format("nothing that was measured of '{}' matches it{}", rule.metric, reason_of(facts, rule))));
    }
    return;
  }
  for (const Sample* sample : coarsest(selected)) {
    if (!tells(*sample, rule.stat)) {
      findings.push_back(untold(rule, *sample));
      continue;
    }
    const double value = aggregate(*sample, rule.stat);
    const bool lower = rule.direction == Direction::kLowerIsBetter;
    const bool worse = lower ? value > *rule.limit : value < *rule.limit;
    // The real value is this or more: that proves "over" and "not under", and nothing else.
    if (sample->lower_bound && worse != lower) {
      findings.push_back(undecided(rule, *sample, value));
    } else if (worse) {
      findings.push_back(beyond_limit(rule, *sample, value));
    }
  }
}

}  // namespace budgetcheck
