#include "collect/load_test/gatling.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/request_label.h"
#include "collect/load_test/result_numbers.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

/// What percentiles1 to percentiles4 are unless gatling.conf says otherwise; the file does not tell.
constexpr std::array<double, 4> kPercentiles{0.5, 0.75, 0.95, 0.99};

class Report {
 public:
  Report(const Source& source, const RouteTable* routes) : numbers_(source, "Gatling"), routes_(routes) {}

  /// `route` is empty for the whole run.
  void add(std::string_view route, const json::Value& stats, const std::string& pointer) {
    LoadPart part;
    part.route = route.empty() ? std::string() : request_label({}, route, routes_);
    const json::Value* counts = stats.find("numberOfRequests");
    part.requests = count(counts, "total", pointer + "/numberOfRequests");
    part.failed = count(counts, "ko", pointer + "/numberOfRequests");
    const std::uint64_t ok = count(counts, "ok", pointer + "/numberOfRequests").value_or(0);
    if (part.requests && part.failed && *part.failed > *part.requests) {
      numbers_.wrong(counts, pointer + "/numberOfRequests", "more requests failed than were made");
    }
    part.throughput =
        number(stats.find("meanNumberOfRequestsPerSecond"), "ok", pointer + "/meanNumberOfRequestsPerSecond");
    if (ok > 0) {
      part.success_durations = quantiles(stats, "ok", ok, pointer);
    }
    if (part.requests.value_or(0) > 0) {
      part.durations = quantiles(stats, "total", *part.requests, pointer);
    }
    result_.parts.push_back(std::move(part));
  }

  KnownQuantiles quantiles(const json::Value& stats, std::string_view of, std::uint64_t n, const std::string& pointer) {
    KnownQuantiles told;
    for (std::size_t i = 0; i < kPercentiles.size(); ++i) {
      const std::string key = fmt::format("percentiles{}", i + 1);
      if (const std::optional<double> value = number(stats.find(key), of, below(pointer, key))) {
        told.add(kPercentiles.at(i), *value);
      }
    }
    told.mean = number(stats.find("meanResponseTime"), of, pointer + "/meanResponseTime");
    told.min = number(stats.find("minResponseTime"), of, pointer + "/minResponseTime");
    told.max = number(stats.find("maxResponseTime"), of, pointer + "/maxResponseTime");
    told.n = n;
    return told;
  }

  /// Requests are routes. Groups count how often they were passed through, and only lead to requests.
  void add_contents(const json::Value* contents, const std::string& pointer, std::size_t depth) {
    constexpr std::size_t kDeepest = 64;
    if (contents == nullptr || contents->object() == nullptr || depth > kDeepest) {
      return;
    }
    for (const json::Member& member : *contents->object()) {
      const std::string at = below(pointer, member.key);
      const json::Value* stats = member.value.find("stats");
      const std::string_view name = member.value.string_or("name", member.key);
      if (member.value.string_or("type", "") == "REQUEST" && stats != nullptr && stats->is_object()) {
        add(depth == 0 ? name : member.value.string_or("path", name), *stats, at + "/stats");
      }
      add_contents(member.value.find("contents"), at + "/contents", depth + 1);
    }
  }

  Expected<LoadResult> result() {
    if (numbers_.error()) {
      return tl::unexpected(*numbers_.error());
    }
    result_.tool = "Gatling";
    return std::move(result_);
  }

 private:
  /// Some versions write numbers as texts, and "-" for none.
  std::optional<double> number(const json::Value* object, std::string_view key, const std::string& pointer) {
    const json::Value* value = object == nullptr ? nullptr : object->find(key);
    if (value == nullptr || value->string() == nullptr) {
      return numbers_.number(value, below(pointer, key));
    }
    if (*value->string() == "-") {
      return std::nullopt;
    }
    const std::optional<double> parsed = parse_number(*value->string());
    json::Value as_number(parsed.value_or(0));
    as_number.offset = value->offset;
    return numbers_.number(parsed ? &as_number : value, below(pointer, key));
  }

  std::optional<std::uint64_t> count(const json::Value* object, std::string_view key, const std::string& pointer) {
    const std::optional<double> found = number(object, key, pointer);
    return found ? std::optional<std::uint64_t>(static_cast<std::uint64_t>(*found)) : std::nullopt;
  }

  ResultNumbers numbers_;
  const RouteTable* routes_;
  LoadResult result_;
};

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  json::Selector wanted;
  for (const std::string_view key :
       {"numberOfRequests", "minResponseTime", "maxResponseTime", "meanResponseTime", "percentiles1", "percentiles2",
        "percentiles3", "percentiles4", "meanNumberOfRequestsPerSecond", "stats", "contents"}) {
    wanted.keep(key);
  }
  const Expected<json::Value> document = json::select(source.path, *source.content, wanted);
  if (!document) {
    return tl::unexpected(document.error());
  }
  Report report(source, context.routes);
  const json::Value* stats = document->find("stats");
  report.add({}, stats == nullptr ? *document : *stats, stats == nullptr ? "" : "/stats");
  report.add_contents(document->find("contents"), "/contents", 0);
  Expected<LoadResult> result = report.result();
  if (!result) {
    return tl::unexpected(result.error());
  }
  Account(input).note(
      "the file does not name its percentiles: they are taken as 50, 75, 95 and 99, as Gatling has them by default");
  add_load_result(source, std::move(*result), input, facts);
  return {};
}

bool recognises(const Sniff& sniff) {
  const auto holds = [&](std::string_view text) { return sniff.head.find(text) != std::string_view::npos; };
  const bool is_global = sniff.has("numberOfRequests") && sniff.has("percentiles1");
  const bool is_tree = sniff.has("stats") && sniff.has("pathFormatted") && holds("\"numberOfRequests\"");
  return sniff.is_object && (is_global || is_tree);
}

}  // namespace

Format gatling_format() {
  Format format{"gatling", {"load."}, recognises, collect};
  format.is_given_as = "Gatling (js/stats.json)";
  format.looks_like = {"\"numberOfRequests\"", "\"percentiles1\"", "\"meanNumberOfRequestsPerSecond\""};
  format.page =
      "`js/stats.json` in the folder of Gatling's report, with all requests, or `js/global_stats.json`. Durations are "
      "those of the successful requests (`ok`). The file does not name its four percentiles: they are taken as 50, 75, "
      "95 "
      "and 99, so leave `charting.indicators.percentile1` to `percentile4` as they are.";
  return format;
}

}  // namespace budgetcheck
