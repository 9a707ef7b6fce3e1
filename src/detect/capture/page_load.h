#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/facts.h"
#include "model/rule.h"

namespace budgetcheck {

/// The requests of one page load of a capture, or those of a capture that belong to none, in the order in which they
/// were sent. Only those whose time of sending is known.
struct PageLoad {
  std::string page;  ///< empty: of no page
  std::vector<const Exchange*> requests;
};

std::vector<PageLoad> page_loads(const Facts& facts);

/// When its answer had arrived; when it was sent where the capture has no time.
double end_of(const Exchange& exchange);

/// Data files that frameworks fetch for links and routes: Next.js, Gatsby, Nuxt, SvelteKit.
bool is_framework_data(std::string_view path);

/// The budgets file exempts it, by subject, path or host.
bool is_ignored(const Rule& rule, const Exchange& exchange, std::string_view subject);

}  // namespace budgetcheck
