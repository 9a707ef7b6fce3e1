#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// "did you mean 'bundle.gzip'?" for a name that is not known and the one that is nearest to it (nearest()); empty when
/// there is none. Where the two look alike, it says what differs: capital letters, a blank, a character that cannot be
/// seen or is of another alphabet.
std::string did_you_mean(std::string_view name, std::string_view near);

}  // namespace budgetcheck
