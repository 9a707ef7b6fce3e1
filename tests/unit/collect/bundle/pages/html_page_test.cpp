#include "collect/bundle/pages/html_page.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace budgetcheck {
namespace {

std::string urls(const char* html) {
  std::vector<std::string> out;
  for (const PageFile& file : files_of_page(html)) {
    out.push_back(file.url + (file.is_module ? " (module)" : ""));
  }
  return join(out, ", ");
}

TEST(HtmlPage, LoadsScriptsStylesAndWhatIsPreloaded) {
  EXPECT_EQ(urls("<script type=\"module\" crossorigin src=\"/a.js\"></script><link rel=stylesheet href=/b.css>"),
            "/a.js (module), /b.css");
  EXPECT_EQ(urls("<LINK REL='modulepreload' HREF='c.js'><link rel=preload as=script href=d.js>"),
            "c.js (module), d.js");
  EXPECT_EQ(urls("<script defer src=main.js?v=1&amp;w=2></script>"), "main.js?v=1&w=2");
  EXPECT_EQ(urls("<link rel=\"stylesheet\" href=\"s.css\" media=\"print\" onload=\"this.media='all'\">"
                 "<noscript><link rel=\"stylesheet\" href=\"t.css\"></noscript>"),
            "s.css");
}

TEST(HtmlPage, DoesNotLoadWhatIsForLaterOrForOthers) {
  EXPECT_EQ(urls("<script nomodule src=old.js></script><link rel=prefetch as=script href=p.js>"
                 "<link rel=preload as=font href=f.woff2><link rel=\"alternate stylesheet\" href=n.css>"
                 "<script type=\"application/json\" src=x.json></script><!-- <script src=c.js></script> -->"
                 "<template><script src=t.js></script></template>"),
            "");
}

TEST(HtmlPage, ReadsInlineModulesAndIslands) {
  EXPECT_EQ(
      urls("<script type=module>import \"/m.js\";\nimport * as r from '/r.js';\nPromise.all([import(\"./n.js\")]); "
           "import x from \"bare\"; a.import(\"/no.js\")</script>"),
      "/m.js (module), ./n.js (module), /r.js (module)");
  EXPECT_EQ(urls("<astro-island uid=\"1\" component-url=\"/_astro/C.js\" renderer-url=\"/_astro/r.js\" props=\"{}\">"),
            "/_astro/C.js (module), /_astro/r.js (module)");
}

TEST(HtmlPage, HostilePagesNeitherHangNorCrash) {
  for (const char* unit :
       {"<", "<script", "<script>", "<a b=\"", "<!--", "<script>import\"", "<a b='c'", "</script>"}) {
    std::string page;
    while (page.size() < 300'000) {
      page += unit;
    }
    EXPECT_LE(files_of_page(page).size(), 2000U);
  }
}

TEST(StaticImports, AreThoseAtTheBeginning) {
  const auto imports = [](const char* script) { return join(static_imports(script), ", "); };
  EXPECT_EQ(
      imports("import{a as b}from\"./x.js\";import\"./y.js\";import c from './z.js'\nconst d=()=>import(\"./no.js\")"),
      "./x.js, ./y.js, ./z.js");
  EXPECT_EQ(imports("\"use strict\";/* licence */ // note\nexport*from\"./x.js\";export{a}from\"./y.js\";"),
            "./x.js, ./y.js");
  EXPECT_EQ(imports("export{a};var s='import\"./no.js\"'"), "");
  EXPECT_EQ(imports("import.meta.url;import(\"./no.js\")"), "");
  EXPECT_EQ(imports("import{a"), "");
}

}  // namespace
}  // namespace budgetcheck
