#include "deliver/job_summary.h"

#include <fmt/format.h>

#include "base/platform/output_file.h"
#include "base/text.h"

namespace budgetcheck {

Expected<std::string> append_to_summary(const Variables& variables, const std::string& markdown) {
  const char* path = variables("GITHUB_STEP_SUMMARY");
  if (path == nullptr || *path == '\0') {
    return std::string();
  }
  const auto failed = [&](const std::string& why) {
    return fail(ErrorKind::kOutput, fmt::format("the job summary '{}' was not written: {}", printable(path), why), {},
                "check GITHUB_STEP_SUMMARY");
  };
  auto file = OutputFile::open(path, OutputFile::Existing::kAppended);
  if (!file) {
    return failed(file.error());
  }
  const std::string text = "\n" + markdown + "\n";
  const SystemResult<std::uint64_t> size = file->size();
  if (!size || *size + text.size() > kMostSummaryBytes) {
    return failed("it would be larger than 1 MiB, and GitHub would not show it");
  }
  if (const SystemResult<> written = file->write(text); !written) {
    return failed(written.error());
  }
  return std::string(path);
}

}  // namespace budgetcheck
