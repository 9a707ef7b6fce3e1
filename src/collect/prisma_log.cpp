#include "collect/prisma_log.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "collect/log_lines.h"
#include "collect/log_record.h"
#include "collect/mapped_record.h"
#include "collect/query_log_builder.h"
#include "collect/query_log_text.h"
#include "json/line_fields.h"
#include "query/shape.h"

namespace budgetcheck {
namespace {

/// Recognition looks at this many lines: access logs begin with lines of the server's start.
constexpr std::size_t kSniffLines = 200;

/// Reads a log of JSON objects, one a line.
class JsonLog {
 public:
  JsonLog(const Source& source, const CollectContext& context) : lines_(*source.content), builder_(source, context) {
    if (source.fields.any()) {
      mapped_.emplace(source.fields);
    }
  }

  void read() {
    while (lines_.next()) {
      read_line(lines_.line());
    }
  }

  void report(Input& input, Facts& facts) {
    if (mapped_) {
      told_.gaps = mapped_->gaps();
    }
    builder_.report(mapped_ ? "json-lines" : "prisma-event", told_, input, facts);
  }

 private:
  void read_line(std::string_view line) {
    if (lines_.too_long() || !fields_.read(line)) {
      if (!lines_.too_long() && trim(line).empty()) {
        return;
      }
      ++told_.read;
      ++told_.broken;
      told_.first_broken = told_.first_broken == 0 ? lines_.number() : told_.first_broken;
      return;
    }
    ++told_.read;
    const LogRecord record = mapped_ ? mapped_->read(line, fields_) : records_.read(fields_);
    if (!record.query.empty()) {
      builder_.add(record, lines_.number());
    }
  }

  LogLines lines_;
  QueryLogBuilder builder_;
  QueryLogBuilder::Lines told_;
  json::LineReader fields_;
  RecordReader records_;
  std::optional<MappedReader> mapped_;
};

/// The line's statement is SQL that touches data, or ends a transaction.
bool holds_query(const std::string& padded, std::size_t size, std::vector<json::LineField>& fields) {
  if (!json::read_line_fields(std::string_view(padded).substr(0, size), fields)) {
    return false;
  }
  const LogRecord record = read_record(fields);
  return !record.query.empty() && shape_of(query_log::unescaped(record.query)).kind != Shape::Kind::kNotSql;
}

bool recognises(const Sniff& sniff) {
  std::vector<json::LineField> fields;
  std::string padded;
  std::string_view rest = sniff.head;
  for (std::size_t i = 0; i < kSniffLines && !rest.empty(); ++i) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    padded.assign(rest.substr(0, end));
    padded.append(FileContent::kGuard, '\0');
    if (holds_query(padded, end, fields)) {
      return true;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  JsonLog log(source, context);
  log.read();
  log.report(input, facts);
  return {};
}

}  // namespace

Format prisma_log_format() { return {kMappedFormat, {"queries."}, recognises, collect}; }

}  // namespace budgetcheck
