#include "collect/load_test/text/ab.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/histogram.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/text/text_report.h"
#include "collect/load_test/text/tool_number.h"
#include "collect/text/delimited.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kPercentiles = "Percentage served,Time in ms";
constexpr std::string_view kEveryRequest = "starttime\tseconds\tctime\tdtime\tttime\twait";

bool recognises(const Sniff& sniff) {
  return sniff.head.starts_with(kPercentiles) || sniff.head.starts_with(kEveryRequest) ||
         sniff.head.find("This is ApacheBench") != std::string_view::npos ||
         (sniff.head.find("Complete requests:") != std::string_view::npos &&
          sniff.head.find("Time taken for tests:") != std::string_view::npos);
}

class AbReport {
 public:
  /// False when a second report begins with this line.
  bool take(std::string_view line) {
    const auto behind = [&](std::string_view label) { return word_behind(line, label); };
    if (line.starts_with("Complete requests:")) {
      const bool is_first = !complete_;
      complete_ = tool_count(behind("requests:"));
      return is_first;
    }
    if (line.starts_with("Concurrency Level:")) {
      concurrency_ = behind("Level:");
    } else if (line.starts_with("Time taken for tests:")) {
      run_ms_ = tool_duration_ms(line.substr(line.find(':') + 1));
    } else if (line.starts_with("Failed requests:")) {
      failed_ = tool_count(behind("requests:"));
    } else if (line.starts_with("Non-2xx responses:")) {
      others_ = tool_count(behind("responses:")).value_or(0);
    } else if (line.starts_with("Requests per second:")) {
      is_whole_ = true;  // failures stand before it
    } else if (line.starts_with("(Connect:")) {
      const std::string_view length = behind("Length:");
      lengths_ = tool_count(length.substr(0, length.find(','))).value_or(0);
    } else if (line.starts_with("Total:") && line.find("[") == std::string_view::npos) {
      take_total(first_word(line).rest);
    } else if (const FirstWord percentage = first_word(line); percentage.word.ends_with('%')) {
      if (const auto ms = parse_number(first_word(percentage.rest).word)) {
        add_percentile(known_, percent_of(percentage.word), *ms);
      }
    }
    return true;
  }

  bool ended() const { return complete_ && failed_ && run_ms_ && is_whole_; }
  std::uint64_t lengths() const { return lengths_; }

  LoadResult result() const {
    LoadResult result;
    result.tool = "ab";
    if (!concurrency_.empty()) {
      result.shape = concurrency_ + " connections";
    }
    LoadPart part;
    part.requests = *complete_;
    // An answer with another status has another length too: whoever adds the two counts it twice.
    part.failed = std::min(*complete_, std::max(*failed_, others_));
    part.seconds = *run_ms_ / 1e3;
    if (*complete_ > 0) {
      part.durations = known_;
    }
    result.parts.push_back(std::move(part));
    return result;
  }

 private:
  /// "8   14  15.6      9      66": minimum, mean, deviation, median, maximum. Whole milliseconds, where the list below
  /// it has the quantiles.
  void take_total(std::string_view numbers) {
    const FirstWord least = first_word(numbers);
    const FirstWord mean = first_word(least.rest);
    const FirstWord median = first_word(first_word(mean.rest).rest);
    known_.min = parse_number(least.word);
    known_.mean = parse_number(mean.word);
    if (const auto ms = parse_number(median.word)) {
      add_percentile(known_, 50, *ms);
    }
  }

  std::optional<std::uint64_t> complete_;
  std::optional<std::uint64_t> failed_;
  bool is_whole_ = false;
  std::uint64_t others_ = 0;
  std::uint64_t lengths_ = 0;
  std::optional<double> run_ms_;
  std::string concurrency_;
  KnownQuantiles known_;
};

Expected<void> collect_text(const Source& source, Input& input, Facts& facts) {
  const Expected<AbReport> report =
      read_text_report<AbReport>(source, "ab", "'Complete requests' or 'Requests per second'");
  if (!report) {
    return tl::unexpected(report.error());
  }
  LoadResult result = report->result();
  if (report->lengths() > 0) {
    Account(input).note(
        fmt::format("{} another length than the first answer, which ab counts as failed",
                    counted(report->lengths(), "answer has", "answers have")),
        "where the length of a page varies, run ab with -l; else these are errors or answers that were cut off");
  }
  add_load_result(source, std::move(result), input, facts);
  return {};
}

/// "50,8.994": the percentile and its milliseconds.
Expected<void> collect_percentiles(const Source& source, Input& input, Facts& facts) {
  LoadPart part;
  KnownQuantiles known;
  std::uint64_t broken = 0;
  DelimitedReader rows(source.content->bytes(), ',', source.content);
  for (bool is_head = true; rows.next(); is_head = false) {
    const std::vector<std::string>& fields = rows.fields();
    if (is_head) {
      continue;
    }
    const auto percent = parse_number(trim(fields[0]));
    const auto ms = fields.size() == 2 ? parse_number(trim(fields[1])) : std::nullopt;
    if (percent && ms && *percent >= 0) {
      add_percentile(known, *percent, *ms);
    } else {
      ++broken;
    }
  }
  say_broken_lines(broken, input);
  part.durations = std::move(known);
  add_load_result(source, {"ab", "", {std::move(part)}, {}}, input, facts);
  return {};
}

/// Sorted by the time that each request took, in whole milliseconds. Nothing tells which of them failed.
Expected<void> collect_every_request(const Source& source, Input& input, Facts& facts) {
  constexpr std::size_t kFields = 6;
  constexpr std::size_t kTotal = 4;
  Histogram times;
  LoadPart part;
  std::uint64_t requests = 0;
  std::uint64_t broken = 0;
  DelimitedReader rows(source.content->bytes(), '\t', source.content);
  for (bool is_head = true; rows.next(); is_head = false) {
    const std::vector<std::string>& fields = rows.fields();
    if (is_head) {
      continue;
    }
    const auto ms = fields.size() == kFields ? parse_number(fields[kTotal]) : std::nullopt;
    if (ms && *ms >= 0) {
      ++requests;
      times.add(*ms);
    } else {
      ++broken;
    }
  }
  say_broken_lines(broken, input);
  part.requests = requests;
  part.durations = times.distribution();
  add_load_result(source, {"ab", "", {std::move(part)}, {}}, input, facts);
  return {};
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  const std::string_view bytes = source.content->bytes();
  return bytes.starts_with(kPercentiles)    ? collect_percentiles(source, input, facts)
         : bytes.starts_with(kEveryRequest) ? collect_every_request(source, input, facts)
                                            : collect_text(source, input, facts);
}

}  // namespace

Format ab_format() {
  Format format{"ab", {"load."}, recognises, collect};
  format.is_given_as = "the text that ab (ApacheBench) prints";
  format.looks_like = {"ApacheBench", "Complete requests:", "Non-2xx responses:", "Percentage served"};
  format.page =
      "What it prints. 'Failed requests' and 'Non-2xx responses' overlap: the larger counts as failed. Its tables are "
      "read "
      "too: `-e` has percentiles only, `-g` every duration, but neither tells which requests failed.";
  return format;
}

}  // namespace budgetcheck
