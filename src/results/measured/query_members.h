#pragma once

#include "model/measured.h"
#include "results/measured/value_codec.h"

// The same of what query logs and databases say.
namespace budgetcheck::measured {

/// Packed bytes stand as base64.
template <>
struct Codec<LogPiece> {
  static void write(json::Writer& w, const LogPiece& piece);
  static bool read(const json::Value& v, LogPiece& piece);
};
/// Its requests are packed.
template <>
struct Codec<QueryLog> {
  static void write(json::Writer& w, const QueryLog& log);
  static bool read(const json::Value& v, QueryLog& log);
};

template <>
struct Members<QueryShape> {
  template <class A>
  static constexpr void each(A& a) {
    a("text", &QueryShape::text);
    a("verb", &QueryShape::verb);
    a("table", &QueryShape::table);
    a("executions", &QueryShape::executions);
    a("total_ms", &QueryShape::total_ms);
    a("first", &QueryShape::first);
    a("key", &QueryShape::key);
    a("route", &QueryShape::route);
    a("source", &QueryShape::source);
    a("unlimited", &QueryShape::unlimited);
  }
};

template <>
struct Members<TurnEvidence> {
  template <class A>
  static constexpr void each(A& a) {
    a("turns", &TurnEvidence::turns);
    a("present", &TurnEvidence::present);
    a("statements", &TurnEvidence::statements);
    a("foreign", &TurnEvidence::foreign);
    a("elsewhere", &TurnEvidence::elsewhere);
    a("reads", &TurnEvidence::reads);
    a("writes", &TurnEvidence::writes);
    a("first", &TurnEvidence::first);
    a("same_first", &TurnEvidence::same_first);
    a("timed", &TurnEvidence::timed);
    a("tight", &TurnEvidence::tight);
    a("paused", &TurnEvidence::paused);
    a("in_transaction", &TurnEvidence::in_transaction);
    a("overlaps", &TurnEvidence::overlaps);
    a("own_transactions", &TurnEvidence::own_transactions);
    a("claims", &TurnEvidence::claims);
    a("whole", &TurnEvidence::whole);
    a("differ", &TurnEvidence::differ);
    a("batches", &TurnEvidence::batches);
    a("window", &TurnEvidence::window);
  }
};

template <>
struct Members<Repeat> {
  template <class A>
  static constexpr void each(A& a) {
    a("shape", &Repeat::shape);
    a("parent", &Repeat::parent);
    a("before", &Repeat::before);
    a("route", &Repeat::route);
    a("scope", &Repeat::scope);
    a("count", &Repeat::count);
    a("distinct_params", &Repeat::distinct_params);
    a("params_known", &Repeat::params_known);
    a("paging", &Repeat::paging);
    a("batched", &Repeat::batched);
    a("loop", &Repeat::loop);
    a("beside_writes", &Repeat::beside_writes);
    a("most_repeated", &Repeat::most_repeated);
    a("waits", &Repeat::waits);
    a("turn", &Repeat::turn);
    a("variants", &Repeat::variants);
    a("call", &Repeat::call);
    a("same_row", &Repeat::same_row);
    a("claims", &Repeat::claims);
    a("evidence", &Repeat::evidence);
    a("total_ms", &Repeat::total_ms);
    a("requests", &Repeat::requests);
    a("recurring", &Repeat::recurring);
    a("route_requests", &Repeat::route_requests);
    a("first", &Repeat::first);
  }
};

template <>
struct Members<PlanAccess> {
  template <class A>
  static constexpr void each(A& a) {
    a("table", &PlanAccess::table);
    a("alias", &PlanAccess::alias);
    a("index", &PlanAccess::index);
    a("way", &PlanAccess::way);
    a("condition_columns", &PlanAccess::condition_columns);
    a("filtered", &PlanAccess::filtered);
    a("limited", &PlanAccess::limited);
    a("rows_read", &PlanAccess::rows_read);
    a("rows_returned", &PlanAccess::rows_returned);
    a("rows_estimated", &PlanAccess::rows_estimated);
    a("loops", &PlanAccess::loops);
  }
};

template <>
struct Members<CapturedPlan> {
  template <class A>
  static constexpr void each(A& a) {
    a("shape", &CapturedPlan::shape);
    a("accesses", &CapturedPlan::accesses);
    a("rows_examined", &CapturedPlan::rows_examined);
    a("rows_sent", &CapturedPlan::rows_sent);
    a("location", &CapturedPlan::location);
  }
};

template <>
struct Members<QueryFacts> {
  template <class A>
  static constexpr void each(A& a) {
    a("logs", &QueryFacts::logs);
    a("table_sizes", &QueryFacts::table_sizes);
  }
};

template <>
struct Members<TableSize> {
  template <class A>
  static constexpr void each(A& a) {
    a("schema", &TableSize::schema);
    a("table", &TableSize::table);
    a("rows", &TableSize::rows);
  }
};

template <>
struct Members<Column> {
  template <class A>
  static constexpr void each(A& a) {
    a("field", &Column::field);
    a("name", &Column::name);
    a("type", &Column::type);
    a("native", &Column::native);
    a("list", &Column::list);
    a("optional", &Column::optional);
    a("set_when_created", &Column::set_when_created);
    a("set_when_updated", &Column::set_when_updated);
    a("location", &Column::location);
  }
};

template <>
struct Members<Relation> {
  template <class A>
  static constexpr void each(A& a) {
    a("field", &Relation::field);
    a("model", &Relation::model);
    a("list", &Relation::list);
    a("columns", &Relation::columns);
    a("references", &Relation::references);
    a("on_delete", &Relation::on_delete);
    a("opposite", &Relation::opposite);
    a("join_table", &Relation::join_table);
    a("location", &Relation::location);
  }
};

template <>
struct Members<IndexColumn> {
  template <class A>
  static constexpr void each(A& a) {
    a("field", &IndexColumn::field);
    a("name", &IndexColumn::name);
    a("descending", &IndexColumn::descending);
    a("length", &IndexColumn::length);
    a("ops", &IndexColumn::ops);
    a("expression", &IndexColumn::expression);
  }
};

template <>
struct Members<TableIndex> {
  template <class A>
  static constexpr void each(A& a) {
    a("kind", &TableIndex::kind);
    a("method", &TableIndex::method);
    a("columns", &TableIndex::columns);
    a("partial", &TableIndex::partial);
    a("predicate", &TableIndex::predicate);
    a("name", &TableIndex::name);
    a("location", &TableIndex::location);
  }
};

template <>
struct Members<Table> {
  template <class A>
  static constexpr void each(A& a) {
    a("model", &Table::model);
    a("name", &Table::name);
    a("schema", &Table::schema);
    a("view", &Table::view);
    a("columns", &Table::columns);
    a("relations", &Table::relations);
    a("indexes", &Table::indexes);
    a("location", &Table::location);
    a("end_line", &Table::end_line);
    a("unread_index", &Table::unread_index);
  }
};

template <>
struct Members<DatabaseSchema> {
  template <class A>
  static constexpr void each(A& a) {
    a("path", &DatabaseSchema::path);
    a("kind", &DatabaseSchema::kind);
    a("foreign_keys", &DatabaseSchema::foreign_keys);
    a("tables", &DatabaseSchema::tables);
    a("remarks", &DatabaseSchema::remarks);
  }
};

}  // namespace budgetcheck::measured
