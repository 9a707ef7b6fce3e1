#include "json/writer.h"

#include <array>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "base/text/log_text.h"
#include "json/rapidjson.h"

namespace budgetcheck::json {

struct Writer::Impl {
  rapidjson::StringBuffer buffer;
  rapidjson::PrettyWriter<rapidjson::StringBuffer> pretty{buffer};
  rapidjson::Writer<rapidjson::StringBuffer> compact{buffer};
  bool is_pretty = false;

  // Two writer types without a common base: each call goes to the one in use.
  template <class Call>
  void with(const Call& call) {
    const bool written = is_pretty ? call(pretty) : call(compact);
    if (!written) {
      throw InternalError("a value could not be written as JSON");
    }
  }
};

Writer::Writer(Style style) : impl_(std::make_unique<Impl>()) {
  impl_->is_pretty = style == Style::kPretty;
  impl_->pretty.SetIndent(' ', 2);
}
Writer::~Writer() = default;

Writer& Writer::begin_object() {
  impl_->with([](auto& w) { return w.StartObject(); });
  return *this;
}
Writer& Writer::end_object() {
  impl_->with([](auto& w) { return w.EndObject(); });
  return *this;
}
Writer& Writer::begin_array() {
  impl_->with([](auto& w) { return w.StartArray(); });
  return *this;
}
Writer& Writer::end_array() {
  impl_->with([](auto& w) { return w.EndArray(); });
  return *this;
}
Writer& Writer::key(std::string_view name) {
  const std::string text = valid_utf8(name);
  impl_->with([&](auto& w) { return w.Key(text.data(), static_cast<rapidjson::SizeType>(text.size())); });
  return *this;
}
Writer& Writer::null() {
  impl_->with([](auto& w) { return w.Null(); });
  return *this;
}
Writer& Writer::boolean(bool value) {
  impl_->with([&](auto& w) { return w.Bool(value); });
  return *this;
}
Writer& Writer::number(double value) {
  constexpr double kExact = 9007199254740992.0;
  if (!std::isfinite(value)) {
    throw InternalError("a number that is not finite was to be written as JSON");
  }
  if (value == std::floor(value) && std::fabs(value) < kExact) {
    impl_->with([&](auto& w) { return w.Int64(static_cast<std::int64_t>(value)); });
  } else {
    impl_->with([&](auto& w) { return w.Double(value); });
  }
  return *this;
}
Writer& Writer::string(std::string_view value) {
  const std::string text = valid_utf8(value);
  impl_->with([&](auto& w) { return w.String(text.data(), static_cast<rapidjson::SizeType>(text.size())); });
  return *this;
}

Writer& Writer::value(const Value& value) {
  if (const bool* b = value.boolean()) {
    return boolean(*b);
  }
  if (const double* d = value.number()) {
    return number(*d);
  }
  if (const std::string* s = value.string()) {
    return string(*s);
  }
  if (const Array* elements = value.array()) {
    begin_array();
    for (const Value& element : *elements) {
      this->value(element);
    }
    return end_array();
  }
  if (const Object* members = value.object()) {
    begin_object();
    for (const Member& member : *members) {
      key(member.key).value(member.value);
    }
    return end_object();
  }
  return null();
}

namespace {

/// The document for a log that shows it as well: only strings have these characters, and an escape means the same.
/// "##vso[" is a command to some runners, and to some readers a line ends at U+0085, U+2028 and U+2029.
std::string for_logs(std::string json) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kLineEnds{
      {{"\xC2\x85", "\\u0085"}, {"\xE2\x80\xA8", "\\u2028"}, {"\xE2\x80\xA9", "\\u2029"}}};
  for (const auto& [end, escape] : kLineEnds) {
    if (json.find(end) != std::string::npos) {
      json = replace_all(std::move(json), end, escape);
    }
  }
  return escape_commands(std::move(json), "\\u0023");
}

}  // namespace

std::string Writer::take() {
  std::string out(impl_->buffer.GetString(), impl_->buffer.GetSize());
  return for_logs(std::move(out)) + '\n';
}

std::string to_json(const Value& value) {
  Writer writer;
  writer.value(value);
  std::string out = writer.take();
  out.pop_back();
  return out;
}

}  // namespace budgetcheck::json
