#pragma once

// The only place where RapidJSON is configured and included. Its headers are templates: every unit must see the
// same macros, and nothing outside src/json sees RapidJSON at all.
// - RAPIDJSON_ASSERT throws: by default it aborts, or with NDEBUG lets a missing member read as 0.
// - RAPIDJSON_SSE42 stays off: it is slower on strings full of escapes, which query logs are.
#include "base/error.h"

#ifdef RAPIDJSON_ASSERT
#error "include json/rapidjson.h before any RapidJSON header"
#endif
#define RAPIDJSON_ASSERT(x) \
  ((x) ? static_cast<void>(0) : throw ::budgetcheck::InternalError("RapidJSON assertion failed: " #x))

#include <rapidjson/error/en.h>
#include <rapidjson/prettywriter.h>
#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
