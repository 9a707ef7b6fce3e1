#include <algorithm>
#include <cmath>
#include <limits>

#include "base/number.h"
#include "collect/series/series.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr double kMsPerSecond = 1000;

/// "12.5", "NaN", "+Inf"; nothing for anything else.
std::optional<double> value_of(const json::Value& value) {
  if (value.number() != nullptr) {
    return *value.number();
  }
  if (value.string() == nullptr) {
    return std::nullopt;
  }
  const std::string& text = *value.string();
  if (text == "NaN") {
    return std::numeric_limits<double>::quiet_NaN();
  }
  if (text == "+Inf" || text == "Inf" || text == "-Inf") {
    return text == "-Inf" ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
  }
  return parse_number(text);
}

void add_point(const json::Value& point, Series& series, QueryAnswer& answer) {
  const json::Array* pair = point.array();
  const double* at = pair != nullptr && pair->size() == 2 ? (*pair)[0].number() : nullptr;
  const std::optional<double> value = at != nullptr ? value_of((*pair)[1]) : std::nullopt;
  if (!value) {
    ++answer.broken;
    return;
  }
  series.at.push_back(*at * kMsPerSecond);
  series.value.push_back(*value);
}

}  // namespace

std::string_view Series::label(std::string_view wanted) const {
  for (const auto& [key, text] : labels) {
    if (key == wanted) {
      return text;
    }
  }
  return {};
}

Expected<QueryAnswer> read_query_answer(const std::string& path, const FileContent& content,
                                        const std::function<void(Series&&)>& take) {
  QueryAnswer answer;
  json::Selector selector;
  selector.keep("status").keep("error").keep("warnings").keep("data/resultType");
  selector.keep("data/result/*/metric").keep("data/result/*/values").keep("data/result/*/value");
  selector.each("data/result/*", [&](std::string_view /*key*/, json::Value&& one) {
    Series series;
    if (const json::Value* metric = one.find("metric"); metric != nullptr && metric->is_object()) {
      for (const json::Member& label : *metric->object()) {
        if (label.value.string() == nullptr) {
          continue;
        }
        if (label.key == "__name__") {
          series.name = *label.value.string();
        } else {
          series.labels.emplace_back(label.key, *label.value.string());
        }
      }
    }
    if (const json::Value* values = one.find("values"); values != nullptr && values->array() != nullptr) {
      for (const json::Value& point : *values->array()) {
        add_point(point, series, answer);
      }
    } else if (const json::Value* value = one.find("value")) {
      add_point(*value, series, answer);
    }
    take(std::move(series));
    return true;
  });
  const Expected<json::Value> rest = json::select(path, content, selector);
  if (!rest) {
    return tl::unexpected(rest.error());
  }
  answer.status = rest->string_or("status", "");
  answer.error = rest->string_or("error", "");
  const json::Value* type = rest->at({"data", "resultType"});
  answer.type = type != nullptr && type->string() != nullptr ? *type->string() : "";
  const json::Value* warnings = rest->find("warnings");
  if (warnings != nullptr && warnings->array() != nullptr) {
    for (const json::Value& warning : *warnings->array()) {
      if (warning.string() != nullptr) {
        answer.warnings.push_back(*warning.string());
      }
    }
  }
  return answer;
}

bool is_query_answer(std::string_view head, const std::vector<std::string>& top_keys) {
  const auto has = [&](std::string_view key) {
    return std::find(top_keys.begin(), top_keys.end(), key) != top_keys.end();
  };
  return has("status") &&
         ((has("data") && head.find("\"resultType\"") != std::string_view::npos) || (has("errorType") && has("error")));
}

}  // namespace budgetcheck
