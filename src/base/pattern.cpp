#include "base/pattern.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include "base/text.h"

namespace budgetcheck {

struct Pattern::Impl {
  RE2 re;
};

Pattern::Pattern(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Pattern::Pattern(Pattern&& other) noexcept = default;
Pattern& Pattern::operator=(Pattern&& other) noexcept = default;
Pattern::~Pattern() = default;

Expected<Pattern> Pattern::compile(std::string_view text) {
  constexpr std::int64_t kMaxMemory = 4 << 20;
  if (text.empty()) {
    return fail(ErrorKind::kUsage, "the pattern is empty", {}, "an empty pattern would find everything");
  }
  if (text.size() > kMaxLength) {
    return fail(ErrorKind::kUsage, fmt::format("the pattern is longer than {} bytes", kMaxLength), {},
                "split it into several rules");
  }
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxMemory);
  auto impl = std::unique_ptr<Impl>(new Impl{RE2(re2::StringPiece(text.data(), text.size()), options)});
  if (!impl->re.ok()) {
    return fail(ErrorKind::kUsage,
                fmt::format("'{}' is not a regular expression: {}", printable(text), printable(impl->re.error())), {},
                "patterns follow RE2's syntax: no look-around and no back-references");
  }
  if (RE2::PartialMatch("", impl->re)) {
    return fail(ErrorKind::kUsage, fmt::format("the pattern '{}' matches the empty text", printable(text)), {},
                "it would find everything: name at least one character that must be present");
  }
  return Pattern(std::move(impl));
}

bool Pattern::found_in(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), impl_->re);
}

}  // namespace budgetcheck
