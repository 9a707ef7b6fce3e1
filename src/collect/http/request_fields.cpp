#include "collect/http/request_fields.h"

#include <algorithm>
#include <array>
#include <cmath>
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
constexpr int kNoContent = 204;
constexpr int kNotModified = 304;

double amount(std::string_view text, double scale = 1) {
  const std::optional<double> number = parse_number(text);
  return number && *number >= 0 && *number * scale <= kMostPlausible ? *number * scale : -1;
}

/// Three digits from 100 to 999; 0 for anything else.
int status_of(std::string_view text) {
  constexpr std::size_t kDigits = 3;
  const bool is_status =
      text.size() == kDigits && text[0] != '0' && text.find_first_not_of("0123456789") == std::string_view::npos;
  return is_status ? (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0') : 0;
}

bool is_method(std::string_view text) {
  constexpr std::size_t kLongest = 20;
  return !text.empty() && text.size() <= kLongest &&
         text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ-_") == std::string_view::npos;
}

bool is_target(std::string_view text) { return text.starts_with('/') || text.find("://") != std::string_view::npos; }

/// Takes the text between quotes at the beginning of `rest`; a backslash takes the next character along.
std::optional<std::string_view> take_quoted(std::string_view& rest) {
  if (!rest.starts_with('"')) {
    return std::nullopt;
  }
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '\\') {
      ++i;
    } else if (rest[i] == '"') {
      const std::string_view text = rest.substr(1, i - 1);
      rest = trim(rest.substr(i + 1));
      return text;
    }
  }
  return std::nullopt;
}

std::string_view take_word(std::string_view& rest) {
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest = trim(rest.substr(end));
  return word;
}

/// What may stand behind the rest: a time in one of the usual forms.
void read_time(std::string_view rest, AccessRecord& record) {
  constexpr std::array<std::string_view, 3> kNames{"rt=", "request_time=", "time="};
  const std::string_view word = take_word(rest);
  for (const std::string_view name : kNames) {
    if (word.starts_with(name)) {
      record.time_ms = amount(word.substr(name.size()), 1000);
      return;
    }
  }
  if (word.ends_with("ms")) {
    record.time_ms = amount(word.substr(0, word.size() - 2));
  } else if (rest == "ms" || rest.starts_with("ms ")) {
    record.time_ms = amount(word);
  } else if (word.find('.') != std::string_view::npos) {
    record.time_ms = amount(word, 1000);
    record.time_without_unit = record.time_ms >= 0;
  }
}

void read_request(std::string_view request, AccessRecord& record) {
  record.method = take_word(request);
  record.url = take_word(request);
  record.kind = is_method(record.method) && is_target(record.url) ? Kind::kWhole : Kind::kMalformed;
}

// --- JSON

enum class Slot : std::uint8_t {
  kMethod,
  kUrl,
  kStatus,
  kTime,
  kBody,
  kTransfer,
  kId,
  kProcess,
  kHost,
  kAt,
  kMessage,
};
constexpr std::size_t kSlots = static_cast<std::size_t>(Slot::kMessage) + 1;

/// A row of the table of names; the scale of a time is that to milliseconds.
constexpr FieldName name_of(std::string_view parent, std::string_view key, Slot slot, double scale = 1) {
  return {parent, key, static_cast<std::uint8_t>(slot), scale};
}

/// For each slot, the names that are preferred come first. The scale of a time is that of the program that uses the
/// name.
constexpr std::array kNames{
    name_of("req", "method", Slot::kMethod),
    name_of("request", "method", Slot::kMethod),
    name_of("", "request_method", Slot::kMethod),
    name_of("", "RequestMethod", Slot::kMethod),
    name_of("", "method", Slot::kMethod),
    name_of("req", "url", Slot::kUrl),
    name_of("request", "url", Slot::kUrl),
    name_of("request", "uri", Slot::kUrl),
    name_of("", "request_uri", Slot::kUrl),
    name_of("", "RequestPath", Slot::kUrl),
    name_of("", "uri", Slot::kUrl),
    name_of("", "url", Slot::kUrl),
    name_of("", "path", Slot::kUrl),
    name_of("res", "statusCode", Slot::kStatus),
    name_of("response", "statusCode", Slot::kStatus),
    name_of("response", "status", Slot::kStatus),
    name_of("", "statusCode", Slot::kStatus),
    name_of("", "DownstreamStatus", Slot::kStatus),
    name_of("", "status", Slot::kStatus),
    name_of("", "responseTime", Slot::kTime),
    name_of("", "response_time", Slot::kTime),
    name_of("", "responseTimeMs", Slot::kTime),
    name_of("", "durationMs", Slot::kTime),
    name_of("", "duration_ms", Slot::kTime),
    name_of("", "request_time", Slot::kTime, 1000),
    name_of("", "duration", Slot::kTime, 1000),  // Caddy's: see is_caddy
    name_of("", "Duration", Slot::kTime, 1e-6),  // Traefik's
    name_of("", "body_bytes_sent", Slot::kBody),
    name_of("", "DownstreamContentSize", Slot::kBody),
    name_of("res", "contentLength", Slot::kBody),
    name_of("", "contentLength", Slot::kBody),
    name_of("", "responseLength", Slot::kBody),
    name_of("", "size", Slot::kBody),  // Caddy's
    name_of("", "bytes_sent", Slot::kTransfer),
    name_of("", "reqId", Slot::kId),
    name_of("req", "id", Slot::kId),
    name_of("", "requestId", Slot::kId),
    name_of("", "request_id", Slot::kId),
    name_of("", "pid", Slot::kProcess),
    name_of("", "hostname", Slot::kHost),
    name_of("", "time", Slot::kAt),
    name_of("", "msg", Slot::kMessage),
    name_of("", "message", Slot::kMessage),
};

bool is_value(const LineField& field) {
  return field.type == LineField::Type::kString || field.type == LineField::Type::kNumber;
}

const FieldSlots& slots() {
  static_assert(kSlots <= kMaxFieldSlots);
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

Kind kind_of(const AccessRecord& record, std::string_view message, bool has_status, bool measured) {
  const bool begins = message == "incoming request" || message == "request received" || message == "request started";
  const bool asked = is_method(record.method) && !record.url.empty();
  if (begins) {
    return asked && !record.id.empty() ? Kind::kBegin : Kind::kNone;
  }
  const bool broke_off = message == "request aborted";
  const bool ends = has_status && (measured || message == "request completed" || message == "request errored");
  if (!ends && !broke_off) {
    return Kind::kNone;
  }
  return asked ? Kind::kWhole : record.id.empty() ? Kind::kNone : Kind::kEnd;
}

AccessRecord take(const std::vector<LineField>& fields, const SlotChoice& choice) {
  const auto name = [&](Slot slot) { return choice[static_cast<std::size_t>(slot)].name; };
  const auto value = [&](Slot slot) {
    const ChosenField& chosen = choice[static_cast<std::size_t>(slot)];
    return chosen.name == nullptr ? std::string_view() : fields[chosen.field].raw;
  };
  // "duration" and "size" mean anything elsewhere.
  const bool is_caddy = name(Slot::kUrl) != nullptr && name(Slot::kUrl)->key == "uri";
  const auto measure = [&](Slot slot) {
    const FieldName* n = name(slot);
    const bool caddys = n != nullptr && (n->key == "duration" || n->key == "size");
    return n == nullptr || (caddys && !is_caddy) ? -1 : amount(value(slot), n->scale);
  };
  AccessRecord record;
  record.json = true;
  record.method = value(Slot::kMethod);
  record.url = value(Slot::kUrl);
  record.id = value(Slot::kId);
  record.process = value(Slot::kProcess);
  record.host = value(Slot::kHost);
  record.time_ms = measure(Slot::kTime);
  record.body_bytes = measure(Slot::kBody);
  record.transfer_bytes = measure(Slot::kTransfer);
  record.at_ms = amount(value(Slot::kAt));
  if (record.at_ms < 0) {
    record.at_ms = time_ms(value(Slot::kAt)).value_or(-1);
  }
  const std::string_view message = value(Slot::kMessage);
  record.status = message == "request aborted" ? 0 : status_of(value(Slot::kStatus));
  const bool measured = record.time_ms >= 0 || record.body_bytes >= 0 || record.transfer_bytes >= 0;
  record.kind = kind_of(record, message, record.status != 0, measured);
  if (record.status == 0) {
    record.time_ms = -1;  // of what broke off, neither says anything
    record.body_bytes = -1;
    record.transfer_bytes = -1;
  }
  return record;
}

}  // namespace

AccessRecord read_common_log(std::string_view line) {
  AccessRecord record;
  const std::size_t bracket = line.find(" [");
  const std::size_t closing = bracket == std::string_view::npos ? bracket : line.find("] \"", bracket);
  if (closing == std::string_view::npos || bracket == 0) {
    return record;
  }
  std::string_view rest = line.substr(closing + 2);
  const std::optional<std::string_view> request = take_quoted(rest);
  const int status = status_of(take_word(rest));
  const std::string_view bytes = take_word(rest);
  const double size = bytes == "-" ? -1 : amount(bytes);
  if (!request || status == 0 || (size < 0 && bytes != "-")) {
    return record;
  }
  record.status = status;
  read_request(*request, record);
  const bool bodiless = status == kNoContent || status == kNotModified || record.method == "HEAD";
  record.body_bytes = bytes == "-" && bodiless ? 0 : size;
  if (take_quoted(rest)) {
    take_quoted(rest);  // the user agent behind the referrer
  }
  read_time(rest, record);
  return record;
}

AccessRecord read_json_access(const std::vector<LineField>& fields) { return take(fields, choose(fields)); }

AccessRecord AccessReader::read(const json::LineReader& line) { return take(line.fields(), choices_.of(line, choose)); }

double content_length_in(std::string_view line) {
  constexpr std::string_view kKey = "content-length";
  if (line.find(kKey) == std::string_view::npos) {
    return -1;
  }
  json::PathReader reader({"res.headers.content-length"});
  reader.read(line);
  const LineField* field = reader.at(0);
  return field != nullptr && is_value(*field) ? amount(field->raw) : -1;
}

}  // namespace budgetcheck
