#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "collect/trace/request/http_call.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ParametersOfUrl, AreWhatStandsForVariablesOfTheRoute) {
  EXPECT_THAT(parameters_of_url("/quote/:sku", "/quote/B-2087?a=b"), ElementsAre("B-2087"));
  EXPECT_THAT(parameters_of_url("/a/{x}/b/<int:y>", "http://h:80/a/one/b/2"), ElementsAre("one", "2"));
  EXPECT_THAT(parameters_of_url("/p/[slug]", "/p/hello"), ElementsAre("hello"));
  EXPECT_THAT(parameters_of_url("/quote", "/quote"), IsEmpty());
  EXPECT_THAT(parameters_of_url("/quote/:sku", "/quote"), IsEmpty());
  EXPECT_THAT(parameters_of_url("/quote/:sku", "/other/B-2087"), IsEmpty());
  EXPECT_THAT(parameters_of_url("", "/quote/B-2087"), IsEmpty());
  EXPECT_THAT(parameters_of_url("/quote/:sku", ""), IsEmpty());
}

TEST(CallTarget, WhatTheRequestWasAskedForIsAnIdWhateverItsForm) {
  // By its form alone it may as well be the name of a thing of 2087.
  EXPECT_EQ(read_call_target("http://pricing/stock/B-2087").shape, "pricing/stock/B-2087");
  EXPECT_EQ(read_call_target("http://pricing/stock/B-2087", {"B-2087"}).shape, "pricing/stock/:id");
  EXPECT_EQ(read_call_target("http://pricing/stock/B-1042").shape, "pricing/stock/:id");
  EXPECT_EQ(read_call_target("http://pricing/rates", {"B-2087"}).shape, "pricing/rates");
}

}  // namespace
}  // namespace budgetcheck
