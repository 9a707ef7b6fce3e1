#include "collect/prisma_log.h"

#include "collect/query_log_reader.h"
#include "query/shape.h"

namespace budgetcheck {
namespace {

using namespace query_log;

/// The line's statement is SQL that touches data, or ends a transaction.
bool holds_query(const std::string& padded, std::size_t size, std::vector<json::LineField>& fields) {
  if (!json::read_line_fields(std::string_view(padded).substr(0, size), fields)) {
    return false;
  }
  const LogRecord record = read_record(fields);
  return !record.query.empty() && shape_of(plain(record.query)).kind != Shape::Kind::kNotSql;
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
  LogReader reader(source, context);
  reader.read();
  reader.report(input, facts);
  return {};
}

}  // namespace

Format prisma_log_format() { return {"query-log", {"queries."}, recognises, collect}; }

}  // namespace budgetcheck
