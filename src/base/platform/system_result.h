#pragma once

#include <string>
#include <tl/expected.hpp>

namespace budgetcheck {

/// What the operating system returned, or its own words for why it did not ("No space left on device"). The caller
/// makes an Error of them: only it knows what the file is for.
template <class T = void>
using SystemResult = tl::expected<T, std::string>;

}  // namespace budgetcheck
