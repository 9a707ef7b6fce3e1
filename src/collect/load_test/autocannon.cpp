#include "collect/load_test/autocannon.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/request_label.h"
#include "collect/load_test/result_documents.h"
#include "collect/load_test/told_percentiles.h"

namespace budgetcheck {
namespace {

/// "p97_5" is 0.975. The lowest ones (p0_001 to p2_5) are nobody's question.
std::optional<double> percentile_of(std::string_view key) {
  if (key.size() < 2 || key.front() != 'p') {
    return std::nullopt;
  }
  const std::optional<double> q = quantile_of_percent(replace_all(std::string(key.substr(1)), "_", "."));
  constexpr double kLowest = 0.1;
  return q && *q >= kLowest ? q : std::nullopt;
}

/// One result.
struct Run {
  std::string url;
  std::string shape;
  LoadPart part;
  std::uint64_t redirects = 0;
};

class Reader {
 public:
  Reader(ResultNumbers& numbers, const json::Value& result, std::string pointer)
      : numbers_(numbers), result_(result), pointer_(std::move(pointer)) {}

  Run read() {
    Run run;
    run.url = std::string(result_.string_or("url", ""));
    const std::uint64_t client_errors = count("4xx");
    const std::uint64_t server_errors = count("5xx");
    const std::uint64_t by_class = count("1xx") + count("2xx") + count("3xx") + client_errors + server_errors;
    run.redirects = count("3xx");
    const json::Value* requests = result_.find("requests");
    const std::uint64_t answered = numbers_.count(requests, "total", pointer_ + "/requests").value_or(by_class);
    const std::uint64_t unanswered = count("errors");  // timeouts are among them
    // Answers with another body than was expected may have any status.
    const std::uint64_t bad_answers = std::max(client_errors + server_errors, count("mismatches"));
    run.part.requests = answered + unanswered;
    run.part.failed = bad_answers + unanswered;
    run.part.lost = lost(requests, answered + unanswered);
    run.part.seconds = numbers_.number(&result_, "duration", pointer_);
    run.part.durations = durations(answered);
    run.part.no_durations = "no request was answered";
    run.part.no_durations_hint = "see whether the server ran and took the load";
    const std::uint64_t connections = count("connections");
    run.shape = counted(connections, "connection");
    if (const std::uint64_t pipelining = count("pipelining"); pipelining > 1) {
      run.shape += fmt::format(", {} pipelined", pipelining);
    }
    return run;
  }

 private:
  std::uint64_t count(std::string_view key) { return numbers_.count(&result_, key, pointer_).value_or(0); }

  /// Connections that the server resets are in no count of autocannon's. At most one request of each place in each
  /// connection's pipeline can have been on its way when the time was up.
  std::uint64_t lost(const json::Value* requests, std::uint64_t counted_ones) {
    const std::uint64_t sent = numbers_.count(requests, "sent", pointer_ + "/requests").value_or(0);
    const double under_way = static_cast<double>(std::max<std::uint64_t>(count("connections"), 1)) *
                             static_cast<double>(std::max<std::uint64_t>(count("pipelining"), 1));
    const double missing = static_cast<double>(sent) - static_cast<double>(counted_ones) - under_way;
    return missing > 0 ? static_cast<std::uint64_t>(missing) : 0;
  }

  std::optional<LoadDurations> durations(std::uint64_t answered) {
    const json::Value* latency = result_.find("latency");
    const std::string pointer = pointer_ + "/latency";
    if (answered == 0 || latency == nullptr || latency->object() == nullptr) {
      return std::nullopt;  // without an answer all of them are 0
    }
    KnownQuantiles told = told_durations(latency, pointer, 1, percentile_of, numbers_);
    told.n = numbers_.count(latency, "totalCount", pointer).value_or(answered);
    return told;
  }

  ResultNumbers& numbers_;
  const json::Value& result_;
  std::string pointer_;
};

void say_redirects(const std::vector<Run>& runs, Account& account) {
  std::uint64_t redirects = 0;
  std::uint64_t requests = 0;
  for (const Run& run : runs) {
    redirects += run.redirects;
    requests += run.part.requests.value_or(0);
  }
  if (redirects > 0) {
    account.note(fmt::format("{} of {} were answered with a redirect, and autocannon does not follow it", redirects,
                             counted(requests, "request")),
                 "load the URL that it leads to");
  }
}

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  const Expected<ResultDocuments> documents =
      read_result_documents(source, {"url", "connections", "pipelining", "duration", "errors", "mismatches", "1xx",
                                     "2xx", "3xx", "4xx", "5xx", "latency", "requests/total", "requests/sent"});
  if (!documents) {
    return tl::unexpected(documents.error());
  }
  ResultNumbers numbers(source, "autocannon");
  std::vector<Run> runs;
  std::set<std::string> urls;
  for (const ResultDocument& document : documents->all) {
    runs.push_back(Reader(numbers, document.value, document.pointer).read());
    urls.insert(runs.back().url);
  }
  if (numbers.error()) {
    return tl::unexpected(*numbers.error());
  }
  Account account(input);
  if (!documents->broken_off.empty()) {
    account.incomplete(documents->broken_off, kWriteAgain);
  }
  say_redirects(runs, account);
  for (Run& run : runs) {
    if (urls.size() > 1) {  // one after the other, so that nothing can be said of all
      run.part.route = request_label({}, run.url, context.routes);
    }
    add_load_result(source, {"autocannon", run.shape, {std::move(run.part)}, {}}, input, facts);
  }
  return {};
}

bool recognises(const Sniff& sniff) {
  const auto holds = [&](std::string_view text) { return sniff.head.find(text) != std::string_view::npos; };
  if (sniff.is_array) {
    return holds("\"latency\"") && holds("\"p97_5\"") && holds("\"non2xx\"");
  }
  return sniff.is_object && sniff.has("latency") && sniff.has("requests") && sniff.has("throughput") &&
         (sniff.has("non2xx") || sniff.has("2xx"));
}

}  // namespace

Format autocannon_format() {
  Format format{"autocannon", {"load."}, recognises, collect};
  format.is_given_as = "autocannon (--json)";
  format.looks_like = {"\"non2xx\"", "\"p97_5\"", "\"pipelining\""};
  format.page =
      "`autocannon --json URL > autocannon.json`; several results in one file, as a list or one a line, are runs. It "
      "tells "
      "p50, p75, p90, p97.5 and p99 but no p95, of all answers, errors among them; requests whose connection was reset "
      "are in none of its counts, and are found by how many were sent.";
  return format;
}

}  // namespace budgetcheck
