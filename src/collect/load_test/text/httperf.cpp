#include "collect/load_test/text/httperf.h"

#include <algorithm>

#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/text/text_report.h"
#include "collect/load_test/text/tool_number.h"

namespace budgetcheck {
namespace {

bool recognises(const Sniff& sniff) {
  return sniff.head.find("Total: connections ") != std::string_view::npos &&
         sniff.head.find(" test-duration ") != std::string_view::npos;
}

class HttperfReport {
 public:
  /// False when a second report begins with this line.
  bool take(std::string_view line) {
    const auto number = [&](std::string_view label) { return parse_number(word_behind(line, label)); };
    const auto count = [&](std::string_view label) { return tool_count(word_behind(line, label)); };
    if (line.starts_with("Total: connections ")) {
      const bool is_first = !requests_;
      requests_ = count("requests ");
      replies_ = count("replies ");
      run_ms_ = tool_duration_ms(line.substr(line.find("test-duration ") + std::string_view("test-duration ").size()));
      return is_first;
    }
    if (line.starts_with("Connection time [ms]: min ")) {
      connection_.min = number("min ");
      connection_.mean = number("avg ");
      connection_.max = number("max ");
      if (const auto median = number("median ")) {
        add_percentile(connection_, 50, *median);
      }
    } else if (line.starts_with("Connection length [replies/conn]:")) {
      replies_per_connection_ = number("conn]:");
    } else if (line.starts_with("Reply time [ms]:")) {
      const auto response = number("response ");
      const auto transfer = number("transfer ");
      reply_mean_ = response && transfer ? std::optional(*response + *transfer) : std::nullopt;
    } else if (line.starts_with("Reply status:")) {
      for (const std::string_view status : {"4xx=", "5xx="}) {
        errors_ = saturating_add(errors_, count(status).value_or(0));
      }
    } else if (line.starts_with("Errors: total ")) {
      unanswered_ = count("total ");
    }
    return true;
  }

  bool ended() const { return requests_ && replies_ && run_ms_ && unanswered_; }

  LoadPart part() const {
    LoadPart part;
    // A connection that was refused is an error, and no request of it was sent.
    const std::uint64_t lost =
        std::max(*unanswered_, *requests_ > *replies_ ? *requests_ - *replies_ : std::uint64_t{0});
    part.requests = saturating_add(*replies_, lost);
    part.failed = saturating_add(std::min(errors_, *replies_), lost);
    part.seconds = *run_ms_ / 1e3;
    if (is_one_reply_each()) {
      part.durations = connection_;
    } else {
      KnownQuantiles known;
      known.mean = reply_mean_;
      part.durations = std::move(known);
    }
    if (*replies_ == 0) {
      part.durations.reset();
    }
    return part;
  }

  /// Only then is the time of a connection that of its request.
  bool is_one_reply_each() const { return replies_per_connection_ && *replies_per_connection_ == 1; }

 private:
  std::optional<std::uint64_t> requests_;
  std::optional<std::uint64_t> replies_;
  std::optional<std::uint64_t> unanswered_;
  std::uint64_t errors_ = 0;
  std::optional<double> run_ms_;
  std::optional<double> replies_per_connection_;
  std::optional<double> reply_mean_;
  KnownQuantiles connection_;
};

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  const Expected<HttperfReport> report = read_text_report<HttperfReport>(source, "httperf", "'Errors: total'");
  if (!report) {
    return tl::unexpected(report.error());
  }
  Account(input).note(report->is_one_reply_each()
                          ? "its times are those of connections, each with one request"
                          : "its median is that of connections with several requests, so that only the mean is used");
  add_load_result(source, {"httperf", "", {report->part()}, {}}, input, facts);
  return {};
}

}  // namespace

Format httperf_format() {
  Format format{"httperf", {"load."}, recognises, collect};
  format.is_given_as = "the text that httperf prints";
  format.looks_like = {"Total: connections", "Reply rate", "Connection time [ms]"};
  format.page =
      "What it prints. It tells the median of connections, which is that of requests with `--num-calls=1`, and no "
      "other "
      "quantile.";
  return format;
}

}  // namespace budgetcheck
