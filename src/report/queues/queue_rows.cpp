#include "report/queues/queue_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/number.h"
#include "base/text.h"
#include "base/units.h"
#include "report/words/printable.h"

namespace budgetcheck {
namespace {

constexpr std::string_view kNever = "never";

std::string label_or_empty(const Labels& where, std::string_view name) {
  const std::string* value = where.find(name);
  return value == nullptr ? std::string() : *value;
}

std::string cell(const std::optional<double>& value, Unit unit) {
  if (!value) {
    return "-";
  }
  return unit == Unit::kCount ? format_rounded(*value, 0) : format_quantity(*value, unit);
}

std::string share_cell(const std::optional<double>& value) {
  return value ? format_rounded(*value * 100, 0) + "%" : "-";
}

}  // namespace

std::vector<QueueRow> queue_rows(const std::vector<Sample>& samples) {
  std::map<std::pair<std::string, std::string>, QueueRow> rows;
  for (const Sample& sample : samples) {
    if (!sample.metric.starts_with("queue.") || sample.where.find("queue") == nullptr) {
      continue;
    }
    const std::string queue = label_or_empty(sample.where, "queue");
    const std::string service = label_or_empty(sample.where, "service");
    QueueRow& row = rows[{service, queue}];
    row.queue = queue;
    row.service = service;
    if (sample.metric == "queue.depth") {
      row.depth_median = aggregate(sample, Stat::kMedian);
      row.depth_most = aggregate(sample, Stat::kMax);
    } else if (sample.metric == "queue.wait") {
      row.wait_p95_ms = aggregate(sample, Stat::kP95);
    } else if (sample.metric == "queue.utilisation") {
      row.utilisation = aggregate(sample, Stat::kMean);
    } else if (sample.metric == "queue.flow") {
      row.flow = aggregate(sample, Stat::kMean);
    } else if (sample.metric == "queue.drain_time") {
      row.drain_ms = aggregate(sample, Stat::kMean);
      row.never_drains = sample.lower_bound;
    }
  }
  std::vector<QueueRow> sorted;
  for (auto& [key, row] : rows) {
    sorted.push_back(std::move(row));
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const QueueRow& a, const QueueRow& b) {
    return a.depth_most.value_or(-1) > b.depth_most.value_or(-1);
  });
  return sorted;
}

const std::vector<std::string_view>& queue_heads() {
  static const std::vector<std::string_view> kHeads{"waiting (median)", "waiting (most)", "wait p95", "busy",
                                                    "finished/arrived", "empty in"};
  return kHeads;
}

std::vector<std::string> queue_cells(const QueueRow& row) {
  return {cell(row.depth_median, Unit::kCount),
          cell(row.depth_most, Unit::kCount),
          cell(row.wait_p95_ms, Unit::kMilliseconds),
          share_cell(row.utilisation),
          share_cell(row.flow),
          row.never_drains ? std::string(kNever) : cell(row.drain_ms, Unit::kMilliseconds)};
}

void write_queues(Page& page, const std::vector<QueueRow>& rows, std::size_t most) {
  constexpr std::size_t kIndent = 2;
  for (std::size_t i = 0; i < std::min(rows.size(), most); ++i) {
    const std::vector<std::string> cells = queue_cells(rows[i]);
    std::vector<std::string> said;
    for (std::size_t k = 0; k < cells.size(); ++k) {
      if (cells[k] == kNever) {
        said.emplace_back("never empty as it goes");
      } else if (cells[k] != "-") {
        said.push_back(fmt::format("{} {}", queue_heads()[k], cells[k]));
      }
    }
    const std::string name =
        name_text(rows[i].queue, 80) + (rows[i].service.empty() ? "" : " of " + name_text(rows[i].service, 60));
    page.paragraph(kIndent, name + ":", Paint::kBold, said.empty() ? "not measured" : join(said, ", "), 0);
  }
  if (rows.size() > most) {
    page.paragraph(kIndent, "", Paint::kPlain, fmt::format("and {} more", rows.size() - most), 0, Paint::kDim);
  }
}

}  // namespace budgetcheck
