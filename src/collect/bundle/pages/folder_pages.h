#pragma once

#include <string>

#include "base/file_system.h"
#include "collect/bundle/build.h"

namespace budgetcheck {

/// Adds to a build that is known as the files of the folder `root` what its pages load at first, where the folder says
/// it: React Router's manifest of routes, SvelteKit's and Nuxt's that lie in the server's build beside it, else the
/// pages themselves (*.html). Files that a page does not name are loaded later. A list of pages that names files which
/// the folder does not hold is of another build, and nothing is taken from it.
void add_pages(const FileSystem& files, const std::string& root, Build& build);

}  // namespace budgetcheck
