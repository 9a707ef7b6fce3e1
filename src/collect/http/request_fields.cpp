#include "collect/http/request_fields.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
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

struct Name {
  std::string_view parent;
  std::string_view key;
  Slot slot;
  double scale = 1;  ///< to milliseconds
};

/// For each slot, the names that are preferred come first. The scale of a time is that of the program that uses the
/// name.
constexpr std::array kNames{
    Name{"req", "method", Slot::kMethod},
    Name{"request", "method", Slot::kMethod},
    Name{"", "request_method", Slot::kMethod},
    Name{"", "RequestMethod", Slot::kMethod},
    Name{"", "method", Slot::kMethod},
    Name{"req", "url", Slot::kUrl},
    Name{"request", "url", Slot::kUrl},
    Name{"request", "uri", Slot::kUrl},
    Name{"", "request_uri", Slot::kUrl},
    Name{"", "RequestPath", Slot::kUrl},
    Name{"", "uri", Slot::kUrl},
    Name{"", "url", Slot::kUrl},
    Name{"", "path", Slot::kUrl},
    Name{"res", "statusCode", Slot::kStatus},
    Name{"response", "statusCode", Slot::kStatus},
    Name{"response", "status", Slot::kStatus},
    Name{"", "statusCode", Slot::kStatus},
    Name{"", "DownstreamStatus", Slot::kStatus},
    Name{"", "status", Slot::kStatus},
    Name{"", "responseTime", Slot::kTime},
    Name{"", "response_time", Slot::kTime},
    Name{"", "responseTimeMs", Slot::kTime},
    Name{"", "durationMs", Slot::kTime},
    Name{"", "duration_ms", Slot::kTime},
    Name{"", "request_time", Slot::kTime, 1000},
    Name{"", "duration", Slot::kTime, 1000},  // Caddy's: see is_caddy
    Name{"", "Duration", Slot::kTime, 1e-6},  // Traefik's
    Name{"", "body_bytes_sent", Slot::kBody},
    Name{"", "DownstreamContentSize", Slot::kBody},
    Name{"res", "contentLength", Slot::kBody},
    Name{"", "contentLength", Slot::kBody},
    Name{"", "responseLength", Slot::kBody},
    Name{"", "size", Slot::kBody},  // Caddy's
    Name{"", "bytes_sent", Slot::kTransfer},
    Name{"", "reqId", Slot::kId},
    Name{"req", "id", Slot::kId},
    Name{"", "requestId", Slot::kId},
    Name{"", "request_id", Slot::kId},
    Name{"", "pid", Slot::kProcess},
    Name{"", "hostname", Slot::kHost},
    Name{"", "time", Slot::kAt},
    Name{"", "msg", Slot::kMessage},
    Name{"", "message", Slot::kMessage},
};

using Chosen = std::array<const Name*, kSlots>;
using Values = std::array<std::string_view, kSlots>;

bool is_value(const LineField& field) {
  return field.type == LineField::Type::kString || field.type == LineField::Type::kNumber;
}

void choose(const std::vector<LineField>& fields, Chosen& chosen, Values& values) {
  for (const LineField& field : fields) {
    if (!is_value(field) || field.raw.empty()) {
      continue;
    }
    for (const Name& name : kNames) {
      const Name*& best = chosen[static_cast<std::size_t>(name.slot)];
      if (name.key == field.key && name.parent == field.parent && (best == nullptr || &name < best)) {
        best = &name;
        values[static_cast<std::size_t>(name.slot)] = field.raw;
      }
    }
  }
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

AccessRecord read_json_access(const std::vector<LineField>& fields) {
  Chosen chosen{};
  Values values;
  choose(fields, chosen, values);
  const auto value = [&](Slot slot) { return values[static_cast<std::size_t>(slot)]; };
  const auto name = [&](Slot slot) { return chosen[static_cast<std::size_t>(slot)]; };
  // "duration" and "size" mean anything elsewhere.
  const bool is_caddy = name(Slot::kUrl) != nullptr && name(Slot::kUrl)->key == "uri";
  const auto measure = [&](Slot slot) {
    const Name* n = name(slot);
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
