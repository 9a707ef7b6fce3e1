#include "collect/lighthouse/lighthouse.h"

#include <string>

#include "collect/account.h"
#include "collect/http/page_identity.h"
#include "collect/lighthouse/ci_folder.h"
#include "collect/lighthouse/result.h"
#include "collect/lighthouse/wrapped.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

bool recognises(const Sniff& sniff) {
  const bool is_result =
      sniff.has("lighthouseVersion") && (sniff.has("audits") || sniff.has("requestedUrl") || sniff.has("categories"));
  const bool is_runner_result = sniff.has("lhr") && !sniff.has("steps");
  return sniff.is_object && (is_result || is_runner_result);
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  json::Selector wanted;
  const WrappedResult result(wanted, "");
  const Expected<json::Value> document = json::select(source.path, *source.content, wanted, lighthouse_limits());
  if (!document) {
    return tl::unexpected(document.error());
  }
  const WrappedResult::Found found = result.find(*document);
  if (found.lhr == nullptr) {
    return fail(ErrorKind::kInput, "the Lighthouse result has no 'audits'", Location::of(source.path),
                "pass the complete file that 'lighthouse --output=json' wrote");
  }
  Account account(input, kMaxLighthouseNotes);
  collect_lighthouse_result(*found.lhr, *found.tables, {source.path, found.pointer, ""}, account, facts);
  return {};
}

}  // namespace

Format lighthouse_format() {
  Format format{"lighthouse", {"lighthouse."}, recognises, collect};
  format.is_given_as = "Lighthouse (--output=json, or the folder .lighthouseci)";
  format.looks_like = {"\"lighthouseVersion\"", "\"audits\"", "\"categories\"", "\"requestedUrl\"",
                       "\"configSettings\""};
  format.page =
      "One result is one run: `lighthouse URL --output=json --output-path=lhr.json`, or what Lighthouse's function for "
      "Node.js returns (`{ lhr }`). All runs of `lhci collect` are named by the folder `.lighthouseci`, and those of "
      "`lhci upload --target=filesystem` by the `manifest.json` that it "
      "writes. Lighthouse 10 to 13.";
  format.expand = lighthouse_ci_results;
  format.copy_is_same_run = true;
  format.finish = [](Facts& facts) { settle_pages(facts, "lighthouse."); };
  return format;
}

}  // namespace budgetcheck
