#pragma once

#include <string_view>

namespace budgetcheck::personal {

/// Whether what stands in the place of a secret is none: empty, masked ("****", "sk_live_****"), redacted
/// ("[Filtered]"), the place of a value ("${KEY}", "{{ key }}", "%(key)s", "$1", "?", "<password>"), the name of one
/// ("process.env.KEY"), or a word that says whether there is one ("null", "missing", "true").
bool is_placeholder(std::string_view value);

}  // namespace budgetcheck::personal
