#include "json/stream/select.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"

namespace budgetcheck::json {

struct Selector::Node {
  /// A handful of names, looked up for every key of a big document: most of them differ in length.
  std::vector<std::pair<std::string, std::unique_ptr<Node>>> children;
  std::unique_ptr<Node> any;
  bool keep = false;
  std::optional<std::size_t> tail;  ///< in place of a string its length, and this many of its last bytes
  Visit visit;
  Look look;

  std::uint64_t spelled_bits = 0;  ///< of all children's names: rules out most keys that are none of them

  static std::uint64_t bit_of(std::string_view key) {
    const auto first = key.empty() ? 0U : static_cast<unsigned char>(key.front());
    return std::uint64_t{1} << ((key.size() * 7 + first) % 64);
  }
  const Node* child(std::string_view key) const {
    if ((spelled_bits & bit_of(key)) == 0) {
      return any.get();
    }
    for (const auto& [name, node] : children) {
      if (name == key) {
        return node.get();
      }
    }
    return any.get();
  }
  std::unique_ptr<Node>& spelled(std::string_view key) {
    for (auto& [name, node] : children) {
      if (name == key) {
        return node;
      }
    }
    spelled_bits |= bit_of(key);
    return children.emplace_back(key, nullptr).second;
  }
};

Selector::Selector() : root_(std::make_unique<Node>()) {}
Selector::~Selector() = default;

Selector::Node& Selector::node_at(std::string_view path) {
  Node* node = root_.get();
  for (const std::string_view segment : split(path, '/')) {
    if (segment.empty()) {
      continue;
    }
    std::unique_ptr<Node>& next = segment == "*" ? node->any : node->spelled(segment);
    if (!next) {
      next = std::make_unique<Node>();
    }
    node = next.get();
  }
  return *node;
}

Selector& Selector::keep(std::string_view path) {
  node_at(path).keep = true;
  return *this;
}

Selector& Selector::keep_length_and_tail(std::string_view path, std::size_t tail_bytes) {
  node_at(path).tail = tail_bytes;
  return *this;
}

Selector& Selector::look(std::string_view path, Look look) {
  node_at(path).look = std::move(look);
  return *this;
}

Selector& Selector::each(std::string_view path, Visit visit) {
  node_at(path).visit = std::move(visit);
  return *this;
}

/// Builds the wanted values while tokens pass. A frame stands for an open container that is on the way to, or
/// below, something wanted; an unwanted container is only counted in and out.
class SelectingEvents final : public Events {
 public:
  SelectingEvents(const Selector& selector, std::size_t max_kept)
      : root_node_(selector.root_.get()), max_kept_(max_kept) {}

  bool null() override {
    return scalar([] { return Value(); });
  }
  bool boolean(bool value) override {
    return scalar([&] { return Value(value); });
  }
  bool number(double value) override {
    return scalar([&] { return Value(value); });
  }
  bool string(std::string_view text) override {
    const Target target = next_target();
    if (skipped_ == 0 && target.node != nullptr && target.node->look) {
      target.node->look(text);
    }
    if (skipped_ == 0 && !target.whole && target.node != nullptr && target.node->tail) {
      return attach(target, length_of(text, *target.node->tail));
    }
    return scalar([&] { return Value(std::string(text)); });
  }
  bool key(std::string_view name) override {
    if (skipped_ == 0) {
      const Target& target = frames_.back().target;
      key_node_ = target.whole ? nullptr : target.node->child(name);
      skip = !target.whole && key_node_ == nullptr;
      if (!skip) {
        key_.assign(name);
      }
    }
    return true;
  }
  bool begin_object() override { return open(Value(Object{})); }
  bool begin_array() override { return open(Value(Array{})); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  Value take() { return std::move(result_); }
  bool too_many() const { return kept_ > max_kept_; }

 private:
  using Node = Selector::Node;

  struct Target {
    const Node* node = nullptr;  ///< null: not spelled by any path
    bool whole = false;          ///< below a kept subtree
  };
  struct Frame {
    Target target;
    Value value;
    std::string key;
    std::size_t next_index = 0;
    std::size_t kept_before = 0;
  };

  static Value length_of(std::string_view text, std::size_t tail) {
    Object both;
    both.push_back({"length", Value(static_cast<double>(text.size())), 0, 0});
    both.push_back({"tail", Value(std::string(text.substr(text.size() - std::min(tail, text.size())))), 0, 0});
    return Value(std::move(both));
  }

  Target next_target() const {
    if (skipped_ != 0) {
      return {};
    }
    if (frames_.empty()) {
      return {root_node_, root_node_->keep};
    }
    const Frame& frame = frames_.back();
    if (frame.target.whole) {
      return {nullptr, true};
    }
    const Node* node = frame.value.is_array() ? frame.target.node->any.get() : key_node_;
    return {node, node != nullptr && node->keep};
  }

  std::string current_key() const {
    return !frames_.empty() && frames_.back().value.is_array() ? std::to_string(frames_.back().next_index) : key_;
  }

  template <class Make>
  bool scalar(const Make& make) {
    const Target target = next_target();
    if (!target.whole && (target.node == nullptr || !target.node->visit)) {
      count_element();
      return true;
    }
    Value value = make();
    value.offset = position == nullptr ? 0 : *position;
    return attach(target, std::move(value));
  }

  bool open(Value value) {
    const Target target = next_target();
    if (!target.whole && target.node == nullptr) {
      if (skipped_ == 0) {
        count_element();
        skip = true;
      }
      ++skipped_;
      return true;
    }
    value.offset = position == nullptr ? 0 : *position;
    frames_.push_back({target, std::move(value), std::move(key_), 0, kept_});
    return true;
  }

  bool close() {
    if (skipped_ != 0) {
      --skipped_;
      return true;
    }
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    key_ = std::move(frame.key);
    if (frame.target.node != nullptr && frame.target.node->visit) {
      kept_ = frame.kept_before;  // forgotten with the visit
    }
    return attach(frame.target, std::move(frame.value));
  }

  void count_element() {
    if (skipped_ == 0 && !frames_.empty()) {
      ++frames_.back().next_index;
    }
  }

  bool attach(const Target& target, Value value) {
    if (target.node != nullptr && target.node->visit) {
      const std::string key = current_key();
      count_element();
      return target.node->visit(key, std::move(value));
    }
    if (++kept_ > max_kept_) {
      return false;
    }
    if (frames_.empty()) {
      result_ = std::move(value);
      return true;
    }
    Frame& frame = frames_.back();
    count_element();
    if (Array* elements = frame.value.array()) {
      elements->push_back(std::move(value));
    } else {
      put(*frame.value.object(), std::move(value));
    }
    return true;
  }

  /// A key that comes twice means its last value, as it does to every JavaScript program that wrote or reads the
  /// file; looked for in small objects only, to stay linear.
  void put(Object& members, Value value) {
    constexpr std::size_t kSmall = 32;
    if (members.size() <= kSmall) {
      for (Member& member : members) {
        if (member.key == key_) {
          member.value = std::move(value);
          return;
        }
      }
    }
    members.push_back({key_, std::move(value), 0, 0});
  }

  const Node* root_node_;
  std::size_t max_kept_;
  std::vector<Frame> frames_;
  std::string key_;
  const Node* key_node_ = nullptr;  ///< of the last key in an object; null: not wanted
  Value result_;
  std::size_t skipped_ = 0;
  std::size_t kept_ = 0;
};

namespace {

template <class Parse>
Expected<Value> run(const std::string& path, const Selector& selector, const SelectLimits& limits,
                    const Parse& parse_into) {
  SelectingEvents events(selector, limits.max_kept);
  Expected<void> parsed = parse_into(events);
  if (!parsed) {
    return tl::unexpected(std::move(parsed.error()));
  }
  if (events.too_many()) {
    return fail(ErrorKind::kInput, fmt::format("more than {} values of interest", limits.max_kept), Location::of(path));
  }
  return events.take();
}

}  // namespace

Expected<Value> select(const std::string& path, const FileContent& content, const Selector& selector,
                       SelectLimits limits) {
  return run(path, selector, limits, [&](Events& events) { return parse(path, content, events, limits.json); });
}

Expected<Value> select_text(const std::string& path, std::string_view text, const Selector& selector,
                            SelectLimits limits) {
  return run(path, selector, limits, [&](Events& events) { return parse_text(path, text, events, limits.json); });
}

}  // namespace budgetcheck::json
