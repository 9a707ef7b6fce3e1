#include <gtest/gtest.h>

#include "unit/budget/loading_testing.h"

namespace budgetcheck {
namespace {

TEST(InputsSection, InputsMustHaveAPath) {
  EXPECT_SAYS("version: 1\ninputs: ['']\n", "an entry of 'inputs' is empty");
  EXPECT_SAYS("version: 1\ninputs: [{root: dist}]\n", "an input needs 'path'");
  EXPECT_SAYS("version: 1\ninputs: [{pth: x}]\n", "unknown key 'pth' in an input (did you mean 'path'?)");
  EXPECT_SAYS("version: 1\ninputs: [3]\n", "must be a path or a mapping with 'path'");
  EXPECT_SAYS("version: 1\ninputs: x\n", "'inputs' is 'x' but must be a list of inputs");
  EXPECT_SAYS("version: 1\ninputs: [a.json, ./a.json]\n", "listed twice");
}

}  // namespace
}  // namespace budgetcheck
