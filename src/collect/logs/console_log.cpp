#include "collect/logs/console_log.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "collect/logs/console_text.h"
#include "collect/logs/wrapped_line.h"
#include "collect/query_log/builder.h"
#include "collect/query_log/log_schema.h"
#include "collect/query_log/query_fields.h"
#include "collect/text/first_lines.h"
#include "collect/text/sql_words.h"
#include "collect/text/text_lines.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

using console::Line;
using console::Mark;

/// A statement over several lines ends here at the latest.
constexpr std::size_t kMaxStatement = std::size_t{1} << 20;

constexpr std::string_view kEventHint =
    "log Prisma's query events as JSON, with the request they belong to: log: [{ emit: 'event', level: 'query' }] and "
    "prisma.$on('query', (e) => logger.info({ query: e.query, params: e.params, duration: e.duration, reqId, route }))";

constexpr LogForm kForm{"console", LogWriter::kApplication, "not a statement that can be read", "logged statement", ""};

class ConsoleLog {
 public:
  ConsoleLog(const Source& source, const CollectContext& context)
      : lines_(*source.content), builder_(source, context) {}

  void read() {
    while (lines_.next()) {
      if (lines_.too_long()) {
        flush();
        broken(lines_.number());
      } else {
        read_line(console::without_colours(without_docker_wrapping(lines_.line(), wrapped_), coloured_));
      }
      ++count_;
    }
    flush();
  }

  void report(Input& input, Facts& facts) {
    Account account(input);
    if (!builder_.has_statements() && debug_ > 0) {
      account.incomplete("what DEBUG=prisma:* writes is not a log of the statements that ran", kEventHint);
    } else if (!builder_.has_statements()) {
      account.incomplete(fmt::format("none of its {} holds a statement in SQL", counted(count_, "line")), kEventHint);
    }
    builder_.describe(kForm, counts_, account);
    builder_.report(kForm, account, facts);
  }

 private:
  void broken(std::uint32_t line) {
    ++counts_.read;
    counts_.add_broken(line);
  }

  void read_line(std::string_view text) {
    const bool quoted = pending_ && scan_.in_text() && console::behind_prefix(text, prefix_).data() != nullptr;
    const Line line = console::read_line(text);
    const bool prisma = line.mark == Mark::kQuery || line.mark == Mark::kMessage || line.mark == Mark::kDebug;
    if (prisma) {
      flush();
    }
    switch (line.mark) {
      case Mark::kQuery:
        begin(line);
        return;
      case Mark::kParams:
        if (pending_ && !quoted) {
          params_ = line.rest;
          return;
        }
        break;
      case Mark::kDuration:
        if (pending_ && !quoted) {
          duration_ = milliseconds(line.rest);
          flush();
          return;
        }
        break;
      case Mark::kDebug:
        ++debug_;
        return;
      case Mark::kMessage:
        return;
      case Mark::kNone:
        break;
    }
    if (pending_) {
      go_on(text);
    }
  }

  void begin(const Line& line) {
    pending_ = true;
    by_prisma_ = line.by_prisma;
    first_line_ = lines_.number();
    prefix_ = line.prefix;
    statement_ = line.rest;
    params_.clear();
    duration_ = -1;
    scan_ = {};
    scan_.feed(line.rest);
  }

  /// A line without a mark: the statement's next one, or other output of the program.
  void go_on(std::string_view text) {
    const std::string_view line = console::behind_prefix(text, prefix_);
    if (line.data() == nullptr) {
      return;  // another program's
    }
    const bool blank = trim(line).empty();
    if (blank && !scan_.in_text()) {
      return;
    }
    const bool entry = !scan_.in_text() && console::begins_entry(line);
    if (entry || !params_.empty() || !(scan_.is_open() || scan_.goes_on_with(line))) {
      flush();
      return;
    }
    if (statement_.size() + line.size() > kMaxStatement) {
      pending_ = false;
      broken(first_line_);
      return;
    }
    statement_ += '\n';
    statement_ += line;
    scan_.feed(line);
  }

  void flush() {
    if (!pending_) {
      return;
    }
    pending_ = false;
    LogRecord record;
    record.plain = true;
    record.query = trim(statement_);
    record.params = params_;
    record.duration_ms = duration_;
    const bool known = !record.query.empty() && builder_.add(record, first_line_) != QueryLogBuilder::kNoStatement;
    if (known || (!record.query.empty() && shape_of(record.query).kind != Shape::Kind::kNotSql)) {
      ++counts_.read;
    } else if (by_prisma_) {
      broken(first_line_);
    }
  }

  TextLines lines_;
  QueryLogBuilder builder_;
  LineCounts counts_;
  std::string wrapped_;
  std::string coloured_;
  bool pending_ = false;
  bool by_prisma_ = false;  ///< the pending text is Prisma's own; another "Query:" may be anything
  std::uint32_t first_line_ = 0;
  std::string prefix_;
  std::string statement_;
  std::string params_;
  double duration_ = -1;
  console::StatementScan scan_;
  std::uint64_t count_ = 0;
  std::uint64_t debug_ = 0;
};

bool recognises(const Sniff& sniff) {
  std::string wrapped;
  std::string coloured;
  for (FirstLines lines(sniff.head); lines.next();) {
    const Line line =
        console::read_line(console::without_colours(without_docker_wrapping(lines.guarded(), wrapped), coloured));
    const bool documented =
        line.mark == Mark::kQuery && !line.rest.empty() && shape_of(line.rest).kind != Shape::Kind::kNotSql;
    if (documented || line.mark == Mark::kDebug || (line.mark == Mark::kQuery && line.by_prisma)) {
      return true;
    }
  }
  return false;
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  ConsoleLog log(source, context);
  log.read();
  log.report(input, facts);
  return {};
}

/// Text of which nothing is known: most often a program's log without queries. A page of HTML is none.
/// A schema is text of the same projects, and somebody passes it as an input of its own.
const std::vector<OutputMark>& schema_marks() {
  static const OtherOutput kSchema{
      "a Prisma schema, which measures nothing: it says what the statements of a query log mean",
      "pass the query log, and the schema beside it: --schema FILE, or 'schema:' of the log's input"};
  static const std::vector<OutputMark> kMarks{{'\0', {"datasource ", "provider", "{"}, kSchema},
                                              {'\0', {"model ", "{", "@id"}, kSchema}};
  return kMarks;
}

std::optional<OtherOutput> explain(const Sniff& seen) {
  if (!seen.is_text || trim(seen.head).starts_with('<')) {
    return std::nullopt;
  }
  if (std::optional<OtherOutput> schema = marked_output(schema_marks(), seen.head)) {
    return schema;
  }
  if (!mentions_sql(seen.head)) {
    return std::nullopt;
  }
  return OtherOutput{
      "text that is not JSON, and no line near its beginning is a query that Prisma logged",
      "if this is a program's log, let it write Prisma's queries: as lines that begin with 'prisma:query' with log: "
      "['query'], or better as JSON with what they belong to, with prisma.$on('query', (e) => logger.info({ query: "
      "e.query, params: e.params, duration: e.duration, reqId, route }))"};
}

}  // namespace

Format console_log_format() {
  Format format{"console-log", {"queries."}, recognises, collect};
  format.feeds = {FactKind::kStatements, FactKind::kSequences, FactKind::kRequestIds};
  format.page =
      "What Prisma writes to the console with `log: ['query']`, among all other output of the program. `schema: "
      "prisma/schema.prisma` names the tables and indexes.";
  format.prepare = read_log_schema;
  format.explain = explain;
  return format;
}

}  // namespace budgetcheck
