#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "base/number.h"
#include "base/pattern.h"
#include "base/text.h"
#include "base/text/suggestion.h"
#include "budget/catalogue.h"
#include "json/document.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxBytes = 1 << 20;
constexpr std::size_t kMaxId = 64;

const std::vector<std::string> kCommonKeys{"id",    "title", "short", "why",   "help",   "limits",
                                           "level", "kind",  "tags",  "since", "ignore", "explains"};
const std::vector<std::string> kCodedKeys{"params"};
const std::vector<std::string> kPatternKeys{"on", "pattern"};
const std::vector<std::string> kThresholdKeys{"metric", "where", "limit"};
const std::vector<std::string> kParamKeys{"default", "unit", "min", "max", "looser", "text"};
const std::vector<std::string> kLevels{"off", "note", "warning", "error"};
const std::vector<std::string> kKinds{"coded", "threshold", "pattern"};
const std::vector<std::string> kSubjects{"package", "asset", "route", "query"};

bool is_one_of(std::string_view name, const std::vector<std::string>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string quoted(std::string_view name) { return "'" + printable(name) + "'"; }

std::string meant_or_known(std::string_view name, const std::vector<std::string>& known) {
  const std::string near = nearest(name, known);
  return near.empty() ? fmt::format("known are {}", join(known, ", ")) : did_you_mean(name, near);
}

const std::vector<std::string>& keys_of(RuleKind kind) {
  return kind == RuleKind::kCoded ? kCodedKeys : kind == RuleKind::kPattern ? kPatternKeys : kThresholdKeys;
}

/// Lower-case words joined by '-'.
bool is_rule_id(std::string_view id) {
  const auto word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !id.empty() && id.size() <= kMaxId && word(id.front()) && word(id.back()) &&
         id.find("--") == std::string_view::npos &&
         std::all_of(id.begin(), id.end(), [&](char c) { return word(c) || c == '-'; });
}

bool is_param_name(std::string_view name) {
  return !name.empty() && name.size() <= kMaxId && name.front() >= 'a' && name.front() <= 'z' && name != "level" &&
         name != "ignore" && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

class Reader {
 public:
  Reader(const std::string& path, const MetricCatalogue& catalogue) : path_(path), catalogue_(catalogue) {}

  ExpectedAll<Rule> read(const json::Value& document) {
    if (!document.is_object()) {
      error(document, fmt::format("a rule is a mapping, not {}", json::type_name(document.type())),
            "begin with { \"id\": \"my-rule\", … }");
      return tl::unexpected(std::move(errors_));
    }
    const bool kind_known = read_kind(document);
    check_keys(document, kind_known);
    rule_.id = text(document, "id", true);
    if (const json::Value* id = document.find("id");
        id != nullptr && id->string() != nullptr && !is_rule_id(rule_.id)) {
      error(*id, fmt::format("{} is not a rule id", quoted(rule_.id)),
            "lower-case words joined by '-', such as no-moment");
    }
    rule_.title = text(document, "title", true);
    rule_.short_text = text(document, "short", true);
    rule_.help = text(document, "help", true);
    rule_.why = text(document, "why", false);
    rule_.limits = text(document, "limits", false);
    rule_.since = text(document, "since", false);
    rule_.tags = texts(document, "tags");
    rule_.ignore = texts(document, "ignore");
    read_explains(document);
    read_level(document);
    if (kind_known && rule_.kind == RuleKind::kCoded) {
      read_coded(document);
    } else if (kind_known && rule_.kind == RuleKind::kPattern) {
      read_pattern(document);
    } else if (kind_known) {
      read_threshold(document);
    }
    report_missing();
    if (!errors_.empty()) {
      std::stable_sort(errors_.begin(), errors_.end(), [](const Error& a, const Error& b) {
        return std::pair(a.location.line, a.location.column) < std::pair(b.location.line, b.location.column);
      });
      return tl::unexpected(std::move(errors_));
    }
    return std::move(rule_);
  }

 private:
  void error(const json::Value& at, std::string message, std::string hint) {
    errors_.push_back({ErrorKind::kUsage, std::move(message), location_of(path_, at), std::move(hint)});
  }
  void error(const json::Member& at, std::string message, std::string hint) {
    errors_.push_back({ErrorKind::kUsage, std::move(message), location_of(path_, at), std::move(hint)});
  }

  /// What one mapping lacks is said once, and what stands there misspelt is not missed as well.
  void missing(const json::Value& in, std::string_view key) {
    const json::Object& members = *in.object();
    const bool is_misspelt = std::any_of(members.begin(), members.end(), [&](const json::Member& member) {
      return !nearest(member.key, {std::string(key)}).empty();
    });
    if (!is_misspelt) {
      missing_[&in].push_back(fmt::format("'{}'", key));
    }
  }

  void report_missing() {
    for (const auto& [in, keys] : missing_) {
      error(*in,
            fmt::format("the {} {} {} missing", keys.size() == 1 ? "key" : "keys", join(keys, " and "),
                        keys.size() == 1 ? "is" : "are"),
            fmt::format("add {}: …", replace_all(join(keys, ": …, "), "'", "\"")));
    }
  }

  /// The member when it is there and of this type; an error when it is of another.
  const json::Value* member(const json::Value& in, std::string_view key, json::Value::Type type, bool required) {
    const json::Value* value = in.find(key);
    if (value == nullptr) {
      if (required) {
        missing(in, key);
      }
      return nullptr;
    }
    if (value->type() != type) {
      error(*value, fmt::format("'{}' is {}, not {}", key, json::type_name(value->type()), json::type_name(type)), "");
      return nullptr;
    }
    return value;
  }

  std::string text(const json::Value& in, std::string_view key, bool required) {
    const json::Value* value = member(in, key, json::Value::Type::kString, required);
    if (value == nullptr) {
      return {};
    }
    if (trim(*value->string()).empty()) {
      error(*value, fmt::format("'{}' is empty", key), required ? "write its text" : "write its text or remove it");
    }
    return *value->string();
  }

  std::vector<std::string> texts(const json::Value& in, std::string_view key) {
    std::vector<std::string> out;
    const json::Value* value = member(in, key, json::Value::Type::kArray, false);
    if (value == nullptr) {
      return out;
    }
    for (const json::Value& one : *value->array()) {
      if (one.string() == nullptr || one.string()->empty()) {
        error(one,
              fmt::format("'{}' is a list of strings, and this is {}", key,
                          one.string() != nullptr ? "an empty one" : json::type_name(one.type())),
              "");
      } else {
        out.push_back(*one.string());
      }
    }
    return out;
  }

  bool read_kind(const json::Value& document) {
    const json::Value* kind = member(document, "kind", json::Value::Type::kString, true);
    if (kind == nullptr) {
      return false;
    }
    if (!is_one_of(*kind->string(), kKinds)) {
      error(*kind, fmt::format("unknown kind {}", quoted(*kind->string())), meant_or_known(*kind->string(), kKinds));
      return false;
    }
    rule_.kind = *kind->string() == "coded"     ? RuleKind::kCoded
                 : *kind->string() == "pattern" ? RuleKind::kPattern
                                                : RuleKind::kThreshold;
    return true;
  }

  void check_keys(const json::Value& document, bool kind_known) {
    std::vector<std::string> meant = kCommonKeys;
    std::vector<std::string> all = kCommonKeys;
    for (const RuleKind kind : {RuleKind::kCoded, RuleKind::kPattern, RuleKind::kThreshold}) {
      const std::vector<std::string>& keys = keys_of(kind);
      all.insert(all.end(), keys.begin(), keys.end());
      if (!kind_known || kind == rule_.kind) {
        meant.insert(meant.end(), keys.begin(), keys.end());
      }
    }
    for (const json::Member& one : *document.object()) {
      if (is_one_of(one.key, meant)) {
        continue;
      }
      if (one.key == "params" && one.value.object() != nullptr && one.value.object()->empty()) {
        continue;  // no parameters: true of every rule of data
      }
      if (is_one_of(one.key, all)) {
        error(one, fmt::format("the key {} has no meaning in a rule of this kind", quoted(one.key)),
              "remove it, or choose the kind that it belongs to");
      } else {
        error(one, fmt::format("unknown key {}", quoted(one.key)), meant_or_known(one.key, meant));
      }
    }
  }

  void read_level(const json::Value& document) {
    const json::Value* level = member(document, "level", json::Value::Type::kString, false);
    if (level != nullptr && !parse_level(*level->string(), rule_.level)) {
      error(*level, fmt::format("unknown level {}", quoted(*level->string())),
            meant_or_known(*level->string(), kLevels));
    }
  }

  void read_explains(const json::Value& document) {
    rule_.explains = texts(document, "explains");
    std::vector<std::string> known;
    for (const Metric& metric : catalogue_.all()) {
      known.push_back(metric.id);
    }
    for (const std::string& name : rule_.explains) {
      const bool is_known =
          name.ends_with('.')
              ? std::any_of(known.begin(), known.end(), [&](const std::string& id) { return id.starts_with(name); })
              : catalogue_.find(name).has_value();
      if (!is_known) {
        error(*document.find("explains"), fmt::format("unknown metric {}", quoted(name)), meant_or_known(name, known));
      }
    }
  }

  void read_coded(const json::Value& document) {
    const json::Value* params = member(document, "params", json::Value::Type::kObject, false);
    if (params == nullptr) {
      return;
    }
    for (const json::Member& one : *params->object()) {
      read_param(one);
    }
  }

  void read_param(const json::Member& given) {
    if (!is_param_name(given.key)) {
      error(given, fmt::format("{} is not a name for a parameter", quoted(given.key)),
            "lower-case words joined by '_', such as min_rows");
    }
    if (!given.value.is_object()) {
      error(given, fmt::format("the parameter {} must be a mapping", quoted(given.key)),
            "write default, unit and text");
      return;
    }
    for (const json::Member& one : *given.value.object()) {
      if (!is_one_of(one.key, kParamKeys)) {
        error(one, fmt::format("unknown key {}", quoted(one.key)), meant_or_known(one.key, kParamKeys));
      }
    }
    RuleParam param;
    param.name = given.key;
    param.text = text(given.value, "text", true);
    param.higher_is_looser = text(given.value, "looser", false) != "lower";
    const json::Value* unit = member(given.value, "unit", json::Value::Type::kString, true);
    if (unit == nullptr) {
      return;
    }
    const Expected<UnitName> name = parse_unit(*unit->string());
    if (!name) {
      error(*unit, name.error().message, name.error().hint);
      return;
    }
    if (name->scale != 1) {
      error(*unit, "the unit of a parameter is a base unit", "write B, ms, 1 or ratio");
      return;
    }
    param.unit = name->unit;
    quantity(given.value, "default", param.unit, true, true, param.value);
    quantity(given.value, "min", param.unit, false, true, param.min);
    quantity(given.value, "max", param.unit, false, true, param.max);
    if (param.min > param.max || param.value < param.min || param.value > param.max) {
      error(given, fmt::format("the default of {} is not between its min and its max", quoted(given.key)), "");
    }
    rule_.params.push_back(std::move(param));
  }

  /// Text with a unit, or a number; `bare_is_base`: a number where a unit is needed is in the base unit.
  bool quantity(const json::Value& in, std::string_view key, Unit unit, bool required, bool bare_is_base, double& out) {
    const json::Value* value = in.find(key);
    if (value == nullptr) {
      if (required) {
        missing(in, key);
      }
      return false;
    }
    if (value->number() == nullptr && value->string() == nullptr) {
      error(*value, fmt::format("'{}' is {}, not a quantity", key, json::type_name(value->type())),
            fmt::format("units that fit: {}", units_that_fit(unit)));
      return false;
    }
    const bool bare = value->number() != nullptr;
    const Expected<double> read = parse_quantity(bare ? format_number(*value->number()) : *value->string(),
                                                 bare && bare_is_base ? Unit::kNone : unit);
    if (!read) {
      error(*value, read.error().message, read.error().hint);
      return false;
    }
    out = *read;
    return true;
  }

  void read_pattern(const json::Value& document) {
    rule_.on = text(document, "on", true);
    if (!rule_.on.empty() && !is_one_of(rule_.on, kSubjects)) {
      error(*document.find("on"), fmt::format("a pattern cannot be matched against {}", quoted(rule_.on)),
            meant_or_known(rule_.on, kSubjects));
    }
    const json::Value* pattern = member(document, "pattern", json::Value::Type::kString, true);
    if (pattern == nullptr) {
      return;
    }
    rule_.pattern = *pattern->string();
    const Expected<Pattern> compiled = Pattern::compile(rule_.pattern);
    if (!compiled) {
      error(*pattern, compiled.error().message, compiled.error().hint);
    }
  }

  void read_threshold(const json::Value& document) {
    const std::string id = text(document, "metric", true);
    if (id.empty()) {
      return;
    }
    const std::optional<Metric> metric = catalogue_.find(id);
    if (!metric) {
      std::vector<std::string> known;
      for (const Metric& one : catalogue_.all()) {
        known.push_back(one.id);
      }
      const std::string near = nearest(id, known);
      error(*document.find("metric"), fmt::format("unknown metric {}", quoted(id)),
            near.empty() ? "'budgetcheck explain' lists them; your own are declared under metrics"
                         : did_you_mean(id, near));
      errors_.back().code = "UNKNOWN_METRIC";
      return;
    }
    rule_.metric = metric->id;
    rule_.unit = metric->unit;
    rule_.stat = metric->stat;
    rule_.direction = metric->direction;
    double limit = 0;
    if (quantity(document, "limit", metric->unit, true, false, limit)) {
      rule_.limit = limit;
    }
    const json::Value* where = member(document, "where", json::Value::Type::kObject, false);
    if (where == nullptr) {
      return;
    }
    for (const json::Member& one : *where->object()) {
      if (!metric->labels.empty() && !is_one_of(one.key, metric->labels)) {
        error(one, fmt::format("the metric '{}' has no label {}", metric->id, quoted(one.key)),
              meant_or_known(one.key, metric->labels));
      } else if (one.value.string() == nullptr || one.value.string()->empty()) {
        error(one, fmt::format("the label {} must be a string", quoted(one.key)), "write a glob, such as \"*\"");
      } else {
        rule_.where[one.key] = *one.value.string();
      }
    }
  }

  const std::string& path_;
  const MetricCatalogue& catalogue_;
  Errors errors_;
  std::map<const json::Value*, std::vector<std::string>> missing_;  ///< keys by the mapping that lacks them
  Rule rule_;
};

}  // namespace

ExpectedAll<Rule> read_rule(const std::string& path, std::string_view bytes, const MetricCatalogue& catalogue) {
  if (bytes.size() > kMaxBytes) {
    return tl::unexpected(Errors{{ErrorKind::kUsage, "the file is too big for a rule", Location::of(path),
                                  "a rule file is a few kilobytes of JSON"}});
  }
  const ExpectedAll<json::Value> document = json::read_json(path, bytes);
  if (!document) {
    return tl::unexpected(document.error());
  }
  return Reader(path, catalogue).read(*document);
}

}  // namespace budgetcheck
