#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/facts.h"
#include "model/rule.h"

namespace budgetcheck {

/// The exchanges of one route, or of the static files with one name (content hashes apart), that break a rule.
struct ExchangeGroup {
  std::string subject;  ///< of the worst: "GET /api/users/:id", or "/assets/index-BfA6cGt_.js"
  std::string stable;   ///< the subject without what changes from build to build, for the key
  const Exchange* worst = nullptr;
  double worst_bytes = 0;
  double total_bytes = 0;
  std::uint64_t count = 0;
};

/// The bytes that count for a rule; negative: the exchange does not break it.
using OffendingBytes = double (*)(const Exchange& exchange, const Rule& rule);

/// Groups of all offending exchanges that the rule does not ignore, biggest response first, then by subject.
/// `ignore` globs are matched against the subject, the path and the host.
std::vector<ExchangeGroup> offending_groups(const Facts& facts, const Rule& rule, OffendingBytes bytes);

/// The path of a static file without the content hash in its name: "/assets/index-BfA6cGt_.js" is
/// "/assets/index-*.js". A name that holds no hash stays as it is.
std::string without_content_hash(std::string_view path);

/// "(3 responses, 51.6 kB in all)", or "" for a single response.
std::string in_all(const ExchangeGroup& group);

}  // namespace budgetcheck
