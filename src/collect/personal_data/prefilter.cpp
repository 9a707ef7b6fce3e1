#include "collect/personal_data/prefilter.h"

namespace budgetcheck::personal {

bool may_hold_personal_data(std::string_view line) { return !line.empty(); }

}  // namespace budgetcheck::personal
