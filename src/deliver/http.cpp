#include "deliver/http.h"

#include <algorithm>
#include <ctime>
#include <thread>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestRequest{20'000};
constexpr milliseconds kFirstPause{1'000};
// So that a server's "wait 0 s" is not a busy loop.
constexpr milliseconds kLeastPause{200};

/// "Thu, 26 Nov 2026 01:18:17 GMT" as seconds since 1970.
std::optional<long long> http_date(std::string_view text) {
  std::tm parts{};
  const std::string copy(text);
  const char* end = ::strptime(copy.c_str(), "%a, %d %b %Y %H:%M:%S", &parts);
  return end == nullptr ? std::nullopt : std::optional<long long>(::timegm(&parts));
}

std::optional<milliseconds> seconds_of(double seconds) {
  constexpr double kMost = 1e7;
  return milliseconds(static_cast<long long>(std::clamp(seconds, 0.0, kMost) * 1000));
}

}  // namespace

std::string_view HttpResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) {
      return value;
    }
  }
  return {};
}

bool is_rate_limit(const HttpResponse& response) {
  if (response.status == 429) {
    return true;
  }
  if (response.status != 403) {
    return false;
  }
  const std::string body = lower(std::string_view(response.body).substr(0, 4096));
  return response.header("x-ratelimit-remaining") == "0" || body.find("rate limit") != std::string::npos ||
         body.find("abuse detection") != std::string::npos;
}

std::optional<milliseconds> asked_to_wait(const HttpResponse& response, long long now) {
  if (const std::string_view after = trim(response.header("retry-after")); !after.empty()) {
    if (const auto seconds = parse_number(after)) {
      return seconds_of(*seconds);
    }
    if (const auto date = http_date(after)) {
      return seconds_of(static_cast<double>(*date - now));
    }
  }
  if (response.header("x-ratelimit-remaining") == "0" || response.status == 429) {
    for (const char* name : {"x-ratelimit-reset", "ratelimit-reset"}) {
      if (const auto at = parse_number(trim(response.header(name)))) {
        return seconds_of(*at - static_cast<double>(now));
      }
    }
  }
  return std::nullopt;
}

RetryClock real_clock() {
  return {[] { return std::chrono::steady_clock::now(); },
          [](milliseconds time) { std::this_thread::sleep_for(time); }};
}

HttpSession::HttpSession(HttpSend send, RetryClock clock, milliseconds total)
    : send_(std::move(send)), clock_(std::move(clock)), deadline_(clock_.now() + total) {}

milliseconds HttpSession::left() const {
  return std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(deadline_ - clock_.now()));
}

HttpResponse HttpSession::request(const HttpRequest& request, bool repeatable) {
  milliseconds pause = kFirstPause;
  HttpResponse response;
  response.problem = "there was no time left";
  response.timed_out = true;
  while (left() > milliseconds(0)) {
    ++attempts_;
    response = send_(request, std::min(left(), kLongestRequest));
    const bool limited = is_rate_limit(response);
    const bool broken = response.status >= 500 || response.status == 408 || response.status == 0;
    // Without an answer and without a time-out no connection was made, as a rule.
    const bool unknown = broken && !(response.status == 0 && !response.timed_out) && !repeatable;
    if ((!limited && !broken) || unknown) {
      return response;
    }
    const milliseconds wait =
        std::max(asked_to_wait(response, static_cast<long long>(std::time(nullptr))).value_or(pause), kLeastPause);
    if (wait >= left()) {
      return response;
    }
    clock_.sleep(wait);
    pause = std::min(pause * 2, milliseconds(16'000));
  }
  return response;
}

}  // namespace budgetcheck
