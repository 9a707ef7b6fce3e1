#include "base/text.h"
#include "fuzz.h"
#include "query/sql/shape.h"

// A shape is its own shape, and nothing captured is left in it.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace budgetcheck;
  const std::string sql = fuzz::text_of(data, size);
  const Shape shape = shape_of(sql);
  fuzz::require(shape.text.size() <= Shape::kMaxText + 3, "a shape is bounded");
  // The text is made printable, so a statement with broken characters has a text of its own. Whether '[' begins a
  // quoted name and '#' a comment is told by what follows, and comments and literals that are gone follow no more.
  const bool is_text = printable(sql) == valid_utf8(sql) && valid_utf8(sql) == sql;
  const bool is_plain = sql.find_first_of("[#") == std::string::npos;
  if (shape.kind == Shape::Kind::kStatement && shape.text.size() < Shape::kMaxText && is_text && is_plain) {
    const Shape again = shape_of(shape.text);
    fuzz::require(again.text == shape.text, "the shape of a shape has its text");
    fuzz::require(again.key == shape.key, "the shape of a shape has its key");
  }
  return 0;
}
