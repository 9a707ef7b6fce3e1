#include "cli/terminal/progress.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

using std::chrono::duration;
using std::chrono::milliseconds;

constexpr milliseconds kSilence{500};
constexpr milliseconds kRenewal{100};
// Smaller files are read before anybody could read the line.
constexpr std::uint64_t kWorthTelling = std::uint64_t{8} << 20;

std::string_view value_of(const Variables& variables, const char* name) {
  const char* value = variables(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

std::string whole_megabytes(double bytes) { return format_number(std::round(bytes / 1e6)) + " MB"; }

class WatchedContent final : public FileContent {
 public:
  WatchedContent(std::unique_ptr<FileContent> content, const std::string& path, Progress& progress)
      : content_(std::move(content)), progress_(progress), is_told_(content_->bytes().size() >= kWorthTelling) {
    if (is_told_) {
      progress_.begin(path, content_->bytes().size());
    }
  }
  ~WatchedContent() override {
    if (is_told_) {
      progress_.end();
    }
  }

  std::string_view bytes() const override { return content_->bytes(); }
  void release_before(std::size_t offset) const override {
    if (is_told_) {
      progress_.at(offset);
    }
    content_->release_before(offset);
  }
  std::size_t copy(std::size_t offset, std::size_t size, char* to) const override {
    return content_->copy(offset, size, to);
  }
  bool unchanged() const override { return content_->unchanged(); }

 private:
  std::unique_ptr<FileContent> content_;
  Progress& progress_;
  bool is_told_;
};

}  // namespace

Progress::Progress(Write write, Clock clock, std::size_t width, bool unicode)
    : write_(std::move(write)), clock_(std::move(clock)), width_(width), unicode_(unicode) {}

Progress::~Progress() { clear(); }

void Progress::clear() {
  if (std::exchange(shown_, false)) {
    write_("\r" + std::string(width_ > 0 ? width_ - 1 : 0, ' ') + "\r");
  }
}

void Progress::begin(const std::string& path, std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  ++open_;
  path_ = path;
  bytes_ = bytes;
  offset_ = 0;
  begun_ = clock_();
  drawn_ = begun_;
}

void Progress::at(std::uint64_t offset) {
  const std::lock_guard lock(mutex_);
  const auto now = clock_();
  offset_ = std::max(offset_, std::min(offset, bytes_));
  if (now - begun_ < kSilence || (shown_ && now - drawn_ < kRenewal)) {
    return;
  }
  const double seconds = duration<double>(now - begun_).count();
  const double rate = static_cast<double>(offset_) / seconds;
  const std::string numbers = ": " + whole_megabytes(static_cast<double>(offset_)) + " of " +
                              whole_megabytes(static_cast<double>(bytes_)) + ", " + whole_megabytes(rate) + "/s";
  const std::string name = "reading " + printable(path_);
  // A line that is as wide as the terminal wraps on some of them.
  const std::size_t room = width_ > numbers.size() + 1 ? width_ - 1 - numbers.size() : 0;
  std::string line = shorten(name, room, unicode_ ? "…" : "...") + numbers;
  line = shorten(unicode_ ? line : ascii(line), width_ > 0 ? width_ - 1 : 0, unicode_ ? "…" : "...");
  clear();
  write_("\r" + line);
  shown_ = true;
  drawn_ = now;
}

void Progress::end() {
  const std::lock_guard lock(mutex_);
  open_ -= open_ == 0 ? 0 : 1;
  if (open_ == 0) {
    clear();
  }
}

bool wants_progress(const Stream& stream, const Variables& variables) {
  const std::string_view ci = value_of(variables, "CI");
  const bool in_ci = !ci.empty() && ci != "false" && ci != "0";
  return stream.is_terminal && !in_ci && value_of(variables, "TERM") != "dumb" && !value_of(variables, "TERM").empty();
}

Expected<std::unique_ptr<FileContent>> WatchedFiles::open(const std::string& path) const {
  Expected<std::unique_ptr<FileContent>> content = files_.open(path);
  if (!content) {
    return content;
  }
  return std::make_unique<WatchedContent>(std::move(*content), path, progress_);
}

}  // namespace budgetcheck
