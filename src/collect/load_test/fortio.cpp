#include "collect/load_test/fortio.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "collect/load_test/answer_codes.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/told_percentiles.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr double kSecondsInMs = 1000;
constexpr double kNsInSecond = 1e-9;
constexpr std::string_view kHistogram = "/DurationHistogram";

void read_percentiles(const json::Value* list, ResultNumbers& numbers, KnownQuantiles& told) {
  if (list == nullptr || list->array() == nullptr) {
    return;
  }
  for (std::size_t i = 0; i < list->array()->size(); ++i) {
    const std::string pointer = fmt::format("{}/Percentiles/{}", kHistogram, i);
    const json::Value& entry = (*list->array())[i];
    const std::optional<double> percent = numbers.number(&entry, "Percentile", pointer);
    const std::optional<double> value = numbers.number(&entry, "Value", pointer);
    if (percent && value && *percent > 0 && *percent < 100) {
      told.add(*percent / 100, *value * kSecondsInMs);
    }
  }
}

/// Of HTTP by status; gRPC and TCP say it in a word.
std::uint64_t successes_of(const json::Value* codes, std::uint64_t by_status, ResultNumbers& numbers) {
  std::uint64_t successes = by_status;
  for (const std::string_view word : {"OK", "SERVING"}) {
    successes = saturating_add(successes, numbers.count(codes, word, "/RetCodes").value_or(0));
  }
  return successes;
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  json::Selector wanted;
  for (const std::string_view key : {"Count", "Min", "Max", "Avg", "Percentiles"}) {
    wanted.keep(std::string("DurationHistogram/") + std::string(key));
  }
  wanted.keep("ErrorsDurationHistogram/Count").keep("RetCodes").keep("ActualDuration");
  wanted.keep("RequestedQPS").keep("NumThreads");
  const Expected<json::Value> document = json::select(source.path, *source.content, wanted);
  if (!document) {
    return tl::unexpected(document.error());
  }
  ResultNumbers numbers(source, "fortio");
  const json::Value* histogram = document->find("DurationHistogram");
  const json::Value* codes = document->find("RetCodes");
  LoadPart part;
  part.requests = numbers.count(histogram, "Count", kHistogram).value_or(0);
  if (const std::optional<AnswerCodes> by_code = read_answer_codes(codes, "/RetCodes", numbers)) {
    part.requests = std::max(*part.requests, by_code->all);
    part.failed = *part.requests - std::min(successes_of(codes, by_code->successes, numbers), *part.requests);
  } else {
    part.failed = numbers.count(document->find("ErrorsDurationHistogram"), "Count", "/ErrorsDurationHistogram");
  }
  part.seconds = scaled(numbers.number(&*document, "ActualDuration", ""), kNsInSecond);
  if (*part.requests > 0 && histogram != nullptr) {
    KnownQuantiles told;
    read_percentiles(histogram->find("Percentiles"), numbers, told);
    told.mean = scaled(numbers.number(histogram, "Avg", kHistogram), kSecondsInMs);
    told.min = scaled(numbers.number(histogram, "Min", kHistogram), kSecondsInMs);
    told.max = scaled(numbers.number(histogram, "Max", kHistogram), kSecondsInMs);
    told.n = *part.requests;
    part.durations = std::move(told);
  }
  std::string shape = counted(numbers.count(&*document, "NumThreads", "").value_or(0), "connection");
  if (const std::string_view rate = document->string_or("RequestedQPS", ""); parse_number(rate).value_or(0) > 0) {
    shape += fmt::format(", {} requests/s", format_rounded(*parse_number(rate), 2));
  }
  if (numbers.error()) {
    return tl::unexpected(*numbers.error());
  }
  add_load_result(source, {"fortio", std::move(shape), {std::move(part)}, {}}, input, facts);
  return {};
}

bool recognises(const Sniff& sniff) {
  return sniff.is_object && sniff.has("DurationHistogram") && sniff.has("RetCodes");
}

}  // namespace

Format fortio_format() {
  Format format{"fortio", {"load."}, recognises, collect};
  format.is_given_as = "fortio (-json)";
  format.looks_like = {"\"DurationHistogram\"", "\"ActualQPS\"", "\"RetCodes\""};
  format.page =
      "`fortio load -json fortio.json -p 50,75,90,95,99 URL`: the percentiles that were asked for (without `-p` there "
      "is no "
      "p95), of all answers, errors among them.";
  return format;
}

}  // namespace budgetcheck
