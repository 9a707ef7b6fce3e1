#include "cli/terminal/sweep.h"

#include <memory>
#include <utility>

#include "collect/personal_data/search.h"

namespace budgetcheck {

Sweep sweep_of(const std::optional<PersonalDataSettings>& settings, std::string own) {
  if (!settings) {
    return {};
  }
  const auto search = std::make_shared<const personal::Search>(*settings);
  return [search, own = std::move(own)](std::string text) { return search->masked(text, own); };
}

}  // namespace budgetcheck
