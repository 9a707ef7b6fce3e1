#include "collect/measured_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace budgetcheck {
namespace {

bool recognises(const Sniff& sniff) { return sniff.is_object && sniff.has("version") && sniff.has("measured"); }

/// Its inputs are read in its place.
Expected<void> collect(const Source& /*source*/, const CollectContext& /*context*/, Input& /*input*/,
                       Facts& /*facts*/) {
  return {};
}

}  // namespace

Expected<Measured> check_measured(const std::string& path, Measured measured, const std::string& settings) {
  const auto part = std::find_if(measured.inputs.begin(), measured.inputs.end(),
                                 [](const MeasuredInput& one) { return one.piece.has_value(); });
  if (part != measured.inputs.end()) {
    return fail(
        ErrorKind::kInput,
        fmt::format("it is part {} of {} of '{}'", part->piece->number, part->piece->count, printable(part->piece->of)),
        Location::of(path), "merge all parts first: budgetcheck merge part-*.json --output all.json");
  }
  if (!settings.empty() && measured.settings != settings) {
    return fail(ErrorKind::kInput, "it was measured with other budgets: their metrics, routes or inputs differ",
                Location::of(path), "measure again with the budgets file of this check: --budgets FILE");
  }
  return measured;
}

Format measured_format() {
  Format format{kMeasuredFormat, {}, recognises, collect};
  format.is_measured = true;
  format.is_given_as = "what budgetcheck measure and merge wrote";
  format.looks_like = {"\"measured\"", "\"settings\""};
  format.page =
      "What `budgetcheck measure` read on this machine or on others, and `budgetcheck merge` put together (see "
      "[scale.md](scale.md)). The inputs in it are judged as if they were read now, so it takes the same budgets file.";
  return format;
}

}  // namespace budgetcheck
