#include "collect/lighthouse/pagespeed.h"

#include <string>

#include "collect/account.h"
#include "collect/lighthouse/field_data.h"
#include "collect/lighthouse/result.h"
#include "collect/lighthouse/wrapped.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

bool recognises(const Sniff& sniff) {
  return sniff.is_object && (sniff.has("lighthouseResult") || (sniff.has("loadingExperience") && sniff.has("kind")));
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  json::Selector wanted;
  const WrappedResult result(wanted, "");
  select_field_data(wanted, "");
  const Expected<json::Value> answer = json::select(source.path, *source.content, wanted, lighthouse_limits());
  if (!answer) {
    return tl::unexpected(answer.error());
  }
  Account account(input, kMaxLighthouseNotes);
  collect_wrapped_result(*answer, result, {source.path, "", ""}, account, facts);
  return {};
}

}  // namespace

Format pagespeed_format() {
  Format format{"pagespeed", {"lighthouse.", "crux."}, recognises, collect};
  format.is_given_as = "PageSpeed Insights (the API's answer)";
  format.looks_like = {"\"loadingExperience\"", "\"lighthouseResult\"", "\"analysisUTCTimestamp\""};
  format.page =
      "An answer of the PageSpeed Insights API: `curl 'https://www.googleapis.com/pagespeedonline/v5/runPagespeed?"
      "url=URL&strategy=mobile' > psi.json`. Its lab result gives `lighthouse.*`, its field data `crux.*`.";
  format.copy_is_same_run = true;
  return format;
}

}  // namespace budgetcheck
