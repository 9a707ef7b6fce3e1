#include "results/write_report.h"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <vector>

#include "json/writer.h"
#include "results/causes.h"
#include "results/document.h"
#include "results/environment.h"
#include "results/write.h"

namespace budgetcheck {
namespace {

using json::Writer;

void text(Writer& w, std::string_view name, std::string_view value) {
  if (!value.empty()) {
    w.member(name, value);
  }
}

void number(Writer& w, std::string_view name, const std::optional<double>& value) {
  if (value && std::isfinite(*value)) {
    w.member(name, *value);
  }
}

void labels(Writer& w, const Labels& where) { write_where(w, where); }

void location(Writer& w, std::string_view name, const Location& location) { write_location(w, name, location); }

std::string verdict(const Verdict& v) {
  return json_record([&](Writer& w) {
    w.member("budget", v.budget).member("metric", v.metric);
    text(w, "app", v.app);
    labels(w, v.where);
    w.member("status", to_string(v.status)).member("code", v.code);
    number(w, "value", v.value);
    w.member("unit", unit_symbol(v.unit)).member("stat", to_string(v.stat));
    if (v.runs > 0) {
      w.member("runs", v.runs);
    }
    number(w, "limit", v.limit);
    if (v.limit) {
      w.member("limit_is", v.limit_is_min ? "min" : "max");
    }
    number(w, "base", v.base);
    number(w, "delta", v.delta);
    if (v.interval && std::isfinite(v.interval->low) && std::isfinite(v.interval->high)) {
      w.key("interval").begin_array().number(v.interval->low).number(v.interval->high).end_array();
    }
    number(w, "minimum_detectable", v.minimum_detectable);
    write_causes(w, v.causes);
    w.member("message", v.message);
    text(w, "hint", v.hint);
    text(w, "owner", v.owner);
    text(w, "why", v.why);
    location(w, "location", v.location);
    location(w, "sample_location", v.sample_location);
  });
}

void evidence(Writer& w, const Evidence& e) {
  w.key("evidence").begin_object();
  text(w, "sql", e.sql);
  if (e.count > 0) {
    w.member("count", e.count);
  }
  if (e.distinct_params > 0) {
    w.member("distinct_params", e.distinct_params);
  }
  text(w, "scope", e.scope);
  text(w, "route", e.route);
  text(w, "parent_sql", e.parent_sql);
  if (!e.statements.empty()) {
    w.key("statements").begin_array();
    for (const std::string& statement : e.statements) {
      w.string(statement);
    }
    w.end_array();
  }
  text(w, "input", e.input);
  if (e.line > 0) {
    w.member("line", e.line);
  }
  text(w, "kind", e.kind);
  text(w, "field", e.field);
  if (!e.details.empty()) {
    w.key("details").begin_array();
    for (const auto& [name, value] : e.details) {
      w.begin_object().member("name", name).member("value", value).end_object();
    }
    w.end_array();
  }
  w.end_object();
}

std::string finding(const Finding& f) {
  return json_record([&](Writer& w) {
    w.member("rule", f.rule).member("level", to_string(f.level)).member("state", to_string(f.state));
    w.member("message", f.message);
    text(w, "subject", f.subject);
    w.member("key", f.key);
    number(w, "magnitude", f.magnitude);
    location(w, "location", f.location);
    evidence(w, f.evidence);
    w.key("fix").begin_object();
    text(w, "text", f.fix.text);
    text(w, "model", f.fix.model);
    if (!f.fix.index.empty()) {
      w.key("index").begin_array();
      for (const std::string& column : f.fix.index) {
        w.string(column);
      }
      w.end_array();
    }
    w.end_object();
  });
}

std::string problem(const Error& error) {
  return json_record([&](Writer& w) {
    w.member("message", error.message);
    text(w, "hint", error.hint);
    location(w, "location", error.location);
  });
}

std::string base(const BaseInfo& b) {
  return json_record([&](Writer& w) {
    w.member("kind", b.kind);
    text(w, "commit", b.commit);
    text(w, "measured_at", b.measured_at);
    text(w, "how", b.how);
    w.member("commits_older", b.commits_older);
  });
}

template <class T, class Write>
std::vector<std::string> records(const std::vector<T>& items, const Write& write) {
  std::vector<std::string> out;
  out.reserve(items.size());
  for (const T& item : items) {
    out.push_back(write(item));
  }
  return out;
}

/// The report of one app as an entry of a list.
std::string entry(const Report& report) {
  std::string document = write_report(report);
  document.pop_back();
  return document;
}

}  // namespace

std::string write_report(const Report& report) {
  std::vector<std::string> samples;
  std::vector<std::string> notes = report.notes;
  const bool is_of_several = !report.apps.empty();  // then each app's own document has its samples and parts
  for (const Sample& s : is_of_several ? std::vector<Sample>() : report.samples) {
    if (is_writable(s)) {
      samples.push_back(json_line(s, write_sample));
    } else {
      notes.push_back(fmt::format("a measurement of {} is left out: its value is missing or not finite", s.metric));
    }
  }

  JsonDocument document;
  document.raw("version", "1");
  document.raw("tool",
               json_record([&](Writer& w) { w.member("name", "budgetcheck").member("version", report.tool_version); }));
  document.text("project", report.project);
  document.raw("app", quoted(report.app));
  document.raw("outcome", quoted(to_string(report.outcome)));
  document.raw("exit", std::to_string(report.exit_code));
  document.text("commit", report.commit);
  if (!report.parents.empty()) {
    document.list("parents", records(report.parents, [](const std::string& p) { return quoted(p); }));
  }
  document.text("measured_at", report.measured_at);
  if (!report.env.empty()) {
    document.raw("env", json_line(report.env, write_environment));
  }
  document.raw("base", base(report.base));
  document.list("inputs", records(report.inputs, [](const Input& i) { return json_line(i, write_input); }));
  document.list("samples", samples);
  if (!report.parts.empty() && !is_of_several) {
    document.list("parts", records(report.parts, [](const Part& p) { return json_line(p, write_part); }));
  }
  document.list("verdicts", records(report.verdicts, verdict));
  document.list("findings", records(report.findings, finding));
  document.list("problems", records(report.problems, problem));
  if (!report.gate.empty()) {
    document.list("gate", records(report.gate, [](const std::string& clause) { return quoted(clause); }));
  }
  document.list("notes", records(notes, [](const std::string& n) { return quoted(n); }));
  document.raw("unbudgeted", std::to_string(report.unbudgeted));
  if (!report.budgets.is_null()) {
    document.raw("budgets", json::to_json(report.budgets));
  }
  if (is_of_several) {
    document.list("apps", records(report.apps, entry));
  }
  return document.take();
}

}  // namespace budgetcheck
