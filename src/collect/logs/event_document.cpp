#include "collect/logs/event_document.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "base/byte_order_mark.h"
#include "base/text.h"
#include "collect/logs/object_text.h"
#include "collect/logs/text/text_statements.h"
#include "collect/query_log/fields/query_fields.h"
#include "collect/text/unescaped.h"
#include "json/lines/line_reader.h"
#include "json/stream/select.h"
#include "json/writer.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

using Visit = std::function<bool(const json::Value& event)>;

/// Where the lists of events are, in a document that is an object.
constexpr const char* kLists[] = {"events/*", "logEvents/*", "entries/*", "logs/*",      "items/*",
                                  "data/*",   "results/*",   "records/*", "hits/hits/*", "queries/*"};

void want_events(json::Selector& selector, bool is_list, const Visit& visit) {
  const auto each = [&](const std::string& path) {
    selector.keep(path);
    selector.each(path, [visit](std::string_view /*key*/, json::Value&& value) { return visit(value); });
  };
  if (is_list) {
    each("*");
    return;
  }
  for (const char* list : kLists) {
    each(list);
  }
}

/// One event as a line of JSON; readable bytes follow what `line` of it gives.
class EventLine {
 public:
  bool read(const json::Value& event) {
    if (!event.is_object()) {
      return false;
    }
    text_ = json::to_json(event);
    size_ = text_.size();
    text_.append(FileContent::kGuard, '\0');
    return reader_.read(text());
  }
  std::string_view text() const { return std::string_view(text_).substr(0, size_); }
  const json::LineReader& fields() const { return reader_; }

 private:
  std::string text_;
  std::size_t size_ = 0;
  json::LineReader reader_;
};

bool holds_statement(const EventLine& event) {
  const LogRecord record = read_record(event.fields().fields());
  if (!record.query.empty()) {
    return shape_of(unescaped(record.query)).kind != Shape::Kind::kNotSql;
  }
  bool found = false;
  TextStatements texts([&](const LogRecord& statement, std::uint32_t /*line*/) {
    found = found || shape_of(statement.query).kind != Shape::Kind::kNotSql;
    return true;
  });
  ObjectTextFinder finder;
  const ObjectText text = finder.find(event.text(), event.fields());
  const LogRecord context;
  if (text.is_object) {
    texts.read_object(text.text, {{}, {}, {}, 1, &context});
  } else if (!text.text.empty()) {
    texts.read({text.text, {}, {}, 1, &context});
  }
  texts.flush();
  return found;
}

bool begins_list(std::string_view bytes) { return trim(without_byte_order_mark(bytes).substr(0, 64)).starts_with('['); }

}  // namespace

bool may_be_document(std::string_view bytes) {
  constexpr std::size_t kLooked = std::size_t{64} << 10;
  bytes = trim(without_byte_order_mark(bytes).substr(0, kLooked));
  if (bytes.starts_with('[')) {
    return trim(bytes.substr(1)).starts_with('{');
  }
  const std::size_t end = bytes.find('\n');
  return bytes.starts_with('{') && (end == std::string_view::npos || trim(bytes.substr(0, end)) == "{");
}

bool is_event_document(const Sniff& sniff) {
  if (!may_be_document(sniff.head)) {
    return false;
  }
  constexpr std::size_t kLooked = 50;
  std::size_t looked = 0;
  bool found = false;
  EventLine line;
  json::Selector selector;
  want_events(selector, begins_list(sniff.head), [&](const json::Value& event) {
    found = found || (line.read(event) && holds_statement(line));
    return !found && ++looked < kLooked;
  });
  const std::string head(sniff.head);
  (void)json::select_text("", head, selector);  // it may break off
  return found;
}

Expected<void> read_events(const Source& source, LineSink& sink) {
  const std::unique_ptr<LineSink::Reader> reader = sink.reader();
  const std::string_view bytes = source.content->bytes();
  EventLine event;
  std::size_t counted = 0;
  std::uint32_t number = 1;
  std::unique_ptr<LineSink::Piece> piece;
  json::Selector selector;
  want_events(selector, begins_list(bytes), [&](const json::Value& value) {
    if (!event.read(value)) {
      return true;
    }
    const std::size_t at = std::clamp<std::size_t>(value.offset, counted, bytes.size());
    number += static_cast<std::uint32_t>(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(counted),
                                                    bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted = at;
    LogLine line;
    line.text = event.text();
    line.object = &event.fields();
    line.number = 1;
    reader->read(line);
    piece = reader->take(std::move(piece));
    sink.add(*piece, number - 1);
    return true;
  });
  const Expected<json::Value> read = json::select(source.path, *source.content, selector);
  return read ? Expected<void>() : tl::unexpected(read.error());
}

}  // namespace budgetcheck
