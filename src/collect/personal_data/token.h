#pragma once

#include <string_view>

#include "collect/personal_data/context.h"
#include "collect/personal_data/match.h"

namespace budgetcheck::personal {

/// Secrets that show by themselves what they are: private keys, JSON web tokens, tokens of known makers, what follows
/// "Bearer" and "Basic".
void find_tokens(const Text& text, Matches& matches);

/// How a token of a known maker begins, to show in place of it: "ghp_"; empty: it is none.
std::string_view known_beginning(std::string_view token);

}  // namespace budgetcheck::personal
