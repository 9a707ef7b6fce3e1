#include "collect/lighthouse/lighthouse.h"

#include <map>
#include <string>

#include "base/text.h"
#include "collect/lighthouse/page.h"
#include "collect/lighthouse/result.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxRemarks = 4;
constexpr std::size_t kMaxStepWidth = 100;
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

void put_message(std::vector<std::string> remarks, Input& input) {
  if (remarks.size() > kMaxRemarks) {
    const std::size_t more = remarks.size() - kMaxRemarks;
    remarks.resize(kMaxRemarks);
    remarks.push_back(counted(more, "more remark"));
  }
  input.message = join(remarks, "; ");
}

/// Walks the steps of a flow as they stream past.
class FlowCollector {
 public:
  FlowCollector(const std::string& file, Input& input, Facts& facts) : file_(file), input_(input), facts_(facts) {}

  LighthouseTables& tables() { return tables_; }

  void step(std::string_view index, const json::Value& step) {
    const std::string name = name_of(step, steps_ + 1);
    ++steps_;
    const json::Value* lhr = step.find("lhr");
    if (!has_audits(lhr)) {
      incomplete("step '" + name + "' has no Lighthouse result", "record the user flow again");
      facts_.unmeasured.push_back({"lighthouse.", Labels{{"step", name}},
                                   "step '" + name + "' has no Lighthouse result", "record the user flow again",
                                   Location{file_, 0, 0, "/steps/" + std::string(index)}, true});
    } else {
      const LighthousePlace place{file_, "/steps/" + std::string(index) + "/lhr", name};
      const LighthouseOutcome outcome = collect_lighthouse_result(*lhr, tables_, place, facts_);
      for (const std::string& remark : outcome.remarks) {
        remarks_.push_back("step '" + name + "': " + remark);
      }
      if (outcome.incomplete) {
        input_.state = InputState::kIncomplete;
        input_.hint = outcome.hint;
      }
    }
    tables_.clear();
  }

  void incomplete(std::string remark, std::string hint) {
    input_.state = InputState::kIncomplete;
    input_.hint = std::move(hint);
    remarks_.push_back(std::move(remark));
  }

  std::size_t steps() const { return steps_; }
  const std::vector<std::string>& remarks() const { return remarks_; }

 private:
  /// Two steps of one name are two things, not two runs of one.
  std::string name_of(const json::Value& step, std::size_t number) {
    std::string name = shorten(printable(without_query_strings(trim(step.string_or("name", "")))), kMaxStepWidth);
    if (name.empty()) {
      name = "step " + std::to_string(number);
    }
    std::string unique = name;
    while (!names_.try_emplace(unique, 1).second) {
      unique = name + " (" + std::to_string(++names_[name]) + ")";
    }
    return unique;
  }

  const std::string& file_;
  Input& input_;
  Facts& facts_;
  LighthouseTables tables_;
  std::size_t steps_ = 0;
  std::map<std::string, std::size_t> names_;  ///< with how many steps bear it
  std::vector<std::string> remarks_;
};

}  // namespace

bool recognises_lighthouse(const Sniff& sniff) {
  return sniff.is_object && sniff.has("lighthouseVersion") &&
         (sniff.has("audits") || sniff.has("requestedUrl") || sniff.has("categories"));
}

bool recognises_lighthouse_flow(const Sniff& sniff) {
  return sniff.is_object && sniff.has("steps") && sniff.head.find("\"lhr\"") != std::string_view::npos;
}

Expected<void> collect_lighthouse(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  LighthouseTables tables;
  json::Selector wanted;
  select_lighthouse_result(wanted, "", tables);
  const Expected<json::Value> lhr = json::select(source.path, *source.content, wanted, limits());
  if (!lhr) {
    return tl::unexpected(lhr.error());
  }
  if (!has_audits(&*lhr)) {
    return fail(ErrorKind::kInput, "the Lighthouse result has no 'audits'", Location::of(source.path),
                "give the file that 'lighthouse --output=json' wrote, whole");
  }
  const LighthouseOutcome outcome = collect_lighthouse_result(*lhr, tables, {source.path, "", ""}, facts);
  put_message(outcome.remarks, input);
  if (outcome.incomplete) {
    input.state = InputState::kIncomplete;
    input.hint = outcome.hint;
  }
  return {};
}

Expected<void> collect_lighthouse_flow(const Source& source, const CollectContext& /*context*/, Input& input,
                                       Facts& facts) {
  const std::size_t first_sample = facts.samples.size();
  FlowCollector flow(source.path, input, facts);
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
    return fail(ErrorKind::kInput, "the user flow has more than " + std::to_string(kMaxSteps) + " steps",
                Location::of(source.path), "record it in several files");
  }
  if (flow.steps() == 0) {
    flow.incomplete("the user flow has no steps", "record the user flow again");
  }
  // Steps of equal names in flows of other names are other things; the name may come after the steps.
  for (std::size_t i = first_sample; i < facts.samples.size(); ++i) {
    facts.samples[i].source += " flow " + std::string(document->string_or("name", ""));
  }
  put_message(flow.remarks(), input);
  return {};
}

}  // namespace budgetcheck
