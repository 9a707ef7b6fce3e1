#include "collect/text/delimited.h"

#include "base/byte_order_mark.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kReleaseStep = std::size_t{4} << 20;

/// COPY's text form writes a line end as \n, so that a row stays on one line.
void undo_copy_escapes(std::string& field) {
  if (field.find('\\') == std::string::npos) {
    return;
  }
  if (field == "\\N") {
    field = "NULL";
    return;
  }
  std::string out;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] != '\\' || i + 1 == field.size()) {
      out += field[i];
      continue;
    }
    const char c = field[++i];
    out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
  }
  field = std::move(out);
}

}  // namespace

DelimitedReader::DelimitedReader(std::string_view bytes, char separator, const FileContent* content)
    : bytes_(bytes), separator_(separator), content_(content) {
  at_ = bytes_.size() - without_byte_order_mark(bytes_).size();
}

void DelimitedReader::append(std::string& field, std::string_view text) {
  row_bytes_ += text.size();
  if (row_bytes_ > kMaxRow) {
    broken_ = true;
    return;
  }
  field += text;
}

/// Where the next of two characters stands; gives back what a very long field leaves behind.
std::size_t DelimitedReader::find(char a, char b) {
  const char stops[] = {a, b, '\0'};
  for (std::size_t from = at_; from < bytes_.size(); from += kReleaseStep) {
    const std::size_t found = bytes_.substr(from, kReleaseStep).find_first_of(stops, 0, 2);
    if (found != std::string_view::npos) {
      return from + found;
    }
    if (content_ != nullptr && from - at_ > kMaxRow) {
      content_->release_before(from);
    }
  }
  return bytes_.size();
}

void DelimitedReader::quoted_field(std::string& field) {
  ++at_;
  while (true) {
    const std::size_t stop = find('"', '\n');
    append(field, bytes_.substr(at_, stop - at_));
    at_ = stop;
    if (at_ == bytes_.size()) {
      broken_ = true;
      unclosed_ = true;
      return;
    }
    if (bytes_[at_] == '\n') {
      ++line_;
      append(field, "\n");
      ++at_;
    } else if (at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '"') {
      append(field, "\"");
      at_ += 2;
    } else {
      ++at_;
      break;
    }
  }
}

void DelimitedReader::plain_field(std::string& field) {
  const std::size_t stop = find(separator_, '\n');
  std::string_view text = bytes_.substr(at_, stop - at_);
  const bool ends_row = stop == bytes_.size() || bytes_[stop] == '\n';
  if (ends_row && text.ends_with('\r')) {
    text.remove_suffix(1);
  }
  append(field, text);
  at_ = stop;
}

bool DelimitedReader::next() {
  while (at_ < bytes_.size()) {
    if (content_ != nullptr && at_ > released_ + kReleaseStep) {
      content_->release_before(at_);
      released_ = at_;
    }
    fields_.clear();
    row_bytes_ = 0;
    broken_ = false;
    unclosed_ = false;
    row_line_ = line_;
    bool blank = true;
    while (true) {
      std::string field;
      const bool quoted = at_ < bytes_.size() && bytes_[at_] == '"';
      if (quoted) {
        quoted_field(field);
      }
      // What follows a closing quote is kept as it is: it is wrong, but nobody's loss.
      plain_field(field);
      if (separator_ == '\t' && !quoted) {
        undo_copy_escapes(field);
      }
      blank = blank && !quoted && trim(field).empty();
      if (fields_.size() < kMaxFields) {
        fields_.push_back(std::move(field));
      } else {
        broken_ = true;
      }
      if (at_ >= bytes_.size() || bytes_[at_] == '\n') {
        break;
      }
      ++at_;  // the separator
    }
    unended_ = at_ >= bytes_.size();
    if (at_ < bytes_.size()) {
      ++at_;
      ++line_;
    }
    if (!blank || broken_) {
      return true;
    }
  }
  return false;
}

char separator_of(std::string_view header) {
  const std::size_t at = header.find_first_of(",;\t|");
  return at == std::string_view::npos ? ',' : header[at];
}

std::vector<std::string> header_names(const std::vector<std::string>& fields) {
  std::vector<std::string> names;
  names.reserve(fields.size());
  for (const std::string& field : fields) {
    names.push_back(lower(trim(field)));
  }
  return names;
}

}  // namespace budgetcheck
