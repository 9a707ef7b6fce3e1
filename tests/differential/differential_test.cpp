#include <gtest/gtest.h>

#include <map>
#include <random>

#include "differential/corpus.h"
#include "differential/pg_query.h"
#include "query/sql/lexer.h"
#include "query/sql/shape.h"
#include "query/sql/statement.h"

// What a statement means, held against PostgreSQL's own parser.
namespace budgetcheck {
namespace {

std::string key_of(const std::string& sql) { return shape_of(sql, Dialect::kPostgres).key; }

/// The statement with other values, numbers of parameters, lengths of lists, blanks, comments and case of keywords.
std::string varied(const std::string& sql, std::mt19937& random) {
  constexpr const char* kGaps[] = {" ", "\n  ", "\t", " /* c */ ", " -- c\n"};
  std::string out;
  Lexer lexer(sql, Dialect::kPostgres);
  const auto shift = static_cast<std::uint32_t>(random() % 5);
  bool list = false;
  const bool lower = random() % 2 == 0;
  Token before;
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    // libpg_query looks one token ahead of these words, and does not look through a comment.
    const bool looks_ahead = before.word("NULLS") || before.word("NOT") || before.word("WITH");
    out += !token.spaced ? "" : looks_ahead ? " " : kGaps[random() % std::size(kGaps)];
    std::string text(token.text);
    if (token.kind == TokenKind::kPlaceholder) {
      text = "$" + std::to_string(token.ordinal + shift);
    } else if (token.kind == TokenKind::kNumber) {
      text = std::to_string(1 + random() % 900);
    } else if (token.kind == TokenKind::kString && !before.word("INTERVAL") && text != "'[]'") {
      text = "'v" + std::to_string(random() % 900) + "'";
    } else if (token.kind == TokenKind::kWord && lower) {
      for (char& c : text) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
      }
    }
    out += text;
    list = (before.word("IN") && token.is("(")) || (list && !token.is(")") && !token.word("SELECT"));
    const bool value = token.kind == TokenKind::kPlaceholder;
    for (std::size_t more = list && value ? random() % 4 : 0; more > 0; --more) {
      out += ", $" + std::to_string(10 + more);
    }
    before = token;
  }
  return out;
}

TEST(Differential, StatementsOfOneFingerprintHaveOneShapeAndNoOthers) {
  std::mt19937 random(3);
  std::map<std::string, std::string> key_by_fingerprint;
  std::map<std::string, std::string> fingerprint_by_key;
  std::vector<std::string> statements = oracle::corpus();
  statements.push_back("SELECT id FROM \"Post\" WHERE id IN ($1, $2)");
  statements.push_back("DELETE FROM \"Post\" WHERE id NOT IN ($1, $2)");
  ASSERT_GT(statements.size(), 250U);
  for (const std::string& sql : statements) {
    for (int i = 0; i < 4; ++i) {
      const std::string one = i == 0 ? sql : varied(sql, random);
      const oracle::Parsed parsed = oracle::parse(one);
      ASSERT_EQ(parsed.error, "") << one;
      const auto [key, new_print] = key_by_fingerprint.emplace(parsed.fingerprint, key_of(one));
      EXPECT_EQ(key->second, key_of(one)) << one << "\nhas the fingerprint of another shape";
      const auto [print, new_key] = fingerprint_by_key.emplace(key_of(one), parsed.fingerprint);
      EXPECT_EQ(print->second, parsed.fingerprint) << one << "\nhas the shape of another fingerprint";
      EXPECT_TRUE(i == 0 || !new_key) << one << "\nvaried is another shape than\n" << sql;
      EXPECT_TRUE(i != 0 || new_key) << sql << "\nhas a shape that another statement has";
    }
  }
}

TEST(Differential, WhereShapesDifferFromFingerprintsThereIsAReason) {
  for (const oracle::Pair& pair : oracle::we_join()) {
    EXPECT_EQ(key_of(pair.one), key_of(pair.other)) << pair.reason;
    EXPECT_NE(oracle::parse(pair.one).fingerprint, oracle::parse(pair.other).fingerprint) << pair.one;
  }
  for (const oracle::Pair& pair : oracle::we_part()) {
    EXPECT_NE(key_of(pair.one), key_of(pair.other)) << pair.reason;
    EXPECT_EQ(oracle::parse(pair.one).fingerprint, oracle::parse(pair.other).fingerprint) << pair.one;
  }
}

std::set<std::string> tables_of(const std::string& sql) {
  const Statement statement = parse_statement(shape_of(sql, Dialect::kPostgres).text, Dialect::kPostgres);
  EXPECT_TRUE(statement.understood) << sql;
  std::set<std::string> tables;
  for (const QueryBlock& block : statement.blocks) {
    for (const TableUse& use : block.tables) {
      if (!use.table.empty()) {
        tables.insert(use.table);
      }
    }
  }
  return tables;
}

TEST(Differential, EachStatementIsUnderstoodAndReadsTheTablesThatItNames) {
  for (const std::string& sql : oracle::corpus()) {
    EXPECT_EQ(tables_of(sql), oracle::parse(sql).read) << sql;
  }
}

TEST(Differential, AWriteInACommonTableIsPassedOver) {
  const std::string sql =
      "WITH x AS (DELETE FROM \"Tag\" WHERE id = $1 RETURNING id) SELECT id FROM \"Post\" JOIN x USING (id)";
  EXPECT_EQ(tables_of(sql), (std::set<std::string>{"Post"}));
  EXPECT_EQ(oracle::parse(sql).read, (std::set<std::string>{"Post", "Tag"}));
}

}  // namespace
}  // namespace budgetcheck
