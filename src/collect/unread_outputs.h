#pragma once

#include "collect/format.h"

namespace budgetcheck {

/// A row of the table that reads nothing: it names the files of other tools that are passed by mistake, because they
/// lie beside what is read or are called alike, and says what to pass in their place.
Format unread_outputs_format();

}  // namespace budgetcheck
