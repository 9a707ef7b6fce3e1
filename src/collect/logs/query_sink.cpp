#include "collect/logs/query_sink.h"

#include <utility>
#include <vector>

#include "collect/query_log/query_fields.h"
#include "collect/query_log/statement_reader.h"

namespace budgetcheck {
namespace {

struct Statement {
  ReadRecord read;
  std::uint32_t line = 0;  ///< from 1, within the piece
};

struct Queries final : LineSink::Piece {
  std::vector<Statement> statements;
  std::vector<std::shared_ptr<StatementReader::Memory>> memories;  ///< that the statements point into
  std::uint64_t lines = 0;
  std::uint64_t broken = 0;
  std::uint32_t first_broken = 0;
};

class QueryReader final : public LineSink::Reader {
 public:
  QueryReader(Dialect dialect, MappedReader* mapped) : statements_(dialect), mapped_(mapped) {}

  void read(const LogLine& line) override {
    ++piece_->lines;
    if (line.object == nullptr) {
      ++piece_->broken;
      piece_->first_broken = piece_->first_broken == 0 ? line.number : piece_->first_broken;
      return;
    }
    const LogRecord record = mapped_ != nullptr ? mapped_->read(line.text, *line.object) : records_.read(*line.object);
    if (record.query.empty()) {
      return;
    }
    piece_->statements.push_back({statements_.read(record), line.number});
    if (piece_->memories.empty() || piece_->memories.back() != statements_.memory()) {
      piece_->memories.push_back(statements_.memory());
    }
  }

  std::unique_ptr<LineSink::Piece> take() override { return std::exchange(piece_, std::make_unique<Queries>()); }

 private:
  RecordReader records_;
  StatementReader statements_;
  MappedReader* mapped_;
  std::unique_ptr<Queries> piece_ = std::make_unique<Queries>();
};

}  // namespace

QuerySink::QuerySink(const Source& source, const CollectContext& context) : builder_(source, context) {
  if (const LogFields fields = read_log_fields(source.settings); fields.any()) {
    mapped_.emplace(fields);
  }
}

std::unique_ptr<LineSink::Reader> QuerySink::reader() {
  return std::make_unique<QueryReader>(dialect_of(builder_.schema().kind()), mapped_ ? &*mapped_ : nullptr);
}

void QuerySink::add(Piece& piece, std::uint32_t lines_before) {
  const auto& queries = static_cast<const Queries&>(piece);
  for (const Statement& statement : queries.statements) {
    builder_.add(statement.read, lines_before + statement.line);
  }
  lines_.read += queries.lines;
  lines_.broken += queries.broken;
  if (lines_.first_broken == 0 && queries.first_broken != 0) {
    lines_.first_broken = lines_before + queries.first_broken;
  }
}

void QuerySink::report(Input& input, Facts& facts) {
  if (mapped_) {
    lines_.gaps = mapped_->gaps();
  }
  builder_.report(mapped_ ? "json-lines" : "prisma-event", lines_, input, facts);
}

}  // namespace budgetcheck
