#include "budget/read_metrics.h"

#include <algorithm>
#include <set>

#include "json/document.h"
#include "json/value.h"

namespace budgetcheck {
namespace {

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path) {}

  MetricData read(const json::Value& document) {
    check_keys(document, {"classes", "metrics"});
    MetricData data;
    for (const json::Member& member : *object(document, "classes").object()) {
      data.classes.push_back(class_row(member));
    }
    for (const json::Value& row : *object(document, "metrics", json::Value::Type::kArray).array()) {
      data.metrics.push_back(metric_row(row, data.classes));
      if (!ids_.insert(data.metrics.back().id).second) {
        broken(row, "a second metric '" + data.metrics.back().id + "'");
      }
      if (row.find("one_stat") != nullptr) {
        data.of_one_stat.insert(data.metrics.back().id);
      }
    }
    return data;
  }

 private:
  [[noreturn]] void broken(const json::Value& at, const std::string& what) const {
    throw InternalError(to_string(location_of(path_, at)) + ": " + what);
  }

  void check_keys(const json::Value& value, const std::set<std::string>& known) const {
    if (!value.is_object()) {
      broken(value, "no object");
    }
    for (const json::Member& member : *value.object()) {
      if (known.count(member.key) == 0) {
        broken(member.value, "unknown key '" + member.key + "'");
      }
    }
  }

  const json::Value& object(const json::Value& value, std::string_view key,
                            json::Value::Type type = json::Value::Type::kObject) const {
    const json::Value* found = value.find(key);
    if (found == nullptr || found->type() != type) {
      broken(value, "'" + std::string(key) + "' is missing or of another type");
    }
    return *found;
  }

  const std::string& text(const json::Value& value, std::string_view key) const {
    return *object(value, key, json::Value::Type::kString).string();
  }

  std::vector<std::string> texts(const json::Value& value, std::string_view key) const {
    std::vector<std::string> out;
    for (const json::Value& one : *object(value, key, json::Value::Type::kArray).array()) {
      if (one.string() == nullptr) {
        broken(one, "no string");
      }
      out.push_back(*one.string());
    }
    return out;
  }

  Unit unit(const json::Value& value) const {
    const Expected<UnitName> name = parse_unit(text(value, "unit"));
    if (!name || name->scale != 1) {
      broken(value, "not the name of a base unit");
    }
    return name->unit;
  }

  double quantity(const json::Value& value, std::string_view key, Unit unit) const {
    const Expected<double> read = parse_quantity(text(value, key), unit);
    if (!read) {
      broken(value, read.error().message);
    }
    return *read;
  }

  ClassDefaults class_row(const json::Member& member) const {
    check_keys(member.value, {"unit", "floor_absolute", "floor_relative", "compared"});
    ClassDefaults row;
    if (!parse_metric_class(member.key, row.metric_class)) {
      broken(member.value, "unknown class '" + member.key + "'");
    }
    row.unit = unit(member.value);
    row.compared = text(member.value, "compared");
    row.floor_absolute = quantity(member.value, "floor_absolute", row.unit);
    row.floor_relative = quantity(member.value, "floor_relative", Unit::kRatio);
    return row;
  }

  Metric metric_row(const json::Value& value, const std::vector<ClassDefaults>& classes) const {
    check_keys(value,
               {"id", "aliases", "title", "description", "advice", "unit", "direction", "class", "stat", "one_stat",
                "labels", "exact_limit", "proven_limit", "floor_absolute", "floor_relative", "example"});
    Metric metric;
    metric.id = text(value, "id");
    metric.title = text(value, "title");
    metric.description = text(value, "description");
    metric.advice = text(value, "advice");
    metric.unit = unit(value);
    metric.labels = texts(value, "labels");
    metric.example = text(value, "example");
    if (value.find("aliases") != nullptr) {
      metric.aliases = texts(value, "aliases");
    }
    const std::string& direction = text(value, "direction");
    if (direction != "lower" && direction != "higher") {
      broken(value, "the direction is lower or higher");
    }
    metric.direction = direction == "lower" ? Direction::kLowerIsBetter : Direction::kHigherIsBetter;
    if (!parse_metric_class(text(value, "class"), metric.metric_class)) {
      broken(value, "unknown class");
    }
    if (!parse_stat(text(value, "stat"), metric.stat)) {
      broken(value, "unknown stat");
    }
    metric.exact_limit = value.find("exact_limit") != nullptr;
    if (metric.exact_limit && metric.metric_class != MetricClass::kRate) {
      broken(value, "exact_limit is for rates");
    }
    metric.proven_limit = value.find("proven_limit") != nullptr;
    if (metric.proven_limit && (metric.metric_class != MetricClass::kRate || metric.exact_limit)) {
      broken(value, "proven_limit is for rates without exact_limit");
    }
    const auto defaults = std::find_if(classes.begin(), classes.end(),
                                       [&](const ClassDefaults& c) { return c.metric_class == metric.metric_class; });
    const bool own_floor = value.find("floor_absolute") != nullptr;
    if (defaults == classes.end() || (!own_floor && defaults->unit != metric.unit)) {
      broken(value, "no floor in the metric's unit");
    }
    metric.floor_absolute = own_floor ? quantity(value, "floor_absolute", metric.unit) : defaults->floor_absolute;
    metric.floor_relative = value.find("floor_relative") != nullptr ? quantity(value, "floor_relative", Unit::kRatio)
                                                                    : defaults->floor_relative;
    return metric;
  }

  const std::string& path_;
  std::set<std::string> ids_;
};

}  // namespace

MetricData read_metrics(const std::string& path, std::string_view bytes) {
  const ExpectedAll<json::Value> document = json::read_json(path, bytes);
  if (!document) {
    throw InternalError(to_string(document.error().front()));
  }
  return Reader(path).read(*document);
}

}  // namespace budgetcheck
