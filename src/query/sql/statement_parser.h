#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "query/sql/statement.h"
#include "query/sql/statement_items.h"

// The parts of parse_statement; for src/query/sql only.
namespace budgetcheck {

class StatementParser {
 public:
  StatementParser(std::string_view sql, Dialect dialect);
  Statement parse();

 private:
  /// One side of a comparison.
  struct Operand {
    enum class Kind { kNone, kColumn, kValue, kExpression, kSubquery, kRow };
    Kind kind = Kind::kNone;
    ColumnRef column;
    std::vector<ColumnRef> columns;
    std::string cast;
    std::uint32_t block = Condition::kNoBlock;
    std::size_t begin = 0;  ///< items, without parentheses around the whole and casts behind it
    std::size_t end = 0;
    bool only_null = false;
  };

  // statement_parser.cpp
  const Token& token(std::size_t i) const;
  bool is_word(std::size_t i, std::string_view upper) const { return token(i).word(upper); }
  bool opens(std::size_t i) const { return token(i).is("(") && !items_[i].list; }
  bool begins_query(std::size_t i) const;
  std::size_t after_group(std::size_t i) const;
  void pass();
  void expect_clause_end();
  std::uint32_t new_block(std::uint32_t parent, QueryBlock::Role role);
  std::uint32_t subquery(std::size_t open, QueryBlock::Role role);
  void update();
  void remove();
  void insert();
  static bool is_set_operator(const Token& token);
  bool ends_clause(std::size_t i) const;
  std::string name_at(std::size_t i) const;
  void give_up() { failed_ = true; }

  // query_parser.cpp
  void common_tables();
  void query(std::uint32_t parent, QueryBlock::Role role, std::size_t end);
  void query_body(std::uint32_t parent, QueryBlock::Role role, std::size_t end);
  void select(std::uint32_t block);
  void where(std::uint32_t block);
  void select_list(std::uint32_t block);
  void tail(std::uint32_t block);
  void order_by(std::uint32_t block);

  // table_parser.cpp
  void from(std::uint32_t block);
  void table(std::uint32_t block, TableUse::Join join);
  bool join_words(TableUse::Join& join, bool& comma);
  void alias(TableUse& use);

  // condition_parser.cpp
  Condition condition(bool negated);
  Condition conjunction(bool negated);
  Condition negation(bool negated);
  Condition predicate(bool negated);
  void mark_negated(const Condition& condition);
  void mark_tested(std::uint32_t block);
  bool holds_condition(std::size_t open) const;
  static Condition of_kind(Condition::Kind kind) {
    Condition condition;
    condition.kind = kind;
    return condition;
  }

  // comparison_parser.cpp
  Condition comparison(const Operand& left, bool negated);
  Condition any_or_all(const Operand& left, Comparison kind, bool negated);
  Condition in_list(const Operand& left, bool negated);
  Condition is_null(const Operand& left, bool negated);
  Condition like(const Operand& left, bool negated, bool ignores_case);
  Comparison like_kind(const Operand& pattern, bool ignores_case) const;
  Condition match_against();
  Condition compare(const Operand& left, Comparison comparison, const Operand& right, std::string op = {}) const;

  // operators.cpp
  std::size_t operator_at(std::size_t i, std::string& text) const;
  bool begins_operator(std::size_t i) const;
  Condition alone(const Operand& left, bool negated);
  bool similarity(const Operand& whole, Condition& result);
  bool predicate_function(const Operand& whole, Condition& result);
  std::string value_type_of(const Operand& value) const;
  Condition::Truth truth_of(const Operand& value) const;
  void find_distance(OrderTerm& term, std::size_t begin, std::size_t end);

  // operand_parser.cpp
  bool is_cast(std::size_t i) const { return token(i).is("::") || token(i).is(":::"); }
  static bool is_comparison(const Token& token);
  static bool is_predicate_word(const Token& token);
  bool is_expression_word(std::size_t i) const;
  Operand operand();
  void classify(Operand& operand);
  void add_cast(Operand& operand, std::size_t type) const;
  void find_columns(Operand& operand);
  bool ends_operand(std::size_t i) const;
  bool column_path(std::size_t begin, std::size_t end, ColumnRef& column) const;
  std::string text_of(std::size_t begin, std::size_t end) const;

  static constexpr std::size_t kMaxDepth = 64;
  static constexpr std::size_t kMaxBlocks = 256;

  /// Counts nesting for the length of a scope, and gives up when it is too deep.
  class Nesting {
   public:
    explicit Nesting(StatementParser& parser) : parser_(parser) {
      if (++parser_.depth_ > kMaxDepth) {
        parser_.give_up();
      }
    }
    ~Nesting() { --parser_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    StatementParser& parser_;
  };

  StatementItems items_;
  std::vector<std::size_t> closes_;  ///< for each item that opens a group, the item that closes it
  std::vector<bool> queries_;        ///< for each item: SELECT or WITH stands there, perhaps behind parentheses
  std::size_t pos_ = 0;
  std::size_t end_ = 0;  ///< of the query that is being read
  std::size_t depth_ = 0;
  std::uint32_t block_ = Condition::kNoBlock;  ///< the one that conditions belong to
  bool failed_ = false;
  bool postgres_ = false;                                     ///< its operators are known
  std::map<std::string, std::uint32_t, std::less<>> common_;  ///< common tables by lower-case name
  Statement statement_;
};

}  // namespace budgetcheck
