#include "budget/select.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>

#include "base/glob.h"

namespace budgetcheck {
namespace {

bool is_plain(std::string_view pattern) { return pattern.find_first_of("*?{\\") == std::string_view::npos; }

bool matches(std::string_view pattern, std::string_view text) {
  // Most patterns are plain: the glob matcher is asked only where it is needed.
  return is_plain(pattern) ? pattern == text : label_glob_matches(pattern, text);
}

constexpr std::string_view kOwnHost = "self";
constexpr std::string_view kStatusLabel = "status";
constexpr std::string_view kSuccess = "success";
constexpr std::string_view kAllAnswers = "all";

bool has_host(const std::vector<std::string_view>& names) {
  return std::find(names.begin(), names.end(), kHostLabel) != names.end();
}

/// What a budget's label is compared with; null: there is none.
const std::string* value_of(const Labels& labels, std::string_view name) {
  static const std::string kOwn(kOwnHost);
  const std::string* value = labels.find(name);
  return value == nullptr && name == kHostLabel ? &kOwn : value;
}

std::string one_label(std::string_view name, std::string_view value) {
  return std::string(name) + '\0' + std::string(value);
}

/// The labels that say of which part of a whole a sample is. Whether durations of a load test are of its successes says
/// how well they are known: one file may tell it of the whole run and not of its routes.
std::vector<std::string_view> names_of(const Sample& sample) {
  std::vector<std::string_view> names;
  for (const auto& [name, value] : sample.where) {
    if (name != kStatusLabel || sample.metric != "load.duration") {
      names.push_back(name);
    }
  }
  return names;
}

/// The values that `labels` has for `names`, as one text.
std::string projection(const Labels& labels, const std::vector<std::string_view>& names) {
  std::string key;
  for (const std::string_view name : names) {
    const std::string& value = *labels.find(name);
    key += std::to_string(value.size()) + ':' + value;
  }
  return key;
}

/// The samples of one metric, and for each the coarser ones that hold it as a part.
class MetricSamples {
 public:
  MetricSamples(const std::vector<Sample>& samples, std::vector<std::size_t> members)
      : samples_(samples), members_(std::move(members)), coarser_(members_.size()) {
    std::map<std::vector<std::string_view>, std::vector<std::size_t>> by_names;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      all_.push_back(i);
      for (const auto& [name, value] : samples_[members_[i]].where) {
        with_label_[one_label(name, value)].push_back(i);
      }
      by_names[names_of(samples_[members_[i]])].push_back(i);
    }
    for (const auto& [coarse_names, coarse] : by_names) {
      std::unordered_map<std::string, std::vector<std::size_t>> at;
      for (const std::size_t i : coarse) {
        std::vector<std::size_t>& wholes = at[projection(samples_[members_[i]].where, coarse_names)];
        // One of equal labels is enough, since they are selected together; those that names_of() leaves out may differ.
        const bool is_known = std::any_of(wholes.begin(), wholes.end(), [&](std::size_t whole) {
          return samples_[members_[whole]].where == samples_[members_[i]].where;
        });
        if (!is_known) {
          wholes.push_back(i);
        }
      }
      for (const auto& [fine_names, fine] : by_names) {
        if (fine_names.size() <= coarse_names.size() || has_host(fine_names) != has_host(coarse_names) ||
            !std::includes(fine_names.begin(), fine_names.end(), coarse_names.begin(), coarse_names.end())) {
          continue;
        }
        for (const std::size_t i : fine) {
          const auto found = at.find(projection(samples_[members_[i]].where, coarse_names));
          if (found != at.end()) {
            coarser_[i].insert(coarser_[i].end(), found->second.begin(), found->second.end());
          }
        }
      }
    }
    put_successes_first();
  }

  /// Where durations of the successes are told apart, those of all requests are for whoever names them.
  void put_successes_first() {
    std::map<Labels, std::size_t> successes;
    for (std::size_t i = 0; i < members_.size(); ++i) {
      const std::string* status = samples_[members_[i]].where.find(kStatusLabel);
      if (status != nullptr && *status == kSuccess) {
        successes.emplace(samples_[members_[i]].where, i);
      }
    }
    for (std::size_t i = 0; i < members_.size() && !successes.empty(); ++i) {
      const std::string* status = samples_[members_[i]].where.find(kStatusLabel);
      if (status != nullptr && *status == kAllAnswers) {
        Labels of_successes = samples_[members_[i]].where;
        of_successes.set(kStatusLabel, std::string(kSuccess));
        if (const auto found = successes.find(of_successes); found != successes.end()) {
          coarser_[i].push_back(found->second);
        }
      }
    }
  }

  /// The coarsest of the samples that `where` matches.
  std::vector<std::size_t> select(const Labels& where) const {
    const std::vector<std::size_t>& candidates = candidates_for(where);
    std::vector<char> matched(members_.size());
    for (const std::size_t i : candidates) {
      matched[i] = where_matches(where, samples_[members_[i]].where) ? 1 : 0;
    }
    std::vector<std::size_t> selected;
    for (const std::size_t i : candidates) {
      const bool is_part =
          std::any_of(coarser_[i].begin(), coarser_[i].end(), [&](std::size_t whole) { return matched[whole] != 0; });
      if (matched[i] != 0 && !is_part) {
        selected.push_back(members_[i]);
      }
    }
    return selected;
  }

 private:
  /// The fewest that one of the plain labels leaves: thousands of budgets that name one place each are usual.
  const std::vector<std::size_t>& candidates_for(const Labels& where) const {
    static const std::vector<std::size_t> kNone;
    const std::vector<std::size_t>* fewest = &all_;
    for (const auto& [name, pattern] : where) {
      if (is_plain(pattern) && name != kHostLabel) {
        const auto found = with_label_.find(one_label(name, pattern));
        const std::vector<std::size_t>& these = found == with_label_.end() ? kNone : found->second;
        fewest = these.size() < fewest->size() ? &these : fewest;
      }
    }
    return *fewest;
  }

  const std::vector<Sample>& samples_;
  std::vector<std::size_t> members_;
  std::vector<std::size_t> all_;  ///< indices of members_, in order
  std::unordered_map<std::string, std::vector<std::size_t>> with_label_;
  std::vector<std::vector<std::size_t>> coarser_;
};

}  // namespace

bool where_matches(const Labels& globs, const Labels& labels) {
  return std::all_of(globs.begin(), globs.end(), [&](const auto& glob) {
    const std::string* value = value_of(labels, glob.first);
    return value != nullptr && matches(glob.second, *value);
  });
}

bool where_could_match(const Labels& globs, const Labels& known) {
  // What was measured of a page was not measured of a route.
  const bool of_page = globs.find("page") != nullptr && known.find("page") == nullptr;
  const bool of_route = globs.find("route") != nullptr && known.find("route") == nullptr;
  if ((of_page && known.find("route") != nullptr) || (of_route && known.find("page") != nullptr)) {
    return false;
  }
  return std::all_of(globs.begin(), globs.end(), [&](const auto& glob) {
    const std::string* value = known.find(glob.first);
    return value == nullptr || matches(glob.second, *value);
  });
}

bool more_specific(const Budget& a, const Budget& b) {
  const auto rank = [](const Budget& budget) {
    std::size_t exact = 0;
    std::size_t literal = 0;
    for (const auto& [name, value] : budget.where) {
      exact += is_glob(value) ? 0U : 1U;
      literal += literal_length(value);
    }
    return std::tuple(budget.where.size(), exact, literal);
  };
  return rank(a) > rank(b);
}

Selection select_samples(const std::vector<Budget>& budgets, const std::vector<Sample>& samples) {
  Selection selection;
  selection.owners.resize(samples.size());
  selection.selected.resize(budgets.size());
  std::unordered_map<std::string_view, std::vector<std::size_t>> budgets_of;
  for (std::size_t i = 0; i < budgets.size(); ++i) {
    budgets_of[budgets[i].metric_id].push_back(i);
  }
  std::unordered_map<std::string_view, std::vector<std::size_t>> samples_of;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (budgets_of.contains(samples[i].metric)) {
      samples_of[samples[i].metric].push_back(i);
    }
  }
  for (auto& [metric, members] : samples_of) {
    const MetricSamples group(samples, std::move(members));
    for (const std::size_t budget : budgets_of[metric]) {
      selection.selected[budget] = group.select(budgets[budget].where);
      for (const std::size_t sample : selection.selected[budget]) {
        std::vector<std::size_t>& owners = selection.owners[sample];
        const auto rival = std::find_if(owners.begin(), owners.end(),
                                        [&](std::size_t other) { return budgets[other].stat == budgets[budget].stat; });
        if (rival == owners.end()) {
          owners.push_back(budget);
        } else if (!more_specific(budgets[*rival], budgets[budget])) {
          *rival = budget;  // budgets come in the order of the file: the later wins a draw
        }
      }
    }
  }
  return selection;
}

}  // namespace budgetcheck
