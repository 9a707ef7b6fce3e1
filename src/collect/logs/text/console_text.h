#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// What lines of a console look like when a program writes its queries there; for src/collect only.
namespace budgetcheck::console {

/// What a line begins with, behind what a logger, docker, journald and their like put before it.
enum class Mark {
  kNone,
  kQuery,     ///< "prisma:query SELECT …", "Query: SELECT …", "[db] (2ms) SELECT …"
  kBare,      ///< "SELECT …" with nothing before it: whether it was executed, only other lines say
  kParams,    ///< "Params: […]" of the statement before (or behind) it
  kBinding,   ///< "binding parameter (1:BIGINT) <- [7]": one more of its parameters
  kDuration,  ///< "Duration: 5ms"
  kMessage,   ///< prisma:error, prisma:warn, prisma:info and others
  kDebug,     ///< prisma:client and its like: what DEBUG=prisma:* writes
};

struct Line {
  Mark mark = Mark::kNone;
  bool by_prisma = false;   ///< Prisma itself wrote it
  bool checked = false;     ///< `rest` begins a statement of SQL for certain
  bool python = false;      ///< its placeholders are those of Python
  bool twice = false;       ///< the statement follows with placeholders, and then once more with its values
  double duration_ms = -1;  ///< where the line is known to say it; negative: it does not
  std::string_view prefix;  ///< what stands before the mark
  std::string_view rest;    ///< behind it, without blanks around it and without a "+4ms"
  std::string_view time;    ///< when, where the line says it elsewhere than at its beginning
  std::string_view named;   ///< "@a='1', @b='x'": parameters of the statement, which has these names
};

/// Looks for a mark near the line's beginning.
Line read_line(std::string_view line);

/// The line without colours; `buffer` holds it when there were any.
std::string_view without_colours(std::string_view line, std::string& buffer);

/// The line without `prefix`, in which any digit fits any digit; nothing (a null view) when it begins otherwise.
std::string_view behind_prefix(std::string_view line, std::string_view prefix);

/// Follows a statement that was written over several lines, to know whether it can end where it is.
class StatementScan {
 public:
  /// One line of it. Linear, whatever came before.
  void feed(std::string_view line);
  /// A quote, bracket or comment is open, or the last word asks for more.
  bool is_open() const { return quote_ != 0 || in_comment_ || depth_ > 0 || dangling_; }
  /// What stands in quotes or a comment goes on whatever it looks like.
  bool in_text() const { return quote_ != 0 || in_comment_; }
  /// Nothing came so far, or nothing but comments: these may be all of it, as where a driver tells what it did.
  bool has_not_begun() const { return !begun_; }
  /// `line` begins as a clause of this statement does, or as a statement where none has begun.
  bool goes_on_with(std::string_view line) const;

 private:
  char quote_ = 0;
  bool in_comment_ = false;
  std::size_t depth_ = 0;
  bool dangling_ = false;
  bool begun_ = false;
  bool first_word_ = true;
  bool lower_case_ = false;  ///< its keywords are written in small letters
};

/// The line is the beginning of another log entry: JSON, or a time.
bool begins_entry(std::string_view line);

}  // namespace budgetcheck::console
