#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"
#include "generate/generator.h"

namespace budgetcheck {
namespace {

using testing::HasSubstr;

std::string refused(const std::string& generate) {
  MemoryFileSystem files;
  files.add("ci/budgets.yml", "version: 1\ngenerate: { " + generate + " }\n");
  const auto file = load_budgets(files, "ci/budgets.yml");
  std::string out;
  for (const Error& error : file ? Errors() : file.error()) {
    out += to_string(error) + "\n";
  }
  return out;
}

TEST(GenerateSection, TakesKnownTargetsAndPlainFiles) {
  EXPECT_EQ(refused("nginx-limits: ops/limits.conf, envoy-limits: ../ops/limits.yaml"), "");
  EXPECT_THAT(refused("nginx-limit: a.conf"), HasSubstr("did you mean 'nginx-limits'?"));
  EXPECT_THAT(refused("grafana: a.json"), HasSubstr("there are: nginx-limits, envoy-limits"));
  EXPECT_THAT(refused("nginx-limits: 1"), HasSubstr("is 1 but must be"));
  EXPECT_THAT(refused("nginx-limits: ops/"), HasSubstr("is not a file that can be written"));
  EXPECT_THAT(refused("nginx-limits: /etc/nginx/limits.conf"), HasSubstr("is not a file that can be written"));
  EXPECT_THAT(refused("nginx-limits: \"ops/*.conf\""), HasSubstr("is not a file that can be written"));
  EXPECT_THAT(refused("nginx-limits: budgets.yml"), HasSubstr("would be written over this file"));
  EXPECT_THAT(refused("nginx-limits: a.conf, envoy-limits: ./a.conf"), HasSubstr("are one file"));
  EXPECT_THAT(refused("envoy-limits: a.json"), HasSubstr("which JSON has not"));
}

TEST(GenerateSection, ItsTargetsAreThoseOfTheGenerators) {
  ASSERT_EQ(generators().size(), kGeneratedTargets.size());
  for (std::size_t i = 0; i < generators().size(); ++i) {
    EXPECT_EQ(generators()[i].target, kGeneratedTargets[i]);
  }
}

}  // namespace
}  // namespace budgetcheck
