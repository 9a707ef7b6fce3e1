#include "collect/trace/otlp.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

#include "base/hash.h"
#include "base/text.h"
#include "collect/query_log/log_schema.h"
#include "collect/query_log/names.h"
#include "collect/text/text_lines.h"
#include "collect/trace/printed_spans.h"
#include "collect/trace/span_traces.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kLooked = std::size_t{64} << 10;

constexpr std::string_view kSpanHint =
    "export the spans of @prisma/instrumentation (or of the driver's instrumentation): those of statements carry "
    "db.query.text or db.statement";

/// A text, or a number as text; empty: neither.
std::string text_of(const json::Value* value) {
  if (value != nullptr && value->is_string()) {
    return *value->string();
  }
  return {};
}

/// A point in time. JSON has it as text, because it does not fit a double; some write a number all the same.
std::uint64_t nanoseconds(const json::Value* value, double factor) {
  constexpr double kMost = 9e18;
  if (value == nullptr) {
    return 0;
  }
  if (const std::string* text = value->string()) {
    std::uint64_t number = 0;
    const auto [end, code] = std::from_chars(text->data(), text->data() + text->size(), number);
    return code == std::errc() && end == text->data() + text->size() && number < static_cast<std::uint64_t>(kMost)
               ? number
               : 0;
  }
  const double* number = value->number();
  const double product = number == nullptr ? 0 : *number * factor;
  return product > 0 && product < kMost ? static_cast<std::uint64_t>(product) : 0;
}

std::uint64_t id_of(const std::string& text) {
  return text.find_first_not_of('0') == std::string::npos ? 0 : hash64(text);
}

/// Attributes of one span that are of use, whatever their form.
struct Attributes {
  std::string statement;
  std::string system;
  std::string params;
  std::string template_route;
  std::string path;
  std::string kind;  ///< Jaeger's
};

void put(std::string& field, std::string value) {
  if (field.empty()) {
    field = std::move(value);
  }
}

void take_text(std::string_view key, std::string value, Attributes& out) {
  if (key == "db.query.text" || key == "db.statement") {
    put(out.statement, std::move(value));
  } else if (key == "db.system.name" || key == "db.system") {
    put(out.system, lower(value));
  } else if (key == "http.route" || key == "next.route" || key == "url.template") {
    put(out.template_route, std::move(value));
  } else if (key == "url.path" || key == "http.target" || key == "url.full" || key == "http.url") {
    put(out.path, std::move(value));
  } else if (key == "span.kind") {
    put(out.kind, std::move(value));
  }
}

/// What drivers record when they are asked to: a list of texts, as a list of parameters.
std::string list_of(const json::Value* values) {
  if (values == nullptr || !values->is_array()) {
    return {};
  }
  std::string list = "[";
  for (const json::Value& value : *values->array()) {
    list += list.size() > 1 ? ",\"" : "\"";
    for (const char c : text_of(value.find("stringValue"))) {
      list += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    list += '"';
  }
  return list + "]";
}

Attributes attributes_of(const json::Value* list) {
  Attributes out;
  if (list == nullptr || !list->is_array()) {
    return out;
  }
  for (const json::Value& attribute : *list->array()) {
    const std::string_view key = attribute.string_or("key", "");
    const json::Value* value = attribute.find("value");
    if (value != nullptr && value->is_string()) {
      take_text(key, *value->string(), out);  // Jaeger
    } else if (value != nullptr) {
      if (key == "db.postgresql.values") {
        put(out.params, list_of(value->at({"arrayValue", "values"})));
      }
      take_text(key, text_of(value->find("stringValue")), out);
    }
  }
  return out;
}

bool speaks_sql(const std::string& system) {
  constexpr std::array<std::string_view, 7> kOthers{"redis",      "mongodb",  "memcached", "elasticsearch",
                                                    "opensearch", "dynamodb", "couchdb"};
  return std::find(kOthers.begin(), kOthers.end(), system) == kOthers.end();
}

/// "/api/x" of a server's span: its template, or a name such as "GET /api/x", or the path that was asked for.
std::string route_of(const Attributes& attributes, const std::string& name) {
  if (!attributes.template_route.empty()) {
    return attributes.template_route;
  }
  const std::size_t space = name.find(' ');
  if (space != std::string::npos && name.compare(space + 1, 1, "/") == 0) {
    return name.substr(space + 1);
  }
  return attributes.path.empty() && name.starts_with('/') ? name : attributes.path;
}

constexpr LogForm kForm{.name = "otlp", .when_empty = ""};

class SpanLog {
 public:
  SpanLog(const Source& source, const CollectContext& context)
      : source_(source),
        builder_(source, context),
        traces_(builder_),
        printed_(PrintedSpans::are_in(source.content->bytes().substr(0, kLooked))) {
    const auto ignore = [](std::string_view /*key*/, json::Value&& /*value*/) { return true; };
    for (const std::string above : {"", "*/"}) {
      for (const std::string resource : {"resourceSpans", "batches"}) {
        for (const std::string scope : {"scopeSpans", "instrumentationLibrarySpans"}) {
          const std::string scopes = above + resource + "/*/" + scope + "/*";
          want(scopes + "/spans/*",
               {"traceId", "spanId", "parentSpanId", "name", "kind", "startTimeUnixNano", "endTimeUnixNano",
                "attributes"},
               &SpanLog::add_otlp);
          selector_.each(scopes, ignore);
        }
        selector_.each(above + resource + "/*", ignore);
      }
    }
    want("data/*/spans/*", {"traceID", "spanID", "references", "operationName", "startTime", "duration", "tags"},
         &SpanLog::add_jaeger);
    selector_.each("data/*", ignore);
  }

  Expected<void> read() {
    if (printed_) {
      read_printed();
      return {};
    }
    if (!is_lines()) {
      const auto whole = json::select(source_.path, *source_.content, selector_);
      traces_.finish();
      counts_.read = 1;
      return whole ? Expected<void>() : tl::unexpected(whole.error());
    }
    std::string copy;
    for (TextLines lines(*source_.content); lines.next();) {
      copy.assign(lines.line());
      if (!lines.too_long() && trim(copy).empty()) {
        continue;
      }
      ++counts_.read;
      line_ = lines.number();
      if (lines.too_long() || !json::select_text(source_.path, copy, selector_)) {
        counts_.add_broken(line_);
      }
    }
    traces_.finish();
    return {};
  }

  void report(Input& input, Facts& facts) {
    Account account(input);
    if (traces_.split() > 0) {
      account.incomplete(fmt::format("spans of {} came so far apart that they could not be put together",
                                     counted(traces_.split(), "trace")),
                         "export fewer requests into one file");
    }
    if (!builder_.has_statements()) {
      account.incomplete(traces_.spans() == 0
                             ? "it holds no spans"
                             : fmt::format("none of its {} holds a statement", counted(traces_.spans(), "span")),
                         kSpanHint);
    }
    builder_.describe(kForm, counts_, account);
    builder_.report(kForm, account, facts);
  }

 private:
  using Add = void (SpanLog::*)(const json::Value& span);

  void want(const std::string& path, std::initializer_list<std::string_view> members, Add add) {
    for (const std::string_view member : members) {
      selector_.keep(path + "/" + std::string(member));
    }
    selector_.each(path, [this, add](std::string_view /*key*/, json::Value&& span) {
      (this->*add)(span);
      return true;
    });
  }

  void read_printed() {
    for (PrintedSpans spans(*source_.content); spans.next();) {
      ++counts_.read;
      line_ = spans.line();
      if (!json::select_text(source_.path, spans.otlp(), selector_)) {
        counts_.add_broken(line_);
      }
    }
    traces_.finish();
  }

  /// One document a line, or one that may take many lines.
  bool is_lines() const {
    constexpr int kTried = 3;
    const json::Selector nothing;
    TextLines lines(*source_.content);
    for (int tried = 0; tried < kTried && lines.next();) {
      const std::string copy(trim(lines.line()));
      if (lines.too_long() || copy == "{" || copy == "[") {
        return false;
      }
      if (!copy.empty()) {
        ++tried;
        if (copy.starts_with('{') && json::select_text(source_.path, copy, nothing)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Lines of a document are counted as its spans come by.
  std::uint32_t line_at(std::uint64_t offset) {
    if (line_ != 0 && counted_to_ == 0) {
      return line_;
    }
    const std::string_view bytes = source_.content->bytes();
    const std::size_t end = std::min<std::size_t>(offset, bytes.size());
    if (end > counted_to_) {
      line_ += static_cast<std::uint32_t>(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(counted_to_),
                                                     bytes.begin() + static_cast<std::ptrdiff_t>(end), '\n')) +
               (counted_to_ == 0 ? 1 : 0);
      counted_to_ = end;
    }
    return line_;
  }

  void finish(Span& span, Attributes&& attributes, const std::string& name, const std::string& trace,
              const std::string& id) {
    span.name = hash64(name);
    span.is_operation = name == "prisma:client:operation";
    span.is_client = name.starts_with("prisma:client:");
    if (span.is_entry) {
      span.label = id.substr(0, query_log::kMaxName);
      span.route = route_of(attributes, name);
    } else {
      span.route = std::move(attributes.template_route);
    }
    if (speaks_sql(attributes.system)) {
      span.statement = std::move(attributes.statement);
      span.params = std::move(attributes.params);
    }
    const bool known = trace.find_first_not_of('0') != std::string::npos;
    traces_.add(known ? std::string_view(trace).substr(0, query_log::kMaxName) : std::string_view(), std::move(span));
  }

  void add_otlp(const json::Value& value) {
    const std::string id = text_of(value.find("spanId"));
    const json::Value* kind = value.find("kind");
    const std::string kind_name = text_of(kind);
    const double number = kind != nullptr && kind->is_number() ? *kind->number() : 0;
    Span span;
    span.id = id_of(id);
    span.parent = id_of(text_of(value.find("parentSpanId")));
    span.start = nanoseconds(value.find("startTimeUnixNano"), 1);
    span.end = nanoseconds(value.find("endTimeUnixNano"), 1);
    span.is_entry = number == 2 || number == 5 || kind_name == "SPAN_KIND_SERVER" || kind_name == "SPAN_KIND_CONSUMER";
    span.line = line_at(value.offset);
    finish(span, attributes_of(value.find("attributes")), text_of(value.find("name")), text_of(value.find("traceId")),
           id);
  }

  void add_jaeger(const json::Value& value) {
    const std::string id = text_of(value.find("spanID"));
    Attributes attributes = attributes_of(value.find("tags"));
    Span span;
    span.id = id_of(id);
    const json::Value* references = value.find("references");
    if (references != nullptr && references->is_array() && !references->array()->empty()) {
      span.parent = id_of(text_of(references->array()->front().find("spanID")));
    }
    constexpr double kMicrosecond = 1000;
    span.start = nanoseconds(value.find("startTime"), kMicrosecond);
    span.end = span.start + nanoseconds(value.find("duration"), kMicrosecond);
    span.is_entry = attributes.kind == "server" || attributes.kind == "consumer";
    span.line = line_at(value.offset);
    finish(span, std::move(attributes), text_of(value.find("operationName")), text_of(value.find("traceID")), id);
  }

  const Source& source_;
  QueryLogBuilder builder_;
  SpanTraces traces_;
  bool printed_;
  LineCounts counts_;
  json::Selector selector_;
  std::uint32_t line_ = 0;
  std::size_t counted_to_ = 0;
};

bool recognises(const Sniff& sniff) {
  const std::string_view text = trim(sniff.head);
  if (PrintedSpans::are_in(sniff.head)) {
    return true;
  }
  if (!sniff.is_object && !sniff.is_array && !sniff.is_lines) {
    return false;
  }
  const auto holds = [&](std::string_view key) { return text.find(key) != std::string_view::npos; };
  const bool spans = holds("\"scopeSpans\"") || holds("\"instrumentationLibrarySpans\"");
  return holds("\"resourceSpans\"") || (holds("\"batches\"") && spans) ||
         (sniff.has("data") && holds("\"spans\"") && (holds("\"operationName\"") || holds("\"traceID\"")));
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  SpanLog log(source, context);
  Expected<void> read = log.read();
  if (!read) {
    return read;
  }
  log.report(input, facts);
  return {};
}

}  // namespace

Format otlp_format() {
  Format format{"otlp", {"queries."}, recognises, collect};
  format.feeds = {FactKind::kStatements, FactKind::kSequences, FactKind::kRequestIds};
  format.is_given_as = "OTLP spans";
  format.looks_like = {"\"resourceSpans\"", "\"scopeSpans\"", "\"traceId\"", "\"spanId\""};
  format.page =
      "Spans as OTLP JSON: what the Collector's file exporter writes, what Tempo and Jaeger return, or what "
      "OpenTelemetry's ConsoleSpanExporter prints. Each span with "
      "`db.query.text` is a statement. `schema: prisma/schema.prisma` names the tables and indexes.";
  format.prepare = read_log_schema;
  return format;
}

}  // namespace budgetcheck
