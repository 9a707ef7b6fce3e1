#include "collect/lighthouse/answer.h"

#include <fmt/format.h>

#include <charconv>

#include "collect/http/page_label.h"
#include "collect/http/redirect.h"
#include "collect/lighthouse/values.h"

namespace budgetcheck {
namespace {

/// The first of these members that is the URL of a page.
std::string_view url_of(const json::Value& lhr, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) {
    const std::string_view url = lhr.string_or(key, "");
    if (!url.empty() && !url.starts_with("chrome-error:")) {
      return url;
    }
  }
  return {};
}

/// The status of the audit that looks at the page's document; 0: it is none, or no error.
int status_of_audit(const json::Value& lhr) {
  const json::Value* audit = lhr.at({"audits", "http-status-code"});
  const double* score = audit == nullptr ? nullptr : finite_number(audit->find("score"));
  if (score == nullptr || *score != 0) {
    return 0;
  }
  const std::string_view shown = audit->string_or("displayValue", "");
  int status = 0;
  std::from_chars(shown.data(), shown.data() + shown.size(), status);
  return status >= PageRequests::kFirstError ? status : 0;
}

}  // namespace

std::optional<LighthouseReason> measured_another_page(const json::Value& lhr, const PageRequests& requests) {
  if (lhr.string_or("gatherMode", "navigation") != "navigation") {
    return std::nullopt;
  }
  const std::string_view document = url_of(lhr, {"mainDocumentUrl", "finalUrl", "finalDisplayedUrl", "requestedUrl"});
  int status = requests.error_status(document);
  status = status != 0 ? status : status_of_audit(lhr);
  if (status != 0) {
    return LighthouseReason{fmt::format("the page answered with {}, so what was measured is an error page", status),
                            "make sure that the page answers while Lighthouse runs, then run it again", true};
  }
  // Where the browser stood in the end: scripts lead to a login as servers do.
  const std::string_view asked = url_of(lhr, {"requestedUrl"});
  const std::string_view reached = url_of(lhr, {"finalDisplayedUrl", "finalUrl", "mainDocumentUrl"});
  if (asked.empty() || reached.empty() || !is_other_page(asked, reached)) {
    return std::nullopt;
  }
  return LighthouseReason{
      fmt::format("'{}' led to '{}', and that page was measured", page_label(asked), page_label(reached)),
      "let Lighthouse log in or send what the page needs, or pass it the URL that is meant", true};
}

}  // namespace budgetcheck
