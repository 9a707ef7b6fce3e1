#pragma once

#include <signal.h>
#include <sys/types.h>

namespace budgetcheck {

/// Holds back the signals that end this process, on this thread: between the start of a child and its entry below, one
/// of them would leave the child alone in the world.
class SignalsHeld {
 public:
  SignalsHeld();
  ~SignalsHeld();
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

 private:
  sigset_t before_;
};

/// While it lives, SIGINT, SIGTERM and SIGHUP to this process first end the child with everything in its group. A
/// signal that is ignored (nohup) or has a handler stays as it is.
class RunningChild {
 public:
  explicit RunningChild(pid_t group);
  ~RunningChild();
  RunningChild(const RunningChild&) = delete;
  RunningChild& operator=(const RunningChild&) = delete;

 private:
  pid_t group_;
};

}  // namespace budgetcheck
