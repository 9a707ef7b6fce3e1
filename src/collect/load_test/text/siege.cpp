#include "collect/load_test/text/siege.h"

#include <cmath>

#include "base/number.h"
#include "base/text.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/text/text_report.h"
#include "collect/load_test/text/tool_number.h"

namespace budgetcheck {
namespace {

bool recognises(const Sniff& sniff) {
  const auto has = [&](std::string_view text) { return sniff.head.find(text) != std::string_view::npos; };
  return (has("\"transactions\"") && has("\"availability\"") && has("\"transaction_rate\"")) ||
         (has("Transactions:") && has("Availability:") && has("Transaction rate:"));
}

/// One line of either form: its name as JSON has it, and the text of its value.
struct SiegeLine {
  std::string name;
  std::string_view value;
};

/// "\t"elapsed_time":\t0.52,", "Elapsed time:\t\t0.52 secs".
std::optional<SiegeLine> siege_line(std::string_view line) {
  while (line.starts_with('{')) {
    line = trim(line.substr(1));
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view name = trim(line.substr(0, colon));
  if (name.size() > 2 && name.front() == '"' && name.back() == '"') {
    name = name.substr(1, name.size() - 2);
  }
  std::string_view value = trim(line.substr(colon + 1));
  while (value.ends_with(',') || value.ends_with('}')) {
    value = trim(value.substr(0, value.size() - 1));
  }
  return SiegeLine{replace_all(lower(name), " ", "_"), value};
}

class SiegeReport {
 public:
  /// False when a second report begins with this line.
  bool take(std::string_view text) {
    const auto line = siege_line(text);
    if (!line) {
      return true;
    }
    if (line->name == "transactions") {
      const bool is_first = !answered_;
      answered_ = tool_count(first_word(line->value).word);
      return is_first;
    }
    if (line->name == "failed_transactions") {
      failed_ = tool_count(first_word(line->value).word);
    } else if (line->name == "elapsed_time") {
      run_ms_ = tool_duration_ms(line->value, 1e3);
    } else if (line->name == "response_time") {
      mean_ = line->value;
    } else if (line->name == "concurrency") {
      concurrency_ = tool_number(first_word(line->value).word);
    } else if (line->name == "longest_transaction") {
      longest_ = line->value;
    } else if (line->name == "shortest_transaction") {
      shortest_ = line->value;
    }
    return true;
  }

  bool ended() const { return answered_ && failed_ && run_ms_; }

  LoadPart part() const {
    LoadPart part;
    // 'transactions' counts those that succeeded: the availability beside it is their share of both.
    part.requests = saturating_add(*answered_, *failed_);
    part.failed = *failed_;
    part.seconds = *run_ms_ / 1e3;
    KnownQuantiles known;
    const double bare = unit_of_bare();
    const auto time = [&](std::string_view text) -> std::optional<double> {
      const auto ms =
          bare > 0 || text.find(' ') != std::string_view::npos ? tool_duration_ms(text, bare) : std::nullopt;
      return ms && *ms > 0 ? ms : std::nullopt;  // it is rounded: 0.00 says nothing
    };
    known.mean = time(mean_);
    known.max = time(longest_);
    known.min = time(shortest_);
    part.durations = std::move(known);
    part.no_durations = "siege tells no quantile of the durations, and its mean is 0.00 or of no known unit";
    part.no_durations_hint = "use a load tool that tells p95";
    return part;
  }

 private:
  /// Versions differ: seconds with two decimals, or milliseconds. Siege's 'concurrency' is the sum of all times over
  /// the run's time, which tells the two apart. 0: neither fits.
  double unit_of_bare() const {
    const auto mean = tool_number(first_word(mean_).word);
    if (!mean || *mean <= 0 || !concurrency_ || *concurrency_ <= 0 || *answered_ == 0 || *run_ms_ <= 0) {
      return 0;
    }
    const double expected = *concurrency_ * *run_ms_ / static_cast<double>(*answered_);
    const auto distance = [&](double scale) { return std::abs(std::log(*mean * scale / expected)); };
    constexpr double kFar = 3;  // e^3 = 20 times
    const double scale = distance(1e3) < distance(1) ? 1e3 : 1;
    return distance(scale) < kFar ? scale : 0;
  }

  std::optional<std::uint64_t> answered_;
  std::optional<std::uint64_t> failed_;
  std::optional<double> run_ms_;
  std::optional<double> concurrency_;
  std::string mean_;
  std::string longest_;
  std::string shortest_;
};

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  const Expected<SiegeReport> report =
      read_text_report<SiegeReport>(source, "siege", "the number of failed transactions");
  if (!report) {
    return tl::unexpected(report.error());
  }
  add_load_result(source, {"siege", "", {report->part()}, {}}, input, facts);
  return {};
}

}  // namespace

Format siege_format() {
  Format format{"siege", {"load."}, recognises, collect};
  format.is_given_as = "siege's result (-j, or the text)";
  format.looks_like = {"\"transactions\"", "\"availability\"", "Availability:", "Transaction rate:"};
  format.page =
      "Its JSON (`-j`), also behind other lines, or the text. It tells the mean and the extremes of the durations, "
      "rounded to "
      "10 ms, and no quantile.";
  return format;
}

}  // namespace budgetcheck
