#include "collect/load_test/text/h2load.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/raw_run.h"
#include "collect/load_test/text/text_report.h"
#include "collect/load_test/text/tool_number.h"
#include "collect/text/first_lines.h"
#include "collect/text/text_lines.h"

namespace budgetcheck {
namespace {

constexpr double kFirstError = 400;
constexpr double kLeastTime = 1e15;  // microseconds since 1970: in 2001

/// A line of the log: "1795934340144612	200	8633". Newer versions may append fields.
struct LogLine {
  double begin_us = 0;
  double status = 0;  ///< -1: no answer
  double us = 0;
};
std::optional<LogLine> log_line(std::string_view line) {
  const std::vector<std::string_view> fields = split(trim(line), '\t');
  constexpr std::size_t kFields = 3;
  constexpr double kMostStatus = 999;
  if (fields.size() < kFields) {
    return std::nullopt;
  }
  const auto begin = parse_number(fields[0]);
  const auto status = parse_number(fields[1]);
  const auto us = parse_number(fields[2]);
  const bool fits = begin && status && us && *begin > kLeastTime && *status >= -1 && *status <= kMostStatus && *us >= 0;
  return fits ? std::optional(LogLine{*begin, *status, *us}) : std::nullopt;
}

bool is_log(std::string_view head) {
  FirstLines lines(head, 1);
  return lines.next() && log_line(lines.line()).has_value();
}

bool is_report(std::string_view head) {
  return (head.find("starting benchmark...") != std::string_view::npos &&
          head.find("spawning thread") != std::string_view::npos) ||
         (head.find("finished in ") != std::string_view::npos && head.find(" succeeded, ") != std::string_view::npos &&
          head.find("status codes: ") != std::string_view::npos);
}

bool recognises(const Sniff& sniff) { return is_report(sniff.head) || is_log(sniff.head); }

/// Words with at least two blanks between them, as columns are headed: "min", "max", "+/- sd".
std::vector<std::string> columns_of(std::string_view line) {
  std::vector<std::string> columns;
  std::string_view rest = trim(line);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find("  "), rest.size());
    columns.emplace_back(rest.substr(0, end));
    rest = trim(rest.substr(end));
  }
  return columns;
}

class H2loadReport {
 public:
  /// False when a second report begins with this line.
  bool take(std::string_view line) {
    if (line.starts_with("finished in ")) {
      const bool is_first = !run_ms_;
      const std::string_view time = line.substr(std::string_view("finished in ").size());
      run_ms_ = tool_duration_ms(time.substr(0, time.find(", ")));
      return is_first;
    }
    if (line.starts_with("requests: ")) {
      succeeded_ = before(line, " succeeded");
      failed_ = before(line, " failed");
    } else if (line.starts_with("min ") && line.find(" max ") != std::string_view::npos) {
      columns_ = columns_of(line);
    } else if (line.starts_with("time for request:") || line.starts_with("request ")) {
      take_times(line.substr(line.find(':') + 1));
    }
    return true;
  }

  bool ended() const { return run_ms_ && succeeded_ && failed_; }

  LoadPart part() const {
    LoadPart part;
    part.requests = saturating_add(*succeeded_, *failed_);  // 'errored' and 'timeout' are among the failed
    part.failed = *failed_;
    part.seconds = *run_ms_ / 1e3;
    part.durations = known_;
    part.no_durations_hint = kLog;
    return part;
  }

  static constexpr std::string_view kLog = "run h2load with --log-file=FILE, and pass that file";

 private:
  /// "…, 600 succeeded, 0 failed, …": the number before a word.
  static std::optional<std::uint64_t> before(std::string_view line, std::string_view word) {
    const std::size_t at = line.find(word);
    if (at == std::string_view::npos) {
      return std::nullopt;
    }
    const std::string_view head = line.substr(0, at);
    return tool_count(head.substr(head.find_last_of(' ') + 1));
  }

  /// A row of times below columns_, each in a unit of its own.
  void take_times(std::string_view row) {
    std::string_view rest = row;
    for (const std::string& column : columns_) {
      const FirstWord value = first_word(rest);
      rest = value.rest;
      const auto ms = tool_duration_ms(value.word);
      if (!ms) {
        continue;
      }
      if (column == "min") {
        known_.min = ms;
      } else if (column == "max") {
        known_.max = ms;
      } else if (column == "mean") {
        known_.mean = ms;
      } else if (column == "median") {
        add_percentile(known_, 50, *ms);
      } else if (const auto percent = column.starts_with('p') ? parse_number(column.substr(1)) : std::nullopt) {
        add_percentile(known_, *percent, *ms);
      }
    }
  }

  std::optional<double> run_ms_;
  std::optional<std::uint64_t> succeeded_;
  std::optional<std::uint64_t> failed_;
  std::vector<std::string> columns_;
  KnownQuantiles known_;
};

Expected<void> collect_log(const Source& source, Input& input, Facts& facts) {
  RawRun run;
  std::uint64_t broken = 0;
  for (TextLines lines(*source.content); lines.next();) {
    if (trim(lines.line()).empty()) {
      continue;
    }
    const auto line = log_line(lines.line());
    if (!line) {
      ++broken;
      continue;
    }
    RawRequest request;
    request.ms = line->us / 1e3;
    request.begin_ms = line->begin_us / 1e3;
    request.failed = line->status < 0 || line->status >= kFirstError;
    run.add(request);
  }
  say_broken_lines(broken, input);
  add_load_result(source, {"h2load", "", run.parts(), {}}, input, facts);
  return {};
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  if (is_log(source.content->bytes())) {
    return collect_log(source, input, facts);
  }
  const Expected<H2loadReport> report =
      read_text_report<H2loadReport>(source, "h2load", "'finished in T' or the line of requests");
  if (!report) {
    return tl::unexpected(report.error());
  }
  add_load_result(source, {"h2load", "", {report->part()}, {}}, input, facts);
  return {};
}

}  // namespace

Format h2load_format() {
  Format format{"h2load", {"load."}, recognises, collect};
  format.is_given_as = "the text that h2load prints, or its log (--log-file)";
  format.looks_like = {"starting benchmark...", "time for request:", "status codes:"};
  format.page =
      "What it prints (most versions tell no quantile), or the file of `--log-file`, which has every duration.";
  return format;
}

}  // namespace budgetcheck
