#include "cli/terminal/outputs.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/text.h"
#include "cli/terminal/terminal.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kFileWidth = 100;
/// Annotations stand in a log together with the text.
constexpr std::string_view kBesideText = "github";

Error cannot_write(const std::string& path, int code) {
  return {ErrorKind::kOutput,
          "cannot write '" + printable(path) + "': " + std::strerror(code),
          {},
          "make its folder first (mkdir -p), and check that it may be written"};
}

const ReportFormat& format_of(const std::string& name) {
  const auto found = std::find_if(report_formats().begin(), report_formats().end(),
                                  [&](const ReportFormat& format) { return format.name == name; });
  if (found == report_formats().end()) {
    throw InternalError("no output format " + name);
  }
  return *found;
}

}  // namespace

Outputs::~Outputs() {
  for (const Output& output : outputs_) {
    if (output.fd > STDERR_FILENO) {
      ::close(output.fd);
    }
  }
}

Errors Outputs::open(const std::vector<OutputSpec>& specs) {
  Errors errors;
  for (const OutputSpec& spec : specs) {
    if (spec.path == "-") {
      outputs_.push_back({spec, STDOUT_FILENO});
      continue;
    }
    constexpr mode_t kMode = 0644;
    const int fd = ::open(spec.path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, kMode);
    if (fd < 0) {
      errors.push_back(cannot_write(spec.path, errno));
    } else {
      outputs_.push_back({spec, fd});
    }
  }
  return errors;
}

Errors Outputs::write(const Report& report, const Rendering& on_stdout) {
  return write([&](const std::string& format,
                   const Rendering& rendering) { return format_of(format).render(report, rendering); },
               on_stdout);
}

Errors Outputs::write(const Render& render, const Rendering& on_stdout) {
  Errors errors;
  const bool stdout_taken = std::any_of(outputs_.begin(), outputs_.end(), [](const Output& o) {
    return o.fd == STDOUT_FILENO && o.spec.format != kBesideText;
  });
  if (!stdout_taken) {
    outputs_.push_back({{"text", "-"}, STDOUT_FILENO});
  }
  // The log is read from its top, and annotations are shown elsewhere.
  std::stable_partition(outputs_.begin(), outputs_.end(), [](const Output& o) { return o.spec.format != kBesideText; });
  for (const Output& output : outputs_) {
    const bool to_stdout = output.fd == STDOUT_FILENO;
    const Rendering rendering = to_stdout ? on_stdout : Rendering{false, true, kFileWidth};
    const std::string text = render(output.spec.format, rendering);
    struct stat stat {};
    // Not before now: a run that dies on the way leaves the old report, never half of a new one.
    const bool regular = !to_stdout && ::fstat(output.fd, &stat) == 0 && S_ISREG(stat.st_mode);
    if ((regular && ::ftruncate(output.fd, 0) != 0) || !write_all(output.fd, text)) {
      errors.push_back(cannot_write(output.spec.path, errno));
    }
  }
  return errors;
}

}  // namespace budgetcheck
