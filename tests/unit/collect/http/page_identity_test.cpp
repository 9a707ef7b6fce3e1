#include "collect/http/page_identity.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

void add(Facts& facts, const std::string& metric, const Labels& where) {
  Sample sample;
  sample.metric = metric;
  sample.where = where;
  facts.samples.push_back(std::move(sample));
}

TEST(SettlePages, OneHostIsNoLabel) {
  Facts facts;
  add(facts, "lighthouse.lcp", {{"page", "/"}, {"host", "shop.example"}});
  add(facts, "lighthouse.lcp", {{"page", "/a"}, {"host", "shop.example"}});
  facts.unmeasured.push_back({"lighthouse.", {{"page", "/b"}, {"host", "shop.example"}}, "", "", {}, true});
  settle_pages(facts, "lighthouse.");
  EXPECT_EQ(facts.samples[0].where, (Labels{{"page", "/"}}));
  EXPECT_EQ(facts.samples[1].where, (Labels{{"page", "/a"}}));
  EXPECT_EQ(facts.unmeasured[0].where, (Labels{{"page", "/b"}}));
}

TEST(SettlePages, OfSeveralTheFirstIsTheOwn) {
  Facts facts;
  add(facts, "lighthouse.lcp", {{"page", "/"}, {"host", "shop.example"}});
  add(facts, "lighthouse.lcp", {{"page", "/"}, {"host", "admin.example"}});
  add(facts, "lighthouse.lcp", {{"mode", "timespan"}});
  facts.unmeasured.push_back({"lighthouse.inp", {{"page", "/"}, {"host", "admin.example"}}, "", "", {}, true});
  settle_pages(facts, "lighthouse.");
  EXPECT_EQ(facts.samples[0].where, (Labels{{"page", "/"}, {"host", "self"}}));
  EXPECT_EQ(facts.samples[1].where, (Labels{{"page", "/"}, {"host", "admin.example"}}));
  EXPECT_EQ(facts.samples[2].where, (Labels{{"mode", "timespan"}}));
  EXPECT_EQ(*facts.unmeasured[0].where.find("host"), "admin.example");
}

TEST(SettlePages, ASlashMakesNoOtherPage) {
  Facts facts;
  add(facts, "lighthouse.lcp", {{"page", "/about"}, {"host", "a"}});
  add(facts, "lighthouse.lcp", {{"page", "/about/"}, {"host", "a"}});
  add(facts, "lighthouse.lcp", {{"page", "/docs/"}, {"host", "a"}});
  add(facts, "lighthouse.lcp", {{"page", "/docs"}, {"host", "a"}});
  add(facts, "lighthouse.lcp", {{"page", "/"}, {"host", "a"}});
  settle_pages(facts, "lighthouse.");
  std::vector<std::string> pages;
  for (const Sample& sample : facts.samples) {
    pages.push_back(*sample.where.find("page"));
  }
  EXPECT_EQ(pages, (std::vector<std::string>{"/about", "/about", "/docs/", "/docs/", "/"}));
}

TEST(SettlePages, HostsSpellTheirPagesThemselves) {
  Facts facts;
  add(facts, "lighthouse.lcp", {{"page", "/about"}, {"host", "a"}});
  add(facts, "lighthouse.lcp", {{"page", "/about/"}, {"host", "b"}});
  settle_pages(facts, "lighthouse.");
  EXPECT_EQ(*facts.samples[1].where.find("page"), "/about/");
}

TEST(SettlePages, OtherFamiliesStayAsTheyAre) {
  Facts facts;
  add(facts, "payload.transfer", {{"page", "/"}, {"host", "cdn.example"}});
  settle_pages(facts, "lighthouse.");
  EXPECT_EQ(*facts.samples[0].where.find("host"), "cdn.example");
}

TEST(HostLabel, HasThePort) {
  EXPECT_EQ(host_label_of("https://Shop.example:8443/a"), "shop.example:8443");
  EXPECT_EQ(host_label_of("https://user:pw@shop.example/a"), "shop.example");
  EXPECT_EQ(host_label_of("/a"), "");
}

}  // namespace
}  // namespace budgetcheck
