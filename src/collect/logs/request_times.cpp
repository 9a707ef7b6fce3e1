#include "collect/logs/request_times.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr double kSecond = 1000;
constexpr double kNanosecond = 1e-6;
constexpr std::int8_t kOfNginx = 3;
constexpr std::int8_t kOfRatio = 2;
/// A number above is a point in time ($msec), and no request takes that long.
constexpr double kPointInTime = 1e9;
constexpr double kLongest = 86'400;
/// As milliseconds less than any program on Node takes to answer; as seconds what most answers take.
constexpr double kSurelySeconds = 0.02;
constexpr double kPlausible = 1;
constexpr double kRounding = 0.002;
constexpr double kMicrosecond = 1000;  ///< in nanoseconds
constexpr double kMinutes = 100'000;   ///< in milliseconds

using Numbers = std::array<LoggedNumber, AccessRecord::kNumbers>;

/// What one position behind the lines holds in all of them.
struct Column {
  std::uint64_t numbers = 0;
  std::uint64_t missing = 0;
  bool three = true;
  bool two = true;
  bool whole = true;
  double least = 0;
  double most = 0;

  void add(const LoggedNumber& number) {
    if (!number.is_number()) {
      ++missing;
      return;
    }
    three = three && number.decimals == kOfNginx;
    two = two && number.decimals == kOfRatio;
    whole = whole && number.decimals == 0;
    least = numbers == 0 ? number.value : std::min(least, number.value);
    most = std::max(most, number.value);
    ++numbers;
  }
  bool is_point_in_time() const { return numbers > 0 && three && least >= kPointInTime; }
  bool may_be_time() const { return numbers > 0 && three && !is_point_in_time(); }
};

bool is_below(const LoggedNumber& a, const LoggedNumber& b) {
  return a.is_number() && b.is_number() && a.value < b.value - kRounding;
}

}  // namespace

TimeSetting read_time_setting(const InputSettings& settings) {
  const auto unit_of = [](std::string_view unit) {
    return unit == "ns" ? kNanosecond : unit == "us" ? 1e-3 : unit == "s" ? kSecond : 1;
  };
  TimeSetting setting;
  const json::Value* given = settings.find("time");
  if (given == nullptr) {
    return setting;
  }
  if (const std::string* unit = given->string()) {
    setting.unit_ms = unit_of(*unit);
    return setting;
  }
  setting.unit_ms = unit_of(given->string_or("unit", ""));
  setting.field = given->string_or("field", "");
  return setting;
}

void RequestTimes::learn(std::span<const AccessRecord> records) {
  learned_ = !records.empty();
  if (records.empty() || setting_.unit_ms > 0 || !believes_) {
    return;
  }
  is_json_ = records.front().json;
  if (is_json_) {
    learn_json(records);
  } else {
    learn_text(records);
  }
}

void RequestTimes::learn_text(std::span<const AccessRecord> records) {
  std::array<Column, AccessRecord::kNumbers> columns;
  // Whether one is ever below another: the time of a request is never below that of a part of it.
  std::array<std::array<bool, AccessRecord::kNumbers>, AccessRecord::kNumbers> below{};
  for (const AccessRecord& record : records) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      columns[i].add(record.numbers[i]);
      for (std::size_t k = 0; k < columns.size(); ++k) {
        below[i][k] = below[i][k] || is_below(record.numbers[i], record.numbers[k]);
      }
    }
  }
  bool by_nginx = false;
  std::size_t times = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    by_nginx = by_nginx || columns[i].is_point_in_time() || (columns[i].numbers > 0 && columns[i].two);
    times += columns[i].may_be_time() ? 1U : 0U;
  }
  for (std::size_t i = 0; i < columns.size() && form_ == Form::kNone; ++i) {
    bool is_most = columns[i].may_be_time() && columns[i].missing == 0;
    for (std::size_t k = 0; is_most && k < columns.size(); ++k) {
      is_most = !(columns[k].may_be_time() && below[i][k]);
    }
    if (is_most) {
      column_ = i;
      form_ = Form::kThreeDecimals;
      scale_ = kSecond;
      by_range_ = !by_nginx && times == 1;
    }
  }
}

void RequestTimes::learn_json(std::span<const AccessRecord> records) {
  Column all;
  bool by_caddy = true;
  for (const AccessRecord& record : records) {
    if (!record.numbers[0].is_number() || record.time_ms >= 0) {
      continue;
    }
    if (name_.empty()) {
      name_ = record.time_name;
    }
    by_caddy = by_caddy && record.caddy;
    all.add(record.numbers[0]);
  }
  if (all.numbers == 0) {
    return;
  }
  if (by_caddy && !all.whole) {
    form_ = Form::kDecimals;
    scale_ = kSecond;
  } else if (by_caddy && (all.least < kMicrosecond || all.least > kMinutes)) {
    form_ = Form::kWhole;
    scale_ = all.least < kMicrosecond ? 1.0 : kNanosecond;
  } else if (name_ == "request_time" && all.may_be_time()) {
    form_ = Form::kThreeDecimals;
    scale_ = kSecond;
  }
}

bool RequestTimes::fits(const LoggedNumber& number) const {
  switch (form_) {
    case Form::kNone:
      return false;
    case Form::kThreeDecimals:
      return number.decimals == kOfNginx && number.value <= kLongest;
    case Form::kDecimals:
      return number.value <= kLongest;
    case Form::kWhole:
      return number.decimals == 0;
  }
  return false;
}

double RequestTimes::declared(const AccessRecord& record) const {
  const Numbers& numbers = record.numbers;
  std::size_t at = 0;
  if (!record.json) {
    constexpr double kBeyond = AccessRecord::kNumbers + 1;
    const std::optional<double> given = parse_number(setting_.field);
    const auto first =
        std::find_if(numbers.begin(), numbers.end(), [](const LoggedNumber& n) { return n.is_number(); });
    at = given && *given >= 1 ? static_cast<std::size_t>(std::min(*given, kBeyond)) - 1
                              : static_cast<std::size_t>(first - numbers.begin());
  }
  return at < numbers.size() && numbers[at].is_number() ? numbers[at].value * setting_.unit_ms : record.time_ms;
}

double RequestTimes::of(const AccessRecord& record) {
  if (setting_.unit_ms > 0) {
    return declared(record);
  }
  if (record.time_ms >= 0) {
    return record.time_ms;
  }
  const LoggedNumber& number = record.numbers[column_];
  if (!number.is_number()) {
    const auto other = std::find_if(record.numbers.begin(), record.numbers.end(),
                                    [](const LoggedNumber& n) { return n.is_number() && n.value < kPointInTime; });
    seen_ = seen_.is_number() || other == record.numbers.end() ? seen_ : *other;
    return -1;
  }
  seen_ = seen_.is_number() ? seen_ : number;
  if (name_.empty()) {
    name_ = record.time_name;
  }
  if (form_ == Form::kNone) {
    return -1;
  }
  broken_ = broken_ || !fits(number) || (record.json && record.time_name != name_);
  const auto beyond = [&](const LoggedNumber& other) {
    return other.decimals == kOfNginx && other.value < kPointInTime && is_below(number, other);
  };
  broken_ = broken_ || (!record.json && std::any_of(record.numbers.begin(), record.numbers.end(), beyond));
  least_ = least_ < 0 ? number.value : std::min(least_, number.value);
  most_ = std::max(most_, number.value);
  return number.value * scale_;
}

bool RequestTimes::refuted() const {
  if (form_ == Form::kNone || least_ < 0) {
    return false;
  }
  const bool are_seconds = !by_range_ || least_ < kSurelySeconds || most_ < kPlausible;
  const bool are_nanoseconds = form_ != Form::kWhole || scale_ != kNanosecond || least_ > kMinutes;
  return broken_ || !are_seconds || !are_nanoseconds;
}

std::optional<RequestTimes::Gap> RequestTimes::gap(std::string_view log) const {
  const std::string file = printable(log);
  const std::string declare =
      fmt::format("or name the unit in the budgets file: {{ path: {}, time: UNIT }} with ns, us, ms or s", file);
  if (!seen_.is_number()) {
    return std::nullopt;
  }
  if (name_ == "OriginResponseTime") {
    return Gap{fmt::format("'{}' in '{}' is how long the origin took, and 0 for what the cache answers", name_, file),
               "measure the time of requests where the application logs it"};
  }
  if (!name_.empty()) {
    const std::string name = shorten(printable(name_), 40);
    return Gap{
        fmt::format("'{}' does not say the unit of '{}'", file, name),
        fmt::format("log it under a name with its unit (durationMs) or with the unit (\"12.5ms\"), {}", declare)};
  }
  const std::string write = fmt::format(
      "write it with its unit (nginx: rt=$request_time, Apache: %{{ms}}Tms, morgan: ':response-time ms'), {}", declare);
  if (seen_.decimals == 0) {
    return Gap{
        fmt::format("the number behind each line of '{}' has no unit: Apache's %D are microseconds, its %T seconds",
                    file),
        write};
  }
  return Gap{
      fmt::format("the number behind each line of '{}' does not say what it is: seconds, milliseconds, the time of "
                  "an upstream or a ratio",
                  file),
      write};
}

}  // namespace budgetcheck
