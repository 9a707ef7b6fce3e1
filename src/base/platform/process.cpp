#include "base/platform/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/platform/descriptor.h"
#include "base/platform/process_environment.h"
#include "base/platform/running_children.h"
#include "base/platform/streams.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

/// How long a program that was asked to end has for it.
constexpr milliseconds kGrace{500};
/// How often a child that keeps its pipes open is looked at.
constexpr milliseconds kSlice{50};

struct Pipe {
  Descriptor read;
  Descriptor write;
  bool open() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
      return false;
    }
    read = Descriptor(ends[0]);
    write = Descriptor(ends[1]);
    return ::fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0;
  }
};

/// The input in a file in memory: unlike a pipe it cannot fill up, and a child may leave it unread.
bool open_input(const std::string& input, Descriptor& out) {
  if (input.empty()) {
    out = Descriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    return out.is_open();
  }
  out = Descriptor(::memfd_create("input", MFD_CLOEXEC));
  return out.is_open() && write_all(out.get(), input) && ::lseek(out.get(), 0, SEEK_SET) == 0;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (std::string& text : texts) {
    out.push_back(text.data());
  }
  out.push_back(nullptr);
  return out;
}

int spawn(const ProcessRequest& request, int in, int out, int err, pid_t& child) {
  std::vector<std::string> arguments = request.arguments;
  std::vector<std::string> environment = environment_of(request);
  const std::vector<char*> argv = pointers(arguments);
  const std::vector<char*> envp = pointers(environment);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, err, STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigaddset(&signals, SIGPIPE);  // ignored here, and that would be inherited
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  const int code = ::posix_spawnp(&child, argv.front(), &actions, &attributes, argv.data(), envp.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

/// Reads what is there. False at the end of the stream.
bool drain(int fd, std::size_t max, std::string& to, bool& cut) {
  char buffer[16384];
  for (;;) {
    const ssize_t n = ::read(fd, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) {
      continue;
    }
    if (n < 0) {
      return errno == EAGAIN || errno == EWOULDBLOCK;
    }
    if (n == 0) {
      return false;
    }
    const std::size_t room = max - std::min(max, to.size());
    const auto size = static_cast<std::size_t>(n);
    to.append(buffer, std::min(room, size));
    cut = cut || size > room;
  }
}

class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}

  /// True once it has ended.
  bool ended() {
    int status = 0;
    while (!ended_) {
      const pid_t got = ::waitpid(pid_, &status, WNOHANG);
      if (got < 0 && errno == EINTR) {
        continue;
      }
      if (got == 0) {
        return false;
      }
      ended_ = true;
      status_ = got < 0 ? 127 : WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    return true;
  }
  void wait_until(Clock::time_point deadline) {
    while (!ended() && Clock::now() < deadline) {
      ::poll(nullptr, 0, 2);
    }
  }
  /// Ends it with everything that it started.
  void end() {
    ::kill(-pid_, SIGTERM);
    wait_until(Clock::now() + kGrace);
    ::kill(-pid_, SIGKILL);
    wait_until(Clock::now() + kGrace);
  }
  int status() const { return status_; }

 private:
  pid_t pid_;
  bool ended_ = false;
  int status_ = 127;
};

}  // namespace

Expected<ProcessResult> run_process(const ProcessRequest& request) {
  if (request.arguments.empty()) {
    throw InternalError("run_process without a program");
  }
  const std::string name = printable(request.arguments.front());
  Descriptor in;
  Pipe out;
  Pipe err;
  if (!open_input(request.input, in) || !out.open() || !err.open()) {
    return fail(ErrorKind::kInput, fmt::format("cannot run '{}': {}", name, std::strerror(errno)));
  }
  pid_t pid = 0;
  std::optional<SignalsHeld> held(std::in_place);
  if (const int code = spawn(request, in.get(), out.write.get(), err.write.get(), pid); code != 0) {
    return fail(ErrorKind::kInput, fmt::format("cannot run '{}': {}", name, std::strerror(code)), {},
                code == ENOENT ? "install it, or put it on PATH" : "");
  }
  const RunningChild running(pid);
  held.reset();
  out.write.close();
  err.write.close();

  Child child(pid);
  ProcessResult result;
  const Clock::time_point deadline = Clock::now() + request.timeout;
  bool out_open = true;
  bool err_open = true;
  while (out_open || err_open) {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) {
      break;
    }
    pollfd polled[2] = {{out_open ? out.read.get() : -1, POLLIN, 0}, {err_open ? err.read.get() : -1, POLLIN, 0}};
    const int ready = ::poll(polled, 2, static_cast<int>(std::min(left, kSlice).count()));
    // Something it left behind may hold the pipes open for ever: a child that has ended writes nothing more.
    const bool ended = ready == 0 && child.ended();
    out_open = out_open && drain(out.read.get(), request.max_output, result.output, result.cut) && !ended;
    err_open = err_open && drain(err.read.get(), request.max_output, result.errors, result.cut) && !ended;
  }
  child.wait_until(deadline);
  if (!child.ended()) {
    result.timed_out = true;
    child.end();
  }
  result.status = child.status();
  return result;
}

}  // namespace budgetcheck
