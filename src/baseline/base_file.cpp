#include "baseline/base_file.h"

namespace budgetcheck {

ExpectedAll<Base> read_base_file(const FileSystem& files, const std::string& path, const std::string& app) {
  Expected<std::unique_ptr<FileContent>> content = files.open(path);
  if (!content) {
    Error error = std::move(content.error());
    error.kind = ErrorKind::kUsage;
    error.message = "the base: " + error.message;
    error.hint = "--base takes a results file, as --output json=FILE writes it, or none";
    return tl::unexpected(Errors{std::move(error)});
  }
  ExpectedAll<Results> results = read_results(path, (*content)->bytes(), app);
  if (!results && results.error().front().code == kNoSuchApp && !app.empty()) {
    Base none;  // the file was named, and this app is newer than it
    none.info.commit = commit_of_results(path, (*content)->bytes());
    return none;
  }
  if (!results) {
    for (Error& error : results.error()) {
      error.kind = ErrorKind::kUsage;
    }
    return tl::unexpected(std::move(results.error()));
  }
  Base base;
  base.info.kind = "file";
  base.info.commit = results->commit;
  base.info.measured_at = results->measured_at;
  base.info.how = "--base " + path;
  base.results = std::move(*results);
  return base;
}

}  // namespace budgetcheck
