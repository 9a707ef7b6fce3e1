#include <algorithm>
#include <vector>

#include "base/text.h"
#include "collect/database/postgres_log.h"
#include "collect/database/postgres_statements.h"
#include "collect/query_log/log_schema.h"
#include "collect/text/delimited.h"
#include "collect/text/first_lines.h"
#include "collect/text/text_lines.h"
#include "json/lines/line_fields.h"
#include "json/scan/escapes.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kSniffLines = 20;

/// The texts of one line of log_destination = jsonlog, still escaped.
struct JsonMessage {
  std::string_view severity;
  std::string_view text;
  std::string_view detail;
  std::string_view process;
};

JsonMessage message_of(const std::vector<json::LineField>& fields) {
  JsonMessage message;
  for (const json::LineField& field : fields) {
    if (!field.parent.empty()) {
      continue;
    }
    if (field.key == "error_severity") {
      message.severity = field.raw;
    } else if (field.key == "message") {
      message.text = field.raw;
    } else if (field.key == "detail") {
      message.detail = field.raw;
    } else if (field.key == "pid") {
      message.process = field.raw;
    }
  }
  return message;
}

bool recognises_json(const Sniff& sniff) {
  std::vector<json::LineField> fields;
  for (FirstLines lines(sniff.head, kSniffLines); lines.next();) {
    if (json::read_line_fields(lines.guarded(), fields)) {
      const JsonMessage message = message_of(fields);
      return !message.severity.empty() && !message.text.empty();
    }
  }
  return false;
}

Expected<void> collect_json(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  PostgresStatements statements(source, context);
  TextLines lines(*source.content);
  std::vector<json::LineField> fields;
  std::string text;
  std::string detail;
  bool cut = false;
  while (lines.next()) {
    if (trim(lines.line()).empty()) {
      continue;
    }
    statements.count_line();
    if (lines.too_long() || !json::read_line_fields(lines.line(), fields)) {
      statements.broken(lines.number());
      cut = lines.unended();
      continue;
    }
    const JsonMessage message = message_of(fields);
    if (message.severity != "LOG") {
      continue;
    }
    text.clear();
    detail.clear();
    if (!json::unescape(message.text, text) || !json::unescape(message.detail, detail)) {
      statements.broken(lines.number());
      continue;
    }
    statements.add({text, detail, message.process, lines.number(), true});
  }
  statements.report("postgres-jsonlog", cut, input, facts);
  return {};
}

// Columns of csvlog, which has no header. PostgreSQL adds new ones at the end.
constexpr std::size_t kProcess = 3;
constexpr std::size_t kSeverity = 11;
constexpr std::size_t kMessage = 13;
constexpr std::size_t kDetail = 14;
constexpr std::size_t kFewestColumns = 23;

bool is_csv_row(const std::vector<std::string>& fields) {
  constexpr std::string_view kDigits = "0123456789";
  return fields.size() >= kFewestColumns && fields[0].size() > 10 && fields[0][4] == '-' &&
         fields[kProcess].find_first_not_of(kDigits) == std::string::npos &&
         std::all_of(fields[kSeverity].begin(), fields[kSeverity].end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '1' && c <= '5'); }) &&
         !fields[kSeverity].empty();
}

bool recognises_csv(const Sniff& sniff) {
  DelimitedReader rows(sniff.head, ',');
  return !sniff.is_object && !sniff.is_array && rows.next() && is_csv_row(rows.fields());
}

Expected<void> collect_csv(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  PostgresStatements statements(source, context);
  DelimitedReader rows(source.content->bytes(), ',', source.content);
  bool cut = false;
  std::size_t width = 0;
  while (rows.next()) {
    statements.count_line();
    width = width == 0 ? rows.fields().size() : width;
    if (rows.broken() || !is_csv_row(rows.fields()) || rows.fields().size() != width) {
      statements.broken(rows.line());
      cut = rows.unended() || rows.unclosed();
      continue;
    }
    const std::vector<std::string>& fields = rows.fields();
    if (fields[kSeverity] == "LOG") {
      statements.add({fields[kMessage], fields[kDetail], fields[kProcess], rows.line(), true});
    }
  }
  statements.report("postgres-csvlog", cut, input, facts);
  return {};
}

}  // namespace

Format postgres_jsonlog_format() {
  Format format{"postgres-jsonlog", {"queries."}, recognises_json, collect_json};
  format.feeds = {FactKind::kStatements, FactKind::kSequences, FactKind::kRequestIds, FactKind::kAccessPaths};
  format.page =
      "The same as `log_destination = 'jsonlog'` writes it. `schema: prisma/schema.prisma` names the tables and "
      "indexes.";
  format.prepare = read_log_schema;
  return format;
}

Format postgres_csvlog_format() {
  Format format{"postgres-csvlog", {"queries."}, recognises_csv, collect_csv};
  format.feeds = {FactKind::kStatements, FactKind::kSequences, FactKind::kRequestIds, FactKind::kAccessPaths};
  format.page =
      "The same as `log_destination = 'csvlog'` writes it. `schema: prisma/schema.prisma` names the tables and "
      "indexes.";
  format.prepare = read_log_schema;
  return format;
}

}  // namespace budgetcheck
