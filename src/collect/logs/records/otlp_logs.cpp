#include "collect/logs/records/otlp_logs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/account.h"
#include "collect/logs/records/record_counts.h"
#include "collect/logs/records/record_names.h"
#include "collect/text/line_counts.h"
#include "collect/text/text_lines.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

/// Attributes, whether it has a trace and a span, and the logger that it names itself.
using Kind = std::tuple<std::uint64_t, bool, bool, std::string>;
struct Records {
  std::uint64_t count = 0;
  std::uint32_t first_line = 0;
};
/// Records that are alike, until it is known whose they are: names may stand behind them.
using Alike = std::map<Kind, Records>;

std::string text_of(const json::Value* value) {
  return value == nullptr || value->string() == nullptr ? std::string() : *value->string();
}

/// As hexadecimal digits, or as base64.
bool is_otlp_id(const json::Value* value) {
  const std::string text = text_of(value);
  constexpr std::size_t kTrace = 24;
  constexpr std::size_t kSpan = 12;
  const bool is_base64 = (text.size() == kTrace || text.size() == kSpan) && text.ends_with('=');
  return is_base64 ? text.find_first_not_of("A=") != std::string::npos : is_trace_id(text);
}

/// What a name is written as in a line of JSON, which is what names of records are.
std::string escaped(std::string_view text) {
  return replace_all(replace_all(std::string(text), "\\", "\\\\"), "\"", "\\\"");
}

/// Bridges of Node's loggers (instrumentation-pino, winston-transport) export what all loggers of a process write in
/// one scope, their own, and the logger's name as an attribute.
constexpr std::string_view kBridges = "@opentelemetry/";

/// The name of a logger among the attributes of a record; empty: none.
std::string logger_among(const json::Value* list) {
  std::string logger;
  std::size_t best = records::kNever;
  const json::Array* attributes = list == nullptr ? nullptr : list->array();
  if (attributes == nullptr) {
    return logger;
  }
  for (const json::Value& attribute : *attributes) {
    const std::string name = text_of(attribute.at({"value", "stringValue"}));
    json::LineField field;
    field.key = attribute.string_or("key", "");
    field.raw = name;
    field.type = json::LineField::Type::kString;
    const std::size_t rank = records::logger_rank(field, false);
    if (rank < best) {
      best = rank;
      logger = escaped(name);
    }
  }
  return logger;
}

bool is_said(const json::Value* value) {
  const json::Object* members = value == nullptr ? nullptr : value->object();
  if (members == nullptr || members->empty()) {
    return false;
  }
  const json::Value& inner = members->front().value;
  return !inner.is_null() && (inner.string() == nullptr || !inner.string()->empty());
}

class OtlpLogs {
  static constexpr std::size_t kLooked = std::size_t{64} << 10;

 public:
  OtlpLogs(const Source& source, const CollectContext& context)
      : source_(source),
        requirements_(context.telemetry),
        counts_(requirements_),
        is_bridged_(source.content->bytes().substr(0, kLooked).find(kBridges) != std::string_view::npos) {
    for (const std::string above : {"", "*/"}) {
      const std::string resource = above + "resourceLogs/*";
      for (const std::string scopes : {"/scopeLogs/*", "/instrumentationLibraryLogs/*"}) {
        const std::string scope = resource + scopes;
        selector_.keep(scope + "/logRecords/*/traceId");
        selector_.keep(scope + "/logRecords/*/spanId");
        selector_.keep(scope + "/scope/name");
        selector_.keep(scope + "/instrumentationLibrary/name");
        if (is_bridged_ || !requirements_.wanted().all().empty()) {
          selector_.keep(scope + "/logRecords/*/attributes");
        }
        selector_.each(scope + "/logRecords/*", [this](std::string_view /*key*/, json::Value&& record) {
          add_record(record);
          return true;
        });
        selector_.each(scope, [this](std::string_view /*key*/, json::Value&& value) {
          end_scope(value);
          return true;
        });
      }
      selector_.keep(resource + "/resource/attributes");
      selector_.each(resource, [this](std::string_view /*key*/, json::Value&& value) {
        end_resource(value);
        return true;
      });
    }
  }

  Expected<void> read() {
    if (!is_lines()) {
      const auto whole = json::select(source_.path, *source_.content, selector_);
      lines_.read = 1;
      return whole ? Expected<void>() : tl::unexpected(whole.error());
    }
    std::string copy;
    for (TextLines lines(*source_.content); lines.next();) {
      copy.assign(lines.line());
      if (!lines.too_long() && trim(copy).empty()) {
        continue;
      }
      ++lines_.read;
      line_ = lines.number();
      if (lines.too_long() || !json::select_text(source_.path, copy, selector_)) {
        lines_.add_broken(line_);
        in_scope_.clear();
        in_resource_.clear();
      }
    }
    return {};
  }

  void report(Input& input, Facts& facts) {
    Account account(input);
    if (counts_.empty()) {
      account.incomplete("it holds no log records", "export the logs of a run into it", "logs.",
                         Location::of(source_.path), facts);
    }
    if (lines_.broken > 0) {
      account.incomplete(
          fmt::format("{} of {} {} not valid JSON, the first in line {}", lines_.broken, counted(lines_.read, "line"),
                      lines_.broken == 1 ? "is" : "are", lines_.first_broken),
          kWriteAgain);
    }
    counts_.report(source_.path, account, facts);
  }

 private:
  /// One export a line, or one document over many.
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

  std::uint32_t line_at(std::uint64_t offset) {
    if (line_ != 0) {
      return line_;
    }
    const std::string_view bytes = source_.content->bytes();
    const std::size_t end = std::min<std::size_t>(offset, bytes.size());
    if (end > counted_to_) {
      lines_before_ += static_cast<std::uint32_t>(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(counted_to_),
                                                             bytes.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
      counted_to_ = end;
    }
    return lines_before_ + 1;
  }

  std::uint64_t attributes_in(const json::Value* list) const {
    std::uint64_t bits = 0;
    const json::Array* attributes = list == nullptr ? nullptr : list->array();
    if (attributes == nullptr) {
      return bits;
    }
    const auto& wanted = requirements_.wanted().all();
    for (const json::Value& attribute : *attributes) {
      const std::string_view key = attribute.string_or("key", "");
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        const bool is_it = wanted[i].kind == WantedAttributes::Kind::kField && wanted[i].name == key;
        bits |= is_it && is_said(attribute.find("value")) ? std::uint64_t{1} << i : 0;
      }
    }
    return bits;
  }

  void add_record(const json::Value& record) {
    const json::Value* attributes = record.find("attributes");
    const Kind kind{attributes_in(attributes), is_otlp_id(record.find("traceId")), is_otlp_id(record.find("spanId")),
                    is_bridged_ ? logger_among(attributes) : std::string()};
    Records& alike = in_scope_[kind];
    alike.first_line = alike.count == 0 ? line_at(record.offset) : alike.first_line;
    ++alike.count;
  }

  void end_scope(const json::Value& scope) {
    std::string name = text_of(scope.at({"scope", "name"}));
    name = name.empty() ? text_of(scope.at({"instrumentationLibrary", "name"})) : name;
    in_resource_.emplace_back(escaped(name), std::exchange(in_scope_, {}));
  }

  void end_resource(const json::Value& resource) {
    const json::Value* attributes = resource.at({"resource", "attributes"});
    std::string service;
    if (attributes != nullptr && attributes->array() != nullptr) {
      for (const json::Value& attribute : *attributes->array()) {
        if (attribute.string_or("key", "") == "service.name") {
          service = escaped(text_of(attribute.at({"value", "stringValue"})));
        }
      }
    }
    const std::uint64_t of_resource = attributes_in(attributes);
    for (const auto& [logger, scope] : std::exchange(in_resource_, {})) {
      for (const auto& [kind, alike] : scope) {
        SeenRecord record;
        record.service = service;
        record.logger = logger.starts_with(kBridges) && !std::get<3>(kind).empty() ? std::get<3>(kind) : logger;
        record.library = "otlp";
        record.has_trace = std::get<1>(kind);
        record.has_span = std::get<2>(kind);
        record.attributes = std::get<0>(kind) | of_resource;
        record.attributes |= requirements_.wanted().given(record);
        counts_.add(record, alike.first_line, alike.count);
      }
    }
  }

  const Source& source_;
  RecordRequirements requirements_;
  RecordCounts counts_;
  LineCounts lines_;
  bool is_bridged_;
  json::Selector selector_;
  Alike in_scope_;
  std::vector<std::pair<std::string, Alike>> in_resource_;
  std::uint32_t line_ = 0;  ///< of a log of lines
  std::uint32_t lines_before_ = 0;
  std::size_t counted_to_ = 0;
};

bool recognises(const Sniff& sniff) {
  return (sniff.is_object || sniff.is_array || sniff.is_lines) &&
         sniff.head.find("\"resourceLogs\"") != std::string_view::npos;
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  OtlpLogs logs(source, context);
  Expected<void> read = logs.read();
  if (read) {
    logs.report(input, facts);
  }
  return read;
}

}  // namespace

Format otlp_logs_format() {
  Format format{"otlp-logs", {"logs."}, recognises, collect};
  format.is_given_as = "OTLP log records";
  format.looks_like = {"\"resourceLogs\"", "\"scopeLogs\"", "\"logRecords\"", "\"severityNumber\""};
  format.page =
      "Log records as OTLP JSON, one export a line, one document, or a list: what the Collector's file exporter "
      "writes. "
      "Measured is whether records carry a trace's id ([docs/telemetry.md](telemetry.md)).";
  format.feeds = {FactKind::kLogRecords};
  return format;
}

}  // namespace budgetcheck
