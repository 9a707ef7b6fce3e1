#include "collect/text/envelope.h"

#include <algorithm>
#include <array>

namespace budgetcheck {
namespace {

struct Name {
  std::string_view parent;
  std::string_view key;
};

/// Those that are preferred come first: what a platform wraps holds the program's own line.
constexpr std::array kNames{
    Name{"", "textPayload"},         // Google Cloud
    Name{"", "@message"},            // CloudWatch Logs Insights
    Name{"jsonPayload", "message"},  // Google Cloud, of structured logs
    Name{"jsonPayload", "msg"},
    Name{"", "log"},  // docker, fluent-bit
    Name{"", "message"},
    Name{"", "msg"},
    Name{"", "Message"},
    Name{"", "MESSAGE"},  // journald
    Name{"", "_raw"},     // Splunk
    Name{"result", "_raw"},
    Name{"_source", "message"},  // Elasticsearch
    Name{"fields", "message"},
    Name{"content", "message"},  // Datadog
    Name{"attributes", "message"},
    Name{"", "short_message"},  // GELF
    Name{"", "body"},
    Name{"", "event"},
    Name{"", "text"},
    Name{"", "line"},
    Name{"", "log_s"},  // Azure Monitor
    Name{"", "LogMessage"},
};

constexpr std::array<std::string_view, 5> kQueries{"query", "sql", "statement", "db.statement", "db.query.text"};

}  // namespace

const json::LineField* message_of(const std::vector<json::LineField>& fields) {
  const json::LineField* best = nullptr;
  std::size_t rank = kNames.size();
  for (const json::LineField& field : fields) {
    if (field.type != json::LineField::Type::kString || field.raw.empty()) {
      continue;
    }
    for (std::size_t i = 0; i < rank; ++i) {
      if (kNames[i].key == field.key && kNames[i].parent == field.parent) {
        best = &field;
        rank = i;
      }
    }
  }
  return best;
}

std::optional<std::string_view> inner_query_object(std::string_view line) {
  std::vector<std::size_t> open;  // where the objects and lists around the place begin
  std::size_t wanted = SIZE_MAX;  // how many were open where the name stood
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '"') {
      const std::size_t begin = ++at;
      while (at < line.size() && line[at] != '"') {
        at += line[at] == '\\' ? 2U : 1U;
      }
      const std::string_view text = line.substr(begin, std::min(at, line.size()) - begin);
      const bool is_key = line.substr(std::min(at + 1, line.size())).starts_with(':') ||
                          line.substr(std::min(at + 1, line.size())).starts_with(" :");
      if (is_key && wanted == SIZE_MAX && std::find(kQueries.begin(), kQueries.end(), text) != kQueries.end()) {
        wanted = open.size();
      }
    } else if (c == '{' || c == '[') {
      open.push_back(at);
    } else if ((c == '}' || c == ']') && !open.empty()) {
      if (open.size() == wanted) {
        return line[open.back()] == '{'
                   ? std::optional<std::string_view>(line.substr(open.back(), at + 1 - open.back()))
                   : std::nullopt;
      }
      open.pop_back();
    }
  }
  return std::nullopt;
}

}  // namespace budgetcheck
