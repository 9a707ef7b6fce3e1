#include "collect/logs/json_lines.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "base/pipeline.h"
#include "base/text.h"
#include "collect/logs/access_log.h"
#include "collect/query_log/builder.h"
#include "collect/query_log/log_schema.h"
#include "collect/query_log/mapped_record.h"
#include "collect/query_log/query_fields.h"
#include "collect/query_log/statement_reader.h"
#include "collect/text/log_lines.h"
#include "collect/text/record_text.h"
#include "json/lines/line_fields.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

/// Recognition looks at this many lines: access logs begin with lines of the server's start.
constexpr std::size_t kSniffLines = 200;

/// A log of more than this is read on several threads when there is more than one core, in pieces small enough to stay
/// in a core's cache until they are taken.
constexpr std::size_t kThreaded = std::size_t{8} << 20;
constexpr std::size_t kPiece = std::size_t{512} << 10;

/// What the lines of a piece say.
struct Piece {
  struct Statement {
    ReadRecord read;
    std::uint32_t line = 0;  ///< from 1, within the piece
  };
  std::vector<Statement> statements;
  std::vector<std::shared_ptr<StatementReader::Memory>> memories;  ///< that the statements point into
  QueryLogBuilder::Lines lines;
  std::uint32_t count = 0;  ///< of lines
  std::size_t end = 0;      ///< offset behind it
};

/// Reads a log of JSON objects, one a line.
class JsonLog {
 public:
  JsonLog(const Source& source, const CollectContext& context)
      : source_(source),
        context_(context),
        lines_(*source.content),
        builder_(source, context),
        threads_(context.threads != 0 ? context.threads : std::thread::hardware_concurrency()) {
    if (const LogFields fields = read_log_fields(source.settings); fields.any()) {
      mapped_.emplace(fields);
    }
  }

  void read() {
    if (threads_ > 1 && !mapped_ && source_.content->bytes().size() > kThreaded) {
      read_in_pieces(std::min(threads_, kMostThreads));
      return;
    }
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
  /// More threads would wait for the one that puts the requests together.
  static constexpr unsigned kMostThreads = 4;

  /// What one thread needs to read lines.
  struct Worker {
    explicit Worker(Dialect dialect) : statements(dialect) {}
    json::LineReader fields;
    RecordReader records;
    StatementReader statements;
  };

  /// Lines are understood side by side; requests are put together in the order of the log.
  void read_in_pieces(unsigned threads) {
    const std::vector<std::size_t> begins = piece_begins(*source_.content, kPiece);
    std::vector<std::unique_ptr<Worker>> workers;
    for (unsigned i = 0; i < threads; ++i) {
      workers.push_back(std::make_unique<Worker>(dialect_of(schema_of(source_, context_).kind())));
    }
    std::uint32_t lines_before = 0;
    ordered_pipeline<Piece>(
        begins.size() - 1, threads,
        [&](unsigned worker, std::size_t i) { return read_piece(*workers[worker], begins[i], begins[i + 1]); },
        [&](Piece piece) {
          for (const Piece::Statement& statement : piece.statements) {
            builder_.add(statement.read, lines_before + statement.line);
          }
          told_.read += piece.lines.read;
          told_.broken += piece.lines.broken;
          if (told_.first_broken == 0 && piece.lines.first_broken != 0) {
            told_.first_broken = lines_before + piece.lines.first_broken;
          }
          lines_before += piece.count;
          source_.content->release_before(piece.end);
        });
  }

  Piece read_piece(Worker& worker, std::size_t begin, std::size_t end) const {
    Piece piece;
    piece.end = end;
    LogLines lines(*source_.content, begin, end);
    while (lines.next()) {
      ++piece.count;
      const std::string_view line = lines.line();
      if (lines.too_long() || !worker.fields.read(line)) {
        note_broken(lines, piece.lines);
        continue;
      }
      ++piece.lines.read;
      const LogRecord record = worker.records.read(worker.fields);
      if (!record.query.empty()) {
        piece.statements.push_back({worker.statements.read(record), lines.number()});
        if (piece.memories.empty() || piece.memories.back() != worker.statements.memory()) {
          piece.memories.push_back(worker.statements.memory());
        }
      }
    }
    return piece;
  }

  static void note_broken(const LogLines& lines, QueryLogBuilder::Lines& told) {
    if (!lines.too_long() && trim(lines.line()).empty()) {
      return;
    }
    ++told.read;
    ++told.broken;
    told.first_broken = told.first_broken == 0 ? lines.number() : told.first_broken;
  }

  void read_line(std::string_view line) {
    if (lines_.too_long() || !fields_.read(line)) {
      note_broken(lines_, told_);
      return;
    }
    ++told_.read;
    const LogRecord record = mapped_ ? mapped_->read(line, fields_) : records_.read(fields_);
    if (!record.query.empty()) {
      builder_.add(record, lines_.number());
    }
  }

  const Source& source_;
  const CollectContext& context_;
  LogLines lines_;
  QueryLogBuilder builder_;
  unsigned threads_;
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
  if (!read_log_fields(source.settings).any()) {
    add_requests_of(source, context, input, facts);
  }
  return {};
}

std::optional<OtherOutput> explain(const Sniff& seen) {
  if (!seen.is_lines) {
    return std::nullopt;
  }
  return OtherOutput{"lines of JSON, and none of the first contains a query or a request",
                     "log Prisma's queries with the request they belong to: prisma.$on('query', (e) => logger.info({ "
                     "query: e.query, params: e.params, duration: e.duration, reqId, route }))"};
}

}  // namespace

Format prisma_log_format() {
  Format format{"query-log", {"queries."}, recognises, collect};
  format.is_given_as = "Prisma's queries as one JSON object per line or on the console";
  format.page =
      "A log with one JSON object per line, some of which carry a statement: Prisma's `$on('query')` events, pino, "
      "winston. `fields: { query: db.statement, duration: ctx.ms }` names fields that are not called as usual; an "
      "input with it is read as nothing else. `schema: prisma/schema.prisma` names the tables and indexes.";
  format.prepare = read_log_schema;
  format.named_by = "fields";
  format.explain = explain;
  return format;
}

}  // namespace budgetcheck
