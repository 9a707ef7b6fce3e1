#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "json/stream/sax.h"

namespace budgetcheck::json {

enum class Reading {
  kWhole,
  kStopped,  ///< by the events
  kWrong,    ///< not JSON, nested too deep, or a number that is too big
};

/// Sends the tokens of the document in content.bytes(), from `begin` on. It accepts what RapidJSON's strict parser
/// accepts, and is several times faster where little is wanted: strings are looked through in steps of 64 bytes, and
/// what the events let it pass over (Events::skip) is not even that finely. It does not say what is wrong where: that
/// is for a parser with good messages, over the same bytes again.
Reading read_tokens(const FileContent& content, std::size_t begin, std::size_t max_depth, Events& events);

/// The value of a number as JSON writes it, exactly rounded; nothing when it is too big for a double.
std::optional<double> value_of_number(std::string_view text);

}  // namespace budgetcheck::json
