#include "base/text/suggestion.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace budgetcheck {
namespace {

TEST(DidYouMean, NamesWhatIsNear) {
  EXPECT_EQ(did_you_mean("bundle.gzp", "bundle.gzip"), "did you mean 'bundle.gzip'?");
  EXPECT_EQ(did_you_mean("x", ""), "");
}

TEST(DidYouMean, NeverTheSameName) {
  EXPECT_EQ(did_you_mean("bundle.gzip", "bundle.gzip"), "");
  EXPECT_EQ(nearest("lighthouse.lpc", {"lighthouse.lpc", "lighthouse.lcp"}), "lighthouse.lcp");
  EXPECT_EQ(nearest("lighthouse.lcp", {"lighthouse.lcp"}), "");
}

TEST(DidYouMean, SaysWhatDiffersWhereTheNamesLookAlike) {
  EXPECT_EQ(did_you_mean("Bundle.Gzip", nearest("Bundle.Gzip", {"bundle.gzip"})),
            "did you mean 'bundle.gzip'? (capital and small letters differ)");
  EXPECT_EQ(did_you_mean("bundle.gz\xD1\x96p", "bundle.gzip"),
            "did you mean 'bundle.gzip'? (U+0456 in it is another character)");
  EXPECT_EQ(did_you_mean("bundle\xE2\x80\x8B.gzip", "bundle.gzip"),
            "did you mean 'bundle.gzip'? (U+200B in it is another character)");
  EXPECT_EQ(did_you_mean("bundle.gzip ", "bundle.gzip"), "did you mean 'bundle.gzip'? (a blank differs)");
  EXPECT_EQ(did_you_mean("bundle.gzip\xFF", "bundle.gzip"), "did you mean 'bundle.gzip'? (it is not valid UTF-8)");
}

TEST(DidYouMean, WhatEverybodySeesIsNotExplained) {
  EXPECT_EQ(did_you_mean("gr\xC3\xB6\xC3\x9F"
                         "e",
                         "grosse"),
            "did you mean 'grosse'?");
}

}  // namespace
}  // namespace budgetcheck
