#include "collect/query_log/fields/query_fields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/text/field_slots.h"

namespace budgetcheck {
namespace {

using json::LineField;

using Slot = RecordSlot;
/// A row of the table of names.
constexpr FieldName name_of(std::string_view parent, std::string_view key, Slot slot) {
  return {parent, key, static_cast<std::uint8_t>(slot)};
}
constexpr std::string_view kAnywhere = FieldName::kAnywhere;
constexpr std::string_view kTop = FieldName::kTop;

/// For each slot, the names that are preferred come first.
constexpr std::array kNames{
    name_of(kAnywhere, "query", Slot::kQuery),
    name_of(kAnywhere, "sql", Slot::kQuery),
    name_of(kAnywhere, "statement", Slot::kQuery),
    name_of(kAnywhere, "db.query.text", Slot::kQuery),
    name_of(kAnywhere, "db.statement", Slot::kQuery),
    name_of(kAnywhere, "db.query", Slot::kQuery),
    name_of(kAnywhere, "queryText", Slot::kQuery),
    name_of(kAnywhere, "query_text", Slot::kQuery),
    name_of(kAnywhere, "sqlQuery", Slot::kQuery),
    name_of("query", "text", Slot::kQuery),
    name_of("query", "sql", Slot::kQuery),
    name_of(kAnywhere, "params", Slot::kParams),
    name_of(kAnywhere, "parameters", Slot::kParams),
    name_of(kAnywhere, "bindings", Slot::kParams),
    name_of(kAnywhere, "queryParams", Slot::kParams),
    name_of(kAnywhere, "db.params", Slot::kParams),
    name_of(kAnywhere, "duration", Slot::kDuration),
    name_of(kAnywhere, "durationMs", Slot::kDuration),
    name_of(kAnywhere, "duration_ms", Slot::kDuration),
    name_of(kAnywhere, "elapsed", Slot::kDuration),
    name_of(kAnywhere, "elapsedMs", Slot::kDuration),
    name_of(kAnywhere, "elapsed_ms", Slot::kDuration),
    name_of(kAnywhere, "took", Slot::kDuration),
    name_of(kAnywhere, "db.duration", Slot::kDuration),
    name_of(kAnywhere, "traceId", Slot::kTrace),
    name_of(kAnywhere, "trace_id", Slot::kTrace),
    name_of(kAnywhere, "trace.id", Slot::kTrace),
    name_of("trace", "id", Slot::kTrace),
    name_of(kTop, "logging.googleapis.com/trace", Slot::kTrace),
    name_of(kTop, "trace", Slot::kTrace),
    name_of(kAnywhere, "traceparent", Slot::kTraceparent),
    name_of(kAnywhere, "reqId", Slot::kRequest),
    name_of(kAnywhere, "requestId", Slot::kRequest),
    name_of(kAnywhere, "request_id", Slot::kRequest),
    name_of(kAnywhere, "req_id", Slot::kRequest),
    name_of(kAnywhere, "req.id", Slot::kRequest),
    name_of(kAnywhere, "request.id", Slot::kRequest),
    name_of("req", "id", Slot::kRequest),
    name_of("request", "id", Slot::kRequest),
    name_of(kAnywhere, "http.request.id", Slot::kRequest),
    name_of(kAnywhere, "x-request-id", Slot::kRequest),
    name_of(kAnywhere, "awsRequestId", Slot::kRequest),
    name_of(kAnywhere, "correlationId", Slot::kRequest),
    name_of(kAnywhere, "correlation_id", Slot::kRequest),
    name_of(kAnywhere, "x-correlation-id", Slot::kRequest),
    name_of(kTop, "pid", Slot::kProcess),
    name_of(kTop, "hostname", Slot::kHost),
    name_of(kAnywhere, "service.name", Slot::kService),
    name_of(kTop, "service", Slot::kService),
    name_of("service", "name", Slot::kService),
    name_of(kTop, "serviceName", Slot::kService),
    name_of(kTop, "service_name", Slot::kService),
    name_of(kTop, "app", Slot::kService),
    name_of(kTop, "application", Slot::kService),
    name_of(kTop, "name", Slot::kService),
    name_of(kAnywhere, "route", Slot::kRoute),
    name_of(kAnywhere, "http.route", Slot::kRoute),
    name_of(kAnywhere, "req.route", Slot::kRoute),
    name_of(kAnywhere, "routePath", Slot::kRoute),
    name_of(kAnywhere, "routerPath", Slot::kRoute),
    name_of(kAnywhere, "url.template", Slot::kRoute),
    name_of(kTop, "url", Slot::kUrl),
    name_of("req", "url", Slot::kUrl),
    name_of("request", "url", Slot::kUrl),
    name_of(kAnywhere, "req.url", Slot::kUrl),
    name_of("http", "url", Slot::kUrl),
    name_of(kAnywhere, "originalUrl", Slot::kUrl),
    name_of(kAnywhere, "http.url", Slot::kUrl),
    name_of(kAnywhere, "http.target", Slot::kUrl),
    name_of(kAnywhere, "url.path", Slot::kUrl),
    name_of(kTop, "path", Slot::kUrl),
    name_of("req", "path", Slot::kUrl),
    name_of(kTop, "pathname", Slot::kUrl),
    name_of(kTop, "requestPath", Slot::kUrl),
    name_of("httpRequest", "requestUrl", Slot::kUrl),
    name_of(kTop, "level", Slot::kLevel),
    name_of(kTop, "caller", Slot::kSource),
    name_of(kTop, "callsite", Slot::kSource),
    name_of(kTop, "callSite", Slot::kSource),
    name_of(kTop, "source", Slot::kSource),
    name_of("db", "caller", Slot::kSource),
    name_of(kTop, "time", Slot::kAt),
    name_of(kTop, "timestamp", Slot::kAt),
    name_of(kTop, "@timestamp", Slot::kAt),
    name_of(kTop, "ts", Slot::kAt),
};

const FieldSlots& slots() {
  static_assert(kNames.size() < 256 && kRecordSlots <= kMaxFieldSlots);
  static const FieldSlots kSlots(kNames,
                                 [](std::uint8_t slot, const LineField& field) { return usable(Slot{slot}, field); });
  return kSlots;
}

/// Which field stands for which slot: the line's own object before those in it, then the order of kNames. A query that
/// is nested has its own parameters and duration beside it, and others may be those of the request.
SlotChoice choose(const std::vector<LineField>& fields) {
  constexpr std::size_t kNested = 1000;
  SlotChoice choice{};
  slots().choose(
      fields, [](std::size_t i, const LineField& field) { return i + (field.parent.empty() ? 0 : kNested); }, choice);
  const ChosenField& query = choice[static_cast<std::size_t>(Slot::kQuery)];
  const std::string_view beside = query.name == nullptr ? std::string_view() : fields[query.field].parent;
  if (beside.empty()) {
    return choice;
  }
  choice[static_cast<std::size_t>(Slot::kParams)] = {};
  choice[static_cast<std::size_t>(Slot::kDuration)] = {};
  const auto rank = [&](std::size_t i, const LineField& field) {
    const Slot slot{kNames[i].slot};
    if (slot != Slot::kParams && slot != Slot::kDuration) {
      return FieldSlots::kNever;
    }
    return i + (field.parent == beside ? 0 : field.parent.empty() ? kNested : 2 * kNested);
  };
  slots().choose(fields, rank, choice);
  return choice;
}

LogRecord take(const std::vector<LineField>& fields, const SlotChoice& choice, const GivenFields& given,
               bool without_query = false) {
  const auto field_of = [&](Slot slot) {
    if (const LineField* field = given[static_cast<std::size_t>(slot)]; field != nullptr) {
      return field;
    }
    const ChosenField& chosen = choice[static_cast<std::size_t>(slot)];
    return chosen.name == nullptr ? static_cast<const LineField*>(nullptr) : &fields[chosen.field];
  };
  const auto raw = [&](Slot slot) {
    const LineField* field = field_of(slot);
    return field == nullptr ? std::string_view() : field->raw;
  };
  LogRecord record;
  record.query = raw(Slot::kQuery);
  if (record.query.empty() && !without_query) {
    return record;
  }
  const LineField* query = field_of(Slot::kQuery);
  record.engine = query != nullptr && query->parent == "fields";
  record.params = raw(Slot::kParams);
  const LineField* params = field_of(Slot::kParams);
  record.params_are_list = params != nullptr && params->type == LineField::Type::kArray;
  record.duration_ms = milliseconds(raw(Slot::kDuration));
  record.trace = raw(Slot::kTrace);
  if (record.trace.find_first_not_of("0-") == std::string_view::npos) {
    record.trace = {};
  }
  record.traceparent = raw(Slot::kTraceparent);
  record.request = raw(Slot::kRequest);
  record.process = raw(Slot::kProcess);
  record.host = raw(Slot::kHost);
  record.service = raw(Slot::kService);
  record.route = raw(Slot::kRoute);
  record.url = raw(Slot::kUrl);
  record.source = raw(Slot::kSource);
  const std::string_view at = raw(Slot::kAt);
  record.at_ms = parse_number(at).value_or(-1);
  record.at_ms = record.at_ms < 0 && !at.empty() ? time_ms(at).value_or(-1) : record.at_ms;
  const LineField* level = field_of(Slot::kLevel);
  record.level_is_number = level != nullptr && level->type == LineField::Type::kNumber;
  record.level_is_word = level != nullptr && level->type == LineField::Type::kString;
  return record;
}

}  // namespace

bool usable(RecordSlot slot, const LineField& field) {
  switch (slot) {
    case Slot::kQuery:
    case Slot::kTrace:
    case Slot::kTraceparent:
    case Slot::kRoute:
    case Slot::kUrl:
    case Slot::kSource:
    case Slot::kHost:
    case Slot::kService:
      return field.type == LineField::Type::kString && !field.raw.empty();
    case Slot::kParams:
      return field.type == LineField::Type::kString || field.type == LineField::Type::kArray;
    case Slot::kDuration:
    case Slot::kRequest:
    case Slot::kProcess:
    case Slot::kLevel:
    case Slot::kAt:
      return (field.type == LineField::Type::kString || field.type == LineField::Type::kNumber) && !field.raw.empty();
  }
  return false;
}

double milliseconds(std::string_view text, double unit_ms) {
  struct Unit {
    std::string_view name;
    double ms;
  };
  constexpr std::array kUnits{Unit{"ms", 1}, Unit{"s", 1000}, Unit{"us", 1e-3}, Unit{"\xC2\xB5s", 1e-3},
                              Unit{"ns", 1e-6}};
  const LeadingNumber number = leading_number(text);
  if (number.end == nullptr) {
    return -1;
  }
  double value = number.value;
  std::string_view rest(number.end, static_cast<std::size_t>(text.data() + text.size() - number.end));
  if (!rest.empty()) {
    rest = trim(rest);
    const auto* unit = std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& u) { return u.name == rest; });
    if (unit == kUnits.end()) {
      return -1;
    }
    unit_ms = unit->ms;
  }
  value *= unit_ms;
  return std::isfinite(value) && value >= 0 ? value : -1;
}

LogRecord RecordReader::read(const json::LineReader& line, const GivenFields& given) {
  return take(line.fields(), choices_.of(line, choose), given);
}

LogRecord RecordReader::read_context(const json::LineReader& line) {
  return take(line.fields(), choices_.of(line, choose), {}, true);
}

LogRecord read_record(const std::vector<LineField>& fields) { return take(fields, choose(fields), {}); }

}  // namespace budgetcheck
