#include <fmt/format.h>

#include <utility>

#include "query/prisma/prisma_parser.h"

namespace budgetcheck::prisma {
namespace {

constexpr int kMaxDepth = 32;

std::string described(const Token& token) {
  switch (token.kind) {
    case TokenKind::kEnd:
      return "the end of the file";
    case TokenKind::kLineEnd:
      return "the end of the line";
    default:
      return shown(token.text);
  }
}

}  // namespace

/// Inside brackets, lines do not matter.
void Parser::skip_lines() {
  while (token_.kind == TokenKind::kLineEnd) {
    advance();
  }
}

/// Takes one part from the budget. When it is used up, nothing more is read.
bool Parser::spend() {
  if (budget_.parts > 0) {
    --budget_.parts;
    return true;
  }
  if (!budget_.exhausted) {
    budget_.exhausted = true;
    errors_.add(at(token_.place), "the schema is too large to be one: reading stopped here",
                "name the folder or file of one schema");
  }
  lexer_ = Lexer(std::string_view());
  token_ = lexer_.next();
  return false;
}

bool Parser::unexpected(std::string_view wanted, std::string hint) {
  if (budget_.exhausted) {
    return false;
  }
  if (token_.kind == TokenKind::kFault && !token_.fault.empty()) {
    errors_.add(at(token_.place), std::string(token_.fault), std::move(hint));
  } else {
    std::string message = "unexpected " + described(token_);
    if (!wanted.empty()) {
      message += ", expected " + std::string(wanted);
    }
    errors_.add(at(token_.place), std::move(message), std::move(hint));
  }
  return false;
}

/// word.word.word
bool Parser::path(std::string& out) {
  while (true) {
    if (!token_.word()) {
      return unexpected("a name");
    }
    out += token_.text;
    advance();
    if (!token_.is(".")) {
      return true;
    }
    out += '.';
    advance();
  }
}

bool Parser::attribute(Attribute& out) {
  out.place = token_.place;
  advance();  // @ or @@
  if (!spend() || !path(out.name)) {
    return false;
  }
  if (!token_.is("(")) {
    return true;
  }
  return items(out.arguments, ")", 0);
}

bool Parser::value(Value& out, int depth) {
  out.place = token_.place;
  if (token_.kind == TokenKind::kString) {
    out.kind = Value::Kind::kString;
    out.text = unescape(token_.text);
    advance();
    return true;
  }
  if (token_.is("[")) {
    out.kind = Value::Kind::kList;
    return items(out.items, "]", depth + 1);
  }
  if (token_.is("{")) {
    out.kind = Value::Kind::kObject;
    return items(out.items, "}", depth + 1);
  }
  if (token_.is("-")) {
    out.text = "-";
    advance();
  }
  if (!token_.word()) {
    return unexpected("a value");
  }
  if (!path(out.text)) {
    return false;
  }
  if (token_.is("(")) {
    out.kind = Value::Kind::kCall;
    return items(out.items, ")", depth + 1);
  }
  return true;
}

/// What stands between brackets, from the opening one to behind the closing one; a last comma is allowed.
bool Parser::items(std::vector<Argument>& out, std::string_view close, int depth) {
  if (depth > kMaxDepth) {
    return unexpected({}, fmt::format("arguments are nested more than {} deep", kMaxDepth));
  }
  const Token open = token_;
  advance();
  skip_lines();
  while (!token_.is(close)) {
    Argument made;
    Lexer ahead = lexer_;
    if (token_.word() && ahead.next().is(":")) {
      made.name = token_.text;
      advance();
      advance();
      skip_lines();
    }
    if (!spend() || !value(made.value, depth)) {
      return false;
    }
    out.push_back(std::move(made));
    skip_lines();
    if (token_.is(",")) {
      advance();
      skip_lines();
    } else if (!token_.is(close)) {
      return unexpected("',' or " + shown(close),
                        fmt::format("{} of line {} is not closed yet", shown(open.text), open.place.line));
    }
  }
  advance();
  return true;
}

}  // namespace budgetcheck::prisma
