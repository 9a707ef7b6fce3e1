#include "collect/http/keyed_request.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(KeyedRequest, ArgumentsOfAUrl) {
  EXPECT_EQ(argument_of("/a?key=one&plan=pro#key=two", "key"), "one");
  EXPECT_EQ(argument_of("/a?key=one&plan=pro#top", "plan"), "pro");
  EXPECT_EQ(argument_of("/a?monkey=1&key", "key"), "");
  EXPECT_EQ(argument_of("/key=1", "key"), "");
  EXPECT_EQ(argument_of("/a?key=a=b", "key"), "a=b");
}

}  // namespace
}  // namespace budgetcheck
