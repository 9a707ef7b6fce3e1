#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/html/html_parts.h"
#include "report/words/order.h"

namespace budgetcheck {

/// What the sections of the HTML report draw from: the report and what was derived from it once.
struct HtmlReport {
  explicit HtmlReport(const Report& of);

  const Report& report;
  std::vector<const Verdict*> verdicts;
  std::vector<const Finding*> findings;
  std::vector<PartPlace> places;  ///< what bundles and answers are made of
  /// Of each of `verdicts`: the main branch's values, oldest first, then the base's and this one's; fewer than three:
  /// empty. Only where the records and the budget mean the same number.
  std::vector<std::vector<double>> histories;
};

// Each returns one <section> that can be read without a script, or nothing when it has nothing to show.

/// Outcome, counts, what was compared, problems, and what to do first.
std::string html_summary(const HtmlReport& html);
std::string html_verdicts(const HtmlReport& html);
std::string html_findings(const HtmlReport& html);
std::string html_bundles(const HtmlReport& html);
std::string html_history(const HtmlReport& html);
std::string html_requests(const HtmlReport& html);
std::string html_queries(const HtmlReport& html);
std::string html_inputs(const HtmlReport& html);

/// The data of the page's script, as JSON.
std::string html_data(const HtmlReport& html);

/// "fail", "error", "unclear", "warn", "known", "note", "waived", "pass": classes of the page's style.
std::string_view gravity_class(Gravity gravity);
/// The word on its pill: "FAIL", …
std::string html_pill(Gravity gravity, std::string_view word);

/// "≤ 24 kB", "≥ 90 points"; empty without a limit.
std::string limit_words(const Verdict& verdict, std::string_view limit);

/// A bar of how much of a limit is used. Decoration: the numbers are beside it.
std::string html_usage_bar(const Verdict& verdict);
/// Used share of the limit (1: just reached), over for a minimum that is missed; negative: not known.
double limit_usage(const Verdict& verdict);

/// Opens a section with its heading; `about` may be empty and is escaped here.
std::string section_begin(std::string_view id, std::string_view heading, std::string_view count,
                          std::string_view about = {});
inline constexpr std::string_view kSectionEnd = "</section>\n";

}  // namespace budgetcheck
