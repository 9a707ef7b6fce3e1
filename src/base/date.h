#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace budgetcheck {

/// True for a day that exists, written YYYY-MM-DD. Such texts compare like the days they name.
bool is_date(std::string_view text);

/// Days since 1970-01-01 of the day that `text` begins with (a date, or a time as RFC 3339 writes it). Nothing when it
/// does not begin with a day.
std::optional<long> day_number(std::string_view text);
/// Milliseconds since 1970 of a time as RFC 3339 writes it: "2026-11-23T06:45:42.871Z", "2026-11-23T07:45:42+01:00",
/// or with "+01" as PostgreSQL has it. Without an offset it is taken as UTC. Nothing when it is not such a time.
std::optional<double> time_ms(std::string_view text);
/// The same of a time in an HTTP header: "Sun, 06 Nov 1994 08:49:37 GMT".
std::optional<double> http_time_ms(std::string_view text);
/// Milliseconds since 1970 of a number that counts seconds, milliseconds, microseconds or nanoseconds since then, as
/// its size tells: below 1e11 (the year 5138) seconds. Nothing when it is negative or not finite.
std::optional<double> since_1970_ms(double number);
/// "2026-12-31"; the inverse for the years 0 to 9999.
std::string date_text(long day_number);

}  // namespace budgetcheck
