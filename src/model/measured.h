#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/database.h"
#include "model/facts.h"
#include "model/log_piece.h"

namespace budgetcheck {

/// What one input brought, before it is put together with what the others did.
struct MeasuredInput {
  /// Where it stands among the others.
  enum class Place : std::uint8_t {
    kNoFile,  ///< it names no file
    kFile,
    kShared,  ///< a file that several parts of a run read: the sizes of tables
    kGroup,   ///< files that are one input together, such as those of a build
  };
  Place place = Place::kFile;
  /// With its own entry in `inputs`: one, none for a note on an input that may be missing, several for groups.
  Facts facts;
  std::string schema;          ///< path of the schema of its database; empty: none
  bool is_run = false;         ///< a copy of it is not another run
  std::uint64_t content = 0;   ///< hash of its bytes, when it is a run
  std::uint32_t checksum = 0;  ///< CRC-32 of its bytes; 0 when it was not asked for
  bool is_torn = false;        ///< pieces of it are missing
  std::optional<LogPiece> piece;
};

/// The schema of a database that inputs name, read once.
struct MeasuredSchema {
  Input input;
  std::vector<std::string> remarks;
  DatabaseSchema schema;  ///< empty when it could not be read
};

/// Everything that was measured, input by input: what is merged with what others measured, and judged later.
struct Measured {
  std::string program;   ///< version of the program
  std::string settings;  ///< key of what says how inputs are read (routes, what is selected and asked for); empty: any
  /// What pieces of logs are put together by.
  std::vector<std::string> routes;
  std::vector<std::string> selected;
  std::vector<MeasuredSchema> schemas;
  std::vector<MeasuredInput> inputs;
};

}  // namespace budgetcheck
