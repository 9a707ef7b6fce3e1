#include "query/sql/value_places.h"

#include <gtest/gtest.h>

#include <string>

#include "query/sql/lexer.h"

namespace budgetcheck {
namespace {

using Place = ValuePlaces::Place;

/// The place behind these tokens.
Place behind(const std::string& sql) {
  ValuePlaces places;
  Lexer lexer(sql);
  for (Token token = lexer.next(); token.kind != TokenKind::kEnd; token = lexer.next()) {
    places.take(token);
  }
  return places.place();
}

TEST(ValuePlaces, OnlyValuesStandBehindAComparisonAndInLists) {
  for (const char* sql :
       {"a =", "a LIKE", "a BETWEEN", "a BETWEEN 1 AND", "a IN (", "a IN (1,", "a NOT IN ((1, 2), (3,", "VALUES (",
        "VALUES (1), (", "VALUES (1, lower(", "VALUES ROW(1), ROW(", "a = lower(", "a = s.f(", "a = (",
        "MATCH (a) AGAINST (", "CALL p(", "a = ANY("}) {
    EXPECT_EQ(behind(sql), Place::kValue) << sql;
  }
}

TEST(ValuePlaces, OnlyNamesStandBesideADotAndBehindWhatNamesThem) {
  for (const char* sql : {"a.", "SELECT 1 FROM", "a JOIN", "INSERT INTO", "UPDATE", "1 AS", "CALL"}) {
    EXPECT_EQ(behind(sql), Place::kIdentifier) << sql;
  }
}

TEST(ValuePlaces, BothStandElsewhere) {
  for (const char* sql :
       {"", "SELECT", "SELECT a,", "SELECT count(", "a = 1 AND", "a = 1 AND (", "a BETWEEN 1 AND 2 AND", "a IN (1) AND",
        "a IN (SELECT", "a = (SELECT max(", "INSERT INTO t (", "VALUES (1) RETURNING", "ORDER BY", "ON CONFLICT (",
        "a = f(1) OR", "a = 1 + 2 AND g("}) {
    EXPECT_EQ(behind(sql), Place::kEither) << sql;
  }
}

TEST(ValuePlaces, SurvivesAnyDepth) {
  const std::string deep(200, '(');
  EXPECT_EQ(behind("a IN " + deep), Place::kValue);
  EXPECT_EQ(behind("a IN " + deep + std::string(200, ')') + " AND"), Place::kEither);
  EXPECT_EQ(behind(std::string(200, ')')), Place::kEither);
}

}  // namespace
}  // namespace budgetcheck
