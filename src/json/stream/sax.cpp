#include "json/stream/sax.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/byte_order_mark.h"
#include "base/text.h"
#include "json/rapidjson.h"
#include "json/scan/brackets.h"
#include "json/stream/token_reader.h"

namespace budgetcheck::json {
namespace {

/// Bytes that may be resident before the passed ones are given back.
constexpr std::size_t kReleaseStep = std::size_t{4} << 20;

/// Bounded by the NUL that follows the text; remembers nothing but where it is.
struct Stream {
  using Ch = char;
  const char* at;
  const char* begin;

  Ch Peek() const { return *at; }
  Ch Take() { return *at++; }
  std::size_t Tell() const { return static_cast<std::size_t>(at - begin); }
  Ch* PutBegin() { throw InternalError("the stream is read-only"); }
  void Put(Ch /*c*/) {}
  void Flush() {}
  std::size_t PutEnd(Ch* /*begin*/) { return 0; }
};

/// RapidJSON's handler concept on top of Events: counts depth and gives passed pages back.
class Bridge {
 public:
  /// `end`: of the stream; null when containers must not be passed over.
  Bridge(Events& events, Stream& stream, const char* end, const FileContent* content, std::size_t skipped,
         std::size_t max_depth)
      : events_(events), stream_(stream), end_(end), content_(content), skipped_(skipped), max_depth_(max_depth) {
    events_.position = &position_;
  }
  ~Bridge() { events_.position = nullptr; }
  Bridge(const Bridge&) = delete;
  Bridge& operator=(const Bridge&) = delete;

  bool Null() { return mark() && events_.null(); }
  bool Bool(bool b) { return mark() && events_.boolean(b); }
  // Never called: numbers come as text, see RawNumber.
  bool Int(int /*i*/) { return numbers_are_text(); }
  bool Uint(unsigned /*u*/) { return numbers_are_text(); }
  bool Int64(std::int64_t /*i*/) { return numbers_are_text(); }
  bool Uint64(std::uint64_t /*u*/) { return numbers_are_text(); }
  bool Double(double /*d*/) { return numbers_are_text(); }
  /// RapidJSON 1.1's own exact conversion makes an arbitrary value of 0e61 and infinity of 3e308, and reads past its
  /// table for long numbers with big exponents.
  bool RawNumber(const char* text, rapidjson::SizeType length, bool /*copy*/) {
    const std::optional<double> value = value_of_number({text, length});
    too_big_ = !value;
    return !too_big_ && mark() && events_.number(*value);
  }
  bool String(const char* text, rapidjson::SizeType length, bool /*copy*/) {
    return mark() && events_.string({text, length});
  }
  bool Key(const char* text, rapidjson::SizeType length, bool /*copy*/) {
    const bool wanted = mark() && events_.key({text, length});
    events_.skip = false;  // permission, not an order: single values are not passed over here
    return wanted;
  }
  bool StartObject() { return deeper() && mark() && events_.begin_object() && skip(); }
  bool EndObject(rapidjson::SizeType /*members*/) { return shallower() && mark() && events_.end_object(); }
  bool StartArray() { return deeper() && mark() && events_.begin_array() && skip(); }
  bool EndArray(rapidjson::SizeType /*elements*/) { return shallower() && mark() && events_.end_array(); }

  bool too_deep() const { return too_deep_; }
  bool too_big() const { return too_big_; }

 private:
  static bool numbers_are_text() { throw InternalError("numbers are asked for as text"); }
  bool mark() {
    position_ = stream_.Tell() + skipped_;
    release();
    return true;
  }
  void release() {
    if (content_ != nullptr && position_ > released_ + kReleaseStep) {
      content_->release_before(position_);
      released_ = position_;
    }
  }
  /// Moves the stream so that the parser sees the closing bracket next: an empty container. The iterative parser
  /// takes the opening bracket only after its handler was called, so the stream still stands on that one. Where no
  /// close is found the parser goes on as usual, and finds out why.
  bool skip() {
    if (events_.skip && end_ != nullptr) {
      const auto passed = [this](const char* at) {
        position_ = static_cast<std::size_t>(at - stream_.begin) + skipped_;
        release();
      };
      const char* close = find_close(stream_.at, end_, max_depth_ - depth_ + 1, Between::kStrings, passed);
      if (close != nullptr) {
        stream_.at = close - 1;
      }
    }
    events_.skip = false;
    return true;
  }
  bool deeper() {
    too_deep_ = ++depth_ > max_depth_;
    return !too_deep_;
  }
  bool shallower() {
    --depth_;
    return true;
  }

  Events& events_;
  Stream& stream_;
  const char* end_;
  const FileContent* content_;
  std::size_t skipped_;
  std::size_t max_depth_;
  std::size_t depth_ = 0;
  std::size_t position_ = 0;
  std::size_t released_ = 0;
  bool too_deep_ = false;
  bool too_big_ = false;
};

/// What stands there, without quoting the file: it may hold what nobody is to see in a log.
std::string kind_of_text(std::string_view text) {
  for (const std::string_view word :
       {"NaN", "Infinity", "-Infinity", "undefined", "None", "True", "False", "//", "/*"}) {
    if (text.starts_with(word)) {
      return fmt::format("'{}'", word);
    }
  }
  const char c = text.front();
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
    return "a word without quotes";
  }
  if (c >= '0' && c <= '9') {
    return "a digit";
  }
  return c > ' ' && c < '\x7F' ? fmt::format("'{}'", c) : "a character that has no place there";
}

constexpr std::string_view kTextBehind = "there is text after the end of the JSON document";
constexpr std::string_view kOnlyTheDocument =
    "let the tool write its JSON to a file of its own, where nothing else is printed";

std::string explain(rapidjson::ParseErrorCode code, std::string_view bytes, std::size_t offset) {
  using namespace rapidjson;
  if (offset >= bytes.size()) {
    return "the file ends in the middle of a value: it was cut off while it was written or copied";
  }
  switch (code) {
    case kParseErrorDocumentRootNotSingular:
      return std::string(kTextBehind);
    case kParseErrorStringInvalidEncoding:
      return "a string is not valid UTF-8";
    case kParseErrorNumberTooBig:
      return "a number is too big";
    case kParseErrorStringEscapeInvalid:
    case kParseErrorStringUnicodeEscapeInvalidHex:
    case kParseErrorStringUnicodeSurrogateInvalid:
      return "a string has an invalid escape";
    default:
      return fmt::format("not valid JSON here: found {}", kind_of_text(bytes.substr(offset)));
  }
}

/// True for text whose end is nearer to a UTF-8 lead byte than the character is long. RapidJSON takes all bytes of a
/// character before it looks at them, and so would read past the one NUL that follows the text.
bool ends_inside_character(std::string_view bytes) {
  constexpr std::size_t kLongest = 4;
  for (std::size_t back = 1; back < kLongest && back <= bytes.size(); ++back) {
    const auto byte = static_cast<unsigned char>(bytes[bytes.size() - back]);
    const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    if (length > back) {
      return true;
    }
  }
  return false;
}

template <unsigned kFlags>
rapidjson::ParseResult run(Stream& stream, Bridge& bridge) {
  rapidjson::Reader reader;
  return reader.Parse<kFlags>(stream, bridge);
}

/// Reads by RapidJSON, which says what is wrong where.
Expected<void> parse_carefully(const std::string& path, std::string_view bytes, std::size_t skipped,
                               const FileContent* content, Events& events, const Limits& limits) {
  Stream stream{bytes.data() + skipped, bytes.data() + skipped};
  // Comments may hold quotes and brackets.
  const char* skip_end = limits.relaxed ? nullptr : bytes.data() + bytes.size();
  Bridge bridge(events, stream, skip_end, content, skipped, limits.max_depth);
  constexpr unsigned kStrict =
      rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseValidateEncodingFlag;
  constexpr unsigned kRelaxed = kStrict | rapidjson::kParseCommentsFlag | rapidjson::kParseTrailingCommasFlag;
  const rapidjson::ParseResult result = limits.relaxed ? run<kRelaxed>(stream, bridge) : run<kStrict>(stream, bridge);
  const bool stopped = result.Code() == rapidjson::kParseErrorTermination && !bridge.too_deep() && !bridge.too_big();
  if (stopped) {
    return {};
  }
  if (!result.IsError()) {
    // A NUL ends the stream for RapidJSON: what stands behind one was never looked at.
    const std::size_t end = stream.Tell() + skipped;
    if (end < bytes.size()) {
      return fail(ErrorKind::kInput, std::string(kTextBehind),
                  locate(path, bytes.data(), bytes.data() + bytes.size(), end), std::string(kOnlyTheDocument));
    }
    return {};
  }
  const std::size_t offset = std::min(result.Offset() + skipped, bytes.size());
  Location where = locate(path, bytes.data(), bytes.data() + bytes.size(), offset);
  if (bridge.too_deep()) {
    return fail(ErrorKind::kInput, fmt::format("nested deeper than {} levels", limits.max_depth), std::move(where));
  }
  if (bridge.too_big()) {
    return fail(ErrorKind::kInput, "a number is too big", std::move(where));
  }
  const bool is_behind = result.Code() == rapidjson::kParseErrorDocumentRootNotSingular;
  return fail(ErrorKind::kInput, explain(result.Code(), bytes, offset), std::move(where),
              std::string(is_behind ? kOnlyTheDocument : ""));
}

Expected<void> parse_bytes(const std::string& path, std::string_view bytes, const FileContent* content, Events& events,
                           const Limits& limits) {
  const std::string special = describe_non_json(bytes);
  if (!special.empty()) {
    return fail(ErrorKind::kInput, special, Location::of(path));
  }
  if (ends_inside_character(bytes)) {
    return fail(ErrorKind::kInput,
                "the file ends in the middle of a character: it was cut off while it was written or copied",
                locate(path, bytes.data(), bytes.data() + bytes.size(), bytes.size()));
  }
  const std::size_t skipped = bytes.size() - without_byte_order_mark(bytes).size();
  // Only a file has the guard that the fast reader looks into, and only RapidJSON takes comments.
  if (content == nullptr || limits.relaxed) {
    return parse_carefully(path, bytes, skipped, content, events, limits);
  }
  if (read_tokens(*content, skipped, limits.max_depth, events) != Reading::kWrong) {
    return {};
  }
  // Once more, for nobody: what `events` heard is void now, and they cannot hear it twice.
  NoEvents nobody;
  Expected<void> fault = parse_carefully(path, bytes, skipped, content, nobody, limits);
  if (fault) {
    // Half a surrogate pair is the one thing that RapidJSON takes: it makes malformed UTF-8 of it.
    return fail(ErrorKind::kInput, "a string has an invalid escape", Location::of(path));
  }
  return fault;
}

}  // namespace

std::string describe_non_json(std::string_view bytes) {
  constexpr std::size_t kLook = 4096;
  const std::string_view head = bytes.substr(0, kLook);
  if (trim(head).empty() && bytes.size() <= kLook) {
    return "the file is empty";
  }
  if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
    return "the file is UTF-16 text: write it as UTF-8 (PowerShell's '>' writes UTF-16)";
  }
  if (head.starts_with("\x1F\x8B")) {
    return "the file is gzip-compressed: unpack it first";
  }
  if (head.starts_with("PK\x03\x04")) {
    return "the file is a zip archive: unpack it first";
  }
  if (head.find('\0') != std::string_view::npos) {
    return "the file is binary, not JSON text";
  }
  return {};
}

Expected<void> parse(const std::string& path, const FileContent& content, Events& events, Limits limits) {
  return parse_bytes(path, content.bytes(), &content, events, limits);
}

Expected<void> parse_text(const std::string& path, std::string_view text, Events& events, Limits limits) {
  return parse_bytes(path, text, nullptr, events, limits);
}

}  // namespace budgetcheck::json
