#include "collect/join.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "collect/account.h"
#include "collect/logs/pieces/log_pieces.h"
#include "collect/logs/pieces/query_piece.h"
#include "collect/measure.h"
#include "results/measured/measured.h"

namespace budgetcheck {
namespace {

/// A piece, and the part that it is in.
struct Piece {
  const MeasuredInput* input = nullptr;
  const std::string* part = nullptr;

  const LogPiece& log() const { return *input->piece; }
};

Error refused(std::string message, std::string hint) {
  return {ErrorKind::kUsage, std::move(message), {}, std::move(hint)};
}

std::string quoted(const std::string& path) { return "'" + printable(path) + "'"; }

/// "5", "5 and 7", "2, 5 and 7", "2, 3, 4 and 12 more".
std::string listed(const std::vector<std::uint32_t>& numbers) {
  constexpr std::size_t kShown = 5;
  std::string out;
  for (std::size_t i = 0; i < std::min(numbers.size(), kShown); ++i) {
    out += i == 0 ? "" : i + 1 == numbers.size() ? " and " : ", ";
    out += std::to_string(numbers[i]);
  }
  return numbers.size() > kShown ? fmt::format("{} and {} more", out, numbers.size() - kShown) : out;
}

/// The pieces of one log.
class CutLog {
 public:
  CutLog(const Measured& settings, const std::vector<Format>& table) : settings_(settings), table_(table) {}

  std::optional<Error> add(Piece piece) {
    const LogPiece& log = piece.log();
    if (!pieces_.empty() && (first().order_by != log.order_by)) {
      return refused(fmt::format("{} and {} say in different ways where the lines of {} stand",
                                 quoted(*pieces_.begin()->second.part), quoted(*piece.part), quoted(log.of)),
                     "measure all parts of a log with the same --order, or all without");
    }
    if (!pieces_.empty() && (first().count != log.count || first().is_file != log.is_file)) {
      return refused(fmt::format("{} is part {} of {} of {}, and {} is one of {}", quoted(*piece.part), log.number,
                                 log.count, quoted(log.of), quoted(*pieces_.begin()->second.part), first().count),
                     "measure all parts of a log with the same number of parts");
    }
    const auto [at, is_new] = pieces_.emplace(log.number, piece);
    if (!is_new) {
      return refused(fmt::format("part {} of {} of {} is in {} and in {}", log.number, log.count, quoted(log.of),
                                 quoted(*at->second.part), quoted(*piece.part)),
                     "merge each part once");
    }
    return std::nullopt;
  }

  /// Files with the same lines, or that were said to follow one another and are of the same time; empty: there are
  /// none.
  std::string find_doubt() const {
    if (const Repeated repeated = find_repeated(); !repeated.text.empty()) {
      return repeated.text + ": if one piece was measured twice, measure each with its own number";
    }
    const Piece* before = nullptr;
    for (const auto& [number, piece] : pieces_) {
      if (piece.log().is_file && !is_dealt(piece.log()) && before != nullptr && overlap(before->log(), piece.log())) {
        return fmt::format(
            "parts {} and {} of {} are of the same time: if their lines do not follow one another, measure "
            "the parts with --order",
            before->log().number, number, quoted(piece.log().of));
      }
      before = &piece;
    }
    return {};
  }

  /// Who says that this log is whole elsewhere names this part of it.
  const std::string& first_part() const { return *pieces_.begin()->second.part; }

  /// As one input.
  Expected<MeasuredInput> join() const {
    if (const std::optional<Error> torn = find_torn()) {
      return tl::unexpected(*torn);
    }
    if (Repeated repeated = find_repeated(); repeated.is_sure) {
      return tl::unexpected(
          refused(std::move(repeated.text), "measure each piece of the log once, with its own number"));
    }
    MeasuredInput one;
    Input input;
    input.path = first().of;
    input.bytes = 0;
    std::vector<const LogPiece*> pieces;
    for (const auto& [number, piece] : pieces_) {
      one.checksum += piece.log().checksum;
      input.bytes += piece.log().bytes;
      pieces.push_back(&piece.log());
    }
    const std::vector<std::uint32_t> missing = find_missing();
    one.checksum = missing.empty() ? one.checksum : 0;
    const auto format =
        std::find_if(table_.begin(), table_.end(), [&](const Format& known) { return known.name == first().format; });
    const bool has_first = first().number == 1;
    if (has_first && (format == table_.end() || !format->may_be_cut)) {
      return fail(ErrorKind::kInput, fmt::format("part 1 of {} is damaged", quoted(first().of)), {},
                  "measure it again");
    }
    if (has_first) {
      input.format = format->name;
      input.families.assign(format->families.begin(), format->families.end());
      input.feeds = format->feeds;
      one.schema = pieces_.begin()->second.input->schema;
      if (const Expected<void> counted = count(pieces, one, input); !counted) {
        return tl::unexpected(counted.error());
      }
    }
    one.is_torn = !missing.empty();
    describe_missing(missing, input, one.facts);
    one.facts.inputs.push_back(std::move(input));
    return one;
  }

 private:
  static bool overlap(const LogPiece& a, const LogPiece& b) {
    constexpr double kLeastMs = 1000;
    const QueryPieceHead one = QueryPieceReader(a.queries).head();
    const QueryPieceHead other = QueryPieceReader(b.queries).head();
    const double shared = std::min(one.last_ms, other.last_ms) - std::max(one.first_ms, other.first_ms);
    const double shorter = std::min(one.last_ms - one.first_ms, other.last_ms - other.first_ms);
    return one.first_ms >= 0 && other.first_ms >= 0 && shared >= kLeastMs && 2 * shared > shorter;
  }

  const LogPiece& first() const { return pieces_.begin()->second.log(); }

  /// One file that was measured under two numbers: the log would hold it twice, and another file not at all.
  struct Repeated {
    std::string text;  ///< empty: there is none
    bool is_sure = false;
  };
  Repeated find_repeated() const {
    std::map<std::tuple<std::uint64_t, std::uint64_t, std::uint32_t>, const Piece*> known;
    for (const auto& [number, piece] : pieces_) {
      const LogPiece& log = piece.log();
      const auto [at, is_new] = known.emplace(std::tuple(log.checksum, log.bytes, log.lines), &piece);
      if (is_new || !log.is_file) {  // ranges of one file lie side by side, see find_torn
        continue;
      }
      // Lines without times may well be the same in two pieces, and so may those of one moment.
      const QueryPieceHead head = QueryPieceReader(log.queries).head();
      return {fmt::format("parts {} and {} of {} read the same lines, see {} and {}", at->second->log().number, number,
                          quoted(log.of), quoted(*at->second->part), quoted(*piece.part)),
              log.order_by != LogPiece::Order::kTime && head.first_ms >= 0 && head.last_ms > head.first_ms};
    }
    return {};
  }

  std::vector<std::uint32_t> find_missing() const {
    std::vector<std::uint32_t> missing;
    for (std::uint32_t number = 1; number <= first().count; ++number) {
      if (!pieces_.contains(number)) {
        missing.push_back(number);
      }
    }
    return missing;
  }

  /// Neighbours of a log that was there to be cut lie side by side.
  std::optional<Error> find_torn() const {
    const Piece* before = nullptr;
    for (const auto& [number, piece] : pieces_) {
      const bool are_neighbours = before != nullptr && before->log().number + 1 == number;
      if (!piece.log().is_file && ((are_neighbours && before->log().begin + before->log().bytes != piece.log().begin) ||
                                   (number == 1 && piece.log().begin != 0))) {
        return refused(fmt::format("parts {} and {} of {} do not lie side by side", number == 1 ? 0 : number - 1,
                                   number, quoted(piece.log().of)),
                       "the log changed between the parts: measure them again when it is complete");
      }
      before = &piece;
    }
    return std::nullopt;
  }

  Expected<void> count(const std::vector<const LogPiece*>& pieces, MeasuredInput& one, Input& input) const {
    const RouteTable routes(settings_.routes, {settings_.selected, {}});
    Facts schemas;
    for (const MeasuredSchema& schema : settings_.schemas) {
      if (schema.input.path == one.schema) {
        schemas.inputs.push_back(schema.input);
        if (schema.input.state == InputState::kRead) {
          schemas.queries.schemas.push_back(schema.schema);
        }
        break;
      }
    }
    CollectContext context;
    context.routes = &routes;
    context.before = &schemas;
    Source source;
    source.path = input.path;
    if (!one.schema.empty()) {
      source.settings.set("schema", one.schema);
    }
    Expected<void> counted = collect_log_pieces(pieces, source, context, input, one.facts);
    for (QueryLog& log : one.facts.queries.logs) {
      log.schema = log.schema == QueryLog::kNoSchema ? log.schema : 0;
    }
    return counted;
  }

  void describe_missing(const std::vector<std::uint32_t>& missing, Input& input, Facts& facts) const {
    if (missing.empty()) {
      return;
    }
    const std::string text =
        fmt::format("part{} {} of {} of {} {} missing", missing.size() == 1 ? "" : "s", listed(missing), first().count,
                    quoted(first().of), missing.size() == 1 ? "is" : "are");
    constexpr std::string_view kHint = "measure the missing parts, and merge all of them";
    input.hint.clear();
    if (first().number != 1) {
      input.state = InputState::kUnreadable;
      input.message = text + "; what the log is shows in its first part";
      input.hint = kHint;
      return;
    }
    for (const std::string& family : input.families) {
      facts.unmeasured.push_back({family, {}, text, std::string(kHint), Location::of(input.path), true});
    }
    Account(input).incomplete(text, kHint);
  }

  const Measured& settings_;
  const std::vector<Format>& table_;
  std::map<std::uint32_t, Piece> pieces_;
};

class Joiner {
 public:
  Joiner(const std::vector<MeasuredPart>& parts, const std::vector<Format>& table) : parts_(parts), table_(table) {}

  ExpectedAll<Measured> join() {
    const Measured& first = parts_.front().measured;
    all_.program = first.program;
    all_.settings = first.settings;
    all_.routes = first.routes;
    all_.selected = first.selected;
    for (const MeasuredPart& part : parts_) {
      if (part.measured.settings != first.settings) {
        errors_.push_back(
            refused(fmt::format("{} and {} were measured with different budgets: their metrics, routes or "
                                "inputs differ",
                                quoted(parts_.front().path), quoted(part.path)),
                    "measure all parts with one budgets file"));
      }
      add_schemas(part);
    }
    for (const MeasuredPart& part : parts_) {
      for (const MeasuredInput& one : part.measured.inputs) {
        add(part, one);
      }
    }
    for (const auto& [at, log] : logs_in_order_) {
      Expected<MeasuredInput> joined = log->join();
      if (joined) {
        if (!joined->is_torn) {  // what a log whose parts are missing read is not known, and it never passes
          claim(*joined, log->first_part());
        }
        all_.inputs[at] = std::move(*joined);
        if (std::string doubt = log->find_doubt(); !doubt.empty()) {
          all_.doubts.push_back(std::move(doubt));
        }
      } else {
        errors_.push_back(std::move(joined.error()));
      }
    }
    if (!errors_.empty()) {
      return tl::unexpected(std::move(errors_));
    }
    all_.routes.clear();
    all_.selected.clear();
    put_in_order(all_);
    return std::move(all_);
  }

 private:
  void add_schemas(const MeasuredPart& part) {
    for (const MeasuredSchema& schema : part.measured.schemas) {
      const auto known = schemas_.find(schema.input.path);
      if (known == schemas_.end()) {
        schemas_.emplace(schema.input.path, std::pair(&schema, &part.path));
        all_.schemas.push_back(schema);
      } else if (!same_schema(*known->second.first, schema)) {
        errors_.push_back(refused(fmt::format("the schema {} differs between {} and {}", quoted(schema.input.path),
                                              quoted(*known->second.second), quoted(part.path)),
                                  "measure all parts of one checkout"));
      }
    }
  }

  static bool same_schema(const MeasuredSchema& a, const MeasuredSchema& b) { return written(a) == written(b); }
  static std::string written(const MeasuredSchema& schema) {
    Measured one;
    one.schemas.push_back(schema);
    return write_measured(one, {});
  }

  void add(const MeasuredPart& part, const MeasuredInput& one) {
    if (one.piece) {
      add_piece(part, one);
      return;
    }
    if (one.place == MeasuredInput::Place::kShared && is_known_shared(part, one)) {
      return;
    }
    if (one.place == MeasuredInput::Place::kGroup) {
      if (group_ != nullptr) {
        errors_.push_back(refused(fmt::format("{} and {} both hold files of a build, which are one input together",
                                              quoted(*group_), quoted(part.path)),
                                  "measure all files of a build in one part"));
      }
      group_ = &part.path;
    }
    if (one.place == MeasuredInput::Place::kFile && !one.facts.inputs.empty()) {
      claim(one, part.path);
    }
    all_.inputs.push_back(one);
  }

  /// A file belongs to one part, and a log that was measured in parts is no other file.
  void claim(const MeasuredInput& one, const std::string& part) {
    const Input& input = one.facts.inputs.front();
    const auto [at, is_new] = files_.emplace(std::tuple(input.path, input.bytes, one.checksum), &part);
    if (!is_new && input.state != InputState::kUnreadable) {
      errors_.push_back(
          refused(fmt::format("{} is in {} and in {}", quoted(input.path), quoted(*at->second), quoted(part)),
                  "merge each part once, and measure each file in one part"));
    }
  }

  /// A file that every part reads.
  bool is_known_shared(const MeasuredPart& part, const MeasuredInput& one) {
    const Input& input = one.facts.inputs.front();
    const auto [at, is_new] = shared_.emplace(input.path, std::pair(&one, &part.path));
    const auto& [known, path] = at->second;
    if (!is_new && (known->checksum != one.checksum || known->facts.inputs.front().bytes != input.bytes)) {
      errors_.push_back(
          refused(fmt::format("{} differs between {} and {}", quoted(input.path), quoted(*path), quoted(part.path)),
                  "measure all parts with the same file"));
    }
    return !is_new;
  }

  void add_piece(const MeasuredPart& part, const MeasuredInput& one) {
    const auto [at, is_new] = logs_.try_emplace(one.piece->of, all_, table_);
    if (is_new) {
      logs_in_order_.emplace_back(all_.inputs.size(), &at->second);
      all_.inputs.emplace_back();
    }
    if (const std::optional<Error> wrong = at->second.add({&one, &part.path})) {
      errors_.push_back(*wrong);
    }
  }

  const std::vector<MeasuredPart>& parts_;
  const std::vector<Format>& table_;
  Measured all_;
  Errors errors_;
  std::map<std::string, std::pair<const MeasuredSchema*, const std::string*>> schemas_;
  std::map<std::string, std::pair<const MeasuredInput*, const std::string*>> shared_;
  std::map<std::tuple<std::string, std::uint64_t, std::uint64_t>, const std::string*> files_;
  std::map<std::string, CutLog> logs_;
  std::vector<std::pair<std::size_t, const CutLog*>> logs_in_order_;
  const std::string* group_ = nullptr;
};

}  // namespace

ExpectedAll<Measured> join_measured(std::vector<MeasuredPart> parts, const std::vector<Format>& table) {
  return Joiner(parts, table).join();
}

}  // namespace budgetcheck
