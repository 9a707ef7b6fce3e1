#include "generate/limits/nginx_policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"
#include "generate/limits/nginx_limits.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kLimits = R"(version: 1
limits:
  key: $http_x_api_key
  nginx: [ops/*.conf]
  plans:
    trial: { rate: 4/s, burst: 8, tenants: 100, prefix: tk-t }
    team: { rate: 90/m, burst: 60, tenants: 10, prefix: tk-m }
)";

constexpr const char* kZones = R"(map $http_x_api_key $limit_trial { default ""; ~^tk-t $http_x_api_key; }
limit_req_zone $limit_trial zone=trial:1m rate=4r/s;
map $http_x_api_key $limit_team { default ""; ~^tk-m $http_x_api_key; }
limit_req_zone $limit_team zone=app_team:1m rate=90r/m;
)";
constexpr const char* kUses = R"(limit_req_status 429;
limit_req zone=trial burst=8 nodelay;
limit_req zone=app_team burst=60 nodelay;
)";

BudgetsFile budgets() {
  MemoryFileSystem files;
  files.add("budgets.yml", kLimits);
  auto loaded = load_budgets(files, "budgets.yml");
  EXPECT_TRUE(loaded);
  return loaded ? std::move(*loaded) : BudgetsFile{};
}

NginxComparison compared(const std::string& zones, const std::string& uses) {
  MemoryFileSystem files;
  files.add("ops/zones.conf", zones);
  files.add("ops/uses.conf", uses);
  const BudgetsFile file = budgets();
  return compare_nginx(files, file.rules, *file.limits, file.limits->nginx, ".");
}

std::vector<std::string> said(const NginxComparison& comparison) {
  std::vector<std::string> out;
  for (const Finding& finding : comparison.findings) {
    out.push_back(to_string(finding.location) + ": " + finding.message);
  }
  return out;
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(NginxPolicy, WhatThePlansSayIsFine) {
  EXPECT_THAT(said(compared(kZones, kUses)), IsEmpty());
  const BudgetsFile file = budgets();
  MemoryFileSystem files;
  files.add("ops/a.conf", nginx_limits(file, {"nginx-limits", "ops/a.conf", {}}).value_or(""));
  EXPECT_THAT(said(compare_nginx(files, file.rules, *file.limits, file.limits->nginx, ".")), IsEmpty())
      << "what is generated, too";
}

TEST(NginxPolicy, ARateOrABurstThatDiffersHasItsLine) {
  EXPECT_THAT(said(compared(with(kZones, "rate=4r/s", "rate=5r/s"), kUses)),
              ElementsAre("ops/zones.conf:2:1: the zone 'trial' lets through 5r/s, and the plan 'trial' says 4/s"));
  EXPECT_THAT(said(compared(with(kZones, "rate=90r/m", "rate=89r/m"), kUses)),
              ElementsAre(HasSubstr("lets through 89r/m, and the plan 'team' says 90/m")));
  EXPECT_THAT(said(compared(kZones, with(kUses, "burst=8", "burst=9"))),
              ElementsAre("ops/uses.conf:2:1: the zone 'trial' takes a burst of 9, and the plan 'trial' says 8"));
  EXPECT_THAT(said(compared(kZones, with(kUses, " burst=8", ""))), ElementsAre(HasSubstr("takes a burst of 0")));
}

TEST(NginxPolicy, TheAnswerIs429) {
  EXPECT_THAT(said(compared(kZones, with(kUses, "limit_req_status 429;\n", ""))),
              ElementsAre(HasSubstr("ops/uses.conf:1:1: who is over the limit of 'trial' is answered 503"),
                          HasSubstr("of 'team' is answered 503")));
  // That of the nearest block around it holds.
  EXPECT_THAT(said(compared(kZones,
                            "limit_req_status 429;\nserver { limit_req_status 503; location / { limit_req "
                            "zone=trial burst=8; limit_req zone=app_team burst=60; } }\n")),
              ElementsAre(HasSubstr("'trial' is answered 503"), HasSubstr("'team' is answered 503")));
  EXPECT_THAT(said(compared(kZones,
                            "limit_req_status 503;\nserver { limit_req_status 429; location / { limit_req "
                            "zone=trial burst=8; limit_req zone=app_team burst=60; } }\n")),
              IsEmpty());
}

TEST(NginxPolicy, TheKeyIsTheOneAgreedOn) {
  EXPECT_THAT(said(compared(with(kZones, "limit_req_zone $limit_trial", "limit_req_zone $binary_remote_addr"), kUses)),
              ElementsAre(HasSubstr("tells customers apart by $binary_remote_addr, and the budgets file says "
                                    "$http_x_api_key")));
  EXPECT_THAT(said(compared(with(kZones, "~^tk-t $http_x_api_key", "~^tk-t $remote_addr"), kUses)),
              ElementsAre(HasSubstr("tells customers apart by $remote_addr")));
  EXPECT_THAT(said(compared(with(kZones, "limit_req_zone $limit_trial", "limit_req_zone $set_elsewhere"), kUses)),
              IsEmpty())
      << "it may be set in a file that is not named";
}

TEST(NginxPolicy, EachPlanHasAZoneThatIsUsed) {
  EXPECT_THAT(said(compared(with(kZones, "zone=app_team:1m", "zone=login:1m"),
                            "limit_req_status 429;\nlimit_req zone=trial "
                            "burst=8;\nlimit_req zone=login burst=3;\n")),
              ElementsAre(HasSubstr("budgets.yml:7:5: no limit_req_zone in 2 files is named after the plan 'team'")));
  EXPECT_THAT(said(compared(kZones, with(kUses, "limit_req zone=trial burst=8 nodelay;\n", ""))),
              ElementsAre(HasSubstr("the zone of the plan 'trial' limits nothing")));
  EXPECT_THAT(said(compared(kZones, "")), IsEmpty()) << "limit_req stands in files that are not named";
}

TEST(NginxPolicy, WhatCannotBeReadIsNotPassedOver) {
  const NginxComparison broken = compared(kZones, "limit_req {\n");
  EXPECT_THAT(broken.findings, IsEmpty());
  ASSERT_EQ(broken.unread.size(), 1U);
  const BudgetsFile file = budgets();
  const NginxComparison missing = compare_nginx(MemoryFileSystem(), file.rules, *file.limits, file.limits->nginx, ".");
  ASSERT_EQ(missing.unread.size(), 1U);
  EXPECT_EQ(missing.unread[0].message, "no file matches 'ops/*.conf'");
  EXPECT_EQ(missing.unread[0].location.line, 4U);
}

}  // namespace
}  // namespace budgetcheck
