#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/number.h"
#include "base/text.h"
#include "collect/account.h"
#include "collect/load_test/text/jmeter_run.h"

// A JTL may have gigabytes, so no document is built: tags stream past, and of those of samples the attributes are read.

namespace budgetcheck {
namespace {

constexpr std::size_t kReleaseStep = std::size_t{4} << 20;
constexpr std::size_t kMostTag = std::size_t{1} << 20;  // bytes of one tag with its attributes
constexpr std::size_t kMostDepth = 1000;

/// The five entities of XML, and characters by number below 128; others stay as they are.
std::string unescaped(std::string_view text) {
  std::string out(text);
  if (out.find('&') == std::string::npos) {
    return out;
  }
  for (const auto& [entity, letter] :
       {std::pair("&quot;", "\""), std::pair("&apos;", "'"), std::pair("&lt;", "<"), std::pair("&gt;", ">"),
        std::pair("&#39;", "'"), std::pair("&#34;", "\""), std::pair("&#xa;", " "), std::pair("&#10;", " "),
        std::pair("&#13;", " "), std::pair("&#xd;", " "), std::pair("&amp;", "&")}) {
    out = replace_all(std::move(out), entity, letter);
  }
  return out;
}

/// The attribute `name` of a tag, as it is written; nothing: it has none.
std::optional<std::string_view> attribute(std::string_view tag, std::string_view name) {
  constexpr std::string_view kSpace = " \t\r\n";
  std::size_t at = std::min(tag.find_first_of(kSpace), tag.size());
  while (at < tag.size()) {
    at = std::min(tag.find_first_not_of(kSpace, at), tag.size());
    const std::size_t equals = tag.find('=', at);
    if (equals == std::string_view::npos) {
      return std::nullopt;
    }
    const std::size_t open = tag.find_first_not_of(kSpace, equals + 1);
    if (open == std::string_view::npos || (tag[open] != '"' && tag[open] != '\'')) {
      return std::nullopt;
    }
    const std::size_t close = tag.find(tag[open], open + 1);
    if (close == std::string_view::npos) {
      return std::nullopt;
    }
    if (trim(tag.substr(at, equals - at)) == name) {
      return tag.substr(open + 1, close - open - 1);
    }
    at = close + 1;
  }
  return std::nullopt;
}

enum class TagKind { kOpen, kClose, kEmpty };
struct Tag {
  std::string_view name;
  std::string_view whole;  ///< without the angle brackets
  TagKind kind = TagKind::kOpen;
};

/// Walks through the tags of a document, past comments, CDATA and processing instructions.
class TagReader {
 public:
  explicit TagReader(const FileContent& content) : content_(content), bytes_(content.bytes()) {}

  /// Nothing: no tag is left, or the last one is cut off.
  std::optional<Tag> next() {
    while (true) {
      if (at_ - released_ > kReleaseStep) {
        content_.release_before(at_);
        released_ = at_;
      }
      const std::size_t open = bytes_.find('<', at_);
      if (open == std::string_view::npos) {
        return std::nullopt;
      }
      const std::string_view rest = bytes_.substr(open);
      const std::string_view end = rest.starts_with("<!--")        ? "-->"
                                   : rest.starts_with("<![CDATA[") ? "]]>"
                                   : rest.starts_with("<?")        ? "?>"
                                                                   : "";
      if (!end.empty()) {
        const std::size_t close = bytes_.find(end, open);
        if (close == std::string_view::npos) {
          return std::nullopt;
        }
        at_ = close + end.size();
        continue;
      }
      const std::size_t close = end_of_tag(open);
      if (close == std::string_view::npos) {
        return std::nullopt;
      }
      at_ = close + 1;
      return made_of(bytes_.substr(open + 1, close - open - 1));
    }
  }
  std::size_t at() const { return at_; }

 private:
  /// A '>' may stand in an attribute.
  std::size_t end_of_tag(std::size_t open) const {
    const std::string_view tag = bytes_.substr(open, kMostTag);
    char quote = '\0';
    for (std::size_t i = 1; i < tag.size(); ++i) {
      const char c = tag[i];
      if (quote != '\0') {
        quote = c == quote ? '\0' : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return open + i;
      }
    }
    return std::string_view::npos;
  }

  static Tag made_of(std::string_view whole) {
    const TagKind kind = whole.starts_with('/') ? TagKind::kClose
                         : whole.ends_with('/') ? TagKind::kEmpty
                                                : TagKind::kOpen;
    const std::string_view name = kind == TagKind::kClose ? whole.substr(1) : whole;
    return {name.substr(0, std::min(name.find_first_of(" \t\r\n/"), name.size())), whole, kind};
  }

  const FileContent& content_;
  std::string_view bytes_;
  std::size_t at_ = 0;
  std::size_t released_ = 0;
};

bool is_sample(std::string_view name) { return name == "httpSample" || name == "sample"; }

/// Adds the sample of a tag, unless it is a part of `parent` (a redirect, an image of a page). Tells whether it is a
/// transaction, whose children are requests.
bool add_sample(const Tag& tag, JmeterRun& run) {
  const auto ms = parse_number(attribute(tag.whole, "t").value_or(""));
  if (!ms || *ms < 0) {
    run.add_broken();
    return false;
  }
  const std::string label = unescaped(attribute(tag.whole, "lb").value_or(""));
  const std::string code = unescaped(attribute(tag.whole, "rc").value_or(""));
  const std::string message = unescaped(attribute(tag.whole, "rm").value_or(""));
  const JmeterSample sample{label,
                            code,
                            message,
                            attribute(tag.whole, "s").value_or(""),
                            parse_number(attribute(tag.whole, "ts").value_or("")),
                            *ms};
  run.add(sample);
  return sample.is_transaction();
}

}  // namespace

Expected<void> read_jmeter_xml(const Source& source, JmeterRun& run) {
  TagReader tags(*source.content);
  std::vector<bool> open;  // of each sample around: whether it is a transaction
  bool ended = false;
  while (const std::optional<Tag> tag = tags.next()) {
    if (tag->kind == TagKind::kClose) {
      ended = ended || tag->name == "testResults";
      if (is_sample(tag->name) && !open.empty()) {
        open.pop_back();
      }
      continue;
    }
    if (!is_sample(tag->name)) {
      ended = ended || (tag->name == "testResults" && tag->kind == TagKind::kEmpty);
      continue;
    }
    // Inside of a request are its redirects and what its page loads, and its time covers them.
    const bool is_inner = std::any_of(open.begin(), open.end(), [](bool transaction) { return !transaction; });
    const bool is_transaction = !is_inner && add_sample(*tag, run);
    if (tag->kind == TagKind::kOpen) {
      if (open.size() >= kMostDepth) {
        return fail(ErrorKind::kInput, "samples of this JTL are nested too deep", Location::of(source.path),
                    "JMeter writes no such file");
      }
      open.push_back(is_transaction);
    }
  }
  if (!ended) {
    return fail(ErrorKind::kInput, "this JTL of JMeter broke off: </testResults> is missing",
                locate(source.path, source.content->bytes().data(),
                       source.content->bytes().data() + source.content->bytes().size(), tags.at()),
                "let JMeter end, or let it save CSV (jmeter.save.saveservice.output_format=csv)");
  }
  return {};
}

}  // namespace budgetcheck
