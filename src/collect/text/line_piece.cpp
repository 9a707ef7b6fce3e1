#include "collect/text/line_piece.h"

#include <algorithm>
#include <cstring>

#include "base/byte_order_mark.h"
#include "collect/text/text_lines.h"

namespace budgetcheck {
namespace {

/// Most lines that a stretch cuts end soon behind it.
constexpr std::size_t kFirstStep = std::size_t{4} << 10;
constexpr std::size_t kMostStep = std::size_t{4} << 20;
/// The memory of a very long line is given back.
constexpr std::size_t kMostKept = std::size_t{4} << 20;

/// Where the last line of the text begins. The last end of a line may be far in front: pieces of it are looked at as a
/// whole, since going back byte by byte is slow.
std::size_t begin_of_last_line(std::string_view text) {
  constexpr std::size_t kStep = 4096;
  for (std::size_t end = text.size(); end > 0;) {
    const std::size_t from = end > kStep ? end - kStep : 0;
    std::size_t begin = 0;
    for (std::size_t at = text.substr(0, end).find('\n', from); at != std::string_view::npos;
         at = text.substr(0, end).find('\n', at + 1)) {
      begin = at + 1;
    }
    if (begin != 0) {
      return begin;
    }
    end = from;
  }
  return 0;
}

}  // namespace

/// Makes it `size` bytes that the buffer holds, or as many as the file has.
void LinePiece::read_to(const FileContent& content, std::size_t size) {
  if (buffer_.size() < size + FileContent::kGuard) {
    buffer_.resize(size + FileContent::kGuard);
  }
  size_ += content.copy(from_ + size_, size - size_, buffer_.data() + size_);
  std::fill_n(buffer_.begin() + static_cast<std::ptrdiff_t>(size_), FileContent::kGuard, '\0');
}

void LinePiece::load(const FileContent& content, std::size_t begin, std::size_t size) {
  if (buffer_.size() > kMostKept) {
    buffer_ = {};
  }
  from_ = begin - (begin == 0 ? 0 : 1);  // whether a line begins there, the byte before tells
  size_ = 0;
  number_ = 0;
  too_long_ = false;
  line_ = {};
  read_to(content, begin + size - from_);
  const std::string_view bytes(buffer_.data(), size_);
  next_ = begin == 0 ? size_ - without_byte_order_mark(bytes).size() : std::min(bytes.find('\n'), size_ - 1) + 1;
  if (next_ < size_) {
    read_last_line(content);
  }
}

/// To its end, or to where it is too long.
void LinePiece::read_last_line(const FileContent& content) {
  const std::size_t begin = begin_of_last_line({buffer_.data(), size_});
  constexpr std::size_t kLongest = TextLines::kMaxText + 1;  // with the first byte of its end
  for (std::size_t step = kFirstStep; begin < size_ && size_ - begin <= kLongest;
       step = std::min(2 * step, kMostStep)) {
    const std::size_t had = size_;
    read_to(content, had + step);
    const std::size_t found = std::string_view(buffer_.data(), size_).find('\n', had);
    if (found != std::string_view::npos) {
      size_ = found + 1;
      return;
    }
    if (size_ == had) {
      return;
    }
  }
}

bool LinePiece::next() {
  if (next_ >= size_) {
    return false;
  }
  const char* begin = buffer_.data() + next_;
  const void* found = std::memchr(begin, '\n', size_ - next_);
  std::size_t length =
      found == nullptr ? size_ - next_ : static_cast<std::size_t>(static_cast<const char*>(found) - begin);
  next_ += length + (found == nullptr ? 0U : 1U);
  ++number_;
  length -= length > 0 && begin[length - 1] == '\r' ? 1U : 0U;
  too_long_ = length > TextLines::kMaxText;
  line_ = {begin, too_long_ ? TextLines::kShownOfLong : length};
  return true;
}

}  // namespace budgetcheck
