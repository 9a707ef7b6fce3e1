#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/file_system.h"
#include "collect/personal_data/found_values.h"
#include "collect/personal_data/search.h"
#include "json/stream/sax.h"

namespace budgetcheck::personal {

/// The fields of one input, each made once.
class Fields {
 public:
  explicit Fields(const Search& search) : search_(search) {}

  /// Lives as long as this. Beyond a bound, fields of other names are one, whose name says nothing.
  const Field& get(std::string_view path);

 private:
  static constexpr std::size_t kMost = 4000;
  const Search& search_;
  std::unordered_map<std::string, Field> fields_;
};

/// Looks into every text of a document of JSON, and into numbers that are long enough. The field is the path of keys;
/// of lists of names and values, as HAR and OTLP write them, it is the name in place of "value". Keys that are data
/// themselves are looked into and shown as "*".
class JsonWalk final : public json::Events {
 public:
  JsonWalk(const Search& search, Fields& fields, FoundValues& found)
      : search_(search), fields_(fields), found_(found) {}

  /// The next document is one line of an input.
  void begin_line(std::uint32_t line);
  /// The next document is all of `content`, whose lines are counted.
  void begin_document(const FileContent& content);

  bool null() override { return scalar(); }
  bool boolean(bool /*value*/) override { return scalar(); }
  bool number(double value) override;
  bool string(std::string_view value) override;
  bool key(std::string_view name) override;
  bool begin_object() override;
  bool end_object() override;
  bool begin_array() override;
  bool end_array() override;

 private:
  /// An open container.
  struct Frame {
    bool is_list = false;
    bool is_element = false;  ///< an object in a list
    bool is_plain = false;    ///< of OTLP's forms of a value: its own members add nothing to the path
    std::string path = {};
    std::string key = {};    ///< of the current member, as written
    std::string name = {};   ///< of an element: what its "name" or "key" says
    bool has_value = false;  ///< of an element: its "value" was seen
    std::string value = {};  ///< that came before the name, or a body before it is known how it is encoded
    std::uint32_t line = 0;  ///< of `value`
    bool has_body = false;
    std::string encoding = {};
    std::string type = {};
  };

  bool scalar();
  void open(bool is_list);
  void close();
  /// The path of the value that comes next.
  std::string path_of_value();
  void look(std::string_view path, std::string_view value, std::uint32_t line);
  void look_at_element(Frame& frame);
  void look_at_body(Frame& frame);
  static std::string named_path(const Frame& frame);
  std::uint32_t line();

  const Search& search_;
  Fields& fields_;
  FoundValues& found_;
  const FileContent* content_ = nullptr;
  std::uint32_t line_ = 0;
  std::size_t counted_to_ = 0;
  std::vector<Frame> frames_;
  std::vector<Found> values_;
};

}  // namespace budgetcheck::personal
