#include "json/schema/schema.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "base/embedded.h"
#include "json/document.h"
#include "json/writer.h"

namespace budgetcheck::json {
namespace {

Value parsed(const std::string& text) {
  auto value = read_json("x.json", text);
  EXPECT_TRUE(value) << text;
  return value ? std::move(*value) : Value();
}

std::string errors_of(const Schema& schema, const std::string& document) {
  std::string out;
  for (const Error& error : schema.check("x.json", parsed(document))) {
    out += to_string(error) + "\n";
  }
  return out;
}

std::string errors_of(const std::string& schema, const std::string& document) {
  return errors_of(Schema("test", schema), document);
}

TEST(Schema, EveryKeywordAcceptsAndRejects) {
  struct Row {
    std::string schema, good, bad, says;
  };
  const std::vector<Row> rows{
      {R"({"type":"string"})", R"("a")", "1", "is 1 but must be a text (put it in quotes)"},
      {R"({"type":"integer"})", "2", "2.5", "is 2.5 but must be a whole number"},
      {R"({"type":"number"})", "2.5", R"("2")", "must be a number"},
      {R"({"type":"boolean"})", "true", "0", "must be true or false"},
      {R"({"type":"null"})", "null", "0", "must be null"},
      {R"({"type":"array"})", "[]", "{}", "is a mapping but must be a list"},
      {R"({"type":"object"})", "{}", "[]", "is a list but must be a mapping"},
      {R"({"type":["string","number"]})", "1", "null", "has no value (write a text or a number"},
      {R"({"properties":{"a":{"type":"number"}}})", R"({"a":1})", R"({"a":"x"})", "x.json:1:6: 'a' is 'x'"},
      {R"({"title":"a thing","properties":{"max":{}},"additionalProperties":false})", R"({"max":1})", R"({"maxx":1})",
       "x.json:1:2: unknown key 'maxx' in a thing (did you mean 'max'?)"},
      {R"({"properties":{"max":{}},"additionalProperties":{"type":"number"}})", R"({"max":"x","b":1})", R"({"b":"x"})",
       "'b' is 'x' but must be a number"},
      {R"({"patternProperties":{"^x-":{}},"additionalProperties":false})", R"({"x-a":1})", R"({"y":1})",
       "unknown key 'y'"},
      {R"({"patternProperties":{"^x-":{"type":"number"}}})", R"({"y":"1"})", R"({"x-y":"1"})", "must be a number"},
      {R"({"title":"a thing","required":["a"]})", R"({"a":1})", "{}", "a thing needs 'a' (add it)"},
      {R"({"title":"a thing","required":["a","b"]})", R"({"a":1,"b":1})", "{}",
       "x.json:1:1: a thing needs 'a' and 'b' (add them)"},
      {R"({"title":"a thing","properties":{"metric":{}},"required":["metric"],"additionalProperties":false})",
       R"({"metric":1})", R"({"met":1})", "unknown key 'met' in a thing (did you mean 'metric'?)"},
      {R"({"enum":["error","off"]})", R"("off")", R"("eror")",
       "is 'eror' but must be one of error, off (did you mean 'error'?)"},
      {R"({"enum":["error","off"]})", R"("error")", "1", "must be one of"},
      {R"({"items":{"type":"number"}})", "[1,2]", R"([1,"a",2,"b"])", "an entry of"},
      {R"({"minItems":2})", "[1,2]", "[1]", "has 1 entry but needs 2"},
      {R"({"maxItems":1})", "[1]", "[1,2]", "has 2 entries but takes 1"},
      {R"({"minLength":1})", R"("a")", R"("")", "is empty"},
      {R"({"minLength":2})", R"("ab")", R"("a")", "is shorter than 2 characters"},
      {R"({"title":"a date","pattern":"^[0-9]+$"})", R"("12")", R"("1x")", "is '1x' but must be a date"},
      {R"({"minimum":1})", "1", "0.5", "must be 1 or more"},
      {R"({"maximum":1})", "1", "1.5", "must be 1 or less"},
      {R"({"oneOf":[{"type":"string"},{"type":"object","required":["p"]}]})", R"({"p":1})", "{}", "needs 'p'"},
      {R"({"oneOf":[{"type":"string"},{"type":"object"}]})", R"("x")", "1", "must be a text or a mapping"},
      {R"({"oneOf":[{"type":"number"},{"minimum":1}]})", "0", "2", "fits more than one"},
      {R"({"anyOf":[{"type":"number"},{"type":"string"}]})", "2", "true", "must be a number or a text"},
      {R"({"definitions":{"n":{"type":"number"}},"items":{"$ref":"#/definitions/n"}})", "[1]", R"(["a"])",
       "must be a number"},
      {R"({"definitions":{"l":{"type":"array","items":{"$ref":"#/definitions/l"}}},"items":{"$ref":"#/definitions/l"}})",
       "[[[]]]", "[[[1]]]", "must be a list"},
  };
  for (const Row& row : rows) {
    EXPECT_EQ(errors_of(row.schema, row.good), "") << row.schema;
    EXPECT_NE(errors_of(row.schema, row.bad).find(row.says), std::string::npos) << row.schema << "\n"
                                                                                << errors_of(row.schema, row.bad);
  }
}

TEST(Schema, AnyOfTakesWhatFitsSeveralForms) {
  EXPECT_EQ(errors_of(R"({"anyOf":[{"type":"number"},{"minimum":1}]})", "2"), "");
}

TEST(Schema, AllErrorsAreListedInTheOrderOfTheDocument) {
  const std::string said = errors_of(
      R"({"required":["z"],"properties":{"a":{"type":"number"},"b":{"enum":["xyz"]},"z":{}},"additionalProperties":false})",
      "{\"b\": \"xy\",\n \"c\": 1,\n \"a\": \"1\"}");
  EXPECT_EQ(said,
            "x.json:1:1: the document needs 'z' (add it)\n"
            "x.json:1:7: 'b' is 'xy' but must be one of xyz (did you mean 'xyz'?)\n"
            "x.json:2:2: unknown key 'c' in the document (known keys: a, b, z)\n"
            "x.json:3:7: 'a' is '1' but must be a number\n");
}

TEST(Schema, AMisspeltKeyIsNotMissingToo) {
  const std::string said =
      errors_of(R"({"required":["metric"],"properties":{"metric":{}},"additionalProperties":false})", R"({"metrc":1})");
  EXPECT_NE(said.find("unknown key 'metrc'"), std::string::npos);
  EXPECT_EQ(said.find("lacks"), std::string::npos);
}

TEST(Schema, ManyErrorsStopAtTheLimit) {
  std::string document = "[0";
  for (int i = 0; i < 10'000; ++i) {
    document += ",0";
  }
  const Schema schema("test", R"({"items":{"type":"string"}})");
  EXPECT_EQ(schema.check("x.json", parsed(document + "]")).size(), Schema::kMaxErrors);
}

TEST(Schema, HostileTextIsMadeSafe) {
  const std::string said = errors_of(R"({"additionalProperties":false})", R"({"a\u001b[31m\nb":1})");
  EXPECT_EQ(said.find('\x1b'), std::string::npos);
  EXPECT_EQ(said.find('\n'), said.size() - 1);
}

TEST(Schema, TheSchemaThatFilesAreHeldAgainstLoads) {
  const auto& all = embedded_schemas();
  const auto budgets =
      std::find_if(all.begin(), all.end(), [](const auto& file) { return file.name == "budgets.v1.json"; });
  ASSERT_NE(budgets, all.end());
  EXPECT_NO_THROW(Schema(std::string(budgets->name), budgets->bytes));
}

// ---- Every constraint of schemas/budgets.v1.json is alive ----

std::string_view budgets_schema() {
  for (const EmbeddedFile& file : embedded_schemas()) {
    if (file.name == "budgets.v1.json") {
      return file.bytes;
    }
  }
  return {};
}

const std::vector<std::string>& bad_budgets() {
  static const std::vector<std::string> kBad = [] {
    std::vector<std::string> all{"[]",
                                 "{}",
                                 R"({"version":0})",
                                 R"({"version":2})",
                                 R"({"version":1.5})",
                                 R"({"version":"1"})",
                                 R"({"$schema":1})",
                                 R"({"version":1,"x-free":{"a":[1]},"y":1})"};
    const auto top = [&](const std::string& key, std::initializer_list<std::string> values) {
      for (const std::string& value : values) {
        all.push_back("{\"version\":1,\"" + key + "\":" + value + "}");
      }
    };
    top("project", {"1", R"("")"});
    top("apps", {"1", "\"\"", "[\"apps/web\"]", "{\"web\": 1}", "{\"web\": \"\"}"});
    top("inputs", {"1",
                   "[1]",
                   R"([""])",
                   "[{}]",
                   R"([{"path":1}])",
                   R"([{"path":""}])",
                   R"([{"path":"a","root":1}])",
                   R"([{"path":"a","root":""}])",
                   R"([{"path":"a","app":1}])",
                   R"([{"path":"a","app":""}])",
                   R"([{"path":"a","time":1}])",
                   R"([{"path":"a","time":"h"}])",
                   R"([{"path":"a","time":{}}])",
                   R"([{"path":"a","time":{"field":"t"}}])",
                   R"([{"path":"a","time":{"unit":"ms"}}])",
                   R"([{"path":"a","time":{"field":"t","unit":"ms","x":1}}])",
                   R"([{"path":"a","time":{"field":1,"unit":"ms"}}])",
                   R"([{"path":"a","time":{"field":"t","unit":1}}])",
                   R"([{"path":"a","time":{"field":"t","unit":"h"}}])",
                   R"([{"path":"a","schema":1}])",
                   R"([{"path":"a","schema":""}])",
                   R"([{"path":"a","fields":1}])",
                   R"([{"path":"a","fields":{"x":"a"}}])",
                   R"([{"path":"a","fields":{"query":1}}])",
                   R"([{"path":"a","fields":{"query":""}}])",
                   R"([{"path":"a","fields":{"params":1}}])",
                   R"([{"path":"a","fields":{"request":1}}])",
                   R"([{"path":"a","fields":{"trace":1}}])",
                   R"([{"path":"a","fields":{"route":1}}])",
                   R"([{"path":"a","fields":{"service":1}}])",
                   R"([{"path":"a","fields":{"queue":1}}])",
                   R"([{"path":"a","unit":1}])",
                   R"([{"path":"a","unit":"minutes"}])",
                   R"([{"path":"a","test":1}])",
                   R"([{"path":"a","test":""}])",
                   R"([{"path":"a","service":1}])",
                   R"([{"path":"a","service":""}])",
                   R"([{"path":"a","fields":{"time":1}}])",
                   R"([{"path":"a","fields":{"waiting":1}}])",
                   R"([{"path":"a","fields":{"active":1}}])",
                   R"([{"path":"a","fields":{"delayed":1}}])",
                   R"([{"path":"a","fields":{"finished":1}}])",
                   R"([{"path":"a","fields":{"failed":1}}])",
                   R"([{"path":"a","fields":{"state":1}}])",
                   R"([{"path":"a","fields":{"count":1}}])",
                   R"([{"path":"a","fields":{"duration":1}}])",
                   R"([{"path":"a","fields":{"duration":""}}])",
                   R"([{"path":"a","fields":{"duration":{}}}])",
                   R"([{"path":"a","fields":{"duration":{"field":1,"unit":"us"}}}])",
                   R"([{"path":"a","fields":{"duration":{"field":"a","unit":1}}}])",
                   R"([{"path":"a","fields":{"duration":{"field":"a","unit":"x"}}}])",
                   R"([{"path":"a","fields":{"duration":{"field":"a","unit":"us","x":1}}}])",
                   R"([{"path":"a","precompressed":"yes"}])",
                   R"([{"path":"a","optional":1}])",
                   R"([{"path":"a","x":1}])"});
    top("table_rows", {"1", "[]", R"("")"});
    top("limits", {"1",
                   "{}",
                   R"({"plans":1})",
                   R"({"plans":{"1a":{"rate":"1/s","tenants":1}}})",
                   R"({"plans":{"a":1}})",
                   R"({"plans":{"a":{"tenants":1}}})",
                   R"({"plans":{"a":{"rate":"1/s"}}})",
                   R"({"plans":{"a":{"rate":1,"tenants":1}}})",
                   R"({"plans":{"a":{"rate":"1","tenants":1}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":0}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1.5}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1000000001}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1,"burst":-1}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1,"burst":"x"}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1,"burst":1000001}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1,"active":[]}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1,"active":""}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1,"prefix":1}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1,"prefix":""}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1,"prefix":"a b"}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1,"prefix":[]}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1,"prefix":[1]}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1,"prefix":["*"]}}})",
                   R"({"plans":{"a":{"rate":"1/s","tenants":1,"x":1}}})",
                   R"({"plans":{},"key":1})",
                   R"({"plans":{},"key":"x-api-key"})",
                   R"({"plans":{},"plan":1})",
                   R"({"plans":{},"plan":"p"})",
                   R"({"plans":{},"nginx":1})",
                   R"({"plans":{},"nginx":""})",
                   R"({"plans":{},"nginx":[]})",
                   R"({"plans":{},"nginx":[1]})",
                   R"({"plans":{},"nginx":[""]})",
                   R"({"plans":{},"x":1})",
                   R"({"plans":{},"capacity":1})",
                   R"({"plans":{},"capacity":{"budget":"a"}})",
                   R"({"plans":{},"capacity":{"headroom":"1%"}})",
                   R"({"plans":{},"capacity":{"budget":1,"headroom":"1%"}})",
                   R"({"plans":{},"capacity":{"budget":"","headroom":"1%"}})",
                   R"({"plans":{},"capacity":{"budget":"a","headroom":true}})",
                   R"({"plans":{},"capacity":{"budget":"a","headroom":""}})",
                   R"({"plans":{},"capacity":{"budget":"a","headroom":"1%","instances":0}})",
                   R"({"plans":{},"capacity":{"budget":"a","headroom":"1%","instances":"x"}})",
                   R"({"plans":{},"capacity":{"budget":"a","headroom":"1%","instances":100001}})",
                   R"({"plans":{},"capacity":{"budget":"a","headroom":"1%","per_instance":1}})",
                   R"({"plans":{},"capacity":{"budget":"a","headroom":"1%","x":1}})"});
    top("generate", {"1", "[]", R"({"a":1})", R"({"a":""})"});
    top("routes", {"1", "[1]", R"(["a"])"});
    top("telemetry", {"1",
                      "[]",
                      R"({"x":1})",
                      R"({"required":1})",
                      R"({"required":[1]})",
                      R"({"required":[{}]})",
                      R"({"personal_data":1})",
                      R"({"personal_data":{"x":1}})",
                      R"({"personal_data":{"allow":1}})",
                      R"({"personal_data":{"allow":[1]}})",
                      R"({"personal_data":{"allow":[""]}})",
                      R"({"personal_data":{"ignore_fields":1}})",
                      R"({"personal_data":{"ignore_fields":[1]}})",
                      R"({"personal_data":{"ignore_fields":[""]}})",
                      R"({"retention":1})",
                      R"({"retention":{"x":1}})",
                      R"({"retention":{"traces":14}})",
                      R"({"retention":{"traces":"14 days"}})",
                      R"({"retention":{"logs":1}})",
                      R"({"retention":{"logs":"0d"}})",
                      R"({"retention":{"approved_by":1}})",
                      R"({"retention":{"approved_by":""}})",
                      R"({"retention":{"review_by":1}})",
                      R"({"retention":{"review_by":"31.3.2027"}})",
                      R"({"sampling":1})",
                      R"({"sampling":{"x":1}})",
                      R"({"sampling":{"keep_errors":"yes"}})",
                      R"({"sampling":{"keep_slower_than":[]}})",
                      R"({"sampling":{"keep_slower_than":""}})",
                      R"({"sampling":{"baseline":5}})",
                      R"({"sampling":{"baseline":{"x":1}}})",
                      R"({"sampling":{"baseline":{"min":[]}}})",
                      R"({"sampling":{"baseline":{"min":""}}})",
                      R"({"sampling":{"baseline":{"max":[]}}})",
                      R"({"sampling":{"baseline":{"max":""}}})",
                      R"({"collector":1})",
                      R"({"collector":""})"});
    top("tiers", {"1", "[]", R"({"a":1})", R"({"a":{"x":1}})", R"({"a":{"owner":1}})", R"({"a":{"owner":""}})",
                  R"({"a":{"page":1}})", R"({"a":{"page":""}})", R"({"a":{"notify":1}})", R"({"a":{"notify":""}})",
                  R"({"a":{"runbooks":1}})", R"({"a":{"runbooks":""}})"});
    top("queues", {"1", "{}", "[1]", "[{}]", R"([{"queue":1}])", R"([{"queue":""}])", R"([{"queue":"a","x":1}])",
                   R"([{"queue":"a","tier":1}])", R"([{"queue":"a","tier":""}])", R"([{"queue":"a","concurrency":[]}])",
                   R"([{"queue":"a","max_depth":[]}])", R"([{"queue":"a","max_wait":[]}])",
                   R"([{"queue":"a","max_wait":""}])", R"([{"queue":"a","max_utilisation":[]}])"});
    const auto requirement = [&](std::initializer_list<std::string> members) {
      for (const std::string& member : members) {
        top("telemetry", {"{\"required\":[{" + member + "}]}"});
      }
    };
    requirement(
        {R"("on":"log")", R"("attributes":["a"])", R"("on":1,"attributes":["a"])", R"("on":"logs","attributes":["a"])",
         R"("on":"log","attributes":1)", R"("on":"log","attributes":[])", R"("on":"log","attributes":[1])",
         R"("on":"log","attributes":[""])", R"("on":"server","attributes":["a"],"scope":1)",
         R"("on":"server","attributes":["a"],"scope":"request")", R"("on":"server","attributes":["a"],"min":[])",
         R"("on":"server","attributes":["a"],"min":"")", R"("on":"server","attributes":["a"],"routes":1)",
         R"("on":"server","attributes":["a"],"routes":[])", R"("on":"server","attributes":["a"],"routes":[1])",
         R"("on":"server","attributes":["a"],"routes":[""])", R"("on":"server","attributes":["a"],"x":1)"});
    top("budgets", {"1", "[1]", "[{}]"});
    const auto budget = [&](std::initializer_list<std::string> members) {
      for (const std::string& member : members) {
        all.push_back("{\"version\":1,\"budgets\":[{\"metric\":\"m\"," + member + "}]}");
      }
    };
    top("budgets", {R"([{"metric":1}])", R"([{"metric":""}])"});
    budget({R"("id":1)",
            R"("id":"a\nb")",
            R"("where":1)",
            R"("where":{"a":[]})",
            R"("where":{"a":""})",
            R"("stat":1)",
            R"("stat":"p76")",
            R"("min":[])",
            R"("min":"")",
            R"("max":[])",
            R"("max_increase":[])",
            R"("max_increase":"")",
            R"("max_increase":{"x":1})",
            R"("max_increase":{"percent":[]})",
            R"("max_increase":{"percent":""})",
            R"("max_increase":{"absolute":[]})",
            R"("max_increase":{"absolute":""})",
            R"("level":1)",
            R"("level":"eror")",
            R"("owner":1)",
            R"("owner":"")",
            R"("why":1)",
            R"("why":"")",
            R"("raised":1)",
            R"("raised":{})",
            R"("raised":{"reason":1,"owner":1,"expires":1,"x":1})",
            R"("raised":{"reason":"","owner":"","expires":"x"})",
            R"("enforce_from":1)",
            R"("enforce_from":"1.1.2026")",
            R"("x":1)"});
    top("rules", {"1", R"({"a":1})", R"({"a":"eror"})", R"({"a":{"level":"eror"}})", R"({"a":{"level":1}})",
                  R"({"a":{"ignore":1}})", R"({"a":{"ignore":[1]}})", R"({"a":{"ignore":[""]}})", R"({"a":{"n":[]}})",
                  R"({"a":{"n":""}})"});
    top("rules_dir", {"1", R"("")"});
    top("waivers",
        {"1", "[1]", "[{}]", R"([{"budget":1}])", R"([{"budget":""}])", R"([{"budget":"b","where":1}])",
         R"([{"budget":"b","owner":1}])", R"([{"budget":"b","reason":1}])", R"([{"budget":"b","expires":1}])",
         R"([{"budget":"b","ceiling":[]}])", R"([{"budget":"b","x":1}])"});
    top("removed", {"1", "[1]", "[{}]", R"([{"budget":1,"owner":1,"reason":1}])",
                    R"([{"budget":"","owner":"","reason":""}])", R"([{"budget":"b","owner":"o","reason":"r","x":1}])"});
    top("loosened", {"1", "[1]", "[{}]", R"([{"setting":1,"owner":1,"reason":1,"expires":1}])",
                     R"([{"setting":"","owner":"","reason":"","expires":"x"}])",
                     R"([{"setting":"routes","owner":"o","reason":"r","x":1}])"});
    top("metrics", {"1", R"({"a.b":1})", R"({"a.b":{}})", R"({"a.b":{"unit":1}})", R"({"a.b":{"unit":""}})",
                    R"({"a.b":{"direction":1}})", R"({"a.b":{"direction":"up"}})", R"({"a.b":{"class":1}})",
                    R"({"a.b":{"class":"x"}})", R"({"a.b":{"stat":"x"}})", R"({"a.b":{"title":1}})",
                    R"({"a.b":{"title":""}})", R"({"a.b":{"x":1}})"});
    return all;
  }();
  return kBad;
}

TEST(BudgetsSchema, EveryBadSampleIsRejected) {
  const Schema schema("budgets.v1.json", budgets_schema());
  for (const std::string& bad : bad_budgets()) {
    EXPECT_NE(errors_of(schema, bad), "") << bad;
  }
}

/// Calls `visit` with every schema in `schema`, itself included, and its pointer.
void each_subschema(Value& schema, const std::string& pointer,
                    const std::function<void(Value&, const std::string&)>& visit) {
  visit(schema, pointer);
  for (Member& member : *schema.object()) {
    const std::string at = pointer + "/" + member.key;
    if (member.key == "properties" || member.key == "patternProperties" || member.key == "definitions") {
      for (Member& child : *member.value.object()) {
        each_subschema(child.value, at + "/" + child.key, visit);
      }
    } else if (member.key == "oneOf" || member.key == "anyOf") {
      for (Value& child : *member.value.array()) {
        each_subschema(child, at, visit);
      }
    } else if ((member.key == "items" || member.key == "additionalProperties") && member.value.is_object()) {
      each_subschema(member.value, at, visit);
    }
  }
}

TEST(BudgetsSchema, NoConstraintCanBeTakenAwayUnseen) {
  const Schema whole("budgets.v1.json", budgets_schema());
  std::vector<std::string> before;
  for (const std::string& bad : bad_budgets()) {
    before.push_back(errors_of(whole, bad));
  }
  Value schema = parsed(std::string(budgets_schema()));
  std::size_t constraints = 0;
  each_subschema(schema, "", [&](Value& sub, const std::string& pointer) {
    for (std::size_t i = 0; i < sub.object()->size(); ++i) {
      const std::string key = (*sub.object())[i].key;
      if (key == "title" || key == "description" || key == "$schema" || key == "id" || key == "definitions" ||
          key == "properties" || key == "patternProperties") {
        continue;
      }
      ++constraints;
      Member taken = (*sub.object())[i];
      sub.object()->erase(sub.object()->begin() + static_cast<std::ptrdiff_t>(i));
      const Schema weaker("weaker", to_json(schema));
      bool seen = false;
      for (std::size_t bad = 0; bad < before.size() && !seen; ++bad) {
        seen = errors_of(weaker, bad_budgets()[bad]) != before[bad];
      }
      EXPECT_TRUE(seen) << "no bad sample needs " << pointer << "/" << key;
      sub.object()->insert(sub.object()->begin() + static_cast<std::ptrdiff_t>(i), std::move(taken));
    }
  });
  EXPECT_GT(constraints, 100U);
}

TEST(BudgetsSchema, EveryPropertyIsDescribedForEditors) {
  Value schema = parsed(std::string(budgets_schema()));
  each_subschema(schema, "", [&](Value& sub, const std::string& pointer) {
    const std::size_t at = pointer.rfind("/properties/");
    if (at != std::string::npos && pointer.find('/', at + 12) == std::string::npos) {
      EXPECT_NE(sub.string_or("description", ""), "") << pointer;
    }
  });
}

}  // namespace
}  // namespace budgetcheck::json
