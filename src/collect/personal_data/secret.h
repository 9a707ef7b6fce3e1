#pragma once

#include "collect/personal_data/context.h"
#include "collect/personal_data/match.h"

namespace budgetcheck::personal {

/// Passwords and other secrets that only their names give away: the whole value of a field that is called so, what
/// follows "password=", "\"api_key\": \"" and "PASSWORD '" in a text, a password in an URL, a session's cookie.
/// Placeholders, masks and what is empty are none.
void find_named_secrets(const Text& text, Matches& matches);

}  // namespace budgetcheck::personal
