#include "collect/query_log/statement_reader.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "collect/query_log/names.h"
#include "json/lines/line_fields.h"
#include "json/scan/escapes.h"
#include "query/sql/sql_comment.h"

namespace budgetcheck {
namespace {

/// Statements as logged (with their own literals and list lengths) whose meaning is remembered.
constexpr std::size_t kMaxMemory = 16'384;

}  // namespace

ReadRecord StatementReader::read(const LogRecord& record) {
  ReadRecord read;
  read.record = record;
  const std::string_view sql = without_outer_comments(record.query);
  read.commented = sql.size() < record.query.size();
  read.statement = &statement(sql, record.plain);
  const Shape& shape = read.statement->shape;
  if (shape.kind != Shape::Kind::kStatement) {
    return read;
  }
  const bool escaped = !record.plain && !record.params_are_list && record.params.find('\\') != std::string_view::npos;
  buffer_.clear();
  read.params =
      hash_params(shape, escaped && json::unescape(record.params, buffer_) ? std::string_view(buffer_) : record.params);
  return read;
}

KnownStatement& StatementReader::statement(std::string_view raw, bool plain) {
  const std::uint64_t hash = hash64(raw);
  const auto found = memory_->find(hash);
  if (found != memory_->end()) {
    return found->second;
  }
  if (memory_->size() >= kMaxMemory) {
    memory_ = std::make_shared<Memory>();
  }
  return memory_->emplace(hash, understand(raw, plain)).first->second;
}

KnownStatement StatementReader::understand(std::string_view raw, bool plain) {
  buffer_.clear();
  const bool escaped = !plain && raw.find('\\') != std::string_view::npos && json::unescape(raw, buffer_);
  KnownStatement known;
  known.shape = shape_of(escaped ? std::string_view(buffer_) : raw, dialect_);
  if (known.shape.kind != Shape::Kind::kStatement) {
    return known;
  }
  known.table = shorten(printable(known.shape.table), query_log::kMaxName);
  known.table_hash = known.table.empty() ? 0 : hash64(lower(known.table));
  known.calls =
      known.shape.verb == Verb::kSelect && known.table.empty() && known.shape.text.find(" FROM ") == std::string::npos;
  const std::size_t paged =
      static_cast<std::size_t>(std::count_if(known.shape.ranges.begin(), known.shape.ranges.end(),
                                             [](const ParamRange& r) { return r.kind == ParamRange::Kind::kPage; }));
  known.open = known.shape.verb == Verb::kSelect && !known.shape.keyed && known.shape.placeholders <= paged + 1;
  known.pages = std::any_of(known.shape.ranges.begin(), known.shape.ranges.end(),
                            [](const ParamRange& r) { return r.kind == ParamRange::Kind::kPage; }) ||
                known.shape.literals != known.shape.literals_unpaged;
  return known;
}

}  // namespace budgetcheck
