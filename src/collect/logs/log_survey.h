#pragma once

#include <cstddef>

#include "collect/sniff.h"

namespace budgetcheck {

/// What the beginning of a log holds.
struct LogSurvey {
  std::size_t of_text = 0;     ///< statements that stand in lines of text
  std::size_t of_objects = 0;  ///< statements that stand in lines that are objects of JSON, or in texts in these
  bool debug = false;          ///< what DEBUG=prisma:* writes
  bool unreadable = false;     ///< Prisma logged something that is no SQL

  /// Its lines are read as text, and objects among them too.
  bool is_text() const { return of_text + of_objects == 0 ? debug || unreadable : of_text >= of_objects; }
  /// It is a log of objects with statements in them.
  bool is_objects() const { return of_objects > of_text; }
};

/// Looks at the first bytes of a file. One document of JSON, over however many lines, holds nothing.
LogSurvey survey_log(const Sniff& sniff);

}  // namespace budgetcheck
