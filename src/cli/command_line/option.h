#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace budgetcheck {

/// One option of a command: what it is called, what help says of it, and where its value goes.
struct Option {
  std::string_view name;   ///< long name without dashes
  std::string_view value;  ///< name of its value; empty for a switch
  std::string text;        ///< for help
  bool repeatable = false;
  /// Stores what was given: every value, none for a switch. Errors (kUsage): a value that it does not take.
  std::function<Errors(const std::vector<std::string>& values)> set;
  /// What shells complete besides the words and files that `value` names.
  std::function<std::vector<std::string>()> words = {};
};

// Each of these keeps a reference to `to`, which outlives the option.

Option text_option(std::string_view name, std::string_view value, std::string text, std::string& to);
/// May be repeated.
Option list_option(std::string_view name, std::string_view value, std::string text, std::vector<std::string>& to);
Option switch_option(std::string_view name, std::string text, bool& to);
/// Takes one of the words of `values`, which help shows: "edit|delete|hide".
Option choice_option(std::string_view name, std::string_view values, std::string text, std::string& to);
/// Takes a whole number from 1 to `most`.
Option number_option(std::string_view name, std::string text, std::uint64_t& to, std::uint64_t most);
/// Takes a day that exists, as 2026-12-31.
Option date_option(std::string_view name, std::string text, std::string& to);

/// A usage error of an option.
Error wrong_value(std::string_view name, std::string_view takes, std::string_view value, std::string hint = {});

}  // namespace budgetcheck
