#pragma once

#include "model/report.h"
#include "report/words/groups.h"
#include "report/words/page.h"

namespace budgetcheck {

/// What a gravity's words are painted with.
Paint paint_of(Gravity gravity);

/// "FAIL ", then `text`, wrapped.
void write_headline(Page& page, Gravity gravity, std::string_view text);
/// "  do …"; nothing for an empty text.
void write_detail(Page& page, std::string_view label, std::string_view text, Paint paint = Paint::kPlain);

/// One problem as one paragraph: what broke by how much, what to do, where. `detail` decides how much of what it rests
/// on is shown.
void write_problem(Page& page, const Group& group, const RuleSet& rules, Detail detail);

}  // namespace budgetcheck
