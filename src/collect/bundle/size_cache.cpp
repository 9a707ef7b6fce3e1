#include "collect/bundle/size_cache.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <charconv>
#include <system_error>

#include "base/file_system.h"
#include "base/hash.h"
#include "base/platform/private_file.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kCheckDigits = 8;
/// A line holds the key (length and 32 digits), two sizes and the check; a longer one is damaged.
constexpr std::size_t kMaxLine = 128;

/// "<key> <gzip> <brotli>" and some digits of its hash: a torn or edited line does not pass for a size.
std::string line_of(const std::string& key, const SizeCache::Sizes& sizes) {
  std::string line = key + " " + std::to_string(sizes.gzip) + " " + std::to_string(sizes.brotli);
  line += " " + stable_key(line).substr(0, kCheckDigits) + "\n";
  return line;
}

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

std::optional<std::pair<std::string, SizeCache::Sizes>> entry_of(std::string_view line) {
  if (line.size() > kMaxLine) {
    return std::nullopt;
  }
  const std::string_view check = take_last(line);
  if (check.empty() || stable_key(line).substr(0, kCheckDigits) != check) {
    return std::nullopt;
  }
  SizeCache::Sizes sizes;
  std::string_view brotli = take_last(line);
  std::string_view gzip = take_last(line);
  if (!take_number(brotli, sizes.brotli) || !take_number(gzip, sizes.gzip) || line.empty()) {
    return std::nullopt;
  }
  return std::pair{std::string(line), sizes};
}

}  // namespace

SizeCache::SizeCache(std::string folder) : folder_(std::move(folder)) {
  if (!folder_.empty()) {
    path_ = join_path(folder_, file_name());
  }
}

std::string SizeCache::file_name() {
  const std::uint32_t brotli = BrotliEncoderVersion();
  constexpr std::uint32_t kByte = 0xFFF;
  const std::string version = std::to_string(brotli >> 24) + "." + std::to_string((brotli >> 12) & kByte) + "." +
                              std::to_string(brotli & kByte);
  return "sizes-1-zlib-" + std::string(zlibVersion()) + "-9-brotli-" + version + "-11.txt";
}

std::string SizeCache::key(std::string_view bytes) { return std::to_string(bytes.size()) + "-" + stable_key(bytes); }

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
  const DiskFileSystem files;
  if (path_.empty() || files.kind(path_) != FileKind::kRegular || files.size(path_) > 2 * kMaxBytes) {
    return;
  }
  const auto content = files.open(path_);
  if (!content) {
    return;
  }
  std::map<std::string, Sizes, std::less<>> known;
  for (const std::string_view line : split((*content)->bytes(), '\n')) {
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
  const DiskFileSystem files;
  if (files.size(path_) <= kMaxBytes) {
    return;
  }
  const auto content = files.open(path_);
  if (!content) {
    return;
  }
  const std::string_view bytes = (*content)->bytes();
  const std::string_view newer = bytes.substr(bytes.size() - std::min(bytes.size(), kMaxBytes / 2));
  // The cut goes through a line, which is passed over when it is read.
  replace_private(path_, newer);
}

}  // namespace budgetcheck
