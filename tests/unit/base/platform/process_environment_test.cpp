#include "base/platform/process_environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace budgetcheck {
namespace {

using testing::Contains;
using testing::Not;
using testing::StartsWith;

class ProcessEnvironment : public testing::Test {
 protected:
  ProcessEnvironment() {
    ::setenv("BUDGETCHECK_TEST_A", "a", 1);
    ::setenv("BUDGETCHECK_TEST_B", "b", 1);
    ::setenv("LC_TEST", "language", 1);
  }
  ~ProcessEnvironment() override {
    for (const char* name : {"BUDGETCHECK_TEST_A", "BUDGETCHECK_TEST_B", "LC_TEST"}) {
      ::unsetenv(name);
    }
  }
  ProcessRequest request;
};

TEST_F(ProcessEnvironment, WhatIsNotNamedIsNotPassedOn) {
  const auto variables = environment_of(request);
  EXPECT_THAT(variables, Not(Contains(StartsWith("BUDGETCHECK_TEST"))));
  EXPECT_THAT(variables, Contains(StartsWith("PATH=")));
  EXPECT_THAT(variables, Contains("LC_TEST=language"));
}

TEST_F(ProcessEnvironment, NamesAndBeginningsOfNamesArePassedOn) {
  request.inherited = {"BUDGETCHECK_TEST_B"};
  EXPECT_THAT(environment_of(request), Contains("BUDGETCHECK_TEST_B=b"));
  EXPECT_THAT(environment_of(request), Not(Contains("BUDGETCHECK_TEST_A=a")));
  request.inherited = {"BUDGETCHECK_T*"};
  EXPECT_THAT(environment_of(request), Contains("BUDGETCHECK_TEST_A=a"));
}

TEST_F(ProcessEnvironment, WhatTheRequestSetsComesInPlaceOfIt) {
  request.inherited = {"BUDGETCHECK_TEST_*"};
  request.environment = {{"BUDGETCHECK_TEST_A", std::nullopt}, {"BUDGETCHECK_TEST_B", "other"}, {"LC_TEST", "C"}};
  const auto variables = environment_of(request);
  EXPECT_THAT(variables, Not(Contains(StartsWith("BUDGETCHECK_TEST_A"))));
  EXPECT_THAT(variables, Not(Contains("BUDGETCHECK_TEST_B=b")));
  EXPECT_THAT(variables, Contains("BUDGETCHECK_TEST_B=other"));
  EXPECT_THAT(variables, Contains("LC_TEST=C"));
  EXPECT_THAT(variables, Not(Contains("LC_TEST=language")));
}

}  // namespace
}  // namespace budgetcheck
