#include "detect/telemetry/personal_data.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

Facts facts_of(PersonalKind kind, std::string field, std::uint64_t count = 1) {
  Facts facts;
  facts.personal.values.push_back({kind, std::move(field), {"app.log", 7, 0, {}}, count, "a***@***"});
  return facts;
}

template <class Detect>
std::vector<Finding> find(const Detect& detect, const Facts& facts) {
  Rule rule;
  rule.id = "personal-data";
  rule.level = Level::kError;
  std::vector<Finding> findings;
  detect(facts, rule, findings);
  return findings;
}

TEST(PersonalData, SaysKindFieldInputAndCount) {
  const auto findings = find(detect_personal_data, facts_of(PersonalKind::kEmail, "user.email", 12));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "email in user.email");
  EXPECT_EQ(findings[0].message, "an e-mail address in 'user.email' of 'app.log', 12 times: a***@***");
  EXPECT_EQ(findings[0].location.line, 7U);
  EXPECT_EQ(findings[0].evidence.kind, "email");
  EXPECT_EQ(findings[0].evidence.field, "user.email");
  EXPECT_EQ(findings[0].evidence.input, "app.log");
  EXPECT_EQ(findings[0].evidence.count, 12U);
  EXPECT_NE(findings[0].fix.text.find("telemetry.personal_data"), std::string::npos);
}

TEST(PersonalData, LeavesSecretsToTheOtherRule) {
  EXPECT_TRUE(find(detect_personal_data, facts_of(PersonalKind::kJwt, "token")).empty());
  EXPECT_EQ(find(detect_secret_in_telemetry, facts_of(PersonalKind::kJwt, "token")).size(), 1U);
  EXPECT_TRUE(find(detect_secret_in_telemetry, facts_of(PersonalKind::kNationalId, "id")).empty());
}

TEST(PersonalData, TextWithoutFieldsIsNamedSo) {
  const auto findings = find(detect_secret_in_telemetry, facts_of(PersonalKind::kSecretField, ""));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "secret-field in text");
  EXPECT_EQ(findings[0].message, "a password or another secret in the text of 'app.log', once: a***@***");
  EXPECT_NE(findings[0].fix.text.find("revoke"), std::string::npos);
}

TEST(PersonalData, WhatTracersExportIsSetAndWhatLoggersWriteIsLogged) {
  Facts facts = facts_of(PersonalKind::kEmail, "events[].attributes.exception.message");
  facts.inputs = {{"app.log", "structured-log", 10, InputState::kRead, "", "", {}}};
  EXPECT_NE(find(detect_personal_data, facts)[0].fix.text.find("pino's redact"), std::string::npos);
  for (const std::string format : {"otlp", "zipkin", "otlp-logs"}) {
    facts.inputs[0].format = format;
    EXPECT_NE(find(detect_personal_data, facts)[0].fix.text.find("let the Collector"), std::string::npos) << format;
  }
  facts.inputs[0].path = "other.jsonl";
  EXPECT_NE(find(detect_personal_data, facts)[0].fix.text.find("pino's redact"), std::string::npos);
}

TEST(PersonalData, TheKeyFollowsNeitherCountNorLine) {
  Facts later = facts_of(PersonalKind::kEmail, "a", 9);
  later.personal.values[0].location.line = 99;
  EXPECT_EQ(find(detect_personal_data, facts_of(PersonalKind::kEmail, "a"))[0].key,
            find(detect_personal_data, later)[0].key);
}

TEST(PersonalData, ARuleThatIsSetAndLookedAtNothingSaysSo) {
  Rule rule;
  rule.id = "personal-data";
  std::vector<std::string> notes;
  note_unlooked_personal_data({}, rule, notes);
  EXPECT_TRUE(notes.empty());
  rule.asked = true;
  note_unlooked_personal_data({}, rule, notes);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_NE(notes[0].find("telemetry: { personal_data: {} }"), std::string::npos);
  Facts facts;
  facts.personal.searched.push_back("app.log");
  note_unlooked_personal_data(facts, rule, notes);
  EXPECT_EQ(notes.size(), 1U);
}

TEST(PersonalData, DoesNotFireOnNothing) { EXPECT_TRUE(find(detect_personal_data, {}).empty()); }

}  // namespace
}  // namespace budgetcheck
