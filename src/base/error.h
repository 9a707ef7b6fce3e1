#pragma once

#include <stdexcept>
#include <string>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "base/location.h"

namespace budgetcheck {

/// Which promise an error touches; decides the exit code (see model/exit_code.h).
enum class ErrorKind {
  kUsage,   ///< wrong command line or budgets file: exit 2
  kInput,   ///< an input is missing, unreadable or not understood: exit 3
  kOutput,  ///< an output cannot be written: exit 2
};

/// Anything that a user's file or command line can cause. Never thrown.
struct Error {
  ErrorKind kind = ErrorKind::kInput;
  std::string message;  ///< one sentence, no trailing full stop, names are quoted with '
  Location location;
  std::string hint = {};  ///< what to do next; may be empty
  std::string code = {};  ///< of a verdict that stands for it ("SCHEMA_VERSION"); empty: it needs none

  bool operator==(const Error&) const = default;
};

using Errors = std::vector<Error>;

template <class T>
using Expected = tl::expected<T, Error>;

/// A value, or every error that was found on the way to it.
template <class T>
using ExpectedAll = tl::expected<T, Errors>;

inline tl::unexpected<Error> fail(ErrorKind kind, std::string message, Location location = {}, std::string hint = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(message), std::move(location), std::move(hint), {}});
}

/// A bug in this program. Caught only in main, which exits with 70.
class InternalError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// "file:line:column: message" and, when there is one, the hint.
std::string to_string(const Error& error);

}  // namespace budgetcheck
