#include "results/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "base/text.h"
#include "base/text/id_like.h"
#include "base/units.h"
#include "json/stream/select.h"
#include "results/environment.h"
#include "results/fields.h"
#include "results/lines_of_offsets.h"
#include "results/sample_values.h"

namespace budgetcheck {
namespace {

using json::Array;
using json::Value;

constexpr double kVersion = 1;

/// The results of several apps, each a document like that of one; null: it is the document of one.
const Array* apps_of(const Value& document) {
  const Value* apps = document.is_object() ? document.find("apps") : nullptr;
  return apps != nullptr && apps->array() != nullptr && !apps->array()->empty() ? apps->array() : nullptr;
}

std::vector<std::string> names_of(const Array& apps) {
  std::vector<std::string> names;
  for (const Value& one : apps) {
    names.push_back(text_at(one, "app"));
  }
  return names;
}

Error no_such_app(const std::string& path, const std::vector<std::string>& names, const std::string& app) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) {
    quoted.push_back("'" + printable(name) + "'");
  }
  return {ErrorKind::kInput,
          fmt::format("the file has the results of several apps, {}{}", join(quoted, ", "),
                      app.empty() ? "" : fmt::format(", and none of '{}'", printable(app))),
          Location::of(path), "name one of them: --app NAME, or app: NAME at the input", std::string(kNoSuchApp)};
}

class Reader {
 public:
  Reader(const std::string& path, std::string_view bytes) : lines_(path, bytes) { results_.path = path; }

  ExpectedAll<Results> read(const Value& document) {
    if (!document.is_object()) {
      error(document, fmt::format("a results file is a mapping, not {}", json::type_name(document.type())),
            "write {\"version\": 1, \"samples\": []}");
      return tl::unexpected(std::move(errors_));
    }
    if (!version(document)) {
      return tl::unexpected(std::move(errors_));
    }
    results_.app = text_at(document, "app");
    results_.commit = text_at(document, "commit");
    results_.measured_at = text_at(document, "measured_at");
    for (const Value& parent : list(document, "parents")) {
      if (parent.string() != nullptr) {
        results_.parents.push_back(*parent.string());
      }
    }
    if (document.find("samples") == nullptr) {
      error(document, "the key 'samples' is missing", "write \"samples\": [] when there are none");
    }
    each(document, "samples", [&](const Value& v, const std::string& pointer) { sample(v, pointer); });
    each(document, "findings", [&](const Value& v, const std::string& pointer) { finding(v, pointer); });
    each(document, "parts", [&](const Value& v, const std::string& pointer) { part(v, pointer); });
    if (const Value* env = document.find("env")) {
      results_.env = read_environment(*env);
    }
    if (const Value* budgets = document.find("budgets")) {
      results_.budgets = *budgets;
    }
    if (!errors_.empty()) {
      return tl::unexpected(std::move(errors_));
    }
    return std::move(results_);
  }

 private:
  void error(const Value& at, std::string message, std::string hint, const std::string& pointer = {}) {
    Location location = lines_.at(at.offset);
    if (!at.is_object() && !at.is_array()) {
      location.column = 0;  // of other values only the end is known
    }
    location.pointer = pointer;
    errors_.push_back({ErrorKind::kInput, std::move(message), std::move(location), std::move(hint)});
  }

  /// False when nothing behind the version may be trusted.
  bool version(const Value& document) {
    const auto found = number_in(document.find("version"));
    if (!found) {
      error(document, "the key 'version' is missing or not a number", "write \"version\": 1");
      return false;
    }
    if (*found > kVersion) {
      error(document, "the results file is of a newer version than this program knows",
            "use a newer budgetcheck, or write the file again with this one");
      errors_.back().code = "SCHEMA_VERSION";
      return false;
    }
    if (*found != kVersion) {
      error(document, "no results file of this version exists", "write \"version\": 1");
      return false;
    }
    return true;
  }

  const Array& list(const Value& document, std::string_view key) {
    static const Array kNone;
    const Value* value = document.find(key);
    if (value == nullptr || value->is_null()) {
      return kNone;
    }
    if (value->array() == nullptr) {
      error(document, fmt::format("'{}' is {}, not a list", key, json::type_name(value->type())),
            "write a list in brackets");
      return kNone;
    }
    return *value->array();
  }

  template <class Read>
  void each(const Value& document, std::string_view key, const Read& read) {
    const Array& items = list(document, key);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const std::string pointer = fmt::format("/{}/{}", key, i);
      if (items[i].is_object()) {
        read(items[i], pointer);
      } else {
        error(items[i],
              fmt::format("'{}' contains {} where a mapping is expected", key, json::type_name(items[i].type())),
              "each entry is a mapping in braces", pointer);
      }
    }
  }

  void sample(const Value& v, const std::string& pointer) {
    Sample out;
    const std::size_t errors_before = errors_.size();
    out.metric = text_at(v, "metric");
    if (out.metric.empty()) {
      error(v, "a sample has no 'metric'", "name what was measured, such as \"bundle.gzip\"", pointer);
    }
    where(v, out.where, pointer);
    double scale = 1;
    if (const Value* unit = v.find("unit"); unit == nullptr || unit->string() == nullptr) {
      error(v, "a sample has no 'unit'", "write one of B, ms, 1, points, ratio, unitless", pointer);
    } else if (const auto parsed = parse_unit(*unit->string()); parsed) {
      out.unit = parsed->unit;
      scale = parsed->scale;
    } else {
      error(v, parsed.error().message, parsed.error().hint, pointer);
    }
    value(v, out, scale, pointer);
    if (const Value* base_runs = v.find("base_runs")) {
      out.base_runs = read_runs(v, "base_runs", *base_runs, scale, pointer);
    }
    if (const Value* base_quantiles = v.find("base_quantiles")) {
      std::optional<QuantileRuns> runs = quantile_runs_of(*base_quantiles, scale);
      if (!runs) {
        error(v, "'base_quantiles' is no list of quantiles", R"(write [{"p50": 9.0, "p95": 31}])", pointer);
      }
      out.base_quantiles = runs.value_or(QuantileRuns());
    }
    if (const Value* history = v.find("history"); history != nullptr && history->is_object()) {
      out.history = read_history(v, *history, scale, pointer);
    }
    if (const Value* failures = v.find("failures_within")) {
      out.failures_within = rate_of(*failures);
      if (!out.failures_within) {
        error(v, "'failures_within' is not 'events' out of 'n'", R"(write {"events": 3, "n": 200})", pointer);
      }
    }
    out.lower_bound = flag_at(v, "lower_bound");
    out.lower_bound_reason = text_at(v, "lower_bound_reason");
    out.location = location_at(v, "location");
    if (out.location.file.empty()) {
      out.location = lines_.at(v.offset);
    }
    if (errors_.size() == errors_before) {
      results_.samples.push_back(std::move(out));
    }
  }

  void where(const Value& v, Labels& labels, const std::string& pointer) {
    const Value* found = v.find("where");
    if (found == nullptr || found->is_null()) {
      return;
    }
    if (!found->is_object()) {
      error(v, fmt::format("'where' is {}, not a mapping", json::type_name(found->type())), "write {\"page\": \"/\"}",
            pointer);
      return;
    }
    for (const json::Member& member : *found->object()) {
      if (member.value.string() == nullptr) {
        error(v, fmt::format("the label {} is not a text", quoted_name(member.key)), "write label values in quotes",
              pointer);
      } else {
        labels.set(member.key, *member.value.string());
      }
    }
  }

  void value(const Value& v, Sample& out, double scale, const std::string& pointer) {
    const Value* single = v.find("value");
    const Value* runs = v.find("runs");
    const bool rate = v.find("events") != nullptr || v.find("n") != nullptr;
    const Value* histogram = v.find("histogram");
    const Value* quantiles = v.find("quantiles");
    const int kinds = (single != nullptr ? 1 : 0) + (runs != nullptr ? 1 : 0) + (rate ? 1 : 0) +
                      (histogram != nullptr ? 1 : 0) + (quantiles != nullptr ? 1 : 0);
    constexpr const char* kOne = "use exactly one of 'value', 'runs', 'events' with 'n', 'histogram', 'quantiles'";
    if (kinds != 1) {
      error(v, kinds == 0 ? "a sample has no value" : "a sample has more than one kind of value", kOne, pointer);
    } else if (single != nullptr) {
      const auto number = number_in(single);
      if (!number || !std::isfinite(*number * scale)) {
        error(v, "'value' is not a finite number", kOne, pointer);
      } else {
        out.value = *number * scale;
      }
    } else if (runs != nullptr) {
      out.value = read_runs(v, "runs", *runs, scale, pointer);
    } else if (rate) {
      if (const std::optional<Rate> counts = rate_of(v)) {
        out.value = *counts;
      } else {
        error(v, "'events' and 'n' are not two counts, the first at most the second",
              "write both as whole numbers from 0: events out of n trials", pointer);
      }
    } else if (quantiles != nullptr) {
      read_quantiles(v, *quantiles, out, scale, pointer);
    } else {
      read_histogram(v, *histogram, out, scale, pointer);
    }
  }

  void read_quantiles(const Value& v, const Value& told, Sample& out, double scale, const std::string& pointer) {
    std::optional<QuantileRuns> runs = quantile_runs_of(told, scale);
    if (!runs) {
      error(v, "'quantiles' is no mapping of quantiles to numbers", R"(write {"p50": 9.0, "p95": 31, "n": 2000})",
            pointer);
      return;
    }
    out.value = std::move(*runs);
    if (!told_stat(out, Stat::kMedian)) {
      error(v, fmt::format("'quantiles' tells none of {}", join(stat_names(), ", ")),
            "the median is p50; a list tells what all of its runs tell", pointer);
    }
  }

  Runs read_runs(const Value& v, const std::string& key, const Value& list, double scale, const std::string& pointer) {
    Runs runs;
    if (list.array() != nullptr) {
      for (const Value& run : *list.array()) {
        const auto number = number_in(&run);
        if (!number || !std::isfinite(*number * scale)) {
          error(v, fmt::format("'{}' contains something that is not a finite number", key),
                "leave out the runs that failed", pointer);
          return {};
        }
        runs.push_back(*number * scale);
      }
    }
    if (runs.empty()) {
      error(v, fmt::format("'{}' is not a list of at least one number", key), "write [12, 13.5, 12.9]", pointer);
    }
    return runs;
  }

  SampleHistory read_history(const Value& v, const Value& history, double scale, const std::string& pointer) {
    SampleHistory out;
    const auto count = count_of(history.find("records"));
    out.records = count.value_or(0);
    bool sound = count.has_value();
    const auto spread = [&](std::string_view key) {
      const auto number = number_in(history.find(key));
      sound = sound && (!number || (std::isfinite(*number) && *number >= 0));
      return number;
    };
    out.s_run = spread("s_run");
    out.s_diff = spread("s_diff");
    if (const auto max = number_in(history.find("max"))) {
      sound = sound && std::isfinite(*max * scale);
      out.max = *max * scale;
    }
    if (const Value* last = history.find("last")) {
      out.last = read_runs(v, "last", *last, scale, pointer);
    }
    if (!sound) {
      error(v, "'history' does not consist of records, s_run, s_diff and max", "budgetcheck writes it: do not edit it",
            pointer);
    }
    return out;
  }

  void part(const Value& v, const std::string& pointer) {
    Part out;
    out.metric = text_at(v, "of");
    out.kind = text_at(v, "kind");
    out.name = text_at(v, "name");
    where(v, out.where, pointer);
    const auto unit = parse_unit(v.string_or("unit", ""));
    const auto size = number_in(v.find("size"));
    if (out.metric.empty() || out.kind.empty() || !unit || !size || !std::isfinite(*size * unit->scale)) {
      error(v, "a part has no 'of', 'kind', 'unit' or 'size'", "budgetcheck writes the parts: do not edit them",
            pointer);
      return;
    }
    out.unit = unit->unit;
    out.size = *size * unit->scale;
    for (const Value& importer : list(v, "importers")) {
      if (importer.string() != nullptr) {
        out.importers.push_back(*importer.string());
      }
    }
    results_.parts.push_back(std::move(out));
  }

  void read_histogram(const Value& v, const Value& h, Sample& out, double scale, const std::string& pointer) {
    if (scale != 1) {
      error(v, "a histogram is in a derived unit", "its bins are thousandths of the base unit: use B, ms or 1",
            pointer);
      return;
    }
    std::map<std::uint64_t, std::uint64_t> bins;
    bool sound = true;
    std::uint64_t total = 0;
    const Value* list = h.find("bins");
    if (list != nullptr && list->array() != nullptr) {
      for (const Value& bin : *list->array()) {
        const Array* pair = bin.array();
        const auto lower = pair != nullptr && pair->size() == 2 ? number_in(&(*pair)[0]) : std::nullopt;
        const auto count = lower ? count_of(&(*pair)[1]) : std::nullopt;
        constexpr double kMaxLower = 2e18;
        if (!count || !(*lower >= 0) || *lower > kMaxLower || *lower != std::floor(*lower)) {
          sound = false;
          break;
        }
        sound = bins.emplace(static_cast<std::uint64_t>(*lower), *count).second && sound;
        total += *count;
      }
    }
    const auto n = count_of(h.find("n"));
    const auto min = number_in(h.find("min"));
    const auto max = number_in(h.find("max"));
    const auto sum = number_in(h.find("sum"));
    if (!sound || !n || *n != total || !min || !max || !sum) {
      error(v, "the histogram does not consist of n, min, max, sum and bins that add up",
            "bins is a list of [lower edge in thousandths, count]", pointer);
      return;
    }
    auto distribution = Distribution::from_bins(std::move(bins), *min, *max, *sum);
    if (!distribution) {
      error(v, distribution.error().message, "create the results file again from its inputs", pointer);
      return;
    }
    out.value = std::move(*distribution);
  }

  void finding(const Value& v, const std::string& pointer) {
    Finding out;
    out.rule = text_at(v, "rule");
    out.key = text_at(v, "key");
    if (out.rule.empty() || out.key.empty()) {
      error(v, "a finding has no 'rule' or no 'key'", "budgetcheck writes the findings: do not edit them", pointer);
      return;
    }
    if (const std::string level = text_at(v, "level"); !parse_level(level, out.level)) {
      error(v, fmt::format("the finding's level {} is not one of error, warning, note, off", quoted_name(level)),
            "budgetcheck writes the findings: do not edit them", pointer);
      return;
    }
    if (const auto magnitude = number_in(v.find("magnitude")); magnitude) {
      out.magnitude = *magnitude;
    }
    out.location = location_at(v, "location");
    results_.findings.push_back(std::move(out));
  }

  LinesOfOffsets lines_;
  Results results_;
  Errors errors_;
};

}  // namespace

ExpectedAll<Results> read_results(const std::string& path, std::string_view bytes, const std::string& app) {
  json::Selector wanted;
  for (const char* key :
       {"version", "app", "commit", "parents", "measured_at", "env", "samples", "findings", "parts", "budgets"}) {
    wanted.keep(key);
    wanted.keep(fmt::format("apps/*/{}", key));
  }
  auto document = json::select_text(path, bytes, wanted);
  if (!document) {
    return tl::unexpected(Errors{std::move(document.error())});
  }
  if (const Array* apps = apps_of(*document); apps != nullptr) {
    const auto found =
        std::find_if(apps->begin(), apps->end(), [&](const Value& one) { return text_at(one, "app") == app; });
    if (found == apps->end()) {
      return tl::unexpected(Errors{no_such_app(path, names_of(*apps), app)});
    }
    return Reader(path, bytes).read(*found);
  }
  return Reader(path, bytes).read(*document);
}

std::string commit_of_results(const std::string& path, std::string_view bytes) {
  json::Selector wanted;
  wanted.keep("commit");
  const auto document = json::select_text(path, bytes, wanted);
  return document && document->is_object() ? text_at(*document, "commit") : std::string();
}

std::vector<std::string> apps_in_results(const std::string& path, std::string_view bytes) {
  json::Selector wanted;
  wanted.keep("apps/*/app");
  const auto document = json::select_text(path, bytes, wanted);
  const Array* apps = document ? apps_of(*document) : nullptr;
  return apps == nullptr ? std::vector<std::string>() : names_of(*apps);
}

}  // namespace budgetcheck
