#include "collect/bundle/size_cache.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <charconv>
#include <limits>
#include <system_error>

#include "base/path.h"
#include "base/platform/private_file.h"
#include "base/platform/private_secret.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

/// A line holds the key (length and 32 digits), two sizes and the check; a longer one is damaged.
constexpr std::size_t kMaxLine = 160;

bool take_number(std::string_view& text, std::uint64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return error == std::errc() && text.empty();
}

/// Splits the last word off.
std::string_view take_last(std::string_view& text) {
  const std::size_t space = text.rfind(' ');
  if (space == std::string_view::npos) {
    return {};
  }
  const std::string_view word = text.substr(space + 1);
  text = text.substr(0, space);
  return word;
}

/// Of the name of a content.
bool take_length(std::string_view name, std::uint64_t& bytes) {
  name = name.substr(0, name.find('-'));
  return take_number(name, bytes);
}

}  // namespace

SizeCache::SizeCache(std::string folder, const std::optional<HashKey>& key)
    : folder_(std::move(folder)), key_(key.value_or(HashKey{})) {
  if (!folder_.empty() && key) {
    path_ = join_path(folder_, file_name());
  }
}

std::string SizeCache::file_name() {
  const std::uint32_t brotli = BrotliEncoderVersion();
  constexpr std::uint32_t kByte = 0xFFF;
  const std::string version = std::to_string(brotli >> 24) + "." + std::to_string((brotli >> 12) & kByte) + "." +
                              std::to_string(brotli & kByte);
  return "sizes-2-zlib-" + std::string(zlibVersion()) + "-9-brotli-" + version + "-11.txt";
}

bool SizeCache::plausible(std::uint64_t bytes, const Sizes& sizes) {
  // deflate spends at least two bits on 258 bytes, within a frame of 18. brotli spends at least three bytes on 16 MiB.
  // What does not compress is stored, with some bytes for each block of it.
  constexpr std::uint64_t kDeflateRatio = 1032;
  constexpr std::uint64_t kGzipFrame = 18;
  constexpr std::uint64_t kBrotliRatio = (std::uint64_t{16} << 20) / 3;
  constexpr std::uint64_t kStoredShare = 256;
  constexpr std::uint64_t kStoredFrame = 64;
  const std::uint64_t most = bytes + bytes / kStoredShare + kStoredFrame;
  const auto within = [&](std::uint64_t size, std::uint64_t least) {
    return size == 0 || (size >= least && size <= most);
  };
  return within(sizes.gzip, kGzipFrame + bytes / kDeflateRatio) && within(sizes.brotli, 1 + bytes / kBrotliRatio);
}

std::string SizeCache::key(std::string_view bytes) const {
  return std::to_string(bytes.size()) + "-" + keyed_hash(key_, bytes);
}

std::string SizeCache::line_of(const std::string& name, const Sizes& sizes) const {
  std::string line = name + " " + std::to_string(sizes.gzip) + " " + std::to_string(sizes.brotli);
  line += " " + keyed_hash(key_, line) + "\n";
  return line;
}

std::optional<std::pair<std::string, SizeCache::Sizes>> SizeCache::entry_of(std::string_view line) const {
  if (line.size() > kMaxLine) {
    return std::nullopt;
  }
  const std::string_view check = take_last(line);
  if (check.empty() || keyed_hash(key_, line) != check) {
    return std::nullopt;
  }
  Sizes sizes;
  std::string_view brotli = take_last(line);
  std::string_view gzip = take_last(line);
  std::uint64_t bytes = 0;
  if (!take_number(brotli, sizes.brotli) || !take_number(gzip, sizes.gzip) || !take_length(line, bytes) ||
      !plausible(bytes, sizes)) {
    return std::nullopt;
  }
  return std::pair{std::string(line), sizes};
}

std::optional<SizeCache::Sizes> SizeCache::find(const std::string& key) const {
  const std::scoped_lock lock(mutex_);
  if (!read_) {
    read_ = true;
    read();
  }
  const auto found = sizes_.find(key);
  return found == sizes_.end() ? std::nullopt : std::optional(found->second);
}

void SizeCache::add(const std::string& key, Sizes sizes) {
  const std::scoped_lock lock(mutex_);
  sizes_.insert_or_assign(key, sizes);
  added_.emplace_back(key, sizes);
}

void SizeCache::read() const {
  const auto content = path_.empty() ? std::nullopt : read_private(path_, 2 * kMaxBytes);
  if (!content) {
    return;
  }
  std::map<std::string, Sizes, std::less<>> known;
  for (const std::string_view line : split(*content, '\n')) {
    if (auto entry = entry_of(line)) {
      known.insert_or_assign(std::move(entry->first), entry->second);
    }
  }
  sizes_.merge(known);  // what this run made stays
}

void SizeCache::save() {
  const std::scoped_lock lock(mutex_);
  if (path_.empty() || added_.empty()) {
    return;
  }
  std::string text;
  for (const auto& [key, sizes] : added_) {
    text += line_of(key, sizes);
  }
  added_.clear();
  append(text);
  shrink();
}

void SizeCache::append(const std::string& text) const {
  // What a cut-off write of another run left is ended first, or it would spoil our first line.
  append_private(path_, "\n" + text);
}

void SizeCache::shrink() const {
  const auto content = read_private(path_, std::numeric_limits<std::size_t>::max());
  if (!content || content->size() <= kMaxBytes) {
    return;
  }
  // The cut goes through a line, which is passed over when it is read.
  replace_private(path_, std::string_view(*content).substr(content->size() - kMaxBytes / 2));
}

}  // namespace budgetcheck
