#include "detect/query/loop_strength.h"

#include <fmt/format.h>

namespace budgetcheck {
namespace {

/// The share of `part` in `whole` reaches `of_ten`.
bool reaches(std::uint64_t part, std::uint64_t whole, std::uint64_t of_ten) { return part * 10 >= whole * of_ten; }

/// Hardly anything else ran between the first turn and the last.
bool contiguous(const TurnEvidence& e) { return reaches(e.statements - e.foreign, e.statements, 9); }

/// The statement runs in most turns.
bool steady(const TurnEvidence& e) { return reaches(e.present, e.turns, 6); }

/// It runs so rarely that it may well be other work.
bool foreign(const TurnEvidence& e) { return !reaches(e.present, e.turns, 2); }

/// A loop in which somebody waits: for a mail server, a payment, the next message of a queue.
LoopStrength of_paused(const QueryShape& shape, const Repeat& repeat, bool tied) {
  const bool write = shape.verb != Verb::kSelect;
  return write && tied && contiguous(repeat.evidence) ? LoopStrength::kWeak : LoopStrength::kNone;
}

/// Nothing ties what is read to what was read before.
LoopStrength of_untied(const QueryLog& log, const QueryShape& shape, const Repeat& repeat) {
  const TurnEvidence& e = repeat.evidence;
  const bool before = !repeat.before.empty();
  const bool alone = e.reads + e.writes <= 1;
  // One of two writes: insert or update.
  const bool branch = shape.verb != Verb::kSelect && reaches(e.present, e.turns, 4);
  if (!contiguous(e) || !(steady(e) || branch) || e.elsewhere > repeat.count) {
    return LoopStrength::kNone;
  }
  if (alone) {
    const bool sure = e.timed && (before || shape.verb != Verb::kSelect);
    const bool perhaps = before || e.tight || (!e.timed && shape.verb != Verb::kSelect);
    return sure ? LoopStrength::kClear : perhaps ? LoopStrength::kWeak : LoopStrength::kNone;
  }
  if (e.writes > 0) {
    // Who writes what came from outside reads nothing before: an import. Requests look the same but for their pauses,
    // and they begin with a read.
    const bool sure = e.timed && (before || log.shapes[repeat.turn.front()].verb != Verb::kSelect);
    return sure ? LoopStrength::kClear : before || e.timed ? LoopStrength::kWeak : LoopStrength::kNone;
  }
  // Several reads in turns are what requests look like.
  return before && e.tight ? LoopStrength::kWeak : LoopStrength::kNone;
}

}  // namespace

LoopStrength strength_of(const QueryLog& log, const Repeat& repeat, const LoopRelation& relation) {
  const QueryShape& shape = log.shapes[repeat.shape];
  if (log.has_ids) {
    return repeat.waits && shape.verb != Verb::kSelect ? LoopStrength::kWeak : LoopStrength::kCertain;
  }
  constexpr std::uint32_t kMostOfTurn = 8;
  const TurnEvidence& e = repeat.evidence;
  if (e.turns == 0 || e.claims || e.same_first) {
    return LoopStrength::kNone;
  }
  // Requests begin with what concerns them all, the turns of a loop with one of the rows.
  const bool tied = relation.first_tied && (steady(e) || (relation.tied && !foreign(e)));
  // Who reads and thinks about it pauses in his turns; messages and polls have pauses between them.
  const bool thinks = tied && e.tight && e.writes == 0;
  if (e.paused && !thinks) {
    return of_paused(shape, repeat, tied);
  }
  if (!tied && e.reads + e.writes > kMostOfTurn) {
    return LoopStrength::kNone;
  }
  if (!tied && !(e.in_transaction && steady(e))) {
    return of_untied(log, shape, repeat);
  }
  if (!e.timed && !e.in_transaction && e.elsewhere * 2 > repeat.count) {
    return LoopStrength::kNone;
  }
  // A list, and then each row by its id, is what somebody does who clicks, too.
  const bool clicks = relation.again && e.writes == 0;
  if (clicks && !e.timed && !e.in_transaction) {
    return LoopStrength::kNone;
  }
  const bool serial = e.in_transaction || (tied && e.timed && !clicks);
  return serial && contiguous(e) && e.elsewhere <= repeat.count ? LoopStrength::kCertain : LoopStrength::kClear;
}

std::string strength_words(LoopStrength strength, const Repeat& repeat, const LoopRelation& relation) {
  const TurnEvidence& e = repeat.evidence;
  if (e.turns == 0) {
    return {};
  }
  std::string text = strength == LoopStrength::kCertain ? "high" : strength == LoopStrength::kClear ? "medium" : "low";
  text += ": the log has no request ids";
  if (strength == LoopStrength::kWeak) {
    return text;
  }
  text += e.in_transaction                      ? ", but one transaction holds all turns"
          : relation.tied || relation.turn_tied ? ", but the schema ties the turns to the read before"
                                                : ", but the turns follow one another";
  return contiguous(e) ? text + " and nothing else runs in between" : text;
}

}  // namespace budgetcheck
