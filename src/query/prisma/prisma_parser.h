#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/prisma/prisma_parse.h"

namespace budgetcheck::prisma {

/// Reads one file, for parse(). Functions that return false have reported an error.
class Parser {
 public:
  Parser(const std::string& path, std::string_view text, Budget& budget, ErrorList& errors, ErrorList& unread,
         std::vector<Block>& blocks)
      : path_(path), lexer_(text), budget_(budget), errors_(errors), unread_(unread), blocks_(blocks) {}

  void run();

 private:
  // prisma_parse.cpp: blocks and their lines
  bool at_block() const;
  bool at_index() const;
  void block();
  void contents(Block& block);
  bool line(Block& block);
  bool setting(Block& block);
  bool field(Block& block);
  bool type(Field& field);
  bool end_of_line();
  void recover(const Lexer& lexer, const Token& first);
  void skip_line();
  void skip_block();

  // prisma_parse_value.cpp: attributes and their arguments
  void advance() { token_ = lexer_.next(); }
  void skip_lines();
  bool spend();
  bool unexpected(std::string_view wanted, std::string hint = {});
  bool path(std::string& out);
  bool attribute(Attribute& out);
  bool value(Value& out, int depth);
  bool items(std::vector<Argument>& out, std::string_view close, int depth);
  Location at(Place place) const { return {path_, place.line, place.column, {}}; }

  const std::string& path_;
  Lexer lexer_;
  Token token_;
  Budget& budget_;
  ErrorList& errors_;
  ErrorList& unread_;
  std::vector<Block>& blocks_;
};

}  // namespace budgetcheck::prisma
