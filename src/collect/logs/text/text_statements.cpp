#include "collect/logs/text/text_statements.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "collect/logs/text/framework_lines.h"
#include "collect/logs/text/python_marks.h"
#include "collect/logs/text/statement_text.h"
#include "collect/text/unescaped.h"
#include "json/lines/line_fields.h"

namespace budgetcheck {
namespace {

using console::Line;
using console::Mark;

/// A statement over several lines ends here at the latest.
constexpr std::size_t kMaxText = std::size_t{1} << 20;
constexpr std::size_t kMaxStreams = 64;
/// Lines of other output that may stand inside a statement.
constexpr std::size_t kMaxPassed = 20;

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

/// "select …" in quotes, as some print each value.
std::string unquoted(std::string_view text) {
  text = trim(text);
  if (text.size() < 2 || (text.front() != '"' && text.front() != '\'' && text.front() != '`')) {
    return std::string(text);
  }
  std::string json;
  std::string_view rest = text;
  if (!take_inspected(rest, json)) {
    return std::string(text);
  }
  return unescaped(std::string_view(json).substr(1, json.size() - 2)) + std::string(rest);
}

/// AWS Lambda: the time, the request's id and the level, with tabs between.
std::string_view lambda_request(std::string_view prefix) {
  constexpr std::size_t kUuid = 36;
  prefix = trim(prefix);
  const std::size_t level = prefix.rfind('\t');
  const std::string_view id = level == std::string_view::npos ? std::string_view() : prefix.substr(0, level);
  const std::string_view last = id.substr(std::min(id.rfind('\t') + 1, id.size()));
  const bool is_uuid = last.size() == kUuid && last.find_first_not_of("0123456789abcdef-") == std::string_view::npos &&
                       std::count(last.begin(), last.end(), '-') == 4;
  return is_uuid ? last : std::string_view();
}

}  // namespace

void TextStatements::broken(std::uint32_t line) {
  ++counts_.read;
  counts_.add_broken(line);
}

void TextStatements::read(const Text& text) {
  Stream& stream = stream_of(text);
  if (text.context != nullptr && !stream.pending.whole) {
    end(stream);
  }
  std::string_view rest = text.text;
  bool more = true;
  while (more) {
    const std::size_t end = rest.find('\n');
    more = end != std::string_view::npos;
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(more ? end + 1 : rest.size());
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    read_line(stream, line, text);
  }
  if (text.context != nullptr) {
    stream.pending.whole = stream.pending.open;
    stream.block.open = false;
  }
}

void TextStatements::read_object(std::string_view object, const Text& text) {
  Stream& stream = stream_of(text);
  if (!take_object(stream, std::string(object), {}, text) && !stream.pending.scan.in_text()) {
    end(stream);
  }
}

TextStatements::Stream& TextStatements::stream_of(const Text& text) {
  const auto found = streams_.find(text.stream);
  if (found != streams_.end()) {
    return found->second;
  }
  return streams_.size() < kMaxStreams ? streams_.try_emplace(std::string(text.stream)).first->second
                                       : streams_.begin()->second;
}

void TextStatements::flush() {
  std::vector<Stream*> open;
  for (auto& [name, stream] : streams_) {
    stream.block = {};
    if (stream.pending.open) {
      open.push_back(&stream);
    }
  }
  std::sort(open.begin(), open.end(),
            [](const Stream* a, const Stream* b) { return a->pending.line < b->pending.line; });
  for (Stream* stream : open) {
    end(*stream);
  }
  release();
}

bool TextStatements::is_open() const {
  return held_ || std::any_of(streams_.begin(), streams_.end(),
                              [](const auto& entry) { return entry.second.pending.open || entry.second.block.open; });
}

bool TextStatements::remembers() const {
  const auto says = [](const console::Around& around) {
    return around.says_more() || !around.request.empty() || !around.trace.empty() || !around.traceparent.empty() ||
           !around.route.empty();
  };
  return std::any_of(streams_.begin(), streams_.end(),
                     [&](const auto& entry) { return says(entry.second.before) || says(entry.second.entry); });
}

/// "SELECT …" with nothing before it, behind lines of a statement: a part of it, and not the next one.
bool TextStatements::goes_on_with_bare(const Pending& pending, std::string_view line) {
  if (pending.scan.has_not_begun()) {
    return pending.scan.goes_on_with(line);
  }
  if (pending.scan.is_open() || indent_of(line) > indent_of(pending.statement) + indent_of(pending.prefix)) {
    return pending.scan.is_open() || pending.scan.goes_on_with(line);
  }
  constexpr std::size_t kLooked = 4096;
  const std::string_view statement = trim(pending.statement);
  const std::string first = lower(statement.substr(0, statement.find_first_of(" \n\t(")));
  const std::string last = lower(statement.substr(statement.find_last_of(" \n\t)") + 1));
  return first == "with" || (pending.spread && console::without_settings(statement).empty()) ||
         (first == "insert" && lower(statement.substr(0, kLooked)).find("values") == std::string::npos) ||
         last == "union" || last == "all" || last == "except" || last == "intersect";
}

void TextStatements::read_line(Stream& stream, std::string_view line, const Text& text) {
  if (in_block(stream, line, text)) {
    return;
  }
  Pending& pending = stream.pending;
  const bool quoted = pending.open && pending.scan.in_text() && !pending.whole;
  if (!quoted && (opens_block(stream, line, text) || one_line_object(stream, line, text))) {
    return;
  }
  Line read = console::read_line(line);
  const bool prisma = read.by_prisma;
  const bool behind = pending.open && !pending.whole && console::behind_prefix(line, pending.prefix).data() != nullptr;
  if (read.mark == Mark::kBare && pending.open && !pending.whole && goes_on_with_bare(pending, line)) {
    read.mark = Mark::kNone;
  }
  if (quoted && behind && !prisma && read.mark != Mark::kNone) {
    read.mark = Mark::kNone;
  }
  switch (read.mark) {
    case Mark::kQuery:
    case Mark::kBare:
      if (read.mark == Mark::kBare && comes_again(stream, read)) {
        return;
      }
      end(stream);
      begin(stream, read, text);
      return;
    case Mark::kParams:
      params(stream, read);
      return;
    case Mark::kDuration:
      if (pending.open) {
        const double duration = milliseconds(read.rest);
        pending.record.around.duration_ms =
            pending.record.around.duration_ms < 0 ? duration : pending.record.around.duration_ms;
        end(stream);
      }
      return;
    case Mark::kBinding:
      if (pending.open) {
        std::string& list = pending.record.around.params;
        list = list.empty() ? "[" : list.substr(0, list.size() - 1) + ",";
        append_json_string(read.rest, list);
        list += "]";
      }
      return;
    case Mark::kDebug:
      end(stream);
      ++debug_;
      return;
    case Mark::kMessage:
      end(stream);
      return;
    case Mark::kNone:
      break;
  }
  const bool taken = pending.open && !pending.whole && go_on(stream, line);
  if (!taken && !trim(line).empty()) {
    // The entry that indented lines below it belong to, and they themselves: "    reqId: r1".
    if (indent_of(line) == 0) {
      stream.entry = {};
    }
    constexpr std::size_t kMaxEntry = 1024;
    console::read_heading(line.substr(0, kMaxEntry), stream.entry);
  }
}

void TextStatements::begin(Stream& stream, const Line& line, const Text& text) {
  Pending& pending = stream.pending;
  pending = {};
  pending.open = true;
  pending.by_prisma = line.by_prisma;
  pending.python = line.python;
  pending.twice = line.twice;
  pending.named = line.named;
  pending.bare = line.mark == Mark::kBare && text.context == nullptr;
  pending.line = text.line;
  pending.prefix = line.prefix;
  pending.statement = unquoted(line.rest);
  pending.spread = pending.statement.empty();
  OwnedRecord& record = pending.record;
  console::read_heading(line.prefix, record.around);
  if (record.around.request.empty()) {
    const std::string_view id = lambda_request(line.prefix);
    record.around.request = id.empty() ? console::rails_request(line.prefix) : id;
  }
  record.around.duration_ms = line.duration_ms < 0 ? console::heading_duration(line.prefix) : line.duration_ms;
  if (indent_of(line.prefix) > 0 || line.prefix.empty()) {
    record.around.fill_from(stream.entry);
  }
  if (pending.bare || line.prefix.empty()) {
    record.around.fill_from(stream.before);
  }
  stream.before = {};
  if (text.context != nullptr) {
    record.fill_from(*text.context);  // which has no statement
  }
  if (record.at_ms < 0) {
    const std::string_view first = trim(line.prefix).substr(0, trim(line.prefix).find_first_of(" \t"));
    record.at_ms = time_ms(text.time.empty() ? first : text.time).value_or(-1);
  }
  if (record.at_ms < 0 && !line.time.empty()) {
    constexpr std::size_t kDigits = 13;  // of a time in milliseconds since 1970
    record.at_ms = (line.time.size() == kDigits ? parse_number(line.time) : time_ms(line.time)).value_or(-1);
  }
  pending.scan = texts_.of(pending.statement).scan;
}

/// The statement that was given with placeholders, with its values in their place.
bool TextStatements::comes_again(Stream& stream, const Line& line) {
  constexpr std::size_t kBegin = 6;  // the verb
  Pending& pending = stream.pending;
  if (!pending.open || !pending.twice || pending.scan.has_not_begun() ||
      !equals_ignoring_case(trim(pending.statement).substr(0, kBegin), line.rest.substr(0, kBegin))) {
    return false;
  }
  pending.twice = false;
  pending.statement = line.rest;
  pending.scan = texts_.of(pending.statement).scan;
  return true;
}

void TextStatements::params(Stream& stream, const Line& line) {
  Pending& pending = stream.pending;
  const std::string list = console::list_of(line.rest);
  if (pending.open && pending.record.around.params.empty() && pending.raw_params.empty()) {
    pending.raw_params = line.rest;
    pending.record.around.params = list;
    return;
  }
  end(stream);
  stream.before = {};
  stream.before.params = list;
  console::read_tail(line.rest, stream.before);
}

/// A line without a mark: the statement's next one, or other output of the program (false).
bool TextStatements::go_on(Stream& stream, std::string_view text) {
  Pending& pending = stream.pending;
  std::string_view line = console::behind_prefix(text, pending.prefix);
  if (line.data() == nullptr) {
    // A logger names itself in the first line of a statement only.
    line = text;
    const bool open = pending.scan.is_open() && indent_of(line) > 0;
    if (!pending.scan.in_text() && !open && !pending.scan.goes_on_with(line)) {
      return false;
    }
  }
  const bool blank = trim(line).find_first_not_of("-=_*#") == std::string_view::npos;  // or a rule
  if (blank && !pending.scan.in_text()) {
    return true;
  }
  const bool entry = !pending.scan.in_text() && console::begins_entry(line);
  const bool goes_on = pending.scan.is_open() || pending.scan.goes_on_with(line);
  if (!entry && !goes_on && pending.spread && ++pending.passed < kMaxPassed && pending.record.around.params.empty()) {
    return false;  // output of another request in between
  }
  if (entry || !pending.raw_params.empty() || !goes_on) {
    end(stream);
    return false;
  }
  if (pending.statement.size() + line.size() > kMaxText) {
    pending.open = false;
    broken(pending.line);
    return true;
  }
  pending.statement += '\n';
  pending.statement += line;
  pending.scan.feed(line);
  return true;
}

/// Parts what was written into the statement and what stands behind it.
void TextStatements::cut(Pending& pending, OwnedRecord& record) {
  console::KnownTexts::Text& text = texts_.of(pending.statement);
  if (text.whole) {
    record.query = trim(pending.statement);
    return;
  }
  console::Around tail;
  const std::string_view statement = console::cut_statement(pending.statement, tail);
  text.whole = statement.size() == trim(pending.statement).size();
  record.query = statement;
  if (record.around.params.empty()) {
    record.around.params = std::move(tail.params);
  }
  tail.params.clear();
  record.around.fill_from(tail);
}

void TextStatements::end(Stream& stream) {
  Pending& pending = stream.pending;
  if (!pending.open) {
    return;
  }
  pending.open = false;
  OwnedRecord record = std::move(pending.record);
  cut(pending, record);
  if (pending.spread) {
    record.query = std::string(console::without_settings(record.query));
  }
  if (!pending.named.empty()) {
    record.query = console::without_names(record.query, pending.named, record.around.params);
  }
  if (pending.python) {
    record.query = console::without_python_marks(record.query, pending.raw_params, record.around.params);
  }
  if (pending.prefix.find("ms)") != std::string::npos && record.around.params.starts_with("[[")) {
    record.around.params = console::list_of(record.around.params, true);  // Rails: each with its column
  }
  if (pending.bare && !record.around.says_more()) {
    return;
  }
  emit(std::move(record), pending.line, WrittenAs::kText, pending.by_prisma);
}

void TextStatements::emit(OwnedRecord record, std::uint32_t line, WrittenAs form, bool by_prisma) {
  if (held_ && held_->form != WrittenAs::kBoth && held_->form != form && held_->record.query == record.query) {
    const LogRecord more = record.record();
    held_->record.fill_from(more);
    held_->form = WrittenAs::kBoth;
    return;
  }
  release();
  held_ = Held{std::move(record), line, form, by_prisma};
}

void TextStatements::release() {
  if (!held_) {
    return;
  }
  const Held held = std::move(*held_);
  held_.reset();
  if (!held.record.query.empty() && sink_(held.record.record(), held.line)) {
    ++counts_.read;
  } else if (held.by_prisma) {
    ++not_sql_;
    broken(held.line);
  }
}

}  // namespace budgetcheck
