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
  LineCounts lines;
};

class QueryReader final : public LineSink::Reader {
 public:
  QueryReader(Dialect dialect, MappedReader* mapped) : statements_(dialect), mapped_(mapped) {}

  void read(const LogLine& line) override {
    ++piece_->lines.read;
    if (line.object == nullptr) {
      piece_->lines.add_broken(line.number);
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
  lines_.add(queries.lines, lines_before);
}

void QuerySink::report(Input& input, Facts& facts) {
  Account account(input);
  const LogForm form{mapped_ ? "json-lines" : "prisma-event"};
  if (mapped_) {
    mapped_->describe(account);
  }
  builder_.describe(form, lines_, account);
  builder_.report(form, account, facts);
}

}  // namespace budgetcheck
