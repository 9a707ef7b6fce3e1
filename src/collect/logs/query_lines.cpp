#include "collect/logs/query_lines.h"

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "collect/http/request_fields.h"
#include "collect/logs/object_text.h"
#include "collect/query_log/fields/query_fields.h"

namespace budgetcheck {
namespace {

/// A statement, a text or an object that may hold one, or that a request began or ended.
struct Event {
  enum class Kind : std::uint8_t { kStatement, kText, kObject, kBegin, kEnd };
  Kind kind = Kind::kStatement;
  ReadRecord read;
  std::uint32_t line = 0;  ///< from 1, within the piece
};

/// Only pino-http and Fastify say so, and looking closely at every line takes time.
bool may_begin_or_end(std::string_view line) {
  return line.find("\"incoming request\"") != std::string_view::npos ||
         line.find("\"request ") != std::string_view::npos;
}

struct Queries final : LineSink::Piece {
  std::vector<Event> events;
  std::deque<std::string> texts;  ///< of the events that are one, in their order
  std::deque<std::string> params;
  std::vector<std::shared_ptr<StatementReader::Memory>> memories;  ///< that the statements point into
  LineCounts lines;

  void clear() {
    events.clear();
    memories.clear();
    lines = {};
  }
};

class QueryReader final : public LineSink::Reader {
 public:
  QueryReader(Dialect dialect, MappedReader* mapped) : statements_(dialect), mapped_(mapped) {}

  void read(const LogLine& line) override {
    ++piece_->lines.read;
    if (line.object == nullptr) {
      piece_->lines.add_broken(line.number);
      return;
    }
    LogRecord record = mapped_ != nullptr ? mapped_->read(line.text, *line.object) : records_.read(*line.object);
    if (record.query.empty()) {
      if (mapped_ != nullptr || !read_text(line)) {
        read_request(line);
      }
      return;
    }
    if (record.params.empty()) {
      if (std::string list = listed_params(*line.object); !list.empty()) {
        record.params = piece_->params.emplace_back(std::move(list));
        record.params_are_list = true;
      }
    }
    piece_->events.push_back({Event::Kind::kStatement, statements_.read(record), line.number});
    if (piece_->memories.empty() || piece_->memories.back() != statements_.memory()) {
      piece_->memories.push_back(statements_.memory());
    }
  }

  std::unique_ptr<LineSink::Piece> take(std::unique_ptr<LineSink::Piece> spare) override {
    std::unique_ptr<Queries> next(static_cast<Queries*>(spare.release()));
    if (next == nullptr) {
      next = std::make_unique<Queries>();
    }
    next->clear();
    return std::exchange(piece_, std::move(next));
  }

 private:
  /// Whether the object holds a statement in a text, or deeper than fields are known.
  bool read_text(const LogLine& line) {
    ObjectText found = object_text_.find(line.text, *line.object);
    if (found.text.empty()) {
      return false;
    }
    Event event;
    event.kind = found.is_object ? Event::Kind::kObject : Event::Kind::kText;
    event.read.record = records_.read_context(*line.object);
    event.line = line.number;
    piece_->events.push_back(event);
    piece_->texts.push_back(std::move(found.text));
    return true;
  }

  void read_request(const LogLine& line) {
    if (mapped_ != nullptr || !may_begin_or_end(line.text)) {
      return;
    }
    const AccessRecord access = accesses_.read(line.text, *line.object);
    if (access.kind == AccessRecord::Kind::kNone || access.id.empty()) {
      return;
    }
    Event event;
    event.kind = access.kind == AccessRecord::Kind::kBegin ? Event::Kind::kBegin : Event::Kind::kEnd;
    event.read.record = records_.read_context(*line.object);
    event.line = line.number;
    piece_->events.push_back(event);
  }

  RecordReader records_;
  ObjectTextFinder object_text_;
  AccessReader accesses_;
  StatementReader statements_;
  MappedReader* mapped_;
  std::unique_ptr<Queries> piece_ = std::make_unique<Queries>();
};

}  // namespace

QueryLines::QueryLines(Dialect dialect, MappedReader* mapped)
    : dialect_(dialect),
      mapped_(mapped),
      texts_([this](const LogRecord& record, std::uint32_t line) { return take_text(record, line); }) {}

std::unique_ptr<LineSink::Reader> QueryLines::reader() { return std::make_unique<QueryReader>(dialect_, mapped_); }

void QueryLines::add(Piece& piece, std::uint32_t lines_before) {
  const auto& queries = static_cast<const Queries&>(piece);
  auto text = queries.texts.begin();
  for (const Event& event : queries.events) {
    const bool is_text = event.kind == Event::Kind::kText || event.kind == Event::Kind::kObject;
    if (!is_text && texts_open_) {
      texts_.flush();
    }
    texts_open_ = is_text;
    begins_with_text_ = begins_with_text_ || (!is_begun_ && is_text);
    is_begun_ = true;
    has_texts_ = has_texts_ || is_text;
    switch (event.kind) {
      case Event::Kind::kText:
        texts_.read({*text++, {}, {}, lines_before + event.line, &event.read.record});
        break;
      case Event::Kind::kObject:
        texts_.read_object(*text++, {{}, {}, {}, lines_before + event.line, &event.read.record});
        break;
      case Event::Kind::kStatement:
        take(event.read, lines_before + event.line);
        break;
      case Event::Kind::kBegin:
        begin_request(event.read.record, lines_before + event.line);
        break;
      case Event::Kind::kEnd:
        end_request(event.read.record, lines_before + event.line);
        break;
    }
  }
  lines_.add(queries.lines, lines_before);
}

void QueryLines::flush() {
  ends_open_ = texts_open_ && texts_.is_open();
  texts_.flush();
}

}  // namespace budgetcheck
