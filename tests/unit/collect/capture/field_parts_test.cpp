#include "collect/capture/field_parts.h"

#include <gtest/gtest.h>

#include <map>

#include "collect/capture/har.h"

namespace budgetcheck {
namespace {

std::string entry(const std::string& url, const std::string& content, const std::string& status = "200") {
  return R"({"time":5,"request":{"method":"GET","url":")" + url + R"("},"response":{"status":)" + status +
         R"(,"headers":[],"headersSize":10,"bodySize":20,"content":)" + content + "}}";
}

std::string json_content(const std::string& text, std::size_t size) {
  std::string escaped;
  for (const char c : text) {
    escaped += c == '"' ? "\\\"" : std::string(1, c);
  }
  return R"({"size":)" + std::to_string(size) + R"(,"mimeType":"application/json","text":")" + escaped + R"("})";
}

std::map<std::string, double> fields(const std::string& entries, const std::string& route) {
  const std::string text = R"({"log":{"version":"1.2","creator":{"name":"x"},"entries":[)" + entries + "]}}";
  const auto content = content_from_string(text);
  const RouteTable routes;
  Facts facts;
  Input input;
  EXPECT_TRUE(har_format().collect({"a.har", "a.har", content.get()}, {nullptr, &routes}, input, facts));
  std::map<std::string, double> named;
  for (const Part& part : facts.parts) {
    EXPECT_EQ(part.metric, "payload.decoded");
    EXPECT_EQ(part.kind, "field");
    if (part.where == Labels{{"route", route}}) {
      named[part.name] = part.size;
    }
  }
  return named;
}

using Fields = std::map<std::string, double>;

TEST(FieldParts, TheLargestResponseOfARouteIsTold) {
  const std::string small = R"({"a":1})";
  const std::string large = R"({"a":1,"bio":"xxxxxxxxxx"})";
  const Fields found = fields(entry("http://h/api/u", json_content(small, small.size())) + "," +
                                  entry("http://h/api/u", json_content(large, large.size())) + "," +
                                  entry("http://h/api/u", json_content(small, small.size())),
                              "GET /api/u");
  EXPECT_EQ(found, (Fields{{"(body)", 2}, {"a", 5}, {"bio", 19}}));
}

TEST(FieldParts, BodiesInBase64AreToldAndOtherEncodingsAreNot) {
  const auto content = [](const std::string& encoding) {
    return R"({"size":7,"mimeType":"application/json; charset=utf-8","encoding":")" + encoding +
           R"(","text":"eyJhIjoxfQ=="})";
  };
  EXPECT_EQ(fields(entry("http://h/api/u", content("base64")), "GET /api/u").size(), 2U);
}

TEST(FieldParts, WhatIsNoAnswerInJsonHasNoFields) {
  const std::string json = R"({\"a\":1})";
  const std::string text = R"({"size":7,"mimeType":"text/plain","text":")" + json + R"("})";
  EXPECT_TRUE(fields(entry("http://h/notes.txt", text), "GET /notes.txt").empty());
  EXPECT_TRUE(fields(entry("http://h/api/u", json_content("{\"a\":", 5)), "GET /api/u").empty());
  EXPECT_TRUE(fields(entry("http://h/api/u", json_content("{\"a\":1}", 7), "0"), "GET /api/u").empty());
  EXPECT_TRUE(fields(entry("http://h/api/u", R"({"size":7,"mimeType":"application/json"})"), "GET /api/u").empty());
}

TEST(FieldParts, ABodyBelongsToItsOwnEntryOnly) {
  const Fields found = fields(entry("http://h/api/a", json_content("{\"a\":1}", 7)) + "," +
                                  entry("http://h/api/b", R"({"size":900,"mimeType":"application/json"})"),
                              "GET /api/b");
  EXPECT_TRUE(found.empty());
}

TEST(FieldParts, NoCapturedValueIsShown) {
  const std::string secret = "tok3n9secret";
  for (const auto& [name, size] :
       fields(entry("http://h/api/u?key=" + secret, json_content(R"({"ada@example.com":")" + secret + R"("})", 40)),
              "GET /api/u")) {
    EXPECT_EQ(name.find(secret), std::string::npos);
    EXPECT_EQ(name.find('@'), std::string::npos);
  }
}

}  // namespace
}  // namespace budgetcheck
