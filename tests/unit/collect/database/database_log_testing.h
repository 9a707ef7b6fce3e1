#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "base/text.h"
#include "collect/collect.h"
#include "collect/format.h"
#include "model/facts.h"

namespace budgetcheck::testing {

/// What one text became, read as any input is.
struct ReadText {
  Input input;
  Facts facts;

  const QueryLog& log() const { return facts.queries.logs.at(0); }
  const Sample* sample(std::string_view metric, const Labels& where) const {
    const auto found = std::find_if(facts.samples.begin(), facts.samples.end(),
                                    [&](const Sample& s) { return s.metric == metric && s.where == where; });
    return found == facts.samples.end() ? nullptr : &*found;
  }
  double worst(std::string_view metric, const Labels& where) const {
    const Sample* found = sample(metric, where);
    return found == nullptr ? -1 : aggregate(*found, Stat::kMax);
  }
  /// "posts scan index=- read=20000 returned=4 estimated=5" of each access of one plan.
  std::string plan(std::size_t i) const {
    std::string out;
    for (const PlanAccess& access : log().plans.at(i).accesses) {
      out += out.empty() ? "" : "; ";
      out += describe(access);
    }
    return out;
  }

  static std::string describe(const PlanAccess& access) {
    const auto number = [](double value) { return value < 0 ? std::string("?") : std::to_string(std::lround(value)); };
    const std::string_view ways[] = {"scan", "full-index", "index", "unknown"};
    std::string out = access.table;
    out += access.alias.empty() ? "" : " as " + access.alias;
    out += " " + std::string(ways[static_cast<std::size_t>(access.way)]);
    out += access.index.empty() ? "" : " " + access.index;
    std::string columns;
    for (const std::string& column : access.condition_columns) {
      columns += columns.empty() ? column : "," + column;
    }
    out += columns.empty() ? "" : "(" + columns + ")";
    out += access.filtered ? " filtered" : "";
    out += access.limited ? " limited" : "";
    return out + " read=" + number(access.rows_read) + " returned=" + number(access.rows_returned) +
           " estimated=" + number(access.rows_estimated);
  }
};

inline ReadText read_text(std::string_view text, bool as_table_rows = false) {
  MemoryFileSystem files;
  files.add("input", std::string(text));
  InputSpec spec;
  spec.path = "input";
  if (as_table_rows) {
    spec.settings.set("table_rows", json::Value(true));
  }
  ReadText read;
  read.facts = collect(files, {spec}, {});
  read.input = read.facts.inputs.at(0);
  return read;
}

}  // namespace budgetcheck::testing
