#pragma once

#include <string_view>
#include <vector>

namespace budgetcheck {

/// What a segment of a path is. One whose form is between a word's and an id's is doubtful: it is an id where it
/// stands among ids (see SlugRoutes), or where a budget names the route so.
enum class SegmentKind { kWord, kDoubtful, kIdentifier };

struct SegmentForm {
  SegmentKind kind = SegmentKind::kWord;
  std::string_view ending;  ///< of an id with one: ".json" of "632910392.json"
};

/// Decides by the segment's form and by those around it in the same path, never by other requests: the same path has
/// the same answer in every capture. Ids: numbers, dates, what looks private or drawn at random (UUIDs, nanoids, short
/// hashes), numbers of orders and tickets ("ORD-2024-0001", "PROJ-123"). Words: names with digits in them, versions
/// ("v2", "3.11", "/1/boards"), years and the days after them ("/2024/05/hello"), statuses ("/404").
SegmentForm form_of_segment(const std::vector<std::string_view>& segments, std::size_t at);

/// "2024": of a path, and not before 1900.
bool is_year(std::string_view segment);
/// A day, month, quarter, week or time of the calendar: "2026-11-23", "2026-11", "20261123", "2026-W48", "2026".
bool is_calendar_time(std::string_view segment);

}  // namespace budgetcheck
