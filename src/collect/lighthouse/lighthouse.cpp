#include "collect/lighthouse/lighthouse.h"

#include <fmt/format.h>

#include <map>
#include <string>

#include "base/text.h"
#include "collect/account.h"
#include "collect/lighthouse/ci_folder.h"
#include "collect/lighthouse/page.h"
#include "collect/lighthouse/result.h"
#include "collect/lighthouse/select.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxNotes = 4;
constexpr std::size_t kMaxStepWidth = 100;
constexpr std::string_view kRecordAgain = "record the user flow again";
/// Far more than anyone records; each brings a hundred reasons for what it does not measure.
constexpr std::size_t kMaxSteps = 1000;

/// A result keeps about 1,500 values; a flow forgets each step before the next.
json::SelectLimits limits() {
  constexpr std::size_t kMaxKept = 200'000;
  json::SelectLimits out;
  out.max_kept = kMaxKept;
  return out;
}

bool has_audits(const json::Value* lhr) {
  const json::Value* audits = lhr == nullptr ? nullptr : lhr->find("audits");
  return audits != nullptr && audits->is_object();
}

/// Walks the steps of a flow as they stream past.
class FlowCollector {
 public:
  FlowCollector(const std::string& file, Account& account, Facts& facts)
      : file_(file), account_(account), facts_(facts) {}

  LighthouseTables& tables() { return tables_; }

  void step(std::string_view index, const json::Value& step) {
    const std::string name = name_of(step, steps_ + 1);
    ++steps_;
    const json::Value* lhr = step.find("lhr");
    if (has_audits(lhr)) {
      collect_lighthouse_result(*lhr, tables_, {file_, fmt::format("/steps/{}/lhr", index), name}, account_, facts_);
    } else {
      const std::string text = fmt::format("step '{}' has no Lighthouse result", name);
      account_.incomplete(text, kRecordAgain);
      facts_.unmeasured.push_back({"lighthouse.", Labels{{"step", name}}, text, std::string(kRecordAgain),
                                   Location{file_, 0, 0, fmt::format("/steps/{}", index)}, true});
    }
    tables_.clear();
  }

  std::size_t steps() const { return steps_; }

 private:
  /// Two steps of one name are two things, not two runs of one.
  std::string name_of(const json::Value& step, std::size_t number) {
    std::string name = shorten(printable(without_query_strings(trim(step.string_or("name", "")))), kMaxStepWidth);
    if (name.empty()) {
      name = fmt::format("step {}", number);
    }
    std::string unique = name;
    while (!names_.try_emplace(unique, 1).second) {
      unique = fmt::format("{} ({})", name, ++names_[name]);
    }
    return unique;
  }

  const std::string& file_;
  Account& account_;
  Facts& facts_;
  LighthouseTables tables_;
  std::size_t steps_ = 0;
  std::map<std::string, std::size_t> names_;  ///< with how many steps bear it
};

bool recognises(const Sniff& sniff) {
  return sniff.is_object && sniff.has("lighthouseVersion") &&
         (sniff.has("audits") || sniff.has("requestedUrl") || sniff.has("categories"));
}

bool recognises_flow(const Sniff& sniff) {
  return sniff.is_object && sniff.has("steps") && sniff.head.find("\"lhr\"") != std::string_view::npos;
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  LighthouseTables tables;
  json::Selector wanted;
  select_lighthouse_result(wanted, "", tables);
  const Expected<json::Value> lhr = json::select(source.path, *source.content, wanted, limits());
  if (!lhr) {
    return tl::unexpected(lhr.error());
  }
  if (!has_audits(&*lhr)) {
    return fail(ErrorKind::kInput, "the Lighthouse result has no 'audits'", Location::of(source.path),
                "pass the complete file that 'lighthouse --output=json' wrote");
  }
  Account account(input, kMaxNotes);
  collect_lighthouse_result(*lhr, tables, {source.path, "", ""}, account, facts);
  return {};
}

Expected<void> collect_flow(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  const std::size_t first_sample = facts.samples.size();
  Account account(input, kMaxNotes);
  FlowCollector flow(source.path, account, facts);
  json::Selector wanted;
  wanted.keep("name").keep("steps/*/name");
  select_lighthouse_result(wanted, "steps/*/lhr/", flow.tables());
  wanted.each("steps/*", [&flow](std::string_view index, json::Value&& step) {
    flow.step(index, step);
    return flow.steps() <= kMaxSteps;
  });
  const Expected<json::Value> document = json::select(source.path, *source.content, wanted, limits());
  if (!document) {
    return tl::unexpected(document.error());
  }
  if (flow.steps() > kMaxSteps) {
    return fail(ErrorKind::kInput, fmt::format("the user flow has more than {} steps", kMaxSteps),
                Location::of(source.path), "record it in several files");
  }
  if (flow.steps() == 0) {
    account.incomplete("the user flow has no steps", kRecordAgain);
  }
  // Steps of equal names in flows of other names are other things; the name may come after the steps.
  for (std::size_t i = first_sample; i < facts.samples.size(); ++i) {
    facts.samples[i].source += " flow " + std::string(document->string_or("name", ""));
  }
  return {};
}

std::optional<OtherOutput> explain(const Sniff& seen) {
  static const std::vector<OutputMark> kMarks{
      {'<',
       {"<title>Lighthouse Report</title>"},
       {"Lighthouse's result as a page",
        "write the result itself: lighthouse URL --output=json --output-path=lhr.json"}},
  };
  return marked_output(kMarks, seen.head);
}

}  // namespace

Format lighthouse_format() {
  Format format{"lighthouse", {"lighthouse."}, recognises, collect};
  format.is_given_as = "Lighthouse (--output=json, or the folder .lighthouseci)";
  format.page =
      "One result is one run: `lighthouse URL --output=json --output-path=lhr.json`, or all runs of `lhci collect` by "
      "the "
      "folder `.lighthouseci`, or by the `manifest.json` that `lhci upload --target=filesystem` writes. Lighthouse 10 "
      "to "
      "13.";
  format.expand = lighthouse_ci_results;
  format.copy_is_same_run = true;
  format.explain = explain;
  return format;
}

Format lighthouse_flow_format() {
  Format format{"lighthouse-flow", {"lighthouse."}, recognises_flow, collect_flow};
  format.page = "A user flow, as `JSON.stringify(await flow.createFlowResult())`. Each step has the label `step`.";
  format.copy_is_same_run = true;
  return format;
}

}  // namespace budgetcheck
