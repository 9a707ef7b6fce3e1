#include "collect/logs/read_lines.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/byte_order_mark.h"
#include "base/pipeline.h"
#include "base/platform/threads.h"
#include "base/text.h"
#include "collect/logs/wrapped_line.h"
#include "collect/text/checksum.h"
#include "collect/text/line_piece.h"
#include "json/lines/line_reader.h"

namespace budgetcheck {
namespace {

/// A log of more than this is read on several threads when there is more than one core.
constexpr std::size_t kThreaded = std::size_t{8} << 20;
/// More threads would wait for the one that puts things together.
constexpr unsigned kMostThreads = 4;
/// Small enough that a piece, and what its lines say, stays in a core's cache until it is taken.
constexpr std::size_t kPiece = std::size_t{256} << 10;
constexpr std::size_t kReleased = std::size_t{1} << 20;  ///< that much at once is given back

/// What one thread needs to read lines.
struct Worker {
  json::LineReader objects;
  std::vector<std::unique_ptr<LineSink::Reader>> readers;
  std::optional<UnwrappedLines> parts;  ///< where lines may come in parts: then this is the only worker
};

struct Piece {
  LinePiece lines;
  std::deque<std::string> unwrapped;  ///< lines that are no part of the log as they stand in it
  std::vector<std::unique_ptr<LineSink::Piece>> of_sinks;
  std::size_t end = 0;  ///< offset behind it
  bool is_last = false;
  bool unended = false;                ///< it ends in a line whose end does not come
  std::vector<std::uint64_t> numbers;  ///< of its lines, where they have them
  bool is_numbered = false;
};
using PiecePtr = std::unique_ptr<Piece>;

/// Pieces that were taken: the next ones use their memory again.
class SparePieces {
 public:
  PiecePtr get() {
    const std::lock_guard lock(mutex_);
    if (spare_.empty()) {
      return std::make_unique<Piece>();
    }
    PiecePtr piece = std::move(spare_.back());
    spare_.pop_back();
    return piece;
  }
  void put(PiecePtr piece) {
    const std::lock_guard lock(mutex_);
    spare_.push_back(std::move(piece));
  }

 private:
  std::mutex mutex_;
  std::vector<PiecePtr> spare_;
};

/// The line with which `text` begins, if it is known how its like are read: then its end need not be looked for.
json::LineReader::Found next_object(json::LineReader& objects, std::string_view text) {
  return is_unwrapped(text) ? objects.read_first(text) : json::LineReader::Found{};
}

/// The text in memory of the piece.
std::string_view keep(Piece& piece, std::string_view text) {
  std::string& kept = piece.unwrapped.emplace_back(text);
  kept.append(FileContent::kGuard, '\0');
  return std::string_view(kept).substr(0, text.size());
}

/// The line without what it is wrapped in, in memory of the piece where it is no part of the log. False: a part of a
/// line whose end is still to come.
bool unwrap(Worker& worker, Piece& piece, std::string& buffer, std::string_view& line) {
  if (worker.parts) {
    const std::optional<std::string_view> whole = worker.parts->next(line);
    line = whole ? keep(piece, *whole) : line;
    return whole.has_value();
  }
  std::string_view text = unwrapped_line(line, buffer);
  if (!buffer.empty()) {
    const std::size_t at = static_cast<std::size_t>(text.data() - buffer.data());
    const std::size_t size = text.size();
    piece.unwrapped.push_back(std::move(buffer));
    buffer.clear();
    text = std::string_view(piece.unwrapped.back()).substr(at, size);
  }
  line = text;
  return true;
}

/// Hands the line on, taken apart if it is an object and that was not done yet.
void hand_on(Worker& worker, LogLine& line) {
  if (line.object == nullptr && !line.too_long) {
    const std::string_view text = trim(line.text);
    if (text.empty()) {
      return;
    }
    line.object = text.front() == '{' && worker.objects.read(line.text) ? &worker.objects : nullptr;
  }
  for (const std::unique_ptr<LineSink::Reader>& reader : worker.readers) {
    reader->read(line);
  }
}

void hand_on_unended(Worker& worker, Piece& piece) {
  while (const std::optional<std::string_view> text = worker.parts->take_unended()) {
    piece.unended = true;
    LogLine line;
    line.text = keep(piece, *text);
    line.number = piece.lines.number();
    hand_on(worker, line);
  }
}

void read_piece(Worker& worker, Piece& piece) {
  LinePiece& lines = piece.lines;
  std::string buffer;
  for (;;) {
    LogLine line;
    if (const json::LineReader::Found found =
            piece.is_numbered ? json::LineReader::Found{} : next_object(worker.objects, lines.rest());
        found.size != 0) {
      lines.pass(found.size, found.end);
      line.text = lines.line();
      line.object = &worker.objects;
    } else if (!lines.next()) {
      break;
    } else if (lines.too_long()) {
      if (piece.is_numbered) {
        (void)without_number(lines.line(), piece.numbers.emplace_back());
      }
      line.text = lines.line();
      line.too_long = true;
    } else {
      line.text = lines.line();
      if (piece.is_numbered) {
        line.text = without_number(line.text, piece.numbers.emplace_back());
      }
      if (!unwrap(worker, piece, buffer, line.text)) {
        continue;
      }
    }
    line.number = lines.number();
    hand_on(worker, line);
  }
  if (piece.is_last && worker.parts) {
    hand_on_unended(worker, piece);
  }
}

PiecePtr make_piece(const FileContent& content, Worker& worker, std::size_t begin, std::size_t end, bool is_numbered,
                    PiecePtr piece) {
  piece->lines.load(content, begin, std::min(kPiece, end - begin));
  piece->unwrapped.clear();
  piece->numbers.clear();
  piece->is_numbered = is_numbered;
  piece->of_sinks.resize(worker.readers.size());
  piece->end = std::min(begin + kPiece, end);
  piece->is_last = piece->end == end;
  piece->unended = false;
  read_piece(worker, *piece);
  for (std::size_t i = 0; i < worker.readers.size(); ++i) {
    piece->of_sinks[i] = worker.readers[i]->take(std::move(piece->of_sinks[i]));
  }
  return piece;
}

}  // namespace

unsigned threads_for(const FileContent& content, unsigned wanted) {
  if (content.bytes().size() <= kThreaded) {
    return 1;
  }
  return std::clamp(wanted != 0 ? wanted : count_cores(), 1U, kMostThreads);
}

LinesRead read_lines(const FileContent& content, unsigned threads, std::span<LineSink* const> sinks, Stretch stretch) {
  constexpr std::size_t kHead = std::size_t{4} << 10;
  std::string_view head = without_byte_order_mark(content.bytes()).substr(0, kHead);
  if (stretch.numbers != nullptr) {
    std::uint64_t first = 0;
    head = without_number(head, first);
  }
  const bool in_parts = may_come_in_parts(head);
  threads = in_parts ? 1 : threads;
  std::vector<Worker> workers(threads);
  if (in_parts) {
    workers.front().parts.emplace();
  }
  for (Worker& worker : workers) {
    for (LineSink* sink : sinks) {
      worker.readers.push_back(sink->reader());
    }
  }
  LinesRead read;
  std::size_t released = 0;
  SparePieces spare;
  const auto take = [&](PiecePtr piece) {
    for (std::size_t i = 0; i < sinks.size(); ++i) {
      sinks[i]->add(*piece->of_sinks[i], read.count);
    }
    read.count += piece->lines.number();
    read.unended = read.unended || piece->unended;
    if (stretch.numbers != nullptr) {
      stretch.numbers->insert(stretch.numbers->end(), piece->numbers.begin(), piece->numbers.end());
    }
    if (piece->end - released >= kReleased) {
      content.release_before(piece->end);
      released = piece->end;
    }
    spare.put(std::move(piece));
  };
  const std::size_t end = std::min(stretch.end, content.bytes().size());
  const std::size_t begin = std::min(stretch.begin, end);
  const std::size_t count = (end - begin + kPiece - 1) / kPiece;
  const auto make = [&](unsigned worker, std::size_t i) {
    return make_piece(content, workers[worker], begin + i * kPiece, end, stretch.numbers != nullptr, spare.get());
  };
  if (threads == 1) {
    for (std::size_t i = 0; i < count; ++i) {
      take(make(0, i));
    }
  } else {
    ordered_pipeline<PiecePtr>(count, threads, make, take);
  }
  read.joined = in_parts && workers.front().parts->joined();
  return read;
}

}  // namespace budgetcheck
