#include "report/load/load_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "base/units.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

using Key = std::pair<std::string, std::string>;  // test, and its route or stage

std::string label(const Sample& sample, const char* name) {
  const std::string* found = sample.where.find(name);
  return found == nullptr ? std::string() : *found;
}

Key key_of(const Sample& sample) {
  const std::string stage = label(sample, "stage");
  return {label(sample, "test"), stage.empty() ? label(sample, "route") : "stage " + stage};
}

struct Shown {
  Stat stat;
  std::string_view name;
};

constexpr std::array<Shown, 6> kShown{{{Stat::kMedian, "p50"},
                                       {Stat::kP75, "p75"},
                                       {Stat::kP90, "p90"},
                                       {Stat::kP95, "p95"},
                                       {Stat::kP99, "p99"},
                                       {Stat::kMax, "max"}}};

const Sample* same_of(const std::vector<Sample>& base, const Sample& sample) {
  const auto found = std::find_if(base.begin(), base.end(), [&](const Sample& other) {
    return other.metric == sample.metric && other.where == sample.where;
  });
  return found == base.end() ? nullptr : &*found;
}

void add(const Sample& sample, const std::vector<Sample>& base, LoadRow& row) {
  if (sample.metric == "load.requests") {
    row.requests = aggregate(sample, Stat::kMean);
  } else if (sample.metric == "load.throughput") {
    row.throughput = aggregate(sample, Stat::kMedian);
    const Sample* before = same_of(base, sample);
    row.base_throughput = before == nullptr ? std::nullopt : std::optional(aggregate(*before, Stat::kMedian));
  } else if (sample.metric == "load.errors") {
    const auto* rate = std::get_if<Rate>(&sample.value);
    row.errors = rate == nullptr ? std::nullopt : std::optional(*rate);
  } else if (sample.metric == "load.duration") {
    if (row.of_successes) {
      return;  // those of all requests are beside them
    }
    row.of_successes = label(sample, "status") == "success";
    const Sample* before = same_of(base, sample);
    row.quantiles.clear();
    for (const Shown& shown : kShown) {
      if (tells(sample, shown.stat)) {
        LoadQuantile quantile{shown.name, aggregate(sample, shown.stat), std::nullopt};
        if (before != nullptr && tells(*before, shown.stat)) {
          quantile.base = aggregate(*before, shown.stat);
        }
        row.quantiles.push_back(quantile);
      }
    }
  }
}

/// The highest quantile that is shown below the maximum, which one request alone decides.
double slowest(const LoadRow& row) {
  double most = 0;
  for (const LoadQuantile& quantile : row.quantiles) {
    most = quantile.name == "max" ? most : quantile.value;
  }
  return most;
}

std::string time(double milliseconds) { return format_quantity(milliseconds, Unit::kMilliseconds); }

std::string quantile_cell(const LoadRow& row, std::string_view name) {
  const auto found = std::find_if(row.quantiles.begin(), row.quantiles.end(),
                                  [&](const LoadQuantile& quantile) { return quantile.name == name; });
  return found == row.quantiles.end() ? "-" : time(found->value);
}

std::string count(double value) { return format_rounded(value, value < 100 ? 1 : 0); }

}  // namespace

std::vector<LoadRow> load_rows(const std::vector<Sample>& samples, const std::vector<Sample>& base) {
  std::map<Key, LoadRow> rows;
  for (const Sample& sample : samples) {
    if (sample.metric.starts_with("load.") && sample.metric != "load.checks") {
      add(sample, base, rows[key_of(sample)]);
    }
  }
  std::vector<LoadRow> out;
  for (auto& [key, row] : rows) {
    row.test = key.first;
    row.route = key.second;
    out.push_back(std::move(row));
  }
  std::stable_sort(out.begin(), out.end(), [](const LoadRow& a, const LoadRow& b) {
    if (a.test != b.test || a.route.empty() != b.route.empty()) {
      return a.test != b.test ? a.test < b.test : a.route.empty();
    }
    return slowest(a) > slowest(b);
  });
  return out;
}

std::string load_name(const LoadRow& row) { return row.route.empty() ? row.test : row.test + " " + row.route; }

const std::vector<std::string_view>& load_heads() {
  static const std::vector<std::string_view> kHeads{"requests", "successes/s", "failed", "p50", "p95", "p99"};
  return kHeads;
}

std::vector<std::string> load_cells(const LoadRow& row) {
  std::string failed = "-";
  if (row.errors && row.errors->n > 0) {
    failed = row.errors->events == 0
                 ? "0"
                 : format_quantity(static_cast<double>(row.errors->events) / static_cast<double>(row.errors->n),
                                   Unit::kRatio);
  }
  return {row.requests ? count(*row.requests) : "-",
          row.throughput ? count(*row.throughput) : "-",
          failed,
          quantile_cell(row, "p50"),
          quantile_cell(row, "p95"),
          quantile_cell(row, "p99")};
}

void write_loads(Page& page, const std::vector<LoadRow>& rows, std::size_t most) {
  for (std::size_t i = 0; i < std::min(rows.size(), most); ++i) {
    const LoadRow& row = rows[i];
    std::vector<std::string> said;
    if (row.requests) {
      said.push_back(count(*row.requests) + " requests");
    }
    if (row.throughput) {
      said.push_back(count(*row.throughput) + " successes a second" +
                     (row.base_throughput ? " (base " + count(*row.base_throughput) + ")" : ""));
    }
    if (row.errors && row.errors->events > 0) {
      said.push_back(load_cells(row)[2] + " failed");
    }
    for (const LoadQuantile& quantile : row.quantiles) {
      said.push_back(fmt::format("{} {}{}", quantile.name, time(quantile.value),
                                 quantile.base ? " (base " + time(*quantile.base) + ")" : ""));
    }
    page.paragraph(2, "", Paint::kPlain, name_text(load_name(row)), 0);
    page.paragraph(4, "", Paint::kPlain, join(said, ", "), 0, Paint::kDim);
  }
  if (rows.size() > most) {
    page.paragraph(2, "", Paint::kPlain,
                   fmt::format("and {}", counted(rows.size() - most, "more route or stage", "more routes or stages")),
                   2);
  }
}

}  // namespace budgetcheck
