#include "model/routes/id_segments.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include "base/date.h"
#include "base/text.h"
#include "base/text/id_like.h"
#include "base/text/randomness.h"

namespace budgetcheck {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_letter(char c) { return is_lower(c) || is_upper(c); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool separates(char c) { return std::string_view("-_.~:=+@!()',$*").find(c) != std::string_view::npos; }

template <class Test>
bool all(std::string_view text, const Test& test) {
  return !text.empty() && std::all_of(text.begin(), text.end(), test);
}
template <class Test>
std::size_t count(std::string_view text, const Test& test) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), test));
}

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_number(std::string_view text) { return all(text, is_digit); }

/// A number of at most four digits; -1 otherwise.
int small_number(std::string_view text) {
  constexpr std::size_t kMostDigits = 4;
  if (!is_number(text) || text.size() > kMostDigits) {
    return -1;
  }
  int value = 0;
  for (const char c : text) {
    value = value * 10 + (c - '0');
  }
  return value;
}

bool is_within(std::string_view text, int least, int most) {
  const int value = small_number(text);
  return value >= least && value <= most;
}

/// A segment and what is around it in its path.
struct Place {
  std::string_view segment;
  std::string_view parent;
  std::string_view grandparent;
  std::string_view next;
  bool first = false;
  bool alone = false;
};

bool is_version(std::string_view segment) { return segment.size() >= 2 && segment[0] == 'v' && is_digit(segment[1]); }

/// What is right behind these is chosen by programmers: a version, a procedure.
bool is_api(std::string_view parent) {
  static constexpr std::array<std::string_view, 9> kApis{"api",       "apis", "rest",    "agile",  "rpc",
                                                         "functions", "trpc", "actions", "graphql"};
  return is_one_of(parent, kApis) || is_version(parent);
}

/// A collection of things: in the plural, unless of times.
bool names_things(std::string_view parent) {
  static constexpr std::array<std::string_view, 21> kTimes{
      "archives", "reports", "years",   "news",     "events", "stats",     "statistics",
      "holidays", "seasons", "results", "sales",    "taxes",  "standings", "races",
      "budgets",  "awards",  "posts",   "releases", "months", "docs",      "series"};
  static constexpr std::array<std::string_view, 16> kThings{
      "user", "order",   "product", "item",  "customer", "account", "invoice", "article",
      "post", "comment", "ticket",  "issue", "task",     "message", "node",    "id"};
  const bool plural = parent.size() > 3 && parent.ends_with('s') && !parent.ends_with("ss") && all(parent, is_letter);
  return parent.size() == 1 || is_one_of(parent, kThings) || (plural && !is_one_of(parent, kTimes) && !is_api(parent));
}

bool is_status(const Place& place) {
  static constexpr std::array<std::string_view, 8> kStatuses{"error",       "errors", "status", "_error",
                                                             "http-status", "http",   "code",   "errorpages"};
  return place.segment.size() == 3 && ((place.alone && is_within(place.segment, 400, 599)) ||
                                       (is_within(place.segment, 100, 599) && is_one_of(place.parent, kStatuses)));
}

/// "05" and "17" of "/2024/05/17".
bool is_part_of_date(const Place& place) {
  const bool month = is_year(place.parent) && is_within(place.segment, 1, 12);
  const bool day = is_year(place.grandparent) && is_within(place.parent, 1, 12) && is_within(place.segment, 1, 31);
  return place.segment.size() <= 2 && (month || day);
}

/// "1" of "/1/boards", "3" of "/rest/api/3/issue", "14" of "/docs/14/app".
bool is_version_number(const Place& place) {
  static constexpr std::array<std::string_view, 6> kVersioned{"docs", "version", "ws", "manual", "release", "doc"};
  constexpr std::size_t kShortest = 3;
  const bool first = place.first && place.segment.size() == 1 && place.next.size() >= kShortest &&
                     all(place.next, [](char c) { return is_lower(c) || c == '-' || c == '_'; });
  const bool named = place.segment.size() <= 2 && !place.next.empty() && !is_number(place.next) &&
                     (is_api(place.parent) || is_one_of(place.parent, kVersioned));
  return first || (named && !is_version(place.parent));
}

bool is_word_of_digits(const Place& place) {
  const bool begins_date = place.first && is_within(place.next, 1, 12);
  return is_status(place) || is_part_of_date(place) || is_version_number(place) ||
         (is_year(place.segment) && (begins_date || !names_things(place.parent)));
}

bool is_month(std::string_view segment) {
  constexpr std::size_t kYear = 4;
  return segment.size() == 7 && is_year(segment.substr(0, kYear)) && segment[kYear] == '-' &&
         is_within(segment.substr(kYear + 1), 1, 12);
}

/// "2015-03-31" of "/2015-03-31/functions", "2024-01" of "/admin/api/2024-01/products".
bool is_dated_version(const Place& place) {
  return !place.next.empty() && !is_number(place.next) && (place.first || is_api(place.parent));
}

/// "COVID-19", "UTF-8": a name, and not the 19th of many.
bool is_standard(std::string_view letters) {
  static constexpr std::array<std::string_view, 26> kStandards{
      "iso", "rfc", "utf", "sha", "md", "covid", "gpt", "ieee", "en",  "din",  "ansi", "ecma", "windows",
      "cp",  "aes", "rsa", "ps",  "mp", "es",    "win", "fy",   "web", "base", "http", "pkcs", "ean"};
  return is_one_of(lower(letters), kStandards);
}

/// Letters, then numbers: "ORD-2024-0001", "INV-000123", "PROJ-123", "tt0111161", "KB5034441".
SegmentKind kind_of_numbered(std::string_view segment) {
  constexpr std::size_t kLongestKind = 10;
  constexpr std::size_t kManyDigits = 5;
  const auto first = static_cast<std::size_t>(std::find_if(segment.begin(), segment.end(), is_digit) - segment.begin());
  if (first == 0 || first == segment.size()) {
    return SegmentKind::kWord;
  }
  const bool apart = segment[first - 1] == '-' || segment[first - 1] == '_';
  const std::string_view kind = segment.substr(0, first - (apart ? 1 : 0));
  const std::string_view numbers = segment.substr(first);
  if (kind.empty() || kind.size() > kLongestKind || !all(kind, is_letter) || is_standard(kind) ||
      !all(numbers, [](char c) { return is_digit(c) || c == '-' || c == '_'; }) || !is_digit(numbers.back())) {
    return SegmentKind::kWord;
  }
  const std::size_t digits = count(numbers, is_digit);
  const bool one = digits == numbers.size();
  if (kind == "v" || (one && is_year(numbers))) {
    return SegmentKind::kWord;
  }
  const bool capitals = all(kind, is_upper);
  const bool padded = numbers.size() >= 3 && numbers[0] == '0';
  if (!apart) {
    const bool id = one && (digits >= kManyDigits || (capitals && kind.size() <= 3 && digits == kManyDigits - 1));
    const bool doubtful = one && capitals && kind.size() <= 3 && digits >= 2;
    return id ? SegmentKind::kIdentifier : doubtful ? SegmentKind::kDoubtful : SegmentKind::kWord;
  }
  if ((capitals && (kind.size() >= 2 || digits >= 3)) || digits >= kManyDigits || padded) {
    return SegmentKind::kIdentifier;
  }
  return digits == kManyDigits - 1 ? SegmentKind::kDoubtful : SegmentKind::kWord;
}

/// "0000320193-23-000106", "world-europe-56720589", "360001234567-How-do-I": a long number in it.
bool holds_long_number(std::string_view segment) {
  constexpr std::size_t kLong = 6;
  std::size_t run = 0;
  for (std::size_t i = 0; i <= segment.size(); ++i) {
    if (i < segment.size() && is_digit(segment[i])) {
      ++run;
      continue;
    }
    const bool alone = (i == segment.size() || separates(segment[i])) && (run == i || separates(segment[i - run - 1]));
    if (run >= kLong && alone) {
      return true;
    }
    run = 0;
  }
  return false;
}

/// "0000320193-23-000106", "978-3-16-148410-0", "52.52,13.40": digits and what separates them. Not "2019-2023".
bool is_long_number(std::string_view segment) {
  constexpr std::size_t kFewest = 7;
  constexpr std::size_t kTwoYears = 9;
  const std::size_t digits = count(segment, is_digit);
  if (segment.find(',') != std::string_view::npos) {
    return digits >= 2 && all(segment, [](char c) {
             return is_digit(c) || std::string_view(",.-").find(c) != std::string_view::npos;
           });
  }
  const bool years = segment.size() == kTwoYears && is_year(segment.substr(0, 4)) && is_year(segment.substr(5));
  return digits >= kFewest && !years && all(segment, [](char c) { return is_digit(c) || c == '-'; });
}

/// "2101.00001": of a year and month, and a count. Not "10.1038", "3.11", "120.0.6099.109".
bool is_decimal_id(std::string_view segment) {
  constexpr std::size_t kDigits = 4;
  const std::size_t dot = segment.find('.');
  return dot != std::string_view::npos && dot >= kDigits && segment.size() > dot + kDigits &&
         is_number(segment.substr(0, dot)) && is_number(segment.substr(dot + 1));
}

/// "1920x1080".
bool is_dimension(std::string_view segment) {
  const std::size_t by = segment.find('x');
  return by != std::string_view::npos && is_number(segment.substr(0, by)) && is_number(segment.substr(by + 1));
}

struct Randomness {
  double most = -100;
  bool digits = false;
  bool both_cases = false;
};

/// Of the part that looks most like it, or of all parts together: some alphabets have '-' and '_' in them.
Randomness randomness_in(std::string_view segment) {
  constexpr std::size_t kShortest = 6;
  constexpr double kForSeparator = 3;
  Randomness out;
  std::string joined;
  std::size_t parts = 0;
  const auto look = [&](std::string_view part, double less) {
    if (part.size() < kShortest || is_number(part)) {
      return;
    }
    const double bits = randomness_of(part) - less;
    if (bits > out.most) {
      out = {bits, std::any_of(part.begin(), part.end(), is_digit),
             std::any_of(part.begin(), part.end(), is_lower) && std::any_of(part.begin(), part.end(), is_upper)};
    }
  };
  while (!segment.empty()) {
    const auto length =
        static_cast<std::size_t>(std::find_if(segment.begin(), segment.end(), separates) - segment.begin());
    if (length > 0) {
      ++parts;
      if (length < segment.size() || parts > 1) {
        joined += segment.substr(0, length);
      }
      look(segment.substr(0, length), 0);
    }
    segment.remove_prefix(std::min(segment.size(), length + 1));
  }
  if (parts > 1) {
    look(joined, kForSeparator * static_cast<double>(parts - 1));
  }
  return out;
}

/// How sure one must be that a segment was drawn at random, as randomness_of says it.
SegmentKind kind_by_randomness(std::string_view segment, std::string_view parent) {
  constexpr double kSure = 10;
  constexpr double kAmongThings = 6;
  constexpr double kAmongProcedures = 14;
  constexpr double kWithoutDigits = 20;
  constexpr double kDoubtful = 3;
  const Randomness seen = randomness_in(segment);
  const double sure = !seen.digits && !seen.both_cases ? kWithoutDigits
                      : names_things(parent)           ? kAmongThings
                      : is_api(parent)                 ? kAmongProcedures
                                                       : kSure;
  if (seen.most >= sure) {
    return SegmentKind::kIdentifier;
  }
  return seen.most >= kDoubtful && (seen.digits || seen.both_cases) ? SegmentKind::kDoubtful : SegmentKind::kWord;
}

bool is_commit(std::string_view segment, std::string_view parent) {
  constexpr std::size_t kShortest = 7;
  static constexpr std::array<std::string_view, 5> kParents{"commit", "commits", "sha", "revision", "changeset"};
  return segment.size() >= kShortest && all(segment, is_hex) && is_one_of(parent, kParents);
}

/// "user@host": not "react@18.2.0", "openssl@3.json", "@babel".
bool is_address(std::string_view segment) {
  const std::size_t at = segment.find('@', 1);
  return at != std::string_view::npos && at + 1 < segment.size() && is_letter(segment[at + 1]) &&
         segment.substr(at + 1) != "latest" && segment.substr(at + 1) != "next" && segment[at + 1] != 'v';
}

SegmentKind kind_of(const Place& place) {
  const std::string_view segment = place.segment;
  if (is_number(segment)) {
    return !is_word_of_digits(place) ? SegmentKind::kIdentifier
           : is_year(segment)        ? SegmentKind::kDoubtful
                                     : SegmentKind::kWord;
  }
  if (is_date(segment) || is_month(segment)) {
    return is_dated_version(place) ? SegmentKind::kWord : SegmentKind::kIdentifier;
  }
  const bool list = all(segment, [](char c) { return is_digit(c) || c == ',' || c == ';'; });
  if ((list && is_digit(segment[0])) || looks_private(segment) || is_address(segment) ||
      is_commit(segment, place.parent) || holds_long_number(segment) || is_long_number(segment) ||
      is_decimal_id(segment)) {
    return SegmentKind::kIdentifier;
  }
  if (is_version(segment) && segment.size() > 1 &&
      all(segment.substr(1), [](char c) { return is_digit(c) || separates(c) || is_lower(c); })) {
    return SegmentKind::kWord;
  }
  if (is_dimension(segment)) {
    return SegmentKind::kWord;
  }
  const SegmentKind numbered = kind_of_numbered(segment);
  return numbered != SegmentKind::kWord ? numbered : kind_by_randomness(segment, place.parent);
}

/// ".json" of "632910392.json": formats of data and documents, as routes have them.
std::string_view ending_of(std::string_view segment) {
  static constexpr std::array<std::string_view, 14> kEndings{".json", ".xml", ".html", ".htm", ".pdf",  ".csv", ".txt",
                                                             ".atom", ".rss", ".ics",  ".md",  ".yaml", ".yml", ".php"};
  for (const std::string_view ending : kEndings) {
    if (segment.size() > ending.size() && segment.ends_with(ending)) {
      return ending;
    }
  }
  return {};
}

/// "main.4f3a2b1c.js", "123.jpg": a file of any other format. Its hash is not the id of a thing.
bool is_file(std::string_view segment) {
  constexpr std::size_t kLongest = 5;
  const std::size_t dot = segment.rfind('.');
  const std::string_view ending = dot == std::string_view::npos ? std::string_view() : segment.substr(dot + 1);
  return ending.size() >= 2 && ending.size() <= kLongest && is_lower(ending[0]) &&
         all(ending, [](char c) { return is_lower(c) || is_digit(c); });
}

SegmentForm form_of(Place place) {
  const std::string_view ending = ending_of(place.segment);
  const std::string_view whole = place.segment;
  if (ending.empty() && is_file(whole)) {
    return {looks_private(whole) ? SegmentKind::kIdentifier : SegmentKind::kWord, {}};
  }
  place.segment.remove_suffix(ending.size());
  const SegmentForm form{place.segment.empty() ? SegmentKind::kWord : kind_of(place), ending};
  const bool private_name = !ending.empty() && form.kind != SegmentKind::kIdentifier && looks_private(whole);
  return private_name ? SegmentForm{SegmentKind::kIdentifier, {}} : form;  // a mail address: "jo@shop.md"
}

}  // namespace

bool is_year(std::string_view segment) { return segment.size() == 4 && is_within(segment, 1900, 2099); }

bool is_calendar_time(std::string_view segment) {
  constexpr std::size_t kDate = 10;
  constexpr std::size_t kCompactDate = 8;
  constexpr std::size_t kYear = 4;
  if (is_year(segment) || is_month(segment) || is_date(segment) ||
      (segment.size() > kDate && segment[kDate] == 'T' && is_date(segment.substr(0, kDate)))) {
    return true;
  }
  if (segment.size() == kCompactDate && is_number(segment)) {
    const std::string day = std::string(segment.substr(0, kYear)) + "-" + std::string(segment.substr(kYear, 2)) + "-" +
                            std::string(segment.substr(kYear + 2));
    return is_year(segment.substr(0, kYear)) && is_date(day);
  }
  const std::string_view part = segment.size() > kYear + 1 ? segment.substr(kYear + 1) : std::string_view();
  return !part.empty() && is_year(segment.substr(0, kYear)) && segment[kYear] == '-' &&
         (part[0] == 'W' || part[0] == 'w' || part[0] == 'Q' || part[0] == 'q') && is_number(part.substr(1)) &&
         part.size() <= 3;
}

SegmentForm form_of_segment(const std::vector<std::string_view>& segments, std::size_t at) {
  constexpr std::size_t kNeverRandom = 8;  // of letters of one case: they cannot come to kWithoutDigits
  const std::string_view segment = segments[at];
  Place place{segment,
              at >= 1 ? segments[at - 1] : std::string_view(),
              at >= 2 ? segments[at - 2] : std::string_view(),
              at + 1 < segments.size() ? segments[at + 1] : std::string_view(),
              at == 0,
              segments.size() == 1};
  const bool plain = std::all_of(segment.begin(), segment.end(), [](char c) { return is_lower(c) || c == '-'; });
  if (plain && segment.size() < kNeverRandom && !is_commit(segment, place.parent)) {
    return {};
  }
  if (segment.find('%') == std::string_view::npos) {
    return form_of(place);
  }
  const std::string decoded = percent_decoded(segment);
  place.segment = decoded;
  const SegmentForm form = form_of(place);
  return {form.kind, segment.ends_with(form.ending) ? segment.substr(segment.size() - form.ending.size()) : ""};
}

}  // namespace budgetcheck
