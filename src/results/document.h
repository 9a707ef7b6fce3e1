#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "json/writer.h"

namespace budgetcheck {

/// A text as JSON.
std::string quoted(std::string_view text);

/// One record of a list: compact, so that a list has one line for each.
template <class Fill>
std::string json_record(const Fill& fill) {
  json::Writer writer;
  writer.begin_object();
  fill(writer);
  writer.end_object();
  std::string out = writer.take();
  out.pop_back();
  return out;
}

/// One object that `write` writes, as a line of its own.
template <class Item>
std::string json_line(const Item& item, void (*write)(json::Writer&, const Item&)) {
  json::Writer writer;
  write(writer, item);
  std::string out = writer.take();
  out.pop_back();
  return out;
}

/// The top level of a results document: one member after the other, lists with one record per line, so that diff can
/// compare two of them.
class JsonDocument {
 public:
  void raw(std::string_view name, const std::string& json);
  /// Nothing at all for an empty text.
  void text(std::string_view name, std::string_view value);
  void list(std::string_view name, const std::vector<std::string>& records);
  std::string take() { return out_ + "\n}\n"; }

 private:
  std::string out_;
};

}  // namespace budgetcheck
