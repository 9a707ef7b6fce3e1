#pragma once

#include <string>

#include "base/file_system.h"
#include "collect/account.h"

namespace budgetcheck {

/// What `next build` writes once everything is compiled, into the folder that it builds into.
inline constexpr std::string_view kNextBuildId = "BUILD_ID";

/// The folder `.next` that `path` is or lies in, when the build in it failed or has not ended; empty: there is none, or
/// it is whole, or only parts of it were copied there, of which nobody can tell. `path` may be a glob.
std::string unfinished_next_build(const FileSystem& files, const std::string& path);

/// Says of the input that nothing of what lies in the unfinished build's `folder` can be measured.
void say_unfinished_next_build(const std::string& folder, Account& account, const Location& location, Facts& facts);

}  // namespace budgetcheck
