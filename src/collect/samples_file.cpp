#include "collect/samples_file.h"

#include <fmt/format.h>

#include <iterator>

#include "base/text.h"
#include "results/read.h"

namespace budgetcheck {

namespace {

bool recognises(const Sniff& sniff) { return sniff.is_object && sniff.has("version") && sniff.has("samples"); }

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  ExpectedAll<Results> results = read_results(source.path, source.content->bytes(), source.settings.text("app"));
  if (!results) {
    if (results.error().empty()) {
      throw InternalError("read_results failed without an error");
    }
    Error first = results.error().front();
    if (results.error().size() > 1) {
      first.message += fmt::format(" (and {})", counted(results.error().size() - 1, "more error"));
    }
    return tl::unexpected(std::move(first));
  }
  if (results->samples.empty()) {
    input.message = "it has no samples";
  }
  add_environment(facts.env, results->env);
  std::move(results->parts.begin(), results->parts.end(), std::back_inserter(facts.parts));
  for (std::size_t i = 0; i < results->samples.size(); ++i) {
    Sample& sample = results->samples[i];
    if (sample.location.file.empty()) {
      sample.location = {source.path, 0, 0, "/samples/" + std::to_string(i)};
    }
    facts.samples.push_back(std::move(sample));
  }
  return {};
}

}  // namespace

Format samples_format() {
  Format format{"samples", {}, recognises, collect};
  format.is_given_as = "a samples file (budgetcheck schema results)";
  format.looks_like = {"\"samples\"", "\"metric\"", "\"where\""};
  format.page =
      "Numbers of your own tools: a document with `version` and `samples`, or the results that budgetcheck wrote "
      "(`--json`). `budgetcheck schema results` prints its schema.";
  return format;
}

}  // namespace budgetcheck
