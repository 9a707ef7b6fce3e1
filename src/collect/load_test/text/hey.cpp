#include "collect/load_test/text/hey.h"

#include <algorithm>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/raw_run.h"
#include "collect/load_test/text/text_report.h"
#include "collect/load_test/text/tool_number.h"
#include "collect/text/delimited.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kHead = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read";
constexpr std::uint64_t kMostKept = 1'000'000;
constexpr int kFirstError = 400;

bool is_csv(std::string_view head) { return head.starts_with(kHead); }

bool recognises(const Sniff& sniff) {
  return is_csv(sniff.head) ||
         (sniff.head.find("Success rate:") == std::string_view::npos &&  // of oha, whose text is alike
          sniff.head.find("Summary:") != std::string_view::npos &&
          sniff.head.find("Slowest:") != std::string_view::npos && sniff.head.find(" secs") != std::string_view::npos &&
          sniff.head.find("Response time histogram:") != std::string_view::npos);
}

class HeyReport {
 public:
  /// False when a second report begins with this line.
  bool take(std::string_view line) {
    if (line == "Summary:") {
      section_ = Section::kSummary;
      return !std::exchange(begun_, true);
    }
    if (line.ends_with(':') && !line.starts_with('[')) {
      section_ = line == "Latency distribution:"       ? Section::kQuantiles
                 : line == "Status code distribution:" ? Section::kStatuses
                 : line == "Error distribution:"       ? Section::kErrors
                                                       : Section::kOther;
      ended_ = ended_ || section_ == Section::kStatuses || section_ == Section::kErrors;
      return true;
    }
    switch (section_) {
      case Section::kSummary:
        take_summary(line);
        break;
      case Section::kQuantiles:
        take_quantile(line);
        break;
      case Section::kStatuses:
      case Section::kErrors:
        take_count(line);
        break;
      case Section::kNone:
      case Section::kOther:
        break;
    }
    return true;
  }

  bool ended() const { return run_ms_.has_value() && ended_ && unlisted() == 0; }

  LoadPart part() const {
    LoadPart part;
    part.requests = saturating_add(answers_, unanswered_);
    part.failed = saturating_add(errors_, unanswered_);
    part.seconds = *run_ms_ / 1e3;
    if (answers_ > 0) {
      part.durations = known_;
    }
    return part;
  }

 private:
  enum class Section { kNone, kSummary, kQuantiles, kStatuses, kErrors, kOther };

  /// Requests that its rate counts, and that stand in neither list: the text was cut off between its lines. Both
  /// numbers of the rate have four decimals.
  std::uint64_t unlisted() const {
    constexpr double kHalfDigit = 5e-5;
    const double seconds = *run_ms_ / 1e3;
    const double counted = rate_.value_or(0) * seconds;
    const double error = 1 + kHalfDigit * (seconds + rate_.value_or(0));
    const double listed = static_cast<double>(saturating_add(answers_, unanswered_));
    return counted > listed + error ? static_cast<std::uint64_t>(counted - listed) : 0;
  }

  void take_summary(std::string_view line) {
    const FirstWord label = first_word(line);
    if (label.word == "Requests/sec:") {
      rate_ = tool_number(label.rest);
    }
    const auto ms = tool_duration_ms(label.rest);
    if (!ms) {
      return;
    }
    if (label.word == "Total:") {
      run_ms_ = ms;
    } else if (label.word == "Slowest:") {
      known_.max = ms;
    } else if (label.word == "Fastest:") {
      known_.min = ms;
    } else if (label.word == "Average:") {
      known_.mean = ms;
    }
  }

  /// "95% in 0.0605 secs"; of too few answers "0% in 0.0000 secs". Some versions write "95%%".
  void take_quantile(std::string_view line) {
    const std::size_t in = line.find(" in ");
    if (in != std::string_view::npos) {
      const double percent = percent_of(trim(line.substr(0, in)));
      const auto ms = tool_duration_ms(line.substr(in + 4));
      if (percent > 0 && ms) {
        add_percentile(known_, percent, *ms);
      }
    }
  }

  /// "[200]	496 responses", "[9]	Get "http://…": read: connection reset by peer"
  void take_count(std::string_view line) {
    const std::size_t close = line.find(']');
    if (!line.starts_with('[') || close == std::string_view::npos) {
      return;
    }
    const auto number = tool_count(line.substr(1, close - 1));
    if (section_ == Section::kErrors) {
      unanswered_ = saturating_add(unanswered_, number.value_or(0));
      return;
    }
    const auto count = tool_count(first_word(line.substr(close + 1)).word);
    if (number && count) {
      answers_ = saturating_add(answers_, *count);
      errors_ = saturating_add(errors_, *number >= kFirstError ? *count : 0);
    }
  }

  Section section_ = Section::kNone;
  bool begun_ = false;
  bool ended_ = false;
  std::optional<double> run_ms_;
  std::optional<double> rate_;
  std::uint64_t answers_ = 0;
  std::uint64_t errors_ = 0;
  std::uint64_t unanswered_ = 0;
  KnownQuantiles known_;
};

Expected<void> collect_text(const Source& source, Input& input, Facts& facts) {
  const Expected<HeyReport> report = read_text_report<HeyReport>(source, "hey", "a part of the status codes or errors");
  if (!report) {
    return tl::unexpected(report.error());
  }
  add_load_result(source, {"hey", "", {report->part()}, {}}, input, facts);
  return {};
}

/// Seconds with four decimals. `offset` is when the request began, since the run did. The last of them stands for the
/// run's time, which the file does not tell: it is short of it by one request.
Expected<void> collect_csv(const Source& source, Input& input, Facts& facts) {
  constexpr std::size_t kTime = 0;
  constexpr std::size_t kStatus = 6;
  constexpr std::size_t kOffset = 7;
  DelimitedReader rows(source.content->bytes(), ',', source.content);
  RawRun run;
  std::uint64_t broken = 0;
  bool has_status = false;
  double last_begin = 0;
  for (bool is_head = true; rows.next(); is_head = false) {
    const std::vector<std::string>& fields = rows.fields();
    if (is_head) {
      has_status = fields.size() > kStatus;
      continue;
    }
    if (fields[kTime] == "response-time") {
      return several_reports(source, "hey", rows.line());
    }
    const auto seconds = parse_number(trim(fields[kTime]));
    const auto status = fields.size() > kStatus ? parse_number(trim(fields[kStatus])) : std::nullopt;
    if (!seconds || *seconds < 0 || has_status != status.has_value()) {
      ++broken;
      continue;
    }
    RawRequest request;
    request.ms = *seconds * 1e3;
    request.failed = status.value_or(0) >= kFirstError;
    if (const auto offset = fields.size() > kOffset ? parse_number(trim(fields[kOffset])) : std::nullopt) {
      last_begin = std::max(last_begin, *offset);
    }
    run.add(request);
  }
  LoadResult result{"hey", "", run.parts(), {}};
  Account account(input);
  LoadPart& part = result.parts.front();
  if (last_begin > 0) {
    part.seconds = last_begin;
  }
  if (!has_status) {  // of an old version
    part.success_durations.reset();
    part.failed.reset();
  }
  if (run.requests() == kMostKept) {
    account.incomplete("hey keeps the first 1,000,000 requests of a run, and this file has so many",
                       "make the run shorter, or let hey print its text");
  }
  say_broken_lines(broken, input);
  account.note("requests without an answer are not in hey's CSV", "hey's text counts them under 'Error distribution'");
  const std::size_t first = facts.samples.size();
  add_load_result(source, std::move(result), input, facts);
  mark_as_least(facts, first, "load.errors", "requests without an answer are not in hey's CSV");
  return {};
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  return is_csv(source.content->bytes()) ? collect_csv(source, input, facts) : collect_text(source, input, facts);
}

}  // namespace

Format hey_format() {
  Format format{"hey", {"load."}, recognises, collect};
  format.is_given_as = "the text that hey prints, or its CSV (-o csv)";
  format.looks_like = {"Response time histogram:", "Latency distribution:", "Status code distribution:"};
  format.page =
      "What it prints, or `-o csv`, which has every duration, so that those of the successes stand alone. The CSV "
      "leaves "
      "out requests that got no answer.";
  return format;
}

}  // namespace budgetcheck
