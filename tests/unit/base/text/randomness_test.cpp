#include "base/text/randomness.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Randomness, NamesCostLessThanRandomWords) {
  for (const char* name : {"users", "getCustomerOrderHistoryV2", "Base64EncodedDocuments", "internationalization2",
                           "horizontalpodautoscalers", "mysql2json", "fy2024", "oauth2", "h264", "README"}) {
    EXPECT_LT(randomness_of(name), 6) << name;
  }
}

TEST(Randomness, RandomWordsAreSeenByATrace) {
  for (const char* id : {"3f2a9bc", "5f3a9c1b2d4e", "dQw4w9WgXcQ", "q1W2e3R4t5Y", "nC8QJJoZ", "B08N5WRWNW", "3sjzkg",
                         "ckwz8l3gk0000qwer1234abcd", "01ARZ3NDEKTSV4RRFFQ69G5FAV"}) {
    EXPECT_GT(randomness_of(id), 10) << id;
  }
}

TEST(Randomness, OfNothingIsNothingMuch) {
  EXPECT_LT(randomness_of(""), 1);
  EXPECT_LT(randomness_of("--"), 1);
}

}  // namespace
}  // namespace budgetcheck
