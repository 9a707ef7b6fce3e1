#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/keyed_hash.h"

namespace budgetcheck {

/// Compressed sizes that were computed before, by content. They are read from one file of a folder and new ones are
/// appended to it in a single write, so that runs side by side at most compute a size twice. The file's name carries
/// the versions of both compressors. A file that grows beyond kMaxBytes loses its older half. A folder that cannot be
/// used is as good as none: a cache never makes a run fail.
///
/// Whoever could write a size into the file could make a gate pass, so names of contents and lines are hashes with a
/// key that does not lie beside it. Lines that are damaged or were written without the key are passed over, and so are
/// sizes that no compressor reaches.
class SizeCache {
 public:
  struct Sizes {
    std::uint64_t gzip = 0;  ///< 0: not known, as for brotli; nothing compresses to nothing
    std::uint64_t brotli = 0;
    bool operator==(const Sizes&) const = default;
  };
  static constexpr std::size_t kMaxBytes = std::size_t{4} << 20;

  /// An empty folder keeps nothing, and neither does any without a key. The file is read when the first size is looked
  /// up: most runs need none.
  explicit SizeCache(std::string folder, const std::optional<HashKey>& key = std::nullopt);

  /// The file's name in its folder.
  static std::string file_name();

  /// Whether the compressors can make these sizes of `bytes` bytes; 0 is "not known", and may be.
  static bool plausible(std::uint64_t bytes, const Sizes& sizes);

  /// Names a content: its length and hash.
  std::string key(std::string_view bytes) const;
  /// May be called by several threads, as may `add`.
  std::optional<Sizes> find(const std::string& key) const;
  void add(const std::string& key, Sizes sizes);

  /// Writes what was added since.
  void save();

 private:
  /// "<name> <gzip> <brotli>" and its hash.
  std::string line_of(const std::string& name, const Sizes& sizes) const;
  std::optional<std::pair<std::string, Sizes>> entry_of(std::string_view line) const;
  void read() const;
  void append(const std::string& text) const;
  void shrink() const;

  std::string folder_;
  std::string path_;
  HashKey key_;
  mutable std::mutex mutex_;
  mutable bool read_ = false;
  mutable std::map<std::string, Sizes, std::less<>> sizes_;
  std::vector<std::pair<std::string, Sizes>> added_;
};

}  // namespace budgetcheck
