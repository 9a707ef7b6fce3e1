#include "base/platform/own_process.h"

#include <unistd.h>

#include <climits>
#include <csignal>
#include <cstring>

namespace budgetcheck {
namespace {

const char* cut_text = "";
int cut_exit_code = 0;

void on_bus_error(int /*signal*/) {
  (void)!::write(STDERR_FILENO, cut_text, std::strlen(cut_text));
  ::_exit(cut_exit_code);
}

}  // namespace

std::string own_path() {
  std::string path(PATH_MAX, '\0');
  const ssize_t n = ::readlink("/proc/self/exe", path.data(), path.size());
  return n > 0 ? path.substr(0, static_cast<std::size_t>(n)) : std::string();
}

void ignore_closed_pipes() { std::signal(SIGPIPE, SIG_IGN); }

void exit_when_an_input_is_cut(const char* text, int exit_code) {
  cut_text = text;
  cut_exit_code = exit_code;
  std::signal(SIGBUS, on_bus_error);
}

}  // namespace budgetcheck
