#pragma once

#include "base/file_system.h"
#include "cli/init/init_survey.h"

namespace budgetcheck {

/// Adds to `missing` what is not measured yet, and the command that measures it here.
void name_missing(const FileSystem& files, Survey& survey);

/// The label `app` of a project's build: what tells builds apart where one file is for several; else empty.
std::string app_of(const Survey& survey, const Project& project);

}  // namespace budgetcheck
