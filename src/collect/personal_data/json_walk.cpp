#include "collect/personal_data/json_walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "base/text.h"
#include "base/text/id_like.h"
#include "base/text/packed.h"
#include "collect/personal_data/characters.h"

namespace budgetcheck::personal {
namespace {

constexpr std::size_t kLongestPath = 512;

template <std::size_t n>
bool contains(const std::array<std::string_view, n>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What is around every record of an export or a capture, and tells nothing.
std::string_view without_wrapping(std::string_view path) {
  static constexpr std::array<std::string_view, 12> kAround{"log.entries[].",
                                                            "resourceLogs[].",
                                                            "resourceSpans[].",
                                                            "batches[].",
                                                            "trace.",
                                                            "scopeLogs[].",
                                                            "scopeSpans[].",
                                                            "instrumentationLibrarySpans[].",
                                                            "instrumentationLibraryLogs[].",
                                                            "logRecords[].",
                                                            "spans[].",
                                                            "[]."};
  for (bool cut = true; cut;) {
    cut = false;
    for (const std::string_view around : kAround) {
      if (path.starts_with(around) && (around != "trace." || path.starts_with("trace.resourceSpans"))) {
        path.remove_prefix(around.size());
        cut = true;
      }
    }
  }
  return path;
}

bool is_form_of_value(std::string_view key) {
  static constexpr std::array<std::string_view, 7> kForms{"stringValue", "arrayValue", "kvlistValue", "intValue",
                                                          "doubleValue", "boolValue",  "bytesValue"};
  return contains(kForms, key);
}

/// A key that is a value: an address as the name of a member. Most keys are short words, which is seen at once.
bool is_data(std::string_view key) {
  constexpr std::size_t kLongest = 64;
  constexpr std::ptrdiff_t kManyDigits = 4;
  const bool plain =
      key.size() <= kLongest && std::count_if(key.begin(), key.end(), is_digit) < kManyDigits &&
      all_of(key, [](char c) {
        return is_alnum(c) || c == '_' || c == '-' || c == '.' || c == ':' || c == '/' || c == '$' || c == ' ';
      });
  return !plain && (key.size() > kLongest || key.find_first_of("@+") != std::string_view::npos ? !key.starts_with('@')
                                                                                               : looks_private(key));
}

/// Text that programs are written in holds addresses and numbers of nobody.
bool is_program_text(std::string_view type) {
  static constexpr std::array<std::string_view, 9> kTypes{"javascript", "ecmascript", "css",    "html", "image/",
                                                          "font",       "video/",     "audio/", "wasm"};
  return std::any_of(kTypes.begin(), kTypes.end(),
                     [&](std::string_view one) { return type.find(one) != std::string_view::npos; });
}

}  // namespace

const Field& Fields::get(std::string_view path) {
  std::string name(without_wrapping(path));
  auto found = fields_.find(name);
  if (found == fields_.end()) {
    if (fields_.size() >= kMost) {
      name = "*";
      found = fields_.find(name);
    }
    if (found == fields_.end()) {
      Field field = search_.field(name);
      field.path = printable(field.path);
      found = fields_.emplace(std::move(name), std::move(field)).first;
    }
  }
  return found->second;
}

void JsonWalk::begin_line(std::uint32_t line) {
  content_ = nullptr;
  line_ = line;
  frames_.clear();
}

void JsonWalk::begin_document(const FileContent& content) {
  begin_line(1);
  content_ = &content;
  counted_to_ = 0;
}

std::uint32_t JsonWalk::line() {
  if (content_ != nullptr && position != nullptr && *position > counted_to_) {
    const std::string_view bytes = content_->bytes();
    const std::size_t to = std::min(*position, bytes.size());
    line_ += static_cast<std::uint32_t>(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(counted_to_),
                                                   bytes.begin() + static_cast<std::ptrdiff_t>(to), '\n'));
    counted_to_ = to;
  }
  return line_;
}

void JsonWalk::look(std::string_view path, std::string_view value, std::uint32_t line) {
  const Field& field = fields_.get(path);
  if (field.is_ignored) {
    return;
  }
  values_.clear();
  search_.look(field, value, values_);
  for (const Found& one : values_) {
    found_.add(field.path, line, one);
  }
}

/// "headers[]" and "X-User" are "headers.x-user".
std::string JsonWalk::named_path(const Frame& frame) {
  std::string path = frame.path;
  if (path.ends_with("[]")) {
    path.resize(path.size() - 2);
  }
  const bool is_header = path.ends_with("headers") || path.ends_with("Headers");
  path += path.empty() ? "" : ".";
  return path += is_data(frame.name) ? std::string("*") : is_header ? lower(frame.name) : frame.name;
}

std::string JsonWalk::path_of_value() {
  if (frames_.empty()) {
    return {};
  }
  Frame& frame = frames_.back();
  if (frame.is_list) {
    return frame.path + "[]";
  }
  if (frame.is_element && frame.key == "value" && !frame.name.empty()) {
    frame.has_value = true;
    return named_path(frame);
  }
  const bool adds_nothing = is_form_of_value(frame.key) || (frame.is_plain && frame.key == "values");
  if (adds_nothing || frame.path.size() > kLongestPath) {
    return frame.path;
  }
  return frame.path + (frame.path.empty() ? "" : ".") + (is_data(frame.key) ? std::string("*") : frame.key);
}

void JsonWalk::open(bool is_list) {
  Frame frame;
  frame.is_list = is_list;
  frame.is_element = !is_list && !frames_.empty() && frames_.back().is_list;
  frame.is_plain = !frames_.empty() && !frames_.back().is_list && is_form_of_value(frames_.back().key);
  frame.path = path_of_value();
  frames_.push_back(std::move(frame));
}

void JsonWalk::close() {
  if (frames_.empty()) {
    return;
  }
  Frame& frame = frames_.back();
  if (frame.is_element) {
    look_at_element(frame);
  }
  if (frame.has_body) {
    look_at_body(frame);
  }
  frames_.pop_back();
}

/// The name of something that has a value is its field; what only has a name is somebody's.
void JsonWalk::look_at_element(Frame& frame) {
  constexpr std::size_t kLongestName = 128;
  const std::string& path = frame.path;
  if (!frame.value.empty() && !frame.has_body) {
    look(frame.name.empty() ? path + ".value" : named_path(frame), frame.value, frame.line);
    frame.has_value = true;
  }
  if (!frame.name.empty() && (!frame.has_value || frame.name.size() > kLongestName || is_data(frame.name))) {
    look(path + ".name", frame.name, line());
  }
}

void JsonWalk::look_at_body(Frame& frame) {
  if (is_program_text(frame.type)) {
    return;
  }
  const std::string path = frame.path + ".text";
  if (frame.encoding == "base64") {
    const std::optional<std::string> plain = from_base64(frame.value);
    if (plain && plain->find('\0') == std::string::npos) {
      look(path, *plain, frame.line);
    }
    return;
  }
  look(path, frame.value, frame.line);
}

bool JsonWalk::scalar() {
  if (!frames_.empty() && frames_.back().is_element && frames_.back().key == "value") {
    frames_.back().has_value = true;
  }
  return true;
}

/// Numbers of cards and national ids; those of 16 digits are exact.
bool JsonWalk::number(double value) {
  constexpr double kFewest = 1e8;
  constexpr double kMost = 9.007e15;
  scalar();
  if (value < kFewest || value > kMost || value != std::floor(value)) {
    return true;
  }
  const std::string path = path_of_value();
  const NameTraits& traits = fields_.get(path).traits;
  if (traits.ids != 0 || traits.is_card || !traits.is_number_of) {
    look(path, fmt::format("{:.0f}", value), line());
  }
  return true;
}

bool JsonWalk::string(std::string_view value) {
  if (frames_.empty()) {
    look("", value, line());
    return true;
  }
  Frame& frame = frames_.back();
  if (!frame.is_list) {
    if (frame.is_element && (frame.key == "name" || frame.key == "key") && frame.name.empty()) {
      frame.name = value;
      return true;
    }
    if (frame.is_element && frame.key == "value" && frame.name.empty()) {
      frame.value = value;
      frame.line = line();
      return true;
    }
    if (frame.key == "text" && (frame.path.ends_with("content") || frame.path.ends_with("postData"))) {
      frame.value = value;
      frame.line = line();
      frame.has_body = true;
      return true;
    }
    if (frame.key == "encoding" || frame.key == "mimeType") {
      (frame.key == "encoding" ? frame.encoding : frame.type) = lower(value);
      return true;
    }
  }
  scalar();
  if (!value.empty()) {
    look(path_of_value(), value, line());
  }
  return true;
}

bool JsonWalk::key(std::string_view name) {
  Frame& frame = frames_.back();
  frame.key = name;
  if (is_data(name)) {
    look(frame.path + ".*", name, line());
  }
  return true;
}

bool JsonWalk::begin_object() {
  open(false);
  return true;
}

bool JsonWalk::end_object() {
  close();
  return true;
}

bool JsonWalk::begin_array() {
  open(true);
  return true;
}

bool JsonWalk::end_array() {
  close();
  return true;
}

}  // namespace budgetcheck::personal
