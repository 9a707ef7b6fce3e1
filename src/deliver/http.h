#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace budgetcheck {

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;  ///< the token's among them: never to be shown
  std::string body;                                          ///< JSON; empty: none
};

/// A server's answer, or why there is none.
struct HttpResponse {
  int status = 0;       ///< 0: no answer
  std::string problem;  ///< why there is none, one printable line without the token
  bool timed_out = false;
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;

  bool ok() const { return status >= 200 && status < 300; }
  /// Empty when there is no such header.
  std::string_view header(std::string_view name) const;
};

/// Sends one request. A function, so that tests need no network.
using HttpSend = std::function<HttpResponse(const HttpRequest& request, std::chrono::milliseconds timeout)>;

/// By the program curl: address, headers and token go to its standard input, the body through a file that only this
/// user can read; its environment contains no token. Redirections are not followed: they would carry the
/// token elsewhere. ~/.curlrc is not read; proxies and certificates of the environment (HTTPS_PROXY, CURL_CA_BUNDLE)
/// count.
HttpResponse send_by_curl(const HttpRequest& request, std::chrono::milliseconds timeout);

/// The text that curl reads from its standard input for this request.
std::string curl_config(const HttpRequest& request, const std::string& body_file, std::chrono::milliseconds timeout);
/// Takes apart what `curl --include` wrote; of several answers (100 Continue) the last.
HttpResponse parse_http(std::string_view text);

/// The clock of retries, for tests.
struct RetryClock {
  std::function<std::chrono::steady_clock::time_point()> now;
  std::function<void(std::chrono::milliseconds)> sleep;
};
RetryClock real_clock();

/// Sends requests until one is answered for good or the time is over, all of them together within one bound. Asked to
/// wait (429, secondary rate limits, 5xx, Retry-After, x-ratelimit-reset) it waits, unless that is longer than what is
/// left. 4xx of another kind are for good.
class HttpSession {
 public:
  HttpSession(HttpSend send, RetryClock clock, std::chrono::milliseconds total);

  /// `repeatable`: sending it twice does no harm. One that is not is sent again only when the server said that it did
  /// nothing (429, rate limits, not connected); after a time-out or 5xx nobody knows.
  HttpResponse request(const HttpRequest& request, bool repeatable);

  /// Attempts so far, and how long was waited between them.
  std::size_t attempts() const { return attempts_; }

 private:
  std::chrono::milliseconds left() const;

  HttpSend send_;
  RetryClock clock_;
  std::chrono::steady_clock::time_point deadline_;
  std::size_t attempts_ = 0;
};

/// How long a server asks to wait; nothing: it does not. `now` is in seconds since 1970.
std::optional<std::chrono::milliseconds> asked_to_wait(const HttpResponse& response, long long now);
/// 429, or 403 that is about how often and not about what is allowed.
bool is_rate_limit(const HttpResponse& response);

}  // namespace budgetcheck
