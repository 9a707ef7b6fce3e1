#include "json/lines/line_paths.h"

#include <cstddef>
#include <cstdint>

#include "json/scan/blocks.h"
#include "json/scan/brackets.h"

namespace budgetcheck::json {
namespace {

/// Walks the members of an object on one line. Keys and values go to a Visitor: enter(key) is asked whether an object
/// is worth a look, leave() follows it, and value(field) gets everything that is not an object. Where the text is
/// not JSON the walk ends.
template <class Visitor>
class Walk {
 public:
  Walk(std::string_view line, Visitor& visitor)
      : at_(line.data()), end_(line.data() + line.size()), visitor_(visitor) {}

  void run() {
    skip_blanks();
    (void)object(0);
  }

 private:
  void skip_blanks() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\r' || *at_ == '\n')) {
      ++at_;
    }
  }

  bool take(char c) {
    skip_blanks();
    if (at_ < end_ && *at_ == c) {
      ++at_;
      return true;
    }
    return false;
  }

  bool string(std::string_view& raw) {
    const char* close = take('"') ? end_of_string(at_, end_).close : nullptr;
    if (close == nullptr) {
      return false;
    }
    raw = {at_, static_cast<std::size_t>(close - at_)};
    at_ = close + 1;
    return true;
  }

  bool object(std::size_t depth) {
    if (!take('{')) {
      return false;
    }
    if (take('}')) {
      return true;
    }
    do {
      LineField field;
      if (!string(field.key) || !take(':')) {
        return false;
      }
      skip_blanks();
      if (at_ < end_ && *at_ == '{' && depth + 1 < PathReader::kMaxDepth && visitor_.enter(field.key)) {
        const bool whole = object(depth + 1);
        visitor_.leave();
        if (!whole) {
          return false;
        }
      } else if (!value(field)) {
        return false;
      }
    } while (take(','));
    return take('}');
  }

  bool value(LineField& field) {
    const char* begin = at_;
    const std::string_view rest(at_, static_cast<std::size_t>(end_ - at_));
    if (rest.starts_with('"')) {
      if (!string(field.raw)) {
        return false;
      }
      visitor_.value(field);
      return true;
    }
    if (rest.starts_with('{') || rest.starts_with('[')) {
      field.type = LineField::Type::kArray;
      const char* close = find_close(at_, end_, SIZE_MAX, Between::kUnchecked);
      at_ = close == nullptr ? nullptr : close + 1;
    } else if (const std::string_view word = word_at(rest); !word.empty()) {
      field.type = LineField::Type::kLiteral;
      at_ += word.size();
    } else {
      field.type = LineField::Type::kNumber;
      at_ = rest.empty() ? nullptr : end_of_number(at_, end_);
    }
    if (at_ == nullptr) {
      at_ = end_;
      return false;
    }
    field.raw = {begin, static_cast<std::size_t>(at_ - begin)};
    if (!rest.starts_with('{')) {
      visitor_.value(field);
    }
    return true;
  }

  const char* at_;
  const char* end_;
  Visitor& visitor_;
};

/// What is left of the wanted paths, level by level.
class Wanted {
 public:
  Wanted(const std::vector<std::string>& paths, std::vector<LineField>& values, std::vector<bool>& found)
      : values_(values), found_(found) {
    levels_.emplace_back();
    for (std::size_t i = 0; i < paths.size(); ++i) {
      levels_[0].push_back({i, paths[i]});
    }
  }

  bool enter(std::string_view key) {
    std::vector<Rest> next;
    for (const Rest& rest : levels_.back()) {
      if (rest.path.size() > key.size() + 1 && rest.path[key.size()] == '.' && rest.path.starts_with(key)) {
        next.push_back({rest.number, rest.path.substr(key.size() + 1)});
      }
    }
    if (next.empty()) {
      return false;
    }
    levels_.push_back(std::move(next));
    return true;
  }
  void leave() { levels_.pop_back(); }
  void value(const LineField& field) {
    for (const Rest& rest : levels_.back()) {
      if (rest.path == field.key && !found_[rest.number]) {
        found_[rest.number] = true;
        values_[rest.number] = field;
      }
    }
  }

 private:
  struct Rest {
    std::size_t number;
    std::string_view path;
  };
  std::vector<LineField>& values_;
  std::vector<bool>& found_;
  std::vector<std::vector<Rest>> levels_;
};

class Texts {
 public:
  explicit Texts(const std::function<void(std::string_view, const LineField&)>& visit) : visit_(visit) {}

  bool enter(std::string_view key) {
    lengths_.push_back(path_.size());
    path_.append(key);
    path_ += '.';
    return true;
  }
  void leave() {
    path_.resize(lengths_.back());
    lengths_.pop_back();
  }
  void value(const LineField& field) {
    if (field.type == LineField::Type::kString) {
      visit_(path_ + std::string(field.key), field);
    }
  }

 private:
  const std::function<void(std::string_view, const LineField&)>& visit_;
  std::string path_;
  std::vector<std::size_t> lengths_;
};

}  // namespace

void PathReader::read(std::string_view line) {
  values_.assign(paths_.size(), {});
  found_.assign(paths_.size(), false);
  Wanted wanted(paths_, values_, found_);
  Walk<Wanted>(line, wanted).run();
}

void each_text(std::string_view line, const std::function<void(std::string_view path, const LineField& field)>& visit) {
  Texts texts(visit);
  Walk<Texts>(line, texts).run();
}

}  // namespace budgetcheck::json
