#include "detect/query/loop_strength.h"

#include <fmt/format.h>

#include <algorithm>

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

/// A loop in which somebody waits: for a mail server, a payment, the next message of a queue. Who reads what belongs to
/// the rows of a list, and does something with it, may read it with the list.
LoopStrength of_paused(const QueryShape& shape, const Repeat& repeat, const LoopRelation& relation, bool tied) {
  const TurnEvidence& e = repeat.evidence;
  if (!tied || !contiguous(e)) {
    return LoopStrength::kNone;
  }
  if (shape.verb != Verb::kSelect) {
    return LoopStrength::kWeak;
  }
  constexpr std::uint64_t kLeastTurns = 5;
  const bool reads = e.writes == 0 && e.whole && e.turns >= kLeastTurns && !relation.again;
  return reads ? LoopStrength::kClear : LoopStrength::kNone;
}

/// The turn has a statement of that kind.
bool has(const QueryLog& log, const Repeat& repeat, Verb verb) {
  return log.shapes[repeat.shape].verb == verb ||
         std::any_of(repeat.turn.begin(), repeat.turn.end(),
                     [&](std::uint32_t shape) { return log.shapes[shape].verb == verb; });
}

/// The turns follow one another as only a program's do: at once, each with a row of its own, and none breaks off after
/// its first statement, as the statements of several requests do that run at the same time. Where the log names a
/// route, these are its requests.
bool swift(const QueryLog& log, const Repeat& repeat) {
  constexpr std::uint64_t kLeastTurns = 5;
  const TurnEvidence& e = repeat.evidence;
  if (!e.timed || !e.tight || e.turns < kLeastTurns || !repeat.route.empty() || (!e.whole && !repeat.turn.empty())) {
    return false;
  }
  // Where only the values would tell: one read may be pages, one row that is changed may be the same again.
  return repeat.params_known ? e.differ : has(log, repeat, Verb::kInsert) || (e.writes == 0 && repeat.turn.size() > 1);
}

/// Nothing ties what is read to what was read before.
LoopStrength of_untied(const QueryLog& log, const QueryShape& shape, const Repeat& repeat) {
  const TurnEvidence& e = repeat.evidence;
  const bool before = !repeat.before.empty();
  const bool write = shape.verb != Verb::kSelect;
  // One of two writes: insert or update.
  const bool branch = write && reaches(e.present, e.turns, 4);
  if (!contiguous(e) || !(steady(e) || branch) || e.elsewhere > repeat.count) {
    return LoopStrength::kNone;
  }
  // Chunks and how far they are, or windows: only the values would tell.
  const bool walks = !repeat.params_known && (e.batches || e.window);
  if (swift(log, repeat) && !walks) {
    return LoopStrength::kClear;
  }
  if (e.reads + e.writes <= 1) {
    // Without values it may be one row that changes again and again.
    const bool other = repeat.params_known || shape.verb != Verb::kUpdate;
    const bool sure = e.timed && (before || (write && other));
    const bool perhaps = before || e.tight || (!e.timed && write);
    return sure && !walks ? LoopStrength::kClear : sure || perhaps ? LoopStrength::kWeak : LoopStrength::kNone;
  }
  // Who writes what came from outside reads nothing before: an import. Requests look the same but for their pauses, and
  // they begin with a read.
  const bool sure = e.writes > 0 && e.timed && (before || log.shapes[repeat.turn.front()].verb != Verb::kSelect);
  // Several reads in turns are what requests look like.
  const bool perhaps = e.writes > 0 || (before && (e.tight || !e.timed));
  return sure && !walks ? LoopStrength::kClear : perhaps ? LoopStrength::kWeak : LoopStrength::kNone;
}

/// The schema ties it to what was read before, and the log has no times.
LoopStrength of_untimed(const QueryLog& log, const Repeat& repeat, const LoopRelation& relation) {
  const TurnEvidence& e = repeat.evidence;
  if (e.elsewhere * 2 > repeat.count) {
    return LoopStrength::kNone;
  }
  // A list, and then each row by its id, is what somebody does who clicks, too. Who changes one row a turn may have
  // asked for something outside before.
  const bool clicks = relation.again && e.writes == 0;
  const bool changes = e.writes == 1 && log.shapes[repeat.shape].verb == Verb::kUpdate;
  return clicks || changes || !contiguous(e) ? LoopStrength::kWeak : LoopStrength::kClear;
}

}  // namespace

LoopStrength strength_of(const QueryLog& log, const Repeat& repeat, const LoopRelation& relation) {
  const QueryShape& shape = log.shapes[repeat.shape];
  if (!repeat.loose() && log.has_ids) {
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
    return of_paused(shape, repeat, relation, tied);
  }
  if (!tied && e.reads + e.writes > kMostOfTurn) {
    return LoopStrength::kNone;
  }
  if (!tied && !(e.in_transaction && steady(e))) {
    return of_untied(log, shape, repeat);
  }
  if (!e.timed && !e.in_transaction) {
    return of_untimed(log, repeat, relation);
  }
  const bool clicks = relation.again && e.writes == 0;
  const bool serial = e.in_transaction || !clicks;
  return serial && contiguous(e) && e.elsewhere <= repeat.count ? LoopStrength::kCertain : LoopStrength::kClear;
}

std::string strength_words(const QueryLog& log, LoopStrength strength, const Repeat& repeat,
                           const LoopRelation& relation) {
  const TurnEvidence& e = repeat.evidence;
  if (!repeat.loose()) {
    return {};
  }
  std::string text = strength == LoopStrength::kCertain ? "high" : strength == LoopStrength::kClear ? "medium" : "low";
  text += log.has_ids ? ": no request is named here" : ": the log has no request ids";
  if (strength == LoopStrength::kWeak) {
    return text;
  }
  text += e.in_transaction                      ? ", but one transaction holds all turns"
          : relation.tied || relation.turn_tied ? ", but the schema ties the turns to the read before"
                                                : ", but the turns follow one another";
  return contiguous(e) ? text + " and nothing else runs in between" : text;
}

}  // namespace budgetcheck
