#include "collect/logs/read_lines.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/pipeline.h"
#include "base/platform/threads.h"
#include "base/text.h"
#include "collect/logs/wrapped_line.h"
#include "collect/text/text_lines.h"

namespace budgetcheck {
namespace {

/// A log of more than this is read on several threads when there is more than one core.
constexpr std::size_t kThreaded = std::size_t{8} << 20;
/// More threads would wait for the one that puts things together.
constexpr unsigned kMostThreads = 4;
/// Small enough that a piece stays in a core's cache until it is taken. Smaller ones would bring the whole file into
/// memory while their ends are looked for: the system maps the pages around each that is touched.
constexpr std::size_t kPiece = std::size_t{512} << 10;
/// Of one thread, which looks for the end of each when it comes to it: what a piece holds is small enough for the
/// allocator to keep its memory.
constexpr std::size_t kPieceOfOneThread = std::size_t{64} << 10;
constexpr std::size_t kReleased = std::size_t{1} << 20;  ///< that much at once is given back

/// What one thread needs to read lines.
struct Worker {
  json::LineReader objects;
  std::vector<std::unique_ptr<LineSink::Reader>> readers;
};

struct Piece {
  std::vector<std::unique_ptr<LineSink::Piece>> of_sinks;
  std::deque<std::string> unwrapped;  ///< lines that are no part of the log as they stand in it
  std::uint32_t lines = 0;
  std::size_t end = 0;  ///< offset behind it
};

Piece read_piece(const FileContent& content, Worker& worker, std::size_t begin, std::size_t end) {
  TextLines lines(content, begin, end);
  Piece piece;
  std::string buffer;
  while (lines.next()) {
    LogLine line;
    line.text = lines.line();
    line.number = lines.number();
    line.too_long = lines.too_long();
    if (!line.too_long) {
      line.text = unwrapped_line(line.text, buffer);
      if (!buffer.empty()) {
        const std::size_t at = static_cast<std::size_t>(line.text.data() - buffer.data());
        const std::size_t size = line.text.size();
        piece.unwrapped.push_back(std::move(buffer));
        line.text = std::string_view(piece.unwrapped.back()).substr(at, size);
      }
      const std::string_view text = trim(line.text);
      if (text.empty()) {
        continue;
      }
      line.object = text.front() == '{' && worker.objects.read(line.text) ? &worker.objects : nullptr;
    }
    for (const std::unique_ptr<LineSink::Reader>& reader : worker.readers) {
      reader->read(line);
    }
  }
  piece.lines = lines.number();
  piece.end = end;
  for (const std::unique_ptr<LineSink::Reader>& reader : worker.readers) {
    piece.of_sinks.push_back(reader->take());
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

void read_lines(const FileContent& content, unsigned threads, std::span<LineSink* const> sinks) {
  std::vector<Worker> workers(threads);
  for (Worker& worker : workers) {
    for (LineSink* sink : sinks) {
      worker.readers.push_back(sink->reader());
    }
  }
  std::uint32_t lines_before = 0;
  std::size_t released = 0;
  const auto take = [&](const Piece& piece) {
    for (std::size_t i = 0; i < sinks.size(); ++i) {
      sinks[i]->add(*piece.of_sinks[i], lines_before);
    }
    lines_before += piece.lines;
    if (piece.end - released >= kReleased) {
      content.release_before(piece.end);
      released = piece.end;
    }
  };
  if (threads == 1) {
    for (std::size_t begin = 0; begin < content.bytes().size();) {
      const std::size_t end = piece_end(content, begin, kPieceOfOneThread);
      take(read_piece(content, workers[0], begin, end));
      begin = end;
    }
    return;
  }
  const std::vector<std::size_t> begins = piece_begins(content, kPiece);
  ordered_pipeline<Piece>(
      begins.size() - 1, threads,
      [&](unsigned worker, std::size_t i) { return read_piece(content, workers[worker], begins[i], begins[i + 1]); },
      take);
}

}  // namespace budgetcheck
