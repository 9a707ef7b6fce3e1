#include "collect/load_test/text/vegeta_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "base/units.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/text/text_report.h"
#include "collect/load_test/text/tool_number.h"
#include "collect/text/text_lines.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kJson = "write 'vegeta report -type=json', or keep the raw results (vegeta encode)";
constexpr std::size_t kMostBuckets = 1000;

bool is_histogram(std::string_view head) {
  const std::string_view text = trim(head);
  return text.starts_with("Bucket ") && text.substr(0, text.find('\n')).find("Histogram") != std::string_view::npos;
}

bool recognises(const Sniff& sniff) {
  return is_histogram(sniff.head) || (sniff.head.find("Requests      [total, rate") != std::string_view::npos &&
                                      sniff.head.find("Latencies     [") != std::string_view::npos);
}

/// "Duration      [total, attack, wait]             6.183s, 6.158s, 24.836ms": names and values of one line.
struct NamedValues {
  std::string_view label;
  std::vector<std::string_view> names;
  std::vector<std::string_view> values;

  std::string_view of(std::string_view name) const {
    const auto at = std::find(names.begin(), names.end(), name);
    const auto i = static_cast<std::size_t>(at - names.begin());
    return i < values.size() ? values[i] : std::string_view();
  }
};
std::optional<NamedValues> named_values(std::string_view line) {
  const std::size_t open = line.find('[');
  const std::size_t close = line.find(']', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) {
    return std::nullopt;
  }
  NamedValues made{trim(line.substr(0, open)), {}, {}};
  for (const std::string_view name : split(line.substr(open + 1, close - open - 1), ',')) {
    made.names.push_back(trim(name));
  }
  for (const std::string_view value : split(line.substr(close + 1), ',')) {
    made.values.push_back(trim(value));
  }
  return made;
}

class VegetaReport {
 public:
  /// False when a second report begins with this line.
  bool take(std::string_view text) {
    const auto line = named_values(text);
    if (!line) {
      return true;
    }
    if (line->label == "Requests") {
      const bool is_first = !requests_;
      requests_ = tool_count(line->of("total"));
      return is_first;
    }
    if (line->label == "Duration") {
      run_ms_ = tool_duration_ms(line->of("total"));
    } else if (line->label == "Latencies") {
      take_latencies(*line);
    } else if (line->label == "Status Codes") {
      take_statuses(trim(text.substr(text.find(']') + 1)));
    }
    return true;
  }

  bool ended() const { return requests_ && run_ms_ && answered_ == *requests_; }

  LoadPart part() const {
    LoadPart part;
    part.requests = *requests_;
    part.failed = failed_;
    part.seconds = *run_ms_ / 1e3;
    if (*requests_ > 0) {
      part.durations = known_;
    }
    return part;
  }

 private:
  void take_latencies(const NamedValues& line) {
    for (std::size_t i = 0; i < std::min(line.names.size(), line.values.size()); ++i) {
      const auto ms = tool_duration_ms(line.values[i]);
      const auto percent = parse_number(line.names[i]);
      if (!ms) {
        continue;
      }
      if (percent) {
        add_percentile(known_, *percent, *ms);
      } else if (line.names[i] == "min") {
        known_.min = ms;
      } else if (line.names[i] == "mean") {
        known_.mean = ms;
      } else if (line.names[i] == "max") {
        known_.max = ms;
      }
    }
  }

  /// "0:4  200:333  429:7  503:16": 0 is no answer. Vegeta calls 200 to 399 a success.
  void take_statuses(std::string_view text) {
    constexpr std::uint64_t kFirstSuccess = 200;
    constexpr std::uint64_t kFirstError = 400;
    while (!text.empty()) {
      const FirstWord pair = first_word(text);
      text = pair.rest;
      const std::size_t colon = std::min(pair.word.find(':'), pair.word.size());
      const auto status = tool_count(pair.word.substr(0, colon));
      if (!status || colon == pair.word.size()) {
        continue;  // then the sum is not that of the requests, which is an error
      }
      const std::uint64_t count = tool_count(pair.word.substr(colon + 1)).value_or(0);
      answered_ = saturating_add(answered_, count);
      if (*status < kFirstSuccess || *status >= kFirstError) {
        failed_ = saturating_add(failed_, count);
      }
    }
  }

  std::optional<std::uint64_t> requests_;
  std::optional<double> run_ms_;
  std::uint64_t answered_ = 0;  ///< that have a status, 0 among them: each one when the line is whole
  std::uint64_t failed_ = 0;
  KnownQuantiles known_;
};

/// "[10ms,  25ms]   212  58.89%  ####"
struct Bucket {
  double from_ms = 0;
  std::optional<double> to_ms;  ///< nothing: no end
  std::uint64_t count = 0;
};
std::optional<Bucket> bucket_of(std::string_view line) {
  const std::size_t comma = line.find(',');
  const std::size_t close = line.find(']');
  if (!line.starts_with('[') || comma == std::string_view::npos || close == std::string_view::npos || close < comma) {
    return std::nullopt;
  }
  const auto from = tool_duration_ms(line.substr(1, comma - 1), 1);  // "0s", or "0" of some versions
  const std::string_view end = trim(line.substr(comma + 1, close - comma - 1));
  const auto to = tool_duration_ms(end);
  const auto count = tool_count(first_word(line.substr(close + 1)).word);
  if (!from || !count || (!to && end != "+Inf")) {
    return std::nullopt;
  }
  return Bucket{*from, to, *count};
}

/// "p50 between 10 ms and 25 ms": where the quantile lies.
std::string place_of(const std::vector<Bucket>& buckets, std::uint64_t total, double q) {
  std::uint64_t below = 0;
  for (const Bucket& bucket : buckets) {
    below = saturating_add(below, bucket.count);
    if (static_cast<double>(below) >= q * static_cast<double>(total)) {
      const std::string from = format_quantity(bucket.from_ms, Unit::kMilliseconds);
      return bucket.to_ms ? fmt::format("{} between {} and {}", quantile_name(q), from,
                                        format_quantity(*bucket.to_ms, Unit::kMilliseconds))
                          : fmt::format("{} above {}", quantile_name(q), from);
    }
  }
  return {};
}

Expected<void> collect_histogram(const Source& source, Input& input, Facts& facts) {
  std::vector<Bucket> buckets;
  std::uint64_t total = 0;
  for (TextLines lines(*source.content); lines.next();) {
    const std::string_view line = trim(lines.line());
    if (lines.number() > 1 && line.starts_with("Bucket ")) {
      return several_reports(source, "vegeta", lines.number());
    }
    if (const auto bucket = buckets.size() < kMostBuckets ? bucket_of(line) : std::nullopt) {
      total = saturating_add(total, bucket->count);
      buckets.push_back(*bucket);
    }
  }
  if (buckets.empty() || buckets.back().to_ms) {
    return report_broke_off(source, "vegeta", "the bucket up to +Inf");
  }
  LoadPart part;
  part.requests = total;
  std::vector<std::string> places;
  for (const double q : {0.5, 0.9, 0.95, 0.99}) {
    places.push_back(place_of(buckets, total, q));
  }
  part.no_durations = "buckets tell no quantile, only where it lies: " + join(places, ", ");
  part.no_durations_hint = std::string(kJson);
  add_load_result(source, {"vegeta", "", {std::move(part)}, {}}, input, facts);
  return {};
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  if (is_histogram(source.content->bytes().substr(0, TextLines::kShownOfLong))) {
    return collect_histogram(source, input, facts);
  }
  const Expected<VegetaReport> report =
      read_text_report<VegetaReport>(source, "vegeta", "'Status Codes' or a part of them");
  if (!report) {
    return tl::unexpected(report.error());
  }
  add_load_result(source, {"vegeta", "", {report->part()}, {}}, input, facts);
  return {};
}

}  // namespace

Format vegeta_text_format() {
  Format format{"vegeta-text", {"load."}, recognises, collect};
  format.is_given_as = "the text of vegeta report";
  format.looks_like = {"Latencies     [", "Status Codes  [", "Bucket "};
  format.page =
      "What `vegeta report` prints. The buckets of `-type=hist` are read too, but tell only between which edges a "
      "quantile "
      "lies.";
  return format;
}

}  // namespace budgetcheck
