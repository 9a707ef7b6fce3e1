#include "cli/hook/hook_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(HookScript, OfTheTopNamesNoFolder) {
  EXPECT_THAT(hook_script("/bin/b", {"."}), HasSubstr("budgetcheck hook run \"$@\""));
  EXPECT_THAT(hook_script("/bin/b", {"."}), Not(HasSubstr("--in")));
}

TEST(HookScript, SaysWhichFoldersItGuards) {
  const std::string script = hook_script("/bin/b", {"apps/web", "apps/it's new"});
  EXPECT_THAT(script, HasSubstr("budgetcheck hook run --in apps/web --in 'apps/it'\\''s new' \"$@\""));
  EXPECT_THAT(script, HasSubstr("\"$installed\" hook run --in apps/web"));
  EXPECT_THAT(guarded_by(script), ElementsAre("apps/web", "apps/it's new"));
  EXPECT_THAT(guarded_by(hook_script("/bin/b", {"."})), ElementsAre("."));
  EXPECT_THAT(guarded_by("#!/bin/sh\nmake test\n"), IsEmpty());
}

TEST(GuardedWith, AddsAFolderToThoseThatAreGuarded) {
  const HookScope web{"apps/web", false, {}};
  EXPECT_THAT(guarded_with({}, web), ElementsAre("apps/web"));
  EXPECT_THAT(guarded_with({"apps/admin"}, web), ElementsAre("apps/admin", "apps/web"));
  EXPECT_THAT(guarded_with({"apps/web"}, web), ElementsAre("apps/web"));
  EXPECT_THAT(guarded_with({"."}, web), ElementsAre("apps/web")) << "at the top there is nothing to guard";
}

TEST(GuardedWith, TheTopGuardsTheAppsThatItNames) {
  const HookScope named{"apps/web", true, {"apps/web", "apps/admin"}};
  EXPECT_THAT(guarded_with({}, named), ElementsAre("apps/web")) << "this app alone";
  EXPECT_THAT(guarded_with({"."}, named), ElementsAre("."));
  const HookScope unnamed{"tools/x", true, {"apps/web"}};
  EXPECT_THAT(guarded_with({"."}, unnamed), ElementsAre(".", "tools/x"));
  const HookScope top{".", true, {"apps/web"}};
  EXPECT_THAT(guarded_with({"apps/web", "tools/x"}, top), ElementsAre(".", "tools/x"));
}

}  // namespace
}  // namespace budgetcheck
