#pragma once

#include <string>

#include "collect/account.h"
#include "collect/bundle/build.h"
#include "collect/format.h"

namespace budgetcheck {

/// Names the build's files from the folder that holds them, and gives that folder. A metafile names outputs from where
/// the bundler ran ("out/web/a.js"), and nothing tells how much of that `root` is: as many folders are taken off all of
/// them as finds the most. When `root` holds none of them, one of its folders may: Angular's "browser", or one for each
/// locale, of which the biggest counts (said to the account).
std::string name_from_root(const std::string& root, const FileSystem& files, Build& build, Account& account);

}  // namespace budgetcheck
