#include "collect/http/request_fields.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/text/field_slots.h"
#include "json/lines/line_paths.h"

namespace budgetcheck {
namespace {

using json::LineField;
using Kind = AccessRecord::Kind;

constexpr double kMostPlausible = 9007199254740992.0;

bool is_method(std::string_view text) {
  constexpr std::size_t kLongest = 20;
  return !text.empty() && text.size() <= kLongest &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ-_") == std::string_view::npos && text != "-";
}

bool is_target(std::string_view text) { return text.starts_with('/') || text.find("://") != std::string_view::npos; }

enum class Slot : std::uint8_t {
  kMethod,
  kUrl,
  kRequestLine,
  kStatus,
  kTime,
  kBody,
  kTransfer,
  kId,
  kProcess,
  kHost,
  kAt,
  kMessage,
  kLogger,
};
constexpr std::size_t kSlots = static_cast<std::size_t>(Slot::kLogger) + 1;

/// A row of the table of names; the scale of a time is that to milliseconds.
constexpr FieldName name_of(std::string_view parent, std::string_view key, Slot slot, double scale = 1) {
  return {parent, key, static_cast<std::uint8_t>(slot), scale};
}

/// The name does not say the unit, and programs that use it differ.
constexpr double kAnyUnit = 0;
constexpr std::string_view kOriginTime = "OriginResponseTime";

/// For each slot, the names that are preferred come first. The scale of a time is that of the only program that uses
/// the name, or of the unit in it.
constexpr std::array kNames{
    name_of("req", "method", Slot::kMethod),
    name_of("request", "method", Slot::kMethod),
    name_of("", "request_method", Slot::kMethod),
    name_of("", "RequestMethod", Slot::kMethod),
    name_of("httpRequest", "requestMethod", Slot::kMethod),
    name_of("", "ClientRequestMethod", Slot::kMethod),
    name_of("", "cs-method", Slot::kMethod),
    name_of("", "method", Slot::kMethod),
    name_of("req", "url", Slot::kUrl),
    name_of("request", "url", Slot::kUrl),
    name_of("request", "uri", Slot::kUrl),
    name_of("", "request_uri", Slot::kUrl),
    name_of("", "RequestPath", Slot::kUrl),
    name_of("httpRequest", "requestUrl", Slot::kUrl),
    name_of("", "ClientRequestURI", Slot::kUrl),
    name_of("", "ClientRequestPath", Slot::kUrl),
    name_of("", "cs-uri-stem", Slot::kUrl),
    name_of("", "uri", Slot::kUrl),
    name_of("", "url", Slot::kUrl),
    name_of("", "path", Slot::kUrl),
    name_of("", "request", Slot::kRequestLine),
    name_of("res", "statusCode", Slot::kStatus),
    name_of("response", "statusCode", Slot::kStatus),
    name_of("response", "status", Slot::kStatus),
    name_of("", "statusCode", Slot::kStatus),
    name_of("", "DownstreamStatus", Slot::kStatus),
    name_of("httpRequest", "status", Slot::kStatus),
    name_of("", "EdgeResponseStatus", Slot::kStatus),
    name_of("", "sc-status", Slot::kStatus),
    name_of("", "status", Slot::kStatus),
    name_of("", "responseTime", Slot::kTime),  // of Node's loggers: see has_certain_unit
    name_of("meta", "responseTime", Slot::kTime),
    name_of("", "responseTimeMs", Slot::kTime),
    name_of("", "response_time_ms", Slot::kTime),
    name_of("", "durationMs", Slot::kTime),
    name_of("", "duration_ms", Slot::kTime),
    name_of("", "latencyMs", Slot::kTime),
    name_of("", "latency_ms", Slot::kTime),
    name_of("", "elapsedMs", Slot::kTime),
    name_of("", "elapsed_ms", Slot::kTime),
    name_of("", "duration_seconds", Slot::kTime, 1e3),
    name_of("", "duration_us", Slot::kTime, 1e-3),
    name_of("", "duration_ns", Slot::kTime, 1e-6),
    name_of("", "time-taken", Slot::kTime, 1e3),  // CloudFront's
    name_of("", "Duration", Slot::kTime, 1e-6),   // Traefik's
    name_of("", "request_time", Slot::kTime, kAnyUnit),
    name_of("", "response_time", Slot::kTime, kAnyUnit),
    name_of("", "duration", Slot::kTime, kAnyUnit),
    name_of("", "latency", Slot::kTime, kAnyUnit),
    name_of("httpRequest", "latency", Slot::kTime, kAnyUnit),
    name_of("", "elapsed", Slot::kTime, kAnyUnit),
    name_of("", kOriginTime, Slot::kTime, kAnyUnit),
    name_of("", "body_bytes_sent", Slot::kBody),
    name_of("", "DownstreamContentSize", Slot::kBody),
    name_of("res", "contentLength", Slot::kBody),
    name_of("", "contentLength", Slot::kBody),
    name_of("", "responseLength", Slot::kBody),
    name_of("", "EdgeResponseBodyBytes", Slot::kBody),
    name_of("", "size", Slot::kBody),  // Caddy's
    name_of("", "bytes_sent", Slot::kTransfer),
    name_of("httpRequest", "responseSize", Slot::kTransfer),
    name_of("", "EdgeResponseBytes", Slot::kTransfer),
    name_of("", "sc-bytes", Slot::kTransfer),
    name_of("", "reqId", Slot::kId),
    name_of("req", "id", Slot::kId),
    name_of("", "requestId", Slot::kId),
    name_of("", "request_id", Slot::kId),
    name_of("", "pid", Slot::kProcess),
    name_of("", "hostname", Slot::kHost),
    name_of("", "time", Slot::kAt),
    name_of("", "msg", Slot::kMessage),
    name_of("", "message", Slot::kMessage),
    name_of("", "logger", Slot::kLogger),
};

bool is_value(const LineField& field) {
  return field.type == LineField::Type::kString || field.type == LineField::Type::kNumber;
}

const FieldSlots& slots() {
  static_assert(kSlots <= kMaxFieldSlots && kNames.size() < 256);
  static const FieldSlots kTable(
      kNames, [](std::uint8_t /*slot*/, const LineField& field) { return is_value(field) && !field.raw.empty(); });
  return kTable;
}

SlotChoice choose(const std::vector<LineField>& fields) {
  SlotChoice choice{};
  slots().choose(
      fields, [](std::size_t i, const LineField& /*field*/) { return i; }, choice);
  return choice;
}

/// Takes one line apart.
class Line {
 public:
  Line(std::string_view text, const std::vector<LineField>& fields, const SlotChoice& choice)
      : text_(text), fields_(fields), choice_(choice) {}

  AccessRecord read() {
    record_.json = true;
    record_.id = value(Slot::kId);
    record_.process = value(Slot::kProcess);
    record_.host = value(Slot::kHost);
    record_.at_ms = logged_amount(value(Slot::kAt));
    if (record_.at_ms < 0) {
      record_.at_ms = time_ms(value(Slot::kAt)).value_or(-1);
    }
    message_ = value(Slot::kMessage);
    read_request();
    read_measures();
    record_.kind = kind();
    if (record_.status == 0) {
      record_.time_ms = -1;  // of what broke off, neither says anything
      record_.body_bytes = -1;
      record_.transfer_bytes = -1;
      record_.numbers = {};
    }
    return record_;
  }

 private:
  const FieldName* name(Slot slot) const { return choice_[static_cast<std::size_t>(slot)].name; }
  const LineField* field(Slot slot) const {
    const ChosenField& chosen = choice_[static_cast<std::size_t>(slot)];
    return chosen.name == nullptr ? nullptr : &fields_[chosen.field];
  }
  std::string_view value(Slot slot) const {
    const LineField* found = field(slot);
    return found == nullptr ? std::string_view() : found->raw;
  }
  double amount(Slot slot) const { return name(slot) == nullptr ? -1 : logged_amount(value(slot)); }

  void read_request() {
    record_.method = value(Slot::kMethod);
    record_.url = value(Slot::kUrl);
    std::string_view status = value(Slot::kStatus);
    if (field(Slot::kTime) != nullptr && field(Slot::kTime)->parent == "meta") {
      static const std::vector<std::string> kPaths{"meta.req.method", "meta.req.url", "meta.res.statusCode"};
      json::PathReader deep(kPaths);
      deep.read(text_);
      const auto at = [&](std::size_t i) { return deep.at(i) == nullptr ? std::string_view() : deep.at(i)->raw; };
      record_.method = at(0);
      record_.url = at(1);
      status = at(2);
    }
    record_.status = message_ == "request aborted" ? 0 : status_of(status);
    record_.caddy = name(Slot::kUrl) != nullptr && name(Slot::kUrl)->key == "uri" &&
                    name(Slot::kUrl)->parent == "request" &&
                    (message_ == "handled request" || value(Slot::kLogger).starts_with("http.log.access"));
    if ((record_.method.empty() || record_.url.empty()) && !value(Slot::kRequestLine).empty()) {
      read_request_line(value(Slot::kRequestLine), record_);  // nginx' $request
      malformed_ = record_.kind == Kind::kMalformed;
    }
  }

  void read_measures() {
    const bool is_size = name(Slot::kBody) != nullptr && name(Slot::kBody)->key == "size";
    record_.body_bytes = is_size && !record_.caddy ? -1 : amount(Slot::kBody);  // elsewhere it means anything
    record_.transfer_bytes = amount(Slot::kTransfer);
    const LineField* time = field(Slot::kTime);
    if (time == nullptr) {
      return;
    }
    if (time->type == LineField::Type::kString) {
      record_.time_ms = duration_with_unit(time->raw);
    }
    if (record_.time_ms < 0 && has_certain_unit(*time)) {
      record_.time_ms = logged_amount(time->raw, scale(*time));
    }
    record_.time_name = name(Slot::kTime)->key;  // not the line's, whose names live until the next
    record_.numbers[0] = logged_number(time->raw);
    if (!record_.numbers[0].is_number() && parse_number(time->raw)) {
      record_.numbers[0] = {logged_amount(time->raw), kOddDecimals};
    }
  }

  /// restify's audit log.
  bool is_audit(const LineField& time) const { return time.key == "latency" && message_.starts_with("handled: "); }

  /// Node's loggers write milliseconds; three decimals may be seconds that nginx wrote under the same name.
  bool has_certain_unit(const LineField& time) const {
    constexpr std::int8_t kOfNginx = 3;
    if (is_audit(time)) {
      return true;
    }
    if (time.key == "responseTime" && time.parent.empty()) {
      const bool by_node = name(Slot::kStatus) != nullptr && !name(Slot::kStatus)->parent.empty();
      return by_node || (time.type == LineField::Type::kNumber && logged_number(time.raw).decimals != kOfNginx);
    }
    if (time.key == "Duration") {
      return name(Slot::kMethod) != nullptr && name(Slot::kMethod)->key == "RequestMethod";
    }
    return name(Slot::kTime)->scale != kAnyUnit;
  }
  double scale(const LineField& time) const { return is_audit(time) ? 1 : name(Slot::kTime)->scale; }

  Kind kind() const {
    const bool begins =
        message_ == "incoming request" || message_ == "request received" || message_ == "request started";
    const bool asked = is_method(record_.method) && !record_.url.empty();
    if (begins) {
      return asked && !record_.id.empty() ? Kind::kBegin : Kind::kNone;
    }
    const bool broke_off = message_ == "request aborted";
    const bool has_size = record_.body_bytes >= 0 || record_.transfer_bytes >= 0;
    // A program that calls others logs a URL, a status and a time too.
    const bool timed = record_.time_ms >= 0 || (record_.numbers[0].is_number() && record_.url.starts_with('/'));
    const bool ends =
        record_.status != 0 && (has_size || timed || message_ == "request completed" || message_ == "request errored");
    if (!ends && !broke_off) {
      return Kind::kNone;
    }
    if (malformed_) {
      return Kind::kMalformed;
    }
    return asked ? Kind::kWhole : record_.id.empty() ? Kind::kNone : Kind::kEnd;
  }

  static constexpr std::int8_t kOddDecimals = 100;  ///< with an exponent

  std::string_view text_;
  const std::vector<LineField>& fields_;
  const SlotChoice& choice_;
  AccessRecord record_;
  std::string_view message_;
  bool malformed_ = false;
};

}  // namespace

double logged_amount(std::string_view text, double scale) {
  const std::optional<double> number = parse_number(text);
  return number && *number >= 0 && *number * scale <= kMostPlausible ? *number * scale : -1;
}

int status_of(std::string_view text) {
  constexpr std::size_t kDigits = 3;
  const bool is_status =
      text.size() == kDigits && text[0] != '0' && text.find_first_not_of("0123456789") == std::string_view::npos;
  return is_status ? (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0') : 0;
}

void read_request_line(std::string_view request, AccessRecord& record) {
  const std::size_t space = std::min(request.find(' '), request.size());
  record.method = request.substr(0, space);
  const std::string_view rest = trim(request.substr(space));
  record.url = rest.substr(0, std::min(rest.find(' '), rest.size()));
  record.kind = is_method(record.method) && is_target(record.url) ? Kind::kWhole : Kind::kMalformed;
}

AccessRecord read_json_access(std::string_view line, const std::vector<LineField>& fields) {
  return Line(line, fields, choose(fields)).read();
}

AccessRecord AccessReader::read(std::string_view text, const json::LineReader& line) {
  return Line(text, line.fields(), choices_.of(line, choose)).read();
}

double content_length_in(std::string_view line) {
  constexpr std::string_view kKey = "content-length";
  if (line.find(kKey) == std::string_view::npos) {
    return -1;
  }
  json::PathReader reader({"res.headers.content-length"});
  reader.read(line);
  const LineField* field = reader.at(0);
  return field != nullptr && is_value(*field) ? logged_amount(field->raw) : -1;
}

}  // namespace budgetcheck
