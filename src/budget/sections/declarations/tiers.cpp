#include <fmt/format.h>

#include "base/text.h"
#include "budget/sections/loading.h"

namespace budgetcheck {

void load_tiers(Loading& loading, const json::Value& tiers) {
  for (const json::Member& member : *tiers.object()) {
    if (!member.value.is_object()) {
      continue;
    }
    Tier tier;
    tier.name = member.key;
    tier.owner = trim(text_of(member.value, "owner"));
    tier.page = text_of(member.value, "page");
    tier.notify = text_of(member.value, "notify");
    tier.runbooks = text_of(member.value, "runbooks");
    tier.location = loading.at(member);
    if (trim(tier.name).empty()) {
      loading.error(tier.location, "a tier has a blank name", "name it, such as api: or jobs:");
      continue;
    }
    if (member.value.object()->empty()) {
      loading.error(tier.location, fmt::format("the tier '{}' says nothing", printable(tier.name)),
                    "say who answers for it: { owner: \"@jobs\", notify: \"#jobs\" }");
    }
    loading.file.tiers.push_back(std::move(tier));
  }
}

}  // namespace budgetcheck
