#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace budgetcheck {

/// Where the time of a run went: phases that follow one another, and how long each file was open while a phase lasted,
/// in which it is read and understood. May be told of files from several threads.
class Timings {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  explicit Timings(Clock clock = std::chrono::steady_clock::now);

  /// The phase before ends; one that comes again adds to what it took before.
  void begin(std::string_view phase);
  void file_read(const std::string& path, std::uint64_t bytes, std::chrono::steady_clock::time_point opened);
  std::chrono::steady_clock::time_point now() const { return clock_(); }

  /// A table: each phase with its time and share, below it the files that took longest, with their size and speed. Ends
  /// the last phase.
  std::string table();

 private:
  struct File {
    std::string path;
    std::uint64_t bytes = 0;
    std::chrono::steady_clock::duration time{};
  };
  struct Phase {
    std::string name;
    std::chrono::steady_clock::duration time{};
    std::vector<File> files;
  };
  void end();

  Clock clock_;
  std::mutex mutex_;
  std::vector<Phase> phases_;
  std::size_t current_ = 0;
  bool is_running_ = false;
  std::chrono::steady_clock::time_point begun_;
};

/// Nothing for a null pointer: a run that nobody asked the time of.
inline void begin_phase(Timings* timings, std::string_view phase) {
  if (timings != nullptr) {
    timings->begin(phase);
  }
}

/// The files of another file system, whose reading is told to `timings`. Both outlive it.
class TimedFiles final : public FileSystem {
 public:
  TimedFiles(const FileSystem& files, Timings& timings) : files_(files), timings_(timings) {}

  Expected<std::unique_ptr<FileContent>> open(const std::string& path) const override;
  FileKind kind(const std::string& path) const override { return files_.kind(path); }
  std::uint64_t size(const std::string& path) const override { return files_.size(path); }
  std::vector<DirEntry> list(const std::string& path) const override { return files_.list(path); }
  std::string real_path(const std::string& path) const override { return files_.real_path(path); }

 private:
  const FileSystem& files_;
  Timings& timings_;
};

}  // namespace budgetcheck
