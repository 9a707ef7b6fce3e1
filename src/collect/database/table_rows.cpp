#include "collect/database/table_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/byte_order_mark.h"
#include "base/number.h"
#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/account.h"
#include "collect/text/delimited.h"
#include "collect/text/first_lines.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxTables = 100'000;
constexpr std::size_t kMaxName = 200;
constexpr std::string_view kHint =
    "export it, for example: psql --csv -c \"SELECT schemaname, relname, n_live_tup FROM pg_stat_user_tables\"; or "
    "write "
    "lines 'table,rows', or {\"tables\": {\"posts\": 20000}}";

constexpr std::array<std::string_view, 5> kTableNames{"relname", "table_name", "tablename", "tbl", "table"};
constexpr std::array<std::string_view, 8> kRowNames{"n_live_tup", "reltuples", "table_rows", "stat",
                                                    "rows",       "row_count", "n_rows",     "row_estimate"};
constexpr std::array<std::string_view, 4> kSchemaNames{"schemaname", "nspname", "table_schema", "schema"};

constexpr std::size_t kNone = SIZE_MAX;

template <std::size_t N>
std::size_t column_of(const std::vector<std::string>& names, const std::array<std::string_view, N>& wanted) {
  for (const std::string_view name : wanted) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found != names.end()) {
      return static_cast<std::size_t>(found - names.begin());
    }
  }
  return kNone;
}

/// Which fields of a row are wanted.
struct Columns {
  std::size_t table = kNone;
  std::size_t rows = kNone;
  std::size_t schema = kNone;
  bool sqlite = false;  ///< of "20000 12 1" the first number counts

  explicit Columns(const std::vector<std::string>& names)
      : table(column_of(names, kTableNames)),
        rows(column_of(names, kRowNames)),
        schema(column_of(names, kSchemaNames)),
        sqlite(rows != kNone && names[rows] == "stat") {}

  bool complete() const { return table != kNone && rows != kNone; }
};

/// A line that a client draws and that holds no row: "----+----", "(12 rows)".
bool is_drawing(std::string_view line) {
  const std::string_view text = trim(line);
  return text.empty() || text.find_first_not_of("+-=| ") == std::string_view::npos ||
         (text.starts_with('(') && (text.ends_with(" rows)") || text.ends_with(" row)")));
}

class TableRows {
 public:
  explicit TableRows(const Source& source) : source_(source) {}

  Expected<void> read() {
    const std::string_view text = without_byte_order_mark(source_.content->bytes());
    const std::string_view body = trim(text.substr(0, kSniffed));
    return body.starts_with('[') || body.starts_with('{') ? read_json() : read_table(text);
  }

  void report(Input& input, Facts& facts) {
    Account account(input);
    const bool empty = std::all_of(sizes_.begin(), sizes_.end(), [](const auto& size) { return size.second <= 0; });
    if (sizes_.empty() && unknown_ == 0) {
      account.incomplete("it names no table", kHint);
    } else if (empty) {
      account.incomplete("it has no row count of any table",
                         "gather statistics before the export: ANALYZE (MySQL: ANALYZE TABLE)");
    }
    if (unknown_ > 0) {
      account.note(fmt::format("{} without a row count", counted(unknown_, "table")));
    }
    if (too_many_) {
      account.incomplete(fmt::format("more than {} tables, and the rest were not read", kMaxTables), {});
    }
    for (auto& [name, rows] : sizes_) {
      facts.queries.table_sizes.push_back({name.first, name.second, rows});
    }
  }

 private:
  static constexpr std::size_t kSniffed = 4096;

  tl::unexpected<Error> refuse(std::string message, std::uint32_t line, std::string hint = std::string(kHint)) const {
    return fail(ErrorKind::kInput, std::move(message), {source_.path, line, 0, {}}, std::move(hint));
  }

  void put(std::string_view schema, std::string_view table, double rows) {
    const std::size_t dot = schema.empty() ? table.find('.') : std::string_view::npos;
    if (dot != std::string_view::npos && dot > 0) {
      schema = table.substr(0, dot);
      table.remove_prefix(dot + 1);
    }
    std::pair name{shorten(printable(schema), kMaxName), shorten(printable(table), kMaxName)};
    const auto found = sizes_.find(name);
    if (found != sizes_.end()) {
      found->second = std::max(found->second, rows);
    } else if (sizes_.size() >= kMaxTables) {
      too_many_ = true;
    } else {
      sizes_.emplace(std::move(name), rows);
    }
  }

  /// False when `text` is not a row count.
  bool add(std::string_view schema, std::string_view table, std::string_view text) {
    if (text.empty() || text == "NULL" || text == "\\N") {
      ++unknown_;
      return true;
    }
    const std::optional<double> rows = parse_number(text);
    return rows && add(schema, table, *rows);
  }

  bool add(std::string_view schema, std::string_view table, double rows) {
    if (rows == -1) {  // a table that was never analysed
      ++unknown_;
      return true;
    }
    if (rows < 0 || table.empty()) {
      return false;
    }
    put(schema, table, rows);
    return true;
  }

  Expected<void> read_table(std::string_view text) {
    std::size_t line_begin = 0;
    std::string_view header;
    while (line_begin < text.size() && header.empty()) {
      const std::size_t end = std::min(text.find('\n', line_begin), text.size());
      const std::string_view line = text.substr(line_begin, end - line_begin);
      header = is_drawing(line) ? std::string_view() : line;
      line_begin = end + 1;
    }
    if (header.empty()) {
      return refuse("the file is empty", 0);
    }
    const char separator = separator_of(header);
    DelimitedReader reader(text, separator, source_.content);
    std::optional<Columns> columns;
    while (reader.next()) {
      std::vector<std::string> fields = reader.fields();
      if (reader.broken()) {
        return refuse(reader.unclosed() ? "a field's quotes are not closed" : "a row is too long", reader.line());
      }
      if (fields.size() == 1 && is_drawing(fields[0])) {
        continue;
      }
      if (separator == '|' && std::all_of(fields.begin(), fields.end(), [](auto& f) { return is_drawing(f); })) {
        continue;
      }
      // mysql draws a frame around its rows.
      if (separator == '|' && fields.size() > 2 && trim(fields.front()).empty() && trim(fields.back()).empty()) {
        fields.erase(fields.begin());
        fields.pop_back();
      }
      if (!columns) {
        columns.emplace(header_names(fields));
        if (columns->complete()) {
          width_ = fields.size();
          continue;
        }
        if (fields.size() != 2 || !parse_number(trim(fields[1]))) {
          return refuse("it is not a list of tables and their row counts", reader.line());
        }
        columns.emplace(std::vector<std::string>{"table", "rows"});
        width_ = 2;
      }
      Expected<void> read = read_row(*columns, fields, reader.line());
      if (!read) {
        return read;
      }
    }
    return {};
  }

  Expected<void> read_row(const Columns& columns, const std::vector<std::string>& fields, std::uint32_t line) {
    if (fields.size() != width_) {
      return refuse("a row of " + counted(fields.size(), "field") + ", and the first row has " + std::to_string(width_),
                    line, "export it again, and let the step end");
    }
    std::string_view rows = trim(fields[columns.rows]);
    rows = columns.sqlite ? rows.substr(0, rows.find(' ')) : rows;
    if (!add(columns.schema == kNone ? std::string_view() : trim(fields[columns.schema]), trim(fields[columns.table]),
             rows)) {
      return refuse(quoted_name(fields[columns.table]) + " has no number of rows", line,
                    "write whole numbers, without signs and separators");
    }
    return {};
  }

  Expected<void> read_json() {
    json::Selector selector;
    selector.keep("*");
    json::SelectLimits limits;
    limits.json.max_depth = 16;
    const Expected<json::Value> document = json::select(source_.path, *source_.content, selector, limits);
    if (!document) {
      return tl::unexpected(document.error());
    }
    if (document->array() != nullptr) {
      for (std::size_t i = 0; i < document->array()->size(); ++i) {
        Expected<void> read = read_object((*document->array())[i], i);
        if (!read) {
          return read;
        }
      }
      return {};
    }
    const json::Value* tables = document->find("tables");
    const bool named = tables != nullptr && tables->is_object();
    const json::Value& map = named ? *tables : *document;
    if (map.object() == nullptr) {
      return refuse("it is not a list of tables and their row counts", 1);
    }
    for (const json::Member& member : *map.object()) {
      const bool number = member.value.is_number();
      if ((named && !number) || (number && !add({}, member.key, *member.value.number()))) {
        return refuse(quoted_name(member.key) + " has no number of rows", line_of(member.value),
                      "write whole numbers: {\"tables\": {\"posts\": 20000}}");
      }
    }
    if (sizes_.empty() && unknown_ == 0 && !named && !map.object()->empty()) {
      return refuse("it is not a list of tables and their row counts", 1);
    }
    return {};
  }

  Expected<void> read_object(const json::Value& object, std::size_t index) {
    std::vector<std::string> names;
    const json::Object* members = object.object();
    for (std::size_t i = 0; members != nullptr && i < members->size(); ++i) {
      names.push_back(lower((*members)[i].key));
    }
    const Columns columns(names);
    if (!columns.complete()) {
      return refuse("entry " + std::to_string(index + 1) + " names no table and rows", line_of(object));
    }
    const auto text = [&](std::size_t i) {
      const json::Value& value = (*members)[i].value;
      return value.string() != nullptr   ? *value.string()
             : value.number() != nullptr ? format_number(*value.number())
                                         : std::string();
    };
    std::string rows = text(columns.rows);
    if (columns.sqlite) {
      rows.resize(std::min(rows.find(' '), rows.size()));
    }
    const std::string table = text(columns.table);
    if (table.empty() || !add(columns.schema == kNone ? std::string() : text(columns.schema), table, rows)) {
      return refuse("entry " + std::to_string(index + 1) + " has no number of rows", line_of(object));
    }
    return {};
  }

  std::uint32_t line_of(const json::Value& value) const {
    const std::string_view bytes = source_.content->bytes();
    const std::size_t at = std::min<std::size_t>(value.offset, bytes.size());
    return 1 +
           static_cast<std::uint32_t>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  }

  const Source& source_;
  std::map<std::pair<std::string, std::string>, double> sizes_;
  std::size_t width_ = 0;
  std::size_t unknown_ = 0;
  bool too_many_ = false;
};

bool recognises_object(const Sniff& sniff) {
  // {"tables": {"posts": 20000}}: other tools may write a list under that name.
  const std::size_t at = sniff.head.find("\"tables\"");
  if (!sniff.has("tables") || at == std::string_view::npos) {
    return false;
  }
  const std::string_view rest = trim(sniff.head.substr(at + std::string_view("\"tables\"").size()));
  return rest.starts_with(':') && trim(rest.substr(1)).starts_with('{');
}

bool recognises_list(const Sniff& sniff) {
  class FirstKeys final : public json::Events {
   public:
    bool null() override { return true; }
    bool boolean(bool /*value*/) override { return true; }
    bool number(double /*value*/) override { return true; }
    bool string(std::string_view /*value*/) override { return true; }
    bool key(std::string_view name) override {
      keys.push_back(lower(name.substr(0, kMaxName)));
      return keys.size() < DelimitedReader::kMaxFields;
    }
    bool begin_object() override { return true; }
    bool end_object() override { return false; }
    bool begin_array() override { return true; }
    bool end_array() override { return false; }
    std::vector<std::string> keys;
  };
  FirstKeys events;
  const std::string head(sniff.head);
  (void)json::parse_text("", head, events);
  return Columns(events.keys).complete();
}

bool recognises(const Sniff& sniff) {
  if (sniff.is_object) {
    return recognises_object(sniff);
  }
  if (sniff.is_array) {
    return recognises_list(sniff);
  }
  for (FirstLines lines(sniff.head); lines.next();) {
    if (!is_drawing(lines.line())) {
      DelimitedReader row(lines.line(), separator_of(lines.line()));
      return row.next() && Columns(header_names(row.fields())).complete();
    }
  }
  return false;
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  TableRows rows(source);
  Expected<void> read = rows.read();
  if (!read) {
    return read;
  }
  rows.report(input, facts);
  return {};
}

}  // namespace

Format table_rows_format() {
  Format format{"table-rows", {}, recognises, collect};
  format.page =
      "How many rows the tables have, exported as CSV or JSON: name it as `table_rows: rows.csv` at the top of the "
      "budgets file, or with `--table-rows`.";
  format.named_by = "table_rows";
  format.is_named_at_top = true;
  return format;
}

}  // namespace budgetcheck
