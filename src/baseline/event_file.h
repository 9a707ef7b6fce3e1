#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/file_system.h"
#include "json/value.h"

namespace budgetcheck {

/// The wanted parts (paths as json::Selector takes them) of the event that a GitHub run was started by. The error is a
/// sentence for the run's notes: an event that cannot be read stops nothing.
Expected<json::Value> read_event_file(const FileSystem& files, const std::string& path,
                                      std::initializer_list<std::string_view> wanted);

}  // namespace budgetcheck
