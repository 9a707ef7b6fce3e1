#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/database.h"
#include "query/prisma/prisma_parse.h"

// From blocks to tables, in three steps; for src/query only.
namespace budgetcheck::prisma {

/// What a field's name stands for: an index into the table's columns, or into its relations.
struct Member {
  bool relation = false;
  std::size_t index = 0;
};

/// A relation whose other side is not looked for yet.
struct OpenRelation {
  std::size_t table = 0;
  std::size_t relation = 0;  ///< in that table
  std::size_t target = 0;    ///< the other table
  const Field* field = nullptr;
  std::string name;   ///< as the schema gives it; empty: not given
  bool owns = false;  ///< says `fields`, so the key is on this side
};

/// The tables while they are made. Tables, blocks and members go by the same index.
struct Draft {
  DatabaseSchema schema;
  std::vector<const Block*> blocks;
  std::vector<std::unordered_map<std::string_view, Member>> members;
  std::vector<OpenRelation> relations;

  Location at(std::size_t table, Place place) const { return blocks[table]->at(place); }
};

/// 1. Names of tables and columns.
void read_tables(const std::vector<Block>& blocks, Draft& draft, ErrorList& errors);
/// 2. Indexes that the schema declares. A line that is not understood costs that index: it goes into `unread`.
void read_indexes(Draft& draft, ErrorList& unread);
/// 3. Both sides of relations, the tables between them, and the indexes that MySQL makes for foreign keys.
void link_relations(Draft& draft, ErrorList& errors);

/// The condition of a partial index (`where`) as SQL; empty when it is not understood.
std::string predicate_of(const Draft& draft, std::size_t table, const Value& where);

/// The column of a field; null and an error when there is none.
const Column* find_column(const Draft& draft, std::size_t table, std::string_view field, const Location& where,
                          ErrorList& errors);

const Attribute* find_attribute(const std::vector<Attribute>& attributes, std::string_view name);
/// The argument of this name, or else the first that has none; null when there is neither.
const Value* find_argument(const Attribute& attribute, std::string_view name, bool may_be_unnamed);
/// The items of a list; another value is a list of itself, as for Prisma.
std::vector<const Value*> list_of(const Value& value);
/// The text of @map("…") and the like, safe to show; empty and an error when there is none.
std::string mapped_name(const Block& block, const Attribute& attribute, ErrorList& errors);

}  // namespace budgetcheck::prisma
