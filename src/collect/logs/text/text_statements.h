#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "collect/logs/text/console_text.h"
#include "collect/logs/text/known_texts.h"
#include "collect/logs/text/owned_record.h"
#include "collect/logs/text/statement_tail.h"
#include "collect/query_log/fields/query_fields.h"
#include "collect/text/inspected_value.h"
#include "collect/text/line_counts.h"
#include "json/lines/line_reader.h"

namespace budgetcheck {

/// Finds statements in the text that programs write: what Prisma and other libraries print on a console, what a handler
/// of Prisma's events or a logger makes of them, objects that were printed for people. Lines come one by one; a
/// statement may take several, and what belongs to it may stand in those before and behind it. Streams (containers) are
/// kept apart.
class TextStatements {
 public:
  /// Gets each statement. Says whether it is one in SQL.
  using Sink = std::function<bool(const LogRecord& record, std::uint32_t line)>;
  explicit TextStatements(Sink sink) : sink_(std::move(sink)) {}

  struct Text {
    std::string_view text;         ///< one line, or all of a logger's message
    std::string_view stream = {};  ///< who wrote it; empty: there is only one
    std::string_view time = {};    ///< when, as written
    std::uint32_t line = 0;
    const LogRecord* context = nullptr;  ///< what the object says that the text stood in; null: it stood in none
  };
  void read(const Text& text);
  /// A line that is a statement's event as an object; it is no text, but stands among it.
  void read_object(std::string_view object, const Text& text);
  /// Ends the statements that are open.
  void flush();

  const LineCounts& counts() const { return counts_; }
  std::uint64_t debug_lines() const { return debug_; }
  /// What Prisma logged that is no SQL.
  std::uint64_t not_sql() const { return not_sql_; }
  /// What follows may still belong to a statement.
  bool is_open() const;
  /// What the texts said of statements that may follow.
  bool remembers() const;
  /// A statement, or a part of one, that is too long.
  void broken(std::uint32_t line);

 private:
  /// How a statement was logged: one that comes in two forms, one right after the other, was executed once.
  enum class WrittenAs : std::uint8_t { kText, kObject, kBoth };
  struct Pending {
    bool open = false;
    bool by_prisma = false;
    bool bare = false;
    bool python = false;
    bool whole = false;   ///< the message ends with it
    bool spread = false;  ///< it began behind its mark's line
    bool twice = false;   ///< see console::Line
    std::size_t passed = 0;
    std::uint32_t line = 0;
    std::string prefix;
    std::string statement;
    std::string raw_params;
    std::string named;  ///< see console::Line
    OwnedRecord record;
    console::StatementScan scan;
  };
  struct Block {
    bool open = false;
    std::size_t indent = 0;
    std::size_t lines = 0;
    std::uint32_t line = 0;
    std::string head;
    std::string text;
    BracketScan scan;
  };
  struct Stream {
    Pending pending;
    Block block;
    console::Around before;  ///< parameters that stood before a statement
    console::Around entry;   ///< what the entry says that indented lines belong to
  };

  static bool goes_on_with_bare(const Pending& pending, std::string_view line);
  Stream& stream_of(const Text& text);
  void read_line(Stream& stream, std::string_view line, const Text& text);
  bool in_block(Stream& stream, std::string_view line, const Text& text);
  bool opens_block(Stream& stream, std::string_view line, const Text& text);
  void end_block(Stream& stream, const Text& text);
  bool one_line_object(Stream& stream, std::string_view line, const Text& text);
  bool take_object(Stream& stream, std::string object, std::string_view head, const Text& text);
  void begin(Stream& stream, const console::Line& line, const Text& text);
  void params(Stream& stream, const console::Line& line);
  bool comes_again(Stream& stream, const console::Line& line);
  bool go_on(Stream& stream, std::string_view line);
  void cut(Pending& pending, OwnedRecord& record);
  void end(Stream& stream);
  void emit(OwnedRecord record, std::uint32_t line, WrittenAs form, bool by_prisma);
  void release();

  Sink sink_;
  json::LineReader objects_;
  RecordReader records_;
  console::KnownTexts texts_;
  std::map<std::string, Stream, std::less<>> streams_;
  LineCounts counts_;
  std::uint64_t debug_ = 0;
  std::uint64_t not_sql_ = 0;
  /// The last statement, which a second form of the same may follow.
  struct Held {
    OwnedRecord record;
    std::uint32_t line = 0;
    WrittenAs form = WrittenAs::kText;
    bool by_prisma = false;
  };
  std::optional<Held> held_;
};

}  // namespace budgetcheck
