#pragma once

#include <string_view>

// What is measured behind a redirect; for src/collect only.
namespace budgetcheck {

/// Whether `reached_url` shows another page than `asked_url`, such as a login: their paths differ by more than how one
/// page is written. Not told apart are scheme, host, query string, trailing and doubled slashes, case,
/// percent-encoding, "index.php" and ".html", and a locale ("/", "/en", "/en-us", "/de/"). What follows "#/" or "#!/"
/// is part of the path. Both are URLs or paths.
bool is_other_page(std::string_view asked_url, std::string_view reached_url);

}  // namespace budgetcheck
