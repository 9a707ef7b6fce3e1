#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "base/embedded.h"
#include "base/text.h"
#include "report/format.h"
#include "report/html/html_data.h"
#include "report/html/html_frame.h"
#include "report/html/html_parts.h"
#include "report/html/html_sections.h"
#include "unit/report/sample_report.h"

namespace budgetcheck {
namespace {

using testing::AllOf;
using testing::AnyOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

std::size_t count_of(const std::string& text, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
    ++n;
  }
  return n;
}

/// Without what the program brings itself: styles and scripts, but with the data.
std::string own_text(const std::string& page) {
  std::string out = page;
  for (const char* name : {"base.css", "report.css", "page.js", "verdicts.js", "parts.js", "charts.js"}) {
    const std::string_view file = page_file(name);
    const std::size_t at = file.empty() ? std::string::npos : out.find(file);
    if (at != std::string::npos) {
      out.erase(at, file.size());
    }
  }
  return out;
}

std::string data_of(const std::string& page) {
  constexpr std::string_view kBegin = "<script type=\"application/json\" id=\"data\">";
  const std::size_t begin = page.find(kBegin) + kBegin.size();
  return page.substr(begin, page.find("</script>", begin) - begin);
}

Part part(Labels where, std::string kind, std::string name, double size) {
  return {kind == "field"   ? "payload.decoded"
          : kind == "query" ? "queries.count"
                            : "bundle.",
          std::move(where),
          std::move(kind),
          std::move(name),
          kind == "query" ? Unit::kCount : Unit::kBytes,
          size,
          {}};
}

Exchange exchange(std::string page, std::string path, double start) {
  Exchange e;
  e.method = "GET";
  e.path = std::move(path);
  e.page = std::move(page);
  e.type = "script";
  e.status = 200;
  e.transfer_bytes = 2000;
  e.start_ms = start;
  e.time_ms = 50;
  e.location.file = "home.har";
  return e;
}

Report full_report() {
  Report r = sample_report();
  r.parts = {part({{"entry", "main"}}, "module", "src/app.ts", 500),
             part({{"entry", "main"}}, "package", "react", 9000),
             part({{"route", "/api/orders"}}, "query", "SELECT … FROM Item WHERE id = ?", 12)};
  r.base_parts = {part({{"entry", "main"}}, "module", "src/app.ts", 400),
                  part({{"entry", "main"}}, "package", "moment", 70'000)};
  r.exchanges = {exchange("/", "/late.js", 100), exchange("/", "/early.js", 0)};
  Sample base = r.samples[0];
  base.value = 151'300.0;
  base.history = SampleHistory{20, {}, {}, {}, {140'000, 145'000}};
  r.base_samples = {base};
  return r;
}

TEST(HtmlReport, SaysAtOnceWhatBrokeAndWhatToDo) {
  const std::string page = render_html(sample_report(), {});
  const std::size_t outcome = page.find("<h1 id=\"outcome\">");
  const std::size_t to_do = page.find("What broke, and how to fix it");
  const std::size_t list = page.find("<section id=\"verdicts\"");
  ASSERT_LT(outcome, to_do);
  ASSERT_LT(to_do, list);
  const std::string first = page.substr(to_do, list - to_do);
  EXPECT_THAT(first, HasSubstr("home-lcp"));
  EXPECT_THAT(first, HasSubstr("2.41 s → 2.81 s, +400 ms (+16.6%), limit 2.5 s: over by 310 ms (12.4%)"));
  EXPECT_THAT(first, HasSubstr("Load the author with the posts"));  // of the worst finding
  EXPECT_THAT(page, HasSubstr("the key &#39;max_increse&#39; is unknown"));
  EXPECT_THAT(page, HasSubstr("let the build write it: webpack --json=dist/stats.json"));
  EXPECT_THAT(page, HasSubstr("9efa7e5, --base base.json"));
}

TEST(HtmlReport, WithoutABreachShowsWhatIsNearestToItsLimit) {
  const std::string page = render_html(green_report(), {});
  EXPECT_THAT(page, Not(HasSubstr("What broke")));
  const std::size_t near = page.find("nearest to a limit");
  ASSERT_NE(near, std::string::npos);
  EXPECT_LT(page.find("href=\"#v0\"", near), page.find("</div>\n", near) + 400);
  EXPECT_LT(page.find(">a11y<", near), page.find(">files<", near));  // 7 points of 90 are less than 28 of 40 files
}

TEST(HtmlReport, EveryVerdictStandsInThePageWithoutScripts) {
  const Report report = sample_report();
  const std::string page = own_text(render_html(report, {}));
  for (const Verdict& v : report.verdicts) {
    EXPECT_THAT(page, HasSubstr("<b>" + v.budget + "</b>"));
  }
  EXPECT_EQ(count_of(page, "<details class=\"row "), report.verdicts.size() + report.findings.size());
}

TEST(HtmlReport, TheDataHoldsEveryVerdictOnce) {
  const json::Value data = read_back(data_of(render_html(full_report(), {})));
  const auto& verdicts = *data.find("verdicts")->array();
  ASSERT_EQ(verdicts.size(), full_report().verdicts.size());
  const auto& texts = *data.find("texts")->array();
  const auto text = [&](const json::Value& number) {
    return *texts[static_cast<std::size_t>(*number.number())].string();
  };
  const auto& first = *verdicts[0].array();
  EXPECT_EQ(text(first[0]), "fail FAIL");
  EXPECT_EQ(*first[1].string(), "home-lcp");
  EXPECT_EQ(text(first[2]), "lighthouse.lcp");
  EXPECT_EQ(*first[3].string(), ", page=/, device=mobile (median of 5)");
  EXPECT_NEAR(*first[10].number(), 1.124, 1e-9);
  EXPECT_NEAR(*first[11].number(), 0.166, 1e-9);
}

TEST(HtmlReport, HistoryIsTheRecordsThenTheBaseThenNow) {
  const Report report = full_report();
  const HtmlReport html(report);
  std::size_t with_history = 0;
  for (std::size_t i = 0; i < html.verdicts.size(); ++i) {
    if (html.verdicts[i]->budget == "home-js") {
      EXPECT_THAT(html.histories[i], ElementsAre(140'000, 145'000, 151'300, 168'200));
    }
    with_history += html.histories[i].empty() ? 0U : 1U;
  }
  EXPECT_EQ(with_history, 1U);
  EXPECT_THAT(html_history(html), HasSubstr("class=\"limit\""));
}

TEST(HtmlReport, AnotherStatisticThanTheRecordsHasNoHistory) {
  Report report = full_report();
  report.base_samples[0] = report.samples[1];  // lighthouse.lcp, whose records are medians
  report.base_samples[0].history = SampleHistory{20, {}, {}, {}, {2400, 2410}};
  const auto histories = [&] {
    std::size_t n = 0;
    for (const auto& values : HtmlReport(report).histories) {
      n += values.empty() ? 0U : 1U;
    }
    return n;
  };
  EXPECT_EQ(histories(), 1U);
  report.verdicts[0].stat = Stat::kMax;
  EXPECT_EQ(histories(), 0U);
}

TEST(HtmlReport, PartsAreHeldAgainstTheBase) {
  const std::vector<PartPlace> places = part_places(full_report());
  ASSERT_EQ(places.size(), 2U);
  EXPECT_EQ(places[0].title, "entry=main");
  EXPECT_EQ(places[0].group, "Bundles");
  ASSERT_EQ(places[0].layers.size(), 1U);
  const PartLayer& layer = places[0].layers[0];
  EXPECT_EQ(layer.words, "packages and modules, bytes of source");
  EXPECT_EQ(layer.total, 9500);
  EXPECT_EQ(layer.base_total, 70'400);
  ASSERT_EQ(layer.parts.size(), 3U);
  EXPECT_EQ(layer.parts[0].name, "react");
  EXPECT_EQ(layer.parts[0].base, 0);  // new
  EXPECT_EQ(layer.parts[1].base, 400);
  EXPECT_EQ(layer.parts[2].name, "moment");  // gone
  EXPECT_EQ(layer.parts[2].size, 0);
  EXPECT_EQ(places[1].title, "/api/orders");
  EXPECT_FALSE(places[1].layers[0].has_base);
}

TEST(HtmlReport, ManyPartsAreBoundedAndTheRestIsCounted) {
  Report report;
  for (int i = 0; i < 5000; ++i) {
    report.parts.push_back(part({}, "module", "m" + std::to_string(i), 1 + i));
  }
  const std::vector<PartPlace> places = part_places(report);
  ASSERT_EQ(places.size(), 1U);
  const PartLayer& layer = places[0].layers[0];
  EXPECT_EQ(layer.parts.size() + layer.left_out, 5000U);
  EXPECT_LE(layer.parts.size(), 600U);
  double sum = layer.left_out_size;
  for (const PlacePart& one : layer.parts) {
    sum += one.size;
  }
  EXPECT_EQ(sum, layer.total);
}

TEST(HtmlReport, WithoutPartsTheFilesOfSamplesAreShown) {
  Report report;
  report.samples = sample_report().samples;
  report.samples[0].metric = "bundle.raw";
  report.samples[0].where = Labels{{"asset", "main.js"}, {"type", "js"}};
  const std::vector<PartPlace> places = part_places(report);
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].title, "the whole build");
  EXPECT_EQ(places[0].layers[0].parts[0].name, "main.js");
}

TEST(HtmlReport, RequestsStandInTheOrderTheyWereSent) {
  Report report = full_report();
  const std::string page = html_requests(HtmlReport(report));
  EXPECT_LT(page.find("/early.js"), page.find("/late.js"));
  EXPECT_THAT(page, HasSubstr("<svg class=\"bar wf\""));
  for (Exchange& e : report.exchanges) {
    e.start_ms = -1;
  }
  const std::string untimed = html_requests(HtmlReport(report));
  EXPECT_THAT(untimed, HasSubstr("does not say when its requests were sent"));
  EXPECT_THAT(untimed, Not(HasSubstr("<svg")));
}

TEST(HtmlReport, ShowsTemplatesAndNotThePathsThatWereAsked) {
  Report report = full_report();
  report.exchanges[0].path = "/orders/4711";
  report.exchanges[0].route = "GET /orders/:id";
  const std::string page = html_requests(HtmlReport(report));
  EXPECT_THAT(page, HasSubstr("</span> /orders/:id"));
  EXPECT_EQ(page.find("4711"), std::string::npos);
}

TEST(HtmlReport, ManyRequestsAreBoundedAndTheRestIsSaid) {
  Report report;
  for (int i = 0; i < 100'000; ++i) {
    report.exchanges.push_back(exchange("/page/" + std::to_string(i % 50), "/a.js", i));
  }
  const std::string page = html_requests(HtmlReport(report));
  EXPECT_LT(page.size(), 1'000'000U);
  EXPECT_THAT(page, HasSubstr("more requests not shown"));
  EXPECT_THAT(page, HasSubstr("10 more pages not shown"));
}

TEST(HtmlReport, HostileNamesAreTextEverywhere) {
  Report report = hostile_report();
  const std::string bad = hostile_text() + "</script><script>alert(1)</script>\xE2\x80\xA8" + std::string(1, '\0');
  report.parts = {part({{"entry", bad}}, "module", bad, 5), part({{"route", bad}}, "query", bad, 5),
                  part({{"route", bad}}, "field", bad, 5)};
  report.base_parts = report.parts;
  report.base_parts[0].name += "2";
  report.exchanges = {exchange(bad, bad, 1)};
  report.exchanges[0].type = report.exchanges[0].method = report.exchanges[0].host = report.exchanges[0].location.file =
      bad;
  report.verdicts[0].budget = bad;
  const std::string page = own_text(render_html(report, {}));
  EXPECT_EQ(count_of(page, "<script"), count_of(page, "</script"));
  EXPECT_LE(count_of(page, "<script"), 5U);  // data, charts and three of the page's own
  EXPECT_THAT(page, Not(AnyOf(HasSubstr("<b>&amp;"), HasSubstr("alert(1)</script>"), HasSubstr("\xE2\x80\xA8"),
                              HasSubstr("\xE2\x80\xAE"), HasSubstr("\x1b"))));
  EXPECT_EQ(page.find('\0'), std::string::npos);
  EXPECT_EQ(valid_utf8(page), page);
  EXPECT_THAT(data_of(render_html(report, {})), Not(AnyOf(HasSubstr("<"), HasSubstr("&"))));
  EXPECT_TRUE(read_back(data_of(render_html(report, {}))).is_object());
  // Tags are balanced, so no name opened or closed one.
  for (const char* tag : {"details", "section", "div", "table", "code", "svg", "li"}) {
    const std::string name(tag);
    EXPECT_EQ(count_of(page, "<" + name + " ") + count_of(page, "<" + name + ">"), count_of(page, "</" + name + ">"))
        << tag;
  }
}

TEST(HtmlReport, FiveThousandBudgetsAreSmall) {
  const Report report = big_report(5000);
  const std::string page = own_text(render_html(report, {}));
  EXPECT_LT(page.size(), 2'000'000U);
  EXPECT_THAT(page, HasSubstr("4950 more are listed with scripts enabled"));
  EXPECT_THAT(page, HasSubstr("4700 more are not shown"));
  EXPECT_EQ(read_back(data_of(page)).find("verdicts")->array()->size(), 5000U);
}

TEST(HtmlReport, ItsPolicyAllowsItsOwnScriptsOnly) {
  const std::string page = render_html(sample_report(), {});
  const std::size_t policy = page.find("Content-Security-Policy");
  ASSERT_NE(policy, std::string::npos);
  const std::string text = page.substr(policy, page.find('>', policy) - policy);
  EXPECT_THAT(text, HasSubstr("default-src 'none'"));
  EXPECT_THAT(text, Not(HasSubstr("script-src 'unsafe-inline'")));
  EXPECT_THAT(text, Not(HasSubstr("http")));
  for (const char* name : {"page.js", "verdicts.js", "parts.js"}) {
    EXPECT_THAT(text, HasSubstr(script_hash(name)));
  }
}

TEST(HtmlReport, ChartsAreBroughtAlongOnlyWhereSomethingIsDrawn) {
  const std::string_view charts = page_file("charts.js");
  const std::string without = render_html(sample_report(), {});
  const std::string with = render_html(full_report(), {});
  if (charts.empty()) {
    EXPECT_THAT(with, HasSubstr("built without charts"));
  } else {
    EXPECT_THAT(with, HasSubstr(std::string(charts.substr(0, 200))));
    EXPECT_THAT(charts, HasSubstr("Apache License"));
    EXPECT_THAT(charts, AllOf(HasSubstr("zrender "), HasSubstr("Redistribution and use in source and binary forms")));
    EXPECT_LT(charts.size(), 700'000U);
  }
  EXPECT_LT(without.size(), 120'000U);
}

TEST(HtmlFrame, ScriptsOfThePageCannotEndItsElement) {
  for (const EmbeddedFile& file : embedded_page()) {
    const std::string text = lower(file.bytes);
    EXPECT_THAT(text, Not(AnyOf(HasSubstr("</script"), HasSubstr("<!--"), HasSubstr("</style")))) << file.name;
  }
}

TEST(HtmlFrame, HashesAreBase64OfSha256) {
  const std::string hash = script_hash("page.js");
  EXPECT_TRUE(std::regex_match(hash, std::regex("'sha256-[A-Za-z0-9+/]{43}='"))) << hash;
}

TEST(HtmlFrame, JsonForAScript) {
  EXPECT_EQ(json_for_script("{\"a\":\"</script><!-- & \xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA7\"}"),
            "{\"a\":\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\\u2029\xE2\x80\xA7\"}");
}

}  // namespace
}  // namespace budgetcheck
