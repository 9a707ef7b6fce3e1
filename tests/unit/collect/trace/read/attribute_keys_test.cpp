#include "collect/trace/read/attribute_keys.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

using KeySlot = AttributeSlot;

TEST(AttributeKeys, OldAndNewNamesAreOneThing) {
  const AttributeKeys keys(nullptr);
  for (const auto& [old_name, new_name, slot] :
       {std::tuple{"db.statement", "db.query.text", KeySlot::kStatement},
        {"db.system", "db.system.name", KeySlot::kSystem},
        {"http.method", "http.request.method", KeySlot::kMethod},
        {"http.status_code", "http.response.status_code", KeySlot::kStatus},
        {"http.url", "url.full", KeySlot::kFullUrl},
        {"messaging.destination", "messaging.destination.name", KeySlot::kQueue}}) {
    EXPECT_EQ(keys.find(old_name).slot, slot) << old_name;
    EXPECT_EQ(keys.find(new_name).slot, slot) << new_name;
  }
}

TEST(AttributeKeys, OthersAreNobodys) {
  const AttributeKeys keys(nullptr);
  for (const std::string_view name : {"", "db", "db.query", "db.query.texts", "http.method ", "HTTP.METHOD", "x"}) {
    EXPECT_EQ(keys.find(name).slot, KeySlot::kNone) << name;
    EXPECT_EQ(keys.find(name).required, 0U) << name;
  }
  EXPECT_TRUE(keys.required().empty());
}

TEST(AttributeKeys, WhatTheBudgetsFileRequiresHasABitOfItsOwn) {
  Telemetry telemetry;
  telemetry.required.resize(3);
  telemetry.required[0].attributes = {"tenant.id", "http.route"};
  telemetry.required[1].attributes = {"tenant.id", "peer.service"};
  telemetry.required[2].on = TelemetryRequirement::On::kLog;
  telemetry.required[2].attributes = {"trace_id"};
  const AttributeKeys keys(&telemetry);
  EXPECT_EQ(keys.required(), (std::vector<std::string>{"tenant.id", "http.route", "peer.service"}));
  EXPECT_EQ(keys.find("tenant.id").required, 1U);
  EXPECT_EQ(keys.find("http.route").required, 2U);
  EXPECT_EQ(keys.find("http.route").slot, KeySlot::kRoute) << "it is still what it was";
  EXPECT_EQ(keys.find("peer.service").required, 4U);
  EXPECT_EQ(keys.find("trace_id").required, 0U) << "asked of log records";
}

TEST(AttributeKeys, OfMoreThan64TheRestIsNotToldApart) {
  Telemetry telemetry;
  telemetry.required.resize(1);
  for (int i = 0; i < 70; ++i) {
    telemetry.required[0].attributes.push_back("a" + std::to_string(i));
  }
  const AttributeKeys keys(&telemetry);
  EXPECT_EQ(keys.required().size(), AttributeKeys::kMostRequired);
  EXPECT_EQ(keys.find("a63").required, std::uint64_t{1} << 63);
  EXPECT_EQ(keys.find("a64").required, 0U);
}

}  // namespace
}  // namespace budgetcheck
