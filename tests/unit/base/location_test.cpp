#include "base/location.h"

#include <gtest/gtest.h>

#include <string_view>

#include "base/error.h"
#include "base/hash.h"

namespace budgetcheck {
namespace {

TEST(Location, LeavesOutWhatIsUnknown) {
  EXPECT_EQ(to_string(Location{"a.yml", 3, 7, ""}), "a.yml:3:7");
  EXPECT_EQ(to_string(Location{"a.yml", 3, 0, ""}), "a.yml:3");
  EXPECT_EQ(to_string(Location{"a.json", 0, 0, "/a/0"}), "a.json (at /a/0)");
  EXPECT_EQ(to_string(Location{"a.json", 0, 0, ""}), "a.json");
}

TEST(Location, LocateCountsFromOne) {
  const std::string_view text = "ab\ncd\n";
  const auto at = [&](std::size_t offset) { return locate("f", text.data(), text.data() + text.size(), offset); };
  EXPECT_EQ(to_string(at(0)), "f:1:1");
  EXPECT_EQ(to_string(at(2)), "f:1:3");
  EXPECT_EQ(to_string(at(4)), "f:2:2");
  EXPECT_EQ(to_string(at(99)), "f:3:1");
}

TEST(Error, ReadsAsOneLine) {
  EXPECT_EQ(to_string(Error{ErrorKind::kInput, "it broke", {"f", 1, 2, ""}, "mend it"}), "f:1:2: it broke (mend it)");
  EXPECT_EQ(to_string(Error{ErrorKind::kInput, "it broke", {}, ""}), "it broke");
}

TEST(Hash, StableKeyNeverChanges) {
  // Keys are stored in baselines: another value here would make every known finding new.
  EXPECT_EQ(stable_key(""), "99aa06d3014798d86001c324468d497f");
  EXPECT_EQ(stable_key("n-plus-one").size(), 32U);
  EXPECT_NE(stable_key("a"), stable_key("b"));
}

}  // namespace
}  // namespace budgetcheck
