#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/text/id_like.h"
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
  add_repeats(tracker_.found());
  // A job in a server's process names no request among many that do.
  add_repeats(tracker_.found_loose());
}

void QueryLogBuilder::add_repeats(const std::vector<QueryTracker::Found>& all_found) {
  for (const QueryTracker::Found& found : all_found) {
    Repeat repeat = found.repeat;
    if (repeat.loose()) {
      const std::uint64_t all = loose_[repeat.shape];
      const double elsewhere = static_cast<double>(all - std::min(all, found.executions));
      repeat.evidence.elsewhere = static_cast<std::uint64_t>(elsewhere * static_cast<double>(repeat.count) /
                                                             static_cast<double>(found.executions));
    }
    repeat.route_requests = repeat.loose() ? 0 : tracker_.requests_of(found.route);
    repeat.route = found.route == Execution::kNoRoute ? std::string() : routes_[found.route];
    repeat.scope = shown_id(repeat.scope);
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

void QueryLogBuilder::add_unmeasured(const LogForm& form, std::string_view hint_of_input, Facts& facts) const {
  const bool by_database = form.writer != LogWriter::kApplication;
  const std::string log = printable(source_.path);
  const auto add = [&](std::string_view metric, std::string reason, std::string_view hint) {
    facts.unmeasured.push_back(
        {std::string(metric), {}, std::move(reason), std::string(hint), Location::of(source_.path), true});
  };
  if (log_.statements == 0) {
    add("queries.", fmt::format("'{}' holds no statement", log), hint_of_input);
    return;
  }
  if (form.writer == LogWriter::kTotals) {
    add("queries.", fmt::format("'{}' holds totals of statements, and no executions or requests", log),
        "add the application's query log as an input too");
    return;
  }
  if (by_database && !rows_.any()) {
    add("queries.rows_read", fmt::format("nothing in '{}' says how many rows were read", log),
        "let PostgreSQL log plans with their row counts: auto_explain.log_min_duration = 0, auto_explain.log_analyze = "
        "on");
  }
  if (!log_.has_ids) {
    for (const std::string_view metric : {"queries.count", "queries.distinct", "queries.time"}) {
      add(metric, fmt::format("no record of '{}' names its request", log), by_database ? kCommentHint : kIdHint);
    }
  }
  const std::uint64_t lost = tracker_.requests_without_route();
  if (lost > 0 || routes_.empty()) {
    add("queries.",
        lost == 0 ? fmt::format("no statement of '{}' names a route", log)
                  : fmt::format("{} in '{}' without a route", counted(lost, "request"), log),
        by_database ? kCommentHint : kRouteHint);
  }
  if (without_duration_ > 0) {
    for (const std::string_view metric : {"queries.time", "queries.duration"}) {
      add(metric, fmt::format("{} of '{}' without a duration", counted(without_duration_, "statement"), log),
          "log the event's duration in milliseconds, as duration or durationMs");
    }
  }
}

/// What it says of requests, as far as that is not what it should.
void QueryLogBuilder::describe_requests(const LogForm& form, Account& account) const {
  if (form.writer == LogWriter::kTotals) {
    if (log_.statements > 0) {
      account.note("it holds totals of statements: what a request runs, and whether that repeats, is unknown");
    }
    return;
  }
  if (log_.statements > 0 && !log_.has_ids) {
    account.note(
        "no record names its request, so queries per request are unknown, and loops are told by what surrounds them",
        form.writer == LogWriter::kDatabase ? kCommentHint : kIdHint);
  } else if (log_.statements_without_id > 0) {
    account.note(
        fmt::format("{} of {} {} no request: loops among them are told by what surrounds them",
                    log_.statements_without_id, counted(log_.statements, "statement"),
                    log_.statements_without_id == 1 ? "names" : "name"),
        "if they belong to requests, await Prisma's promises inside the request's context: they start when awaited");
  }
  if (without_params_ > 0) {
    account.note(fmt::format("{} {} no readable parameters, so a loop cannot be told from a duplicate there",
                             counted(without_params_, "statement"), without_params_ == 1 ? "has" : "have"));
  }
  if (tracker_.requests_without_time() > 0) {
    account.note(
        fmt::format("{} with statements without a duration", counted(tracker_.requests_without_time(), "request")));
  }
}

void QueryLogBuilder::describe_lines(const LogForm& form, const LineCounts& lines, Account& account) const {
  if (log_.statements == 0 && !form.when_empty.empty()) {
    account.incomplete(fmt::format("none of its {} holds a statement", counted(lines.read, form.noun)),
                       form.when_empty);
  }
  if (lines.broken == 0) {
    return;
  }
  const std::string text =
      fmt::format("{} of {} {} {}, the first in line {}", lines.broken, counted(lines.read, form.noun),
                  lines.broken == 1 ? "is" : "are", form.broken_is, lines.first_broken);
  if (static_cast<double>(lines.broken) > kMaxBrokenShare * static_cast<double>(lines.read)) {
    account.incomplete(text, "write the log to a file of its own, and wait until the program has closed it");
  } else {
    account.note(text);
  }
}

void QueryLogBuilder::describe_limits(Account& account) const {
  if (too_many_shapes_) {
    account.incomplete(
        fmt::format("it holds more than {} distinct statements, and the rest were only counted", log_.shapes.size()),
        "statements whose names are made up at run time cannot be told apart: use parameters");
  }
  if (too_many_routes_) {
    account.incomplete(fmt::format("it holds more than {} routes, and the rest were not measured", kMaxRoutes),
                       kRouteHint);
  }
  if (tracker_.repeats_dropped()) {
    account.incomplete("more repeats than can be kept", "log fewer requests at a time");
  }
  if (plans_.full() || rows_.too_many()) {
    account.incomplete("more plans or tables than can be kept", "log fewer kinds of statements at a time");
  }
}

void QueryLogBuilder::describe(const LogForm& form, const LineCounts& lines, Account& account) {
  tracker_.finish();
  describe_lines(form, lines, account);
  describe_limits(account);
}

void QueryLogBuilder::report(const LogForm& form, Account& account, Facts& facts) {
  log_.requests = tracker_.requests();
  tracker_.past().append_to(log_);
  describe_requests(form, account);
  if (log_.form.empty()) {
    log_.form = form.name;
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
  add_unmeasured(form, account.input().hint, facts);
  if (routes_inferred_) {
    facts.notes.push_back(
        fmt::format("{}: routes inferred from URLs; name the templates under routes:", printable(source_.path)));
  }
  facts.queries.logs.push_back(std::move(log_));
}

}  // namespace budgetcheck
