#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "collect/personal_data/json_walk.h"
#include "collect/personal_data/search.h"
#include "json/lines/line_reader.h"

namespace budgetcheck::personal {

/// Prefilter for lines whose fields are known: what all lines of a layout have in common is looked at once, and so is a
/// text that many lines have. Where a field may hold something the search looks at it alone. One for each thread.
class LayoutFilter {
 public:
  enum class Answer : std::uint8_t {
    kNothing,
    kAddresses,  ///< nothing but addresses() of machines, each of which is all of its field
    kMayHold
  };

  explicit LayoutFilter(const Search& search) : search_(search), fields_(search) {}

  /// `object` is what `line` was read to.
  Answer look(std::string_view line, const json::LineReader& object);
  /// The fields that hold them, in the order of the line: public, of version 4, and not allowed. They live as long as
  /// this.
  const std::vector<const Field*>& addresses() const { return addresses_; }

 private:
  enum class Action : std::uint8_t { kPassOver, kNumber, kTime, kText, kId, kSecret, kList };
  struct Value {
    Action action = Action::kPassOver;
    const Field* field = nullptr;     ///< null: the walk has names of its own for it
    Answer first = Answer::kNothing;  ///< of the line that was learned
    bool is_number_of = false;        ///< and nothing else: digits alone are nobody's
    bool is_machine = false;          ///< or something else whose addresses do not count
  };
  struct Layout {
    std::uint64_t number = 0;
    bool always = false;                  ///< what never varies holds something
    bool is_json = false;                 ///< as the parser sees it, not only as the reader of lines does
    std::size_t known = 0;                ///< so many fields varied when `constant` was found
    bool constant = false;                ///< a value that did not vary so far holds something
    std::vector<const Field*> addresses;  ///< those that did not vary so far
    std::vector<Value> values;
  };
  Answer look_without_layout(std::string_view line, const json::LineReader& object);
  const Value& known_value(const json::LineField& field);
  Layout learn(std::string_view line, const json::LineReader& object);
  Value value_of(const json::LineField& field);
  Answer look_at(const json::LineField& field, const Value& value);
  Answer look_at_text(std::string_view raw, const Value& value);
  bool holds(std::string_view raw, const Value& value) const;
  static bool is_plain_json(const json::LineReader& object, const Layout& layout);

  static constexpr std::size_t kRemembered = 1024;
  const Search& search_;
  Fields fields_;
  std::array<Layout, json::LineReader::kLayouts> known_;
  std::array<std::uint64_t, kRemembered> clean_ = {};  ///< hashes of texts that hold nothing
  std::vector<const Field*> addresses_;
  std::unordered_map<std::string, Value> values_;  ///< of fields of lines without a layout, by type and name
  std::string name_;
  std::string copy_;
};

}  // namespace budgetcheck::personal
