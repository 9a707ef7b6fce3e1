#include "collect/load_test/oha.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/answer_codes.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/told_percentiles.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr double kSecondsInMs = 1000;
/// Requests that were under way when the time was up: nobody knows how they would have ended.
constexpr std::string_view kAtTheEnd = "aborted due to deadline";

/// "p99.9" is 0.999.
std::optional<double> percentile_of(std::string_view key) {
  return key.starts_with('p') ? quantile_of_percent(key.substr(1)) : std::nullopt;
}

std::optional<LoadDurations> percentiles(const json::Value& document, std::string_view key, ResultNumbers& numbers) {
  KnownQuantiles told;
  add_told(document.find(key), below("", key), kSecondsInMs, percentile_of, numbers, told);
  return told.empty() ? std::nullopt : std::optional<LoadDurations>(std::move(told));
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  json::Selector wanted;
  for (const std::string_view path : {"summary", "latencyPercentiles", "latencyPercentilesSuccessful",
                                      "latencyPercentileSuccessful", "statusCodeDistribution", "errorDistribution"}) {
    wanted.keep(path);
  }
  const Expected<json::Value> document = json::select(source.path, *source.content, wanted);
  if (!document) {
    return tl::unexpected(document.error());
  }
  ResultNumbers numbers(source, "oha");
  const json::Value* summary = document->find("summary");
  LoadPart part;
  const AnswerCodes codes =
      read_answer_codes(document->find("statusCodeDistribution"), "/statusCodeDistribution", numbers)
          .value_or(AnswerCodes{});
  std::uint64_t unanswered = 0;
  std::uint64_t cut_off = 0;
  const json::Value* errors = document->find("errorDistribution");
  if (errors != nullptr && errors->is_object()) {
    for (const json::Member& error : *errors->object()) {
      const std::uint64_t count = numbers.count(&error.value, below("/errorDistribution", error.key)).value_or(0);
      std::uint64_t& sum = error.key == kAtTheEnd ? cut_off : unanswered;
      sum = saturating_add(sum, count);
    }
  }
  part.requests = saturating_add(codes.all, unanswered);
  part.failed = *part.requests - codes.successes;
  part.seconds = numbers.number(summary, "total", "/summary");
  part.success_durations = percentiles(*document, "latencyPercentilesSuccessful", numbers);
  if (!part.success_durations) {
    part.success_durations = percentiles(*document, "latencyPercentileSuccessful", numbers);
  }
  part.durations = percentiles(*document, "latencyPercentiles", numbers);
  if (part.durations) {
    auto& told = std::get<KnownQuantiles>(*part.durations);
    told.mean = scaled(numbers.number(summary, "average", "/summary"), kSecondsInMs);
    told.min = scaled(numbers.number(summary, "fastest", "/summary"), kSecondsInMs);
    told.max = scaled(numbers.number(summary, "slowest", "/summary"), kSecondsInMs);
    told.n = codes.all;
  }
  if (numbers.error()) {
    return tl::unexpected(*numbers.error());
  }
  if (cut_off > 0) {
    Account(input).note(fmt::format("{} under way when the time was up and {} not counted",
                                    counted(cut_off, "request was", "requests were"), cut_off == 1 ? "is" : "are"));
  }
  add_load_result(source, {"oha", {}, {std::move(part)}, {}}, input, facts);
  return {};
}

bool recognises(const Sniff& sniff) {
  return sniff.is_object && sniff.has("summary") && sniff.has("statusCodeDistribution") &&
         sniff.has("latencyPercentiles");
}

}  // namespace

Format oha_format() {
  Format format{"oha", {"load."}, recognises, collect};
  format.is_given_as = "oha (--output-format json)";
  format.looks_like = {"\"latencyPercentiles\"", "\"statusCodeDistribution\"", "\"responseTimeHistogram\""};
  format.page =
      "`oha --no-tui --output-format json URL > oha.json` (before 1.9: `--json`). Versions that write "
      "`latencyPercentilesSuccessful` give the durations of the successes, older ones those of all answers. Every "
      "status "
      "from 400 on is an error, whatever `successRate` says.";
  return format;
}

}  // namespace budgetcheck
