#include "base/platform/running_children.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>

#include "base/platform/process.h"

namespace budgetcheck {
namespace {

/// Runs a program that sends a signal to its parent, this process, and goes on.
void be_ended_while_a_child_runs(const char* signal) {
  std::signal(SIGINT, SIG_DFL);  // a shell's background jobs begin with it ignored
  ProcessRequest request;
  request.arguments = {"sh", "-c", std::string("kill -") + signal + " $PPID; sleep 100"};
  (void)run_process(request);
}

TEST(RunningChildrenDeathTest, ThisProcessEndsByTheSignalThatCame) {
  EXPECT_EXIT(be_ended_while_a_child_runs("TERM"), testing::KilledBySignal(SIGTERM), "");
  EXPECT_EXIT(be_ended_while_a_child_runs("INT"), testing::KilledBySignal(SIGINT), "");
}

void go_on_where_the_signal_is_ignored() {
  std::signal(SIGHUP, SIG_IGN);
  ProcessRequest request;
  request.arguments = {"sh", "-c", "kill -HUP $PPID; exit 7"};
  const auto result = run_process(request);
  std::_Exit(result ? result->status : 1);
}

TEST(RunningChildrenDeathTest, ASignalThatIsIgnoredStaysSo) {
  EXPECT_EXIT(go_on_where_the_signal_is_ignored(), testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace budgetcheck
