#include "budget/sections/loading.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "json/schema/schema.h"

namespace budgetcheck {

Faults::Faults(const Errors& errors) {
  for (const Error& error : errors) {
    places_.emplace(error.location.line, error.location.column);
  }
}

bool Faults::within(const json::Value& value) const {
  if (none()) {
    return false;
  }
  if (places_.contains({value.line, value.column})) {
    return true;
  }
  if (const json::Array* elements = value.array()) {
    return std::any_of(elements->begin(), elements->end(), [&](const json::Value& one) { return within(one); });
  }
  const json::Object* members = value.object();
  return members != nullptr && std::any_of(members->begin(), members->end(), [&](const json::Member& member) {
           return at(member) || within(member.value);
         });
}

bool Faults::at(const json::Member& member) const { return places_.contains({member.line, member.column}); }

bool Loading::is_certain(const json::Value& entry, std::initializer_list<std::string_view> keys) const {
  if (faults.none()) {
    return true;
  }
  const json::Object* members = entry.object();
  return members != nullptr && std::all_of(keys.begin(), keys.end(), [&](std::string_view key) {
           if (const json::Value* value = entry.find(key)) {
             return !faults.within(*value);
           }
           return std::none_of(members->begin(), members->end(), [&](const json::Member& member) {
             return faults.at(member) && is_misspelt(member.key, key);
           });
         });
}

bool is_misspelt(std::string_view key, std::string_view name) {
  return !json::did_you_mean(key, {std::string(name)}).empty();
}

std::string text_of(const json::Value& object, std::string_view key) { return std::string(object.string_or(key, "")); }

Labels labels_of(Loading& loading, const json::Value* where) {
  Labels labels;
  const json::Object* members = where == nullptr ? nullptr : where->object();
  if (members == nullptr) {
    return labels;
  }
  constexpr std::size_t kMaxLabels = 64;
  if (members->size() > kMaxLabels) {
    loading.error(loading.at(*where), fmt::format("'where' has more than {} labels", kMaxLabels));
    return labels;
  }
  for (const json::Member& member : *members) {
    if (const std::string* text = member.value.string()) {
      labels.set(member.key, *text);
    } else if (const double* number = member.value.number()) {
      labels.set(member.key, format_number(*number));
    } else if (const bool* flag = member.value.boolean()) {
      labels.set(member.key, *flag ? "true" : "false");
    }
  }
  return labels;
}

void check_labels(Loading& loading, const Metric& metric, const json::Value* where) {
  const json::Object* members = where == nullptr ? nullptr : where->object();
  if (members == nullptr || metric.labels.empty()) {
    return;
  }
  for (const json::Member& member : *members) {
    if (loading.has_enough_errors()) {
      return;
    }
    if (std::find(metric.labels.begin(), metric.labels.end(), member.key) == metric.labels.end()) {
      std::string hint = json::did_you_mean(member.key, metric.labels);
      loading.error(loading.at(member),
                    fmt::format("'{}' has no label '{}'", printable(metric.id), printable(member.key)),
                    hint.empty() ? fmt::format("its labels: {}", join(metric.labels, ", ")) : std::move(hint));
    }
  }
}

std::string date_of(Loading& loading, const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  const std::string* text = value == nullptr ? nullptr : value->string();
  if (text == nullptr) {
    return {};
  }
  // Another form than YYYY-MM-DD is the schema's to report.
  const bool has_form =
      text->size() == 10 && (*text)[4] == '-' && (*text)[7] == '-' &&
      std::all_of(text->begin(), text->end(), [](char c) { return c == '-' || (c >= '0' && c <= '9'); });
  if (has_form && !is_date(*text)) {
    loading.error(loading.at(*value), fmt::format("'{}' is '{}', a day that does not exist", key, *text),
                  "write an existing day as YYYY-MM-DD");
  }
  return *text;
}

std::optional<double> share_of(Loading& loading, const json::Value& object, std::string_view key) {
  const json::Value* value = object.find(key);
  const std::string* text = value == nullptr ? nullptr : value->string();
  const double* number = value == nullptr ? nullptr : value->number();
  if (number != nullptr && *number > 1) {  // whoever writes 99 means 99%, but 1 may be either
    loading.error(loading.at(*value), fmt::format("'{}' is {}, which is more than all", key, format_number(*number)),
                  fmt::format("write it with its sign: {}%", format_number(*number)));
    return std::nullopt;
  }
  if ((text == nullptr || text->empty()) && number == nullptr) {
    return std::nullopt;
  }
  const std::optional<double> share = quantity_of(loading, key, *value, Unit::kRatio);
  if (share && (*share < 0 || *share > 1)) {
    loading.error(loading.at(*value),
                  fmt::format("'{}' is '{}', which is not between 0% and 100%", key,
                              text == nullptr ? format_number(*number) : printable(*text)),
                  "write it with its sign: 99%");
    return std::nullopt;
  }
  return share;
}

std::optional<double> quantity_of(Loading& loading, std::string_view key, const json::Value& value, Unit unit,
                                  std::string_view extra_hint) {
  std::string text;
  if (const std::string* written = value.string()) {
    text = *written;
  } else if (const double* number = value.number()) {
    text = format_number(*number);
  }
  if (text.empty()) {
    return std::nullopt;
  }
  const Expected<double> quantity = parse_quantity(text, unit);
  if (!quantity) {
    loading.error(loading.at(value), fmt::format("'{}': {}", printable(key), quantity.error().message),
                  quantity.error().hint + std::string(extra_hint));
    return std::nullopt;
  }
  return *quantity;
}

}  // namespace budgetcheck
