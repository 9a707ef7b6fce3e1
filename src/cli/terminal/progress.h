#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/file_system.h"
#include "base/platform/streams.h"
#include "base/variables.h"

namespace budgetcheck {

/// One line on a terminal that says how far a long reading is: "reading dist/stats.json: 120 MB of 300 MB, 850 MB/s".
/// It appears only when one file takes longer than half a second, is renewed ten times a second, and leaves nothing
/// behind. May be called from several threads.
class Progress {
 public:
  using Write = std::function<void(std::string_view)>;
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  /// `write` gets what goes to the terminal, of which `width` columns may be used.
  Progress(Write write, Clock clock, std::size_t width, bool unicode);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void begin(const std::string& path, std::uint64_t bytes);
  void at(std::uint64_t offset);
  void end();

 private:
  void clear();

  std::mutex mutex_;
  Write write_;
  Clock clock_;
  std::size_t width_;
  bool unicode_;
  std::string path_;
  std::uint64_t bytes_ = 0;
  std::uint64_t offset_ = 0;
  std::size_t open_ = 0;
  bool shown_ = false;
  std::chrono::steady_clock::time_point begun_;
  std::chrono::steady_clock::time_point drawn_;
};

/// Whether a progress line may be written to this stream: a terminal that is not dumb, outside of CI.
bool wants_progress(const Stream& stream, const Variables& variables);

/// The files of another file system, whose reading is told to `progress`. Both outlive it.
class WatchedFiles final : public FileSystem {
 public:
  WatchedFiles(const FileSystem& files, Progress& progress) : files_(files), progress_(progress) {}

  Expected<std::unique_ptr<FileContent>> open(const std::string& path) const override;
  FileKind kind(const std::string& path) const override { return files_.kind(path); }
  std::uint64_t size(const std::string& path) const override { return files_.size(path); }
  std::vector<DirEntry> list(const std::string& path) const override { return files_.list(path); }
  std::string real_path(const std::string& path) const override { return files_.real_path(path); }

 private:
  const FileSystem& files_;
  Progress& progress_;
};

}  // namespace budgetcheck
