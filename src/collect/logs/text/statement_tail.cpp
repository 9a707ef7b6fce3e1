#include "collect/logs/text/statement_tail.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/file_system.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/text/inspected_value.h"
#include "json/lines/line_fields.h"
#include "json/scan/escapes.h"

namespace budgetcheck::console {
namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_alnum(char c) { return is_alpha(c) || (c >= '0' && c <= '9'); }

constexpr std::size_t kMaxId = 128;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_word(char c) { return is_alnum(c) || std::string_view("_-.@").find(c) != std::string_view::npos; }

struct Known {
  std::string_view word;
  Name name;
};

/// In small letters, without _ and -.
constexpr std::array kKnown{
    Known{"params", Name::kParams},
    Known{"parameters", Name::kParams},
    Known{"param", Name::kParams},
    Known{"bindings", Name::kParams},
    Known{"binds", Name::kParams},
    Known{"args", Name::kParams},
    Known{"values", Name::kParams},
    Known{"duration", Name::kDuration},
    Known{"durationms", Name::kDuration},
    Known{"took", Name::kDuration},
    Known{"elapsed", Name::kDuration},
    Known{"elapsedms", Name::kDuration},
    Known{"elapsedtime", Name::kDuration},
    Known{"executiontime", Name::kDuration},
    Known{"requestid", Name::kRequest},
    Known{"reqid", Name::kRequest},
    Known{"xrequestid", Name::kRequest},
    Known{"correlationid", Name::kRequest},
    Known{"awsrequestid", Name::kRequest},
    Known{"traceid", Name::kTrace},
    Known{"traceparent", Name::kTraceparent},
    Known{"route", Name::kRoute},
    Known{"httproute", Name::kRoute},
};

/// The end of the bracket that `text` begins with; its length when nothing closes it.
std::size_t bracket_length(std::string_view text) {
  std::string ignored;
  std::string_view rest = text;
  if (take_inspected(rest, ignored)) {
    return text.size() - rest.size();
  }
  const char close = text.front() == '[' ? ']' : text.front() == '{' ? '}' : ')';
  const std::size_t end = text.find(close);
  return end == std::string_view::npos ? text.size() : end + 1;
}

/// Length of "2", "2.5ms" or "2 ms" at the beginning, with its unit; 0: no time stands there. A number without a unit
/// counts where `bare`.
std::size_t time_length(std::string_view text, bool bare) {
  std::size_t at = 0;
  while (at < text.size() && (is_digit(text[at]) || text[at] == '.')) {
    ++at;
  }
  if (at == 0 || !is_digit(text[0])) {
    return 0;
  }
  const std::size_t number = at;
  at += at < text.size() && text[at] == ' ' ? 1U : 0U;
  for (const std::string_view unit : {"ms", "s", "us", "\xC2\xB5s", "ns"}) {
    const std::string_view behind = text.substr(at);
    if (behind.starts_with(unit) &&
        (behind.size() == unit.size() || !is_word(behind[unit.size()]) || behind[unit.size()] == '.')) {
      return at + unit.size();
    }
  }
  return bare && (number == text.size() || !is_word(text[number])) ? number : 0;
}

void take_id(std::string_view value, std::string& into) {
  value = trim(value);
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front()) {
    value = value.substr(1, value.size() - 2);
  }
  constexpr std::array<std::string_view, 5> kNothing{"undefined", "null", "None", "-", "nil"};
  if (into.empty() && !value.empty() && value.size() <= kMaxId &&
      std::find(kNothing.begin(), kNothing.end(), value) == kNothing.end()) {
    into = value;
  }
}

/// The fields of an object that stands behind a statement.
void take_object(std::string_view text, Around& around) {
  std::optional<std::string> object = inspected_object(text);
  if (!object) {
    return;
  }
  const std::size_t size = object->size();
  object->append(FileContent::kGuard, '\0');
  std::vector<json::LineField> fields;
  if (!json::read_line_fields(std::string_view(*object).substr(0, size), fields)) {
    return;
  }
  bool named = false;
  for (const json::LineField& field : fields) {
    const Name name = field.parent.empty() ? name_of(field.key) : Name::kNone;
    named = named || name != Name::kNone;
    std::string value;
    if (name == Name::kNone || !json::unescape(field.raw, value)) {
      continue;
    }
    Around found;
    std::string& id = name == Name::kRequest       ? found.request
                      : name == Name::kTrace       ? found.trace
                      : name == Name::kTraceparent ? found.traceparent
                                                   : found.route;
    if (name == Name::kParams) {
      found.params = list_of(value);
    } else if (name == Name::kDuration) {
      found.duration_ms = milliseconds(value);
    } else {
      take_id(value, id);
    }
    around.fill_from(found);
  }
  if (!named && around.params.empty()) {
    around.params = list_of(text);  // {"0": 8}
  }
}

class TailReader {
 public:
  TailReader(std::string_view text, Around& around, bool only_named)
      : text_(text), around_(around), only_named_(only_named) {}

  void run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (is_word(c) && c != '-' && c != '.') {
        word();
      } else if (!only_named_ && (c == '[' || c == '{' || c == '(')) {
        bracket();
      } else if (!only_named_ && c == '+' && time_length(text_.substr(at_ + 1), false) > 0) {
        at_ += 1 + time_length(text_.substr(at_ + 1), false);  // how long ago the line before was written
      } else {
        ++at_;
      }
    }
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) {
      ++at_;
    }
  }

  void bracket() {
    const std::string_view text = text_.substr(at_, bracket_length(text_.substr(at_)));
    at_ += text.size();
    const std::string_view inside = trim(text.substr(1, text.size() < 2 ? 0 : text.size() - 2));
    if (text.front() == '{') {
      take_object(text, around_);
    } else if (const std::size_t time = time_length(inside, false); time > 0 && time == inside.size()) {
      take_duration(inside);
    } else if (inside.starts_with("took ")) {
      TailReader(inside, around_, false).run();
    } else if (text.front() == '[' && around_.params.empty()) {
      around_.params = list_of(text);
    }
  }

  void take_duration(std::string_view text) {
    if (around_.duration_ms < 0) {
      around_.duration_ms = milliseconds(text);
    }
  }

  void word() {
    if (const std::size_t time = time_length(text_.substr(at_), false); time > 0 && !only_named_) {
      take_duration(text_.substr(at_, time));
      at_ += time;
      return;
    }
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) {
      ++at_;
    }
    std::string_view word = text_.substr(begin, at_ - begin);
    Name name = console::name_of(word);
    if (const std::string_view next = text_.substr(at_); next.starts_with(" time") && name == Name::kNone) {
      const std::string both = std::string(word) + "time";
      name = console::name_of(both);
      at_ += name == Name::kNone ? 0 : std::string_view(" time").size();
    }
    if (name == Name::kNone) {
      return;
    }
    const std::size_t behind = at_;
    skip_blanks();
    const bool assigned =
        at_ < text_.size() && (text_[at_] == ':' || text_[at_] == '=') && !text_.substr(at_).starts_with("::");
    if (!assigned && name != Name::kDuration) {
      at_ = behind;
      return;
    }
    at_ += assigned ? 1U : 0U;
    skip_blanks();
    take(name);
  }

  void take(Name name) {
    const std::string_view rest = text_.substr(at_);
    if (rest.empty()) {
      return;
    }
    if (name == Name::kDuration) {
      const bool quoted = rest.front() == '"' || rest.front() == '\'';
      const std::string_view from = rest.substr(quoted ? 1 : 0);
      const std::size_t length = time_length(from, true);
      take_duration(from.substr(0, length));
      at_ += length + (quoted ? 1 : 0);
      return;
    }
    std::size_t length = 0;
    if (std::string_view("[{(\"'`").find(rest.front()) != std::string_view::npos) {
      std::string ignored;
      std::string_view left = rest;
      length = take_inspected(left, ignored) ? rest.size() - left.size() : rest.size();
    } else {
      length = std::min(rest.find_first_of(name == Name::kParams ? "|\n" : " \t\r\n,;|)]}"), rest.size());
    }
    at_ += std::max<std::size_t>(length, 1);
    const std::string_view value = rest.substr(0, length);
    switch (name) {
      case Name::kParams:
        if (around_.params.empty() && !only_named_) {
          around_.params = list_of(value);
        }
        break;
      case Name::kRequest:
        take_id(value, around_.request);
        break;
      case Name::kTrace:
        take_id(value, around_.trace);
        break;
      case Name::kTraceparent:
        take_id(value, around_.traceparent);
        break;
      case Name::kRoute:
        take_id(value, around_.route);
        break;
      case Name::kDuration:
      case Name::kNone:
        break;
    }
  }

  std::string_view text_;
  Around& around_;
  bool only_named_;
  std::size_t at_ = 0;
};

/// The values of an object, or of a list of pairs, as a list.
std::string values_of(const std::string& text) {
  std::string list = "[";
  std::size_t depth = 0;
  bool taking = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t begin = at;
    const char c = text[at];
    if (c == '"') {
      ++at;
      while (at < text.size() && text[at] != '"') {
        at += text[at] == '\\' ? 2U : 1U;
      }
    }
    const bool opens = c == '[' || c == '{';
    const bool closes = c == ']' || c == '}';
    depth -= closes && depth > 0 ? 1U : 0U;
    const std::size_t level = text.front() == '{' ? 1 : 2;
    const char before = text.front() == '{' ? ':' : ',';
    if (depth < level || (depth == level && c == ',' && before != ',')) {
      taking = false;
    }
    if (taking) {
      list += text.substr(begin, std::min(at + 1, text.size()) - begin);
    } else if (depth == level && c == before) {
      taking = true;
      list += list.size() > 1 ? "," : "";
    }
    depth += opens ? 1U : 0U;
  }
  return list + "]";
}

}  // namespace

void Around::fill_from(const Around& other) {
  const auto fill = [](std::string& to, const std::string& from) {
    if (to.empty()) {
      to = from;
    }
  };
  fill(params, other.params);
  duration_ms = duration_ms < 0 ? other.duration_ms : duration_ms;
  fill(request, other.request);
  fill(trace, other.trace);
  fill(traceparent, other.traceparent);
  fill(route, other.route);
}

Name name_of(std::string_view word) {
  constexpr std::size_t kLongest = 20;
  if (word.size() > kLongest) {
    return Name::kNone;
  }
  std::string plain = lower(word);
  std::erase_if(plain, [](char c) { return c == '_' || c == '-' || c == '.'; });
  const auto* known = std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& k) { return k.word == plain; });
  return known == kKnown.end() ? Name::kNone : known->name;
}

std::string list_of(std::string_view value, bool pairs) {
  value = trim(value);
  if (value.empty()) {
    return {};
  }
  std::string list;
  std::string_view rest = value;
  const char first = value.front();
  if (first == '"' || first == '\'' || first == '`') {
    std::string text;
    if (take_inspected(rest, text) && trim(rest).empty()) {
      std::string inner;
      if (json::unescape(std::string_view(text).substr(1, text.size() - 2), inner) &&
          (inner.starts_with('[') || inner.starts_with('{') || inner.starts_with('('))) {
        return list_of(inner, pairs);
      }
    }
  } else if (first == '[' || first == '(' || first == '{') {
    if (!take_inspected(rest, list)) {
      // Older versions of Prisma write a list that is no JSON: its commas are enough.
      return first == '[' && value.ends_with(']') ? std::string(value) : std::string();
    }
    if (trim(rest).empty()) {
      return list.front() == '{' || pairs ? values_of(list) : list;
    }
  }
  // 1, "a"
  const std::string all = "[" + std::string(value) + "]";
  rest = all;
  list.clear();
  return take_inspected(rest, list) && rest.empty() ? list : std::string();
}

void read_tail(std::string_view tail, Around& around) { TailReader(tail, around, false).run(); }

void read_heading(std::string_view heading, Around& around) { TailReader(heading, around, true).run(); }

double heading_duration(std::string_view heading) {
  // Django: seconds with three digits behind the point.
  constexpr std::size_t kDigits = 3;
  constexpr double kSecond = 1000;
  for (std::size_t open = heading.find_first_of("(["); open != std::string_view::npos;
       open = heading.find_first_of("([", open + 1)) {
    const std::size_t close = heading.find_first_of(")]", open);
    if (close == std::string_view::npos) {
      break;
    }
    const std::string_view inside = trim(heading.substr(open + 1, close - open - 1));
    if (const std::size_t length = time_length(inside, false); length > 0 && length == inside.size()) {
      return milliseconds(inside);
    }
    const std::size_t point = inside.find('.');
    const bool seconds = heading[open] == '(' && point != std::string_view::npos &&
                         inside.size() == point + 1 + kDigits && trim(heading.substr(close + 1)).empty();
    const std::optional<double> value = seconds ? parse_number(inside) : std::nullopt;
    if (value && *value >= 0) {
      return *value * kSecond;
    }
  }
  // "db 3ms SELECT …"
  const std::string_view last = trim(heading).substr(trim(heading).find_last_of(" \t") + 1);
  return time_length(last, false) > 0 && time_length(last, false) == last.size() ? milliseconds(last) : -1;
}

}  // namespace budgetcheck::console
