#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "budget/load.h"

namespace budgetcheck {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A repository with three apps and some folders that are none.
struct Repository {
  MemoryFileSystem files;

  explicit Repository(const std::string& budgets) {
    files.add("/repo/.git/HEAD", "");
    files.add("/repo/budgets.yml", "version: 1\n" + budgets);
    files.add("/repo/apps/web/budgets.yml", "version: 1\nproject: shop\n");
    files.add("/repo/apps/admin/budgets.json", "{\"version\": 1, \"project\": \"shop\"}");
    files.add("/repo/apps/docs/budgets.yml", "version: [\n");
    files.add("/repo/apps/empty/package.json", "{}");
    files.add("/repo/apps/README.md", "");
    files.add("/elsewhere/budgets.yml", "version: 1\n");
  }
};

std::vector<std::string> names_in(const std::string& budgets) {
  std::vector<std::string> names;
  for (const App& app : named_apps(Repository(budgets).files, "/repo/budgets.yml").apps) {
    names.push_back(app.name + " " + app.path + " " + app.budgets_path);
  }
  return names;
}

/// All errors, one a line.
std::string refused(const std::string& budgets) {
  const auto file = load_budgets(Repository(budgets).files, "/repo/budgets.yml");
  std::string out;
  if (!file) {
    for (const Error& error : file.error()) {
      EXPECT_EQ(error.kind, ErrorKind::kUsage);
      out += to_string(error) + "\n";
    }
  }
  return out;
}

TEST(AppsSection, NamesFoldersWithBudgetsFilesOfTheirOwn) {
  const auto file =
      load_budgets(Repository("apps: { web: apps/web/, admin: ./apps/admin }\n").files, "/repo/budgets.yml");
  ASSERT_TRUE(file);
  ASSERT_EQ(file->apps.size(), 2U);
  EXPECT_EQ(file->apps[0].name, "web");
  EXPECT_EQ(file->apps[0].path, "apps/web");
  EXPECT_EQ(file->apps[0].budgets_path, "/repo/apps/web/budgets.yml");
  EXPECT_EQ(file->apps[0].location.line, 2U);
  EXPECT_EQ(file->apps[1].budgets_path, "/repo/apps/admin/budgets.json");
  EXPECT_TRUE(file->apps[0].shares_project) << "both say 'shop'";
}

TEST(AppsSection, AGlobNamesAppsLikeTheirFolders) {
  EXPECT_THAT(names_in("apps: apps/*\n"),
              ElementsAre("admin apps/admin /repo/apps/admin/budgets.json",
                          "docs apps/docs /repo/apps/docs/budgets.yml", "web apps/web /repo/apps/web/budgets.yml"))
      << "what has no budgets file, and what is no folder, is no app";
  EXPECT_THAT(names_in("apps: \"{apps/w*,apps/d*}/\"\n"), ElementsAre(HasSubstr("docs"), HasSubstr("web")));
}

TEST(AppsSection, AProjectOfOneAppIsShared) {
  const auto named = named_apps(Repository("project: site\napps: { web: apps/web }\n").files, "/repo/budgets.yml");
  ASSERT_EQ(named.apps.size(), 1U);
  EXPECT_EQ(named.apps[0].project, "shop");
  EXPECT_FALSE(named.apps[0].shares_project);
  EXPECT_TRUE(named_apps(Repository("project: shop\napps: { web: apps/web }\n").files, "/repo/budgets.yml")
                  .apps[0]
                  .shares_project);
}

TEST(AppsSection, SaysWhyAnAppCannotBeUsed) {
  EXPECT_THAT(refused("apps: { gone: apps/gone }\n"),
              HasSubstr("budgets.yml:2:15: the app 'gone' is in 'apps/gone', which does not exist"));
  EXPECT_THAT(refused("apps: { readme: apps/README.md }\n"), HasSubstr("which is not a folder"));
  EXPECT_THAT(
      refused("apps: { empty: apps/empty }\n"),
      HasSubstr("has no budgets file in '/repo/apps/empty' (budgets.yml, .yaml, .json and .jsonc were looked for; run "
                "'budgetcheck init' in that folder"));
  EXPECT_THAT(refused("apps: packages/*\n"), HasSubstr("no folder that it matches has a budgets file"));
  EXPECT_THAT(refused("apps: { a: apps/web, b: apps/web }\n"), HasSubstr("'a' and 'b' are the same folder"));
  EXPECT_THAT(refused("apps: { here: . }\n"), HasSubstr("is the folder of this file itself"));
  EXPECT_THAT(refused("apps: { out: ../elsewhere }\n"), HasSubstr("'../elsewhere' of 'apps' leaves the repository"));
  EXPECT_THAT(refused("apps: { out: /elsewhere }\n"), HasSubstr("leaves the repository"));
  EXPECT_THAT(refused("apps: ../*\n"), HasSubstr("the path '/elsewhere' of 'apps' leaves the repository"));
  EXPECT_THAT(refused("apps: { a/b: apps/web }\n"), HasSubstr("has a name that cannot be used"));
  EXPECT_THAT(refused("apps: { }\n"), HasSubstr("budgets.yml:2"));
  EXPECT_THAT(refused("apps: [apps/web]\n"), HasSubstr("budgets.yml:2"));
  EXPECT_THAT(refused("apps: { web: 7 }\n"), HasSubstr("budgets.yml:2"));
}

TEST(AppsSection, TwoAppsOfOneNameAreNotTwo) {
  Repository repository("apps: \"*/*\"\n");
  MemoryFileSystem& files = repository.files;
  files.add("/repo/tools/web/budgets.yml", "version: 1\n");
  const auto file = load_budgets(files, "/repo/budgets.yml");
  ASSERT_FALSE(file);
  EXPECT_THAT(to_string(file.error().front()), HasSubstr("two apps are called 'web': 'apps/web' and 'tools/web'"));
}

TEST(AppsSection, AnAppNamesNoApps) {
  Repository repository("apps: { web: apps/web, group: apps/group }\n");
  MemoryFileSystem& files = repository.files;
  files.add("/repo/apps/group/budgets.yml", "version: 1\napps: { web: web }\n");
  const auto file = load_budgets(files, "/repo/budgets.yml");
  ASSERT_FALSE(file);
  ASSERT_EQ(file.error().size(), 1U);
  EXPECT_THAT(file.error().front().message,
              HasSubstr("the app 'group', '/repo/apps/group/budgets.yml', names apps itself"));
}

TEST(AppsSection, ARootWithInputsOfItsOwnHasAName) {
  EXPECT_THAT(refused("inputs: [a.json]\napps: { web: apps/web }\n"), HasSubstr("and no 'project' to call them by"));
  EXPECT_THAT(refused("project: web\ninputs: [a.json]\napps: { web: apps/web }\n"),
              HasSubstr("is called like the project of this file"));
  EXPECT_EQ(refused("project: web\napps: { web: apps/web }\n"), "") << "nothing is stored under the project's name";
  EXPECT_EQ(refused("project: site\ninputs: [a.json]\napps: { web: apps/web }\n"), "");
}

TEST(NamedApps, OneBrokenEntryHidesNoOther) {
  const std::string text = "apps: { gone: apps/gone, docs: apps/docs, web: apps/web }\nruls: {}\n";
  EXPECT_THAT(names_in(text), ElementsAre(HasSubstr("docs"), HasSubstr("web")))
      << "neither does another error of the file, nor one in the file of an app";
  EXPECT_TRUE(named_apps(Repository("apps: { gone: apps/gone }\n").files, "/repo/budgets.yml").any);
  EXPECT_FALSE(named_apps(Repository("project: a\n").files, "/repo/budgets.yml").any);
  EXPECT_THAT(names_in("apps: [\n"), IsEmpty());
}

TEST(AppWithFile, IsFoundInAFolderAbove) {
  Repository repository("apps: { storefront: apps/web }\n");
  MemoryFileSystem& files = repository.files;
  const auto app = app_with_file(files, "/repo/apps/web/budgets.yml");
  ASSERT_TRUE(app);
  EXPECT_EQ(app->name, "storefront");
  EXPECT_FALSE(app_with_file(files, "/repo/apps/admin/budgets.json")) << "the root does not name it";
  EXPECT_FALSE(app_with_file(files, "/repo/budgets.yml"));
  files.add("/repo/apps/budgets.yml", "version: 1\n");
  EXPECT_TRUE(app_with_file(files, "/repo/apps/web/budgets.yml")) << "past a file that names none";
  files.add("/repo/apps/web/.git", "gitdir: x");
  EXPECT_FALSE(app_with_file(files, "/repo/apps/web/budgets.yml")) << "a repository of its own";
}

}  // namespace
}  // namespace budgetcheck
