#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "collect/personal_data/field_name.h"
#include "collect/personal_data/ip_address.h"
#include "collect/personal_data/match.h"
#include "model/telemetry.h"

namespace budgetcheck::personal {

/// A field that values are found in, with what its name says. Made once, used for every value.
struct Field {
  std::string path;  ///< as reports show it; empty: text without fields
  NameTraits traits;
  bool is_ignored = false;
};

/// One value that was found, masked.
struct Found {
  PersonalKind kind = PersonalKind::kEmail;
  std::string sample;
};

/// Looks for personal data and secrets in values, one by one. A value is what its field holds once JSON is decoded;
/// percent-encoding and JSON inside of it are read here. Pure: the same value gives the same answer.
class Search {
 public:
  explicit Search(const PersonalDataSettings& settings);

  /// `name` is a path as written: "req.headers.x-user", "items[].owner".
  Field field(std::string_view name) const;

  /// Appends what `value` holds to `found`, in the order in which it stands there.
  void look(const Field& field, std::string_view value, std::vector<Found>& found) const;

  /// Whether the settings allow a value of that kind.
  bool allows(PersonalKind kind, std::string_view value) const;

  /// `text` with a mask in place of everything in it that shows by itself what it is, unless it stands in `own` too.
  /// Digits that are no more than that stay, since an output is full of measured numbers.
  std::string masked(std::string_view text, std::string_view own) const;

 private:
  void find(const Field& field, std::string_view text, Matches& matches) const;

  std::vector<std::string> allowed_;  ///< globs, in lower case
  std::vector<IpRange> ranges_;
  std::vector<std::string> ignored_;
};

/// What may be shown in the place of a value: "a***@***".
std::string masked_sample(PersonalKind kind, std::string_view value);

}  // namespace budgetcheck::personal
