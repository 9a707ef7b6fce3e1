#include "collect/load_test/text/wrk.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/text/text_report.h"
#include "collect/load_test/text/tool_number.h"
#include "collect/text/first_lines.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kWithLatency = "run it with --latency (wrk2: --latency too), which prints the quantiles";

/// "Running 4s test @ http://127.0.0.1:9000/events"
bool begins_report(std::string_view line) {
  return line.starts_with("Running ") && line.find(" test @ ") != std::string_view::npos;
}

bool recognises(const Sniff& sniff) {
  FirstLines lines(sniff.head);
  while (lines.next()) {
    if (begins_report(trim(lines.line()))) {
      return true;
    }
  }
  return false;
}

class WrkReport {
 public:
  /// False when a second report begins with this line.
  bool take(std::string_view line) {
    if (begins_report(line)) {
      return !std::exchange(begun_, true);
    }
    if (line.find("Latency Distribution") != std::string_view::npos) {
      is_hdr_ = is_hdr_ || line.find("HdrHistogram") != std::string_view::npos;
      // What wrk2 measured from the late start of each request hides the time that it waited for its turn.
      section_ = line.find("Uncorrected") != std::string_view::npos ? Section::kOther : Section::kDistribution;
    } else if (line.starts_with("Detailed Percentile spectrum")) {
      section_ = section_ == Section::kOther ? section_ : Section::kSpectrum;
    } else if (section_ == Section::kDistribution && take_percentile(line)) {
      return true;
    } else if (section_ == Section::kSpectrum && take_spectrum(line)) {
      return true;
    } else if (line.starts_with("Latency")) {
      take_latency(line);
    } else if (line.find(" threads and ") != std::string_view::npos) {
      connections_ = first_word(line.substr(line.find(" and ") + 5)).word;
    } else if (line.starts_with("Socket errors:")) {
      take_socket_errors(line);
    } else if (line.starts_with("Non-2xx or 3xx responses:")) {
      errors_ = saturating_add(errors_, tool_count(word_behind(line, "responses:")).value_or(0));
    } else if (const std::size_t at = line.find(" requests in "); at != std::string_view::npos) {
      answers_ = tool_count(line.substr(0, at));
      const std::string_view time = line.substr(at + std::string_view(" requests in ").size());
      run_ms_ = tool_duration_ms(time.substr(0, time.find(", ")));
      section_ = Section::kNone;
    } else if (line.starts_with("Requests/sec:")) {
      is_whole_ = true;  // errors stand before it
    }
    return true;
  }

  bool ended() const { return answers_ && run_ms_ && is_whole_; }
  std::uint64_t timeouts() const { return timeouts_; }
  bool is_hdr() const { return is_hdr_; }

  LoadResult result() const {
    LoadResult result;
    result.tool = is_hdr_ ? "wrk2" : "wrk";
    if (!connections_.empty()) {
      result.shape = connections_ + " connections";
    }
    LoadPart part;
    // Requests whose connection broke are not among the answers; those that took longer than --timeout are.
    part.requests = saturating_add(*answers_, unanswered_);
    part.failed = std::min(*part.requests, saturating_add(saturating_add(errors_, unanswered_), timeouts_));
    part.seconds = *run_ms_ / 1e3;
    KnownQuantiles known = spectrum_;  // more digits than the short list
    for (const KnownQuantiles::Point& point : distribution_.points) {
      known.add(point.q, point.value);
    }
    known.mean = mean_;
    known.max = spectrum_.max ? spectrum_.max : max_;
    if (*answers_ > 0) {
      part.durations = std::move(known);
    }
    part.no_durations_hint = kWithLatency;
    result.parts.push_back(std::move(part));
    return result;
  }

 private:
  enum class Section { kNone, kDistribution, kSpectrum, kOther };

  /// "50%    8.86ms", " 99.999%  1.41s"
  bool take_percentile(std::string_view line) {
    const FirstWord percentage = first_word(line);
    const double percent = percentage.word.ends_with('%') ? percent_of(percentage.word) : -1;
    const auto ms = tool_duration_ms(percentage.rest);
    if (percent < 0 || !ms) {
      return false;
    }
    add_percentile(distribution_, percent, *ms);
    return true;
  }

  /// "1088.962     0.950000         1140        20.00": milliseconds, whatever the other lines are in.
  bool take_spectrum(std::string_view line) {
    const FirstWord value = first_word(line);
    const FirstWord share = first_word(value.rest);
    const auto ms = parse_number(value.word);
    const auto q = parse_number(share.word);
    if (!ms || !q || *q < 0 || *q > 1) {
      return false;
    }
    constexpr double kHundred = 100;
    add_percentile(spectrum_, *q * kHundred, *ms);
    return true;
  }

  /// "Latency    18.26ms   16.74ms  64.41ms   84.08%": mean, deviation, maximum.
  void take_latency(std::string_view line) {
    const FirstWord mean = first_word(first_word(line).rest);
    const FirstWord maximum = first_word(first_word(mean.rest).rest);
    mean_ = tool_duration_ms(mean.word);
    max_ = tool_duration_ms(maximum.word);
  }

  /// "Socket errors: connect 0, read 165, write 0, timeout 0"
  void take_socket_errors(std::string_view line) {
    const auto count = [&](std::string_view label) {
      std::string_view word = word_behind(line, label);
      return tool_count(word.substr(0, word.find(','))).value_or(0);
    };
    for (const std::string_view label : {"connect ", "read ", "write "}) {
      unanswered_ = saturating_add(unanswered_, count(label));
    }
    timeouts_ = count("timeout ");
  }

  bool begun_ = false;
  bool is_hdr_ = false;
  bool is_whole_ = false;
  Section section_ = Section::kNone;
  std::string connections_;
  std::optional<std::uint64_t> answers_;
  std::optional<double> run_ms_;
  std::uint64_t errors_ = 0;
  std::uint64_t unanswered_ = 0;
  std::uint64_t timeouts_ = 0;
  KnownQuantiles distribution_;
  KnownQuantiles spectrum_;
  std::optional<double> mean_;
  std::optional<double> max_;
};

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  const Expected<WrkReport> report = read_text_report<WrkReport>(source, "wrk", "'N requests in T' or 'Requests/sec'");
  if (!report) {
    return tl::unexpected(report.error());
  }
  const std::size_t first = facts.samples.size();
  add_load_result(source, report->result(), input, facts);
  if (report->timeouts() > 0 && !report->is_hdr()) {
    const std::string slow = counted(report->timeouts(), "answer");
    Account(input).note(fmt::format("{} took longer than --timeout, and wrk leaves them out of its quantiles", slow),
                        "raise --timeout above the slowest answer");
    mark_as_least(facts, first, "load.duration", fmt::format("{} beyond --timeout are not in them", slow));
  }
  return {};
}

}  // namespace

Format wrk_format() {
  Format format{"wrk", {"load."}, recognises, collect};
  format.is_given_as = "the text that wrk or wrk2 prints";
  format.looks_like = {"Thread Stats", "Requests/sec:", "Transfer/sec:", "Latency Distribution"};
  format.page =
      "What it prints, with `--latency`: without it there is no quantile. p95 is told by wrk2 only (its detailed "
      "spectrum). Answers with a status of 400 or above and socket errors count as failed.";
  return format;
}

}  // namespace budgetcheck
