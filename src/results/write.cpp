#include "results/write.h"

#include <algorithm>
#include <cmath>
#include <variant>

namespace budgetcheck {
namespace {

using json::Writer;

void numbers(Writer& w, std::string_view name, const std::vector<double>& values) {
  w.key(name).begin_array();
  for (const double value : values) {
    w.number(value);
  }
  w.end_array();
}

void told(Writer& w, const KnownQuantiles& run) {
  w.begin_object();
  if (run.n != 0) {
    w.member("n", run.n);
  }
  for (const KnownQuantiles::Point& point : run.points) {
    w.member(quantile_name(point.q), point.value);
  }
  for (const auto& [name, value] :
       {std::pair("mean", run.mean), std::pair("min", run.min), std::pair("max", run.max)}) {
    if (value) {
      w.member(name, *value);
    }
  }
  w.end_object();
}

struct WriteValue {
  Writer& w;

  void operator()(Single value) const { w.member("value", value); }
  void operator()(const Runs& runs) const { numbers(w, "runs", runs); }
  void operator()(const Rate& rate) const { w.member("events", rate.events).member("n", rate.n); }
  void operator()(const Distribution& d) const {
    if (d.exact()) {
      numbers(w, "runs", d.values());
      return;
    }
    w.key("histogram").begin_object();
    w.member("n", d.count()).member("min", d.min()).member("max", d.max()).member("sum", d.sum());
    w.key("bins").begin_array();
    for (const auto& [lower, count] : d.bins()) {
      w.begin_array().number(static_cast<double>(lower)).number(static_cast<double>(count)).end_array();
    }
    w.end_array();
    w.end_object();
  }
  void operator()(const QuantileRuns& runs) const {
    w.key("quantiles");
    if (runs.size() == 1) {
      told(w, runs.front());
      return;
    }
    w.begin_array();
    for (const KnownQuantiles& run : runs) {
      told(w, run);
    }
    w.end_array();
  }
};

bool all_finite(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return std::isfinite(value); });
}

/// JSON has no word for a number that is not finite, and a run without its number would be a made-up one.
struct IsWritable {
  bool operator()(Single value) const { return std::isfinite(value); }
  bool operator()(const Runs& runs) const { return !runs.empty() && all_finite(runs); }
  bool operator()(const Rate& /*rate*/) const { return true; }
  bool operator()(const Distribution& d) const { return d.count() > 0 && std::isfinite(d.sum()); }
  bool operator()(const QuantileRuns& runs) const {
    const auto finite = [](const std::optional<double>& value) { return !value || std::isfinite(*value); };
    return !runs.empty() && std::all_of(runs.begin(), runs.end(), [&](const KnownQuantiles& run) {
      return !run.empty() && finite(run.mean) && finite(run.min) && finite(run.max) &&
             std::all_of(run.points.begin(), run.points.end(),
                         [](const KnownQuantiles::Point& point) { return std::isfinite(point.value); });
    });
  }
};

void optional_number(Writer& w, std::string_view name, const std::optional<double>& value) {
  if (value && std::isfinite(*value)) {
    w.member(name, *value);
  }
}

void write_history(Writer& w, const SampleHistory& history) {
  w.key("history").begin_object();
  w.member("records", history.records);
  optional_number(w, "s_run", history.s_run);
  optional_number(w, "s_diff", history.s_diff);
  optional_number(w, "max", history.max);
  if (!history.last.empty()) {
    numbers(w, "last", history.last);
  }
  w.end_object();
}

}  // namespace

bool is_writable(const Sample& sample) {
  return std::visit(IsWritable{}, sample.value) && all_finite(sample.base_runs);
}

void write_where(Writer& writer, const Labels& where) {
  writer.key("where").begin_object();
  for (const auto& [name, value] : where) {
    writer.member(name, value);
  }
  writer.end_object();
}

void write_location(Writer& writer, std::string_view name, const Location& location) {
  if (location.file.empty()) {
    return;
  }
  writer.key(name).begin_object();
  writer.member("file", location.file);
  if (location.line > 0) {
    writer.member("line", location.line);
  }
  if (location.column > 0) {
    writer.member("column", location.column);
  }
  if (!location.pointer.empty()) {
    writer.member("pointer", location.pointer);
  }
  writer.end_object();
}

void write_input(Writer& writer, const Input& input) {
  writer.begin_object();
  writer.member("path", input.path).member("format", input.format).member("bytes", input.bytes);
  writer.member("state", input.state == InputState::kRead         ? "read"
                         : input.state == InputState::kIncomplete ? "incomplete"
                                                                  : "unreadable");
  writer.member("message", input.message);
  if (!input.hint.empty()) {
    writer.member("hint", input.hint);
  }
  writer.end_object();
}

void write_sample(Writer& writer, const Sample& sample) {
  writer.begin_object();
  writer.member("metric", sample.metric);
  write_where(writer, sample.where);
  writer.member("unit", unit_symbol(sample.unit));
  std::visit(WriteValue{writer}, sample.value);
  if (!sample.base_runs.empty()) {
    numbers(writer, "base_runs", sample.base_runs);
  }
  if (!sample.base_quantiles.empty()) {
    writer.key("base_quantiles").begin_array();
    for (const KnownQuantiles& run : sample.base_quantiles) {
      told(writer, run);
    }
    writer.end_array();
  }
  if (sample.history) {
    write_history(writer, *sample.history);
  }
  if (sample.failures_within) {
    writer.key("failures_within").begin_object();
    writer.member("events", sample.failures_within->events).member("n", sample.failures_within->n);
    writer.end_object();
  }
  if (sample.lower_bound) {
    writer.member("lower_bound", true);
    if (!sample.lower_bound_reason.empty()) {
      writer.member("lower_bound_reason", sample.lower_bound_reason);
    }
  }
  write_location(writer, "location", sample.location);
  writer.end_object();
}

void write_part(Writer& writer, const Part& part) {
  writer.begin_object();
  writer.member("of", part.metric);
  write_where(writer, part.where);
  writer.member("kind", part.kind).member("name", part.name);
  writer.member("unit", unit_symbol(part.unit)).member("size", std::isfinite(part.size) ? part.size : 0);
  if (!part.importers.empty()) {
    writer.key("importers").begin_array();
    for (const std::string& importer : part.importers) {
      writer.string(importer);
    }
    writer.end_array();
  }
  writer.end_object();
}

}  // namespace budgetcheck
