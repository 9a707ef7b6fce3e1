#pragma once

#include <string_view>

#include "model/facts.h"

namespace budgetcheck {

// What a survey knows already.

/// Whether a metric of the family ("bundle.") has a value.
bool measures(const Facts& facts, std::string_view family);
/// Whether it is known what entries, pages or routes of a build load; of the app, unless that is empty.
bool has_entries(const Facts& facts, std::string_view app = "");
bool has_packages(const Facts& facts);
/// Whether the facts are of a build, measured or not.
bool is_a_build(const Facts& facts);

}  // namespace budgetcheck
