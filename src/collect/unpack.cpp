#include "collect/unpack.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/platform/stream_content.h"
#include "base/text/character.h"
#include "collect/account.h"
#include "collect/binary_forms.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kGzip = "\x1F\x8B";
constexpr std::string_view kLittleEndian = "\xFF\xFE";
constexpr std::string_view kBigEndian = "\xFE\xFF";
constexpr std::string_view kUnpackYourself = "unpack it and pass the file that comes out of it";

/// Bytes of its own, made from those of a file.
class MadeContent final : public FileContent {
 public:
  MadeContent(std::unique_ptr<FileContent> file, std::unique_ptr<FileContent> made)
      : file_(std::move(file)), made_(std::move(made)) {
    file_->release_before(file_->bytes().size());
  }
  std::string_view bytes() const override { return made_->bytes(); }
  bool unchanged() const override { return file_->unchanged(); }

 private:
  std::unique_ptr<FileContent> file_;
  std::unique_ptr<FileContent> made_;
};

class Gunzip {
 public:
  Gunzip(const std::string& path, std::string_view packed, const UnpackLimits& limits)
      : path_(path), packed_(packed), left_(packed), limits_(limits), out_(std::make_unique<GrowingContent>()) {
    constexpr int kWindowOfGzip = 15 + 16;
    if (::inflateInit2(&stream_, kWindowOfGzip) != Z_OK) {
      throw InternalError("zlib cannot be used");
    }
  }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;
  ~Gunzip() { ::inflateEnd(&stream_); }

  Expected<std::unique_ptr<FileContent>> run() {
    for (;;) {
      if (!out_->make_room()) {
        return fault("there is not enough memory to unpack the gzip data", kUnpackYourself);
      }
      const int state = step();
      const std::size_t size = out_->bytes().size();
      if (size > limits_.max_bytes) {
        return fault(
            fmt::format("the gzip data unpacks to more than {} MiB, which is the limit", limits_.max_bytes >> 20),
            kUnpackYourself);
      }
      if (size > limits_.ratio_from && size / limits_.max_ratio > packed_.size()) {
        return fault(
            fmt::format("the gzip data unpacks to more than {} times its size, which is the limit", limits_.max_ratio),
            kUnpackYourself);
      }
      if (state == Z_STREAM_END) {
        if (!begin_next_member()) {
          break;
        }
      } else if (state != Z_OK) {
        return state == Z_BUF_ERROR && left_.empty() ? fault("the gzip data is cut off", kWriteAgain)
                                                     : fault("the gzip data is damaged", kWriteAgain);
      }
    }
    if (!left_.empty()) {
      return fault("there is other data behind the end of the gzip data", kWriteAgain);
    }
    return std::unique_ptr<FileContent>(std::move(out_));
  }

 private:
  /// Unpacks as much as there is room for.
  int step() {
    constexpr std::size_t kMost = std::size_t{1} << 24;
    const std::size_t given = std::min(left_.size(), kMost);
    // zlib does not write through this pointer; its type is older than const.
    stream_.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(left_.data()));
    stream_.avail_in = static_cast<uInt>(given);
    const std::size_t room = std::min(out_->room(), kMost);
    stream_.next_out = reinterpret_cast<Bytef*>(out_->end());
    stream_.avail_out = static_cast<uInt>(room);
    const int state = ::inflate(&stream_, Z_NO_FLUSH);
    left_.remove_prefix(given - stream_.avail_in);
    out_->add(room - stream_.avail_out);
    return state;
  }

  /// A file may hold several members (rotated logs that were joined); zeros may follow the last.
  bool begin_next_member() {
    if (left_.starts_with(kGzip)) {
      return ::inflateReset(&stream_) == Z_OK;
    }
    left_.remove_prefix(std::min(left_.find_first_not_of('\0'), left_.size()));
    return false;
  }

  tl::unexpected<Error> fault(std::string what, std::string_view hint) const {
    return tl::unexpected(Error{ErrorKind::kInput, std::move(what), Location::of(path_), std::string(hint)});
  }

  const std::string& path_;
  std::string_view packed_;
  std::string_view left_;
  const UnpackLimits& limits_;
  std::unique_ptr<GrowingContent> out_;
  z_stream stream_{};
};

/// Nothing: it is not well-formed.
std::optional<std::string> utf8_of_utf16(std::string_view bytes, bool is_big_endian) {
  if (bytes.size() % 2 != 0) {
    return std::nullopt;
  }
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<std::uint32_t>(is_big_endian ? first << 8 | second : second << 8 | first);
  };
  std::string out;
  out.reserve(bytes.size() / 2);
  for (std::size_t at = 2; at < bytes.size(); at += 2) {
    std::uint32_t code = unit(at);
    if (code >= 0xD800 && code < 0xE000) {
      const bool is_pair = code < 0xDC00 && at + 3 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000;
      if (!is_pair) {
        return std::nullopt;
      }
      code = 0x10000 + ((code - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
      at += 2;
    }
    append_character(out, code);
  }
  return out;
}

}  // namespace

Expected<std::unique_ptr<FileContent>> unpack(const std::string& path, std::unique_ptr<FileContent> content,
                                              const UnpackLimits& limits) {
  if (content->bytes().starts_with(kGzip)) {
    Expected<std::unique_ptr<FileContent>> made = Gunzip(path, content->bytes(), limits).run();
    if (!made) {
      return made;
    }
    content = std::make_unique<MadeContent>(std::move(content), std::move(*made));
  }
  const std::string_view bytes = content->bytes();
  if (std::optional<BinaryForm> form = binary_form(bytes)) {
    return tl::unexpected(Error{ErrorKind::kInput, std::move(form->what), Location::of(path), std::string(form->hint)});
  }
  if (!bytes.starts_with(kLittleEndian) && !bytes.starts_with(kBigEndian)) {
    return content;
  }
  const std::optional<std::string> text = utf8_of_utf16(bytes, bytes.starts_with(kBigEndian));
  if (!text) {
    return tl::unexpected(Error{ErrorKind::kInput, "the file is UTF-16 text that is cut off or damaged",
                                Location::of(path), "write it again, as UTF-8 (PowerShell's '>' writes UTF-16)"});
  }
  return std::make_unique<MadeContent>(std::move(content), content_from_string(*text));
}

}  // namespace budgetcheck
