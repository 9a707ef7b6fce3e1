#include "model/labels.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Labels, AreASetOrderedByName) {
  Labels labels{{"page", "/"}, {"device", "mobile"}};
  EXPECT_EQ(labels, (Labels{{"device", "mobile"}, {"page", "/"}}));
  labels.set("device", "desktop");
  EXPECT_EQ(labels.size(), 2U);
  EXPECT_EQ(*labels.find("device"), "desktop");
  labels.erase("device");
  EXPECT_EQ(labels.find("device"), nullptr);
  EXPECT_EQ(to_string(Labels()), "");
}

TEST(Labels, SubsetNeedsTheSameValues) {
  const Labels whole{{"entry", "main"}, {"type", "js"}};
  EXPECT_TRUE((Labels{{"entry", "main"}}).subset_of(whole));
  EXPECT_TRUE(Labels().subset_of(whole));
  EXPECT_TRUE(whole.subset_of(whole));
  EXPECT_FALSE((Labels{{"entry", "other"}}).subset_of(whole));
  EXPECT_FALSE(whole.subset_of(Labels{{"entry", "main"}}));
}

TEST(Labels, ReadFromWhatToKind) {
  EXPECT_EQ(to_string(Labels{{"device", "mobile"}, {"page", "/"}}), "page=/, device=mobile");
  EXPECT_EQ(to_string(Labels{{"type", "js"}, {"entry", "main"}}), "entry=main, type=js");
}

}  // namespace
}  // namespace budgetcheck
