#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// The database whose statements a log holds, as the schema says that the input's setting `schema` names.
struct LogSchema {
  std::uint32_t number = QueryLog::kNoSchema;  ///< among the facts' schemas
  const DatabaseSchema* tables = nullptr;      ///< null: none is given, or it cannot be read
  DatabaseKind kind() const { return tables == nullptr ? DatabaseKind::kUnknown : tables->kind; }
};

/// Format::prepare of logs that hold statements: reads the schema, unless an earlier input named it. One that cannot
/// be read is an input that could not be.
void read_log_schema(const Source& source, const FileSystem& files, Facts& facts);

/// The schema that `read_log_schema` read.
LogSchema schema_of(const Source& source, const CollectContext& context);

}  // namespace budgetcheck
