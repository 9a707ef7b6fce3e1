#include "results/measured/measured.h"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "json/stream/select.h"
#include "json/writer.h"
#include "results/document.h"
#include "results/environment.h"
#include "results/measured/members.h"
#include "results/write.h"

namespace budgetcheck {

using namespace measured;

namespace {

constexpr const char* kMeasureAgain = "measure the inputs again: budgetcheck measure INPUT... --output FILE";
constexpr const char* kDamaged = "what was measured is damaged";
/// Of one input.
constexpr std::size_t kMostValues = 20'000'000;

template <class T>
std::string line_of(const T& value) {
  json::Writer w;
  write_value(w, value);
  std::string out = w.take();
  out.pop_back();
  return out;
}

template <class T>
std::string list_of(const std::vector<T>& items) {
  std::string out = "[";
  for (std::size_t i = 0; i < items.size(); ++i) {
    out += (i == 0 ? "\n    " : ",\n    ") + line_of(items[i]);
  }
  return out + (items.empty() ? "]" : "\n  ]");
}

std::string member_of(const Measured& measured) {
  std::string out = "{\n  \"program\": " + quoted(measured.program) + ",\n  \"settings\": " + quoted(measured.settings);
  if (!measured.routes.empty()) {
    out += ",\n  \"routes\": " + line_of(measured.routes);
  }
  if (!measured.selected.empty()) {
    out += ",\n  \"selected\": " + line_of(measured.selected);
  }
  if (!measured.schemas.empty()) {
    out += ",\n  \"schemas\": " + list_of(measured.schemas);
  }
  return out + ",\n  \"inputs\": " + list_of(measured.inputs) + "\n}";
}

/// What is said to people passes through printable() where it is made, and once more where a file says it.
void make_printable(Input& input) {
  input.message = printable(input.message);
  input.hint = printable(input.hint);
}

void make_printable(Measured& measured) {
  const auto each = [](std::vector<std::string>& texts) {
    for (std::string& text : texts) {
      text = printable(text);
    }
  };
  for (MeasuredSchema& schema : measured.schemas) {
    make_printable(schema.input);
    each(schema.remarks);
    each(schema.schema.remarks);
  }
  for (MeasuredInput& one : measured.inputs) {
    for (Input& input : one.facts.inputs) {
      make_printable(input);
    }
    for (Unmeasured& gap : one.facts.unmeasured) {
      gap.reason = printable(gap.reason);
      gap.hint = printable(gap.hint);
    }
    for (Sample& sample : one.facts.samples) {
      sample.lower_bound_reason = printable(sample.lower_bound_reason);
    }
    each(one.facts.notes);
  }
}

Error unreadable(const std::string& path, std::string message) {
  return {ErrorKind::kInput, std::move(message), Location::of(path), kMeasureAgain};
}

}  // namespace

std::string write_measured(const Measured& measured, const Facts& facts) {
  std::vector<std::string> inputs;
  for (const Input& input : facts.inputs) {
    inputs.push_back(json_line(input, write_input));
  }
  std::vector<std::string> samples;
  for (const Sample& sample : facts.samples) {
    if (is_writable(sample)) {
      samples.push_back(json_line(sample, write_sample));
    }
  }
  JsonDocument document;
  document.raw("version", "1");
  document.raw("tool", json_record([&](json::Writer& w) {
                 w.member("name", "budgetcheck").member("version", measured.program);
               }));
  document.raw("measured", member_of(measured));  // before what is longer: files are recognised by their beginning
  if (!facts.env.empty()) {
    document.raw("env", json_line(facts.env, write_environment));
  }
  document.list("inputs", inputs);
  document.list("samples", samples);
  if (!facts.parts.empty()) {
    std::vector<std::string> parts;
    for (const Part& part : facts.parts) {
      parts.push_back(json_line(part, write_part));
    }
    document.list("parts", parts);
  }
  return document.take();
}

Expected<Measured> read_measured(const std::string& path, const FileContent& content) {
  Measured measured;
  bool sound = true;
  json::Selector wanted;
  for (const char* key : {"program", "settings", "routes", "selected", "schemas"}) {
    wanted.keep(std::string("measured/") + key);
  }
  wanted.keep("measured/inputs/*");
  wanted.each("measured/inputs/*", [&](std::string_view, json::Value&& value) {
    sound = sound && read_value(value, measured.inputs.emplace_back());
    return sound;
  });
  json::SelectLimits limits;
  limits.max_kept = kMostValues;
  const Expected<json::Value> document = json::select(path, content, wanted, limits);
  if (!document) {
    // Cut off, empty, or a log that was given in place of what measure wrote of it: one thing mends them all.
    Error error = document.error();
    error.hint = kMeasureAgain;
    return tl::unexpected(std::move(error));
  }
  if (!sound) {
    return tl::unexpected(unreadable(path, kDamaged));
  }
  const json::Value* member = document->find("measured");
  if (member == nullptr || !member->is_object()) {
    return tl::unexpected(unreadable(path, "it holds nothing that budgetcheck measure wrote"));
  }
  measured.program = member->string_or("program", "");
  measured.settings = member->string_or("settings", "");
  if (measured.program != BUDGETCHECK_VERSION) {
    return tl::unexpected(unreadable(path, fmt::format("it was measured by version {} of budgetcheck, and this is {}",
                                                       shorten(printable(measured.program), 20), BUDGETCHECK_VERSION)));
  }
  const auto read = [&](std::string_view key, auto& to) {
    const json::Value* found = member->find(key);
    sound = sound && (found == nullptr || read_value(*found, to));
  };
  read("routes", measured.routes);
  read("selected", measured.selected);
  read("schemas", measured.schemas);
  if (!sound) {
    return tl::unexpected(unreadable(path, kDamaged));
  }
  make_printable(measured);
  return measured;
}

}  // namespace budgetcheck
