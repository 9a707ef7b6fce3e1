#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "base/text/id_like.h"
#include "json/document.h"
#include "json/stream/sax.h"

namespace budgetcheck::json {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxValues = 100'000;

/// Builds the whole value. RapidJSON says only where a token ended; where it began follows from where the one
/// before ended, by stepping over blanks, separators and comments.
class Builder final : public Events {
 public:
  Builder(std::string path, std::string_view bytes) : path_(std::move(path)), bytes_(bytes) {}

  bool null() override { return add(Value()); }
  bool boolean(bool value) override { return add(Value(value)); }
  bool number(double value) override { return add(Value(value)); }
  bool string(std::string_view value) override { return add(Value(std::string(value))); }
  bool key(std::string_view name) override {
    const Location at = token();
    Frame& frame = frames_.back();
    if (!frame.keys.insert(std::string(name)).second) {
      errors.push_back({ErrorKind::kUsage, fmt::format("the key {} appears a second time", quoted_name(name)), at,
                        "only one of the two can be meant: remove or rename one"});
    }
    frame.key = {std::string(name), Value(), at.line, at.column};
    return true;
  }
  bool begin_object() override { return open(Value(Object{})); }
  bool begin_array() override { return open(Value(Array{})); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  Errors errors;
  Value result;

 private:
  struct Frame {
    Value value;
    Member key;
    std::set<std::string> keys;
  };

  Location token() {
    std::size_t at = end_;
    while (at < bytes_.size()) {
      const char c = bytes_[at];
      if (c == '/' && at + 1 < bytes_.size() && bytes_[at + 1] == '/') {
        at = std::min(bytes_.find('\n', at), bytes_.size());
      } else if (c == '/' && at + 1 < bytes_.size() && bytes_[at + 1] == '*') {
        const std::size_t close = bytes_.find("*/", at + 2);
        at = close == std::string_view::npos ? bytes_.size() : close + 2;
      } else if (std::string_view(" \t\r\n,:").find(c) != std::string_view::npos || (at == 0 && c == '\xEF')) {
        at += c == '\xEF' ? 3 : 1;
      } else {
        break;
      }
    }
    // Forward only: a look back to the start of the line for each token of a long line would take its length squared.
    for (; counted_ < at; ++counted_) {
      if (bytes_[counted_] == '\n') {
        ++line_;
        line_start_ = counted_ + 1;
      }
    }
    end_ = *position;
    return {path_, line_, static_cast<std::uint32_t>(at - line_start_ + 1), {}};
  }

  bool add(Value value) {
    const Location at = token();
    value.line = at.line;
    value.column = at.column;
    return attach(std::move(value));
  }

  bool open(Value value) {
    const Location at = token();
    value.line = at.line;
    value.column = at.column;
    end_ = counted_ + 1;  // the parser reports a bracket before it steps over it
    frames_.push_back({std::move(value), {}, {}});
    return true;
  }

  bool close() {
    token();
    end_ = counted_ + 1;
    Value value = std::move(frames_.back().value);
    frames_.pop_back();
    return attach(std::move(value));
  }

  bool attach(Value value) {
    if (++values_ > kMaxValues) {
      errors.push_back({ErrorKind::kUsage,
                        fmt::format("more than {} values", kMaxValues),
                        {path_, value.line, value.column, {}},
                        ""});
      return false;
    }
    if (frames_.empty()) {
      result = std::move(value);
    } else if (Array* elements = frames_.back().value.array()) {
      elements->push_back(std::move(value));
    } else {
      Member member = std::move(frames_.back().key);
      member.value = std::move(value);
      frames_.back().value.object()->push_back(std::move(member));
    }
    return true;
  }

  std::string path_;
  std::string_view bytes_;
  std::vector<Frame> frames_;
  std::size_t end_ = 0;
  std::size_t counted_ = 0;
  std::size_t line_start_ = 0;
  std::size_t values_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace

ExpectedAll<Value> read_json(const std::string& path, std::string_view bytes) {
  Builder builder(path, bytes);
  Expected<void> parsed = parse_text(path, bytes, builder, {.max_depth = kMaxDepth, .relaxed = true});
  if (!parsed) {
    builder.errors.push_back(std::move(parsed.error()));
  }
  if (!builder.errors.empty()) {
    return tl::unexpected(std::move(builder.errors));
  }
  return std::move(builder.result);
}

bool is_json_document(const std::string& path, std::string_view bytes) {
  if (path.ends_with(".json") || path.ends_with(".jsonc")) {
    return true;
  }
  if (path.ends_with(".yml") || path.ends_with(".yaml")) {
    return false;
  }
  const std::string_view text = trim(bytes);
  return text.starts_with("{") || text.starts_with("//") || text.starts_with("/*");
}

ExpectedAll<Value> read_document(const std::string& path, std::string_view bytes) {
  return is_json_document(path, bytes) ? read_json(path, bytes) : read_yaml(path, bytes);
}

}  // namespace budgetcheck::json
