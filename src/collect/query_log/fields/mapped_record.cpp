#include "collect/query_log/fields/mapped_record.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "base/text/id_like.h"
#include "collect/text/unescaped.h"
#include "query/sql/shape.h"

namespace budgetcheck {
namespace {

/// So many lines are looked at for the names that a log uses, and so many names are shown.
constexpr std::size_t kNotedLines = 50;
constexpr std::size_t kMaxTexts = 100;
constexpr std::size_t kShownTexts = 8;
constexpr std::size_t kShownWidth = 60;

/// Keys may be data, too.
std::string quoted(std::string_view path) {
  return "'" + shorten(printable(without_private_words(path)), kShownWidth) + "'";
}

}  // namespace

MappedReader::MappedReader(const LogFields& fields) : unit_ms_(fields.duration_ms), reader_({}) {
  add(RecordSlot::kQuery, "query", fields.query);
  add(RecordSlot::kParams, "params", fields.params);
  add(RecordSlot::kDuration, "duration", fields.duration);
  add(RecordSlot::kRequest, "request", fields.request);
  add(RecordSlot::kTrace, "trace", fields.trace);
  add(RecordSlot::kRoute, "route", fields.route);
  add(RecordSlot::kService, "service", fields.service);
  std::vector<std::string> paths;
  for (const Named& named : named_) {
    paths.push_back(named.path);
  }
  reader_ = json::PathReader(std::move(paths));
}

void MappedReader::add(RecordSlot slot, std::string_view name, const std::string& path) {
  if (!path.empty()) {
    named_.push_back({slot, name, path});
  }
}

LogRecord MappedReader::read(std::string_view line, const json::LineReader& fields) {
  static const json::LineField kNothing;
  reader_.read(line);
  GivenFields given{};
  for (std::size_t i = 0; i < named_.size(); ++i) {
    Named& named = named_[i];
    const json::LineField* field = reader_.at(i);
    const bool there = field != nullptr && usable(named.slot, *field);
    named.seen += there ? 1 : 0;
    // A named field that is missing means nothing: another one of a usual name may be something else.
    given[static_cast<std::size_t>(named.slot)] = there ? field : &kNothing;
  }
  note_texts(line);
  LogRecord record = records_.read(fields, given);
  const json::LineField* duration = given[static_cast<std::size_t>(RecordSlot::kDuration)];
  if (duration != nullptr) {
    record.duration_ms = milliseconds(duration->raw, unit_ms_);
  }
  return record;
}

void MappedReader::note_texts(std::string_view line) {
  if (noted_lines_ >= kNotedLines) {
    return;
  }
  ++noted_lines_;
  json::each_text(line, [this](std::string_view path, const json::LineField& field) {
    if (texts_.size() >= kMaxTexts || std::find(texts_.begin(), texts_.end(), path) != texts_.end()) {
      return;
    }
    texts_.emplace_back(path);
    if (sql_.empty() && field.raw.size() < Shape::kMaxText &&
        shape_of(unescaped(field.raw)).kind == Shape::Kind::kStatement) {
      sql_ = path;
    }
  });
}

std::string MappedReader::hint() const {
  if (texts_.empty()) {
    return "its lines hold no texts at all";
  }
  std::vector<std::string> shown;
  for (std::size_t i = 0; i < std::min(kShownTexts, texts_.size()); ++i) {
    shown.push_back(quoted(texts_[i]));
  }
  std::string hint = "its lines hold the texts " + join(shown, ", ");
  hint += texts_.size() > kShownTexts ? " and others" : "";
  return hint;
}

void MappedReader::describe(Account& account) const {
  for (const Named& named : named_) {
    if (named.seen > 0) {
      continue;
    }
    const std::string near = nearest(named.path, texts_);
    std::string better;
    if (named.slot == RecordSlot::kQuery && !sql_.empty()) {
      better = fmt::format(": {} holds SQL", quoted(sql_));
    } else if (!near.empty()) {
      better = fmt::format(": did you mean {}", quoted(near));
    }
    account.incomplete(fmt::format("no line has the field {} that is named for {}", quoted(named.path), named.name),
                       fmt::format("correct 'fields: {}'{}; {}", named.name, better, hint()));
  }
}

}  // namespace budgetcheck
