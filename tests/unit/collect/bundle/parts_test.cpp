#include "collect/bundle/parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "unit/base/growth.h"
#include "unit/collect/bundle/bundlers/webpack_testing.h"

namespace budgetcheck {
namespace {

using webpack_testing::collect_fixture;
using webpack_testing::collect_text;
using webpack_testing::Collected;

/// Stats of one entry "main" in chunk 1, beside a chunk 2 that it does not load first.
std::string with_modules(const std::string& modules, const std::string& rest = "") {
  return R"({"hash":"1","version":"5","time":1,"assets":[{"name":"main.js","size":10},{"name":"later.js","size":4}],)"
         R"("entrypoints":{"main":{"chunks":[1],"assets":[{"name":"main.js"}]}},"modules":[)" +
         modules + "]" + rest + "}";
}

std::string module(const std::string& name, const std::string& size, const std::string& more = R"("chunks":[1])") {
  return R"({"identifier":")" + name + R"(","name":")" + name + R"(","size":)" + size + "," + more + "}";
}

/// "kind name" to size of the parts of one entry; of the whole build for "".
std::map<std::string, double> parts(const Collected& found, const std::string& entry) {
  std::map<std::string, double> named;
  for (const Part& part : found.facts.parts) {
    const std::string* label = part.where.find("entry");
    if ((label == nullptr ? "" : *label) == entry) {
      EXPECT_FALSE(named.contains(part.kind + " " + part.name)) << "names are unique: " << part.name;
      named[part.kind + " " + part.name] = part.size;
    }
  }
  return named;
}

std::string importer(const Collected& found, const std::string& name) {
  for (const Part& part : found.facts.parts) {
    if (part.name == name && part.where.find("entry") != nullptr) {
      return part.importers.empty() ? "" : part.importers.front();
    }
  }
  return "no such part";
}

using Named = std::map<std::string, double>;

TEST(BundleParts, AnEntryHoldsWhatItsFirstChunksHold) {
  const Collected found = collect_text(with_modules(module("./src/a.js", "10") + "," +
                                                    module("./node_modules/lodash/x.js", "30", R"("chunks":[1,2])") +
                                                    "," + module("./src/later.js", "5", R"("chunks":[2])")));
  EXPECT_EQ(parts(found, "main"), (Named{{"module src/a.js", 10}, {"package lodash", 30}}));
  EXPECT_EQ(parts(found, ""), (Named{{"module src/a.js", 10}, {"module src/later.js", 5}, {"package lodash", 30}}));
}

TEST(BundleParts, JoinedModulesAreCountedInsideAndOnce) {
  const std::string inner = module("./node_modules/p/a.js", "7", R"("chunks":[])") + "," +
                            module("./src/b.js", "2", R"("orphan":true,"chunks":[])");
  const std::string joined = module("./src/root.js + 1 modules", "9", R"("chunks":[1],"modules":[)" + inner + "]");
  const std::string again = module("./src/other.js + 1 modules", "9", R"("chunks":[2],"modules":[)" + inner + "]");
  const Collected found = collect_text(with_modules(joined + "," + again + "," + inner));
  EXPECT_EQ(parts(found, "main"), (Named{{"module src/b.js", 2}, {"package p", 7}}));
  EXPECT_EQ(parts(found, ""), (Named{{"module src/b.js", 2}, {"package p", 7}}));
}

TEST(BundleParts, ModulesUnderTheirChunksAreTheSame) {
  const std::string under =
      R"(,"chunks":[{"id":1,"modules":[{"identifier":"a","name":"./src/a.js","size":10},{"identifier":"s","name":"./src/s.js","size":3}]},)"
      R"({"id":2,"modules":[{"identifier":"s","name":"./src/s.js","size":3}]}])";
  const Collected found = collect_text(with_modules("", under));
  EXPECT_EQ(parts(found, "main"), (Named{{"module src/a.js", 10}, {"module src/s.js", 3}}));
  EXPECT_EQ(parts(found, ""), parts(found, "main")) << "a module in two chunks is one";
}

TEST(BundleParts, ThePackageIsBroughtInByTheProjectsCodeWhereThatAsksForIt) {
  const Collected found = collect_text(with_modules(
      module("./node_modules/moment/a.js", "5", R"("chunks":[1],"issuerName":"./node_modules/moment/b.js")") + "," +
      module("./node_modules/moment/b.js", "5", R"("chunks":[1],"issuerName":"./node_modules/other/i.js")") + "," +
      module("./node_modules/moment/c.js", "5",
             R"("chunks":[1],"issuerName":"babel-loader!./src/date.ts?x + 2 modules")") +
      "," + module("./node_modules/other/i.js", "1", R"("chunks":[1],"issuerName":"./node_modules/moment/c.js")") +
      "," + module("./src/date.ts", "1")));
  EXPECT_EQ(importer(found, "moment"), "src/date.ts");
  EXPECT_EQ(importer(found, "other"), "moment") << "and another package where only that does; a circle is no harm";
  EXPECT_EQ(importer(found, "src/date.ts"), "") << "nobody asks for the entry itself";
}

TEST(BundleParts, OrphansTellWhoAsksForAPackage) {
  const Collected found = collect_text(
      with_modules(module("./node_modules/p/i.js", "5", R"("chunks":[1],"issuerName":"./node_modules/p/j.js")") + "," +
                   module("./node_modules/p/j.js", "1", R"("chunks":[],"orphan":true,"issuerName":"./src/a.js")")));
  EXPECT_EQ(parts(found, "main"), (Named{{"package p", 5}}));
  EXPECT_EQ(importer(found, "p"), "src/a.js");
}

TEST(BundleParts, AListThatIsNotWholeIsNotTold) {
  const std::string one = module("./src/a.js", "10");
  const Named files{{"asset main.js", 10}};
  for (const std::string& text :
       {with_modules(one, R"(,"filteredModules":3)"), with_modules(one + "," + module("./src/b.js", "-4")),
        with_modules(one + "," + module("./src/b.js", "null")),
        with_modules(one + "," + module("./src/b.js", R"("9")")),
        with_modules(one + "," + module("./src/b.js", "1e400")), with_modules(module("./src/a.js + 3 modules", "10")),
        with_modules("")}) {
    const Collected found = collect_text(text);
    if (!found.error) {
      EXPECT_EQ(parts(found, "main"), files) << text;
    }
  }
}

TEST(BundleParts, WithoutChunksOnlyTheBuildAsAWholeIsTold) {
  const Collected found = collect_text(with_modules(module("./src/a.js", "10", R"("x":1)")));
  EXPECT_EQ(parts(found, ""), (Named{{"module src/a.js", 10}}));
  EXPECT_EQ(parts(found, "main"), Named{});
}

TEST(BundleParts, RepeatedIdentifiersAndNonsenseChunksDoNoHarm) {
  const Collected found =
      collect_text(with_modules(module("./src/a.js", "10") + "," + module("./src/a.js", "99") + "," +
                                module("./src/b.js", "5", R"("chunks":[null,{},"1",1,1,-1,1e300])")));
  EXPECT_EQ(parts(found, "main"), (Named{{"module src/a.js", 10}, {"module src/b.js", 5}}));
}

TEST(BundleParts, NamesAreSafeAndBounded) {
  const std::string longest(5000, 'x');
  const Collected found = collect_text(with_modules(module("./src/\\u001b[31m\\n</b>.js", "10") + "," +
                                                    module("./src/" + longest + ".js", "5") + "," +
                                                    module("./node_modules/\\u202eevil/x.js", "3")));
  ASSERT_FALSE(found.facts.parts.empty());
  for (const Part& part : found.facts.parts) {
    EXPECT_EQ(printable(part.name), part.name);
    EXPECT_LT(part.name.size(), 300U);
  }
}

TEST(BundleParts, OfVeryManyModulesTheRestIsSummedUp) {
  const auto reading = [](std::size_t count) {
    std::string modules;
    for (std::size_t i = 0; i < count; ++i) {
      modules += (i == 0 ? "" : ",") + module("./src/m" + std::to_string(i) + ".js", i < 10 ? "1000" : "1");
    }
    return [count, text = with_modules(modules)] {
      const Named main = parts(collect_text(text), "main");
      EXPECT_EQ(main.size(), kMostPartsOfPlace + 1);
      EXPECT_EQ(main.at("module src/m3.js"), 1000);
      EXPECT_EQ(main.at("module other modules"), static_cast<double>(count - kMostPartsOfPlace));
    };
  };
  EXPECT_LT(growth(12'500, reading), kLinear);
}

TEST(BundleParts, SeveralBuildsKeepTheirNames) {
  const Collected found = collect_fixture("multi");
  ASSERT_FALSE(found.facts.parts.empty());
  for (const Part& part : found.facts.parts) {
    EXPECT_NE(part.where.find("app"), nullptr);
  }
}

}  // namespace
}  // namespace budgetcheck
