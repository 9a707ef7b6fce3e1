#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "query/index/table_access.h"
#include "query/sql/statement.h"
#include "unit/query/prisma/prisma_testing.h"

// Statements and their access to tables as short texts, so that a case is one line.
namespace budgetcheck {

inline std::string shown(const ColumnRef& column) {
  return column.qualifier.empty() ? column.name : column.qualifier + "." + column.name;
}

/// "t.a =", "(a in & {lower(b)} =)", "exists #1"; a bare column on the other side follows the sign.
inline std::string shown(const Condition& condition) {
  constexpr const char* kSigns[] = {"=",        "in",          "range",    "null",      "not null",     "<>",
                                    "not in",   "like-prefix", "like-any", "like-some", "ilike-prefix", "ilike-any",
                                    "contains", "match",       "other"};
  const std::string block = condition.block == Condition::kNoBlock ? "" : " #" + std::to_string(condition.block);
  switch (condition.kind) {
    case Condition::Kind::kTrue:
      return "true";
    case Condition::Kind::kFalse:
      return "false";
    case Condition::Kind::kUnknown:
      return "unknown";
    case Condition::Kind::kExists:
      return "exists" + block;
    case Condition::Kind::kNotExists:
      return "not exists" + block;
    case Condition::Kind::kCompare:
      break;
    default: {
      std::vector<std::string> parts;
      for (const Condition& part : condition.parts) {
        parts.push_back(shown(part));
      }
      return "(" + join(parts, condition.kind == Condition::Kind::kAnd ? " & " : " | ") + ")";
    }
  }
  std::string side = condition.column.name.empty() ? "{" + condition.expression + "}" : shown(condition.column);
  if (!condition.row.empty()) {
    std::vector<std::string> row;
    for (const ColumnRef& column : condition.row) {
      row.push_back(shown(column));
    }
    side = "[" + join(row, ", ") + "]";
  }
  return side + (condition.cast.empty() ? "" : "::" + condition.cast) + " " +
         kSigns[static_cast<int>(condition.comparison)] +
         (condition.other.name.empty() ? "" : " " + shown(condition.other)) + block;
}

/// "Post p, left User u on (u.id = p.userId) where … order a, b desc limit", the block's role in front.
inline std::string shown(const QueryBlock& block) {
  constexpr const char* kRoles[] = {"top", "from", "exists", "scalar"};
  constexpr const char* kJoins[] = {"", "left ", "kept "};
  std::vector<std::string> tables;
  for (const TableUse& use : block.tables) {
    std::string name = use.schema.empty() ? use.table : use.schema + "." + use.table;
    name += use.block == Condition::kNoBlock ? "" : "#" + std::to_string(use.block);
    name += use.alias.empty() ? "" : (name.empty() ? "" : " ") + use.alias;
    const std::string on = use.on.kind == Condition::Kind::kTrue ? "" : " on " + shown(use.on);
    tables.push_back(kJoins[static_cast<int>(use.join)] + name + on);
  }
  std::string out =
      std::string(kRoles[static_cast<int>(block.role)]) + (tables.empty() ? "" : " ") + join(tables, ", ");
  out += block.where.kind == Condition::Kind::kTrue ? "" : " where " + shown(block.where);
  for (std::size_t i = 0; i < block.order.size(); ++i) {
    const OrderTerm& term = block.order[i];
    out += i == 0 ? " order " : ", ";
    out += (term.column.name.empty() ? "{}" : shown(term.column)) + (term.descending ? " desc" : "");
  }
  out += block.limited ? " limit" : "";
  out += block.aggregate ? " aggregate" : "";
  out += block.grouped ? " grouped" : "";
  out += block.in_union ? " union" : "";
  out += block.negated ? " negated" : "";
  return out;
}

/// All blocks, parted by " / "; "?" for a statement that is not understood.
inline std::string shown(const Statement& statement) {
  std::vector<std::string> blocks;
  for (const QueryBlock& block : statement.blocks) {
    blocks.push_back(shown(block));
  }
  return statement.understood ? join(blocks, " / ") : "?";
}

inline std::string parsed(std::string_view sql, Dialect dialect = Dialect::kPostgres) {
  return shown(parse_statement(sql, dialect));
}
/// What follows WHERE in "SELECT a FROM t WHERE …".
inline std::string where(const std::string& condition, Dialect dialect = Dialect::kPostgres) {
  const Statement statement = parse_statement("SELECT a FROM t WHERE " + condition, dialect);
  return statement.understood ? shown(statement.blocks.at(0).where) : "?";
}

/// The same with the operator, the value's type and the truth value: "a contains @> of jsonb", "active = true".
inline std::string operator_in(const std::string& condition, Dialect dialect = Dialect::kPostgres) {
  constexpr const char* kTruths[] = {"", " true", " false"};
  const Statement statement = parse_statement("SELECT a FROM t WHERE " + condition, dialect);
  const Condition where = statement.understood ? statement.blocks.at(0).where : Condition();
  return shown(where) + (where.op.empty() ? "" : " " + where.op) +
         (where.value_type.empty() ? "" : " of " + where.value_type) + kTruths[static_cast<int>(where.truth)];
}

inline std::string shown(Obstacle obstacle) {
  constexpr const char* kNames[] = {"none",        "no index",     "not leading", "wildcard",     "case",
                                    "pattern ops", "not equal",    "expression",  "wrong method", "operator",
                                    "partial",     "not distinct", "value type"};
  return kNames[static_cast<int>(obstacle)];
}

/// "p filter title:wildcard", with "walk", "early", "maybe", "or" and "inside" where they hold; "p served if" when it
/// depends on a value.
inline std::string shown(const TableAccess& access) {
  constexpr const char* kWays[] = {"served", "filter",  "join",    "order",     "unbounded",
                                   "whole",  "bounded", "unknown", "references"};
  std::string out = access.alias + " " + kWays[static_cast<int>(access.way)];
  if (access.way == TableAccess::Way::kFilter || access.way == TableAccess::Way::kJoin ||
      access.way == TableAccess::Way::kReferences) {
    for (const Unserved& part : access.unserved) {
      out += " " + (part.column.empty() ? "{" + part.expression + "}" : part.column) + ":" + shown(part.obstacle);
    }
    out += access.ordered_walk ? " walk" : "";
    out += access.early_stop ? " early" : "";
    out += access.may_be_joined ? " or joined" : "";
    out += access.uncertain ? " maybe" : "";
    out += access.alternatives ? " or" : "";
  }
  out += access.depends_on == nullptr ? "" : " if";
  out += access.behind_cursor ? " cursor" : "";
  return out + (access.in_subquery ? " inside" : "");
}

/// How the statement comes to each table of the schema, parted by " / ".
inline std::string accessed(const DatabaseSchema& schema, std::string_view sql, bool limited = true) {
  std::vector<std::string> tables;
  for (const TableAccess& access : access_of(parse_statement(sql, dialect_of(schema.kind)), schema, limited).tables) {
    tables.push_back(shown(access));
  }
  return join(tables, " / ");
}

/// A blog of one provider. No relation, so no index that nobody declared.
inline DatabaseSchema blog(const std::string& provider) {
  return schema_of("datasource db {\n  provider = \"" + provider + "\"\n}\n" + R"(
model User {
  id        Int      @id
  email     String   @unique
  name      String
  tenantId  Int
  createdAt DateTime
  active    Boolean
  @@index([tenantId, createdAt])
}
model Post {
  id        Int       @id
  slug      String    @unique
  title     String
  body      String
  authorId  Int
  editorId  Int
  views     Int
  published Boolean
  meta      Json
  createdAt DateTime
  deletedAt DateTime?
  @@index([title])
  @@index([editorId])
  @@index([createdAt, views])
}
model Tag {
  id     Int @id
  postId Int
  name   String
  @@index([name])
}
view Report {
  id Int @unique
  n  Int
}
)");
}

inline const DatabaseSchema& postgres() {
  static const DatabaseSchema schema = blog("postgresql");
  return schema;
}
inline const DatabaseSchema& mysql() {
  static const DatabaseSchema schema = blog("mysql");
  return schema;
}
inline const DatabaseSchema& sqlite() {
  static const DatabaseSchema schema = blog("sqlite");
  return schema;
}

}  // namespace budgetcheck
