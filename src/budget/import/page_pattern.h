#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace budgetcheck {

/// The glob of the label `page` that matches what a JavaScript pattern, unanchored on the whole URL, matches
/// ("http://[^/]+/blog/.*" is "/blog/*"). Empty: every page. The error says what in the pattern has no counterpart.
tl::expected<std::string, std::string> page_of_pattern(std::string_view pattern);

}  // namespace budgetcheck
