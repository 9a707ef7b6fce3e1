#include "collect/http/error_answers.h"

#include <gtest/gtest.h>

namespace budgetcheck {
namespace {

TEST(ErrorAnswers, AShareIsSaidWithItsStatusesAndTheFirst) {
  ErrorAnswers errors;
  EXPECT_FALSE(errors.all());
  errors.add(200, "GET /a");
  EXPECT_EQ(errors.note(), "");
  errors.add(404, "GET /b");
  EXPECT_EQ(errors.note(), "1 of 2 responses is an error (404): 'GET /b'");
  errors.add(500, "GET /c");
  errors.add(304, "GET /a");
  errors.add(302, "GET /a");
  EXPECT_EQ(errors.note(), "2 of 5 responses are errors (404, 500), the first 'GET /b'");
  EXPECT_FALSE(errors.all());
}

TEST(ErrorAnswers, WhatNothingAnsweredIsNoErrorAnswerAndStillAFailure) {
  ErrorAnswers errors;
  errors.add(0, "GET /a");
  EXPECT_EQ(errors.note(), "");
  EXPECT_TRUE(errors.all());
  EXPECT_EQ(errors.all_note(), "its only request failed");
  errors.add(-1, "GET /a");
  EXPECT_EQ(errors.all_note(), "each of its 2 requests failed");
  errors.add(503, "GET /a");
  EXPECT_EQ(errors.all_note(), "each of its 3 requests failed or was answered with an error (503)");
  ErrorAnswers answered;
  answered.add(500, "GET /a");
  EXPECT_EQ(answered.all_note(), "its only request was answered with an error (500)");
  errors.add(399, "GET /a");
  EXPECT_FALSE(errors.all());
}

TEST(ErrorAnswers, BeginAt400AndAreTheServersFrom500) {
  EXPECT_FALSE(is_error_answer(399));
  EXPECT_TRUE(is_error_answer(400));
  EXPECT_TRUE(is_error_answer(0));
  EXPECT_FALSE(is_server_error(499));
  EXPECT_TRUE(is_server_error(500));
}

}  // namespace
}  // namespace budgetcheck
