#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/number.h"
#include "base/text.h"
#include "budget/sections/loading.h"

namespace budgetcheck {
namespace {

using On = TelemetryRequirement::On;

const json::Value kNothing;

const json::Value& member_of(const json::Value& object, std::string_view key) {
  const json::Value* found = object.find(key);
  return found == nullptr ? kNothing : *found;
}

On on_of(std::string_view text) {
  return text == "consumer" ? On::kConsumer
         : text == "client" ? On::kClient
         : text == "db"     ? On::kDb
         : text == "log"    ? On::kLog
                            : On::kServer;
}

/// The texts of a list; one that stands there twice is an error.
std::vector<std::string> texts_of(Loading& loading, const json::Value& object, std::string_view key) {
  std::vector<std::string> texts;
  const json::Array* list = member_of(object, key).array();
  if (list == nullptr) {
    return texts;
  }
  std::set<std::string_view> seen;
  for (const json::Value& value : *list) {
    const std::string* text = value.string();
    if (text == nullptr || text->empty()) {
      continue;  // the schema's to report
    }
    if (!seen.insert(*text).second) {
      loading.error(loading.at(value), fmt::format("'{}' lists '{}' twice", key, printable(*text)),
                    "remove one of the two");
      continue;
    }
    texts.push_back(*text);
  }
  return texts;
}

/// A share in percent: "99%", or 0.99.
std::optional<double> percent_of(Loading& loading, const json::Value& object, std::string_view key) {
  const std::optional<double> share = share_of(loading, object, key);
  // 0.07 * 100 is a little more than 7.
  return share ? parse_number(format_rounded(*share * 100, 9)).value_or(*share * 100) : share;
}

/// Days of "14d", "36h", "2 w"; 0 when it is not given, or the schema has a complaint.
double days_of(const json::Value& object, std::string_view key) {
  const std::string* text = member_of(object, key).string();
  if (text == nullptr) {
    return 0;
  }
  const LeadingNumber number = leading_number(*text);
  if (number.end == nullptr || number.value <= 0) {
    return 0;
  }
  const std::string_view unit =
      trim(std::string_view(*text).substr(static_cast<std::size_t>(number.end - text->data())));
  return unit == "d" ? number.value : unit == "w" ? number.value * 7 : unit == "h" ? number.value / 24 : 0;
}

class TelemetryLoader {
 public:
  explicit TelemetryLoader(Loading& loading) : loading_(loading), out_(loading.file.telemetry) {}

  void load(const json::Value& value) {
    out_.location = loading_.at(value);
    if (const json::Array* required = member_of(value, "required").array()) {
      for (const json::Value& entry : *required) {
        if (loading_.has_enough_errors()) {
          return;
        }
        load_requirement(entry);
      }
    }
    load_personal_data(member_of(value, "personal_data"));
    load_retention(member_of(value, "retention"));
    load_sampling(member_of(value, "sampling"));
    load_collector(member_of(value, "collector"));
  }

 private:
  void load_requirement(const json::Value& entry) {
    if (!entry.is_object()) {
      return;
    }
    TelemetryRequirement requirement;
    requirement.location = loading_.at(entry);
    requirement.on = on_of(entry.string_or("on", ""));
    requirement.attributes = texts_of(loading_, entry, "attributes");
    requirement.scope = entry.string_or("scope", "") == "span" ? TelemetryRequirement::Scope::kSpan
                                                               : TelemetryRequirement::Scope::kTrace;
    requirement.min_percent = percent_of(loading_, entry, "min").value_or(100);
    requirement.routes = texts_of(loading_, entry, "routes");
    if (requirement.on == On::kLog) {
      for (const char* key : {"scope", "routes"}) {
        if (const json::Value* given = entry.find(key)) {
          loading_.error(
              loading_.at(*given), fmt::format("'{}' says nothing of log records", key),
              fmt::format("remove it: only spans have a {}", std::string_view(key) == "scope" ? "scope" : "route"));
        }
      }
    }
    check_routes(entry);
    out_.required.push_back(std::move(requirement));
  }

  void check_routes(const json::Value& entry) {
    const json::Array* routes = member_of(entry, "routes").array();
    if (routes == nullptr) {
      return;
    }
    for (const json::Value& value : *routes) {
      const std::string* text = value.string();
      if (text != nullptr && *text == "!") {
        loading_.error(loading_.at(value), "'!' leaves out no route", "name one behind it: \"!/health\"");
      }
    }
  }

  void load_personal_data(const json::Value& value) {
    if (!value.is_object()) {
      return;
    }
    PersonalDataSettings settings;
    settings.location = loading_.at(value);
    settings.allow = texts_of(loading_, value, "allow");
    settings.ignore_fields = texts_of(loading_, value, "ignore_fields");
    // A list with "*" alone would switch the search off without a word.
    for (const char* key : {"allow", "ignore_fields"}) {
      const json::Array* list = member_of(value, key).array();
      if (list == nullptr) {
        continue;
      }
      for (const json::Value& one : *list) {
        const std::string* text = one.string();
        if (text != nullptr && !text->empty() && text->find_first_not_of('*') == std::string::npos) {
          loading_.error(loading_.at(one), fmt::format("'{}' in '{}' takes in everything", printable(*text), key),
                         "name what is no personal data, or remove personal_data to look for none");
        }
      }
    }
    out_.personal_data = std::move(settings);
  }

  void load_retention(const json::Value& value) {
    if (!value.is_object()) {
      return;
    }
    Retention retention;
    retention.location = loading_.at(value);
    retention.traces_days = days_of(value, "traces");
    retention.logs_days = days_of(value, "logs");
    retention.approved_by = trim(text_of(value, "approved_by"));
    retention.review_by = date_of(loading_, value, "review_by");
    const json::Value* review = value.find("review_by");
    retention.review_location = review == nullptr ? retention.location : loading_.at(*review);
    out_.retention = std::move(retention);
  }

  void load_sampling(const json::Value& value) {
    if (!value.is_object()) {
      return;
    }
    Sampling sampling;
    sampling.location = loading_.at(value);
    const bool* keep_errors = member_of(value, "keep_errors").boolean();
    sampling.keep_errors = keep_errors != nullptr && *keep_errors;
    if (const json::Value* slow = value.find("keep_slower_than")) {
      sampling.keep_slower_than_ms = quantity_of(loading_, "keep_slower_than", *slow, Unit::kMilliseconds).value_or(0);
      const double* number = slow->number();
      const std::string* text = slow->string();
      const std::optional<double> bare = text == nullptr ? std::nullopt : parse_number(*text);
      if ((number != nullptr && *number == 0) || (bare && *bare == 0)) {
        loading_.error(loading_.at(*slow), "'keep_slower_than' is 0, so every trace would be kept",
                       "write the time from which a trace is slow, or remove it");
      }
    }
    const json::Value& baseline = member_of(value, "baseline");
    if (baseline.is_object()) {
      sampling.baseline_min_percent = percent_of(loading_, baseline, "min");
      sampling.baseline_max_percent = percent_of(loading_, baseline, "max");
      if (sampling.baseline_min_percent && sampling.baseline_max_percent &&
          *sampling.baseline_min_percent > *sampling.baseline_max_percent) {
        loading_.error(
            loading_.at(*baseline.find("min")),
            fmt::format("'min' is {}%, above 'max', which is {}%", format_number(*sampling.baseline_min_percent),
                        format_number(*sampling.baseline_max_percent)),
            "no share fits: exchange them, or correct one");
      }
    }
    out_.sampling = std::move(sampling);
  }

  void load_collector(const json::Value& value) {
    const std::string* path = value.string();
    if (path == nullptr || path->empty()) {
      return;
    }
    InputSpec input;
    input.path = *path;
    input.location = loading_.at(value);
    input.settings.set("collector", json::Value(true));
    out_.collector = std::move(input);
  }

  Loading& loading_;
  Telemetry& out_;
};

}  // namespace

void load_telemetry(Loading& loading, const json::Value& telemetry) { TelemetryLoader(loading).load(telemetry); }

}  // namespace budgetcheck
