#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// What curl says of each transfer with -w '%{json}\n': one JSON object a line; several on one line are read too (the
/// line end was forgotten). size_download is the body on the wire, size_header the headers of all answers (of redirects
/// too). What failed (exitcode, errormsg, or no status at all) has no sizes and no time, whatever the numbers say.
/// Each URL is a route. What bodies decode to is not known to curl. Bodies and curl's progress may stand before and
/// between the objects. A GET that was redirected to another page (see redirect.h) is left out, and makes the input
/// incomplete, as does a file in which every transfer failed.
Format curl_format();

/// Transfers beyond this many are measured, but rules do not look at them one by one.
inline constexpr std::size_t kMaxCurlExchanges = 20'000;

}  // namespace budgetcheck
