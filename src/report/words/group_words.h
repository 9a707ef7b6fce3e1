#pragma once

#include <string>
#include <vector>

#include "report/words/groups.h"

namespace budgetcheck {

// A problem in words. Everything returned is one printable line of bounded length, not yet escaped for any format.

struct GroupLine {
  Gravity gravity = Gravity::kPasses;
  std::string text;
};

/// "queries.count, route=/api/posts: 31, limit 10: over by 21 (210%)" of each verdict, then the message of each
/// finding. The first one is the headline.
std::vector<GroupLine> group_lines(const Group& group);
/// One verdict's line, as above.
std::string verdict_line(const Verdict& verdict);

/// What to do, each thing once, the most telling first: the fixes of findings; of a limit that no finding explains the
/// hint. Empty: there is nothing to do.
std::vector<std::string> group_actions(const Group& group, const RuleSet& rules);

/// What verdicts grew by, each thing once.
std::vector<std::string> group_causes(const Group& group);

/// "logs/app.ndjson:2 n-plus-one", "reports/lhr.json", "budgets.yml:78:5 posts-queries @api": where the code, the
/// measurement and the budget are, the first thing to open first.
std::vector<std::string> group_places(const Group& group);

/// The budgets' ids, each once: what `budgetcheck update` takes.
std::vector<std::string> group_budgets(const Group& group);
/// The rules of the findings, each once: what `budgetcheck explain` takes.
std::vector<std::string> group_rules(const Group& group);
/// Why the team set the limits, each reason once.
std::vector<std::string> group_reasons(const Group& group);

}  // namespace budgetcheck
