#pragma once

#include <string>

#include "judge/change/comparison.h"

namespace budgetcheck {

// Words of a comparison that text and Markdown share; each one printable line, not yet escaped.

/// "bundle.gzip, entry=main" or "lighthouse.lcp, page=/ (median of 5 and 7)".
std::string change_subject(const SampleChange& change);
/// "222.4 kB → 294.4 kB", "294.4 kB" of a side alone, "at least 12 kB" where part could not be seen.
std::string change_values(const SampleChange& change);
/// "+72 kB (+32.4%)"; empty without both sides.
std::string change_delta(const SampleChange& change);
/// "packages and modules of entry=main", "fields of route=GET /api/users".
std::string parts_subject(const PartsChange& change);
/// "full-scan at prisma/schema.prisma:40: …".
std::string finding_line(const Finding& finding);
/// "base.json (9efa7e5, measured 2026-11-23T10:00:00Z)".
std::string side_words(const ComparedSide& side);

/// Places whose parts differ just as those of the place before (the only entry of a build) are left out.
std::vector<const PartsChange*> distinct_parts(const ResultsComparison& comparison);

}  // namespace budgetcheck
