#pragma once

#include <string>
#include <string_view>

namespace budgetcheck {

/// A line as the program wrote it, and what the way it took put before it.
struct Transported {
  std::string_view text;
  /// The container, process or pod ("web-1 |", "stderr", "[pod/web/app]"): lines of one name are one stream. Empty: the
  /// line does not say.
  std::string stream;
  std::string_view time;   ///< the first time that stands before the text, as written; empty: none
  bool continues = false;  ///< the line is only a part of one, and the next of the stream goes on with it
};

/// Takes off what docker compose, kubectl, containerd, pm2 and runners of CI put before each line: a time of RFC 3339,
/// "web-1  | ", "0|web  | ", "[pod/web/app] ", "stdout F ", "job\tstep\t". What a program's own logger writes stays.
Transported without_transport(std::string_view line);

}  // namespace budgetcheck
