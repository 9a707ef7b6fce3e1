#include "cli/terminal/terminal.h"

#include <string>
#include <string_view>

#include "base/number.h"
#include "base/text.h"

namespace budgetcheck {
namespace {

constexpr std::size_t kDefaultWidth = 80;

std::string_view value_of(const Variables& environment, const char* name) {
  const char* value = environment(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool wants_colour(const Stream& stream, const Variables& environment) {
  const auto asks = [&](const char* name) {
    const std::string_view value = value_of(environment, name);
    return !value.empty() && value != "0";
  };
  const auto refuses = [&](const char* name) { return value_of(environment, name) == "0"; };
  if (!value_of(environment, "NO_COLOR").empty()) {
    return false;
  }
  if (asks("FORCE_COLOR") || asks("CLICOLOR_FORCE")) {
    return true;
  }
  return stream.is_terminal && value_of(environment, "TERM") != "dumb" && !refuses("CLICOLOR") &&
         !refuses("FORCE_COLOR");
}

std::size_t width_of(const Stream& stream, const Variables& environment) {
  if (stream.is_terminal && stream.columns > 0) {
    return stream.columns;
  }
  const auto columns = parse_number(value_of(environment, "COLUMNS"));
  constexpr double kWidest = 10'000;
  return columns && *columns >= 1 && *columns <= kWidest ? static_cast<std::size_t>(*columns) : kDefaultWidth;
}

bool speaks_unicode(const Variables& environment) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string locale = lower(value_of(environment, name));
    if (!locale.empty()) {
      return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
    }
  }
  return true;
}

}  // namespace

Rendering rendering_for(const Stream& stream, const Variables& environment) {
  return {.colour = wants_colour(stream, environment),
          .unicode = speaks_unicode(environment),
          .width = width_of(stream, environment)};
}

Rendering rendering_for(int descriptor, const Variables& environment) {
  return rendering_for(look_at(descriptor), environment);
}

}  // namespace budgetcheck
