#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "json/value.h"
#include "model/environment.h"
#include "model/facts.h"
#include "model/finding.h"
#include "model/labels.h"
#include "model/load/queue_facts.h"
#include "model/part.h"
#include "model/sample.h"
#include "model/telemetry.h"
#include "model/telemetry/trace_view.h"

namespace budgetcheck {

enum class Status { kPass, kWarn, kFail, kInconclusive, kWaived, kError };

std::string_view to_string(Status status);

struct Interval {
  double low = 0;
  double high = 0;
};

/// What became of one budget at one place.
struct Verdict {
  std::string budget;    ///< id; "*" for the whole file
  std::string app = {};  ///< in a report of several apps, which one; `budget` and `where` name it too
  std::string metric;
  Labels where;  ///< of the sample; of the budget when nothing matched
  Status status = Status::kPass;
  std::string code;  ///< one of verdict_codes()
  Stat stat = Stat::kMedian;
  Unit unit = Unit::kNone;
  bool higher_is_better = false;
  std::optional<double> value;
  std::optional<double> limit;  ///< the side (min or max) that is nearest to be broken
  bool limit_is_min = false;
  std::optional<double> base;
  std::optional<double> delta;  ///< value - base
  std::uint64_t runs = 0;
  /// The 90 % interval of the shift against the base, as a share of the base; nothing: not estimated.
  std::optional<Interval> interval;
  /// The smallest growth, as a share, that these runs would show four times out of five; nothing: an exact metric.
  std::optional<double> minimum_detectable;
  /// A lower maximum that stored results leave room for (RATCHET_SUGGESTED).
  std::optional<double> tighter;
  std::vector<Cause> causes;  ///< what the growth is made of, the biggest first; empty: not known
  std::string message;        ///< one sentence with the numbers, no trailing full stop
  std::string hint;           ///< the next step; may be empty
  std::string owner;
  std::string why;
  std::string enforced_from;  ///< date from which this failure counts as one; empty: it does, or it is none
  Location location;          ///< of the budget
  Location sample_location;   ///< of what was measured
};

/// The verdict is on a setting of the gate (Verdict::budget is its name, "rules.n-plus-one") and not on a budget.
bool is_on_gate(const Verdict& verdict);
/// It tells how the change alters what judges it: one on the gate, or on a budget that is loosened or removed.
bool alters_gate(const Verdict& verdict);

/// Which base was compared with, and how it was found.
struct BaseInfo {
  std::string kind = "none";  ///< note, file, snapshot or none
  std::string commit;
  std::string how;  ///< a clause for people: "--base base.json"
  std::uint32_t commits_older = 0;
  std::string measured_at = {};  ///< RFC 3339, UTC; empty: not known
};

enum class Outcome { kPass, kFail, kInconclusive, kError };

std::string_view to_string(Outcome outcome);

/// Everything that an output may show. Reports read this and nothing else.
struct Report {
  std::string tool_version;
  std::string project;
  std::string app;
  std::string commit;
  std::vector<std::string> parents;
  std::string measured_at;  ///< RFC 3339, UTC
  Environment env;
  BaseInfo base;
  std::vector<Input> inputs;
  std::vector<Sample> samples;
  std::vector<Part> parts;
  std::vector<Exchange> exchanges;   ///< what the captures hold, for the picture of a page's requests
  std::vector<TraceView> traces;     ///< the slowest ones, for their waterfalls
  std::vector<QueueCourse> queues;   ///< how they went on, for their pictures
  std::vector<Sample> base_samples;  ///< what the base measured, with its history; empty without a base
  std::vector<Part> base_parts;      ///< of the base, for pictures of what differs
  std::vector<Verdict> verdicts;     ///< worst first
  std::vector<Finding> findings;     ///< worst first
  RuleSet rules;                     ///< that were looked for, for their texts
  Errors problems;                   ///< of the command line, the budgets file, outputs
  /// How the change alters its own gate, besides what verdicts say: "it adds the waiver for …".
  std::vector<std::string> gate;
  std::vector<std::string> notes;
  std::size_t unbudgeted = 0;  ///< samples that no budget owns
  json::Value budgets;         ///< the document in force; null for none
  std::string budgets_path;
  std::optional<PersonalDataSettings> personal_data;  ///< set: no output may hold any
  /// The folder that the run was started in, as seen from the nearest folder upwards that holds .git; paths of the
  /// report are relative to it. Empty: that folder itself, or there is none.
  std::string path_prefix;
  std::string repository_root;  ///< absolute path of that folder; empty when there is none
  Outcome outcome = Outcome::kPass;
  int exit_code = 0;
  Level fail_level = Level::kError;
  /// Of a monorepo: the report of each app as it is alone. Then the lists above hold what is in these, under names that
  /// tell the apps apart. Empty: one app.
  std::vector<Report> apps = {};
};

}  // namespace budgetcheck
