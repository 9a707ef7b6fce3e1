#include "collect/trace/trace_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <set>
#include <utility>

#include "base/byte_order_mark.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/query_log/builder.h"
#include "collect/query_log/names.h"
#include "collect/text/line_counts.h"
#include "collect/text/line_piece.h"
#include "collect/text/text_lines.h"
#include "collect/trace/printed_spans.h"
#include "collect/trace/read/trace_document.h"
#include "collect/trace/trace_survey.h"
#include "collect/trace/trace_taker.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kLooked = std::size_t{64} << 10;
constexpr std::size_t kPiece = std::size_t{1} << 20;

constexpr std::string_view kSpanHint =
    "export the spans of @prisma/instrumentation (or of the driver's instrumentation): those of statements carry "
    "db.query.text or db.statement";

constexpr LogForm kForm{.name = "otlp", .when_empty = ""};

/// One document a line, or one that may take many lines.
bool is_lines(const FileContent& content) {
  constexpr int kTried = 3;
  TextLines lines(content);
  for (int tried = 0; tried < kTried && lines.next();) {
    const std::string copy = std::string(trim(lines.line())) + std::string(FileContent::kGuard, '\0');
    const std::string_view text = std::string_view(copy).substr(0, copy.size() - FileContent::kGuard);
    if (lines.too_long() || text == "{" || text == "[") {
      return false;
    }
    if (!text.empty()) {
      ++tried;
      json::Cursor in(text);
      in.skip();
      if (in.at_end() && (text.front() == '{' || text.front() == '[')) {
        return true;
      }
    }
  }
  return false;
}

/// Spans that are only read to see whether they can be.
class NoSpans final : public SpanSink {
 public:
  void add(const ReadSpan& /*span*/) override {}
};

/// Counts the spans of a file, and notes whose services export requests.
class CountedSpans final : public SpanSink {
 public:
  CountedSpans(SpanSink& next, std::set<NameId>& services) : next_(next), services_(services) {}
  void add(const ReadSpan& span) override {
    ++spans_;
    if (span.span.is_request()) {
      services_.insert(span.span.service);
    }
    next_.add(span);
  }
  std::uint64_t spans() const { return spans_; }

 private:
  SpanSink& next_;
  std::set<NameId>& services_;
  std::uint64_t spans_ = 0;
};

/// "/api/x" of a request's span that names no route: a name such as "GET /api/x", or what was asked for.
std::string_view route_by_name(std::string_view name, std::string_view url) {
  const std::size_t space = name.find(' ');
  if (space != std::string_view::npos && name.substr(space + 1).starts_with('/')) {
    return name.substr(space + 1);
  }
  return url.empty() && name.starts_with('/') ? name : url;
}

/// Where the request's span is missing, a router's or a handler's span may name the route.
NameId route_above(const Trace& trace, const TraceTree& tree, std::uint32_t span) {
  for (; span != TraceTree::kNone; span = tree.parent(span)) {
    if (trace.spans[span].route != 0) {
      return trace.spans[span].route;
    }
  }
  return 0;
}

class TraceInputs final : public JointReader {
 public:
  explicit TraceInputs(const CollectContext& context)
      : context_(context),
        keys_(context.telemetry),
        operation_(names_.number_of("prisma:client:operation")),
        survey_(names_, keys_, context),
        traces_([this](Trace& trace) { close(trace); }) {}

  Expected<void> read(const Source& source, Input& input) override;
  std::vector<Result> finish(const std::vector<Input*>& inputs) override;

 private:
  /// The statements of files with one schema.
  struct Statements {
    Statements(Source from, const CollectContext& context, std::size_t input_number)
        : source(std::move(from)), builder(source, context), input(input_number) {}
    Source source;
    QueryLogBuilder builder;
    std::size_t input;
    std::uint64_t count = 0;
  };
  /// What statements of one trace, and of one request in it, share.
  struct StatementIds {
    std::string trace;
    std::string request;
    std::uint32_t entry = TraceTree::kNone;
  };
  struct File {
    std::uint32_t lines_before = 0;
    std::size_t statements = 0;  ///< index into statements_
    std::uint64_t spans = 0;
  };

  void read_lines(const FileContent& content, std::uint32_t before, TraceDocument& document, LineCounts& counts);
  static void describe_broken(const LineCounts& counts, std::string_view noun, Input& input);
  std::size_t statements_of(const Source& source);
  Statements& statements_at(std::uint32_t line);
  void close(Trace& trace);
  void add_statement(const Trace& trace, const TraceTree& tree, std::uint32_t span, StatementIds& ids);
  void describe_all(Account& account) const;
  void place(Facts& facts) const;

  const CollectContext& context_;
  SpanNames names_;
  AttributeKeys keys_;
  NameId operation_;
  TraceSurvey survey_;
  OpenTraces traces_;
  LineFiles lines_;
  std::vector<File> files_;
  std::deque<Statements> statements_;
  std::set<NameId> services_;  ///< that export requests
  std::uint64_t torn_statements_ = 0;
};

Expected<void> TraceInputs::read(const Source& source, Input& input) {
  const FileContent& content = *source.content;
  const std::uint32_t before = lines_.begin(source.path);
  files_.push_back({before, statements_of(source), 0});
  CountedSpans counted(traces_, services_);
  TraceDocument document(keys_, names_, counted);
  LineCounts counts;
  if (PrintedSpans::are_in(content.bytes().substr(0, kLooked))) {
    std::uint32_t last = 0;
    std::string guarded;
    for (PrintedSpans spans(content); spans.next();) {
      ++counts.read;
      last = spans.line();
      guarded.assign(spans.otlp()).append(FileContent::kGuard, '\0');
      if (!document.read(std::string_view(guarded).substr(0, spans.otlp().size()), before + last)) {
        counts.add_broken(last);
      }
    }
    lines_.add(last + 1);
    describe_broken(counts, "span", input);
  } else if (is_lines(content)) {
    read_lines(content, before, document, counts);
    describe_broken(counts, "line", input);
  } else {
    const std::string_view text = without_byte_order_mark(content.bytes());
    NoSpans nowhere;
    TraceDocument trial(keys_, names_, nowhere);
    if (!trial.read(text, 1)) {
      files_.pop_back();
      if (statements_.back().input == files_.size()) {
        statements_.pop_back();
      }
      const json::Selector nothing;
      const auto whole = json::select(source.path, content, nothing);
      return whole ? fail(ErrorKind::kInput, "its spans are not laid out as in OTLP, Jaeger's or Zipkin's JSON",
                          Location::of(source.path), "export them again as JSON")
                   : tl::unexpected(whole.error());
    }
    (void)document.read(text, before + 1);
    lines_.add(static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n')) + 1);
    content.release_before(content.bytes().size());
  }
  files_.back().spans = counted.spans();
  if (document.others() > 0) {
    Account(input).note(fmt::format("{} of log records or metrics passed over: let each signal have a file of its own",
                                    budgetcheck::counted(document.others(), "export")));
  }
  if (counted.spans() == 0 && input.state == InputState::kRead) {
    Account(input).incomplete(
        "it holds no spans",
        "the exporter wrote none: end the program so that it flushes, or wait for its next export");
  }
  return {};
}

void TraceInputs::read_lines(const FileContent& content, std::uint32_t before, TraceDocument& document,
                             LineCounts& counts) {
  const std::size_t size = content.bytes().size();
  std::uint32_t passed = 0;
  LinePiece piece;
  for (std::size_t begin = 0; begin < size; begin += kPiece) {
    piece.load(content, begin, std::min(kPiece, size - begin));
    while (piece.next()) {
      const std::string_view line = piece.line();
      if (!piece.too_long() && trim(line).empty()) {
        continue;
      }
      ++counts.read;
      const std::uint32_t number = passed + piece.number();
      if (piece.too_long() || !document.read(line, before + number, LineOf::Lines::kOne)) {
        counts.add_broken(number);
      }
    }
    passed += piece.number();
    lines_.add(piece.number());
    content.release_before(std::min(begin + kPiece, size));
  }
}

void TraceInputs::describe_broken(const LineCounts& counts, std::string_view noun, Input& input) {
  if (counts.broken > 0) {
    Account(input).incomplete(
        fmt::format("{} of {} {} not a complete JSON object, the first in line {}", counts.broken,
                    counted(counts.read, noun), counts.broken == 1 ? "is" : "are", counts.first_broken),
        kWriteAgain);
  }
}

std::size_t TraceInputs::statements_of(const Source& source) {
  const std::string schema = source.settings.path("schema");
  for (std::size_t i = 0; i < statements_.size(); ++i) {
    if (statements_[i].source.settings.path("schema") == schema) {
      return i;
    }
  }
  Source kept = source;
  kept.content = nullptr;  // it is closed by then
  statements_.emplace_back(std::move(kept), context_, files_.size());
  return statements_.size() - 1;
}

TraceInputs::Statements& TraceInputs::statements_at(std::uint32_t line) {
  auto next = std::find_if(files_.begin(), files_.end(), [&](const File& file) { return file.lines_before >= line; });
  return statements_[std::prev(next == files_.begin() ? next + 1 : next)->statements];
}

void TraceInputs::close(Trace& trace) {
  const TraceTree tree(trace, operation_);
  const std::vector<TracedRequest> requests = survey_.add(trace, tree);
  if (context_.traces != nullptr) {
    context_.traces->take({trace, tree, requests, names_, survey_.routes(), lines_});
    return;  // who looks at traces does not ask for statements
  }
  StatementIds ids;
  ids.trace = trace.id ? to_text(trace.id) : std::string();
  for (const std::uint32_t i : tree.statements()) {
    if (trace.spans[i].is_sql) {
      add_statement(trace, tree, i, ids);
    }
  }
}

void TraceInputs::add_statement(const Trace& trace, const TraceTree& tree, std::uint32_t span, StatementIds& ids) {
  const Span& own = trace.spans[span];
  const Span& root = trace.spans[tree.root(span)];
  const std::uint32_t entry = tree.request(span);
  const std::uint32_t with_params = tree.params_of(span);
  LogRecord record;
  record.plain = true;
  record.query = trace.of(own.statement);
  record.params = with_params == TraceTree::kNone ? std::string_view() : trace.of(trace.spans[with_params].params);
  record.params_are_list = true;
  // A call of Prisma's client around which nothing is traced has a trace of its own: it says nothing of what it is part
  // of.
  const bool is_client = names_[root.name].starts_with("prisma:client:");
  // Where a service exports its requests, what is left of one whose span is in no file may be any part of it. Where it
  // exports none, the trace is the request.
  if (entry == TraceTree::kNone && root.parent != 0 && !is_client && services_.contains(own.service)) {
    ++torn_statements_;
    return;
  }
  if (entry != TraceTree::kNone || !is_client || root.parent != 0) {
    record.trace = ids.trace;
  }
  if (entry != TraceTree::kNone) {
    if (ids.entry != entry) {
      ids.request.assign(ids.trace).append("/").append(span_id_text(trace.spans[entry].id));
      ids.entry = entry;
    }
    record.request = ids.request;
  }
  if (entry != TraceTree::kNone) {
    const Span& named = trace.spans[entry];
    record.route = named.route != 0 ? std::string_view(names_[named.route])
                                    : route_by_name(names_[named.name], trace.of(named.url));
  } else {
    record.route = names_[route_above(trace, tree, span)];
  }
  if (own.is_timed()) {
    record.at_ms = static_cast<double>(own.start) / 1e6;
    record.duration_ms = own.milliseconds();
  }
  Statements& statements = statements_at(own.line);
  ++statements.count;
  statements.builder.add(record, own.line);
}

std::vector<JointReader::Result> TraceInputs::finish(const std::vector<Input*>& inputs) {
  traces_.finish();
  std::vector<Result> results;
  for (Statements& statements : statements_) {
    Result& result = results.emplace_back();
    result.schema = statements.source.settings.path("schema");
    Account account(*inputs.at(statements.input));
    if (statements.count > 0) {
      statements.builder.describe(kForm, LineCounts(), account);
      statements.builder.report(kForm, account, result.facts);
    }
    place(result.facts);
  }
  if (results.empty()) {
    return results;
  }
  Account account(*inputs.front());
  describe_all(account);
  survey_.report(lines_, results.front().facts);
  const bool any_statement =
      context_.traces != nullptr || std::any_of(statements_.begin(), statements_.end(),
                                                [](const Statements& statements) { return statements.count > 0; });
  if (!any_statement && traces_.spans() > 0) {
    Unmeasured gap;
    gap.metric = "queries.";
    gap.reason = fmt::format("none of the {} holds a statement", counted(traces_.spans(), "span"));
    gap.hint = kSpanHint;
    gap.location = Location::of(inputs.front()->path);
    results.front().facts.unmeasured.push_back(std::move(gap));
  }
  return results;
}

void TraceInputs::describe_all(Account& account) const {
  const TraceSurvey::Counts& counts = survey_.counts();
  if (traces_.split() > 0) {
    account.incomplete(fmt::format("spans of {} came so far apart that they could not be put together",
                                   counted(traces_.split(), "trace")),
                       "export fewer requests into one file");
  }
  if (traces_.passed_over() > 0) {
    account.incomplete(
        fmt::format("{} of {} with more than {} were passed over", counted(traces_.passed_over(), "span"),
                    counted(traces_.too_big(), "trace"), OpenTraces::Limits().spans_of_one),
        "a request that makes so many spans needs its own look: budgetcheck trace");
  }
  if (survey_.metrics().backwards() > 0) {
    const Location at = lines_.location(survey_.metrics().first_backwards());
    const bool is_one = survey_.metrics().backwards() == 1;
    account.incomplete(
        fmt::format("{} {}, the first in line {} of '{}', not measured",
                    counted(survey_.metrics().backwards(), "request"),
                    is_one ? "ends before it begins" : "end before they begin", at.line, printable(at.file)),
        "look at the clock of the machine that wrote the spans");
  }
  if (torn_statements_ > 0) {
    account.incomplete(
        fmt::format("{} {} to requests whose spans are in no file, not judged", counted(torn_statements_, "statement"),
                    torn_statements_ == 1 ? "belongs" : "belong"),
        "pass all files of the service, from the beginning of its requests to their end");
  }
  if (counts.rings > 0) {
    account.note(fmt::format("the parents of {} lead back to themselves", counted(counts.rings, "span")));
  }
  if (counts.without_trace > 0) {
    account.note(fmt::format("{} {} no trace", counted(counts.without_trace, "span"),
                             counts.without_trace == 1 ? "names" : "name"));
  }
  if (counts.loose_statements > 0) {
    account.note(
        fmt::format("{} of '{}' {} in no request: no SERVER or CONSUMER span is above {}",
                    counted(counts.loose_statements, "statement"), printable(names_[counts.loose_service]),
                    counts.loose_statements == 1 ? "is" : "are", counts.loose_statements == 1 ? "it" : "them"),
        "load the instrumentation before the server (node --import for ES modules), so that requests have spans");
  }
  if (names_.overflowed()) {
    account.incomplete(fmt::format("more than {} different names of spans: the rest are one", SpanNames::kMost),
                       "take the ids out of the names of spans");
  }
}

/// Lines were numbered through all files.
void TraceInputs::place(Facts& facts) const {
  const auto put = [&](Location& at) {
    if (at.line != 0) {
      const Location found = lines_.location(at.line);
      at.file = found.file;
      at.line = found.line;
    }
  };
  for (QueryLog& log : facts.queries.logs) {
    for (QueryShape& shape : log.shapes) {
      put(shape.first);
    }
    for (Repeat& repeat : log.repeats) {
      put(repeat.first);
    }
    for (CapturedPlan& plan : log.plans) {
      put(plan.location);
    }
  }
  for (Sample& sample : facts.samples) {
    put(sample.location);
  }
}

}  // namespace

std::unique_ptr<JointReader> make_trace_inputs(const CollectContext& context) {
  return std::make_unique<TraceInputs>(context);
}

}  // namespace budgetcheck
