#include "collect/logs/keys/keyed_lines.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include "base/text.h"
#include "collect/http/request_fields.h"
#include "collect/logs/keys/logged_moment.h"
#include "collect/logs/line_sink.h"
#include "collect/logs/read_lines.h"
#include "collect/logs/request_text.h"
#include "collect/text/unescaped.h"
#include "json/lines/line_paths.h"

namespace budgetcheck {
namespace {

using Kind = AccessRecord::Kind;

/// The names under which loggers write when a request was, the finest first.
constexpr std::array<std::string_view, 13> kTimes{
    "msec",      "time",       "timestamp",          "ts",           "@timestamp", "StartUTC",
    "startTime", "start_time", "EdgeStartTimestamp", "time_iso8601", "time_local", "EdgeEndTimestamp",
    "date"};

/// A line of text as words: what stands in quotes or brackets is one.
std::vector<std::string_view> words_of(std::string_view line) {
  constexpr std::size_t kMostWords = 1000;
  std::vector<std::string_view> words;
  std::size_t at = 0;
  while (at < line.size() && words.size() < kMostWords) {
    if (line[at] == ' ' || line[at] == '\t') {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    char closing = line[at] == '"' ? '"' : line[at] == '[' ? ']' : '\0';
    for (++at; at < line.size(); ++at) {
      const char c = line[at];
      if (closing == '"' && c == '\\') {
        ++at;
      } else if (closing != '\0' && c == closing) {
        closing = '\0';
      } else if (closing == '\0' && (c == ' ' || c == '\t')) {
        break;
      } else if (closing == '\0' && c == '"' && line[at - 1] == '=') {  // key="a b"
        closing = '"';
      }
    }
    at = std::min(at, line.size());
    words.push_back(line.substr(begin, at - begin));
  }
  return words;
}

std::string_view unquoted(std::string_view word) {
  return word.size() > 1 && word.starts_with('"') && word.ends_with('"') ? word.substr(1, word.size() - 2) : word;
}

/// A dash stands for nothing.
std::string_view value_of(std::string_view word) {
  const std::string_view value = unquoted(word);
  return value == "-" ? std::string_view() : value;
}

std::string_view word_at(const std::vector<std::string_view>& words, int place) {
  const auto count = static_cast<int>(words.size());
  const int index = place > 0 ? place - 1 : count + place;
  return place == 0 || index < 0 || index >= count ? std::string_view()
                                                   : value_of(words[static_cast<std::size_t>(index)]);
}

struct KeyedLines final : LineSink::Piece {
  struct Line {
    KeyedRequest request;
    std::size_t key = std::string::npos;  ///< where it stands in `text`
    std::size_t plan = std::string::npos;
    std::size_t key_size = 0;
    std::size_t plan_size = 0;
  };
  std::vector<Line> lines;
  std::string text;
  KeyedCounts counts;
};

class KeyedLineReader final : public LineSink::Reader {
 public:
  KeyedLineReader(const KeyPlace& key, const KeyPlace& plan) : key_(key), plan_(plan), paths_(paths_of(key, plan)) {}

  void read(const LogLine& line) override {
    ++piece_->counts.lines;
    AccessRecord record;
    bool is_comment = false;
    if (line.object != nullptr) {
      record = records_.read(line.text, *line.object);
    } else if (!line.too_long && !trim(line.text).starts_with('{')) {
      record = text_.read(line.text, is_comment);
    }
    if (is_comment) {
      note_columns(line.text);
      return;
    }
    if (record.kind != Kind::kWhole && record.kind != Kind::kBegin) {
      piece_->counts.not_understood += record.kind == Kind::kNone ? 1U : 0U;
      return;
    }
    ++piece_->counts.requests;
    KeyedLines::Line out;
    out.request.line = line.number;
    out.request.status = record.status;
    if (line.object != nullptr) {
      read_object(line.text, record, out);
    } else {
      read_words(line.text, record, out);
    }
    piece_->lines.push_back(out);
  }

  std::unique_ptr<LineSink::Piece> take(std::unique_ptr<LineSink::Piece> /*spare*/) override {
    return std::exchange(piece_, std::make_unique<KeyedLines>());
  }

 private:
  static std::vector<std::string> paths_of(const KeyPlace& key, const KeyPlace& plan) {
    std::vector<std::string> paths(kTimes.begin(), kTimes.end());
    paths.insert(paths.end(), key.names.begin(), key.names.end());
    paths.insert(paths.end(), plan.names.begin(), plan.names.end());
    return paths;
  }

  void keep_key(std::string_view value, KeyedLines::Line& out) {
    out.key = piece_->text.size();
    out.key_size = value.size();
    piece_->text += value;
  }
  void keep_plan(std::string_view value, KeyedLines::Line& out) {
    out.plan = piece_->text.size();
    out.plan_size = value.size();
    piece_->text += value;
  }
  static void keep_moment(const std::optional<LoggedMoment>& moment, KeyedLines::Line& out) {
    if (moment && out.request.at_ms < 0) {
      out.request.at_ms = moment->ms;
      out.request.whole_seconds = moment->whole_seconds;
    }
  }

  /// The first of so many paths that has a value; lists of headers have it inside.
  std::string first_value(std::size_t begin, std::size_t count) {
    for (std::size_t i = begin; i < begin + count; ++i) {
      const json::LineField* field = paths_.at(i);
      if (field == nullptr || field->type == json::LineField::Type::kLiteral) {
        continue;
      }
      std::string_view raw = field->raw;
      if (field->type == json::LineField::Type::kArray) {
        const std::size_t open = raw.find('"');
        const std::size_t close = open == std::string_view::npos ? open : raw.find('"', open + 1);
        raw = close == std::string_view::npos ? std::string_view() : raw.substr(open + 1, close - open - 1);
      }
      std::string value = unescaped(raw);
      if (!value.empty() && value != "-") {
        return value;
      }
    }
    return {};
  }

  void read_object(std::string_view text, const AccessRecord& record, KeyedLines::Line& out) {
    paths_.read(text);
    for (std::size_t i = 0; i < kTimes.size() && out.request.at_ms < 0; ++i) {
      if (const json::LineField* field = paths_.at(i)) {
        keep_moment(moment_in(field->raw), out);
      }
    }
    const std::string url = key_.argument.empty() && plan_.argument.empty() ? "" : unescaped(record.url);
    std::string key = first_value(kTimes.size(), key_.names.size());
    key = key.empty() && !key_.argument.empty() ? std::string(argument_of(url, key_.argument)) : key;
    keep_key(key, out);
    std::string plan = first_value(kTimes.size() + key_.names.size(), plan_.names.size());
    plan = plan.empty() && !plan_.argument.empty() ? std::string(argument_of(url, plan_.argument)) : plan;
    keep_plan(plan, out);
  }

  void note_columns(std::string_view line) {
    constexpr std::string_view kFields = "#Fields:";
    if (line.starts_with(kFields)) {
      columns_.clear();
      std::string_view rest = trim(line.substr(kFields.size()));
      for (const std::string_view word : words_of(rest)) {
        columns_.push_back(lower(std::string(word)));
      }
    }
  }

  std::string_view column(const std::vector<std::string_view>& words, std::string_view name) const {
    const auto found = std::find(columns_.begin(), columns_.end(), lower(std::string(name)));
    const auto index = static_cast<std::size_t>(found - columns_.begin());
    return found == columns_.end() || index >= words.size() ? std::string_view() : value_of(words[index]);
  }

  std::string_view value_in(const std::vector<std::string_view>& words, const AccessRecord& record,
                            const KeyPlace& place) const {
    for (const std::string& name : place.names) {
      if (!columns_.empty()) {
        if (const std::string_view found = column(words, name); !found.empty()) {
          return found;
        }
        continue;
      }
      for (const std::string_view word : words) {
        if (word.size() > name.size() && word.starts_with(name) && word[name.size()] == '=') {
          return value_of(word.substr(name.size() + 1));
        }
      }
    }
    if (!place.argument.empty()) {
      return argument_of(record.url, place.argument);
    }
    return columns_.empty() ? word_at(words, place.word) : std::string_view();
  }

  void read_words(std::string_view text, const AccessRecord& record, KeyedLines::Line& out) {
    const std::vector<std::string_view> words = words_of(text);
    if (!columns_.empty()) {
      const std::string moment = std::string(column(words, "date")) + "T" + std::string(column(words, "time"));
      keep_moment(moment_in(moment), out);
    }
    // In brackets, or as the first words of what load balancers write.
    constexpr std::size_t kSearched = 8;
    for (std::size_t i = 0; i < std::min(words.size(), kSearched) && out.request.at_ms < 0; ++i) {
      if (words[i].starts_with('[') || words[i].find('T') != std::string_view::npos) {
        keep_moment(moment_in(words[i]), out);
      }
    }
    keep_key(value_in(words, record, key_), out);
    keep_plan(value_in(words, record, plan_), out);
  }

  const KeyPlace& key_;
  const KeyPlace& plan_;
  json::PathReader paths_;
  AccessReader records_;
  RequestText text_;
  std::vector<std::string> columns_;  ///< of the W3C format, lower case
  std::unique_ptr<KeyedLines> piece_ = std::make_unique<KeyedLines>();
};

class KeyedSink final : public LineSink {
 public:
  KeyedSink(const KeyPlace& key, const KeyPlace& plan, const TakeKeyedRequest& take)
      : key_(key), plan_(plan), take_(take) {}

  std::unique_ptr<Reader> reader() override { return std::make_unique<KeyedLineReader>(key_, plan_); }
  void add(Piece& piece, std::uint32_t lines_before) override {
    auto& keyed = static_cast<KeyedLines&>(piece);
    const std::string_view text = keyed.text;
    for (KeyedLines::Line& line : keyed.lines) {
      line.request.line += lines_before;
      line.request.key = text.substr(std::min(line.key, text.size()), line.key_size);
      line.request.plan = text.substr(std::min(line.plan, text.size()), line.plan_size);
      take_(line.request);
    }
    counts.lines += keyed.counts.lines;
    counts.requests += keyed.counts.requests;
    counts.not_understood += keyed.counts.not_understood;
  }
  void report(Input& /*input*/, Facts& /*facts*/) override {}

  KeyedCounts counts;

 private:
  const KeyPlace& key_;
  const KeyPlace& plan_;
  const TakeKeyedRequest& take_;
};

}  // namespace

KeyedCounts read_keyed_lines(const FileContent& content, const KeyPlace& key, const KeyPlace& plan,
                             const TakeKeyedRequest& take) {
  KeyedSink sink(key, plan, take);
  const std::array<LineSink*, 1> sinks{&sink};
  read_lines(content, 1, sinks);
  return sink.counts;
}

}  // namespace budgetcheck
