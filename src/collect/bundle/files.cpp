#include "collect/bundle/files.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>

#include "base/parallel.h"
#include "base/text.h"
#include "collect/bundle/compressed_size.h"
#include "model/asset_name.h"

namespace budgetcheck {
namespace {

/// brotli at quality 11 takes more than a minute for this much; no browser loads such a file.
constexpr std::uint64_t kMaxFileBytes = std::uint64_t{64} << 20;

bool is_below(std::string_view path, std::string_view folder) {
  if (folder == ".") {
    return !path.starts_with("/") && path != ".." && !path.starts_with("../");
  }
  return path.starts_with(folder) && (folder.ends_with("/") || path.substr(folder.size()).starts_with("/"));
}

bool has_control(std::string_view name) {
  return std::any_of(name.begin(), name.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// The file's path with links resolved, or why there is none.
std::string locate_file(const FileSystem& files, const std::string& root, std::string_view name, FileSizes& sizes) {
  const std::string inside = join_path("", without_query(name));
  if (has_control(name) || inside.starts_with("/") || inside == ".." || inside.starts_with("../")) {
    sizes.state = FileSizes::State::kRefused;
    sizes.message = "its name leads out of the folder";
    return {};
  }
  const std::string path = join_path(root, inside);
  if (files.kind(path) != FileKind::kRegular) {
    return {};
  }
  std::string real = files.real_path(path);
  if (!is_below(real, files.real_path(root))) {
    sizes.state = FileSizes::State::kRefused;
    sizes.message = "a link leads out of the folder";
    return {};
  }
  return real;
}

/// The content of the regular file at `path`, or nothing. A link is not followed: it may lead anywhere.
std::unique_ptr<FileContent> open_sibling(const FileSystem& files, const std::string& path) {
  if (files.kind(path) != FileKind::kRegular || files.real_path(path) != path) {
    return nullptr;
  }
  auto content = files.open(path);
  return content ? std::move(*content) : nullptr;
}

/// Takes the sizes of what a build compressed itself. False, with the reason: a sibling is of another content.
bool take_siblings(const FileSystem& files, const std::string& path, std::string_view bytes, FileSizes& sizes) {
  if (const auto gzip = open_sibling(files, path + ".gz")) {
    if (!gzip_holds(gzip->bytes(), bytes)) {
      sizes.message = "the .gz beside it contains something else";
      return false;
    }
    sizes.gzip = gzip->bytes().size();
    sizes.own_gzip = false;
  }
  if (const auto brotli = open_sibling(files, path + ".br")) {
    if (!brotli_holds(brotli->bytes(), bytes)) {
      sizes.message = "the .br beside it contains something else";
      return false;
    }
    sizes.brotli = brotli->bytes().size();
    sizes.own_brotli = false;
  }
  return true;
}

/// Fills in the sizes that are not there yet.
void compress(std::string_view bytes, const FileSizeOptions& options, FileSizes& sizes) {
  const bool wants_brotli = sizes.own_brotli && options.brotli;
  sizes.has_brotli = options.brotli || !sizes.own_brotli;
  if (!sizes.own_gzip && !wants_brotli) {
    return;
  }
  const std::string key = options.cache == nullptr ? std::string() : options.cache->key(bytes);
  const SizeCache::Sizes known =
      options.cache == nullptr ? SizeCache::Sizes() : options.cache->find(key).value_or(SizeCache::Sizes());
  SizeCache::Sizes made = known;
  if (sizes.own_gzip) {
    made.gzip = known.gzip != 0 ? known.gzip : gzip_size(bytes);
    sizes.gzip = made.gzip;
  }
  if (wants_brotli) {
    made.brotli = known.brotli != 0 ? known.brotli : brotli_size(bytes);
    sizes.brotli = made.brotli;
  }
  if (options.cache != nullptr && !(made == known)) {
    options.cache->add(key, made);
  }
}

void measure(const FileSystem& files, const std::string& path, const std::optional<double>& told,
             const FileSizeOptions& options, FileSizes& sizes) {
  sizes.state = FileSizes::State::kFailed;
  const auto content = files.open(path);
  if (!content) {
    sizes.message = content.error().message;
    return;
  }
  const std::string_view bytes = (*content)->bytes();
  if (bytes.size() > kMaxFileBytes) {
    sizes.message = "it is bigger than 64 MiB";
    return;
  }
  sizes.raw = bytes.size();
  if (told && *told != static_cast<double>(sizes.raw)) {
    sizes.added = added_text(bytes);
  }
  if (options.precompressed && !take_siblings(files, path, bytes, sizes)) {
    return;
  }
  compress(bytes, options, sizes);
  if (!(*content)->unchanged()) {
    sizes.message = "it changed while it was read";
    return;
  }
  sizes.state = FileSizes::State::kMeasured;
}

}  // namespace

std::vector<FileSizes> measure_files(const FileSystem& files, const std::string& root,
                                     const std::vector<BuildFile>& build_files, const FileSizeOptions& options) {
  std::vector<FileSizes> sizes(build_files.size());
  std::vector<std::string> paths(build_files.size());
  std::vector<std::uint64_t> bytes(build_files.size());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < build_files.size(); ++i) {
    paths[i] = locate_file(files, root, build_files[i].name, sizes[i]);
    if (!paths[i].empty()) {
      bytes[i] = files.size(paths[i]);
      order.push_back(i);
    }
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return bytes[a] > bytes[b]; });
  FileSizeOptions chosen = options;
  chosen.brotli =
      options.brotli || std::accumulate(bytes.begin(), bytes.end(), std::uint64_t{0}) <= FileSizeOptions::kFewBytes;
  parallel_for(order.size(), [&](std::size_t i) {
    measure(files, paths[order[i]], build_files[order[i]].size, chosen, sizes[order[i]]);
  });
  return sizes;
}

}  // namespace budgetcheck
