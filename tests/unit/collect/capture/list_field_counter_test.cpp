#include "collect/capture/list_field_counter.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Exchange answer(const std::string& route, std::uint64_t key = 0) {
  Exchange exchange;
  exchange.route = route;
  exchange.request_key = key;
  exchange.location = {"shop.har", 0, 0, "/log/entries/" + std::to_string(key)};
  return exchange;
}

std::vector<FieldSize> fields_of(const std::string& text) {
  const auto fields = field_sizes(text);
  EXPECT_TRUE(fields) << text;
  return fields.value_or(std::vector<FieldSize>());
}

/// "users[] 3: id! role!=": a field that every element has bears a '!', one that never varies a '='.
std::vector<std::string> described(const ListFieldCounter& counter) {
  std::vector<ListFields> lists;
  counter.append_to(lists);
  std::vector<std::string> out;
  for (const ListFields& list : lists) {
    std::string text = list.route + " " + list.list + " " + std::to_string(list.elements) + ":";
    for (const ListFields::Field& field : list.fields) {
      text += " " + field.name + (field.everywhere ? "!" : "") + (field.constant ? "=" : "");
    }
    if (!list.fields.empty()) {
      out.push_back(text);
    }
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(ListFieldCounter, CountsOverAllAnswersOfARoute) {
  ListFieldCounter counter;
  counter.add(answer("GET /a", 1), fields_of(R"({"users":[{"id":1,"role":"x","o":{"n":null}},{"id":2,"role":"x"}]})"));
  counter.add(answer("GET /a", 2), fields_of(R"({"users":[{"id":3,"role":"x"}]})"));
  EXPECT_EQ(described(counter), (Lines{"GET /a users[] 3: id! o.n= role!="}));
  counter.add(answer("GET /a", 3), fields_of(R"({"users":[{"id":3,"role":"y"}]})"));
  EXPECT_EQ(described(counter), (Lines{"GET /a users[] 4: id! o.n= role!"}));
}

TEST(ListFieldCounter, AnAnswerMayBeTheThingItself) {
  ListFieldCounter counter;
  counter.add(answer("GET /a/:id", 1), fields_of(R"({"id":1,"role":"x","tags":["p","q"]})"));
  counter.add(answer("GET /a/:id", 2), fields_of(R"({"id":2,"role":"x"})"));
  EXPECT_EQ(described(counter), (Lines{"GET /a/:id (body) 2: id! role!="}));
  ListFieldCounter top;
  top.add(answer("GET /a", 1), fields_of(R"([{"id":1},{"id":2}])"));
  EXPECT_EQ(described(top), (Lines{"GET /a [] 2: id!"}));
}

TEST(ListFieldCounter, TypesAreValuesTooAndContainersAreNone) {
  ListFieldCounter counter;
  counter.add(answer("GET /a"),
              fields_of(R"([{"a":1,"b":"1","c":null,"d":true,"e":[]},{"a":"1","b":"1","c":0,"d":false,"e":[]}])"));
  EXPECT_EQ(described(counter), (Lines{"GET /a [] 2: a! b!= c! d!"}));
}

TEST(ListFieldCounter, TheSameRequestAgainAndNamesMadeOfDataTellNothing) {
  ListFieldCounter counter;
  counter.add(answer("GET /a", 7), fields_of(R"([{"a":1}])"));
  counter.add(answer("GET /a", 7), fields_of(R"([{"a":1}])"));
  counter.add(answer("GET /a", 8), fields_of(R"([{"a":1,"12345":2}])"));
  EXPECT_EQ(described(counter), (Lines{"GET /a [] 2: a!="}));
}

TEST(ListFieldCounter, RoutesThatBecomeOneAreAddedUp) {
  ListFieldCounter counter;
  counter.add(answer("GET /a/x", 1), fields_of(R"({"id":1,"same":5})"));
  counter.add(answer("GET /a/y", 2), fields_of(R"({"id":2,"same":5,"more":1})"));
  counter.rename([](const std::string&) { return std::string("GET /a/:slug"); });
  EXPECT_EQ(described(counter), (Lines{"GET /a/:slug (body) 2: id! more= same!="}));
  std::vector<ListFields> lists;
  counter.append_to(lists);
  EXPECT_EQ(lists[0].answers, 2U);
  EXPECT_EQ(lists[0].location.pointer, "/log/entries/2") << "the larger one";
}

TEST(ListFieldCounter, IsBounded) {
  ListFieldCounter counter;
  for (std::size_t i = 0; i < ListFieldCounter::kMaxRoutes + 5; ++i) {
    counter.add(answer("GET /" + std::to_string(i)), fields_of(R"([{"a":1}])"));
  }
  EXPECT_EQ(described(counter).size(), ListFieldCounter::kMaxRoutes);
}

}  // namespace
}  // namespace budgetcheck
