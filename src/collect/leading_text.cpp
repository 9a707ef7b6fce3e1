#include "collect/leading_text.h"

#include <algorithm>

#include "json/stream/sax.h"

namespace budgetcheck {
namespace {

/// A log may be long and full of brackets: what is printed before a document is not.
constexpr std::size_t kLooked = std::size_t{64} << 10;
constexpr std::size_t kMostTried = 20;

class RestOfFile final : public FileContent {
 public:
  RestOfFile(const FileContent& file, std::size_t from) : file_(file), from_(from) {}
  std::string_view bytes() const override { return file_.bytes().substr(from_); }
  void release_before(std::size_t offset) const override { file_.release_before(from_ + offset); }
  std::size_t copy(std::size_t offset, std::size_t size, char* to) const override {
    return file_.copy(from_ + offset, size, to);
  }
  bool unchanged() const override { return file_.unchanged(); }

 private:
  const FileContent& file_;
  std::size_t from_;
};

}  // namespace

std::optional<LateDocument> document_behind_text(const std::string& path, const FileContent& content) {
  const std::string_view bytes = content.bytes();
  std::size_t line = 1;
  std::size_t tried = 0;
  for (std::size_t at = 0; at < std::min(bytes.size(), kLooked) && tried < kMostTried; ++line) {
    const bool may_begin = at > 0 && (bytes[at] == '{' || bytes[at] == '[');
    if (may_begin) {
      ++tried;
      auto rest = std::make_unique<RestOfFile>(content, at);
      json::NoEvents nobody;
      if (json::parse(path, *rest, nobody)) {
        return LateDocument{std::move(rest), line};
      }
    }
    const std::size_t end = bytes.find('\n', at);
    if (end == std::string_view::npos) {
      break;
    }
    at = end + 1;
  }
  return std::nullopt;
}

}  // namespace budgetcheck
