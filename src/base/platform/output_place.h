#pragma once

#include <string>
#include <string_view>

#include "base/platform/descriptor.h"
#include "base/platform/system_result.h"

namespace budgetcheck {

/// What becomes of folders on the way to an output that do not exist.
enum class Missing { kRefused, kMade };

/// The folder that a file is written into, held open, and the file's name in it.
struct OutputPlace {
  Descriptor folder;
  std::string name;
};

/// Every file that is written, or folder that is made, is found by this. A link that lies in the workspace, where a
/// change can put one, does not lead out of it or into its .git; what the caller names without such a link is taken as
/// it is. The workspace is the nearest folder from the working directory upwards that holds .git, else the working
/// directory.
SystemResult<OutputPlace> find_output_place(std::string_view path, Missing folders);

/// Makes the folder and those above it. Errors: as find_output_place.
SystemResult<> make_output_folder(std::string_view path);

}  // namespace budgetcheck
