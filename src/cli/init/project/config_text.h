#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace budgetcheck {

/// What a configuration in JavaScript, TypeScript or JSON says of one key, read as text: nothing of it is run.
struct ConfigValue {
  bool is_literal = false;              ///< false: only running the file would tell
  bool is_object = false;               ///< an object, whose own keys may be asked for
  std::string text;                     ///< the value, when it is a literal
  bool is_from_file = false;            ///< a path from the folder of the file itself, and not from where it is run
  std::vector<std::string> candidates;  ///< the literals in the expression
  std::size_t line = 0;                 ///< of the key, from 1
};

/// A configuration file as words, literals and brackets. Comments, regular expressions and what a template literal
/// computes are no part of it. Reads at most kMaxBytes; what follows is left out.
class ConfigText {
 public:
  static constexpr std::size_t kMaxBytes = std::size_t{256} << 10;

  explicit ConfigText(std::string_view text);

  /// `key` is "parent.key" for `parent: { key: … }`, `parent({ key: … })` and `parent = { key: … }` at any depth, or
  /// "key" for a key that lies in no named member: one of the exported object itself, or of the argument of a call.
  /// The value may be a literal, a constant that the file sets to one, or literals that are joined to a path below the
  /// file's own folder (`path.resolve(__dirname, 'dist')`). One value for each place, in their order.
  std::vector<ConfigValue> find(std::string_view key) const;

  /// Whether the word stands in the code, such as `Bun` or `webpack`; a literal counts too, for what is imported.
  bool mentions(std::string_view word) const;
  /// `key: false`, with `key` as above.
  bool has_false(std::string_view key) const;

 private:
  enum class Kind { kWord, kText, kTemplate, kSign };
  struct Token {
    Kind kind = Kind::kSign;
    std::string text;
    std::size_t line = 0;
    std::size_t scope = 0;  ///< what it lies in: index into scopes_
  };
  /// What brackets belong to.
  struct Scope {
    std::vector<std::string> names;  ///< member, callee or variable
    bool is_member = false;          ///< one of the names is a member's
  };

  void read(std::string_view text);
  void nest();
  void open(std::size_t at, std::vector<std::size_t>& open_scopes);
  bool is_key(std::size_t at) const;
  std::size_t end_of_value(std::size_t at) const;
  ConfigValue value_at(std::size_t key) const;
  void note_constant(std::size_t at);
  bool lies_in(std::size_t scope, std::string_view parent) const;

  std::vector<Token> tokens_;
  std::vector<Scope> scopes_;
  std::map<std::string, std::string, std::less<>> constants_;  ///< literals of `const name = 'literal'`
};

}  // namespace budgetcheck
