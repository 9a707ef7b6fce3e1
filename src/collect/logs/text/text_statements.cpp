#include "collect/logs/text/text_statements.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/file_system.h"
#include "base/text.h"
#include "collect/logs/text/statement_text.h"
#include "collect/text/envelope.h"
#include "collect/text/unescaped.h"
#include "json/lines/line_fields.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

using console::Line;
using console::Mark;

/// A statement or an object over several lines ends here at the latest.
constexpr std::size_t kMaxText = std::size_t{1} << 20;
constexpr std::size_t kMaxBlockLines = 5'000;
constexpr std::size_t kMaxStreams = 64;
/// Lines of other output that may stand inside a statement.
constexpr std::size_t kMaxPassed = 20;

// How a statement was written: one that comes in two forms, one after the other, was executed once.
constexpr char kText = 't';
constexpr char kObject = 'o';
constexpr char kSpan = 's';
constexpr char kDriverSpan = 'd';

bool is_sql(std::string_view query) { return !query.empty() && shape_of(query).kind != Shape::Kind::kNotSql; }

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

void put(std::string& to, std::string_view from, bool plain) {
  if (to.empty() && !from.empty()) {
    to = plain ? std::string(from) : unescaped(from);
  }
}

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

void OwnedRecord::fill_from(const LogRecord& other) {
  put(query, other.query, other.plain);
  put(process, other.process, other.plain);
  put(host, other.host, other.plain);
  put(service, other.service, other.plain);
  put(url, other.url, other.plain);
  put(source, other.source, other.plain);
  if (around.params.empty()) {
    put(around.params, other.params, other.plain || other.params_are_list);
    if (!around.params.empty() && around.params.front() != '[') {
      around.params = console::list_of(around.params);
    }
  }
  put(around.request, other.request, other.plain);
  put(around.trace, other.trace, other.plain);
  put(around.traceparent, other.traceparent, other.plain);
  put(around.route, other.route, other.plain);
  around.duration_ms = around.duration_ms < 0 ? other.duration_ms : around.duration_ms;
  at_ms = at_ms < 0 ? other.at_ms : at_ms;
  level_is_number = level_is_number || other.level_is_number;
  level_is_word = level_is_word || other.level_is_word;
}

LogRecord OwnedRecord::record() const {
  LogRecord out;
  out.query = query;
  out.params = around.params;
  out.params_are_list = true;
  out.duration_ms = around.duration_ms;
  out.trace = around.trace;
  out.traceparent = around.traceparent;
  out.request = around.request;
  out.process = process;
  out.host = host;
  out.service = service;
  out.route = around.route;
  out.url = url;
  out.source = source;
  out.at_ms = at_ms;
  out.level_is_number = level_is_number;
  out.level_is_word = level_is_word;
  out.plain = true;
  return out;
}

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
  if (!take_object(stream, std::string(object), {}, text, false) && !stream.pending.scan.in_text()) {
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

/// "SELECT …" with nothing before it, behind lines of a statement: a part of it, and not the next one.
bool TextStatements::goes_on_with_bare(const Pending& pending, std::string_view line) {
  if (pending.scan.is_open() || indent_of(line) > indent_of(pending.statement) + indent_of(pending.prefix)) {
    return pending.scan.is_open() || pending.scan.goes_on_with(line);
  }
  const std::string_view statement = trim(pending.statement);
  const std::string first = lower(statement.substr(0, statement.find_first_of(" \n\t(")));
  const std::string last = lower(statement.substr(statement.find_last_of(" \n\t)") + 1));
  return first == "with" || (first == "insert" && lower(statement).find("values") == std::string::npos) ||
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
  if (pending.open && !pending.whole) {
    go_on(stream, line);
  }
  if (!pending.open && !trim(line).empty()) {
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
  pending.bare = line.mark == Mark::kBare && text.context == nullptr;
  pending.line = text.line;
  pending.prefix = line.prefix;
  pending.statement = unquoted(line.rest);
  pending.spread = pending.statement.empty();
  OwnedRecord& record = pending.record;
  console::read_heading(line.prefix, record.around);
  if (const std::string_view id = lambda_request(line.prefix); record.around.request.empty()) {
    record.around.request = id;
  }
  record.around.duration_ms = console::heading_duration(line.prefix);
  if (indent_of(line.prefix) > 0 || line.prefix.empty()) {
    record.around.fill_from(stream.entry);
  }
  if (pending.bare || line.prefix.empty()) {
    record.around.fill_from(stream.before);
  }
  stream.before = {};
  if (text.context != nullptr) {
    LogRecord context = *text.context;
    context.query = {};
    record.fill_from(context);
  }
  if (record.at_ms < 0) {
    const std::string_view first = trim(line.prefix).substr(0, trim(line.prefix).find_first_of(" \t"));
    record.at_ms = time_ms(text.time.empty() ? first : text.time).value_or(-1);
  }
  pending.scan.feed(pending.statement);
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

/// A line without a mark: the statement's next one, or other output of the program.
void TextStatements::go_on(Stream& stream, std::string_view text) {
  Pending& pending = stream.pending;
  std::string_view line = console::behind_prefix(text, pending.prefix);
  if (line.data() == nullptr) {
    // A logger names itself in the first line of a statement only.
    line = text;
    const bool open = pending.scan.is_open() && indent_of(line) > 0;
    if (!pending.scan.in_text() && !open && !pending.scan.goes_on_with(line)) {
      return;
    }
  }
  const bool blank = trim(line).find_first_not_of("-=_*#") == std::string_view::npos;  // or a rule
  if (blank && !pending.scan.in_text()) {
    return;
  }
  const bool entry = !pending.scan.in_text() && console::begins_entry(line);
  const bool goes_on = pending.scan.is_open() || pending.scan.goes_on_with(line);
  if (!entry && !goes_on && pending.spread && ++pending.passed < kMaxPassed && pending.record.around.params.empty()) {
    return;  // output of another request in between
  }
  if (entry || !pending.raw_params.empty() || !goes_on) {
    end(stream);
    return;
  }
  if (pending.statement.size() + line.size() > kMaxText) {
    pending.open = false;
    broken(pending.line);
    return;
  }
  pending.statement += '\n';
  pending.statement += line;
  pending.scan.feed(line);
}

void TextStatements::end(Stream& stream) {
  Pending& pending = stream.pending;
  if (!pending.open) {
    return;
  }
  pending.open = false;
  OwnedRecord record = std::move(pending.record);
  console::Around tail;
  record.query = console::cut_statement(pending.statement, tail);
  if (record.around.params.empty()) {
    record.around.params = std::move(tail.params);
  }
  tail.params.clear();
  record.around.fill_from(tail);
  if (pending.python) {
    record.query = console::without_python_marks(record.query, pending.raw_params, record.around.params);
  }
  if (pending.prefix.find("ms)") != std::string::npos && record.around.params.starts_with("[[")) {
    record.around.params = console::list_of(record.around.params, true);  // Rails: each with its column
  }
  if (pending.bare && !record.around.says_more()) {
    return;
  }
  emit(std::move(record), pending.line, kText, pending.by_prisma);
}

void TextStatements::emit(OwnedRecord record, std::uint32_t line, char kind, bool by_prisma) {
  if (held_ && held_->kind != '\0' && held_->kind != kind && held_->record.query == record.query) {
    const LogRecord more = record.record();
    held_->record.fill_from(more);
    held_->kind = '\0';
    return;
  }
  release();
  held_ = Held{std::move(record), line, kind, by_prisma};
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
    broken(held.line);
  }
}

bool TextStatements::opens_block(Stream& stream, std::string_view line, const Text& text) {
  const std::string_view shown = trim(line);
  if (!shown.ends_with('{') || text.context != nullptr) {
    return false;
  }
  end(stream);
  Block& block = stream.block;
  block = {};
  block.open = true;
  block.indent = indent_of(line);
  block.line = text.line;
  const std::size_t open = line.rfind('{');
  block.head = line.substr(0, open);
  block.text = "{";
  block.scan.feed("{");
  const Line read = console::read_line(line);
  debug_ += read.mark == Mark::kDebug ? 1U : 0U;
  return true;
}

bool TextStatements::in_block(Stream& stream, std::string_view line, const Text& text) {
  Block& block = stream.block;
  if (!block.open) {
    return false;
  }
  const std::string_view shown = trim(line);
  const std::size_t indent = indent_of(line);
  const bool closes = shown.starts_with('}') || shown.starts_with(']');
  if (line.find("prisma:query ") != std::string_view::npos || (!shown.empty() && indent <= block.indent && !closes) ||
      ++block.lines > kMaxBlockLines || block.text.size() + line.size() > kMaxText) {
    block = {};  // no object after all
    return false;
  }
  block.text += '\n';
  block.text += line;
  block.scan.feed(line);
  if (block.scan.closed()) {
    end_block(stream, text);
  }
  return true;
}

void TextStatements::end_block(Stream& stream, const Text& text) {
  const Block block = std::exchange(stream.block, {});
  std::string_view rest = block.text;
  std::string object;
  if (!take_inspected(rest, object)) {
    return;
  }
  Text of_block = text;
  of_block.line = block.line;
  (void)take_object(stream, object, block.head, of_block, true);
}

bool TextStatements::one_line_object(Stream& stream, std::string_view line, const Text& text) {
  const std::string_view shown = trim(line);
  const std::size_t open = shown.find('{');
  if (open == std::string_view::npos || !(shown.ends_with('}') || shown.ends_with("},"))) {
    return false;
  }
  const std::string_view head = shown.substr(0, open);
  if (console::find_statement(shown.substr(0, open)) != std::string_view::npos ||
      (stream.pending.open && stream.pending.scan.is_open() && !stream.pending.whole)) {
    return false;
  }
  std::optional<std::string> object = inspected_object(shown.substr(open));
  return object && take_object(stream, std::move(*object), head, text, true);
}

/// True when it was a statement's event, or held one.
bool TextStatements::take_object(Stream& stream, std::string object, std::string_view head, const Text& text,
                                 bool from_block) {
  constexpr std::string_view kScope = "instrumentation";  // a span of OpenTelemetry's console exporter
  const std::size_t size = object.size();
  object.append(FileContent::kGuard, '\0');
  const std::string_view line = std::string_view(object).substr(0, size);
  std::vector<json::LineField> fields;
  if (!json::read_line_fields(line, fields)) {
    return false;
  }
  OwnedRecord owned;
  LogRecord record = read_record(fields);
  std::vector<json::LineField> inner_fields;
  if (record.query.empty() || !is_sql(unescaped(record.query))) {
    const std::optional<std::string_view> inner = inner_query_object(line);
    if (inner && inner->size() < line.size() && json::read_line_fields(*inner, inner_fields)) {
      owned.fill_from(read_record(inner_fields));
    }
  } else {
    owned.query = unescaped(record.query);
  }
  if (owned.query.empty() || !is_sql(owned.query)) {
    const json::LineField* message = message_of(fields);
    if (message == nullptr) {
      return false;
    }
    Text inner = text;
    const std::string content = unescaped(message->raw);
    RecordReader reader;
    json::LineReader lines;
    LogRecord context = lines.read(line) ? reader.read_context(lines) : LogRecord();
    inner.text = content;
    inner.context = &context;
    read(inner);
    return true;
  }
  if (console::is_no_execution(head)) {
    return true;
  }
  if (!stream.pending.open || !stream.pending.scan.in_text() || stream.pending.whole) {
    end(stream);
  }
  record.query = {};
  owned.fill_from(record);
  for (const json::LineField& field : fields) {
    if (owned.around.params.empty() && field.type != json::LineField::Type::kLiteral &&
        console::name_of(field.key) == console::Name::kParams) {
      owned.around.params = console::list_of(unescaped(field.raw));
    }
  }
  if (owned.around.params.empty()) {
    std::string list = "[";
    for (const json::LineField& field : fields) {
      if (console::name_of(field.parent) == console::Name::kParams) {
        list += list.size() > 1 ? "," : "";
        field.type == json::LineField::Type::kString ? list.append("\"").append(field.raw).append("\"")
                                                     : list.append(field.raw);
      }
    }
    owned.around.params = list.size() > 1 ? list + "]" : std::string();
  }
  const bool span = from_block && std::any_of(fields.begin(), fields.end(), [&](const json::LineField& field) {
                      return field.parent.starts_with(kScope) || field.key.starts_with(kScope);
                    });
  constexpr double kMicrosecond = 1e-3;
  owned.around.duration_ms *= span && owned.around.duration_ms > 0 ? kMicrosecond : 1;
  console::Around around;
  console::read_heading(head, around);
  owned.around.fill_from(around);
  if (text.context != nullptr) {
    LogRecord context = *text.context;
    context.query = {};
    owned.fill_from(context);
  }
  owned.at_ms = owned.at_ms < 0 ? time_ms(text.time).value_or(-1) : owned.at_ms;
  const bool by_driver = line.find("prisma") == std::string_view::npos;
  emit(std::move(owned), text.line, span ? (by_driver ? kDriverSpan : kSpan) : kObject, false);
  return true;
}

}  // namespace budgetcheck
