#include "collect/capture/field_sizes.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <utility>

#include "base/hash.h"
#include "base/text.h"
#include "json/stream/sax.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kAnyKey = "*";
constexpr std::string_view kElement = "[]";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// A key that was made of data: an id, an address, a date, a token. A wrong yes only makes a name less telling.
bool is_data(std::string_view key) {
  constexpr std::size_t kLongest = 64;
  constexpr std::size_t kDigitsInARow = 4;
  constexpr std::size_t kTokenLength = 16;
  if (key.empty() || key.size() > kLongest || !(is_letter(key[0]) || key[0] == '_' || key[0] == '$')) {
    return true;
  }
  std::size_t digits = 0;
  std::size_t in_a_row = 0;
  for (const char c : key) {
    if (!is_letter(c) && !is_digit(c) && c != '_' && c != '-' && c != '$') {
      return true;
    }
    in_a_row = is_digit(c) ? in_a_row + 1 : 0;
    digits += is_digit(c) ? 1U : 0U;
    if (in_a_row >= kDigitsInARow) {
      return true;
    }
  }
  const bool hexadecimal =
      key.size() >= kTokenLength / 2 && key.find_first_not_of("0123456789abcdefABCDEF-") == key.npos;
  return (hexadecimal && digits > 0) || (key.size() >= kTokenLength && digits >= 2);
}

class Sizer final : public json::Events {
 public:
  Sizer() { nodes_.emplace_back(); }

  bool null() override { return scalar(hash64("n")); }
  bool boolean(bool value) override { return scalar(hash64(value ? "t" : "f")); }
  bool number(double value) override {
    return scalar(hash64({reinterpret_cast<const char*>(&value), sizeof value}) + 1);
  }
  bool string(std::string_view value) override { return scalar(hash64(value)); }
  bool key(std::string_view name) override {
    Frame& frame = open_.back();
    frame.current = child_named(frame.node, name);
    count(frame.current);
    return true;
  }
  bool begin_object() override { return open(false); }
  bool begin_array() override { return open(true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  std::vector<FieldSize> take() const {
    std::vector<FieldSize> fields;
    std::vector<std::pair<std::uint32_t, std::string>> left{{0, {}}};
    while (!left.empty()) {
      const auto [number, path] = std::move(left.back());
      left.pop_back();
      const Node& node = nodes_[number];
      if (node.bytes > 0) {
        fields.push_back(
            {path.empty() ? "(body)" : path, node.bytes, node.seen, node.scalar, node.scalar ? node.value : 0});
      }
      for (const auto& [name, child] : node.children) {
        const bool dotted = !path.empty() && name != kElement;
        left.emplace_back(child, path + (dotted ? "." : "") + name);
      }
    }
    return fields;
  }

 private:
  struct Node {
    std::map<std::string, std::uint32_t, std::less<>> children;
    double bytes = 0;
    std::uint64_t seen = 0;
    std::uint64_t value = 0;  ///< of the first scalar, as long as all others are like it
    bool scalar = true;
    bool collapsed = false;

    void occur(bool is_scalar, std::uint64_t hash) {
      value = seen == 0 || value == hash ? hash : 0;
      scalar = scalar && is_scalar;
      ++seen;
    }
  };
  struct Frame {
    std::uint32_t node = 0;
    std::uint32_t current = 0;  ///< of an object: the field whose value comes
    bool is_array = false;
  };

  /// `bracket`: its event comes just before it is consumed.
  void count(std::uint32_t node, std::size_t bracket = 0) {
    const std::size_t at = position == nullptr ? 0 : *position + bracket;
    nodes_[node].bytes += static_cast<double>(at - std::min(seen_, at));
    seen_ = at;
  }

  std::uint32_t target() {
    if (open_.empty()) {
      return 0;
    }
    return open_.back().is_array ? child_of(open_.back().node, kElement) : open_.back().current;
  }

  bool scalar(std::uint64_t hash) {
    const std::uint32_t node = target();
    nodes_[node].occur(true, hash);
    count(node);
    return true;
  }
  bool open(bool is_array) {
    const std::uint32_t node = target();
    nodes_[node].occur(false, 0);
    count(node, 1);
    open_.push_back({node, node, is_array});
    return true;
  }
  bool close() {
    count(open_.back().node, 1);
    open_.pop_back();
    return true;
  }

  std::uint32_t child_named(std::uint32_t node, std::string_view key) {
    if (nodes_[node].collapsed || is_data(key)) {
      return child_of(node, kAnyKey);
    }
    const auto& children = nodes_[node].children;
    if (children.size() >= kMaxNamedFields && !children.contains(key)) {
      collapse(node);
      return child_of(node, kAnyKey);
    }
    return child_of(node, key);
  }

  std::uint32_t child_of(std::uint32_t node, std::string_view name) {
    const auto known = nodes_[node].children.find(name);
    if (known != nodes_[node].children.end()) {
      return known->second;
    }
    if (open_.size() > kMaxFieldDepth || nodes_.size() >= kMaxFields) {
      return node;
    }
    const auto number = static_cast<std::uint32_t>(nodes_.size());
    nodes_[node].children.emplace(name, number);
    nodes_.emplace_back();
    return number;
  }

  /// So many different keys are no fields but data: what they hold counts together. None of them is open.
  void collapse(std::uint32_t node) {
    auto children = std::exchange(nodes_[node].children, {});
    nodes_[node].collapsed = true;
    const auto any = children.begin();
    const std::uint32_t all = any->second;
    for (auto child = std::next(any); child != children.end(); ++child) {
      merge(all, child->second);
    }
    nodes_[node].children.emplace(kAnyKey, all);
  }

  void merge(std::uint32_t to, std::uint32_t from) {
    nodes_[to].bytes += std::exchange(nodes_[from].bytes, 0);
    nodes_[to].seen += std::exchange(nodes_[from].seen, 0);
    nodes_[to].scalar = nodes_[to].scalar && nodes_[from].scalar;
    nodes_[to].value = nodes_[to].value == nodes_[from].value ? nodes_[to].value : 0;
    nodes_[to].collapsed = nodes_[to].collapsed || nodes_[from].collapsed;
    for (const auto& [name, child] : std::exchange(nodes_[from].children, {})) {
      const auto [known, is_new] = nodes_[to].children.try_emplace(name, child);
      if (!is_new) {
        merge(known->second, child);
      }
    }
    if (nodes_[to].children.size() > kMaxNamedFields || (nodes_[to].collapsed && nodes_[to].children.size() > 1)) {
      collapse(to);
    }
  }

  std::vector<Node> nodes_;
  std::vector<Frame> open_;
  std::size_t seen_ = 0;
};

std::optional<std::string> from_base64(std::string_view text) {
  constexpr unsigned kBad = 64;
  static const std::array<unsigned char, 256> kValues = [] {
    std::array<unsigned char, 256> values{};
    values.fill(kBad);
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
      values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<unsigned char>(i);
    }
    return values;
  }();
  while (text.ends_with('=')) {
    text.remove_suffix(1);
  }
  std::string out;
  out.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t bits = 0;
  unsigned held = 0;
  for (const char c : text) {
    const unsigned char value = kValues[static_cast<unsigned char>(c)];
    if (value == kBad) {
      return std::nullopt;
    }
    bits = (bits << 6) | value;
    held += 6;
    if (held >= 8) {
      held -= 8;
      out.push_back(static_cast<char>((bits >> held) & 0xFF));
    }
  }
  return out;
}

bool begins_as_json(std::string_view text) {
  text = trim(text);
  return text.starts_with('{') || text.starts_with('[');
}

}  // namespace

std::optional<std::vector<FieldSize>> field_sizes(const std::string& text) {
  Sizer sizer;
  if (text.size() > kMaxSizedBody || !json::parse_text("body", text, sizer)) {
    return std::nullopt;
  }
  return sizer.take();
}

std::optional<SizedBody> field_sizes_of_body(std::string_view captured) {
  constexpr std::size_t kLooked = 64;
  SizedBody body;
  std::optional<std::string> text;
  if (captured.size() > kMaxSizedBody * 4 / 3 + 4) {
    return std::nullopt;
  }
  if (begins_as_json(captured.substr(0, kLooked))) {
    text = std::string(captured);
  } else if (const auto head = from_base64(captured.substr(0, kLooked)); head && begins_as_json(*head)) {
    text = from_base64(captured);
    body.base64 = true;
  }
  std::optional<std::vector<FieldSize>> fields = text ? field_sizes(*text) : std::nullopt;
  if (!fields) {
    return std::nullopt;
  }
  body.fields = std::move(*fields);
  return body;
}

}  // namespace budgetcheck
