#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/location.h"

// What is known of a database without asking it: its tables and indexes (from schema.prisma), how many rows they have,
// and which way its planner went.
namespace budgetcheck {

enum class DatabaseKind { kUnknown, kPostgres, kMysql, kSqlite, kSqlServer, kCockroach };

/// "PostgreSQL", "MySQL", …; "the database" when it is not known.
std::string_view to_string(DatabaseKind kind);

enum class ColumnType {
  kUnknown,  ///< Unsupported("…") and whatever else is not one of these
  kString,
  kInt,
  kBigInt,
  kFloat,
  kDecimal,
  kBoolean,
  kDateTime,
  kJson,
  kBytes,
  kEnum,
};

struct Column {
  std::string field;  ///< the model's name of it: authorId
  std::string name;   ///< the database's: author_id
  ColumnType type = ColumnType::kUnknown;
  std::string native;  ///< "Uuid" of @db.Uuid, "VarChar(120)", "tsvector" of Unsupported("…"); empty when not given
  bool list = false;
  bool optional = false;
  bool set_when_created = false;  ///< @default(now())
  bool set_when_updated = false;  ///< @updatedAt
  Location location;
};

/// A field whose type is another model.
struct Relation {
  std::string field;
  std::string model;                    ///< the other side
  bool list = false;                    ///< this row has many of the other
  std::vector<std::string> columns;     ///< database names of the foreign key in this table; empty on the other side
  std::vector<std::string> references;  ///< what these point at, in the other table
  /// What becomes of rows that refer to one that is deleted: as the schema says, or Prisma's default.
  enum class OnDelete { kCascade, kSetNull, kRestrict };
  OnDelete on_delete = OnDelete::kRestrict;
  /// The field of the other model that is this relation seen from there; empty when it has none.
  std::string opposite;
  /// The table between the two sides of an implicit many-to-many relation; empty for others.
  std::string join_table;
  Location location;
};

struct IndexColumn {
  std::string field;
  std::string name;  ///< the database's; empty for an expression
  bool descending = false;
  std::uint32_t length = 0;     ///< MySQL: only so many characters are indexed; 0: all
  std::string ops;              ///< operator class as written: "JsonbPathOps", or the text of raw("…")
  std::string expression = {};  ///< "lower(email)", where no column stands
};

struct TableIndex {
  enum class Kind {
    kPrimary,
    kUnique,
    kPlain,
    kFullText,
    kForeignKey,  ///< not declared: the database makes it for a foreign key
  };
  enum class Method {
    kBTree,
    kHash,
    kGin,
    kGist,
    kSpGist,
    kBrin,
    kOther,  ///< one that is not known here (an extension's): nobody can say what it serves
  };
  Kind kind = Kind::kPlain;
  Method method = Method::kBTree;
  std::vector<IndexColumn> columns;
  bool partial = false;        ///< covers only rows that a condition names
  std::string predicate = {};  ///< that condition as SQL, in the database's names; empty when it is not understood
  std::string name;            ///< map: of the database; empty when not given
  Location location;
};

struct Table {
  std::string model;   ///< of the schema; empty for a table between two models
  std::string name;    ///< of the database
  std::string schema;  ///< @@schema; empty when not given
  bool view = false;
  std::vector<Column> columns;
  std::vector<Relation> relations;
  std::vector<TableIndex> indexes;
  Location location;           ///< of the model's line
  std::uint32_t end_line = 0;  ///< of its closing brace; 0 for a table between two models
  /// A line about an index was not understood, so there may be one more; line 0: none.
  Location unread_index = {};

  /// By the database's name of the column, ignoring case; null when there is none.
  const Column* column(std::string_view name) const;
};

/// The tables of one schema.prisma (or of a folder of such files).
struct DatabaseSchema {
  std::string path;  ///< as the user named it
  DatabaseKind kind = DatabaseKind::kUnknown;
  bool foreign_keys = true;  ///< false under relationMode = "prisma": the database has none
  std::vector<Table> tables;
  /// Why less is known than one would expect: "file:line:column: sentence". Safe to show.
  std::vector<std::string> remarks;

  /// By the database's name, with or without its schema. An exact match wins over one that ignores case. Null when
  /// there is none, or several and `schema` does not distinguish them.
  const Table* table(std::string_view name, std::string_view schema = {}) const;
  const Table* model(std::string_view name) const;
};

/// How many rows a table has, from statistics that the user exported.
struct TableSize {
  std::string schema;  ///< empty when not given
  std::string table;
  double rows = 0;
};

/// One step of a captured plan that reads a table.
struct PlanAccess {
  enum class Way {
    kScan,       ///< every row
    kFullIndex,  ///< every entry of an index: no condition on its leading column
    kIndex,      ///< the entries that a condition on the leading column (or a join) names
    kUnknown,
  };
  std::string table;  ///< the database's name, without schema
  std::string alias;  ///< empty when it is the table's name or not known
  std::string index;  ///< empty: none
  Way way = Way::kUnknown;
  /// Columns that the index's condition names, in its order and as the database spells them. PostgreSQL says "Index
  /// Cond" too when the condition is not on the leading column, and then every entry is read: the plan does not show
  /// the index's columns, so `way` is kIndex all the same. Empty: no condition, or the source does not say.
  std::vector<std::string> condition_columns;
  bool filtered = false;  ///< rows that were read are filtered by another condition
  /// A LIMIT above ends the reading as soon as it has enough: without `filtered` no more rows than that are read.
  bool limited = false;
  double rows_read = -1;      ///< over all loops; negative: unknown (the plan was not timed)
  double rows_returned = -1;  ///< of these, those that the conditions let pass
  /// What the planner expected of one loop; negative: unknown. PostgreSQL: rows that the step returns; MySQL and
  /// MariaDB: rows that it reads.
  double rows_estimated = -1;
  double loops = 1;
};

/// What a planner did for one statement of a query log.
struct CapturedPlan {
  std::uint32_t shape = 0;  ///< index into QueryLog::shapes
  std::vector<PlanAccess> accesses;
  double rows_examined = -1;  ///< over all steps; negative: unknown
  double rows_sent = -1;
  Location location;
};

}  // namespace budgetcheck
