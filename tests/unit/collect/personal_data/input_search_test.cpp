#include "collect/personal_data/input_search.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace budgetcheck {
namespace {

std::vector<std::string> found(const std::string& text, std::string_view format = "",
                               const PersonalDataSettings& settings = {}) {
  const auto content = content_from_string(text);
  Input input;
  input.path = "in";
  Facts facts;
  search_personal_data(*content, format, settings, input, facts);
  EXPECT_EQ(facts.personal.searched, std::vector<std::string>{"in"});
  std::vector<std::string> out;
  for (const PersonalValues& values : facts.personal.values) {
    out.push_back(std::string(to_string(values.kind)) + " " + values.field + " " +
                  std::to_string(values.location.line) + " x" + std::to_string(values.count));
  }
  return out;
}

using List = std::vector<std::string>;

TEST(PersonalDataInput, OneFindingForEachFieldAndKind) {
  EXPECT_EQ(found("{\"user\":{\"email\":\"a@firma.de\"},\"to\":[\"b@firma.de\",\"c@firma.de\"]}\n{\"x\":1}\n{\"user\":{"
                  "\"email\":\"d@firma.de\",\"ip\":\"80.1.2.3\"}}\n"),
            (List{"email to[] 1 x2", "email user.email 1 x2", "ip user.ip 3 x1"}));
}

TEST(PersonalDataInput, ReadsHar) {
  const std::string har = R"({"log":{"entries":[{"request":{
"url":"https://s.internal/x?mail=a%40firma.de",
"headers":[{"name":"X-Forwarded-For",
"value":"80.1.2.3"}],
"queryString":[{"name":"mail","value":"a@firma.de"}],
"postData":{"mimeType":"application/json","text":"{\"phone\":\"+493023125143\"}"}},
"response":{"content":{"mimeType":"application/json",
"text":"eyJ0byI6ICJiQGZpcm1hLmRlIn0=","encoding":"base64"}},"serverIPAddress":"80.9.9.9"},
{"response":{"content":{"mimeType":"text/javascript","text":"author ann@firma.de"}}}]}})";
  EXPECT_EQ(found(har, "har"), (List{"ip request.headers.x-forwarded-for 4 x1", "phone request.postData.text 6 x1",
                                     "email request.queryString.mail 5 x1", "email request.url 2 x1",
                                     "email response.content.text 8 x1"}));
}

TEST(PersonalDataInput, ReadsAttributesOfOtlp) {
  const std::string spans =
      R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"GET","attributes":[{"key":"client.address","value":{"stringValue":"80.1.2.3"}},)"
      R"({"key":"http.request.header.x-api-key","value":{"arrayValue":{"values":[{"stringValue":"hF0i5xColwe7CxhZphPavb8s"}]}}}],)"
      R"("events":[{"attributes":[{"key":"user.email","value":{"stringValue":"a@firma.de"}}]}],"status":{"message":"no carrier for +33639988626"}}]}]}]})";
  EXPECT_EQ(found(spans + "\n" + spans + "\n", "otlp"),
            (List{"ip attributes.client.address 1 x2", "secret-field attributes.http.request.header.x-api-key[] 1 x2",
                  "email events[].attributes.user.email 1 x2", "phone status.message 1 x2"}));
}

TEST(PersonalDataInput, ReadsTextOfOtherForms) {
  EXPECT_EQ(found("ts=1 to=a@firma.de msg=\"call +493023125143\" x=1\n"), (List{"phone msg 1 x1", "email to 1 x1"}));
  EXPECT_EQ(found("*   Trying 80.1.2.3:443...\n> GET /u?m=a%40firma.de HTTP/1.1\n> PRIVATE-TOKEN: "
                  "glpat-OB9byK8HxWeTAc2Z1QlP\n> \n< HTTP/1.1 200 OK\n< Date: x\n"),
            (List{"email  2 x1", "token request.headers.private-token 3 x1"}));
  EXPECT_EQ(found("2026-11-29 08:50:59.950 UTC [1] a@b DETAIL:  parameters: $1 = 'a@firma.de', $2 = '80.1.2.3'\n"),
            (List{"email  1 x1", "ip  1 x1"}));
  EXPECT_EQ(found("web-1  | {\"mail\":\"a@firma.de\"}\n"), List{"email mail 1 x1"});
}

TEST(PersonalDataInput, KeysThatAreDataAreNotShown) {
  EXPECT_EQ(found("{\"by\":{\"a@firma.de\":{\"ip\":\"80.1.2.3\"}}}"), (List{"email by.* 1 x1", "ip by.*.ip 1 x1"}));
}

TEST(PersonalDataInput, WhatIsCutOffIsSearchedAsText) {
  EXPECT_EQ(found("{\"a\":\n{\"mail\":\"a@firma.de\"},\n\"b\":"), List{"email  2 x1"});
  const auto whole = content_from_string("{\"a\":1}");
  const auto cut = content_from_string("{\"a\":");
  const auto text = content_from_string("a text\n");
  const auto empty = content_from_string(" \n");
  EXPECT_TRUE(can_be_searched("in", *whole));
  EXPECT_TRUE(can_be_searched("in", *text));
  EXPECT_FALSE(can_be_searched("in", *cut));
  EXPECT_FALSE(can_be_searched("in", *empty));
}

TEST(PersonalDataInput, FieldsAreBounded) {
  std::string text;
  for (int i = 0; i < 1500; ++i) {
    text += "{\"k" + std::to_string(i % 10) + std::string(static_cast<std::size_t>(i) % 7, 'a') +
            std::string(static_cast<std::size_t>(i / 10), 'b').substr(0, 60) + "\":\"a@firma.de\"}\n";
  }
  const auto content = content_from_string(text);
  Input input;
  Facts facts;
  search_personal_data(*content, "", {}, input, facts);
  EXPECT_LE(facts.personal.values.size(), 1000U);
}

TEST(PersonalDataInput, CurlNamesTheServerItAsked) {
  EXPECT_EQ(found("{\"remote_ip\":\"80.1.2.3\",\"url\":\"http://x/\"}\n{\"a\":1}\n", "curl"), List());
}

}  // namespace
}  // namespace budgetcheck
