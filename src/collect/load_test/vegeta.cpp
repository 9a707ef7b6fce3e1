#include "collect/load_test/vegeta.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "collect/account.h"
#include "collect/load_test/answer_codes.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/result_documents.h"
#include "collect/load_test/told_percentiles.h"

namespace budgetcheck {
namespace {

constexpr double kNsInMs = 1e-6;
constexpr double kNsInSecond = 1e-9;

/// "95th" is 0.95.
std::optional<double> percentile_of(std::string_view key) {
  return key.ends_with("th") ? quantile_of_percent(key.substr(0, key.size() - 2)) : std::nullopt;
}

LoadPart read_report(const ResultDocument& document, ResultNumbers& numbers) {
  const json::Value& report = document.value;
  const std::string pointer = document.pointer + "/latencies";
  LoadPart part;
  part.requests = numbers.count(&report, "requests", document.pointer);
  const std::optional<AnswerCodes> codes =
      read_answer_codes(report.find("status_codes"), document.pointer + "/status_codes", numbers);
  const std::optional<double> success = numbers.number(&report, "success", document.pointer);
  if (part.requests && codes) {
    part.failed = *part.requests - std::min(codes->successes, *part.requests);
  } else if (part.requests && success) {
    part.failed =
        *part.requests -
        std::min(static_cast<std::uint64_t>(static_cast<double>(*part.requests) * *success + 0.5), *part.requests);
  }
  const double attack = numbers.number(&report, "duration", document.pointer).value_or(0);
  const double wait = numbers.number(&report, "wait", document.pointer).value_or(0);
  if (attack + wait > 0) {
    part.seconds = (attack + wait) * kNsInSecond;
  }
  if (part.requests.value_or(0) > 0) {
    const json::Value* latencies = report.find("latencies");
    KnownQuantiles told = told_durations(latencies, pointer, kNsInMs, percentile_of, numbers);
    told.n = *part.requests;
    part.durations = std::move(told);
  }
  return part;
}

Expected<void> collect_report(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  const Expected<ResultDocuments> documents = read_result_documents(
      source, {"latencies", "requests", "success", "status_codes", "duration", "wait", "earliest"});
  if (!documents) {
    return tl::unexpected(documents.error());
  }
  ResultNumbers numbers(source, "vegeta");
  Account account(input);
  std::vector<LoadPart> runs;
  std::string begin;
  for (const ResultDocument& document : documents->all) {
    LoadPart part = read_report(document, numbers);
    const std::string earliest(document.value.string_or("earliest", ""));
    if (!runs.empty() && !earliest.empty() && earliest == begin) {
      runs.back() = std::move(part);  // of the same run, later (-every)
    } else {
      runs.push_back(std::move(part));
    }
    begin = earliest;
  }
  if (numbers.error()) {
    return tl::unexpected(*numbers.error());
  }
  if (!documents->broken_off.empty()) {
    account.incomplete(documents->broken_off, kWriteAgain);
  }
  for (LoadPart& run : runs) {
    add_load_result(source, {"vegeta", {}, {std::move(run)}, {}}, input, facts);
  }
  return {};
}

bool recognises_report(const Sniff& sniff) {
  return sniff.is_object && sniff.has("latencies") && sniff.has("status_codes") && sniff.has("bytes_in");
}

}  // namespace

Format vegeta_report_format() {
  Format format{"vegeta", {"load."}, recognises_report, collect_report};
  format.is_given_as = "vegeta's report (-type=json)";
  format.looks_like = {"\"latencies\"", "\"status_codes\"", "\"bytes_in\""};
  format.page =
      "`vegeta report -type=json results.bin > report.json`: p50, p90, p95 and p99 of all answers, errors among them. "
      "Better is `vegeta encode --to json` (below).";
  return format;
}

}  // namespace budgetcheck
