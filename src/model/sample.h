#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/distribution.h"
#include "base/location.h"
#include "base/units.h"
#include "model/labels.h"
#include "model/load/known_quantiles.h"

namespace budgetcheck {

/// One number, exactly known (bytes, counts).
using Single = double;
/// Repeated measurements of one thing (Lighthouse runs), in the order they were made.
using Runs = std::vector<double>;
/// `events` out of `n` trials.
struct Rate {
  std::uint64_t events = 0;
  std::uint64_t n = 0;
  bool operator==(const Rate&) const = default;
};

/// What the accepted records before a stored one say about its metric. Times of noise are those of the transformed
/// value (judge/transform.h).
struct SampleHistory {
  std::uint64_t records = 0;     ///< how many records are summed up here
  std::optional<double> s_run;   ///< root mean square of the standard deviation within one job
  std::optional<double> s_diff;  ///< 1.4826 x median absolute difference of successive medians
  std::optional<double> max;     ///< the worst value among them
  std::vector<double> last;      ///< the newest values, oldest first

  bool operator==(const SampleHistory&) const = default;
};

using SampleValue = std::variant<Single, Runs, Rate, Distribution, QuantileRuns>;

/// What a tool measured: metric, labels, value. Values are in the base unit of `unit`.
struct Sample {
  std::string metric;  ///< id in the catalogue, such as "bundle.gzip"
  Labels where;
  Unit unit = Unit::kNone;
  SampleValue value = 0.0;
  /// True when part of what is summed could not be seen: the real value is this or more. A limit that even this
  /// exceeds is broken; one that it keeps is not known to be kept.
  bool lower_bound = false;
  std::string lower_bound_reason;  ///< one clause, such as "2 of 14 responses have no size"
  /// Where it was read; several runs name the first file.
  Location location;
  /// Runs of the base that took turns with these (a confirming measurement); empty elsewhere.
  Runs base_runs = {};
  std::optional<SampleHistory> history = {};  ///< of a stored record
  /// What was measured exactly, where labels leave it open (the origin of a page): equal labels of different
  /// sources are not runs of one thing. Never shown.
  std::string source = {};
  /// So many of the durations that the value is of are of failed requests, which may be faster or slower than the
  /// others; 0 where none failed, so that several runs add up. Nothing: they are of successes alone, or the file does
  /// not tell how many failed.
  std::optional<Rate> failures_within = {};
  QuantileRuns base_quantiles = {};  ///< as base_runs, where the value is of known quantiles
};

/// Something that a source of this kind usually measures, but not this time: a budget on it is answered with the
/// reason, not with "matches nothing".
struct Unmeasured {
  std::string metric;  ///< id, or a prefix that ends in '.' (all of that family) or "" (anything)
  Labels where;        ///< what is known of it; an unknown label is left out
  std::string reason;  ///< one sentence without full stop
  std::string hint;    ///< what to do; may be empty
  Location location;
  /// True: the input was incomplete or broken, so the question stays open (exit 3). False: the source can never
  /// answer it, such as an audit that this Lighthouse no longer has (the budget is wrong, exit 2).
  bool input_at_fault = true;
  /// It opens only budgets that name these labels: one whose glob is answered by other samples is answered. Such is a
  /// path that never existed, in the log of a server that everybody may call.
  bool only_when_named = false;
  bool where_is_whole = false;  ///< no label is unknown: what asks for another one means something else
};

/// How runs or a distribution become one number.
enum class Stat { kMedian, kMean, kMin, kMax, kP75, kP90, kP95, kP99 };

std::string_view to_string(Stat stat);
/// False when `name` is none of them.
bool parse_stat(std::string_view name, Stat& stat);
const std::vector<std::string>& stat_names();

/// The quantile that a stat is, the median among them; nothing for the mean and the extremes.
std::optional<double> quantile_of(Stat stat);

/// Whether the value has this stat: of known quantiles only those that every run tells.
bool tells(const Sample& sample, Stat stat);

/// `wanted`, or what is told in its place where a number is shown and judged by nobody: the next higher quantile, then
/// the next lower, then an extreme or the mean. Nothing: no stat is told at all.
std::optional<Stat> told_stat(const Sample& sample, Stat wanted);

/// What each run of known quantiles tells of a stat; empty when one does not.
Runs told_by_each(const QuantileRuns& runs, Stat stat);

/// The one number that a budget compares: a single value as it is, a rate as its share, else by `stat`. A median
/// of an even number of runs is the mean of the middle two; percentiles interpolate. Of several runs of known quantiles
/// it is the median of what the runs tell. An InternalError when the value does not tell it.
double aggregate(const Sample& sample, Stat stat);
/// How many runs, trials or values stand behind a sample (1 for a single one).
std::uint64_t run_count(const Sample& sample);

}  // namespace budgetcheck
