#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/file_system.h"
#include "model/database.h"

namespace budgetcheck {

/// One *.prisma file: its path as messages name it, and its bytes.
struct SchemaFile {
  std::string path;
  std::string text;
};

/// Reads a Prisma schema: one file, or a folder of *.prisma files, which are one schema together (folders in it count,
/// except node_modules, migrations and hidden ones). A schema may be a fragment: without a datasource the kind is
/// unknown. Names in the result are safe to show. Errors: kInput, by place, all at once (the first hundred).
ExpectedAll<DatabaseSchema> read_prisma_schema(const FileSystem& files, const std::string& path);

/// The same from texts; any bytes are accepted. `DatabaseSchema::path` is the first file's.
ExpectedAll<DatabaseSchema> parse_prisma_schema(const std::vector<SchemaFile>& files);

}  // namespace budgetcheck
