#include "collect/prisma_log.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "collect/log_record.h"
#include "collect/query_log_builder.h"
#include "collect/query_log_text.h"
#include "json/line_fields.h"
#include "query/shape.h"

namespace budgetcheck {
namespace {

/// Recognition looks at this many lines: access logs begin with lines of the server's start.
constexpr std::size_t kSniffLines = 200;
constexpr std::size_t kReleaseStep = std::size_t{4} << 20;
/// A longer line is no record: it is passed over, so that memory stays bounded.
constexpr std::size_t kMaxLine = std::size_t{32} << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Reads a log of JSON objects, one a line.
class JsonLog {
 public:
  JsonLog(const Source& source, const CollectContext& context) : source_(source), builder_(source, context) {}

  void read() {
    const std::string_view bytes = source_.content->bytes();
    std::size_t at = bytes.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    std::size_t released = 0;
    while (at < bytes.size()) {
      const std::size_t end = end_of_line(bytes, at, released);
      ++line_;
      read_line(bytes.substr(at, end - at));
      at = end + 1;
      if (at > released + kReleaseStep) {
        source_.content->release_before(at);
        released = at;
      }
    }
  }

  void report(Input& input, Facts& facts) { builder_.report("prisma-event", lines_, input, facts); }

 private:
  std::size_t end_of_line(std::string_view bytes, std::size_t at, std::size_t& released) {
    for (std::size_t from = at; from < bytes.size(); from += kReleaseStep) {
      const std::size_t length = std::min(kReleaseStep, bytes.size() - from);
      const void* found = std::memchr(bytes.data() + from, '\n', length);
      if (found != nullptr) {
        return static_cast<std::size_t>(static_cast<const char*>(found) - bytes.data());
      }
      if (from + length - at > kMaxLine) {
        source_.content->release_before(from);
        released = from;
      }
    }
    return bytes.size();
  }

  void read_line(std::string_view line) {
    if (line.empty() || line == "\r") {
      return;
    }
    if (line.size() > kMaxLine || !fields_.read(line)) {
      if (trim(line.substr(0, query_log::kMaxName)).empty() && trim(line).empty()) {
        return;
      }
      ++lines_.read;
      ++lines_.broken;
      lines_.first_broken = lines_.first_broken == 0 ? line_ : lines_.first_broken;
      return;
    }
    ++lines_.read;
    const LogRecord record = records_.read(fields_);
    if (!record.query.empty()) {
      builder_.add(record, line_);
    }
  }

  const Source& source_;
  QueryLogBuilder builder_;
  QueryLogBuilder::Lines lines_;
  json::LineReader fields_;
  RecordReader records_;
  std::uint32_t line_ = 0;
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

Format prisma_log_format() { return {"query-log", {"queries."}, recognises, collect}; }

}  // namespace budgetcheck
