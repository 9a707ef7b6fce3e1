#include "collect/load_test/text/locust.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/distribution.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/text/text_report.h"
#include "collect/load_test/text/tool_number.h"
#include "collect/text/delimited.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kTable =
    "pass NAME_stats.csv, which locust --csv NAME writes beside it, or the JSON of locust --json";

constexpr std::string_view kNames = "give requests names without ids: self.client.get(url, name='/users/[id]')";

std::string_view first_line(std::string_view head) { return trim(head.substr(0, head.find('\n'))); }

/// The names of columns changed with version 1: "# requests" became "Request Count".
bool is_table(std::string_view head) {
  const std::string line = lower(first_line(head));
  const bool has_name = line.find("name") != std::string::npos;
  const bool has_type = line.starts_with("type") || line.starts_with("\"type\"") || line.starts_with("method") ||
                        line.starts_with("\"method\"");
  return has_name && has_type &&
         ((line.find("request count") != std::string::npos && line.find("failure count") != std::string::npos) ||
          (line.find("# requests") != std::string::npos && line.find("# failures") != std::string::npos));
}

bool is_json(const Sniff& sniff) {
  const auto has = [&](std::string_view key) { return sniff.head.find(key) != std::string_view::npos; };
  // Lines of a log begin with a bracket too.
  const std::string_view begin = trim(sniff.head);
  return sniff.is_array && trim(begin.substr(std::min<std::size_t>(1, begin.size()))).starts_with('{') &&
         has("\"num_requests\"") && has("\"num_failures\"") && has("\"response_times\"");
}

bool recognises(const Sniff& sniff) { return is_table(sniff.head) || is_json(sniff); }

/// Tables that locust writes beside the one that is read.
std::optional<OtherOutput> explain(const Sniff& sniff) {
  const std::string_view line = first_line(sniff.head);
  if (line.starts_with("Timestamp,User Count,Type,Name,")) {
    return OtherOutput{"locust's table of the run over time (_stats_history.csv)", kTable};
  }
  if (line.starts_with("Method,Name,Error,Occurrences")) {
    return OtherOutput{"locust's table of failures", kTable};
  }
  if (line.starts_with("Count,Message,Traceback")) {
    return OtherOutput{"locust's table of exceptions", kTable};
  }
  return std::nullopt;
}

std::string route_of(std::string_view method, std::string_view name) {
  return printable(method.empty() ? std::string(name) : fmt::format("{} {}", method, name));
}

/// One row of the table by the names of its columns.
class TableRow {
 public:
  TableRow(const std::vector<std::string>& names, const std::vector<std::string>& fields)
      : names_(names), fields_(fields) {}

  /// Empty: there is no such column.
  std::string_view text(std::initializer_list<std::string_view> columns) const {
    for (const std::string_view column : columns) {
      const auto at = std::find(names_.begin(), names_.end(), column);
      const auto i = static_cast<std::size_t>(at - names_.begin());
      if (i < fields_.size() && at != names_.end()) {
        return trim(fields_[i]);
      }
    }
    return {};
  }
  std::optional<double> number(std::initializer_list<std::string_view> columns) const {
    return tool_number(text(columns));
  }

 private:
  const std::vector<std::string>& names_;
  const std::vector<std::string>& fields_;
};

/// Nothing: the row cannot be read.
std::optional<LoadPart> part_of(const TableRow& row, const std::vector<std::string>& names) {
  LoadPart part;
  part.requests = tool_count(row.text({"request count", "# requests"}));
  part.failed = tool_count(row.text({"failure count", "# failures"}));
  if (!part.requests || !part.failed) {
    return std::nullopt;
  }
  const auto rate = row.number({"requests/s"});
  if (rate && *rate > 0) {
    part.seconds = static_cast<double>(*part.requests) / *rate;
  }
  KnownQuantiles known;
  known.mean = row.number({"average response time"});
  known.min = row.number({"min response time"});
  known.max = row.number({"max response time"});
  for (const std::string& name : names) {
    const double percent = name.ends_with('%') ? percent_of(name) : -1;
    if (const auto ms = percent > 0 ? row.number({name}) : std::nullopt) {
      add_percentile(known, percent, *ms);
    }
  }
  if (const auto median = row.number({"median response time"})) {
    add_percentile(known, 50, *median);
  }
  if (*part.requests > 0) {
    part.durations = std::move(known);
  }
  return part;
}

Expected<void> collect_table(const Source& source, Input& input, Facts& facts) {
  const std::string_view bytes = source.content->bytes();
  DelimitedReader rows(bytes, separator_of(first_line(bytes.substr(0, 4096))), source.content);
  std::vector<std::string> names;
  ReportRoutes routes;
  std::optional<LoadPart> whole;
  std::uint64_t broken = 0;
  while (rows.next()) {
    if (names.empty()) {
      names = header_names(rows.fields());
      continue;
    }
    const TableRow row(names, rows.fields());
    const std::string_view type = row.text({"type", "method"});
    const std::string_view name = row.text({"name"});
    if (lower(name) == "name") {
      return several_reports(source, "locust", rows.line());
    }
    auto part = rows.fields().size() < names.size() ? std::nullopt : part_of(row, names);
    if (!part) {
      ++broken;
    } else if ((type.empty() || type == "None") && (name == "Aggregated" || name == "Total")) {
      whole = std::move(part);
    } else {
      routes.add(route_of(type, name), std::move(*part));
    }
  }
  say_broken_lines(broken, input);
  if (!whole) {
    return report_broke_off(source, "locust", "the row 'Aggregated'");
  }
  LoadResult result{"locust", "", {std::move(*whole)}, {}};
  routes.move_to(result, input, kNames);
  add_load_result(source, std::move(result), input, facts);
  return {};
}

/// Adds a value many times, without as many steps.
void add_times(Distribution& all, double value, std::uint64_t times) {
  Distribution power;
  power.add(value);
  for (; times > 0; times /= 2) {
    if (times % 2 == 1) {
      all.merge(power);
    }
    if (times > 1) {
      const Distribution half = power;
      power.merge(half);
    }
  }
}

/// What one entry of the JSON says, and what all say together.
struct JsonPart {
  std::uint64_t requests = 0;
  std::uint64_t failed = 0;
  double begin = 0;  ///< seconds since 1970; 0: not told
  double end = 0;
  Distribution times;

  void add(const JsonPart& other) {
    begin = begin > 0 && other.begin > 0 ? std::min(begin, other.begin) : std::max(begin, other.begin);
    end = std::max(end, other.end);
    requests = saturating_add(requests, other.requests);
    failed = saturating_add(failed, other.failed);
    times.merge(other.times);
  }
  LoadPart part() const {
    LoadPart part;
    part.requests = requests;
    part.failed = failed;
    if (begin > 0 && end > begin) {
      part.seconds = end - begin;
    }
    part.durations = times;
    return part;
  }
};

constexpr double kMostCount = 1e12;

std::uint64_t count_in(const json::Value& entry, std::string_view key) {
  const json::Value* value = entry.find(key);
  const double* number = value == nullptr ? nullptr : value->number();
  return number != nullptr && *number > 0 && *number < kMostCount ? static_cast<std::uint64_t>(*number) : 0;
}

JsonPart json_part(const json::Value& entry) {
  JsonPart part;
  part.requests = count_in(entry, "num_requests");
  part.failed = count_in(entry, "num_failures");
  const auto time = [&](std::string_view key) {
    const json::Value* value = entry.find(key);
    return value != nullptr && value->number() != nullptr ? *value->number() : 0;
  };
  part.begin = time("start_time");
  part.end = time("last_request_timestamp");
  const json::Value* times = entry.find("response_times");
  if (times != nullptr && times->is_object()) {
    for (const json::Member& member : *times->object()) {
      const auto ms = parse_number(member.key);
      const double* count = member.value.number();
      if (ms && *ms >= 0 && count != nullptr && *count > 0 && *count < kMostCount) {
        add_times(part.times, *ms, static_cast<std::uint64_t>(*count));
      }
    }
  }
  return part;
}

Expected<void> collect_json(const Source& source, Input& input, Facts& facts) {
  JsonPart whole;
  ReportRoutes routes;
  json::Selector wanted;
  wanted.each("*", [&](std::string_view, json::Value&& entry) {
    if (entry.is_object() && entry.find("num_requests") != nullptr) {
      const JsonPart part = json_part(entry);
      whole.add(part);
      routes.add(route_of(entry.string_or("method", ""), entry.string_or("name", "")), part.part());
    }
    return true;
  });
  for (const std::string_view path : {"*/name", "*/method", "*/num_requests", "*/num_failures", "*/start_time",
                                      "*/last_request_timestamp", "*/response_times/*"}) {
    wanted.keep(path);
  }
  const auto read = json::select(source.path, *source.content, wanted);
  if (!read) {
    return tl::unexpected(read.error());
  }
  LoadResult result{"locust", "", {whole.part()}, {}};
  routes.move_to(result, input, kNames);
  add_load_result(source, std::move(result), input, facts);
  return {};
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  constexpr std::size_t kLooked = 4096;
  return is_table(source.content->bytes().substr(0, kLooked)) ? collect_table(source, input, facts)
                                                              : collect_json(source, input, facts);
}

}  // namespace

Format locust_format() {
  Format format{"locust", {"load."}, recognises, collect};
  format.is_given_as = "Locust's NAME_stats.csv or its JSON (--json)";
  format.looks_like = {"Request Count,Failure Count", "\"num_requests\"", "\"response_times\""};
  format.page =
      "`locust --csv NAME` writes NAME_stats.csv, `--json` prints the statistics. What the script marks as a success "
      "(`catch_response`) counts as one, whatever its status. Times are rounded to two digits by Locust.";
  format.explain = explain;
  return format;
}

}  // namespace budgetcheck
