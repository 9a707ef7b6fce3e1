#include "collect/logs/records/record_fields.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "collect/logs/records/record_names.h"

namespace budgetcheck {
namespace {

using json::LineField;
using records::Role;
using Type = LineField::Type;

/// Where loguru keeps what was bound to a record, two objects deep.
const std::vector<std::string>& deep_paths() {
  static const std::vector<std::string> kPaths{
      "record.extra.trace_id", "record.extra.traceId",    "record.extra.otelTraceID", "record.extra.span_id",
      "record.extra.spanId",   "record.extra.otelSpanID", "record.extra.service",     "record.extra.logger"};
  return kPaths;
}
constexpr std::size_t kDeepTraces = 3;
constexpr std::size_t kDeepSpans = 6;
constexpr std::size_t kDeepService = 6;
constexpr std::size_t kDeepLogger = 7;

std::vector<std::string> paths_of(const WantedAttributes& wanted) {
  std::vector<std::string> paths = deep_paths();
  for (const WantedAttributes::One& one : wanted.all()) {
    paths.push_back(one.kind == WantedAttributes::Kind::kField ? one.name : std::string());
  }
  return paths;
}

bool is_said(const LineField& field) {
  return (field.type == Type::kString && !field.raw.empty()) || field.type == Type::kNumber ||
         (field.type == Type::kLiteral && field.raw != "null") ||
         (field.type == Type::kArray && field.raw.find_first_not_of("[] \t") != std::string_view::npos);
}

bool is_attribute(const LineField& field, std::string_view name) {
  if (field.key == name) {
    return true;
  }
  const std::size_t size = field.parent.size();
  return size > 0 && name.size() == size + 1 + field.key.size() && name.starts_with(field.parent) &&
         name[size] == '.' && name.ends_with(field.key);
}

template <std::size_t N>
void put(std::array<std::size_t, N>& places, std::size_t none, std::size_t field) {
  const auto free = std::find(places.begin(), places.end(), none);
  if (free != places.end()) {
    *free = field;
  }
}

}  // namespace

bool is_trace_id(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.find_first_not_of("0-") == std::string_view::npos) {
    return false;
  }
  constexpr std::size_t kLongestWord = 9;
  if (text.size() > kLongestWord) {
    return true;
  }
  const std::string word = lower(text);
  return word != "null" && word != "undefined" && word != "none" && word != "nil" && word != "unknown" &&
         word != "n/a" && word != "false";
}

bool is_traceparent(std::string_view text, bool& has_span) {
  const std::vector<std::string_view> parts = split(trim(text), '-');
  constexpr std::size_t kTrace = 32;
  constexpr std::size_t kSpan = 16;
  if (parts.size() < 4 || parts[1].size() != kTrace || parts[2].size() != kSpan || !is_trace_id(parts[1])) {
    return false;
  }
  has_span = has_span || is_trace_id(parts[2]);
  return true;
}

std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : name) {
    if (c != '_' && c != '-' && c != '.') {
      plain += c;
    }
  }
  return lower(plain);
}

std::uint64_t WantedAttributes::add(const std::string& name) {
  const auto found = std::find_if(all_.begin(), all_.end(), [&](const One& one) { return one.name == name; });
  const auto at = static_cast<std::size_t>(found - all_.begin());
  if (at == kMost) {
    return 0;
  }
  if (found == all_.end()) {
    const std::string plain = plain_name(name);
    const Kind kind = plain == "traceid"                             ? Kind::kTrace
                      : plain == "spanid"                            ? Kind::kSpan
                      : plain == "service" || plain == "servicename" ? Kind::kService
                                                                     : Kind::kField;
    all_.push_back({name, kind});
  }
  return std::uint64_t{1} << at;
}

std::uint64_t WantedAttributes::given(const SeenRecord& record) const {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    const Kind kind = all_[i].kind;
    const bool is_there = (kind == Kind::kTrace && record.has_trace) || (kind == Kind::kSpan && record.has_span) ||
                          (kind == Kind::kService && !record.service.empty());
    bits |= is_there ? std::uint64_t{1} << i : 0;
  }
  return bits;
}

RecordFields::RecordFields(const WantedAttributes& wanted) : wanted_(wanted), paths_(paths_of(wanted)) {}

RecordFields::Choice RecordFields::choose(const std::vector<LineField>& fields) const {
  Choice choice;
  bool has_level = false;
  bool has_message = false;
  bool has_time = false;
  const bool is_python = records::is_python(fields);
  std::size_t logger_rank = records::kNever;
  std::size_t service_rank = records::kNever;
  std::size_t name = kNone;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const LineField& field = fields[i];
    switch (records::role_of(field)) {
      case Role::kLevel:
        has_level = true;
        break;
      case Role::kMessage:
        has_message = true;
        break;
      case Role::kTime:
        has_time = true;
        break;
      case Role::kTrace:
        put(choice.traces, kNone, i);
        break;
      case Role::kSpan:
        put(choice.spans, kNone, i);
        break;
      case Role::kTraceparent:
        choice.traceparent = i;
        break;
      case Role::kNone:
        break;
    }
    if (const std::size_t rank = records::logger_rank(field, is_python); rank < logger_rank) {
      logger_rank = rank;
      choice.logger = i;
    }
    if (const std::size_t rank = records::service_rank(field); rank < service_rank) {
      service_rank = rank;
      choice.service = i;
    }
    if (field.parent.empty() && field.key == "name" && field.type == Type::kString && !field.raw.empty()) {
      name = i;
    }
    for (std::size_t a = 0; a < wanted_.all().size(); ++a) {
      if (wanted_.all()[a].kind == WantedAttributes::Kind::kField && is_attribute(field, wanted_.all()[a].name)) {
        choice.fields.emplace_back(i, std::uint64_t{1} << a);
      }
    }
  }
  choice.library = records::library_of(fields);
  choice.is_record = has_level || (has_message && has_time) || choice.library == "loguru" || choice.library == "tslog";
  // Bunyan's and pino's `name` is the program where another field names its part.
  if (choice.service == kNone && name != kNone && name != choice.logger) {
    choice.service = name;
  }
  choice.is_deep = choice.library == "loguru";
  for (std::size_t a = 0; a < wanted_.all().size(); ++a) {
    const std::uint64_t bit = std::uint64_t{1} << a;
    const bool is_field =
        std::any_of(choice.fields.begin(), choice.fields.end(), [&](const auto& field) { return field.second == bit; });
    if (wanted_.all()[a].kind == WantedAttributes::Kind::kField && !is_field) {
      choice.missing |= bit;
    }
  }
  return choice;
}

void RecordFields::take(const Choice& choice, const std::vector<LineField>& fields, SeenRecord& record) const {
  record.library = choice.library;
  record.service = choice.service == kNone ? std::string_view() : fields[choice.service].raw;
  record.logger = choice.logger == kNone ? std::string_view() : fields[choice.logger].raw;
  record.has_trace = false;
  record.has_span = false;
  for (const std::size_t i : choice.traces) {
    record.has_trace = record.has_trace || (i != kNone && is_trace_id(fields[i].raw));
  }
  for (const std::size_t i : choice.spans) {
    record.has_span = record.has_span || (i != kNone && is_trace_id(fields[i].raw));
  }
  if (choice.traceparent != kNone) {
    record.has_trace = is_traceparent(fields[choice.traceparent].raw, record.has_span) || record.has_trace;
  }
  record.attributes = 0;
  for (const auto& [i, bit] : choice.fields) {
    record.attributes |= is_said(fields[i]) ? bit : 0;
  }
}

void RecordFields::look_deeper(std::string_view line, const Choice& choice, SeenRecord& record) {
  paths_.read(line);
  if (choice.is_deep) {
    for (std::size_t i = 0; i < kDeepSpans; ++i) {
      const LineField* field = paths_.at(i);
      const bool is_id =
          field != nullptr && (field->type == Type::kString || field->type == Type::kNumber) && is_trace_id(field->raw);
      bool& has = i < kDeepTraces ? record.has_trace : record.has_span;
      has = has || is_id;
    }
    const auto text_at = [&](std::size_t i, std::string_view& out) {
      const LineField* field = paths_.at(i);
      if (field != nullptr && field->type == Type::kString && !field->raw.empty()) {
        out = field->raw;
      }
    };
    text_at(kDeepService, record.service);
    text_at(kDeepLogger, record.logger);
  }
  for (std::size_t a = 0; a < wanted_.all().size(); ++a) {
    const LineField* field = paths_.at(deep_paths().size() + a);
    if (wanted_.all()[a].kind == WantedAttributes::Kind::kField && field != nullptr && is_said(*field)) {
      record.attributes |= std::uint64_t{1} << a;
    }
  }
}

bool RecordFields::read(std::string_view line, const json::LineReader& object, SeenRecord& record) {
  Choice unknown;
  Choice* choice = &unknown;
  if (object.layout() == 0) {
    unknown = choose(object.fields());
  } else {
    choice = &known_[object.layout() % known_.size()];
    if (choice->layout != object.layout()) {
      *choice = choose(object.fields());
      choice->layout = object.layout();
    }
  }
  if (!choice->is_record) {
    return false;
  }
  take(*choice, object.fields(), record);
  if (choice->is_deep || choice->missing != 0) {
    look_deeper(line, *choice, record);
  }
  record.attributes |= wanted_.given(record);
  return true;
}

bool RecordFields::read(const std::vector<LineField>& fields, SeenRecord& record) {
  const Choice choice = choose(fields);
  if (choice.is_record) {
    take(choice, fields, record);
    record.attributes |= wanted_.given(record);
  }
  return choice.is_record;
}

}  // namespace budgetcheck
