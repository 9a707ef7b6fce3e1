#pragma once

#include <cstddef>
#include <memory>

#include "base/file_system.h"

namespace budgetcheck {

/// What one stream may bring: it has no pages that could be given back, so it is bounded.
constexpr std::size_t kMaxStreamBytes = std::size_t{1} << 30;

/// Bytes of which it is not known beforehand how many come. Memory that grows without being copied: a gigabyte in a
/// string would be three while it is moved.
class GrowingContent final : public FileContent {
 public:
  GrowingContent() = default;
  ~GrowingContent() override;
  std::string_view bytes() const override { return {data_, size_}; }

  /// Room for at least one byte and the zeros behind it. False: there is no memory; errno says why.
  bool make_room();
  char* end() { return data_ + size_; }
  std::size_t room() const { return mapped_ - kGuard - size_; }
  /// So many bytes were written at end().
  void add(std::size_t bytes) { size_ += bytes; }

 private:
  char* data_ = nullptr;
  std::size_t mapped_ = 0;
  std::size_t size_ = 0;
};

/// A stream that was read to its end, or why it was not.
struct StreamRead {
  std::unique_ptr<FileContent> content;  ///< null: `error` says why, or, when that is 0, it is longer than the limit
  int error = 0;                         ///< of the operating system
};

/// Reads at most `max` bytes; what one more byte would make too long stops there. Holds no more than what came.
StreamRead read_stream(int descriptor, std::size_t max);

}  // namespace budgetcheck
