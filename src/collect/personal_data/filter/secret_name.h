#pragma once

#include <cstddef>
#include <string_view>

namespace budgetcheck::personal {

/// Whether the name that ends before `end` is one of a secret, as traits_of says it: for names that stand everywhere in
/// a log, of which nearly all are passed over by their last letters.
bool is_secrets_name(std::string_view line, std::size_t end);

}  // namespace budgetcheck::personal
