#pragma once

#include <string_view>

#include "collect/http/request_fields.h"

namespace budgetcheck {

/// A line of the Common or Combined Log Format: what nginx, Apache, morgan, Traefik and Rack write. What stands before
/// the time in brackets may be anything (a virtual host, docker compose's prefix), and the host may stand before the
/// request. kNone when it is none.
///
/// A time behind it is read where the line leaves no doubt: with a unit ("12.3 ms", "0.5s"), as nginx' rt=0.123 or
/// request_time=0.123 (three decimals), in the place of ingress-nginx' format (documented as $request_length
/// $request_time [$proxy_upstream_name] …), or as Rack's four decimals directly behind the size. Other numbers are
/// given by their position, for what the whole log says of them.
AccessRecord read_common_log(std::string_view line);

}  // namespace budgetcheck
