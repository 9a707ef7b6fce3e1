#include "collect/trace/request/name_survey.h"

#include <algorithm>
#include <charconv>

#include "base/hash.h"
#include "base/text.h"
#include "collect/trace/request/shown_name.h"
#include "model/routes/id_segments.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMostSeen = 500'000;
constexpr std::size_t kMostNames = 10'000;

bool is_word_char(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A token between blanks and signs. Words with a digit in them ("v2", "s3", "utf8", "sha256") are names; so are
/// numbers with a point in them ("HTTP/1.1").
bool looks_like_id(std::string_view token) {
  if (std::all_of(token.begin(), token.end(), is_digit)) {
    return true;
  }
  if (std::none_of(token.begin(), token.end(), is_digit)) {
    return false;
  }
  return form_of_segment({token}, 0).kind == SegmentKind::kIdentifier;
}

/// A form as it may be shown: ids alone are gone from it. Where a name is a statement, that takes its shape.
std::string text_of_form(const std::string& name, const std::string& form) {
  return shown_span_name(is_statement_name(name) ? name : form);
}

}  // namespace

std::string form_of_name(std::string_view name, std::vector<std::uint64_t>* numbers) {
  std::string form;
  bool has_id = false;
  for (std::size_t at = 0; at < name.size();) {
    if (!is_word_char(name[at])) {
      form += name[at++];
      continue;
    }
    std::size_t end = at;
    while (end < name.size() && is_word_char(name[end])) {
      ++end;
    }
    const std::string_view token = name.substr(at, end - at);
    const char before = at > 0 ? name[at - 1] : ' ';
    const char behind = end < name.size() ? name[end] : ' ';
    const bool is_part_of_number = before == '.' || behind == '.';
    const bool is_placeholder = before == ':' && at > 1 && name[at - 2] == '/';
    if (!is_part_of_number && !is_placeholder && looks_like_id(token)) {
      form += "{id}";
      has_id = true;
      std::uint64_t number = 0;
      const auto [stop, code] = std::from_chars(token.data(), token.data() + token.size(), number);
      if (numbers != nullptr && code == std::errc() && stop == token.data() + token.size()) {
        numbers->push_back(number);
      }
    } else {
      form += token;
    }
    at = end;
  }
  return has_id ? form : std::string();
}

void NameSurvey::add(const Trace& trace) {
  for (const Span& span : trace.spans) {
    look(UnboundedName::What::kSpanName, trace, span, span.name);
    if (span.is_request() && span.route != 0) {
      look(UnboundedName::What::kRoute, trace, span, span.route);
    }
  }
}

void NameSurvey::look(UnboundedName::What what, const Trace& trace, const Span& span, NameId name) {
  const std::uint64_t key =
      (std::uint64_t{span.service} << 32U | name) * 2 + (what == UnboundedName::What::kRoute ? 1 : 0);
  if (seen_.size() >= kMostSeen || !seen_.insert(key)) {
    return;
  }
  std::vector<std::uint64_t> numbers;
  const std::string& text = names_[name];
  std::string form = form_of_name(text, &numbers);
  if (form.empty()) {
    return;
  }
  std::string id = std::to_string(static_cast<int>(what)) + names_[span.service] + '\n' + form;
  const auto found = forms_.find(id);
  if (found == forms_.end() && forms_.size() >= kMostForms) {
    return;
  }
  Form& known = found == forms_.end() ? forms_[std::move(id)] : found->second;
  if (known.names.empty()) {
    known.what = what;
    known.service = span.service;
    known.route = span.is_request() ? span.route : 0;
    known.text = text_of_form(text, form);
    known.trace = trace.id;
    known.line = span.line;
  }
  if (known.names.size() < kMostNames) {
    known.names.insert(hash64(text));
    known.only_numbers = known.only_numbers && numbers.size() == 1;
    known.numbers.insert(known.numbers.end(), numbers.begin(), numbers.end());
  }
}

bool is_dense(const UnboundedName& name) {
  constexpr std::uint64_t kFew = 64;
  return name.numbered && name.least <= 1 && name.most <= kFew &&
         name.most - name.least + 1 <= name.names + name.names / 4;
}

UnboundedName NameSurvey::unbounded_name(const Form& form) const {
  UnboundedName name;
  name.what = form.what;
  name.service = printable(names_[form.service]);
  name.form = form.text;
  name.names = form.names.size();
  name.numbered = form.only_numbers && !form.numbers.empty();
  if (name.numbered) {
    const auto [least, most] = std::minmax_element(form.numbers.begin(), form.numbers.end());
    name.least = *least;
    name.most = *most;
  }
  name.dense = is_dense(name);
  if (form.names.size() <= UnboundedName::kMostHashes) {
    name.hashes.assign(form.names.begin(), form.names.end());
    std::sort(name.hashes.begin(), name.hashes.end());
  }
  return name;
}

}  // namespace budgetcheck
