#include "query/prisma/prisma_parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "query/prisma/prisma_parser.h"

namespace budgetcheck::prisma {
namespace {

constexpr std::size_t kMaxLines = 5000;  ///< of one block; no database has tables that wide

const std::vector<std::string>& keywords() {
  static const std::vector<std::string> kKeywords{"model", "enum", "datasource", "generator", "view", "type"};
  return kKeywords;
}

bool is_keyword(const Token& token) {
  return token.word() && std::find(keywords().begin(), keywords().end(), token.text) != keywords().end();
}

bool is_config(const Block& block) { return block.keyword == "datasource" || block.keyword == "generator"; }

}  // namespace

void Parser::run() {
  advance();
  while (token_.kind != TokenKind::kEnd) {
    if (token_.kind == TokenKind::kLineEnd) {
      advance();
    } else {
      block();
    }
  }
}

/// "model User {": three tokens that can begin nothing else.
bool Parser::at_block() const {
  Lexer ahead = lexer_;
  return token_.word() && ahead.next().word() && ahead.next().is("{");
}

/// "@@index", "@@unique" and the like.
bool Parser::at_index() const {
  Lexer ahead = lexer_;
  const Token name = token_.is("@@") ? ahead.next() : Token();
  return name.text == "index" || name.text == "unique" || name.text == "fulltext" || name.text == "id";
}

void Parser::block() {
  const Token keyword = token_;
  const bool known = is_keyword(keyword);
  if (!known && !at_block()) {
    if (keyword.kind == TokenKind::kFault && !keyword.fault.empty()) {
      unexpected({});
    } else {
      errors_.add(at(keyword.place), "this line belongs to no block", "a block begins like 'model User {'");
    }
    skip_line();
    return;
  }
  Block block;
  block.file = &path_;
  block.keyword = keyword.text;
  block.place = keyword.place;
  advance();
  if (!token_.word()) {
    unexpected("a name", fmt::format("write it like '{} Name {{'", block.keyword));
    skip_line();
    return;
  }
  block.name = token_.text;
  advance();
  if (!token_.is("{")) {
    unexpected("'{'", fmt::format("write it like '{} Name {{'", block.keyword));
    skip_line();
    return;
  }
  advance();
  if (!known) {
    const std::string meant = errors_.nearest_of(keyword.text, keywords());
    const std::string hint = meant.empty() ? "blocks are model, view, enum, type, datasource and generator"
                                           : fmt::format("did you mean {}?", shown(meant));
    errors_.add(at(keyword.place), "a schema has no blocks named " + shown(keyword.text), hint);
    // Read as what was meant, so that the names it brings are not missed elsewhere.
    const auto found = std::find(keywords().begin(), keywords().end(), meant);
    block.keyword = found == keywords().end() ? std::string_view() : std::string_view(*found);
  }
  if (block.keyword.empty()) {
    skip_block();
    return;
  }
  contents(block);
  if (spend()) {
    blocks_.push_back(std::move(block));
  }
}

void Parser::contents(Block& block) {
  std::size_t lines = 0;
  while (true) {
    skip_lines();
    if (token_.is("}")) {
      block.end_line = token_.place.line;
      advance();
      return;
    }
    if (token_.kind == TokenKind::kEnd || (is_keyword(token_) && at_block())) {
      if (!budget_.exhausted) {
        const std::string before = token_.kind == TokenKind::kEnd ? " before the end of the file"
                                                                  : " before line " + std::to_string(token_.place.line);
        errors_.add(at(block.place), fmt::format("the block {} is not closed{}", shown(block.name), before),
                    "add a line with '}'");
      }
      block.end_line = token_.place.line;
      block.damaged = true;
      return;
    }
    if (++lines > kMaxLines) {
      errors_.add(at(token_.place), fmt::format("the block {} has more than {} lines", shown(block.name), kMaxLines));
      block.damaged = true;
      skip_block();
      return;
    }
    const Lexer lexer = lexer_;
    const Token first = token_;
    const bool index = at_index();
    const std::size_t errors = errors_.size();
    if (!line(block) || !end_of_line()) {
      if (index && !budget_.exhausted) {
        errors_.move_since(errors, unread_);
        block.unread_index = first.place;
      } else {
        block.damaged = true;
      }
      recover(lexer, first);
    }
  }
}

bool Parser::line(Block& block) {
  if (token_.is("@@")) {
    Attribute made;
    if (!attribute(made)) {
      return false;
    }
    block.attributes.push_back(std::move(made));
    return true;
  }
  if (!token_.word()) {
    const bool enumeration = block.keyword == "enum";
    return unexpected(is_config(block) ? "a setting"
                      : enumeration    ? "a value or '@@'"
                                       : "a field or '@@'",
                      token_.is("@") ? "the attributes of a field belong on its line" : "");
  }
  return is_config(block) ? setting(block) : field(block);
}

bool Parser::setting(Block& block) {
  Argument made;
  made.name = token_.text;
  advance();
  if (!token_.is("=")) {
    return unexpected("'='", "write it like 'provider = \"postgresql\"'");
  }
  advance();
  if (!spend() || !value(made.value, 0)) {
    return false;
  }
  block.settings.push_back(std::move(made));
  return true;
}

bool Parser::field(Block& block) {
  Field made;
  made.name = token_.text;
  made.place = token_.place;
  advance();
  if (block.keyword != "enum" && !type(made)) {
    return false;
  }
  while (token_.is("@")) {
    Attribute next;
    if (!attribute(next)) {
      return false;
    }
    made.attributes.push_back(std::move(next));
  }
  if (!spend()) {
    return false;
  }
  block.fields.push_back(std::move(made));
  return true;
}

bool Parser::type(Field& field) {
  if (token_.is(":")) {
    advance();  // Prisma 1 wrote it, and Prisma still reads it
  }
  field.type_place = token_.place;
  if (!token_.word()) {
    return unexpected("the type of " + shown(field.name), "write it like 'name String'");
  }
  field.type = token_.text;
  advance();
  if (field.type == "Unsupported" && token_.is("(")) {
    advance();
    if (token_.kind != TokenKind::kString) {
      return unexpected("the database's type in quotes");
    }
    field.unsupported = true;
    field.type = unescape(token_.text);
    advance();
    if (!token_.is(")")) {
      return unexpected("')'");
    }
    advance();
  }
  if (token_.is("[")) {
    advance();
    if (!token_.is("]")) {
      return unexpected("']'");
    }
    advance();
    field.list = true;
    if (token_.is("?")) {
      return unexpected({}, "a list cannot be optional; it can be empty");
    }
  } else if (token_.is("?") || token_.is("!")) {
    field.optional = token_.is("?");
    advance();
  }
  return true;
}

bool Parser::end_of_line() {
  if (token_.kind == TokenKind::kLineEnd || token_.kind == TokenKind::kEnd || token_.is("}")) {
    return true;
  }
  return unexpected("the end of the line");
}

/// Goes on behind the first line of a statement that was not understood: arguments that span lines belong to it, but
/// not what can only be a new line of the block.
void Parser::recover(const Lexer& lexer, const Token& first) {
  if (budget_.exhausted) {
    return;
  }
  lexer_ = lexer;
  token_ = first;
  int open = 0;
  while (token_.kind != TokenKind::kEnd) {
    if (token_.kind == TokenKind::kLineEnd) {
      skip_lines();
      Lexer ahead = lexer_;
      const bool begins = token_.is("}") || token_.is("@@") || (token_.word() && ahead.next().word());
      if (open <= 0 || begins) {
        return;
      }
      continue;
    }
    if (token_.is("}") && open <= 0) {
      return;
    }
    if (token_.is("(") || token_.is("[") || token_.is("{")) {
      ++open;
    } else if (token_.is(")") || token_.is("]") || token_.is("}")) {
      --open;
    }
    advance();
  }
}

void Parser::skip_line() {
  while (token_.kind != TokenKind::kEnd && token_.kind != TokenKind::kLineEnd) {
    advance();
  }
}

/// To behind the line that closes it, or to the next block.
void Parser::skip_block() {
  while (token_.kind != TokenKind::kEnd) {
    if (token_.is("}")) {
      skip_line();
      return;
    }
    if (is_keyword(token_) && at_block()) {
      return;
    }
    skip_line();
    skip_lines();
  }
}

void parse(const std::string& path, std::string_view text, Budget& budget, ErrorList& errors, ErrorList& unread,
           std::vector<Block>& blocks) {
  if (!budget.exhausted) {
    Parser(path, text, budget, errors, unread, blocks).run();
  }
}

}  // namespace budgetcheck::prisma
