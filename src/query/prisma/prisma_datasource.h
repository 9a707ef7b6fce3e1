#pragma once

#include <vector>

#include "model/database.h"
#include "query/prisma/prisma_parse.h"

namespace budgetcheck::prisma {

/// Which database it is and whether it has foreign keys, from the datasource block; a note where that is unknown.
void read_datasource(const std::vector<Block>& blocks, DatabaseSchema& schema, ErrorList& errors);

}  // namespace budgetcheck::prisma
