#include <cmath>

#include "report/compare/compare.h"
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

std::string side(const ComparedSide& s) {
  return json_record([&](Writer& w) {
    w.member("label", s.label);
    text(w, "commit", s.commit);
    text(w, "measured_at", s.measured_at);
  });
}

std::string change(const SampleChange& c, std::string_view state) {
  return json_record([&](Writer& w) {
    w.member("change", state).member("metric", c.metric);
    write_where(w, c.where);
    w.member("unit", unit_symbol(c.unit)).member("stat", to_string(c.stat)).member("exact", c.exact);
    number(w, "base", c.base);
    number(w, "head", c.head);
    if (c.base && c.head) {
      number(w, "delta", *c.head - *c.base);
    }
    w.member("base_runs", c.base_runs).member("head_runs", c.head_runs);
    if (c.base_at_least) {
      w.member("base_is_lower_bound", true);
    }
    if (c.head_at_least) {
      w.member("head_is_lower_bound", true);
    }
  });
}

std::string parts(const PartsChange& c) {
  return json_record([&](Writer& w) {
    w.member("of", c.metric);
    write_where(w, c.where);
    write_causes(w, c.causes);
  });
}

std::string finding(const Finding& f, std::string_view state) {
  return json_record([&](Writer& w) {
    w.member("change", state).member("rule", f.rule).member("level", to_string(f.level)).member("key", f.key);
    text(w, "message", f.message);
    write_location(w, "location", f.location);
  });
}

}  // namespace

std::string render_compare_json(const ResultsComparison& c, const Rendering& /*rendering*/) {
  std::vector<std::string> samples;
  for (const Sample& sample : c.runs) {
    if (is_writable(sample)) {
      samples.push_back(json_line(sample, write_sample));
    }
  }
  std::vector<std::string> changes;
  for (const auto& [list, state] :
       {std::pair{&c.changed, "changed"}, std::pair{&c.added, "new"}, std::pair{&c.gone, "gone"}}) {
    for (const SampleChange& one : *list) {
      changes.push_back(change(one, state));
    }
  }
  std::vector<std::string> part_lines;
  for (const PartsChange& one : c.parts) {
    part_lines.push_back(parts(one));
  }
  std::vector<std::string> findings;
  for (const auto& [list, state] : {std::pair{&c.findings_added, "new"}, std::pair{&c.findings_gone, "gone"}}) {
    for (const Finding& one : *list) {
      findings.push_back(finding(one, state));
    }
  }
  std::vector<std::string> notes;
  for (const std::string& note : c.notes) {
    notes.push_back(quoted(note));
  }
  Environment env = c.base.env;
  add_environment(env, c.head.env);
  // That both were measured in one job is for the caller to see to; what is known to be otherwise is not claimed.
  env.paired = !c.base.stored && !c.head.stored &&
               (c.base.env.key == c.head.env.key || c.base.env.key.empty() || c.head.env.key.empty());

  JsonDocument document;
  document.raw("version", "1");
  document.raw("tool",
               json_record([&](Writer& w) { w.member("name", "budgetcheck").member("version", c.tool_version); }));
  document.raw("app", quoted(c.app));
  document.text("commit", c.head.commit);
  document.raw("env", json_line(env, write_environment));
  document.raw("compared", "{\"base\":" + side(c.base) + ",\"head\":" + side(c.head) + "}");
  document.list("samples", samples);
  document.list("changes", changes);
  document.raw("unchanged", std::to_string(c.unchanged));
  document.list("part_changes", part_lines);
  document.list("finding_changes", findings);
  document.list("notes", notes);
  return document.take();
}

}  // namespace budgetcheck
