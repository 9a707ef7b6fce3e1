#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "query/prisma/prisma_errors.h"
#include "query/prisma/prisma_lexer.h"

// The blocks of a schema as they are written, not yet understood; for src/query only.
namespace budgetcheck::prisma {

struct Argument;

/// What may stand as an argument or behind '='.
struct Value {
  enum class Kind {
    kWord,    ///< authorId, address.street, 10, true
    kString,  ///< `text` without quotes
    kCall,    ///< now(), name(length: 10): `text` is the name
    kList,    ///< […]
    kObject,  ///< {…}
  };
  Kind kind = Kind::kWord;
  std::string text;
  std::vector<Argument> items;  ///< of a call, list or object
  Place place;
};

struct Argument {
  std::string_view name;  ///< empty when it has none
  Value value;
};

struct Attribute {
  std::string name;  ///< without '@': "id", "db.VarChar"
  std::vector<Argument> arguments;
  Place place;
};

/// A field of a model, or a value of an enum (which has no type).
struct Field {
  std::string_view name;
  std::string type;
  bool unsupported = false;  ///< `type` is the text of Unsupported("…")
  bool list = false;
  bool optional = false;
  std::vector<Attribute> attributes;
  Place place;
  Place type_place;
};

struct Block {
  const std::string* file = nullptr;  ///< path of the file
  std::string_view keyword;
  std::string_view name;
  std::vector<Field> fields;
  std::vector<Attribute> attributes;  ///< those with "@@"
  std::vector<Argument> settings;     ///< "provider = …" of datasource and generator
  Place place;
  std::uint32_t end_line = 0;
  bool damaged = false;     ///< a line was not understood: what seems to be missing may stand there
  Place unread_index = {};  ///< where a line about an index was not understood; line 0: nowhere

  Location at(Place where) const { return {*file, where.line, where.column, {}}; }
};

/// How many parts all files together may have: it bounds memory whatever the files hold.
struct Budget {
  std::size_t parts = 500'000;
  bool exhausted = false;
};

/// Appends the blocks of one file; each error costs its line, or its block, not the file. Linear in the text's size.
/// The blocks refer to `path` and `text`. What is wrong with a line about an index goes into `unread`: no statement
/// needs it to be understood.
void parse(const std::string& path, std::string_view text, Budget& budget, ErrorList& errors, ErrorList& unread,
           std::vector<Block>& blocks);

}  // namespace budgetcheck::prisma
