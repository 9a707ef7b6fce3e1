#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/html/html_links.h"
#include "report/html/html_parts.h"
#include "report/html/html_requests.h"
#include "report/words/order.h"

namespace budgetcheck {

/// What the sections of the HTML report draw from: the report and what was derived from it once.
struct HtmlReport {
  explicit HtmlReport(const Report& of);
  HtmlReport(const HtmlReport&) = delete;
  HtmlReport& operator=(const HtmlReport&) = delete;

  const Report& report;
  std::vector<const Verdict*> verdicts;
  std::vector<const Finding*> findings;
  std::vector<PartPlace> places;       ///< what bundles and answers are made of
  std::vector<RequestGroup> requests;  ///< of captures, page by page
  PageLinks links;                     ///< to places and requests
  /// Of each of `verdicts`: the main branch's values, oldest first, then the base's and this one's; fewer than three:
  /// empty. Only where the records and the budget mean the same number.
  std::vector<std::vector<double>> histories;

  /// Of the verdict with that number in `verdicts`; none where nothing needs to be explained.
  std::vector<PageLink> links_of(std::size_t verdict) const;
};

// Each returns one <section> that can be read without a script, or nothing when it has nothing to show.

/// Outcome, counts, what was compared, problems, and what to do first.
std::string html_summary(const HtmlReport& html);
/// The problems and how to fix them, worst first, a part of the summary.
std::string html_to_do(const HtmlReport& html);
std::string html_verdicts(const HtmlReport& html);
std::string html_findings(const HtmlReport& html);
std::string html_bundles(const HtmlReport& html);
std::string html_history(const HtmlReport& html);
std::string html_requests(const HtmlReport& html);
/// Routes of captured traces, and the waterfalls of the slowest.
std::string html_traces(const HtmlReport& html);
/// Load tests and their routes: quantiles beside those of the base.
std::string html_load(const HtmlReport& html);
/// Queues, and how many jobs waited over time.
std::string html_queues(const HtmlReport& html);
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

/// The base's value and this one's, as bars on one scale.
struct PairOfBars {
  int base = 0;    ///< 0 to 100
  int now = 0;     ///< 0 to 100
  int limit = -1;  ///< where it stands on that scale; -1: there is none
};
/// Nothing: one of them is not known, or they are the same.
std::optional<PairOfBars> bars_beside(const Verdict& verdict);
/// Both bars with their numbers; empty where bars_beside has nothing.
std::string html_beside(const Verdict& verdict);

/// Links to where the page shows what is behind a failure; empty for none.
std::string html_see(const std::vector<PageLink>& links);

/// Opens a section with its heading; `about` may be empty and is escaped here.
std::string section_begin(std::string_view id, std::string_view heading, std::string_view count,
                          std::string_view about = {});
inline constexpr std::string_view kSectionEnd = "</section>\n";

}  // namespace budgetcheck
