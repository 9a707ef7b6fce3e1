#include "collect/load_test/text/jmeter.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/text/jmeter_run.h"
#include "collect/load_test/text/text_report.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

/// The columns may be in any order and most may be left out.
bool is_csv(std::string_view head) {
  const std::string line = lower(trim(head.substr(0, head.find('\n'))));
  const auto has = [&](std::string_view name) { return line.find(name) != std::string::npos; };
  return has("elapsed") && has("label") && (has("success") || has("responsecode")) &&
         line.find('{') == std::string::npos;
}

bool is_xml(std::string_view head) { return head.find("<testResults") != std::string_view::npos; }

bool is_statistics(const Sniff& sniff) {
  const auto has = [&](std::string_view key) { return sniff.head.find(key) != std::string_view::npos; };
  return sniff.is_object && has("\"sampleCount\"") && has("\"errorCount\"") && has("\"pct1ResTime\"");
}

bool recognises(const Sniff& sniff) { return is_csv(sniff.head) || is_xml(sniff.head) || is_statistics(sniff); }

/// A JTL without its line of names: "1795912345046,24,GET /events,200,OK,Users 1-1,text,true,…".
std::optional<OtherOutput> explain(const Sniff& sniff) {
  const std::string_view line = sniff.head.substr(0, sniff.head.find('\n'));
  const std::vector<std::string_view> fields = split(line, ',');
  constexpr std::size_t kFields = 12;
  constexpr std::size_t kMillisecondDigits = 13;
  const bool fits =
      fields.size() >= kFields && fields[0].size() == kMillisecondDigits && parse_number(fields[0]) &&
      parse_number(fields[1]) &&
      std::any_of(fields.begin(), fields.end(), [](std::string_view f) { return f == "true" || f == "false"; });
  return fits ? std::optional(OtherOutput{"a JTL of JMeter without the names of its columns",
                                          "let JMeter write them (jmeter.save.saveservice.print_field_names=true)"})
              : std::nullopt;
}

constexpr double kMost = 1e15;

std::optional<LoadPart> part_of(const json::Value& row) {
  const auto number = [&](std::string_view key) -> std::optional<double> {
    const json::Value* value = row.find(key);
    const bool fits =
        value != nullptr && value->number() != nullptr && *value->number() >= 0 && *value->number() < kMost;
    return fits ? std::optional(*value->number()) : std::nullopt;
  };
  const auto count = number("sampleCount");
  const auto errors = number("errorCount");
  if (!count || !errors) {
    return std::nullopt;
  }
  LoadPart part;
  part.requests = static_cast<std::uint64_t>(*count);
  part.failed = static_cast<std::uint64_t>(*errors);
  if (const auto rate = number("throughput"); rate && *rate > 0) {
    part.seconds = *count / *rate;  // its throughput counts failures too
  }
  KnownQuantiles known;
  known.mean = number("meanResTime");
  known.min = number("minResTime");
  known.max = number("maxResTime");
  for (const auto& [key, percent] : {std::pair("medianResTime", 50.0), std::pair("pct1ResTime", 90.0),
                                     std::pair("pct2ResTime", 95.0), std::pair("pct3ResTime", 99.0)}) {
    if (const auto ms = number(key)) {
      add_percentile(known, percent, *ms);
    }
  }
  if (*count > 0) {
    part.durations = std::move(known);
  }
  return part;
}

Expected<void> collect_statistics(const Source& source, Input& input, Facts& facts) {
  std::optional<LoadPart> whole;
  ReportRoutes routes;
  std::uint64_t sum = 0;
  std::uint64_t broken = 0;
  json::Selector wanted;
  wanted.each("*", [&](std::string_view key, json::Value&& row) {
    auto part = part_of(row);
    if (!part) {
      ++broken;
    } else if (key == "Total") {
      whole = std::move(part);
    } else {
      sum = saturating_add(sum, *part->requests);
      routes.add(printable(key), std::move(*part));
    }
    return true;
  });
  for (const std::string_view path :
       {"*/sampleCount", "*/errorCount", "*/throughput", "*/meanResTime", "*/minResTime", "*/maxResTime",
        "*/medianResTime", "*/pct1ResTime", "*/pct2ResTime", "*/pct3ResTime"}) {
    wanted.keep(path);
  }
  if (const auto read = json::select(source.path, *source.content, wanted); !read) {
    return tl::unexpected(read.error());
  }
  if (!whole) {
    return report_broke_off(source, "JMeter", "the row 'Total'");
  }
  Account account(input);
  if (broken > 0) {
    account.incomplete(fmt::format("{} without counts", counted(broken, "row is", "rows are")), kWriteAgain);
  }
  account.note("its percentiles are read as p90, p95 and p99, JMeter's defaults (aggregate_rpt_pct1 to 3)");
  if (sum > *whole->requests) {
    account.note("some of its rows are transactions, which are not requests and not in the total",
                 "pass the JTL, which tells them apart");
  }
  LoadResult result{"JMeter", "", {std::move(*whole)}, {}};
  routes.move_to(result, input, "give the samplers names without ids");
  add_load_result(source, std::move(result), input, facts);
  return {};
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  constexpr std::size_t kLooked = 4096;
  const std::string_view head = source.content->bytes().substr(0, kLooked);
  if (!is_csv(head) && !is_xml(head)) {
    return collect_statistics(source, input, facts);
  }
  JmeterRun run;
  Expected<void> read = is_xml(head) ? read_jmeter_xml(source, run) : read_jmeter_csv(source, run);
  if (!read) {
    return read;
  }
  run.report(source, input, facts);
  return {};
}

}  // namespace

Format jmeter_format() {
  Format format{"jmeter", {"load."}, recognises, collect};
  format.is_given_as = "JMeter's JTL (CSV or XML) or the statistics.json of its dashboard";
  format.looks_like = {"timeStamp,elapsed,label", "<testResults", "\"sampleCount\"", "\"pct1ResTime\""};
  format.page =
      "A JTL as CSV, with its columns in any order, or as XML; a sampler's label is the route. Rows of transaction "
      "controllers are not requests. `statistics.json` of the dashboard is read too; its percentiles are taken for 90, "
      "95 "
      "and 99, as JMeter has them unless told otherwise.";
  format.explain = explain;
  return format;
}

}  // namespace budgetcheck
