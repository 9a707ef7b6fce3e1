#include "budget/sections/loading.h"

namespace budgetcheck {

void load_project(Loading& loading, const json::Value& project) { loading.file.project = *project.string(); }

}  // namespace budgetcheck
