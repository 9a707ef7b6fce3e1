#include "collect/logs/records/structured_log.h"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/text.h"
#include "collect/logs/personal_sink.h"
#include "collect/logs/read_lines.h"
#include "collect/logs/records/key_values.h"
#include "collect/logs/records/record_sink.h"
#include "collect/logs/wrapped_line.h"
#include "collect/text/first_lines.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kObjects = "structured-log";
constexpr std::string_view kPairs = "logfmt";

constexpr std::size_t kSniffLines = 200;
/// Of the first lines so many at least are records: a program's banner or a stack may stand before or among them.
constexpr std::size_t kOneIn = 10;

struct Seen {
  std::size_t lines = 0;
  std::size_t objects = 0;
  std::size_t of_objects = 0;  ///< records
  std::size_t of_pairs = 0;
};

Seen look(const Sniff& sniff) {
  Seen seen;
  const WantedAttributes nothing;
  RecordFields records(nothing);
  std::vector<json::LineField> fields;
  std::string buffer;
  SeenRecord record;
  for (FirstLines lines(sniff.head, kSniffLines); lines.next();) {
    if (trim(lines.line()).empty()) {
      continue;
    }
    ++seen.lines;
    const std::string_view line = unwrapped_line(lines.guarded(), buffer);
    if (line.starts_with('{')) {
      if (json::read_line_fields(line, fields)) {
        ++seen.objects;
        seen.of_objects += records.read(fields, record) ? 1U : 0U;
      }
    } else if (read_key_values(line, fields)) {
      seen.of_pairs += records.read(fields, record) ? 1U : 0U;
    }
  }
  return seen;
}

bool are_many(std::size_t records, std::size_t lines) { return records > 0 && records * kOneIn >= lines; }

bool is_structured(const Sniff& sniff) {
  const Seen seen = look(sniff);
  return are_many(seen.of_objects, seen.lines) && seen.of_objects * 2 >= seen.objects &&
         seen.of_objects >= seen.of_pairs;
}

bool is_logfmt(const Sniff& sniff) {
  const Seen seen = look(sniff);
  return are_many(seen.of_pairs, seen.lines) && seen.of_pairs * 2 >= seen.lines;
}

Expected<void> collect(RecordSink::Log log, const Source& source, const CollectContext& context, Input& input,
                       Facts& facts) {
  RecordSink records(source, context, log);
  std::vector<LineSink*> sinks{&records};
  const std::unique_ptr<PersonalSink> personal = personal_sink(context);
  if (personal != nullptr) {
    sinks.push_back(personal.get());
  }
  read_lines(*source.content, threads_for(*source.content, context.threads), sinks);
  for (LineSink* sink : sinks) {
    sink->report(input, facts);
  }
  // Whoever has a budget on queries and passes such a log expects them in it.
  facts.unmeasured.push_back(
      {"queries.",
       {},
       "none of its records holds a statement",
       "log Prisma's queries with the request they belong to: prisma.$on('query', (e) => logger.info({ query: e.query, "
       "params: e.params, duration: e.duration, reqId, route }))",
       Location::of(source.path)});
  return {};
}

/// That is worth saying only where no other log has them.
void forget_missing_queries_of_records(Facts& facts) {
  if (facts.queries.logs.empty()) {
    return;
  }
  std::erase_if(facts.unmeasured, [&](const Unmeasured& gap) {
    return gap.metric == "queries." && std::any_of(facts.inputs.begin(), facts.inputs.end(), [&](const Input& input) {
             return input.path == gap.location.file && (input.format == kObjects || input.format == kPairs);
           });
  });
}

Expected<void> collect_objects(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  return collect(RecordSink::Log::kOfRecords, source, context, input, facts);
}

Expected<void> collect_pairs(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  return collect(RecordSink::Log::kOfKeyValues, source, context, input, facts);
}

}  // namespace

Format structured_log_format() {
  Format format{kObjects, {"logs."}, is_structured, collect_objects};
  format.is_given_as = "a structured log: one record a line, as JSON";
  format.looks_like = {"\"level\"", "\"msg\"", "\"message\"", "\"timestamp\"", "\"logger\""};
  format.page =
      "A log with one record a line as JSON, with a level or with a message and a time: pino, winston, bunyan, ECS "
      "loggers, structlog, loguru, tslog, Nest, zap, zerolog, logrus, slog. Measured is whether records carry a "
      "trace's "
      "id ([docs/telemetry.md](telemetry.md)); one with queries or requests in it is read as a log of these too.";
  format.feeds = {FactKind::kLogRecords};
  format.finish = forget_missing_queries_of_records;
  return format;
}

Format logfmt_format() {
  Format format{kPairs, {"logs."}, is_logfmt, collect_pairs};
  format.is_given_as = "a structured log: lines of key=value (logfmt)";
  format.looks_like = {"level=", "msg=", "time=", "ts="};
  format.page =
      "The same as lines of `key=value`: logrus, go-kit, slog's text handler, winston with a format of its own.";
  format.feeds = {FactKind::kLogRecords};
  format.finish = forget_missing_queries_of_records;
  return format;
}

}  // namespace budgetcheck
