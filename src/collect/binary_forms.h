#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace budgetcheck {

/// A form of bytes that no format reads, and how to write the same as text.
struct BinaryForm {
  std::string what;  ///< a clause: "it is packed by zstd, which is not unpacked here"
  std::string_view hint;
};

/// Known by its first bytes. Nothing: it is text, or binary of another kind.
std::optional<BinaryForm> binary_form(std::string_view bytes);

}  // namespace budgetcheck
