#include "collect/logs/text/python_marks.h"

#include <gtest/gtest.h>

namespace budgetcheck::console {
namespace {

TEST(PythonMarks, BecomeQuestionMarks) {
  std::string params;
  EXPECT_EQ(without_python_marks("a = %(x)s AND b = %(y)s AND c LIKE 'p%%'", "{'y': 2, 'x': 'u'}", params),
            "a = ? AND b = ? AND c LIKE 'p%'");
  EXPECT_EQ(params, "[\"u\",2]");
  EXPECT_EQ(without_python_marks("a = %s", "(5,)", params), "a = ?");
  EXPECT_EQ(params, "[5]");
  EXPECT_EQ(without_python_marks("a = %(x)s", "{'y': 2}", params), "a = ?");
  EXPECT_EQ(params, "");
}

}  // namespace
}  // namespace budgetcheck::console
