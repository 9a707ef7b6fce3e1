#pragma once

#include <string>
#include <vector>

#include "report/words/groups.h"

namespace budgetcheck {

// What a run has besides problems, in few words. Everything returned is printable and not yet escaped for any format.

/// Verdicts that passed, the nearest to their limits first; none on the gate.
std::vector<const Verdict*> kept_verdicts(const Report& report);
/// "11 budgets kept", with the number of results where a budget has several.
std::string kept_heading(const Report& report);
/// "11 budgets kept, nearest: admin-js, 9.5% left (22.6 kB of 25 kB)"; empty: none is.
std::string kept_words(const Report& report);
/// "grew within their limits: main-js +1.2 kB (+5%): lodash (new package)"; empty: none did.
std::string grown_words(const Report& report);
/// "22.6 kB of 25 kB, 2.4 kB (9.5%) left, no change": what a list of kept budgets says of one.
std::string kept_numbers(const Verdict& verdict);

/// How to go on from a problem, each way once: what accepts a new value, where rules are explained. Empty: nothing to
/// say.
std::vector<std::string> ways_on(const Report& report, const std::vector<Group>& groups);

}  // namespace budgetcheck
