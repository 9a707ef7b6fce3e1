#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/byte_order_mark.h"
#include "base/text.h"
#include "base/text/id_like.h"
#include "json/document.h"
#include "json/stream/sax.h"
#include "json/yaml_scalar.h"

// Built on yaml-cpp's events, not on its nodes: nodes hide aliases (a few lines can stand for gigabytes), keep both
// of two equal keys, and do not say where a null stands. What yaml-cpp 0.7 accepts in silence is looked for here:
// a quote that is never closed swallows the rest of the file, and the byte 0x04 counts as its end.

namespace budgetcheck::json {
namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxValues = 100'000;
/// yaml-cpp's scanner takes up to 500 times the size of a hostile text in memory.
constexpr std::size_t kMaxBytes = std::size_t{1} << 20;
/// A copied text counts as one value for each so many bytes, so that many copies of a long one are seen too.
constexpr std::size_t kBytesPerValue = 256;

constexpr std::string_view kTagPrefix = "tag:yaml.org,2002:";

/// Whether `tag` is YAML's own for this kind of value: "!!str" is spelled with the prefix.
bool is_tag_of(std::string_view tag, std::string_view kind) {
  return tag.starts_with(kTagPrefix) && tag.substr(kTagPrefix.size()) == kind;
}

/// Leaves the parser; caught in read_yaml only. The errors are in the builder by then.
struct Stop {};

/// A value that an anchor names, with what a copy of it costs.
struct Anchored {
  Value value;
  std::size_t cost = 1;
  std::size_t height = 0;  ///< levels of nesting
};

/// A short one as it stands ("1e999", ".inf"); a long one may be somebody's.
std::string quoted_number(const std::string& text) {
  constexpr std::size_t kLongest = 10;
  return text.size() <= kLongest ? fmt::format("'{}'", printable(text)) : "this";
}

class YamlBuilder final : public YAML::EventHandler {
 public:
  YamlBuilder(const std::string& path, std::string_view text, YamlMerges merges)
      : path_(path), text_(text), follows_merges_(merges == YamlMerges::kFollowed) {}

  Value result;
  Errors errors;
  bool has_document = false;

  [[noreturn]] void stop(const YAML::Mark& mark, std::string message, std::string hint = {}) {
    report(mark, std::move(message), std::move(hint));
    throw Stop{};
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (has_document) {
      const bool marked = text_.substr(0, offset_of(mark)).ends_with("---") || at(mark).starts_with("---");
      stop(mark, marked ? "the file contains more than one YAML document" : "the document ends before this place",
           marked ? "keep one document: remove the '---' line or split the file"
                  : "check the brackets and the indentation of the lines above");
    }
    has_document = true;
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override { scalar(mark, Value(), "", false, anchor); }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& text) override {
    check_quote(mark);
    if (tag != "?" && tag != "!" && !is_tag_of(tag, "str")) {
      refuse_tag(mark, tag);
    }
    if (tag != "?") {
      scalar(mark, Value(text), text, false, anchor);
      return;
    }
    if (wants_key()) {
      scalar(mark, Value(text), text, true, anchor);
      return;
    }
    std::optional<Value> value = resolve_plain_scalar(text);
    if (!value) {
      report(mark, fmt::format("{} is not a number that can be used", quoted_number(text)),
             "write a finite decimal number");
      value = Value();
    }
    scalar(mark, std::move(*value), text, true, anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (wants_key()) {
      stop(mark, "an alias is used as a key", "write the key out");
    }
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      stop(mark, "an anchor refers to itself", "an alias can only repeat what is complete before it");
    }
    if (frames_.size() + found->second.height > kMaxDepth) {
      stop(mark, too_deep());
    }
    count(mark, found->second.cost);
    Value copy = found->second.value;
    place(copy, mark);
    attach(std::move(copy), found->second.cost, found->second.height, mark, 0);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, "seq", anchor, Value(Array{}));
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, "map", anchor, Value(Object{}));
  }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    Value value;
    YAML::Mark mark;
    YAML::anchor_t anchor = 0;
    Member key;
    bool has_key = false;
    bool merges_next = false;   ///< the key is "<<"
    std::vector<Value> merged;  ///< what stands behind such keys
    std::set<std::string> keys;
    std::size_t cost = 1;
    std::size_t height = 0;  ///< of the highest child
  };

  static std::string too_deep() { return fmt::format("nested deeper than {} levels", kMaxDepth); }

  std::size_t offset_of(const YAML::Mark& mark) const {
    return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text_.size());
  }
  std::string_view at(const YAML::Mark& mark) const { return text_.substr(offset_of(mark)); }

  void report(const YAML::Mark& mark, std::string message, std::string hint) {
    errors.push_back({ErrorKind::kUsage,
                      std::move(message),
                      {path_,
                       static_cast<std::uint32_t>(std::max(mark.line, 0) + 1),
                       static_cast<std::uint32_t>(std::max(mark.column, 0) + 1),
                       {}},
                      std::move(hint)});
  }

  [[noreturn]] void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    stop(mark, fmt::format("the tag '{}' has no meaning here", printable(without_private_words(tag))),
         "remove it; a text that begins with '!' needs quotes");
  }

  void place(Value& value, const YAML::Mark& mark) const {
    value.line = static_cast<std::uint32_t>(std::max(mark.line, 0) + 1);
    value.column = static_cast<std::uint32_t>(std::max(mark.column, 0) + 1);
    value.offset = offset_of(mark);
  }

  bool wants_key() const { return !frames_.empty() && frames_.back().value.is_object() && !frames_.back().has_key; }

  void count(const YAML::Mark& mark, std::size_t cost) {
    values_ = cost > kMaxValues ? kMaxValues + 1 : values_ + cost;
    if (values_ > kMaxValues) {
      stop(mark, fmt::format("more than {} values", kMaxValues), "aliases are counted as what they stand for");
    }
  }

  /// A mark stands at the tag or the anchor when there is one: steps over them and sees whether the quoted text
  /// behind them ends.
  void check_quote(const YAML::Mark& mark) {
    std::size_t i = offset_of(mark);
    while (i < text_.size()) {
      if (text_[i] == '&' || text_[i] == '!') {
        i = std::min(text_.find_first_of(" \t\r\n", i), text_.size());
      } else if (text_[i] == '#') {
        i = std::min(text_.find('\n', i), text_.size());
      } else if (text_[i] == ' ' || text_[i] == '\t' || text_[i] == '\r' || text_[i] == '\n') {
        ++i;
      } else {
        break;
      }
    }
    if (i >= text_.size() || (text_[i] != '"' && text_[i] != '\'')) {
      return;
    }
    const char quote = text_[i];
    for (++i; i < text_.size(); ++i) {
      if (quote == '"' && text_[i] == '\\') {
        ++i;
      } else if (text_[i] == quote) {
        if (quote == '\'' && i + 1 < text_.size() && text_[i + 1] == quote) {
          ++i;
        } else {
          return;
        }
      }
    }
    stop(mark, "the quote that opens here is never closed", fmt::format("add the closing {}", quote));
  }

  void scalar(const YAML::Mark& mark, Value value, const std::string& text, bool plain, YAML::anchor_t anchor) {
    count(mark, 1);
    if (wants_key()) {
      key(mark, text, plain);
      return;
    }
    place(value, mark);
    const std::size_t bytes = value.is_string() ? value.string()->size() : 0;
    attach(std::move(value), 1 + bytes / kBytesPerValue, 0, mark, anchor);
  }

  void key(const YAML::Mark& mark, const std::string& text, bool plain) {
    if (plain && text == "<<") {
      if (!follows_merges_) {
        stop(mark, "merge keys ('<<') are not supported", "write the keys out, or repeat a whole value with an alias");
      }
      frames_.back().has_key = frames_.back().merges_next = true;
      return;
    }
    if (text.empty()) {
      report(mark, "a key is empty or null", "write a name before the ':'");
    } else if (!frames_.back().keys.insert(text).second) {
      report(mark, fmt::format("the key {} appears a second time", quoted_name(text)),
             "only one of the two can be meant: remove or rename one");
    }
    Value placed;
    place(placed, mark);
    frames_.back().key = {text, Value(), placed.line, placed.column};
    frames_.back().has_key = true;
  }

  void open(const YAML::Mark& mark, const std::string& tag, std::string_view kind, YAML::anchor_t anchor, Value value) {
    if (wants_key()) {
      stop(mark, "a list or a mapping is used as a key",
           "close every bracket; a text that begins with '{' or '[' needs quotes");
    }
    const bool untagged = tag.empty() || tag == "?" || tag == "!";
    if (!untagged && !is_tag_of(tag, kind)) {
      refuse_tag(mark, tag);
    }
    if (frames_.size() >= kMaxDepth) {
      stop(mark, too_deep());
    }
    count(mark, 1);
    place(value, mark);
    Frame frame;
    frame.value = std::move(value);
    frame.mark = mark;
    frame.anchor = anchor;
    frames_.push_back(std::move(frame));
  }

  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    for (Value& value : frame.merged) {
      merge(std::move(value), frame);
    }
    attach(std::move(frame.value), frame.cost, frame.height + 1, frame.mark, frame.anchor);
  }

  /// Adds the members of a mapping, or of those of a list, that the frame's own mapping does not have.
  void merge(Value value, Frame& frame) {
    if (Object* members = value.object()) {
      for (Member& member : *members) {
        if (frame.keys.insert(member.key).second) {
          frame.value.object()->push_back(std::move(member));
        }
      }
    } else if (Array* elements = value.array()) {
      for (Value& element : *elements) {
        if (element.is_object()) {
          merge(std::move(element), frame);
        }
      }
    }
  }

  void attach(Value value, std::size_t cost, std::size_t height, const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) {
      count(mark, cost);
      anchors_[anchor] = {value, cost, height};
    }
    if (frames_.empty()) {
      result = std::move(value);
      return;
    }
    Frame& frame = frames_.back();
    frame.cost += cost;
    frame.height = std::max(frame.height, height);
    if (Array* elements = frame.value.array()) {
      elements->push_back(std::move(value));
      return;
    }
    if (frame.merges_next) {
      const Array* list = value.array();
      const bool has_mappings =
          list != nullptr && std::all_of(list->begin(), list->end(), [](const Value& one) { return one.is_object(); });
      if (!value.is_object() && !has_mappings) {
        stop(mark, "a merge key ('<<') needs a mapping, or a list of mappings", "name an anchor: <<: *name");
      }
      frame.merged.push_back(std::move(value));
      frame.has_key = false;
      frame.merges_next = false;
      return;
    }
    frame.key.value = std::move(value);
    frame.value.object()->push_back(std::move(frame.key));
    frame.has_key = false;
  }

  std::string path_;
  std::string_view text_;
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  std::size_t values_ = 0;
  bool follows_merges_ = false;
};

/// What a person can do about a syntax error of yaml-cpp at `offset`.
std::string syntax_hint(std::string_view text, std::size_t offset, const std::string& library_message) {
  const char here = offset < text.size() ? text[offset] : '\0';
  const std::size_t line_begin = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
  const std::string_view before = text.substr(line_begin, offset - line_begin);
  if (before.find('\t') != std::string_view::npos || here == '\t') {
    return "indent with spaces: YAML does not allow tabs";
  }
  if (here == '*' || library_message.find("anchor is not defined") != std::string::npos) {
    return "a value that begins with '*' needs quotes: \"*.har\"";
  }
  if (here == '@' || here == '`' || here == '%') {
    return fmt::format("a value that begins with '{}' needs quotes", here);
  }
  if (library_message.find("flow") != std::string::npos) {
    return "check the brackets of this line and the ones above; a value that contains [ ] { } or , needs quotes";
  }
  if (library_message.find("escape") != std::string::npos) {
    return "inside \"double quotes\" a \\ is special: write \\\\ or use 'single quotes'";
  }
  if (library_message.find("map value") != std::string::npos) {
    return "a text that contains ': ' needs quotes, and keys of one mapping start in the same column";
  }
  return "check the indentation: keys of one mapping and the '-' of one list start in the same column";
}

std::string syntax_message(const std::string& library_message) {
  if (library_message.find("anchor is not defined") != std::string::npos) {
    return "this alias refers to an anchor that does not exist";
  }
  return fmt::format("not valid YAML here: {}", library_message);
}

/// Bytes that YAML does not allow, or that yaml-cpp would take for the end of the file.
std::optional<Error> bad_bytes(const std::string& path, std::string_view bytes) {
  const auto control = std::find_if(bytes.begin(), bytes.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
  });
  const auto where = [&](std::size_t offset) {
    return locate(path, bytes.data(), bytes.data() + bytes.size(), offset);
  };
  if (control != bytes.end()) {
    return Error{ErrorKind::kUsage, "there is a control character here",
                 where(static_cast<std::size_t>(control - bytes.begin())), "remove it, or write it as an escape"};
  }
  const std::string valid = valid_utf8(bytes);
  if (valid != bytes) {
    const auto differ = std::mismatch(bytes.begin(), bytes.end(), valid.begin(), valid.end()).first;
    return Error{ErrorKind::kUsage, "the file is not valid UTF-8 here",
                 where(static_cast<std::size_t>(differ - bytes.begin())), "save it as UTF-8"};
  }
  return std::nullopt;
}

Errors single(Error error) {
  Errors errors;
  errors.push_back(std::move(error));
  return errors;
}

}  // namespace

ExpectedAll<Value> read_yaml(const std::string& path, std::string_view bytes, YamlMerges merges) {
  bytes = without_byte_order_mark(bytes);
  std::string special = describe_non_json(bytes);
  if (!special.empty()) {
    special = replace_all(std::move(special), "JSON text", "text");
    return tl::unexpected(single({ErrorKind::kUsage, std::move(special), Location::of(path), ""}));
  }
  if (bytes.size() > kMaxBytes) {
    return tl::unexpected(
        single({ErrorKind::kUsage, "the file is bigger than 1 MiB", Location::of(path), "is it the right file?"}));
  }
  if (std::optional<Error> bad = bad_bytes(path, bytes)) {
    return tl::unexpected(single(std::move(*bad)));
  }
  YamlBuilder builder(path, bytes, merges);
  try {
    std::istringstream stream{std::string(bytes)};
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    if (!builder.has_document) {
      builder.errors.push_back(
          {ErrorKind::kUsage, "the file contains nothing but comments", Location::of(path), "begin with 'version: 1'"});
    }
  } catch (const Stop&) {
    // said in builder.errors
  } catch (const YAML::DeepRecursion& deep) {
    builder.errors.push_back({ErrorKind::kUsage,
                              fmt::format("nested deeper than {} levels", kMaxDepth),
                              {path, static_cast<std::uint32_t>(std::max(deep.mark.line, 0) + 1), 0, {}},
                              ""});
  } catch (const YAML::Exception& error) {
    const bool known = !error.mark.is_null();
    const auto line = static_cast<std::uint32_t>(known ? error.mark.line + 1 : 0);
    const auto column = static_cast<std::uint32_t>(known ? error.mark.column + 1 : 0);
    const std::size_t offset = known ? static_cast<std::size_t>(std::max(error.mark.pos, 0)) : 0;
    builder.errors.push_back({ErrorKind::kUsage,
                              syntax_message(printable(error.msg)),
                              {path, line, column, {}},
                              syntax_hint(bytes, std::min(offset, bytes.size()), error.msg)});
  }
  if (!builder.errors.empty()) {
    return tl::unexpected(std::move(builder.errors));
  }
  return std::move(builder.result);
}

}  // namespace budgetcheck::json
