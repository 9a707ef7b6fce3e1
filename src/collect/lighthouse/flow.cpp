#include "collect/lighthouse/flow.h"

#include <fmt/format.h>

#include <map>
#include <string>

#include "base/text.h"
#include "collect/account.h"
#include "collect/http/page_label.h"
#include "collect/lighthouse/result.h"
#include "collect/lighthouse/select.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxStepWidth = 100;
constexpr std::string_view kRecordAgain = "record the user flow again";
/// Far more than anyone records; each brings a hundred reasons for what it does not measure.
constexpr std::size_t kMaxSteps = 1000;

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
    if (has_lighthouse_audits(lhr)) {
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
  return sniff.is_object && sniff.has("steps") && sniff.head.find("\"lhr\"") != std::string_view::npos;
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  const std::size_t first_sample = facts.samples.size();
  Account account(input, kMaxLighthouseNotes);
  FlowCollector flow(source.path, account, facts);
  json::Selector wanted;
  wanted.keep("name").keep("steps/*/name");
  select_lighthouse_result(wanted, "steps/*/lhr/", flow.tables());
  wanted.each("steps/*", [&flow](std::string_view index, json::Value&& step) {
    flow.step(index, step);
    return flow.steps() <= kMaxSteps;
  });
  const Expected<json::Value> document = json::select(source.path, *source.content, wanted, lighthouse_limits());
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

}  // namespace

Format lighthouse_flow_format() {
  Format format{"lighthouse-flow", {"lighthouse."}, recognises, collect};
  format.page = "A user flow, as `JSON.stringify(await flow.createFlowResult())`. Each step has the label `step`.";
  format.copy_is_same_run = true;
  return format;
}

}  // namespace budgetcheck
