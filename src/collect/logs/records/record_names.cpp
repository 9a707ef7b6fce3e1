#include "collect/logs/records/record_names.h"

#include <algorithm>
#include <array>
#include <string>

#include "collect/logs/records/record_fields.h"

namespace budgetcheck::records {
namespace {

using json::LineField;
using Type = LineField::Type;

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_text(const LineField& field) { return field.type == Type::kString && !field.raw.empty(); }
bool is_scalar(const LineField& field) { return is_text(field) || field.type == Type::kNumber; }

/// Objects in a record that are of its caller, its answer or an error.
constexpr std::array<std::string_view, 14> kForeign{"req",    "request", "res",   "response", "headers",
                                                    "http",   "err",     "error", "body",     "query",
                                                    "params", "url",     "user",  "client"};

/// The rank of a name in a list of preferred ones.
struct Ranked {
  std::string_view parent;
  std::string_view key;
  std::size_t rank;
};

template <std::size_t N>
std::size_t rank_in(const std::array<Ranked, N>& names, const LineField& field) {
  for (const Ranked& name : names) {
    if (name.parent == field.parent && name.key == field.key) {
      return name.rank;
    }
  }
  return kNever;
}

constexpr std::array kLoggers{
    Ranked{"", "logger", 1},      Ranked{"", "log.logger", 1},    Ranked{"log", "logger", 1},
    Ranked{"", "logger_name", 2}, Ranked{"", "loggerName", 2},    Ranked{"", "logger.name", 2},
    Ranked{"logger", "name", 2},  Ranked{"_logMeta", "name", 3},  Ranked{"_meta", "name", 3},
    Ranked{"", "component", 4},   Ranked{"", "SourceContext", 4}, Ranked{"Properties", "SourceContext", 4},
    Ranked{"", "Category", 5},    Ranked{"", "module", 5},        Ranked{"", "context", 6},
    Ranked{"", "channel", 6},     Ranked{"", "subsystem", 7},     Ranked{"", "label", 7},
    Ranked{"", "name", 8},        Ranked{"record", "name", 8},
};

constexpr std::array kServices{
    Ranked{"", "service", 1},
    Ranked{"", "service.name", 1},
    Ranked{"service", "name", 1},
    Ranked{"", "serviceName", 2},
    Ranked{"", "service_name", 2},
    Ranked{"resource", "service.name", 2},
    Ranked{"attributes", "service.name", 3},
    Ranked{"dd", "service", 3},
    Ranked{"", "dd.service", 3},
    Ranked{"", "otelServiceName", 3},
    Ranked{"", "app", 4},
    Ranked{"", "application", 4},
    Ranked{"", "appName", 5},
    Ranked{"", "app_name", 5},
    Ranked{"app", "name", 5},
};

constexpr std::array<std::string_view, 9> kLevels{"level",   "lvl", "severity",   "loglevel",    "levelname",
                                                  "levelno", "@l",  "levelvalue", "severitytext"};
constexpr std::array<std::string_view, 8> kMessages{"msg", "message", "event",        "text",
                                                    "@m",  "@mt",     "shortmessage", "body"};
constexpr std::array<std::string_view, 9> kTimes{"time",     "timestamp", "ts",   "@timestamp", "@t",
                                                 "datetime", "asctime",   "date", "t"};
constexpr std::array<std::string_view, 5> kTraces{"traceid", "ddtraceid", "oteltraceid", "@tr",
                                                  "logginggoogleapiscom/trace"};
constexpr std::array<std::string_view, 5> kSpans{"spanid", "ddspanid", "otelspanid", "@sp",
                                                 "logginggoogleapiscom/spanid"};

bool has(const std::vector<LineField>& fields, std::string_view parent, std::string_view key) {
  return std::any_of(fields.begin(), fields.end(),
                     [&](const LineField& field) { return field.parent == parent && field.key == key; });
}

const LineField* find(const std::vector<LineField>& fields, std::string_view key) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const LineField& field) { return field.parent.empty() && field.key == key; });
  return found == fields.end() ? nullptr : &*found;
}

bool has_parent(const std::vector<LineField>& fields, std::string_view parent) {
  return std::any_of(fields.begin(), fields.end(), [&](const LineField& field) { return field.parent == parent; });
}

/// Libraries whose records have the level as a word.
std::string_view library_of_words(const std::vector<LineField>& fields, const LineField& level) {
  const LineField* time = find(fields, "time");
  const bool has_message = has(fields, "", "message");
  if (has(fields, "", "msg")) {
    if (has(fields, "", "ts")) {
      return "zap";
    }
    const bool is_upper = !level.raw.empty() && level.raw.front() >= 'A' && level.raw.front() <= 'Z';
    return time == nullptr                                         ? ""
           : is_upper                                              ? "slog"
           : has(fields, "", "hostname") || has(fields, "", "pid") ? "pino"
                                                                   : "logrus";
  }
  if (has(fields, "", "event") && !has_message) {
    return "structlog";
  }
  const LineField* stamp = find(fields, "timestamp");
  if (has_message && stamp != nullptr && stamp->type == Type::kNumber && has(fields, "", "pid")) {
    return "nest";
  }
  if (has_message && time != nullptr && stamp == nullptr) {
    return "zerolog";
  }
  return has_message ? "winston" : "";
}

}  // namespace

Role role_of(const LineField& field) {
  const std::string key = plain_name(field.key);
  if (field.parent.empty()) {
    if (is_one_of(key, kLevels) && is_scalar(field)) {
      return Role::kLevel;
    }
    if (is_one_of(key, kMessages) && field.type != Type::kLiteral) {
      return Role::kMessage;
    }
    if (is_one_of(key, kTimes) && is_scalar(field)) {
      return Role::kTime;
    }
  } else if (is_one_of(plain_name(field.parent), kForeign)) {
    return Role::kNone;
  }
  if (!is_scalar(field)) {
    return Role::kNone;
  }
  const std::string parent = plain_name(field.parent);
  if (parent == "log" && key == "level") {
    return Role::kLevel;
  }
  if (is_one_of(key, kTraces) || (parent == "trace" && key == "id")) {
    return Role::kTrace;
  }
  if (is_one_of(key, kSpans) || (parent == "span" && key == "id")) {
    return Role::kSpan;
  }
  if (key == "traceparent") {
    return Role::kTraceparent;
  }
  return Role::kNone;
}

std::size_t logger_rank(const LineField& field, bool is_python) {
  if (!is_text(field)) {
    return kNever;
  }
  if (is_python && field.parent.empty() && field.key == "name") {
    return 0;
  }
  return rank_in(kLoggers, field);
}

std::size_t service_rank(const LineField& field) { return is_text(field) ? rank_in(kServices, field) : kNever; }

bool is_python(const std::vector<LineField>& fields) {
  return has(fields, "", "levelname") || has(fields, "", "funcName") || has(fields, "", "lineno");
}

std::string_view library_of(const std::vector<LineField>& fields) {
  if (has_parent(fields, "_logMeta") || has_parent(fields, "_meta")) {
    return "tslog";
  }
  if (has_parent(fields, "record") && has(fields, "", "text")) {
    return "loguru";
  }
  if (has(fields, "", "ecs.version") || has_parent(fields, "ecs")) {
    return "ecs";
  }
  if (has(fields, "", "@t") || has(fields, "", "@mt")) {
    return "serilog";
  }
  if (is_python(fields)) {
    return "python";
  }
  if (has(fields, "", "logger_name") || has(fields, "", "loggerName") || has(fields, "", "level_value")) {
    return "java";
  }
  const LineField* level = find(fields, "level");
  if (level == nullptr) {
    return "";
  }
  if (level->type == Type::kNumber) {
    return has(fields, "", "v") && has(fields, "", "hostname") && has(fields, "", "name") ? "bunyan" : "pino";
  }
  return library_of_words(fields, *level);
}

}  // namespace budgetcheck::records
