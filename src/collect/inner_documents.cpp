#include "collect/inner_documents.h"

#include "json/stream/sax.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMost = 8;
constexpr std::size_t kHead = std::size_t{64} << 10;

class Finder final : public json::Events {
 public:
  explicit Finder(std::string_view bytes) : bytes_(bytes) {}
  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number(double /*value*/) override { return true; }
  bool string(std::string_view /*value*/) override { return true; }
  bool key(std::string_view name) override {
    if (depth_ == 1) {
      key_ = name;
    }
    return true;
  }
  bool begin_object() override {
    if (depth_ == 1) {
      // The parser stands at the bracket or behind it.
      const std::size_t here = position == nullptr ? bytes_.size() : *position;
      const std::size_t at = here < bytes_.size() && bytes_[here] == '{' ? here : bytes_.rfind('{', here);
      if (at != std::string_view::npos) {
        found.push_back({key_, std::string(bytes_.substr(at, kHead))});
      }
      skip = true;
    }
    ++depth_;
    return found.size() < kMost;
  }
  bool end_object() override { return close(); }
  bool begin_array() override {
    is_list_ = is_list_ || depth_ == 0;
    skip = depth_ == 1;
    ++depth_;
    return true;
  }
  bool end_array() override { return close(); }

  std::vector<InnerDocument> found;

 private:
  bool close() {
    --depth_;
    return !is_list_ || found.empty();
  }

  std::string_view bytes_;
  std::size_t depth_ = 0;
  bool is_list_ = false;
  std::string key_;
};

}  // namespace

std::vector<InnerDocument> inner_documents(const std::string& path, const FileContent& content) {
  Finder finder(content.bytes());
  (void)json::parse(path, content, finder);  // a fault is told by whoever asked for the whole document
  return std::move(finder.found);
}

}  // namespace budgetcheck
