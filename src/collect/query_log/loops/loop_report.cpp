#include "collect/query_log/loops/loop_report.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "collect/query_log/loops/loop_stack.h"

namespace budgetcheck {
namespace {

/// A turn may lack a statement (a branch, a row that is known already): in so many of ten it runs.
constexpr std::uint64_t kTurnsOfTen = 4;
/// Nearly all.
constexpr std::uint64_t kMostOfTen = 8;

bool nearly(std::uint64_t part, std::uint64_t whole) { return part * 10 >= whole * kMostOfTen; }

/// Keys change, and neither once by chance nor because time passes.
bool changes(const LoopStatement& statement) {
  constexpr std::uint64_t kSeveral = 3;
  const std::uint64_t keys = statement.keys.count();
  return keys > 1 && !statement.open && (keys >= kSeveral || 2 * statement.changes + 1 >= statement.count);
}

/// Two keys or rows an execution on average: fewer is a loop that happens to use IN or VALUES. What a batch writes may
/// change with it: the time, a state.
bool batched(const LoopStatement& statement) {
  return (statement.params.count() > 1 || !statement.known) && (statement.same_rest || statement.writes()) &&
         statement.carried >= 2 * statement.count;
}

bool pages(const LoopStatement& statement) {
  return statement.params.count() > 1 && statement.same_unpaged && statement.pages;
}

}  // namespace

bool LoopReport::belongs(const LoopStatement& statement) const {
  return &statement == &frame_.head || statement.turns * 10 >= frame_.head.count * kTurnsOfTen;
}

/// What the turns' statements carry, and whether one of them means another row each time.
void LoopReport::look_at(const LoopStatement& statement) {
  constexpr std::uint64_t kAnotherOfTen = 9;
  evidence_.batches = evidence_.batches || statement.carried >= 2 * statement.count;
  evidence_.differ =
      evidence_.differ || (statement.known && statement.keys.count() * 10 >= statement.count * kAnotherOfTen);
}

/// It does something else to a table that most turns write or look at: updates the row where others insert it.
bool LoopReport::is_branch(const LoopStatement& statement) const {
  const auto same = [&](const LoopStatement& other) {
    return &other != &statement && other.has_table && other.table == statement.table && belongs(other);
  };
  const auto end = frame_.members.begin() + static_cast<std::ptrdiff_t>(frame_.used);
  return statement.writes() && (same(frame_.head) || std::any_of(frame_.members.begin(), end, same));
}

/// Each turn reads, and then writes once, to one table or another as the row demands: a file of events of several
/// kinds.
bool LoopReport::writes_once_a_turn() const {
  std::uint64_t writes = 0;
  const auto end = frame_.members.begin() + static_cast<std::ptrdiff_t>(frame_.used);
  const bool once = std::all_of(frame_.members.begin(), end, [&](const LoopStatement& member) {
    writes += member.writes() ? member.count : 0;
    return !member.writes() || member.turns == member.count;
  });
  return once && !frame_.head.writes() && nearly(writes, frame_.head.count) && writes <= frame_.head.count;
}

/// What holds for all statements of the loop alike.
void LoopReport::weigh() {
  if (weighed_) {
    return;
  }
  weighed_ = true;
  const std::uint64_t turns = frame_.head.count;
  evidence_.turns = turns;
  evidence_.statements = turns + frame_.dropped;
  evidence_.foreign = frame_.dropped;
  evidence_.same_first = frame_.head.known && frame_.head.keys.count() == 1;
  (frame_.head.writes() ? evidence_.writes : evidence_.reads) = 1;
  evidence_.claims = frame_.head.claims;
  look_at(frame_.head);
  bool doubled = false;
  const bool branches = writes_once_a_turn();
  double total_ms = frame_.head.ms;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order{{frame_.head.first, frame_.head.shape}};
  for (std::size_t i = 0; i < frame_.used; ++i) {
    const LoopStatement& member = frame_.members[i];
    if (member.first > frame_.head.last) {
      continue;  // it came when the loop was over, or in its last turn alone
    }
    evidence_.statements += member.count;
    total_ms += member.ms;
    if (!belongs(member)) {
      const bool branch = branches && member.writes() && member.turns >= LoopStack::kLeastTurns;
      evidence_.foreign += branch || is_branch(member) ? 0 : member.count;
      continue;
    }
    look_at(member);
    doubled = doubled || !nearly(member.turns, member.count);
    // What a client reads for a relation, in the same call, is no step of its own.
    if (!member.lists || member.writes()) {
      ++(member.writes() ? evidence_.writes : evidence_.reads);
    }
    evidence_.claims = evidence_.claims || (member.claims && nearly(member.turns, turns));
    order.emplace_back(member.first, member.shape);
  }
  std::sort(order.begin(), order.end());
  for (const auto& [first, shape] : order) {
    turn_.push_back(shape);
  }
  // A branch leaves turns that have the first statement alone. Where others then have two, several ran at the same
  // time.
  evidence_.whole = !doubled || nearly(turns - frame_.bare, turns);
  const std::uint64_t commits = frame_.commits - frame_.commits_before;
  evidence_.own_transactions = nearly(commits, turns - 1);
  find_pace(total_ms / static_cast<double>(std::max<std::uint64_t>(evidence_.statements, 1)));
  // Prisma logs no BEGIN: then a COMMIT right behind the last turn, and none before. Of reads alone it may only
  // have begun just before.
  std::uint64_t last = frame_.head.last;
  for (std::size_t i = 0; i < frame_.used; ++i) {
    last = std::max(last, belongs(frame_.members[i]) ? frame_.members[i].last : 0);
  }
  // One connection runs one statement at a time.
  constexpr std::uint64_t kOverlapsOfTen = 3;
  evidence_.overlaps = frame_.overlaps * 10 >= turns * kOverlapsOfTen;
  evidence_.in_transaction = commits == 0 && !evidence_.overlaps &&
                             (frame_.in_transaction || (frame_.committed == last && evidence_.writes > 0));
}

/// How quickly the turns follow one another, measured by what lies between the statements in them: on a busy machine
/// everything takes long. `usual_ms` is the time of a statement: where nothing else is to compare with, a slow one
/// shows a slow machine, and a BEGIN that Prisma does not log takes about as long.
void LoopReport::find_pace(double usual_ms) {
  constexpr std::uint32_t kLongest = 4;  // from 4 ms on
  constexpr std::uint32_t kTimes = 2;    // 4 times as long as between the statements of a turn
  constexpr double kOfStatement = 2;
  constexpr double kSwiftMs = 1.5;
  constexpr double kSlowMs = 8;
  const bool within = frame_.within.count() > 0;
  const std::uint32_t between = frame_.between.median();
  const double hidden_ms = evidence_.own_transactions ? usual_ms : 0;
  // Three of four turns must show it, of five at least: a busy machine pauses now and then.
  constexpr std::uint64_t kSeveral = 4;
  const std::uint32_t most = frame_.between.quarter();
  const bool longer = within && frame_.between.count() >= kSeveral && most >= kLongest &&
                      most >= frame_.within.median() + kTimes && IdleTimes::least_ms(most) >= kOfStatement * hidden_ms;
  const double swift_ms = within ? std::max(kSwiftMs, hidden_ms) : std::clamp(usual_ms, kSwiftMs, kSlowMs);
  evidence_.timed = fine_times_ && frame_.between.count() > 0;
  evidence_.tight =
      evidence_.timed && between <= std::max(IdleTimes::power_of(swift_ms), within ? frame_.within.median() + 1 : 0);
  evidence_.paused = longer || 10 * (frame_.waited + (frame_.turn_waited ? 1U : 0U)) >= 6 * evidence_.turns;
}

void LoopReport::hand_over(const LoopStatement& statement) {
  constexpr std::uint64_t kLeastForeign = 5;
  // What keeps asking for the same, or walks on by itself, is no loop whatever stands around it.
  if (statement.count < (belongs(statement) ? LoopStack::kLeastTurns : kLeastForeign) ||
      (statement.known ? !changes(statement) || pages(statement) : statement.walks) || batched(statement)) {
    return;
  }
  // Rows that are changed until none is left (DELETE … WHERE at < ? LIMIT 1000), or one until nobody else has.
  const bool until = statement.key_column == 0 || (statement.swaps && !is_fed(statement));
  if (!statement.known && statement.writes() && statement.verb != Verb::kInsert && until) {
    return;
  }
  weigh();
  // A row by its id, perhaps with what belongs to it, and nothing before that may have named it: that is what requests
  // do.
  const LoopStatement& head = frame_.head;
  if (head.single && head.key_column != 0 && !head.ordered && evidence_.writes == 0 && !evidence_.in_transaction &&
      !is_fed(head)) {
    return;
  }
  // One that shows what it walks over says more than a longer one that does not.
  constexpr std::uint64_t kFed = std::uint64_t{1} << 40U;
  const std::uint64_t badness = statement.count + (is_fed(statement) ? kFed : 0);
  Repeat* slot = found_.worse(statement.route, statement.shape, frame_.head.shape, badness, statement.count);
  if (slot == nullptr) {
    return;
  }
  Repeat repeat;
  repeat.requests = slot->requests;
  repeat.recurring = slot->recurring;
  describe(statement, repeat);
  *slot = std::move(repeat);
}

void LoopReport::describe(const LoopStatement& statement, Repeat& repeat) const {
  repeat.shape = statement.shape;
  repeat.before = reads_before(statement);
  if (!repeat.before.empty()) {
    repeat.parent = repeat.before.front();
  }
  repeat.count = statement.count;
  repeat.distinct_params = statement.params.count();
  repeat.params_known = statement.known;
  repeat.loop = statement.known;
  repeat.waits = evidence_.paused;
  repeat.beside_writes = beside_writes(statement);
  repeat.total_ms = statement.ms;
  repeat.first.line = statement.line;
  repeat.evidence = evidence_;
  repeat.evidence.first = &statement == &frame_.head;
  repeat.evidence.window = statement.writes() && statement.pages;
  repeat.evidence.present = repeat.evidence.first ? evidence_.turns : statement.turns;
  const auto own = std::find(turn_.begin(), turn_.end(), statement.shape);
  if (statement.lists && !statement.writes() && own != turn_.end() && own != turn_.begin()) {
    repeat.call = *std::prev(own);
  }
  repeat.turn = turn_;
  if (!belongs(statement)) {
    repeat.turn.push_back(statement.shape);
  }
  if (repeat.turn.size() < 2) {
    repeat.turn.clear();
  }
}

/// A table is read by the same column before and after something is written: the row whose relations a call changes.
bool LoopReport::read_again(const LoopStatement& statement) const {
  std::vector<const LoopStatement*> all{&frame_.head};
  for (std::size_t i = 0; i < frame_.used; ++i) {
    all.push_back(&frame_.members[i]);
  }
  return std::any_of(all.begin(), all.end(), [&](const LoopStatement* other) {
    if (other == &statement || other->writes() || other->table != statement.table ||
        other->key_column != statement.key_column || !nearly(other->count, statement.count)) {
      return false;
    }
    const auto [begin, end] = std::minmax(other->first, statement.first);
    return std::any_of(all.begin(), all.end(), [&, begin = begin, end = end](const LoopStatement* write) {
      return write->writes() && nearly(write->count, statement.count) && write->first > begin && write->first < end;
    });
  });
}

/// A row is looked up before it is written, and read back after: such reads are part of the write.
std::uint64_t LoopReport::beside_writes(const LoopStatement& statement) const {
  if (!statement.has_table || statement.writes()) {
    return 0;
  }
  // Where turns run at the same time, some of a turn's statements stand in those of others; without times that cannot
  // be seen.
  const bool mixed = evidence_.overlaps || !evidence_.timed;
  std::uint64_t writes = 0;
  bool refers = false;
  const auto add = [&](const LoopStatement& other) {
    writes += other.writes() && other.has_table && other.table == statement.table ? other.count : 0;
    const bool as_often = nearly(other.count, statement.count) || (mixed && other.count >= LoopStack::kLeastTurns);
    refers = refers || (statement.probe && other.writes() && as_often);
  };
  add(frame_.head);
  for (std::size_t i = 0; i < frame_.used; ++i) {
    add(frame_.members[i]);
  }
  // Looked up and read back by one statement, it runs twice for each write.
  const bool twice = writes > 0 && statement.count + 1 >= 2 * writes && statement.count <= 2 * writes + 1;
  refers = refers || twice || (mixed && writes >= LoopStack::kLeastTurns) ||
           (!evidence_.timed && statement.key_column != 0 && writes > 0) ||
           (evidence_.own_transactions && read_again(statement));
  return refers ? statement.count : std::min(statement.count, writes);
}

/// It may have fed the loop: it came before, ran less often, and does not read a single row each time. The loop's first
/// statement may have run before it, as part of other work.
bool LoopReport::may_feed(const LoopStatement& other, const LoopStatement& statement) const {
  constexpr std::uint64_t kRare = 8;
  const bool early =
      (other.turns == 1 || other.turns * kRare <= frame_.head.count) && other.last_turn * 4 <= frame_.head.count * 3;
  return other.verb == Verb::kSelect && !other.single && other.shape != statement.shape &&
         (other.first < statement.first || early) && other.count * 2 <= statement.count;
}

bool LoopReport::is_fed(const LoopStatement& statement) const {
  return std::any_of(stack_.begin(), stack_.begin() + static_cast<std::ptrdiff_t>(depth_) + 1, [&](const auto& frame) {
    const auto end = frame->members.begin() + static_cast<std::ptrdiff_t>(frame->used);
    return may_feed(frame->head, statement) ||
           std::any_of(frame->members.begin(), end, [&](const LoopStatement& m) { return may_feed(m, statement); });
  });
}

/// The reads that may have fed the loop, the last first: one of them is what it walks over.
std::vector<std::uint32_t> LoopReport::reads_before(const LoopStatement& statement) const {
  constexpr std::size_t kMaxBefore = 8;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> reads;
  const auto consider = [&](const LoopStatement& other) {
    if (may_feed(other, statement)) {
      reads.emplace_back(other.first, other.shape);
    }
  };
  for (std::size_t i = 0; i <= depth_; ++i) {
    consider(stack_[i]->head);
    for (std::size_t k = 0; k < stack_[i]->used; ++k) {
      consider(stack_[i]->members[k]);
    }
  }
  std::sort(reads.rbegin(), reads.rend());
  std::vector<std::uint32_t> shapes;
  for (const auto& [first, shape] : reads) {
    if (shapes.size() < kMaxBefore && std::find(shapes.begin(), shapes.end(), shape) == shapes.end()) {
      shapes.push_back(shape);
    }
  }
  return shapes;
}

}  // namespace budgetcheck
