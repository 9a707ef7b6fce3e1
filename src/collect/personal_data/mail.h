#pragma once

#include "collect/personal_data/context.h"
#include "collect/personal_data/match.h"

namespace budgetcheck::personal {

/// E-mail addresses of people. Silent on example and reserved domains, names of packages and files ("user@1.0.0",
/// "logo@2x.png"), git remotes, users in URLs, ids of messages, masked addresses and those behind which nobody sits
/// ("no-reply@").
void find_addresses_of_mail(const Text& text, Matches& matches);

}  // namespace budgetcheck::personal
