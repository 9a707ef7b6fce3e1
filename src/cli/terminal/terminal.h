#pragma once

#include "base/platform/streams.h"
#include "base/variables.h"
#include "report/format.h"

namespace budgetcheck {

/// How a report on this stream may look.
/// - Colour: a NO_COLOR that is not empty forbids it; else FORCE_COLOR or CLICOLOR_FORCE, not empty and not "0", asks
///   for it even in a pipe; else on a terminal unless TERM is dumb, or CLICOLOR or FORCE_COLOR is "0".
/// - Width: the terminal's, else COLUMNS, else 80.
/// - Characters beyond ASCII: unless the locale, the first of LC_ALL, LC_CTYPE and LANG that is set, is one without
///   UTF-8 ("C", "POSIX", "de_DE"). No locale at all counts as UTF-8: most CI images set none and read UTF-8.
Rendering rendering_for(const Stream& stream, const Variables& environment);

/// look_at and rendering_for in one.
Rendering rendering_for(int descriptor, const Variables& environment);

}  // namespace budgetcheck
