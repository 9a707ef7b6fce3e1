#include "collect/database/pg_stat_statements.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/byte_order_mark.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/database/psql_table.h"
#include "collect/query_log/builder.h"
#include "collect/query_log/log_schema.h"
#include "collect/text/delimited.h"
#include "collect/text/text_lines.h"
#include "json/stream/select.h"
#include "query/sql/restore_constants.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kWhenEmpty =
    "export what the application ran: \\copy (SELECT query, calls, total_exec_time, rows FROM pg_stat_statements) TO "
    "'pg_stat_statements.csv' CSV HEADER";
constexpr std::string_view kHidden = "<insufficient privilege>";
constexpr double kMaxCalls = 1e15;
constexpr std::size_t kLooked = std::size_t{64} << 10;  ///< as far as recognition looks

/// One statement's row; a number that is missing or no number is nothing.
struct Row {
  std::string query;
  std::optional<double> calls;
  std::optional<double> total_ms;
};

bool is_row_header(const std::vector<std::string>& names) {
  const auto has = [&](std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); };
  return has("query") && has("calls");
}

constexpr LogForm kForm{"pg_stat_statements", LogWriter::kTotals, "not a complete row", "line", kWhenEmpty};

class Statements {
 public:
  Statements(const Source& source, const CollectContext& context) : builder_(source, context) {
    builder_.written_by(Dialect::kPostgres);
  }

  void add(const Row& row, std::uint32_t line) {
    ++lines_.read;
    if (row.query == kHidden) {
      ++hidden_;
      return;
    }
    const bool counted = row.calls && *row.calls >= 0 && *row.calls <= kMaxCalls;
    if (row.query.empty() || !counted) {
      --lines_.read;
      broken(line);
      return;
    }
    const double total = row.total_ms && *row.total_ms >= 0 ? *row.total_ms : -1;
    builder_.add_totals(restore_constants(row.query), line, static_cast<std::uint64_t>(*row.calls), total);
  }

  void broken(std::uint32_t line) {
    ++lines_.read;
    lines_.add_broken(line);
  }

  /// The file ends in the middle of the last row.
  void cut() {
    lines_.forget_last_broken();
    cut_ = true;
  }

  void report(Input& input, Facts& facts) {
    Account account(input);
    builder_.describe(kForm, lines_, account);
    if (cut_) {
      account.incomplete("it ends in the middle of a row", "export it again, and let the step end");
    }
    if (hidden_ > 0) {
      account.incomplete(fmt::format("{} {} hidden from the user who exported them", counted(hidden_, "statement"),
                                     hidden_ == 1 ? "is" : "are"),
                         "export as a member of pg_read_all_stats");
    }
    builder_.report(kForm, account, facts);
  }

 private:
  QueryLogBuilder builder_;
  LineCounts lines_;
  std::uint64_t hidden_ = 0;
  bool cut_ = false;
};

/// total_time is what it was called up to PostgreSQL 12.
bool is_total(std::string_view name) { return name == "total_exec_time" || name == "total_time"; }

Row row_of(const json::Value& object) {
  Row row;
  if (object.object() == nullptr) {
    return row;
  }
  const auto number = [](const json::Value& value) {
    return value.number() != nullptr   ? std::optional<double>(*value.number())
           : value.string() != nullptr ? parse_number(*value.string())
                                       : std::nullopt;
  };
  for (const json::Member& member : *object.object()) {
    const std::string name = lower(member.key);
    if (name == "query" && member.value.string() != nullptr) {
      row.query = *member.value.string();
    } else if (name == "calls") {
      row.calls = number(member.value);
    } else if (is_total(name)) {
      row.total_ms = number(member.value);
    }
  }
  return row;
}

void want(json::Selector& selector, const std::string& front) {
  for (const char* name : {"query", "calls", "total_exec_time", "total_time", "QUERY", "CALLS"}) {
    selector.keep(front + name);
  }
}

std::uint32_t line_at(std::string_view bytes, std::size_t from, std::size_t to) {
  return static_cast<std::uint32_t>(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(from),
                                               bytes.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
}

Expected<void> collect_list(const Source& source, Statements& statements) {
  const std::string_view bytes = source.content->bytes();
  json::Selector selector;
  want(selector, "*/");
  std::size_t counted = 0;
  std::uint32_t line = 1;
  selector.each("*", [&](std::string_view /*key*/, json::Value&& value) {
    const std::size_t at = std::clamp<std::size_t>(value.offset, counted, bytes.size());
    line += line_at(bytes, counted, at);
    counted = at;
    statements.add(row_of(value), line);
    return true;
  });
  const Expected<json::Value> read = json::select(source.path, *source.content, selector);
  if (!read) {
    return tl::unexpected(read.error());
  }
  return {};
}

void collect_lines(const Source& source, Statements& statements) {
  TextLines lines(*source.content);
  while (lines.next()) {
    if (trim(lines.line()).empty()) {
      continue;
    }
    json::Selector selector;
    want(selector, "");
    const std::string text(lines.line());
    const Expected<json::Value> read = json::select_text(source.path, text, selector);
    if (read && !lines.too_long()) {
      statements.add(row_of(*read), lines.number());
      continue;
    }
    statements.broken(lines.number());
    if (lines.unended()) {
      statements.cut();
    }
  }
}

void collect_table(const Source& source, Statements& statements) {
  const std::string_view bytes = source.content->bytes();
  DelimitedReader rows(bytes, separator_of(bytes.substr(0, bytes.find('\n'))), source.content);
  if (!rows.next()) {
    return;
  }
  const std::vector<std::string> names = header_names(rows.fields());
  while (rows.next()) {
    const std::vector<std::string>& fields = rows.fields();
    if (rows.broken() || fields.size() != names.size()) {
      statements.broken(rows.line());
      if (rows.unclosed() || rows.unended()) {
        statements.cut();
      }
      continue;
    }
    Row row;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == "query") {
        row.query = fields[i];
      } else if (names[i] == "calls") {
        row.calls = parse_number(fields[i]);
      } else if (is_total(names[i])) {
        row.total_ms = parse_number(fields[i]);
      }
    }
    statements.add(row, rows.line());
  }
}

void collect_printed(const Source& source, Statements& statements) {
  for (PsqlRows rows(*source.content); rows.next();) {
    if (rows.broken()) {
      statements.broken(rows.line());
      continue;
    }
    Row row;
    for (const auto& [name, value] : rows.fields()) {
      if (name == "query") {
        row.query = value;
      } else if (name == "calls") {
        row.calls = parse_number(value);
      } else if (is_total(name)) {
        row.total_ms = parse_number(value);
      }
    }
    statements.add(row, rows.line());
  }
}

/// The keys of the first object, as far as the beginning of the file shows them.
class FirstKeys final : public json::Events {
 public:
  explicit FirstKeys(std::size_t limit) : limit_(limit) {}
  bool null() override { return go_on(); }
  bool boolean(bool /*value*/) override { return go_on(); }
  bool number(double /*value*/) override { return go_on(); }
  bool string(std::string_view /*value*/) override { return go_on(); }
  bool key(std::string_view name) override {
    if (depth_ == 1) {
      keys.push_back(lower(name.substr(0, 64)));
    }
    return go_on();
  }
  bool begin_object() override { return ++depth_, go_on(); }
  bool end_object() override { return --depth_ > 0 && go_on(); }
  bool begin_array() override { return ++arrays_ < 3 && go_on(); }
  bool end_array() override { return go_on(); }

  std::vector<std::string> keys;

 private:
  bool go_on() const {
    return keys.size() < DelimitedReader::kMaxFields && (position == nullptr || *position < limit_);
  }

  std::size_t limit_;
  std::size_t depth_ = 0;
  std::size_t arrays_ = 0;
};

bool recognises(const Sniff& sniff) {
  if (sniff.is_object || sniff.is_array) {
    FirstKeys events(sniff.head.size());
    const std::string head(sniff.head);
    (void)json::parse_text("", head, events);
    return is_row_header(events.keys);
  }
  if (is_row_header(PsqlRows::columns_of(sniff.head))) {
    return true;
  }
  const std::string_view header = sniff.head.substr(0, sniff.head.find('\n'));
  DelimitedReader rows(header, separator_of(header));
  return rows.next() && is_row_header(header_names(rows.fields()));
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  Statements statements(source, context);
  std::string_view text = without_byte_order_mark(source.content->bytes());
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  if (text.starts_with('[')) {
    Expected<void> read = collect_list(source, statements);
    if (!read) {
      return read;
    }
  } else if (text.starts_with('{')) {
    collect_lines(source, statements);
  } else if (is_row_header(PsqlRows::columns_of(text.substr(0, kLooked)))) {
    collect_printed(source, statements);
  } else {
    collect_table(source, statements);
  }
  statements.report(input, facts);
  return {};
}

}  // namespace

Format pg_stat_statements_format() {
  Format format{"pg_stat_statements", {"queries."}, recognises, collect};
  format.feeds = {FactKind::kStatements};
  format.is_given_as = "pg_stat_statements";
  format.looks_like = {"total_exec_time", "mean_exec_time", "queryid"};
  format.page =
      "An export of PostgreSQL's statistics: `psql --csv -c 'SELECT * FROM pg_stat_statements' > statements.csv`; "
      "what psql prints without `--csv` is read too. "
      "`schema: prisma/schema.prisma` names the tables and indexes.";
  format.prepare = read_log_schema;
  return format;
}

}  // namespace budgetcheck
