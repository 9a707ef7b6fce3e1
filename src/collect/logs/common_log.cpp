#include "collect/logs/common_log.h"

#include <algorithm>
#include <array>
#include <optional>

#include "collect/logs/text_words.h"

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;

constexpr int kNoContent = 204;
constexpr int kNotModified = 304;
constexpr double kSecond = 1000;
constexpr std::int8_t kOfNginx = 3;  ///< decimals of its times
constexpr std::int8_t kOfRack = 4;

/// The request among the texts in quotes before the status: nginx' formats may put the host before it.
std::optional<std::string_view> take_request(std::string_view& rest) {
  constexpr int kMostWords = 2;
  constexpr int kMostTexts = 3;
  for (int i = 0; i < kMostWords && !rest.starts_with('"'); ++i) {
    take_word(rest);
  }
  std::optional<std::string_view> request;
  for (int i = 0; i < kMostTexts; ++i) {
    const std::optional<std::string_view> text = take_quoted(rest);
    if (!text) {
      break;
    }
    AccessRecord tried;
    read_request_line(*text, tried);
    if (tried.kind == Kind::kWhole) {
      return text;
    }
    request = text;
  }
  return request;
}

/// What follows the line of the format, word by word.
class Behind {
 public:
  Behind(std::string_view rest, AccessRecord& record) : rest_(rest), record_(record) {}

  void read() {
    while (!rest_.empty()) {
      if (rest_.starts_with('"') && take_quoted(rest_)) {
        ++at_;
      } else {
        read_word(take_word(rest_));
      }
    }
    const auto decimals = [&](std::size_t i) { return record_.numbers[i].decimals; };
    const bool by_ingress = brackets_ >= 2 && decimals(0) == 0 && decimals(1) == kOfNginx;
    if (record_.time_ms < 0 && by_ingress) {
      record_.time_ms = record_.numbers[1].value * kSecond;
    }
  }

 private:
  void read_word(std::string_view word) {
    brackets_ += word.starts_with('[') && word.ends_with(']') && (at_ == 2 || at_ == 3) ? 1 : 0;
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals == std::string_view::npos ? 0 : equals);
    std::string_view text = equals == std::string_view::npos ? word : word.substr(equals + 1);
    if (text.size() > 1 && text.front() == '"' && text.back() == '"') {
      text = text.substr(1, text.size() - 2);
    }
    if (!name.empty() && !is_time(name)) {
      ++at_;
      return;
    }
    const LoggedNumber number = logged_number(text);
    const bool has_unit_behind = number.is_number() && (rest_ == "ms" || rest_.starts_with("ms "));
    const double ms = has_unit_behind ? number.value : duration_with_unit(text);
    if (has_unit_behind) {
      take_word(rest_);
    }
    if (ms >= 0) {
      record_.time_ms = record_.time_ms < 0 ? ms : record_.time_ms;
    } else if (name == "rt" || name == "request_time") {
      const bool by_nginx = number.decimals == kOfNginx && record_.time_ms < 0;
      record_.time_ms = by_nginx ? number.value * kSecond : record_.time_ms;
    } else if (at_ < record_.numbers.size()) {
      record_.numbers[at_] = number;
    }
    ++at_;
  }

  static bool is_time(std::string_view name) {
    constexpr std::array<std::string_view, 7> kNames{"rt",       "request_time", "time",   "response_time",
                                                     "duration", "elapsed",      "latency"};
    return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
  }

  std::string_view rest_;
  AccessRecord& record_;
  std::size_t at_ = 0;
  int brackets_ = 0;
};

}  // namespace

AccessRecord read_common_log(std::string_view line) {
  AccessRecord record;
  const std::size_t bracket = line.find(" [");
  const std::size_t closing = bracket == std::string_view::npos ? bracket : line.find("] ", bracket);
  if (closing == std::string_view::npos || bracket == 0) {
    return record;
  }
  std::string_view rest = trim(line.substr(closing + 2));
  const std::optional<std::string_view> request = take_request(rest);
  const int status = status_of(take_word(rest));
  const std::string_view bytes = take_word(rest);
  const double size = bytes == "-" ? -1 : logged_amount(bytes);
  if (!request || status == 0 || (size < 0 && bytes != "-")) {
    return record;
  }
  record.status = status;
  read_request_line(*request, record);
  const bool bodiless = status == kNoContent || status == kNotModified || record.method == "HEAD";
  record.body_bytes = bytes == "-" && bodiless ? 0 : size;
  const bool is_combined = take_quoted(rest).has_value();
  if (is_combined) {
    take_quoted(rest);  // the user agent behind the referrer
  }
  Behind(rest, record).read();
  if (!is_combined && record.numbers[0].decimals == kOfRack && record.time_ms < 0) {
    record.time_ms = record.numbers[0].value * kSecond;
  }
  return record;
}

}  // namespace budgetcheck
