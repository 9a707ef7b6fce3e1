#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "json/stream/sax.h"
#include "json/value.h"

namespace budgetcheck::json {

/// Names the few parts of a big document that are wanted; everything else streams past in flat memory.
/// Paths are keys joined by '/'; `*` stands for any key and for every element of a list (a key that is spelled
/// wins over `*`). A container on the way to a wanted part is kept with its wanted children only.
class Selector {
 public:
  Selector();
  ~Selector();
  Selector(const Selector&) = delete;
  Selector& operator=(const Selector&) = delete;

  /// Keeps the value at `path`, with all below it.
  Selector& keep(std::string_view path);
  /// Keeps, in place of the string at `path`, its length in bytes (after unescaping) and its last `tail_bytes` bytes
  /// (all of a shorter one): {"length": 12, "tail": "=="}. Enough to know how many bytes a base64 text stands for.
  Selector& keep_length_and_tail(std::string_view path, std::size_t tail_bytes);
  /// Shows the string at `path` to `look` while it passes, unescaped and valid during the call only; kept is what the
  /// other calls for this path say.
  using Look = std::function<void(std::string_view text)>;
  Selector& look(std::string_view path, Look look);
  /// Calls `visit` with each value at `path` as soon as it is complete, holding its wanted children, and then
  /// forgets it. `key` is the member's name, or the element's index as text. Returning false ends the reading.
  using Visit = std::function<bool(std::string_view key, Value&& value)>;
  Selector& each(std::string_view path, Visit visit);

 private:
  friend class SelectingEvents;
  struct Node;
  Node& node_at(std::string_view path);
  std::unique_ptr<Node> root_;
};

struct SelectLimits {
  Limits json;
  /// Values kept at one time, over the whole document. Errors when exceeded: kInput.
  std::size_t max_kept = 2'000'000;
};

/// Streams `content` and returns its wanted parts (a null value when the document is a scalar that is not
/// wanted). Values carry their byte offset, not their line. Errors: those of json::parse, and too many values.
Expected<Value> select(const std::string& path, const FileContent& content, const Selector& selector,
                       SelectLimits limits = {});
/// The same over bytes that a NUL follows.
Expected<Value> select_text(const std::string& path, std::string_view text, const Selector& selector,
                            SelectLimits limits = {});

}  // namespace budgetcheck::json
