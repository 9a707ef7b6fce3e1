#include "collect/trace/printed_spans.h"

#include <cmath>
#include <optional>
#include <vector>

#include "base/file_system.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/text/inspected_value.h"
#include "json/lines/line_fields.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxSpan = std::size_t{1} << 20;

/// "startTimeUnixNano":"1795416836856000000", of microseconds.
void append_nanoseconds(std::string_view name, double microseconds, std::string& out) {
  constexpr double kNanoseconds = 1000;
  constexpr double kMost = 9e15;
  const bool known = microseconds > 0 && microseconds < kMost;
  out.append(",\"").append(name).append("\":\"");
  out.append(std::to_string(known ? std::llround(microseconds * kNanoseconds) : 0)).append("\"");
}

std::string otlp_of(std::string_view object) {
  std::string guarded(object);
  guarded.append(FileContent::kGuard, '\0');
  std::vector<json::LineField> fields;
  if (!json::read_line_fields(std::string_view(guarded).substr(0, object.size()), fields)) {
    return {};
  }
  std::string span;
  std::string attributes;
  double start = -1;
  double duration = 0;
  bool traced = false;
  const auto text = [&](std::string_view name, const json::LineField& field) {
    span.append(span.empty() ? "\"" : ",\"").append(name).append("\":\"").append(field.raw).append("\"");
  };
  for (const json::LineField& field : fields) {
    const bool is_text = field.type == json::LineField::Type::kString;
    if (field.parent == "attributes" && is_text) {
      attributes.append(attributes.empty() ? "" : ",").append(R"({"key":")").append(field.key);
      attributes.append(R"(","value":{"stringValue":")").append(field.raw).append("\"}}");
    } else if (field.parent == "parentSpanContext" && field.key == "spanId" && is_text) {
      text("parentSpanId", field);
    } else if (!field.parent.empty()) {
      continue;
    } else if (is_text && (field.key == "traceId" || field.key == "name")) {
      traced = traced || field.key == "traceId";
      text(field.key, field);
    } else if (is_text && (field.key == "id" || field.key == "parentId")) {
      text(field.key == "id" ? "spanId" : "parentSpanId", field);
    } else if (field.key == "kind") {
      // The API counts kinds from 0, OTLP from 1.
      span.append(",\"kind\":").append(std::to_string(std::lround(parse_number(field.raw).value_or(0)) + 1));
    } else if (field.key == "timestamp") {
      start = parse_number(field.raw).value_or(-1);
    } else if (field.key == "duration") {
      duration = parse_number(field.raw).value_or(0);
    }
  }
  if (!traced || start < 0 || span.front() != '"') {
    return {};
  }
  append_nanoseconds("startTimeUnixNano", start, span);
  append_nanoseconds("endTimeUnixNano", start + duration, span);
  return R"({"resourceSpans":[{"scopeSpans":[{"spans":[{)" + span + R"(,"attributes":[)" + attributes + "]}]}]}]}";
}

}  // namespace

bool PrintedSpans::are_in(std::string_view text) {
  const auto holds = [&](std::string_view part) { return text.find(part) != std::string_view::npos; };
  return holds("  traceId: '") && holds("  timestamp: ") && holds("  attributes: {") &&
         (holds("\n  parentSpanContext: ") || holds("\n  parentId: ")) && holds("\n  kind: ");
}

bool PrintedSpans::next() {
  while (lines_.next()) {
    const std::string_view first = lines_.line();
    if (!trim(first).ends_with('{') || first.starts_with(' ')) {
      continue;
    }
    line_ = lines_.number();
    std::string text = "{";
    BracketScan scan;
    scan.feed("{");
    while (!scan.closed() && text.size() < kMaxSpan && lines_.next()) {
      text.append("\n").append(lines_.line());
      scan.feed(lines_.line());
    }
    const std::optional<std::string> object = inspected_object(text);
    otlp_ = object ? otlp_of(*object) : std::string();
    if (!otlp_.empty()) {
      return true;
    }
  }
  return false;
}

}  // namespace budgetcheck
