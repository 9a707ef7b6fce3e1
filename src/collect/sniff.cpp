#include "collect/sniff.h"

#include <algorithm>

#include "base/byte_order_mark.h"
#include "base/text.h"
#include "json/stream/sax.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kHead = std::size_t{64} << 10;
constexpr std::size_t kMaxTopKeys = 256;
constexpr std::size_t kLinesToTry = 50;

/// Notes the keys of the outermost object, and stops the parse once `limit` bytes have passed.
class TopKeys final : public json::Events {
 public:
  explicit TopKeys(std::size_t limit) : limit_(limit) {}
  bool null() override { return go_on(); }
  bool boolean(bool /*value*/) override { return go_on(); }
  bool number(double /*value*/) override { return go_on(); }
  bool string(std::string_view /*value*/) override { return go_on(); }
  bool key(std::string_view name) override {
    if (depth_ == 1 && keys.size() < kMaxTopKeys) {
      keys.emplace_back(name);
    }
    return go_on();
  }
  bool begin_object() override { return ++depth_, go_on(); }
  bool end_object() override { return --depth_, go_on(); }
  bool begin_array() override { return ++depth_, go_on(); }
  bool end_array() override { return --depth_, go_on(); }

  std::vector<std::string> keys;

 private:
  bool go_on() const { return position == nullptr || *position < limit_; }

  std::size_t limit_;
  std::size_t depth_ = 0;
};

bool is_object_line(const std::string& path, std::string_view line) {
  const std::string_view text = trim(line);
  if (!text.starts_with('{') || !text.ends_with('}')) {
    return false;
  }
  TopKeys events(kHead);
  const std::string copy(text);
  return json::parse_text(path, copy, events).has_value();
}

bool has_object_lines(const std::string& path, std::string_view head) {
  std::size_t tried = 0;
  // The last element of a list is a whole object too, in a document that is written over several lines: it is indented.
  const bool may_be_document = trim(head).starts_with('{');
  while (!head.empty() && tried < kLinesToTry) {
    const std::size_t end = head.find('\n');
    if (end == std::string_view::npos) {
      return false;  // one line only, or a line that is longer than the head
    }
    const std::string_view line = head.substr(0, end);
    const bool is_inside = may_be_document && tried > 0 && !line.starts_with('{');
    if (!is_inside && is_object_line(path, line)) {
      return tried > 0 || !trim(head.substr(end)).empty();
    }
    head.remove_prefix(end + 1);
    ++tried;
  }
  return false;
}

}  // namespace

bool Sniff::has(std::string_view key) const {
  return std::find(top_keys.begin(), top_keys.end(), key) != top_keys.end();
}

Sniff sniff(std::string_view path, const FileContent& content, bool whole) {
  const std::string_view bytes = without_byte_order_mark(content.bytes());
  Sniff result;
  result.path = path;
  result.head = bytes.substr(0, kHead);
  const std::string_view text = trim(result.head);
  result.is_object = text.starts_with('{');
  result.is_array = text.starts_with('[');
  if (result.is_object) {
    // A syntax error is no matter here: whoever recognises the file reports it with its place.
    TopKeys events(whole ? SIZE_MAX : kHead);
    (void)json::parse(std::string(path), content, events);
    result.top_keys = std::move(events.keys);
  }
  result.is_lines = !result.is_array && has_object_lines(std::string(path), result.head);
  return result;
}

}  // namespace budgetcheck
