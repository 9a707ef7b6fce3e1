#include <fmt/format.h>

#include <algorithm>

#include "base/number.h"
#include "base/platform/private_file.h"
#include "base/platform/process.h"
#include "base/text.h"
#include "deliver/http.h"

namespace budgetcheck {
namespace {

using std::chrono::milliseconds;

/// The way to the network and whom to trust there. Tokens reach it on standard input only.
constexpr const char* kCurlVariables[] = {"http_proxy",     "https_proxy",  "HTTPS_PROXY",       "all_proxy",
                                          "ALL_PROXY",      "no_proxy",     "NO_PROXY",          "CURL_CA_BUNDLE",
                                          "SSL_CERT_FILE",  "SSL_CERT_DIR", "NIX_SSL_CERT_FILE", "OPENSSL_CONF",
                                          "OPENSSL_MODULES"};

/// A page of a hundred comments of 65,536 characters of four bytes each.
constexpr std::size_t kMostOutput = std::size_t{32} << 20;

/// A value in curl's configuration: in quotes, one line.
std::string config_line(std::string_view name, std::string_view value) {
  std::string out = std::string(name) + " = \"";
  for (const char c : value) {
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    // A line break would begin another option, and no header has one.
    out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  }
  return out + "\"\n";
}

std::string seconds_text(milliseconds time) {
  const long long ms = std::max<long long>(time.count(), 1);
  return std::to_string(ms / 1000) + "." + std::to_string(1000 + ms % 1000).substr(1);
}

/// curl's own words without what they may repeat of the request.
std::string curl_problem(const ProcessResult& ran, const HttpRequest& request) {
  std::string text = printable(trim(ran.errors));
  for (const auto& [name, value] : request.headers) {
    for (const std::string_view word : split(value, ' ')) {
      constexpr std::size_t kShortestSecret = 6;
      if (word.size() >= kShortestSecret) {
        text = replace_all(std::move(text), word, "***");
      }
    }
  }
  constexpr std::size_t kLongest = 200;
  return text.empty() ? fmt::format("curl ended with status {}", ran.status) : shorten(text, kLongest);
}

}  // namespace

std::string curl_config(const HttpRequest& request, const std::string& body_file, milliseconds timeout) {
  constexpr milliseconds kConnect{10'000};
  std::string out = "silent\nshow-error\ninclude\nsuppress-connect-headers\ngloboff\n";
  out += config_line("proto", "=http,https");
  out += "max-time = " + seconds_text(timeout) + "\n";
  out += "connect-timeout = " + seconds_text(std::min(timeout, kConnect)) + "\n";
  out += config_line("url", request.url) + config_line("request", request.method);
  out += config_line("user-agent", "budgetcheck");
  out += config_line("header", "Expect:");
  for (const auto& [name, value] : request.headers) {
    out += config_line("header", name + ": " + value);
  }
  if (!body_file.empty()) {
    out += config_line("header", "Content-Type: application/json");
    out += config_line("data-binary", "@" + body_file);
  }
  return out;
}

HttpResponse parse_http(std::string_view text) {
  HttpResponse out;
  while (text.starts_with("HTTP/")) {
    out = {};
    std::size_t end = text.find("\r\n\r\n");
    std::size_t gap = 4;
    if (const std::size_t bare = text.find("\n\n"); bare < end) {
      end = bare;
      gap = 2;
    }
    const std::string_view head = text.substr(0, end);
    const std::vector<std::string_view> lines = split(head, '\n');
    const std::vector<std::string_view> words = split(trim(lines.front()), ' ');
    out.status = words.size() > 1 ? static_cast<int>(parse_number(words[1]).value_or(0)) : 0;
    for (std::size_t i = 1; i < lines.size(); ++i) {
      const std::size_t colon = lines[i].find(':');
      if (colon != std::string_view::npos) {
        out.headers.emplace_back(lower(trim(lines[i].substr(0, colon))), trim(lines[i].substr(colon + 1)));
      }
    }
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + gap);
    if (out.status >= 200) {
      break;
    }
  }
  out.body = std::string(text);
  if (out.status == 0) {
    out.problem = "the answer is not HTTP";
  }
  return out;
}

HttpResponse send_by_curl(const HttpRequest& request, milliseconds timeout) {
  HttpResponse none;
  std::optional<TemporaryFile> body;
  if (!request.body.empty()) {
    auto made = TemporaryFile::create(request.body);
    if (!made) {
      none.problem = "cannot write a temporary file: " + made.error();
      return none;
    }
    body.emplace(std::move(*made));
  }
  ProcessRequest run;
  run.arguments = {"curl", "--disable", "--config", "-"};
  run.input = curl_config(request, body ? body->path() : "", timeout);
  run.inherited.assign(std::begin(kCurlVariables), std::end(kCurlVariables));
  run.environment.emplace_back("LC_ALL", "C");
  run.timeout = timeout + milliseconds(2'000);
  run.max_output = kMostOutput;
  const Expected<ProcessResult> ran = run_process(run);
  if (!ran) {
    none.problem = ran.error().message + (ran.error().hint.empty() ? "" : "; " + ran.error().hint);
    return none;
  }
  constexpr int kCurlTimeout = 28;
  if (ran->timed_out || ran->status == kCurlTimeout) {
    none.timed_out = true;
    none.problem = fmt::format("no answer within {} s", seconds_text(timeout));
    return none;
  }
  if (ran->status != 0) {
    // 52, 55 and 56: the request was on its way when the connection broke.
    none.timed_out = ran->status == 52 || ran->status == 55 || ran->status == 56;
    none.problem = curl_problem(*ran, request);
    return none;
  }
  if (ran->cut) {
    none.problem = fmt::format("the answer is longer than {} MiB", kMostOutput >> 20);
    return none;
  }
  return parse_http(ran->output);
}

}  // namespace budgetcheck
