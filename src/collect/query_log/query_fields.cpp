#include "collect/query_log/query_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "base/text.h"

namespace budgetcheck {
namespace {

using json::LineField;

using Slot = RecordSlot;
constexpr std::size_t kNoField = SIZE_MAX;

/// Where a name counts: everywhere, on the line's own object only, or below an object of this name.
constexpr std::string_view kAnywhere = "*";
constexpr std::string_view kTop = "";

struct Name {
  std::string_view parent;
  std::string_view key;
  Slot slot;
};

/// For each slot, the names that are preferred come first.
constexpr std::array kNames{
    Name{kAnywhere, "query", Slot::kQuery},
    Name{kAnywhere, "sql", Slot::kQuery},
    Name{kAnywhere, "statement", Slot::kQuery},
    Name{kAnywhere, "db.query.text", Slot::kQuery},
    Name{kAnywhere, "db.statement", Slot::kQuery},
    Name{kAnywhere, "db.query", Slot::kQuery},
    Name{kAnywhere, "queryText", Slot::kQuery},
    Name{kAnywhere, "query_text", Slot::kQuery},
    Name{kAnywhere, "sqlQuery", Slot::kQuery},
    Name{"query", "text", Slot::kQuery},
    Name{"query", "sql", Slot::kQuery},
    Name{kAnywhere, "params", Slot::kParams},
    Name{kAnywhere, "parameters", Slot::kParams},
    Name{kAnywhere, "bindings", Slot::kParams},
    Name{kAnywhere, "queryParams", Slot::kParams},
    Name{kAnywhere, "db.params", Slot::kParams},
    Name{kAnywhere, "duration", Slot::kDuration},
    Name{kAnywhere, "durationMs", Slot::kDuration},
    Name{kAnywhere, "duration_ms", Slot::kDuration},
    Name{kAnywhere, "elapsed", Slot::kDuration},
    Name{kAnywhere, "elapsedMs", Slot::kDuration},
    Name{kAnywhere, "elapsed_ms", Slot::kDuration},
    Name{kAnywhere, "took", Slot::kDuration},
    Name{kAnywhere, "db.duration", Slot::kDuration},
    Name{kAnywhere, "traceId", Slot::kTrace},
    Name{kAnywhere, "trace_id", Slot::kTrace},
    Name{kAnywhere, "trace.id", Slot::kTrace},
    Name{"trace", "id", Slot::kTrace},
    Name{kTop, "logging.googleapis.com/trace", Slot::kTrace},
    Name{kTop, "trace", Slot::kTrace},
    Name{kAnywhere, "traceparent", Slot::kTraceparent},
    Name{kAnywhere, "reqId", Slot::kRequest},
    Name{kAnywhere, "requestId", Slot::kRequest},
    Name{kAnywhere, "request_id", Slot::kRequest},
    Name{kAnywhere, "req_id", Slot::kRequest},
    Name{kAnywhere, "req.id", Slot::kRequest},
    Name{kAnywhere, "request.id", Slot::kRequest},
    Name{"req", "id", Slot::kRequest},
    Name{"request", "id", Slot::kRequest},
    Name{kAnywhere, "http.request.id", Slot::kRequest},
    Name{kAnywhere, "x-request-id", Slot::kRequest},
    Name{kAnywhere, "awsRequestId", Slot::kRequest},
    Name{kAnywhere, "correlationId", Slot::kRequest},
    Name{kAnywhere, "correlation_id", Slot::kRequest},
    Name{kAnywhere, "x-correlation-id", Slot::kRequest},
    Name{kTop, "pid", Slot::kProcess},
    Name{kTop, "hostname", Slot::kHost},
    Name{kAnywhere, "service.name", Slot::kService},
    Name{kTop, "service", Slot::kService},
    Name{"service", "name", Slot::kService},
    Name{kTop, "serviceName", Slot::kService},
    Name{kTop, "service_name", Slot::kService},
    Name{kTop, "app", Slot::kService},
    Name{kTop, "application", Slot::kService},
    Name{kTop, "name", Slot::kService},
    Name{kAnywhere, "route", Slot::kRoute},
    Name{kAnywhere, "http.route", Slot::kRoute},
    Name{kAnywhere, "req.route", Slot::kRoute},
    Name{kAnywhere, "routePath", Slot::kRoute},
    Name{kAnywhere, "routerPath", Slot::kRoute},
    Name{kAnywhere, "url.template", Slot::kRoute},
    Name{kTop, "url", Slot::kUrl},
    Name{"req", "url", Slot::kUrl},
    Name{"request", "url", Slot::kUrl},
    Name{kAnywhere, "req.url", Slot::kUrl},
    Name{"http", "url", Slot::kUrl},
    Name{kAnywhere, "originalUrl", Slot::kUrl},
    Name{kAnywhere, "http.url", Slot::kUrl},
    Name{kAnywhere, "http.target", Slot::kUrl},
    Name{kAnywhere, "url.path", Slot::kUrl},
    Name{kTop, "path", Slot::kUrl},
    Name{"req", "path", Slot::kUrl},
    Name{kTop, "pathname", Slot::kUrl},
    Name{kTop, "level", Slot::kLevel},
    Name{kTop, "caller", Slot::kSource},
    Name{kTop, "callsite", Slot::kSource},
    Name{kTop, "callSite", Slot::kSource},
    Name{kTop, "source", Slot::kSource},
    Name{"db", "caller", Slot::kSource},
};

std::size_t bucket_of(std::string_view key) {
  return (static_cast<unsigned char>(key.front()) * 31U + static_cast<unsigned char>(key.back()) * 7U + key.size()) %
         256;
}

/// Indices into kNames by bucket: 15 look-ups a line must cost next to nothing.
const std::array<std::vector<std::uint8_t>, 256>& buckets() {
  static_assert(kNames.size() < 256);
  static const auto kBuckets = [] {
    std::array<std::vector<std::uint8_t>, 256> table;
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      table[bucket_of(kNames[i].key)].push_back(static_cast<std::uint8_t>(i));
    }
    return table;
  }();
  return kBuckets;
}

/// The best candidate of a slot so far: one that stands beside the query wins, then the line's own object, then
/// the order of kNames.
struct Best {
  const LineField* field = nullptr;
  std::size_t rank = 0;
};

/// Which field stands for which slot. It depends on the names, the types, and which texts are empty.
RecordChoice choose(const std::vector<LineField>& fields) {
  constexpr std::size_t kNestedRank = 1000;
  const auto& table = buckets();
  std::array<Best, kRecordSlots> best;
  const auto offer = [&](std::size_t name, const LineField& field, std::size_t rank) {
    Best& current = best[static_cast<std::size_t>(kNames[name].slot)];
    if (current.field == nullptr || rank < current.rank) {
      current = {&field, rank};
    }
  };
  const auto each_match = [&](const LineField& field, const auto& visit) {
    if (field.key.empty()) {
      return;
    }
    for (const std::uint8_t i : table[bucket_of(field.key)]) {
      const Name& name = kNames[i];
      const bool here = name.parent == kAnywhere || name.parent == field.parent;
      if (here && name.key == field.key && usable(name.slot, field)) {
        visit(i);
      }
    }
  };
  for (const LineField& field : fields) {
    each_match(field, [&](std::size_t i) { offer(i, field, i + (field.parent.empty() ? 0 : kNestedRank)); });
  }
  const LineField* query = best[static_cast<std::size_t>(Slot::kQuery)].field;
  if (query != nullptr && !query->parent.empty()) {
    const std::string_view beside = query->parent;
    // The query is nested: its own parameters and duration stand beside it, others may be those of the request.
    best[static_cast<std::size_t>(Slot::kParams)] = {};
    best[static_cast<std::size_t>(Slot::kDuration)] = {};
    for (const LineField& field : fields) {
      each_match(field, [&](std::size_t i) {
        if (kNames[i].slot == Slot::kParams || kNames[i].slot == Slot::kDuration) {
          offer(i, field, i + (field.parent == beside ? 0 : field.parent.empty() ? kNestedRank : 2 * kNestedRank));
        }
      });
    }
  }
  RecordChoice choice;
  for (std::size_t slot = 0; slot < kRecordSlots; ++slot) {
    const LineField* field = best[slot].field;
    choice[slot] = field == nullptr ? kNoField : static_cast<std::size_t>(field - fields.data());
  }
  return choice;
}

LogRecord take(const std::vector<LineField>& fields, const RecordChoice& choice, const GivenFields& given) {
  const auto field_of = [&](Slot slot) {
    if (const LineField* field = given[static_cast<std::size_t>(slot)]; field != nullptr) {
      return field;
    }
    const std::size_t i = choice[static_cast<std::size_t>(slot)];
    return i == kNoField ? static_cast<const LineField*>(nullptr) : &fields[i];
  };
  const auto raw = [&](Slot slot) {
    const LineField* field = field_of(slot);
    return field == nullptr ? std::string_view() : field->raw;
  };
  LogRecord record;
  record.query = raw(Slot::kQuery);
  if (record.query.empty()) {
    return record;
  }
  record.engine = field_of(Slot::kQuery)->parent == "fields";
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
  double value = -1;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (code != std::errc()) {
    return -1;
  }
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
  if (line.layout() == 0) {
    return take(line.fields(), choose(line.fields()), given);
  }
  Known& known = known_[line.layout() % known_.size()];
  if (known.layout != line.layout()) {
    known = {line.layout(), choose(line.fields())};
  }
  return take(line.fields(), known.choice, given);
}

LogRecord read_record(const std::vector<LineField>& fields) { return take(fields, choose(fields), {}); }

}  // namespace budgetcheck
