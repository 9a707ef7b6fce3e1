#include "collect/logs/pieces/piece_order.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace budgetcheck {
namespace {

struct Times final : LineSink::Piece {
  std::vector<std::pair<std::uint32_t, double>> times;
};

class TimeReader final : public LineSink::Reader {
 public:
  void read(const LogLine& line) override {
    if (line.object == nullptr) {
      return;
    }
    if (const double at_ms = records_.read_context(*line.object).at_ms; at_ms >= 0) {
      piece_->times.emplace_back(line.number, at_ms);
    }
  }
  std::unique_ptr<LineSink::Piece> take(std::unique_ptr<LineSink::Piece> /*spare*/) override {
    return std::exchange(piece_, std::make_unique<Times>());
  }

 private:
  RecordReader records_;
  std::unique_ptr<Times> piece_ = std::make_unique<Times>();
};

/// LineRuns of lines with one key: how many, and how much the key is above that of the run before.
class LineRuns {
 public:
  void add(double key, std::uint32_t lines) {
    if (lines == 0) {
      return;
    }
    if (lines_ > 0 && key <= key_) {  // a piece keeps its order, whatever its clock does
      lines_ += lines;
      return;
    }
    end();
    key_ = key;
    lines_ = lines;
  }
  std::string take() {
    end();
    return out_.take();
  }

 private:
  void end() {
    if (lines_ > 0) {
      out_.whole(lines_);
      out_.number(key_ - last_);
      last_ = last_ + (key_ - last_);
      lines_ = 0;
    }
  }
  PackedWriter out_;
  double key_ = 0;
  double last_ = 0;
  std::uint32_t lines_ = 0;
};

}  // namespace

std::unique_ptr<LineSink::Reader> LineTimes::reader() { return std::make_unique<TimeReader>(); }

void LineTimes::add(Piece& piece, std::uint32_t lines_before) {
  for (const auto& [line, at_ms] : static_cast<const Times&>(piece).times) {
    times_.emplace_back(lines_before + line, at_ms);
  }
}

std::string LineTimes::take_order(std::uint32_t lines) {
  LineRuns runs;
  std::uint32_t done = 0;
  for (std::size_t i = 0; i < times_.size(); ++i) {
    // What stands before the first time goes with it.
    const std::uint32_t end = i + 1 < times_.size() ? times_[i + 1].first - 1 : lines;
    runs.add(times_[i].second, end - done);
    done = end;
  }
  if (times_.empty()) {
    runs.add(0, lines);
  }
  return runs.take();
}

std::string order_of_numbers(const std::vector<std::uint64_t>& numbers) {
  LineRuns runs;
  for (const std::uint64_t number : numbers) {
    runs.add(static_cast<double>(number), 1);
  }
  return runs.take();
}

LineOrder::LineOrder(const std::vector<const LogPiece*>& pieces) {
  for (const LogPiece* piece : pieces) {
    cursors_.push_back({PackedReader(piece->order), piece->lines});
  }
  for (std::size_t i = 0; i < cursors_.size(); ++i) {
    if (advance(cursors_[i])) {
      heap_.push_back(i);
    }
  }
  std::make_heap(heap_.begin(), heap_.end(), [this](std::size_t a, std::size_t b) { return is_later(a, b); });
}

/// Of two pieces, whose present line stands behind that of the other.
bool LineOrder::is_later(std::size_t a, std::size_t b) const {
  return cursors_[a].key != cursors_[b].key ? cursors_[a].key > cursors_[b].key : a > b;
}

bool LineOrder::advance(Cursor& cursor) {
  if (cursor.line == cursor.lines) {
    failed_ = failed_ || cursor.left > 0 || !cursor.in.at_end() || cursor.in.failed();
    return false;
  }
  if (cursor.left == 0) {
    cursor.left = static_cast<std::uint32_t>(cursor.in.whole_to(cursor.lines - cursor.line));
    cursor.key += cursor.in.number();
    if (cursor.left == 0 || cursor.in.failed()) {
      failed_ = true;
      return false;
    }
  }
  --cursor.left;
  ++cursor.line;
  return true;
}

std::optional<LineOrder::Line> LineOrder::next() {
  const auto later = [this](std::size_t a, std::size_t b) { return is_later(a, b); };
  if (heap_.empty() || failed_) {
    return std::nullopt;
  }
  std::pop_heap(heap_.begin(), heap_.end(), later);
  const std::size_t number = heap_.back();
  heap_.pop_back();
  Cursor& cursor = cursors_[number];
  Line line{number, cursor.line, cursor.key != key_};
  key_ = cursor.key;
  if (advance(cursor)) {
    heap_.push_back(number);
    std::push_heap(heap_.begin(), heap_.end(), later);
  }
  return line;
}

Error damaged_piece(const LogPiece& piece) {
  return {ErrorKind::kInput,
          fmt::format("part {} of '{}' is damaged", piece.number, printable(piece.of)),
          {},
          "measure it again"};
}

}  // namespace budgetcheck
