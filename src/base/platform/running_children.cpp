#include "base/platform/running_children.h"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <ctime>
#include <mutex>

namespace budgetcheck {
namespace {

constexpr std::array kEnding = {SIGINT, SIGTERM, SIGHUP};
constexpr std::size_t kMostChildren = 64;

/// The groups of the children that run; 0: free. Read by a signal handler, so it is neither locked nor moved.
std::array<std::atomic<pid_t>, kMostChildren> groups{};
static_assert(std::atomic<pid_t>::is_always_lock_free);

void signal_all(int signal) {
  for (const std::atomic<pid_t>& group : groups) {
    if (const pid_t id = group.load(); id > 0) {
      ::kill(-id, signal);
    }
  }
}

bool all_have_ended() {
  bool ended = true;
  for (const std::atomic<pid_t>& group : groups) {
    if (const pid_t id = group.load(); id > 0) {
      ::waitpid(id, nullptr, WNOHANG);  // what has ended and is not waited for still counts as one of the group
      ended = ended && ::kill(-id, 0) != 0;
    }
  }
  return ended;
}

/// Only what may be called in a signal handler.
void end_children(int signal) {
  const int code = errno;
  signal_all(SIGTERM);
  constexpr int kRounds = 50;
  const timespec pause{0, 10'000'000};
  for (int round = 0; round < kRounds && !all_have_ended(); ++round) {
    ::nanosleep(&pause, nullptr);
  }
  signal_all(SIGKILL);
  errno = code;
  // Ends this process by the signal that came, once this returns, so that whoever sent it sees what he expects.
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : kEnding) {
    sigaddset(&signals, signal);
  }
  return signals;
}

void take_signals() {
  for (const int signal : kEnding) {
    struct sigaction now {};
    if (::sigaction(signal, nullptr, &now) == 0 && (now.sa_flags & SA_SIGINFO) == 0 && now.sa_handler == SIG_DFL) {
      struct sigaction ours {};
      ours.sa_handler = end_children;
      ours.sa_mask = ending_signals();
      ::sigaction(signal, &ours, nullptr);
    }
  }
}

}  // namespace

SignalsHeld::SignalsHeld() {
  static std::once_flag once;
  std::call_once(once, take_signals);
  const sigset_t signals = ending_signals();
  ::pthread_sigmask(SIG_BLOCK, &signals, &before_);
}

SignalsHeld::~SignalsHeld() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

RunningChild::RunningChild(pid_t group) : group_(group) {
  for (std::atomic<pid_t>& slot : groups) {
    pid_t free = 0;
    if (slot.compare_exchange_strong(free, group)) {
      return;
    }
  }
}

RunningChild::~RunningChild() {
  for (std::atomic<pid_t>& slot : groups) {
    pid_t own = group_;
    slot.compare_exchange_strong(own, 0);
  }
}

}  // namespace budgetcheck
