// Objects that stand in text: printed over one or many lines, or as JSON.
#include <algorithm>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/file_system.h"
#include "base/text.h"
#include "collect/logs/text/statement_text.h"
#include "collect/logs/text/text_statements.h"
#include "collect/text/envelope.h"
#include "collect/text/sql_words.h"
#include "collect/text/unescaped.h"
#include "json/lines/line_fields.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kMaxText = std::size_t{1} << 20;
constexpr std::size_t kMaxBlockLines = 5'000;

bool is_sql(std::string_view query) { return !query.empty() && shape_of(query).kind != Shape::Kind::kNotSql; }

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(" \t"), line.size()); }

}  // namespace

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
  const console::Line read = console::read_line(line);
  debug_ += read.mark == console::Mark::kDebug ? 1U : 0U;
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
    // No object after all, or one that breaks off.
    if (mentions_sql(block.text)) {
      broken(block.line);
    }
    block = {};
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
    if (mentions_sql(block.text)) {
      broken(block.line);  // cut off by who printed it
    }
    return;
  }
  Text of_block = text;
  of_block.line = block.line;
  (void)take_object(stream, object, block.head, of_block);
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
  return object && take_object(stream, std::move(*object), head, text);
}

/// True when it was a statement's event, or held one.
bool TextStatements::take_object(Stream& stream, std::string object, std::string_view head, const Text& text) {
  constexpr std::string_view kScope =
      "instrumentation";  // a span of OpenTelemetry, which has seen a statement that others log
  const std::size_t size = object.size();
  object.append(FileContent::kGuard, '\0');
  const std::string_view line = std::string_view(object).substr(0, size);
  if (!objects_.read(line)) {
    return false;
  }
  const std::vector<json::LineField> fields = objects_.fields();
  OwnedRecord owned;
  owned.fill_from(records_.read(objects_));
  if (!is_sql(owned.query)) {
    owned = {};
    std::vector<json::LineField> inner_fields;
    const std::optional<std::string_view> inner = inner_query_object(line);
    if (inner && inner->size() < line.size() && json::read_line_fields(*inner, inner_fields)) {
      owned.fill_from(read_record(inner_fields));
    }
  }
  OwnedRecord around;
  around.fill_from(records_.read_context(objects_));
  if (text.context != nullptr) {
    around.fill_from(*text.context);
  }
  around.query.clear();
  if (!is_sql(owned.query)) {
    const json::LineField* message = message_of(fields);
    if (message == nullptr) {
      return false;
    }
    const std::string content = unescaped(message->raw);
    const LogRecord context = around.record();
    Text inside = text;
    inside.text = content;
    inside.context = &context;
    read(inside);
    return true;
  }
  const bool is_span = std::any_of(fields.begin(), fields.end(), [&](const json::LineField& field) {
    return field.parent.starts_with(kScope) || field.key.starts_with(kScope);
  });
  if (is_span || console::is_no_execution(head)) {
    return true;
  }
  if (!stream.pending.open || !stream.pending.scan.in_text() || stream.pending.whole) {
    end(stream);
  }
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
  console::read_heading(head, owned.around);
  owned.fill_from(around.record());
  owned.at_ms = owned.at_ms < 0 ? time_ms(text.time).value_or(-1) : owned.at_ms;
  emit(std::move(owned), text.line, WrittenAs::kObject, false);
  return true;
}

}  // namespace budgetcheck
