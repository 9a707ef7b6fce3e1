#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/budget.h"
#include "model/sample.h"

namespace budgetcheck {

/// The label of what is on one of several hosts. Where there is but one it is left out, so "self", the own origin,
/// matches its absence; and what has none is no sum over those that have one.
inline constexpr std::string_view kHostLabel = "host";

/// Which budget judges which sample, and why.
struct Selection {
  /// For each sample: indices of the budgets that own it, one for each stat; empty: unbudgeted.
  std::vector<std::vector<std::size_t>> owners;
  /// For each budget: the samples that it selects, owned or not; empty: it matches nothing.
  std::vector<std::vector<std::size_t>> selected;
};

/// A budget selects the samples of its metric whose labels match its `where`, but only the coarsest: a sample is
/// left out when another selected one has a part of its labels with the same values (the total stands for its
/// parts; name a label to go finer), and so are durations of all requests (`status: all`) beside those of the
/// successes. Of the budgets that select a sample with the same stat the most specific owns it: more labels, then exact
/// over glob, then the longer literal text, then the later in the file.
Selection select_samples(const std::vector<Budget>& budgets, const std::vector<Sample>& samples);

/// Whether labels match a budget's globs (every glob has a label that it matches).
bool where_matches(const Labels& globs, const Labels& labels);
/// Whether labels of which only some are known could match.
bool where_could_match(const Labels& globs, const Labels& known);

/// True when `a` is more specific than `b` (both select the same sample); false on equal rank.
bool more_specific(const Budget& a, const Budget& b);

}  // namespace budgetcheck
