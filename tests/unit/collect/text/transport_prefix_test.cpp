#include "collect/text/transport_prefix.h"

#include <gtest/gtest.h>

#include <string>

namespace budgetcheck {
namespace {

TEST(TransportPrefix, IsTakenOff) {
  struct Case {
    std::string prefix;
    std::string stream;
    std::string time;
  };
  for (const Case& c : {
           Case{"web-1  | ", "web-1  |", ""},
           Case{"0|shop     | ", "0|shop     |", ""},
           Case{"0|shop  | 2026-11-23T06:45:42: ", "0|shop  |", "2026-11-23T06:45:42:"},
           Case{"2026-11-23T06:53:57.021123456Z ", "", "2026-11-23T06:53:57.021123456Z"},
           Case{"2026-11-23T06:53:57.021+00:00 stdout F ", " stdout ", "2026-11-23T06:53:57.021+00:00"},
           Case{"web-1  | 2026-11-23T06:45:42.871Z ", "web-1  |", "2026-11-23T06:45:42.871Z"},
           Case{"[pod/web-5d/app] ", "[pod/web-5d/app]", ""},
           Case{"build\tRun e2e\t2026-11-20T10:00:00.0006796Z ", "build\tRun e2e", "2026-11-20T10:00:00.0006796Z"},
       }) {
    const std::string line = c.prefix + "  SELECT a | b";
    const Transported sent = without_transport(line);
    EXPECT_EQ(sent.text, "  SELECT a | b") << c.prefix;
    EXPECT_EQ(sent.stream, c.stream);
    EXPECT_EQ(sent.time, c.time);
    EXPECT_FALSE(sent.continues);
  }
  EXPECT_TRUE(without_transport("2026-11-23T06:53:57.021Z stderr P SELECT").continues);
}

TEST(TransportPrefix, WhatTheProgramWroteStays) {
  for (const std::string line : {"", "|", "a | b", "SELECT a FROM t | x", "[Nest] 12 - SELECT", "[query] select 1",
                                 "2026-11-23 06:45:42 UTC [1] LOG:  x", "2026-11-23T06:45:42Zx", "app>x"}) {
    const Transported sent = without_transport(line);
    if (line != "a | b") {
      EXPECT_EQ(sent.text, line);
      EXPECT_EQ(sent.stream, "");
    }
  }
}

}  // namespace
}  // namespace budgetcheck
