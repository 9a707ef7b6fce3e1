#include "collect/load_test/k6/points.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "base/number.h"
#include "collect/account.h"
#include "collect/load_test/k6/point_line.h"
#include "collect/load_test/k6/point_totals.h"
#include "collect/load_test/result_lines.h"
#include "collect/text/delimited.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kHeader = "metric_name,timestamp,metric_value";

void report(const Source& source, const K6Totals& totals, const ResultLines& lines, bool whole_seconds, Input& input,
            Facts& facts) {
  Account account(input);
  lines.say("point of k6", account);
  if (totals.points() == 0) {
    account.note("its points are not of HTTP requests (http_reqs, http_req_duration)");
  }
  LoadResult result = totals.result(whole_seconds, account);
  add_load_result(source, std::move(result), input, facts);
}

Expected<void> collect_lines(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  K6Totals totals(context.routes);
  K6PointLine reader;
  const ResultLines lines = read_result_lines(*source.content, [&](std::string_view line) {
    const K6PointLine::Read read = reader.read(line);
    return read == K6PointLine::Read::kPoint ? totals.add(reader.point()) : read == K6PointLine::Read::kOther;
  });
  report(source, totals, lines, false, input, facts);
  return {};
}

/// A tag of the script itself, in "stage=1&team=web".
std::string_view own_tag(std::string_view tags, std::string_view name) {
  while (!tags.empty()) {
    const std::size_t end = std::min(tags.find('&'), tags.size());
    if (tags.substr(0, end).starts_with(name)) {
      return tags.substr(name.size(), end - name.size());
    }
    tags.remove_prefix(std::min(end + 1, tags.size()));
  }
  return {};
}

/// Where the columns that are read stand; their order differs with the tags that a run has.
class Columns {
 public:
  explicit Columns(const std::vector<std::string>& header) {
    const auto place = [&](std::string_view name) {
      return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
    };
    metric_ = place("metric_name");
    time_ = place("timestamp");
    value_ = place("metric_value");
    method_ = place("method");
    name_ = place("name");
    url_ = place("url");
    check_ = place("check");
    expected_ = place("expected_response");
    status_ = place("status");
    tags_ = place("extra_tags");
    count_ = header.size();
  }

  bool are_whole() const { return std::max({metric_, time_, value_}) < count_; }

  /// Nothing: not a row of this table.
  std::optional<K6Point> point(const std::vector<std::string>& row, PointTimes& times, bool& whole_seconds) const {
    K6Point point;
    if (row.size() < count_) {
      return std::nullopt;
    }
    point.metric = k6_metric(row[metric_]);
    if (point.metric == K6Metric::kOther) {
      return point;
    }
    const std::optional<double> value = parse_number(row[value_]);
    const std::optional<double> time = parse_number(row[time_]);
    if (!value) {
      return std::nullopt;
    }
    point.value = *value;
    point.at_ms = time ? PointTimes::of_number(*time) : times.of_text(row[time_]);
    if (point.at_ms < 0) {
      return std::nullopt;
    }
    whole_seconds = whole_seconds && time && std::floor(point.at_ms / 1000) * 1000 == point.at_ms;
    const auto text = [&](std::size_t column) {
      return column < row.size() ? std::string_view(row[column]) : std::string_view();
    };
    point.method = text(method_);
    point.name = text(name_).empty() ? text(url_) : text(name_);
    point.check = text(check_);
    point.expected = text(expected_);
    point.status = text(status_);
    point.stage = own_tag(text(tags_), "stage=");
    point.stage = point.stage.empty() ? own_tag(text(tags_), "stage_profile=") : point.stage;
    return point;
  }

 private:
  std::size_t metric_ = 0;
  std::size_t time_ = 0;
  std::size_t value_ = 0;
  std::size_t method_ = 0;
  std::size_t name_ = 0;
  std::size_t url_ = 0;
  std::size_t check_ = 0;
  std::size_t expected_ = 0;
  std::size_t status_ = 0;
  std::size_t tags_ = 0;
  std::size_t count_ = 0;
};

Expected<void> collect_table(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  DelimitedReader rows(source.content->bytes(), ',', source.content);
  K6Totals totals(context.routes);
  PointTimes times;
  ResultLines lines;
  bool whole_seconds = true;
  std::uint32_t unended = 0;
  if (!rows.next()) {
    return fail(ErrorKind::kInput, "the table has no header", Location::of(source.path), std::string(kWriteAgain));
  }
  const Columns columns(rows.fields());
  if (!columns.are_whole()) {
    return fail(ErrorKind::kInput, "its first line does not name the columns metric_name, timestamp and metric_value",
                Location{source.path, 1, 0, {}}, "write it again: k6 run --out csv=points.csv");
  }
  while (rows.next()) {
    ++lines.counts.read;
    const std::optional<K6Point> point =
        rows.broken() ? std::nullopt : columns.point(rows.fields(), times, whole_seconds);
    if (!point || (point->metric != K6Metric::kOther && !totals.add(*point))) {
      lines.counts.add_broken(rows.line());
      unended = rows.unended() ? rows.line() : 0;
    }
  }
  if (unended > 0) {
    lines.end_in_the_middle(unended);
  }
  report(source, totals, lines, whole_seconds, input, facts);
  return {};
}

bool recognises_lines(const Sniff& sniff) {
  return sniff.is_object && sniff.has("type") && sniff.has("data") && sniff.has("metric") &&
         (sniff.head.find("\"Point\"") != std::string_view::npos ||
          sniff.head.find("\"Metric\"") != std::string_view::npos);
}

bool recognises_table(const Sniff& sniff) { return sniff.head.starts_with(kHeader); }

}  // namespace

Format k6_points_format() {
  Format format{"k6-points", {"load."}, recognises_lines, collect_lines};
  format.is_given_as = "k6's points (--out json)";
  format.looks_like = {"\"Point\"", "\"http_req_duration\"", "\"expected_response\""};
  format.page =
      "Every value of a run of k6, one a line: `k6 run --out json=points.json script.js` (a `.gz` too). Durations are "
      "those of the successes, by route, with any percentile ([load-tests.md](load-tests.md)). `test: checkout` names "
      "the test.";
  return format;
}

Format k6_csv_format() {
  Format format{"k6-csv", {"load."}, recognises_table, collect_table};
  format.is_given_as = "k6's points (--out csv)";
  format.looks_like = {"metric_name", "metric_value", "http_req_duration"};
  format.page =
      "The same as a table: `K6_CSV_TIME_FORMAT=unix_milli k6 run --out csv=points.csv script.js`. Without the "
      "variable "
      "times are whole seconds.";
  return format;
}

}  // namespace budgetcheck
