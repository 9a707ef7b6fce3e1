#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/glob.h"
#include "base/text.h"
#include "budget/select.h"
#include "cli/list/listing.h"

namespace budgetcheck {
namespace {

/// The id that samples carry, of an id or an alias; a glob is itself.
std::string carried_name(const std::string& wanted, const MetricCatalogue& catalogue) {
  const std::optional<Metric> metric = is_glob(wanted) ? std::nullopt : catalogue.find(wanted);
  return metric ? metric->id : wanted;
}

bool is_wanted(const std::vector<std::string>& globs, const std::string& metric) {
  return globs.empty() || std::any_of(globs.begin(), globs.end(),
                                      [&](const std::string& glob) { return label_glob_matches(glob, metric); });
}

/// Whether a gap, which may be on a whole family ("bundle."), is about one of these metrics.
bool concerns(const std::vector<std::string>& globs, const std::string& gap) {
  return gap.empty() || is_wanted(globs, gap) ||
         (gap.ends_with('.') &&
          std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) { return glob.starts_with(gap); }));
}

class Filtering {
 public:
  Filtering(const ListFilter& filter, const MetricCatalogue& catalogue, Listing& listing)
      : filter_(filter), catalogue_(catalogue), listing_(listing) {
    kind_ = std::any_of(listing.inputs.begin(), listing.inputs.end(),
                        [](const Input& input) { return input.state == InputState::kUnreadable; })
                ? ErrorKind::kInput
                : ErrorKind::kUsage;
    for (const ListedMeasurement& m : listing.measurements) {
      measured_.insert(m.metric);
      for (const auto& [name, value] : m.where) {
        values_[name].insert(value);
      }
    }
    for (const std::string& metric : filter.metrics) {
      globs_.push_back(carried_name(metric, catalogue));
    }
    for (const auto& [name, glob] : filter.where) {
      labels_.set(name, glob);
    }
  }

  Errors run() {
    for (const std::string& glob : globs_) {
      check_metric(glob);
    }
    for (const auto& [name, glob] : filter_.where) {
      check_label(name, glob);
    }
    if (!errors_.empty()) {
      return std::move(errors_);
    }
    const std::size_t all = listing_.measurements.size();
    std::erase_if(listing_.measurements,
                  [&](const ListedMeasurement& m) { return !is_wanted(globs_, m.metric) || !fits(m.where); });
    std::erase_if(listing_.unmeasured, [&](const Unmeasured& gap) {
      return !concerns(globs_, gap.metric) || !where_could_match(labels_, gap.where);
    });
    listing_.others = all - listing_.measurements.size();
    if (listing_.measurements.empty() && all != 0) {
      error("nothing that was measured fits all of the filters", "leave one of them out");
    }
    return std::move(errors_);
  }

 private:
  bool fits(const Labels& where) const {
    return std::all_of(filter_.where.begin(), filter_.where.end(), [&](const auto& one) {
      return where_matches(Labels{{one.first, one.second}}, where);
    });
  }

  void error(std::string message, std::string hint, ErrorKind kind) {
    errors_.push_back({kind, std::move(message), {}, std::move(hint)});
  }
  void error(std::string message, std::string hint) { error(std::move(message), std::move(hint), kind_); }

  void check_metric(const std::string& glob) {
    if (std::any_of(measured_.begin(), measured_.end(),
                    [&](const std::string& one) { return label_glob_matches(glob, one); })) {
      return;
    }
    const auto& all = catalogue_.all();
    const auto fits = [&](const Metric& one) { return label_glob_matches(glob, one.id); };
    if (std::any_of(all.begin(), all.end(), fits)) {
      not_measured(glob);
      return;
    }
    std::vector<std::string> names(measured_.begin(), measured_.end());
    if (const std::string near = nearest(glob, names); !near.empty()) {
      error(fmt::format("nothing was measured as '{}'", printable(glob)),
            fmt::format("did you mean '{}'?", printable(near)));
      return;
    }
    if (!is_glob(glob) && catalogue_.find(glob)) {  // by a row with a '*': any audit may be there
      not_measured(glob);
      return;
    }
    for (const Metric& metric : all) {
      names.push_back(metric.id);
    }
    const std::string near = nearest(glob, names);
    error(fmt::format("there is no metric '{}'", printable(glob)),
          near.empty() ? "'budgetcheck list' without filters shows what was measured"
                       : fmt::format("did you mean '{}'?", printable(near)),
          ErrorKind::kUsage);
  }

  /// A metric that exists: why there is none, where an input says so.
  void not_measured(const std::string& glob) {
    const auto gap = std::find_if(listing_.unmeasured.begin(), listing_.unmeasured.end(), [&](const Unmeasured& one) {
      return !one.metric.empty() && concerns({glob}, one.metric) && where_could_match(labels_, one.where);
    });
    if (gap == listing_.unmeasured.end()) {
      error(fmt::format("no input measures {}", printable(glob)), "check that its report is among the inputs");
    } else {
      error(fmt::format("{} was not measured: {}{}", printable(glob),
                        gap->location.file.empty() ? "" : printable(gap->location.file) + ": ", gap->reason),
            gap->hint);
    }
  }

  void check_label(const std::string& name, const std::string& glob) {
    const auto known = values_.find(name);
    if (known == values_.end()) {
      if (name == kHostLabel) {  // left out where there is but one host
        return;
      }
      std::vector<std::string> names;
      for (const auto& [one, values] : values_) {
        names.push_back(one);
      }
      const std::string near = nearest(name, names);
      error(fmt::format("nothing that was measured has a label '{}'", printable(name)),
            near.empty() ? fmt::format("labels are {}", names.empty() ? "none" : join(names, ", "))
                         : fmt::format("did you mean '{}'?", near));
      return;
    }
    const auto& values = known->second;
    if (name == kHostLabel || std::any_of(values.begin(), values.end(), [&](const std::string& one) {
          return where_matches(Labels{{name, glob}}, Labels{{name, one}});
        })) {
      return;
    }
    constexpr std::size_t kShown = 5;
    const std::vector<std::string> all(values.begin(), values.end());
    const std::string near = nearest(glob, all);
    std::vector<std::string> shown;
    for (std::size_t i = 0; i < std::min(kShown, all.size()); ++i) {
      shown.push_back("'" + printable(all[i]) + "'");
    }
    const std::string more = all.size() > kShown ? fmt::format(" and {} more", all.size() - kShown) : "";
    error(fmt::format("no {} '{}' was measured", printable(name), printable(glob)),
          near.empty() ? fmt::format("it is {}{}", join(shown, ", "), more)
                       : fmt::format("did you mean '{}'?", printable(near)));
  }

  const ListFilter& filter_;
  const MetricCatalogue& catalogue_;
  Listing& listing_;
  ErrorKind kind_ = ErrorKind::kUsage;
  std::set<std::string> measured_;
  std::map<std::string, std::set<std::string>> values_;
  std::vector<std::string> globs_;
  Labels labels_;
  Errors errors_;
};

}  // namespace

Errors apply_filter(const ListFilter& filter, const MetricCatalogue& catalogue, Listing& listing) {
  return Filtering(filter, catalogue, listing).run();
}

}  // namespace budgetcheck
