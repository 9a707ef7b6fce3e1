#include "collect/load_test/text/loadtest.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/text/text_report.h"
#include "collect/load_test/text/tool_number.h"

namespace budgetcheck {
namespace {

bool recognises(const Sniff& sniff) {
  const auto has = [&](std::string_view text) { return sniff.head.find(text) != std::string_view::npos; };
  return has("Target URL:") && (has("Completed requests:") || has("Concurrent clients:") || has("Concurrency level:"));
}

class LoadtestReport {
 public:
  /// False when a second report begins with this line.
  bool take(std::string_view line) {
    constexpr std::string_view kLogged = "] INFO ";  // older versions write through a logger
    if (const std::size_t at = line.find(kLogged); line.starts_with('[') && at != std::string_view::npos) {
      line = trim(line.substr(at + kLogged.size()));
    }
    const std::size_t colon = line.find(':');
    const std::string_view value = colon == std::string_view::npos ? std::string_view() : trim(line.substr(colon + 1));
    if (line.starts_with("Completed requests:")) {
      const bool is_first = !completed_;
      completed_ = tool_count(value);
      return is_first;
    }
    if (line.starts_with("Total errors:")) {
      errors_ = tool_count(value);
    } else if (line.starts_with("Total time:")) {
      run_ms_ = tool_duration_ms(value);
    } else if (line.starts_with("Mean latency:") && completed_) {
      known_.mean = tool_duration_ms(value);
    } else if (line.starts_with("Concurrent clients:") || line.starts_with("Concurrency level:")) {
      clients_ = value;
    } else if (line.starts_with("Target rps:")) {
      rate_ = value;
    } else if (line.starts_with("-1:")) {
      without_status_ = tool_count(first_word(value).word).value_or(0);
    } else if (const FirstWord percentage = first_word(line); percentage.word.ends_with('%')) {
      const FirstWord number = first_word(percentage.rest);
      const auto ms = tool_duration_ms(std::string(number.word) + std::string(first_word(number.rest).word));
      if (ms) {
        add_percentile(known_, percent_of(percentage.word), *ms);
      }
    }
    return true;
  }

  bool ended() const { return completed_ && errors_ && run_ms_; }
  std::uint64_t without_status() const { return without_status_; }

  LoadResult result() const {
    LoadResult result;
    result.tool = "loadtest";
    result.shape = clients_.empty() ? "" : clients_ + " connections";
    if (!rate_.empty()) {
      result.shape += (result.shape.empty() ? "" : ", ") + rate_ + " requests/s";
    }
    LoadPart part;
    part.requests = *completed_;
    part.failed = std::min(*errors_, *completed_);
    part.seconds = *run_ms_ / 1e3;
    if (*completed_ > 0) {
      part.durations = known_;
    }
    result.parts.push_back(std::move(part));
    return result;
  }

 private:
  std::optional<std::uint64_t> completed_;
  std::optional<std::uint64_t> errors_;
  std::optional<double> run_ms_;
  std::uint64_t without_status_ = 0;
  std::string clients_;
  std::string rate_;
  KnownQuantiles known_;
};

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  const Expected<LoadtestReport> report = read_text_report<LoadtestReport>(source, "loadtest", "'Completed requests'");
  if (!report) {
    return tl::unexpected(report.error());
  }
  if (report->without_status() > 0) {
    Account(input).note(
        fmt::format("{} without a status: loadtest writes '-1' for any, such as a 429 of a rate limiter",
                    counted(report->without_status(), "error is", "errors are")));
  }
  add_load_result(source, report->result(), input, facts);
  return {};
}

}  // namespace

Format loadtest_format() {
  Format format{"loadtest", {"load."}, recognises, collect};
  format.is_given_as = "the text that loadtest (npm) prints";
  format.looks_like = {"Target URL:", "Completed requests:", "Effective rps:"};
  format.page = "What it prints. Its 'Effective rps' counts errors; throughput here does not.";
  return format;
}

}  // namespace budgetcheck
