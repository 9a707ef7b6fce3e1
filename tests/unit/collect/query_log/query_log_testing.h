#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/file_system.h"
#include "collect/format.h"
#include "collect/joint_reader.h"

namespace budgetcheck {

/// What a format made of one text.
struct LogRead {
  bool recognised = false;
  bool ok = false;
  Input input;
  Facts facts;

  const QueryLog& log() const { return facts.queries.logs.at(0); }
  /// The statements' shapes with how often each ran, in the order in which they came: "2x SELECT …".
  std::vector<std::string> shapes() const {
    std::vector<std::string> all;
    for (const QueryShape& shape : log().shapes) {
      all.push_back(std::to_string(shape.executions) + "x " + shape.text);
    }
    return all;
  }
  /// The largest value of a metric on a route; -1: not measured.
  double of(std::string_view metric, const std::string& route) const {
    for (const Sample& s : facts.samples) {
      if (s.metric == metric && s.where == Labels{{"route", route}}) {
        return aggregate(s, Stat::kMax);
      }
    }
    return -1;
  }
};

inline LogRead read_log(const Format& format, const std::string& text, const InputSettings& settings = {}) {
  const auto content = content_from_string(text);
  const RouteTable table;
  Source source;
  source.path = "app.log";
  source.content = content.get();
  source.settings = settings;
  CollectContext context;
  context.routes = &table;
  Sniff sniff;
  sniff.path = source.path;
  sniff.head = content->bytes().substr(0, 65'536);
  sniff.is_object = sniff.head.starts_with('{');
  sniff.is_array = sniff.head.starts_with('[');
  if (sniff.head.starts_with("{\"data\"")) {
    sniff.top_keys = {"data"};
  }
  LogRead result;
  result.recognised = format.recognises(sniff);
  if (format.joint != nullptr) {
    const std::unique_ptr<JointReader> reader = format.joint(context);
    result.ok = reader->read(source, result.input).has_value();
    std::vector<Input*> inputs;
    if (result.ok) {
      inputs.push_back(&result.input);
    }
    for (JointReader::Result& one : reader->finish(inputs)) {
      result.facts.append(std::move(one.facts));
    }
  } else {
    result.ok = format.collect(source, context, result.input, result.facts).has_value();
  }
  return result;
}

}  // namespace budgetcheck
