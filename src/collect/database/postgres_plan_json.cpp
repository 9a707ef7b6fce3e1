#include <cmath>

#include "collect/database/postgres_plan.h"
#include "json/stream/sax.h"

namespace budgetcheck {
namespace {

enum class Field {
  kNone,
  kQuery,
  kParameters,
  kPlan,
  kPlans,
  kType,
  kRelation,
  kAlias,
  kIndex,
  kIndexCondition,
  kFilter,
  kPlanRows,
  kActualRows,
  kLoops,
  kRemoved,
  kPlace,
};

struct Name {
  std::string_view key;
  Field field;
};

constexpr Name kOutsideNames[] = {
    {"Query Text", Field::kQuery}, {"Query Parameters", Field::kParameters}, {"Plan", Field::kPlan}};
constexpr Name kPlanNames[] = {{"Plans", Field::kPlans},
                               {"Node Type", Field::kType},
                               {"Relation Name", Field::kRelation},
                               {"Alias", Field::kAlias},
                               {"Index Name", Field::kIndex},
                               {"Index Cond", Field::kIndexCondition},
                               {"Filter", Field::kFilter},
                               {"Plan Rows", Field::kPlanRows},
                               {"Actual Rows", Field::kActualRows},
                               {"Actual Loops", Field::kLoops},
                               {"Rows Removed by Filter", Field::kRemoved},
                               {"Rows Removed by Index Recheck", Field::kRemoved},
                               {"Parent Relationship", Field::kPlace}};

template <std::size_t N>
Field field_of(const Name (&names)[N], std::string_view key) {
  for (const Name& name : names) {
    if (name.key == key) {
      return name.field;
    }
  }
  return Field::kNone;
}

double count_of(double value) { return std::isfinite(value) && value >= 0 ? value : -1; }

/// Makes steps of a plan's tokens while they pass; no tree is kept.
class PlanEvents final : public json::Events {
 public:
  explicit PlanEvents(LoggedPlan& plan) : plan_(plan) {}

  bool null() override { return done(); }
  bool boolean(bool /*value*/) override { return done(); }
  bool number(double value) override {
    if (PlanNode* node = current()) {
      const double count = count_of(value);
      if (field_ == Field::kPlanRows) {
        node->plan_rows = count;
      } else if (field_ == Field::kActualRows) {
        node->actual_rows = count;
      } else if (field_ == Field::kLoops) {
        node->loops = count;
      } else if (field_ == Field::kRemoved) {
        node->removed += count > 0 ? count : 0;
      }
    }
    return done();
  }
  bool string(std::string_view value) override {
    if (field_ == Field::kQuery) {
      plan_.query = value;
    } else if (field_ == Field::kParameters) {
      plan_.parameters = value;
    } else if (PlanNode* node = current()) {
      take(*node, value);
    }
    return done();
  }
  bool key(std::string_view name) override {
    const Kind kind = frames_.empty() ? Kind::kOther : frames_.back().kind;
    field_ = kind == Kind::kOutside ? field_of(kOutsideNames, name)
             : kind == Kind::kPlan  ? field_of(kPlanNames, name)
                                    : Field::kNone;
    skip = field_ == Field::kNone;
    return true;
  }
  bool begin_object() override {
    const bool is_root = frames_.empty() || (frames_.size() == 1 && frames_.back().kind == Kind::kOuterList);
    const bool is_plan = field_ == Field::kPlan || (!frames_.empty() && frames_.back().kind == Kind::kPlans);
    Frame frame;
    frame.node = frames_.empty() ? PlanNode::kNoParent : frames_.back().node;
    if (is_root) {
      frame.kind = Kind::kOutside;
    } else if (is_plan && (plan_.nodes.size() >= kMaxPlanNodes || depth_ >= kMaxPlanDepth)) {
      plan_.deep = true;
    } else if (is_plan) {
      PlanNode node;
      node.parent = frame.node;
      frame.kind = Kind::kPlan;
      frame.node = static_cast<std::uint32_t>(plan_.nodes.size());
      plan_.nodes.push_back(std::move(node));
      ++depth_;
    }
    frames_.push_back(frame);
    return done();
  }
  bool end_object() override {
    depth_ -= frames_.back().kind == Kind::kPlan ? 1U : 0U;
    frames_.pop_back();
    return done();
  }
  bool begin_array() override {
    Frame frame;
    frame.node = frames_.empty() ? PlanNode::kNoParent : frames_.back().node;
    frame.kind = frames_.empty() ? Kind::kOuterList : field_ == Field::kPlans ? Kind::kPlans : Kind::kOther;
    frames_.push_back(frame);
    return done();
  }
  bool end_array() override {
    frames_.pop_back();
    return done();
  }

 private:
  enum class Kind { kOther, kOuterList, kOutside, kPlan, kPlans };
  struct Frame {
    Kind kind = Kind::kOther;
    std::uint32_t node = PlanNode::kNoParent;
  };

  bool done() {
    field_ = Field::kNone;
    return true;
  }

  PlanNode* current() {
    return frames_.empty() || frames_.back().kind != Kind::kPlan ? nullptr : &plan_.nodes[frames_.back().node];
  }

  void take(PlanNode& node, std::string_view value) const {
    if (field_ == Field::kType) {
      node.type = value;
    } else if (field_ == Field::kRelation) {
      node.relation = value;
    } else if (field_ == Field::kAlias) {
      node.alias = value;
    } else if (field_ == Field::kIndex) {
      node.index = value;
    } else if (field_ == Field::kIndexCondition) {
      node.index_condition = value.substr(0, kMaxCondition);
      node.conditional = true;
    } else if (field_ == Field::kFilter) {
      node.filtered = true;
    } else if (field_ == Field::kPlace) {
      node.aside = value == "InitPlan" || value == "SubPlan";
    }
  }

  LoggedPlan& plan_;
  std::vector<Frame> frames_;
  Field field_ = Field::kNone;
  std::size_t depth_ = 0;
};

}  // namespace

bool read_json_plan(const std::string& json, LoggedPlan& plan) {
  PlanEvents events(plan);
  json::Limits limits;
  limits.max_depth = 4 * kMaxPlanDepth;
  return json::parse_text("plan", json, events, limits).has_value() && !plan.nodes.empty();
}

}  // namespace budgetcheck
