#include <utility>

#include "base/text.h"
#include "collect/query_log/builder.h"
#include "collect/query_log/hints.h"
#include "collect/query_log/names.h"
#include "collect/query_log/parts.h"
#include "collect/text/unescaped.h"

namespace budgetcheck {

using namespace query_log;

namespace {

/// A few broken lines are other output that ran into the log. Beyond one in twenty so many statements are missing
/// that a request's count, and with it a verdict, is in doubt.
constexpr double kMaxBrokenShare = 0.05;

}  // namespace

void QueryLogBuilder::add_repeats() {
  // Where some records name their request, those that do not are context that was lost: no loop can be read
  // from their order.
  for (const QueryTracker::Found& found : log_.has_ids ? tracker_.found() : tracker_.found_loose()) {
    Repeat repeat = found.repeat;
    repeat.route = found.route == Execution::kNoRoute ? std::string() : routes_[found.route];
    repeat.scope = shorten(printable(unescaped(std::string_view(repeat.scope).substr(0, 4 * kMaxName))), kMaxName);
    repeat.first.file = source_.path;
    log_.repeats.push_back(std::move(repeat));
  }
}

void QueryLogBuilder::add_samples(Facts& facts) {
  for (const auto& [key, cost] : tracker_.costs().take()) {
    Labels where{{"route", routes_[key.route]}};
    if (key.part != QueryCosts::kNone) {
      where.set("model", parts_[key.part].table);
      where.set("operation", std::string(operation_of(parts_[key.part].verb)));
    }
    const auto add = [&](std::string_view metric, Unit unit, const Distribution& values, bool whole) {
      if (values.count() == 0) {
        return;
      }
      Sample sample;
      sample.metric = metric;
      sample.where = where;
      sample.unit = unit;
      sample.value = values;
      sample.location = Location::of(source_.path);
      if (!whole) {
        sample.lower_bound = true;
        sample.lower_bound_reason = "the log holds more distinct statements than are told apart";
      }
      facts.samples.push_back(std::move(sample));
    };
    const bool whole = key.part == QueryCosts::kNone || !too_many_shapes_;
    add("queries.count", Unit::kCount, cost.count, whole);
    add("queries.distinct", Unit::kCount, cost.distinct, !too_many_shapes_);
    add("queries.time", Unit::kMilliseconds, cost.time, whole);
    add("queries.duration", Unit::kMilliseconds, cost.duration, true);
  }
}

/// Labels that name a table get the model's name, where the schema has it.
void QueryLogBuilder::name_models(std::size_t first_sample, std::size_t first_unmeasured, Facts& facts) const {
  if (schema_.tables == nullptr) {
    return;
  }
  const auto rename = [&](Labels& where) {
    const std::string* name = where.find("model");
    const Table* table = name == nullptr ? nullptr : schema_.tables->table(*name);
    if (table != nullptr && !table->model.empty()) {
      where.set("model", table->model);
    }
  };
  for (std::size_t i = first_sample; i < facts.samples.size(); ++i) {
    rename(facts.samples[i].where);
  }
  for (std::size_t i = first_unmeasured; i < facts.unmeasured.size(); ++i) {
    rename(facts.unmeasured[i].where);
  }
}

void QueryLogBuilder::add_unmeasured(const Lines& lines, std::string_view hint_of_input, Facts& facts) const {
  const bool by_database = lines.writer != Lines::Writer::kApplication;
  const auto add = [&](std::string_view metric, std::string reason, std::string_view hint) {
    facts.unmeasured.push_back(
        {std::string(metric), {}, std::move(reason), std::string(hint), Location::of(source_.path), true});
  };
  if (log_.statements == 0) {
    add("queries.", "'" + printable(source_.path) + "' holds no statement", hint_of_input);
    return;
  }
  if (lines.writer == Lines::Writer::kTotals) {
    add("queries.", "'" + printable(source_.path) + "' holds totals of statements, and no executions or requests",
        "give the application's query log too");
    return;
  }
  if (by_database && !rows_.any()) {
    add("queries.rows_read", "nothing in '" + printable(source_.path) + "' says how many rows were read",
        "let PostgreSQL log plans with their row counts: auto_explain.log_min_duration = 0, auto_explain.log_analyze = "
        "on");
  }
  if (!log_.has_ids) {
    for (const std::string_view metric : {"queries.count", "queries.distinct", "queries.time"}) {
      add(metric, "no record of '" + printable(source_.path) + "' names its request",
          by_database ? kCommentHint : kIdHint);
    }
  }
  const std::uint64_t lost = tracker_.requests_without_route();
  if (lost > 0 || routes_.empty()) {
    const std::string what = lost == 0 ? "no statement" : counted(lost, "request");
    add("queries.",
        what + (lost == 0 ? " of '" : " in '") + printable(source_.path) +
            (lost == 0 ? "' names a route" : "' without a route"),
        by_database ? kCommentHint : kRouteHint);
  }
  if (without_duration_ > 0) {
    for (const std::string_view metric : {"queries.time", "queries.duration"}) {
      add(metric, counted(without_duration_, "statement") + " of '" + printable(source_.path) + "' without a duration",
          "log the event's duration in milliseconds, as duration or durationMs");
    }
  }
}

/// What it says of requests, as far as that is not what it should.
void QueryLogBuilder::describe_requests(const Lines& lines, std::vector<std::string>& remarks, Input& input) const {
  if (lines.writer == Lines::Writer::kTotals) {
    if (log_.statements > 0) {
      remarks.push_back("it holds totals of statements: what a request runs, and whether that repeats, is unknown");
    }
    return;
  }
  const bool by_database = lines.writer == Lines::Writer::kDatabase;
  if (log_.statements > 0 && !log_.has_ids) {
    remarks.push_back("no record names its request, so queries per request are unknown and repeats are only hinted at");
    input.hint = input.hint.empty() ? std::string(by_database ? kCommentHint : kIdHint) : input.hint;
  } else if (log_.statements_without_id > 0) {
    remarks.push_back(std::to_string(log_.statements_without_id) + " of " + counted(log_.statements, "statement") +
                      (log_.statements_without_id == 1 ? " names" : " name") +
                      " no request and could not be judged for repetition");
    input.hint = input.hint.empty() ? "await Prisma's promises inside the request's context: they start when awaited"
                                    : input.hint;
  }
  if (without_params_ > 0) {
    remarks.push_back(counted(without_params_, "statement") + (without_params_ == 1 ? " has" : " have") +
                      " no readable parameters, so a loop cannot be told from a duplicate there");
  }
  if (tracker_.requests_without_time() > 0) {
    remarks.push_back(counted(tracker_.requests_without_time(), "request") + " with statements without a duration");
  }
}

void QueryLogBuilder::describe(const Lines& lines, Input& input) const {
  std::vector<std::string> remarks;
  const auto incomplete = [&](std::string message, std::string_view hint) {
    input.state = InputState::kIncomplete;
    remarks.push_back(std::move(message));
    if (input.hint.empty()) {
      input.hint = hint;
    }
  };
  for (const Gap& gap : lines.gaps) {
    incomplete(gap.message, gap.hint);
  }
  if (log_.statements == 0 && !lines.none.message.empty()) {
    incomplete(lines.none.message, lines.none.hint);
  } else if (log_.statements == 0) {
    incomplete("none of its " + counted(lines.read, lines.noun) + " holds a statement",
               !lines.when_empty.empty()
                   ? lines.when_empty
                   : "write Prisma's query events to it: log: [{ emit: 'event', level: 'query' }] and "
                     "prisma.$on('query', e => logger.info(e))");
  }
  if (lines.broken > 0) {
    std::string message = std::to_string(lines.broken) + " of " + counted(lines.read, lines.noun) +
                          (lines.broken == 1 ? " is" : " are") + " " + std::string(lines.should_be) +
                          ", the first in line " + std::to_string(lines.first_broken);
    if (static_cast<double>(lines.broken) > kMaxBrokenShare * static_cast<double>(lines.read)) {
      incomplete(std::move(message), "write the log to a file of its own, and wait until the program has closed it");
    } else {
      remarks.push_back(std::move(message));
    }
  }
  if (too_many_shapes_) {
    incomplete("it holds more than " + std::to_string(log_.shapes.size()) +
                   " distinct statements, and the rest were "
                   "only counted",
               "statements whose names are made up at run time cannot be told apart: use parameters");
  }
  if (too_many_routes_) {
    incomplete("it holds more than " + std::to_string(kMaxRoutes) + " routes, and the rest were not measured",
               kRouteHint);
  }
  if (tracker_.repeats_dropped()) {
    incomplete("more repeats than can be kept", "log fewer requests at a time");
  }
  if (plans_.full() || rows_.too_many()) {
    incomplete("more plans or tables than can be kept", "log fewer kinds of statements at a time");
  }
  for (const Lines::Remark& remark : lines.remarks) {
    if (remark.incomplete) {
      incomplete(remark.text, remark.hint);
    } else {
      remarks.push_back(remark.text);
    }
  }
  describe_requests(lines, remarks, input);
  input.message = join(remarks, "; ");
}

void QueryLogBuilder::report(std::string_view form, const Lines& lines, Input& input, Facts& facts) {
  tracker_.finish();
  log_.requests = tracker_.requests();
  describe(lines, input);
  if (log_.form.empty()) {
    log_.form = form;
  }
  add_repeats();
  log_.plans = plans_.take();
  const std::size_t first_sample = facts.samples.size();
  const std::size_t first_unmeasured = facts.unmeasured.size();
  add_samples(facts);
  if (!too_many_shapes_) {
    append_query_parts(tracker_.costs().take_uses(), log_.shapes, routes_, facts.parts);
  }
  rows_.add_samples(source_.path, too_many_shapes_, facts);
  name_models(first_sample, first_unmeasured, facts);
  add_unmeasured(lines, input.hint, facts);
  if (routes_inferred_) {
    facts.notes.push_back("Routes of '" + printable(source_.path) +
                          "' were inferred from URLs: name the templates under routes: to be sure of them");
  }
  facts.queries.logs.push_back(std::move(log_));
}

}  // namespace budgetcheck
