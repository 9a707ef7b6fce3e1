#include "cli/terminal/timings.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "base/units.h"

namespace budgetcheck {
namespace {

using std::chrono::steady_clock;

class TimedContent final : public FileContent {
 public:
  TimedContent(std::unique_ptr<FileContent> content, std::string path, steady_clock::time_point opened,
               Timings& timings)
      : content_(std::move(content)), path_(std::move(path)), opened_(opened), timings_(timings) {}
  ~TimedContent() override { timings_.file_read(path_, content_->bytes().size(), opened_); }

  std::string_view bytes() const override { return content_->bytes(); }
  void release_before(std::size_t offset) const override { content_->release_before(offset); }
  std::size_t copy(std::size_t offset, std::size_t size, char* to) const override {
    return content_->copy(offset, size, to);
  }
  bool unchanged() const override { return content_->unchanged(); }

 private:
  std::unique_ptr<FileContent> content_;
  std::string path_;
  steady_clock::time_point opened_;
  Timings& timings_;
};

double milliseconds_of(steady_clock::duration time) { return std::chrono::duration<double, std::milli>(time).count(); }

/// "40 MB, 800 MB/s"; of what took no time the speed says nothing.
std::string size_of(std::uint64_t bytes, steady_clock::duration time) {
  const double seconds = milliseconds_of(time) / 1e3;
  const auto size = static_cast<double>(bytes);
  const std::string text = format_quantity(size, Unit::kBytes);
  return seconds > 0 ? fmt::format("{}, {:.{}f} MB/s", text, size / 1e6 / seconds, size / 1e6 / seconds < 10 ? 1 : 0)
                     : text;
}

}  // namespace

Timings::Timings(Clock clock) : clock_(std::move(clock)) {}

void Timings::end() {
  if (std::exchange(is_running_, false)) {
    phases_[current_].time += clock_() - begun_;
  }
}

void Timings::begin(std::string_view phase) {
  const std::lock_guard lock(mutex_);
  end();
  const auto known = std::find_if(phases_.begin(), phases_.end(), [&](const Phase& one) { return one.name == phase; });
  current_ = static_cast<std::size_t>(known - phases_.begin());
  if (known == phases_.end()) {
    phases_.push_back({std::string(phase), {}, {}});
  }
  is_running_ = true;
  begun_ = clock_();
}

void Timings::file_read(const std::string& path, std::uint64_t bytes, steady_clock::time_point opened) {
  const std::lock_guard lock(mutex_);
  if (is_running_) {
    phases_[current_].files.push_back({path, bytes, clock_() - opened});
  }
}

std::string Timings::table() {
  constexpr std::size_t kMostFiles = 10;
  constexpr std::size_t kWidestPath = 40;
  const std::lock_guard lock(mutex_);
  end();
  steady_clock::duration all{};
  for (const Phase& phase : phases_) {
    all += phase.time;
  }
  const auto row = [&](const std::string& name, steady_clock::duration time, const std::string& more) {
    const double share = all.count() > 0 ? 100 * milliseconds_of(time) / milliseconds_of(all) : 0;
    const std::string padding(kWidestPath + 4 - std::min(kWidestPath + 4, display_width(name)), ' ');
    return fmt::format("{}{}{:>12.1f} ms {:>5.1f} %{}{}\n", name, padding, milliseconds_of(time), share,
                       more.empty() ? "" : "  ", more);
  };
  std::string out;
  for (Phase& phase : phases_) {
    out += row("  " + phase.name, phase.time, "");
    std::stable_sort(phase.files.begin(), phase.files.end(),
                     [](const File& a, const File& b) { return a.time > b.time; });
    File others;
    for (std::size_t i = 0; i < phase.files.size(); ++i) {
      const File& file = phase.files[i];
      if (i < kMostFiles) {
        out +=
            row("    " + shorten_middle(printable(file.path), kWidestPath), file.time, size_of(file.bytes, file.time));
      } else {
        others.bytes += file.bytes;
        others.time += file.time;
      }
    }
    if (phase.files.size() > kMostFiles) {
      out += row(fmt::format("    {} more", phase.files.size() - kMostFiles), others.time,
                 size_of(others.bytes, others.time));
    }
  }
  return fmt::format("where the time went: {:.1f} ms\n{}", milliseconds_of(all), out);
}

Expected<std::unique_ptr<FileContent>> TimedFiles::open(const std::string& path) const {
  const steady_clock::time_point opened = timings_.now();
  Expected<std::unique_ptr<FileContent>> content = files_.open(path);
  if (!content) {
    return content;
  }
  return std::make_unique<TimedContent>(std::move(*content), path, opened, timings_);
}

}  // namespace budgetcheck
