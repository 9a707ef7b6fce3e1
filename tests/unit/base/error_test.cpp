#include "base/error.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(Error, IsShownWithWhatIsKnown) {
  EXPECT_EQ(to_string(Error{ErrorKind::kInput, "it is empty", {}, {}}), "it is empty");
  EXPECT_EQ(to_string(Error{ErrorKind::kInput, "it is empty", Location::of("a.json"), "check the path"}),
            "a.json: it is empty (check the path)");
}

}  // namespace
}  // namespace budgetcheck
