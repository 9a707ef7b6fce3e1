#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// Lighthouse's report as an HTML page, of one run or of a user flow: the result stands in it as a script,
/// `window.__LIGHTHOUSE_JSON__ = {…};</script>`, in which Lighthouse writes every `<` as an escape.
Format lighthouse_page_format();

}  // namespace budgetcheck
