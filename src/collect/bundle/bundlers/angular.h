#pragma once

#include <string_view>

#include "collect/bundle/build.h"

namespace budgetcheck {

/// Of the metafile that Angular's builder writes (`ng build --stats-json`): "ng-component" is the style of a component,
/// which is text in a script and no file, "ng-platform-server" is an output of the server's build.
bool is_mark_of_angular(std::string_view mark);

/// Angular builds polyfills, global styles and global scripts as entries of their own ("angular:polyfills:…"), and
/// every page loads them: the files of these entries are put to those of all others, which keep their names.
void load_on_every_page(Build& build);

}  // namespace budgetcheck
