#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "base/histogram.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/load_result.h"
#include "collect/load_test/point_times.h"
#include "collect/load_test/request_label.h"
#include "collect/load_test/vegeta.h"
#include "collect/text/line_counts.h"
#include "collect/text/line_piece.h"
#include "json/scan/cursor.h"
#include "json/scan/escapes.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20;
constexpr std::size_t kMostRoutes = 1'000;

/// One result: texts are views into its line.
struct Hit {
  double status = -1;
  double latency_ns = -1;
  std::string_view timestamp;
  std::string_view method;
  std::string_view url;
};

/// False: the line is not a result.
bool read_hit(std::string_view line, Hit& hit) {
  const auto number = [](const json::RawScalar& value) {
    return value.type == json::RawScalar::Type::kNumber ? leading_number(value.text).value : -1;
  };
  json::Cursor in(line);
  bool first = true;
  for (std::string_view key; in.member(first, key);) {
    if (key == "code") {
      hit.status = number(in.scalar());
    } else if (key == "latency") {
      hit.latency_ns = number(in.scalar());
    } else if (key == "timestamp") {
      hit.timestamp = in.scalar().text;
    } else if (key == "method") {
      hit.method = in.scalar().text;
    } else if (key == "url") {
      hit.url = in.scalar().text;
    } else {
      in.skip();
    }
  }
  return in.at_end() && hit.status >= 0 && hit.latency_ns >= 0;
}

class Hits {
 public:
  explicit Hits(const RouteTable* routes) : routes_(routes) {}

  bool add(std::string_view line) {
    constexpr double kNsInMs = 1e-6;
    constexpr double kSuccess = 200;
    constexpr double kFirstError = 400;
    Hit hit;
    if (!read_hit(line, hit)) {
      return false;
    }
    const double begin = times_.of_text(hit.timestamp);
    const double ms = hit.latency_ns * kNsInMs;
    if (begin < 0) {
      return false;
    }
    begin_ms_ = begin_ms_ < 0 ? begin : std::min(begin_ms_, begin);
    end_ms_ = std::max(end_ms_, begin + ms);
    Part& part = part_of(hit);
    ++part.requests;
    if (hit.status >= kSuccess && hit.status < kFirstError) {
      part.of_successes.add(ms);
    } else {
      ++part.failed;
      part.of_others.add(ms);
    }
    return true;
  }

  LoadResult result(Account& account) const {
    constexpr double kMs = 1000;
    LoadResult result;
    result.tool = "vegeta";
    const std::optional<double> seconds =
        end_ms_ > begin_ms_ ? std::optional<double>((end_ms_ - begin_ms_) / kMs) : std::nullopt;
    Part whole;
    for (const auto& [name, part] : parts_) {
      whole.requests += part.requests;
      whole.failed += part.failed;
      whole.of_successes.merge(part.of_successes);
      whole.of_others.merge(part.of_others);
    }
    const auto add = [&](const std::string& route, const Part& part) {
      LoadPart made;
      made.route = route;
      made.requests = part.requests;
      made.failed = part.failed;
      made.seconds = seconds;
      made.success_durations = part.of_successes.distribution();
      Histogram all = part.of_successes;
      all.merge(part.of_others);
      made.durations = all.distribution();
      result.parts.push_back(std::move(made));
    };
    add({}, whole);
    for (const auto& [name, part] : parts_) {
      if (!name.empty()) {
        add(name, part);
      }
    }
    if (too_many_) {
      account.note(fmt::format("more than {} routes: the rest of the requests are in the whole run only", kMostRoutes),
                   "name the routes in the budgets file: routes: [/users/:id]");
    }
    return result;
  }

 private:
  struct Part {
    std::uint64_t requests = 0;
    std::uint64_t failed = 0;
    Histogram of_successes;
    Histogram of_others;
  };

  Part& part_of(const Hit& hit) {
    if (last_ != nullptr && hit.url == last_url_ && hit.method == last_method_) {
      return *last_;
    }
    std::string url;
    if (!json::unescape(hit.url, url)) {
      url.assign(hit.url);
    }
    std::string label = url.empty() ? std::string() : request_label(hit.method, url, routes_);
    if (!parts_.contains(label) && parts_.size() > kMostRoutes) {
      too_many_ = true;
      label.clear();
    }
    last_ = &parts_[label];
    last_url_.assign(hit.url);
    last_method_.assign(hit.method);
    return *last_;
  }

  const RouteTable* routes_;
  PointTimes times_;
  std::map<std::string, Part> parts_;  ///< by route
  Part* last_ = nullptr;
  std::string last_url_;
  std::string last_method_;
  double begin_ms_ = -1;
  double end_ms_ = -1;
  bool too_many_ = false;
};

Expected<void> collect(const Source& source, const CollectContext& context, Input& input, Facts& facts) {
  const FileContent& content = *source.content;
  const std::size_t size = content.bytes().size();
  Hits hits(context.routes);
  LineCounts counts;
  bool last_is_broken = false;
  std::uint32_t passed = 0;
  LinePiece piece;
  for (std::size_t begin = 0; begin < size; begin += kPiece) {
    piece.load(content, begin, std::min(kPiece, size - begin));
    while (piece.next()) {
      if (!piece.too_long() && trim(piece.line()).empty()) {
        continue;
      }
      ++counts.read;
      last_is_broken = piece.too_long() || !hits.add(piece.line());
      if (last_is_broken) {
        counts.add_broken(passed + piece.number());
      }
    }
    passed += piece.number();
  }
  Account account(input);
  if (last_is_broken && size > 0 && content.bytes().back() != '\n') {
    counts.forget_last_broken();
    account.incomplete(fmt::format("the file breaks off in line {}, so the run is not whole", counts.read),
                       kWriteAgain);
  }
  if (counts.broken > 0) {
    account.incomplete(
        fmt::format("{} of {} {} no result of vegeta, the first in line {}", counts.broken,
                    counted(counts.read, "line"), counts.broken == 1 ? "is" : "are", counts.first_broken),
        kWriteAgain);
  }
  add_load_result(source, hits.result(account), input, facts);
  return {};
}

bool recognises(const Sniff& sniff) {
  return sniff.is_object && sniff.has("attack") && sniff.has("seq") && sniff.has("code") && sniff.has("latency");
}

}  // namespace

Format vegeta_results_format() {
  Format format{"vegeta-results", {"load."}, recognises, collect};
  format.is_given_as = "vegeta's results (encode --to json)";
  format.looks_like = {"\"attack\"", "\"seq\"", "\"latency\"", "\"bytes_in\""};
  format.page =
      "Every result of an attack, one a line: `vegeta attack … | vegeta encode --to json > results.json`. Durations "
      "are "
      "those of the successes, by route, with any percentile.";
  return format;
}

}  // namespace budgetcheck
