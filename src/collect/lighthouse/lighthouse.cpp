#include "collect/lighthouse/lighthouse.h"

#include <string>

#include "collect/account.h"
#include "collect/lighthouse/ci_folder.h"
#include "collect/lighthouse/result.h"
#include "collect/lighthouse/select.h"
#include "json/stream/select.h"

namespace budgetcheck {
namespace {

bool recognises(const Sniff& sniff) {
  return sniff.is_object && sniff.has("lighthouseVersion") &&
         (sniff.has("audits") || sniff.has("requestedUrl") || sniff.has("categories"));
}

Expected<void> collect(const Source& source, const CollectContext& /*context*/, Input& input, Facts& facts) {
  LighthouseTables tables;
  json::Selector wanted;
  select_lighthouse_result(wanted, "", tables);
  const Expected<json::Value> lhr = json::select(source.path, *source.content, wanted, lighthouse_limits());
  if (!lhr) {
    return tl::unexpected(lhr.error());
  }
  if (!has_lighthouse_audits(&*lhr)) {
    return fail(ErrorKind::kInput, "the Lighthouse result has no 'audits'", Location::of(source.path),
                "pass the complete file that 'lighthouse --output=json' wrote");
  }
  Account account(input, kMaxLighthouseNotes);
  collect_lighthouse_result(*lhr, tables, {source.path, "", ""}, account, facts);
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
      "One result is one run: `lighthouse URL --output=json --output-path=lhr.json`. All runs of `lhci collect` are "
      "named "
      "by the folder `.lighthouseci`, and those of `lhci upload --target=filesystem` by the `manifest.json` that it "
      "writes. Lighthouse 10 to 13.";
  format.expand = lighthouse_ci_results;
  format.copy_is_same_run = true;
  format.explain = explain;
  return format;
}

}  // namespace budgetcheck
